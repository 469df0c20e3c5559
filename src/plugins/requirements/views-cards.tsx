/** What is due, as it stands on `/me` and `/unit`. */
import type { Child } from "hono/jsx";
import { saying, type Context } from "#kernel";
import { DueTag, Empty, Sheet, StepBody, type Step, Tag } from "#ui";
import type { Due } from "./store.ts";
import { linkOf } from "./rules.ts";
import { ratesText } from "./text-rates.ts";
import { text } from "./text.ts";

type Mine = { rows: readonly Due[]; steps: ReadonlyMap<string, Step> };
/** What is open, each thing once though several units ask it, with the names of those units where there are several. */
const thingsOf = (rows: readonly Due[]) => {
  const labels = new Set(rows.map((r) => r.unit)).size > 1;
  const open = rows.filter((r) => r.done === 0);
  const things = [...new Map(open.toReversed().map((r) => [`${r.kind}:${r.object}`, r])).values()].toReversed();
  return things.map((due) => ({
    due,
    units: labels ? open.filter((o) => o.kind === due.kind && o.object === due.object).map((o) => o.unitName) : [],
  }));
};
const UnitNames = ({ names }: { names: readonly string[] }) => (names.length === 0 ? null : <p class="small soft">{names.join("、")}</p>);
/** The one next step: what, until when, for whom, how long, and the button. */
const NextStep = ({
  ctx,
  mine,
  thing: { due, units },
  also,
}: {
  ctx: Context;
  mine: Mine;
  thing: ReturnType<typeof thingsOf>[number];
  also?: Child;
}) => {
  const t = saying(ctx);
  const step = mine.steps.get(due.object);
  return (
    <Sheet next>
      <p class="line">
        <DueTag ctx={ctx} due={due.due} /> {due.excuse === "deferred" && <Tag>{t(ratesText.deferred)}</Tag>}{" "}
        <span class="soft small">{t(text.nextStep)}</span>
      </p>
      <h2>{due.title}</h2>
      <UnitNames names={units} />
      {step ? (
        <StepBody ctx={ctx} step={step} />
      ) : (
        <p>
          <a class="btn go" href={linkOf(due)}>
            {t(due.kind === "exam" ? text.goToExam : text.continueLearning)}
          </a>
        </p>
      )}
      {also}
    </Sheet>
  );
};
/** The own due things: a greeting that counts, the next step, the rest, what is done. One completion serves each. */
export const MyDue = ({ ctx, mine }: { ctx: Context; mine: Mine }) => {
  const t = saying(ctx);
  const done = mine.rows.filter((r) => r.done === 1);
  const things = thingsOf(mine.rows);
  const [next, ...rest] = things;
  return (
    <>
      <h1>{next ? t(text.myDue, { name: ctx.actor?.name ?? "", n: things.length }) : t(text.myNone, { name: ctx.actor?.name ?? "" })}</h1>
      {next && <NextStep ctx={ctx} mine={mine} thing={next} />}
      {rest.length > 0 && (
        <section class="stack">
          <h2>{t(text.otherDue)}</h2>
          <ul class="rows sheet">
            {rest.map(({ due, units }) => (
              <li>
                <div>
                  <a href={mine.steps.get(due.object)?.href ?? linkOf(due)}>{due.title}</a>
                  {mine.steps.get(due.object) && <p class="small soft">{mine.steps.get(due.object)?.words}</p>}
                  <UnitNames names={units} />
                </div>
                <DueTag ctx={ctx} due={due.due} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {done.length > 0 && (
        <section class="stack">
          <h2>{t(text.doneTitle)}</h2>
          <ul class="rows sheet">
            {done.map((r) => (
              <li>
                <div>
                  <a href={linkOf(r)}>{r.title}</a>
                  <UnitNames names={new Set(mine.rows.map((x) => x.unit)).size > 1 ? [r.unitName] : []} />
                </div>
                <Tag tone="done">{t(text.done)}</Tag>
              </li>
            ))}
          </ul>
        </section>
      )}
      {mine.rows.length === 0 && (
        <Empty>
          <p>{t(text.myEmpty)}</p>
          <a class="btn" href="/courses">
            {t(text.seeCourses)}
          </a>
        </Empty>
      )}
    </>
  );
};
/** On the page of one's unit: the own next step, and how much more there is. */
export const OwnStep = ({ ctx, mine }: { ctx: Context; mine: Mine }) => {
  const t = saying(ctx);
  const things = thingsOf(mine.rows);
  const [next] = things;
  if (next === undefined) return <></>;
  return (
    <NextStep
      ctx={ctx}
      mine={mine}
      thing={next}
      also={
        things.length > 1 && (
          <p class="small">
            <a href="/me">{t(text.moreDue, { n: things.length - 1 })}</a>
          </p>
        )
      }
    />
  );
};

/** In a person's file: everything that is due to them, with the rule and the unit that ask it. */
export const DueOf = ({ ctx, rows }: { ctx: Context; rows: readonly Due[] }) => {
  const t = saying(ctx);
  return (
    <Sheet>
      <h2>{t(text.personTitle)}</h2>
      {rows.length === 0 ? (
        <p class="soft">{t(text.personNone)}</p>
      ) : (
        <ul class="rows">
          {rows.map((r) => (
            <li>
              <div>
                {r.title}
                <p class="small soft">
                  {r.name} · {r.unitName}
                </p>
              </div>
              {r.done === 1 ? (
                <Tag tone="done">{t(text.done)}</Tag>
              ) : r.excuse === "exempt" ? (
                <Tag>{t(r.kind === "exam" ? ratesText.exempt : ratesText.exemptStudy)}</Tag>
              ) : (
                <div>
                  {r.excuse === "deferred" && <Tag>{t(ratesText.deferred)}</Tag>} <DueTag ctx={ctx} due={r.due} />
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  );
};
