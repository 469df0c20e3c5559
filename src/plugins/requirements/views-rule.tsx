/** The rules: their list, and one in plain words. */
import {
  categoryText,
  dayWords,
  kindText,
  natureText,
  postText,
  say,
  saying,
  statusText,
  type Context,
  type Day,
  type Words,
} from "#kernel";
import { Bar, Empty, FormError, Notice, Tag } from "#ui";
import { linkOf, slotsOf } from "./rules.ts";
import type { Preview } from "./service/rule.ts";
import type { AssignJob } from "./store-clock.ts";
import type { Requirement } from "./store-rules.ts";
import type { Standing } from "./store-rates.ts";
import { chaseText } from "./text-chase.ts";
import { ratesText } from "./text-rates.ts";
import { text } from "./text.ts";
import { ExcusedNumbers, type ExcusedNumber } from "./views-excused.tsx";
import { Strip } from "./views-rates.tsx";

const stateTag = (ctx: Context, state: Requirement["state"]) => (
  <Tag tone={state === "active" ? "done" : ""}>
    {say(ctx.language, state === "active" ? text.active : state === "draft" ? text.draft : text.ended)}
  </Tag>
);
const periodWords = (ctx: Context, { period, year }: Requirement) =>
  period === "calendar" ? say(ctx.language, text.inCalendar, { year }) : say(ctx.language, text.inSchool, { year, next: year + 1 });

export const List = ({ ctx, rows, manages }: { ctx: Context; rows: readonly Requirement[]; manages: boolean }) => {
  const t = saying(ctx);
  return (
    <>
      <h1>{t(text.title)}</h1>
      {manages && (
        <p>
          <a class={rows.length === 0 ? "btn go" : "btn"} href="/admin/requirements/new">
            {t(text.create)}
          </a>
        </p>
      )}
      {rows.length === 0 ? (
        <Empty>{t(text.none)}</Empty>
      ) : (
        <ul class="rows sheet">
          {rows.map((r) => (
            <li>
              <span>
                <a href={`/admin/requirements/${r.id}`}>{r.name}</a>
                <br />
                <span class="small soft">
                  {[periodWords(ctx, r), r.studyTitle, r.examTitle, dayWords(r.due, ctx.language)]
                    .filter((part) => part !== null)
                    .join(" · ")}
                </span>
              </span>
              {stateTag(ctx, r.state)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
};

/** What a requirement asks, with where it is done. */
const asks = (r: Requirement) => [
  ...(r.studyKind === null ? [] : [{ kind: r.studyKind, object: r.studyObject ?? "", title: r.studyTitle }]),
  ...(r.exam === null ? [] : [{ kind: "exam", object: r.exam, title: r.examTitle }]),
];
const daysWords = (ctx: Context, from: Day | null, to: Day | null): string => {
  const on = (day: Day) => dayWords(day, ctx.language);
  if (from !== null && to !== null) return say(ctx.language, text.between, { from: on(from), to: on(to) });
  return from !== null
    ? say(ctx.language, text.since, { from: on(from) })
    : say(ctx.language, text.upTo, { to: to === null ? "" : on(to) });
};
/** Whom a rule means, a line a condition. */
const whoLines = (ctx: Context, r: Requirement, unitName: string | null): string[] => {
  const t = saying(ctx);
  const join = <T extends string>(words: Record<T, Words>, values: readonly T[]) =>
    values.map((one) => say(ctx.language, words[one])).join("、");
  const listed = <T extends string>(label: Words, words: Record<T, Words>, values: readonly T[] | null) =>
    values === null ? [] : [t(text.listed, { label: t(label), values: join(words, values) })];
  const spanned = (label: Words, from: Day | null, to: Day | null) =>
    from === null && to === null ? [] : [t(text.listed, { label: t(label), values: daysWords(ctx, from, to) })];
  const people = [
    ...listed(text.post, postText, r.posts),
    ...listed(text.nature, natureText, r.natures),
    ...listed(text.category, categoryText, r.categories),
    ...spanned(text.took, r.tookFrom, r.tookTo),
    ...(r.roster ? [t(text.rosterWords)] : []),
  ];
  return [
    t(text.unitsOf, {
      statuses: join(statusText, r.statuses ?? ["open"]),
      kinds: r.kinds === null ? t(text.anyKind) : join(kindText, r.kinds),
    }),
    ...(r.unit === null ? [] : [t(text.unitsBelow, { unit: unitName ?? "" })]),
    ...spanned(text.founded, r.foundedFrom, r.foundedTo),
    ...(people.length === 0 ? [t(text.everybody)] : people),
    ...(r.roster ? [] : [t(r.each ? text.each : text.once)]),
  ];
};
const whenWords = (ctx: Context, r: Requirement): string => {
  const [from, due] = [dayWords(r.from, ctx.language), dayWords(r.due, ctx.language)];
  if (r.dueBy === "joining") return say(ctx.language, text.byJoining, { days: r.days ?? 0, from, due });
  return r.days === null ? say(ctx.language, text.byDay, { due }) : say(ctx.language, text.byDayLater, { due, from, days: r.days });
};
const Facts = ({ ctx, r, unitName }: { ctx: Context; r: Requirement; unitName: string | null }) => {
  const t = saying(ctx);
  return (
    <dl class="facts">
      <dt>{t(text.what)}</dt>
      <dd>
        {asks(r).map((what) => (
          <p>
            {t(what.kind === "exam" ? text.exam : what.kind === "course" ? text.course : text.lessons)}：
            <a href={linkOf(what)}>{what.title}</a>
          </p>
        ))}
      </dd>
      <dt>{t(text.who)}</dt>
      <dd>
        {whoLines(ctx, r, unitName).map((line) => (
          <p>{line}</p>
        ))}
      </dd>
      <dt>{t(text.from)}</dt>
      <dd>{dayWords(r.from, ctx.language)}</dd>
      <dt>{t(text.when)}</dt>
      <dd>{whenWords(ctx, r)}</dd>
      <dt>{t(text.period)}</dt>
      <dd>
        {periodWords(ctx, r)}；{t(r.repeats ? text.repeats : text.repeatsNot)}
      </dd>
    </dl>
  );
};
const PreviewNotice = ({ ctx, r, preview }: { ctx: Context; r: Requirement; preview: Preview }) => {
  const t = saying(ctx);
  return (
    <Notice tone="due">
      <p>{t(text.previewTitle, { people: preview.people, units: preview.units, places: preview.places })}</p>
      <ul>
        {preview.kinds.map((k) => (
          <li>{t(text.previewKind, { kind: say(ctx.language, kindText[k.kind]), people: k.people, units: k.units })}</li>
        ))}
      </ul>
      {preview.units > 0 && (
        <p>
          <a href={`/admin/requirements/${r.id}/hits`}>{t(text.hitsAll)}</a>
        </p>
      )}
      {r.due < ctx.today && <p>{t(text.duePassed)}</p>}
    </Notice>
  );
};
const Assigning = ({ ctx, job }: { ctx: Context; job: AssignJob }) => {
  const t = saying(ctx);
  if (job.state === "done") return null;
  if (job.state === "failed") return <FormError>{t(text.assignFailed, { why: job.problem ?? "" })}</FormError>;
  return (
    <>
      <Notice tone="due">{t(text.assigningNow, { done: job.done, total: job.total })}</Notice>
      <Bar part={job.done} whole={job.total} label={`${job.done} / ${job.total}`} />
    </>
  );
};
/** What ends a rule, or deletes a draft: folded, with what it does. */
const Last = ({ action, words, warning }: { action: string; words: string; warning: string }) => (
  <details>
    <summary class="btn">{words}</summary>
    <form method="post" action={action} class="sheet stack">
      <p>{warning}</p>
      <button class="btn">{words}</button>
    </form>
  </details>
);
export const One = ({
  ctx,
  requirement: r,
  unitName,
  examBefore,
  job,
  preview,
  standing,
  reminded,
  excused,
  manages,
}: {
  ctx: Context;
  requirement: Requirement;
  unitName: string | null;
  examBefore: string | null;
  job: AssignJob | null;
  preview: Preview | null;
  standing: Standing | null;
  reminded: { n: number; last: Day | null };
  excused: readonly ExcusedNumber[];
  manages: boolean;
}) => {
  const t = saying(ctx);
  const at = `/admin/requirements/${r.id}`;
  return (
    <>
      <div class="spread">
        <h1>{r.name}</h1>
        {stateTag(ctx, r.state)}
      </div>
      {examBefore !== null && <Notice tone="due">{t(text.chooseExam, { exam: examBefore })}</Notice>}
      {r.state === "active" && job !== null && <Assigning ctx={ctx} job={job} />}
      <Facts ctx={ctx} r={r} unitName={unitName} />
      {preview !== null && <PreviewNotice ctx={ctx} r={r} preview={preview} />}
      {standing !== null && <Strip ctx={ctx} standing={standing} />}
      {standing !== null && (
        <p class="small soft">
          {reminded.last === null ? (
            t(chaseText.historyNone)
          ) : (
            <a href={`${at}/reminders`}>{t(chaseText.historyShort, { n: reminded.n, day: dayWords(reminded.last, ctx.language) })}</a>
          )}
        </p>
      )}
      <ExcusedNumbers ctx={ctx} requirement={r} numbers={excused} />
      <div class="line">
        {manages && r.state !== "ended" && slotsOf(r).length > 0 && (
          <form method="post" action={`${at}/activate`} class="inline">
            <button class="btn go">{t(r.state === "draft" ? text.activate : text.again)}</button>
          </form>
        )}
        {manages && r.state === "draft" && (
          <a class="btn" href={`${at}/change`}>
            {t(text.change)}
          </a>
        )}
        {r.state !== "draft" && (
          <>
            <a class="btn" href={`${at}/people`}>
              {t(text.allOf)}
            </a>
            <a class="btn" href={`${at}/rates`}>
              {t(ratesText.byUnit)}
            </a>
          </>
        )}
      </div>
      {manages && r.state === "active" && <Last action={`${at}/end`} words={t(text.end)} warning={t(text.endWarning)} />}
      {manages && r.state === "draft" && <Last action={`${at}/delete`} words={t(text.remove)} warning={t(text.removeWarning)} />}
    </>
  );
};
