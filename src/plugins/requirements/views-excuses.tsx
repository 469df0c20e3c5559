/** Lists of exemptions and deferrals: for officers to decide, for a unit to follow, and who is excused from a requirement. */
import { dayOf, dayWords, momentWords, saying, type Context, type Day } from "#kernel";
import { Empty, Field, Filters, FormError, Pager, Select, Sheet, Table, Tag, type Tone } from "#ui";
import type { ExcusedInput, ListInput } from "./input-excuses.ts";
import { excuseKinds, excuseStates, kindWords, stateWords, whatWords, type ExcuseState } from "./rules-excuses.ts";
import type { Excused, Listed, Owing } from "./store-excuses.ts";
import type { Requirement } from "./store-rules.ts";
import { excuseText as text } from "./text-excuses.ts";

type Row = Pick<Listed, "what" | "of" | "asksStudy" | "asksExam">;
/** 免考、免学、缓考: what is excused, by what the requirement asks. */
const asked = (ctx: Context, row: Row): string =>
  saying(ctx)(whatWords(row.what, row.of === "exam" || row.asksStudy === 0 ? "exam" : row.asksExam === 0 ? "study" : "all"));
const daysOf = (ctx: Context, { from, until }: { from: Day; until: Day | null }): string => {
  const t = saying(ctx);
  const first = dayWords(from, ctx.language);
  return until === null ? t(text.daysFrom, { from: first }) : t(text.daysBetween, { from: first, until: dayWords(until, ctx.language) });
};
const tones: Readonly<Record<ExcuseState, Tone>> = { asked: "due", approved: "done", refused: "late", withdrawn: "" };
const by = (ctx: Context, name: string | null, at: number | null): string =>
  name === null || at === null ? "—" : saying(ctx)(text.askedOn, { name, day: dayWords(dayOf(at, ctx.zone), ctx.language) });
const Proof = ({ ctx, row }: { ctx: Context; row: Pick<Listed, "id" | "attachment" | "attachmentName"> }) =>
  row.attachment === null ? <>{saying(ctx)(text.noFile)}</> : <a href={`/excuses/${row.id}/file`}>{row.attachmentName}</a>;
/** What was asked for, and what became of it. */
const Facts = ({ ctx, row }: { ctx: Context; row: Listed }) => {
  const t = saying(ctx);
  return (
    <dl class="facts">
      <dt>{t(text.requirement)}</dt>
      <dd>{row.requirementName}</dd>
      <dt>{t(text.days)}</dt>
      <dd>{daysOf(ctx, row)}</dd>
      {row.due !== null && (
        <>
          <dt>{t(text.newDue)}</dt>
          <dd>{dayWords(row.due, ctx.language)}</dd>
        </>
      )}
      {row.note !== "" && (
        <>
          <dt>{t(text.note)}</dt>
          <dd>{row.note}</dd>
        </>
      )}
      <dt>{t(text.file)}</dt>
      <dd>
        <Proof ctx={ctx} row={row} />
      </dd>
      <dt>{t(text.askedBy)}</dt>
      <dd>{by(ctx, row.askedByName, row.askedAt)}</dd>
      {row.decidedAt !== null && (
        <>
          <dt>{t(text.decidedBy)}</dt>
          <dd>{[by(ctx, row.decidedByName, row.decidedAt), row.reason].filter((part) => part !== null).join("：")}</dd>
        </>
      )}
      {row.withdrawnAt !== null && (
        <>
          <dt>{t(text.withdrawn)}</dt>
          <dd>{[by(ctx, row.withdrawnByName, row.withdrawnAt), row.withdrawnReason].filter((part) => part !== null).join("：")}</dd>
        </>
      )}
      {row.state === "approved" && (
        <>
          <dt>{t(text.leavesTitle)}</dt>
          <dd>{t(row.leaves === 1 ? text.leaves : text.stays)}</dd>
        </>
      )}
    </dl>
  );
};
const Heading = ({ ctx, row }: { ctx: Context; row: Listed }) => {
  const t = saying(ctx);
  return (
    <>
      <b>{row.personName}</b> <span class="small soft">{row.unitName}</span>{" "}
      <Tag tone={tones[row.state]}>
        {asked(ctx, row)} · {t(kindWords[row.kind])} · {t(stateWords[row.state])}
      </Tag>
    </>
  );
};
/** Ends one with a reason. */
const End = ({ ctx, row, action, words, warning }: { ctx: Context; row: Listed; action: string; words: string; warning?: string }) => {
  const t = saying(ctx);
  return (
    <details>
      <summary class="btn" aria-label={`${words}：${row.personName}`}>
        {words}
      </summary>
      <form method="post" action={action} class="stack">
        {warning !== undefined && <p>{warning}</p>}
        <Field name="reason" at={`reason-${row.id}`} label={t(text.withdrawReason)} required maxlength={200} />
        <button class="btn">{words}</button>
      </form>
    </details>
  );
};

/** What is asked for within the reach: ticked and decided together; what is approved can be withdrawn. */
export const ExcuseList = ({
  ctx,
  input,
  rows,
  next,
  requirements,
  found,
  sets,
  problem,
}: {
  ctx: Context;
  input: ListInput;
  rows: readonly Listed[];
  next: string | null;
  requirements: readonly Requirement[];
  /** Whom one is to be entered for; null: nobody was looked for. */
  found: readonly Owing[] | null;
  /** Whether the actor sets who counts. */
  sets: boolean;
  problem: string | null;
}) => {
  const t = saying(ctx);
  const open = rows.filter((row) => row.state === "asked" && row.person !== ctx.actor?.person);
  const filters = [input.requirement, input.kind, input.state].filter((set) => set !== undefined).length;
  return (
    <>
      <h1>{t(text.title)}</h1>
      <p>{t(text.intro)}</p>
      {problem !== null && <FormError>{problem}</FormError>}
      <form class="filters no-print" action="/admin/excuses" role="search" aria-label={t(text.enterTitle)}>
        <Field name="find" label={t(text.enterFor)} value={input.find ?? ""} maxlength={60} />
        <button class="btn">{t(text.find)}</button>
        {sets && (
          <a class="btn" href="/admin/excuses/settings">
            {t(text.settings)}
          </a>
        )}
      </form>
      {found !== null &&
        (found.length === 0 ? (
          <p>{t(text.nobodyFound)}</p>
        ) : (
          <ul class="rows sheet">
            {found.map((person) => (
              <li>
                <a href={`/admin/excuses/new?person=${person.person}`}>
                  {t(text.enterTitle)}：{person.name}
                </a>
                <span class="small soft">{person.unitName}</span>
              </li>
            ))}
          </ul>
        ))}
      <Filters ctx={ctx} action="/admin/excuses" set={filters}>
        <Select
          name="requirement"
          label={t(text.requirement)}
          value={input.requirement ?? null}
          empty={t(text.allRequirements)}
          options={requirements.filter(({ state }) => state !== "draft").map(({ id, name }) => ({ value: id, words: name }))}
        />
        <Select
          name="kind"
          label={t(text.kind)}
          value={input.kind ?? null}
          empty={t(text.allKinds)}
          options={excuseKinds.map((kind) => ({ value: kind, words: t(kindWords[kind]) }))}
        />
        <Select
          name="state"
          label={t(text.state)}
          value={input.state ?? "asked"}
          options={[
            ...excuseStates.map((state) => ({ value: state as string, words: t(stateWords[state]) })),
            { value: "any", words: t(text.allStates) },
          ]}
        />
        <button class="btn">{t(text.show)}</button>
      </Filters>
      {rows.length === 0 ? (
        <Empty>{t(filters === 0 ? text.noneAsked : text.noneFound)}</Empty>
      ) : (
        <ul class="rows sheet">
          {rows.map((row) => (
            <li class="person">
              <div>
                {open.includes(row) ? (
                  <label class="check">
                    <input type="checkbox" name="ids" value={row.id} form="decide" aria-label={t(text.tick, { name: row.personName })} />
                    <span>
                      <Heading ctx={ctx} row={row} />
                    </span>
                  </label>
                ) : (
                  <p>
                    <Heading ctx={ctx} row={row} />
                  </p>
                )}
                <Facts ctx={ctx} row={row} />
                {row.state === "asked" && row.person === ctx.actor?.person && <p class="small soft">{t(text.yourOwn)}</p>}
                {row.state === "approved" && row.person !== ctx.actor?.person && (
                  <End
                    ctx={ctx}
                    row={row}
                    action={`/admin/excuses/${row.id}/withdraw`}
                    words={t(text.withdraw)}
                    warning={t(text.withdrawWarning)}
                  />
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
      {open.length > 0 && (
        <form id="decide" method="post" action="/admin/excuses/decide" class="sheet stack">
          <h2>{t(text.decideTitle)}</h2>
          <Field name="reason" label={t(text.reason)} maxlength={200} />
          <p class="line">
            <button class="btn go" name="decision" value="approve">
              {t(text.approve)}
            </button>
            <button class="btn" name="decision" value="refuse">
              {t(text.refuse)}
            </button>
          </p>
        </form>
      )}
      <Pager ctx={ctx} next={next} />
    </>
  );
};

/** What one's own unit asked for, and the way to ask. */
export const OwnExcuses = ({
  ctx,
  rows,
  next,
  people,
}: {
  ctx: Context;
  rows: readonly Listed[];
  next: string | null;
  people: readonly Owing[];
}) => {
  const t = saying(ctx);
  const several = new Set(people.map(({ unitName }) => unitName)).size > 1;
  return (
    <>
      <h1>{t(text.askTitle)}</h1>
      <p>{t(text.unitIntro)}</p>
      {people.length === 0 ? (
        <p>{t(text.unitNobody)}</p>
      ) : (
        <form action="/unit/excuses/new" class="sheet stack">
          <Select
            name="person"
            label={t(text.askFor)}
            empty={t(text.choose)}
            required
            options={people.map(({ person, name, unitName }) => ({ value: person, words: several ? `${name}（${unitName}）` : name }))}
          />
          <button class="btn go">{t(text.next)}</button>
        </form>
      )}
      <h2>{t(text.unitList)}</h2>
      {rows.length === 0 ? (
        <Empty>{t(text.unitNone)}</Empty>
      ) : (
        <ul class="rows sheet">
          {rows.map((row) => (
            <li class="person">
              <div>
                <p>
                  <Heading ctx={ctx} row={row} />
                </p>
                <Facts ctx={ctx} row={row} />
                {row.state === "asked" && <End ctx={ctx} row={row} action={`/unit/excuses/${row.id}/take-back`} words={t(text.takeBack)} />}
              </div>
            </li>
          ))}
        </ul>
      )}
      <Pager ctx={ctx} next={next} />
    </>
  );
};
/** Who is excused from a requirement: as many rows as its number says. */
export const ExcusedList = ({
  ctx,
  requirement,
  asked: { slot, what },
  n,
  rows,
  next,
  decides,
}: {
  ctx: Context;
  requirement: Requirement;
  asked: ExcusedInput;
  n: number;
  rows: readonly Excused[];
  next: string | null;
  /** Whether the actor may open the proof. */
  decides: boolean;
}) => {
  const t = saying(ctx);
  const title = t(text.excusedTitle, { requirement: requirement.name, what: t(whatWords(what, slot)) });
  return (
    <>
      <h1>{title}</h1>
      <Sheet>
        <p class="figure-number" data-value={n}>
          {t(text.excusedCount, { n })}
        </p>
        <p class="small soft">{momentWords(ctx.now, ctx.zone, ctx.language)}</p>
      </Sheet>
      {rows.length === 0 ? (
        <Empty>{t(text.excusedNone)}</Empty>
      ) : (
        <Table
          caption={title}
          head={[
            t(text.unit),
            t(text.person),
            t(text.kind),
            t(text.days),
            ...(what === "deferred" ? [t(text.newDue)] : []),
            t(text.whoApproved),
            t(text.leavesTitle),
            t(text.file),
          ]}
        >
          {rows.map((row) => (
            <tr data-row={row.key}>
              <td>{row.unitName}</td>
              <td>{row.personName}</td>
              <td>{t(kindWords[row.kind])}</td>
              <td>{daysOf(ctx, row)}</td>
              {what === "deferred" && <td>{row.due === null ? "—" : dayWords(row.due, ctx.language)}</td>}
              <td>{by(ctx, row.decidedByName, row.decidedAt)}</td>
              <td>{t(row.leaves === 1 ? text.leaves : text.stays)}</td>
              <td>{decides ? <Proof ctx={ctx} row={row} /> : t(row.attachment === null ? text.noFile : text.file)}</td>
            </tr>
          ))}
        </Table>
      )}
      <Pager ctx={ctx} next={next} />
    </>
  );
};
