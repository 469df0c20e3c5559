/** What is due, as it stands on `/me` and `/unit`. */
import type { Child } from "hono/jsx";
import { saying, type Context, type PersonId } from "#kernel";
import { Empty, Sheet, StepBody, type Step } from "#ui";
import type { Due } from "./store.ts";
import { linkOf } from "./rules.ts";
import { isOpen } from "./rules-excuses.ts";
import { text } from "./text.ts";
import { excuseText } from "./text-excuses.ts";
import { DueState } from "./views-excused.tsx";

type Mine = { rows: readonly Due[]; steps: ReadonlyMap<string, Step> };
/** What is open, each thing once though several units ask it, with the names of those units where there are several. */
const thingsOf = (rows: readonly Due[]) => {
  const labels = new Set(rows.map((r) => r.unit)).size > 1;
  const open = rows.filter(isOpen);
  const things = [...new Map(open.toReversed().map((r) => [`${r.kind}:${r.object}`, r])).values()].toReversed();
  return things.map((due) => ({
    due,
    units: labels ? [...new Set(open.filter((o) => o.kind === due.kind && o.object === due.object).map((o) => o.unitName))] : [],
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
        <DueState ctx={ctx} row={due} /> <span class="soft small">{t(text.nextStep)}</span>
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
  const exempt = mine.rows.filter((r) => r.done === 0 && !isOpen(r));
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
                <DueState ctx={ctx} row={due} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {[
        { title: excuseText.exempt, rows: exempt },
        { title: text.doneTitle, rows: done },
      ]
        .filter(({ rows }) => rows.length > 0)
        .map(({ title, rows }) => (
          <section class="stack">
            <h2>{t(title)}</h2>
            <ul class="rows sheet">
              {rows.map((r) => (
                <li>
                  <div>
                    <a href={linkOf(r)}>{r.title}</a>
                    <UnitNames names={new Set(mine.rows.map((x) => x.unit)).size > 1 ? [r.unitName] : []} />
                  </div>
                  <DueState ctx={ctx} row={r} />
                </li>
              ))}
            </ul>
          </section>
        ))}
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
export const DueOf = ({
  ctx,
  rows,
  excusing,
}: {
  ctx: Context;
  rows: readonly Due[];
  /** Whom the actor may excuse; null: not this one. */
  excusing: PersonId | null;
}) => {
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
              <DueState ctx={ctx} row={r} />
            </li>
          ))}
        </ul>
      )}
      {excusing !== null && (
        <p>
          <a class="btn" href={`/admin/excuses/new?person=${excusing}`}>
            {t(excuseText.alsoFor)}
          </a>
        </p>
      )}
    </Sheet>
  );
};
