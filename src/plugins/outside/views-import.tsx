/** One import: the preview with its questions and refused rows, and the result with undo. */
import { momentWords, saying, type Context } from "#kernel";
import { Bar, Field, FormError, Hidden, Notice, Pager, Select, Sheet, Table, Tag } from "#ui";
import type { Target } from "./rules.ts";
import { fields, headers } from "./rules-row.ts";
import { rowWords } from "./rules-words.ts";
import type { GoodRow, Import, RefusedRow, UnknownName } from "./store.ts";
import { text } from "./text.ts";
import { stateTone, stateWords } from "./views.tsx";

type Props = {
  ctx: Context;
  found: Import;
  job: { state: string; done: number; total: number; problem: string | null } | null;
  refused: readonly RefusedRow[];
  next: string | null;
  good: readonly GoodRow[];
  names: readonly UnknownName[];
  things: readonly Target[];
  sheets: readonly string[];
  imports: boolean;
  freshId: () => string;
};
/** Whether its job is at work. */
export const isRunning = (found: Import, job: Props["job"]): boolean =>
  (found.state === "reading" || found.state === "committing" || found.state === "undoing") && job?.state !== "failed";

const Counts = ({ ctx, found }: Pick<Props, "ctx" | "found">) => {
  const t = saying(ctx);
  const c = found.counts;
  return c === null ? null : (
    <dl class="facts">
      <dt>{t(text.rows)}</dt>
      <dd class="num">{c.rows}</dd>
      <dt>{t(text.new)}</dt>
      <dd class="num">{c.new}</dd>
      <dt>{t(text.changed)}</dt>
      <dd class="num">{c.changed}</dd>
      <dt>{t(text.unchanged)}</dt>
      <dd class="num">{c.unchanged}</dd>
      <dt>{t(text.refused)}</dt>
      <dd class="num">{c.refused}</dd>
    </dl>
  );
};
const Columns = ({ ctx, found, sheets }: Pick<Props, "ctx" | "found" | "sheets">) => {
  const t = saying(ctx);
  const options = [{ value: "", words: t(text.unused) }, ...fields.map((value) => ({ value, words: headers[value]?.[0] ?? value }))];
  return (
    <details open={found.header === 0}>
      <summary class="btn">{t(text.columns)}</summary>
      <form method="post" action={`/admin/outside/${found.id}/check`} class="stack">
        {sheets.length > 1 && (
          <Select
            name="sheet"
            label={t(text.sheet)}
            value={found.sheet}
            options={sheets.map((name) => ({ value: name, words: name }))}
            required
          />
        )}
        <Field name="header" label={t(text.header)} type="number" min={0} max={60000} value={found.header} required />
        {found.titles.map((title, at) =>
          title === "" && (found.columns[at] ?? null) === null ? null : (
            <Select
              name={`column.${at}`}
              label={t(text.column, { title: title === "" ? String(at + 1) : title })}
              value={found.columns[at] ?? ""}
              options={options}
            />
          ),
        )}
        <Field name="day" type="date" label={t(text.fallbackDay)} value={found.day} max={ctx.today} />
        <button class="btn">{t(text.checkAgain)}</button>
      </form>
    </details>
  );
};
/** Names that nothing is called by: which is meant, or a new external exam. */
const Names = ({ ctx, found, names, things, freshId }: Pick<Props, "ctx" | "found" | "names" | "things" | "freshId">) => {
  const t = saying(ctx);
  const kindOf = (thing: Target) => t(thing.kind === "course" ? text.course : thing.origin === "external" ? text.external : text.own);
  const called = (one: UnknownName) => (one.name === "" ? t(text.noName) : `“${one.name}”`);
  return (
    <Sheet next>
      <h2>{t(text.names)}</h2>
      <p class="small soft">{t(text.namesHelp)}</p>
      <form method="post" action={`/admin/outside/${found.id}/answers`} class="stack">
        {names.map((one, n) => (
          <>
            <Hidden name={`key.${n}`} value={`${one.year}|${one.name}`} />
            <Select
              name={`what.${n}`}
              label={t(text.nameOf, { name: called(one), year: one.year, rows: one.rows })}
              empty={t(text.later)}
              options={things
                .filter((thing) => thing.year === null || String(thing.year) === one.year)
                .map((thing) => ({ value: `${thing.kind}:${thing.id}`, words: `${thing.title}（${kindOf(thing)}）` }))}
            />
          </>
        ))}
        <button class="btn go">{t(text.answer)}</button>
      </form>
      {names.map((one, n) => (
        <details>
          <summary class="btn">{t(text.newExam, { name: called(one) })}</summary>
          <form method="post" action={`/admin/outside/${found.id}/exam`} class="stack">
            <Hidden name="id" value={freshId()} />
            <Hidden name="key" value={one.name} />
            <Hidden name="year" value={one.year} />
            <Field name="title" at={`title.${n}`} label={t(text.examTitle)} value={one.name} required maxlength={100} />
            <Field name="organiser" at={`organiser.${n}`} label={t(text.organiser)} value={one.organiser} required maxlength={100} />
            <Field name="total" at={`total.${n}`} label={t(text.total)} help={t(text.totalHelp)} type="number" min={1} max={10000} />
            <Field name="pass" at={`pass.${n}`} label={t(text.passLine)} type="number" min={0} max={10000} />
            <Field name="excellent" at={`excellent.${n}`} label={t(text.excellentLine)} type="number" min={0} max={10000} />
            <button class="btn">{t(text.registerExam)}</button>
          </form>
        </details>
      ))}
    </Sheet>
  );
};
const Questions = ({ ctx, found, rows }: Pick<Props, "ctx" | "found"> & { rows: readonly RefusedRow[] }) => {
  const t = saying(ctx);
  return (
    <Sheet>
      <h2>{t(text.questions)}</h2>
      <p class="small soft">{t(text.questionsHelp)}</p>
      <form method="post" action={`/admin/outside/${found.id}/answers`} class="stack">
        {rows.map((row) => {
          const name = `answer.${row.n}`;
          const choices =
            row.problem.code === "otherScore"
              ? [{ id: "correct", words: t(text.correct) }]
              : (row.problem.candidates ?? []).map((c) => ({ id: c.id, words: t(text.same, { who: c.words }) }));
          return (
            <fieldset>
              <legend>{rowWords(ctx.language, found, row.n, row.problem)}</legend>
              {choices.map((c) => (
                <label class="check">
                  <input type="radio" name={name} value={c.id} checked={found.answers[String(row.n)] === c.id} />
                  <span>{c.words}</span>
                </label>
              ))}
              <label class="check">
                <input type="radio" name={name} value="" checked={found.answers[String(row.n)] === undefined} />
                <span>{t(text.leave)}</span>
              </label>
            </fieldset>
          );
        })}
        <button class="btn">{t(text.answer)}</button>
      </form>
    </Sheet>
  );
};
const Refused = ({ ctx, found, rows, next }: Pick<Props, "ctx" | "found" | "next"> & { rows: readonly RefusedRow[] }) => {
  const t = saying(ctx);
  return (
    <>
      <h2>{t(text.problems)}</h2>
      <p>
        <a class="btn" href={`/admin/outside/${found.id}/refused.xlsx`}>
          {t(text.refusedFile)}
        </a>
      </p>
      <Table caption={t(text.problems)} head={[{ r: t(text.row) }, t(text.person), t(text.reason)]}>
        {rows.map((row) => (
          <tr>
            <td class="r num">{row.n}</td>
            <td>{row.label}</td>
            <td>{rowWords(ctx.language, found, row.n, row.problem)}</td>
          </tr>
        ))}
      </Table>
      <Pager ctx={ctx} next={next} />
    </>
  );
};

/** What the officer may do with it now. */
const Decision = ({ ctx, found, job }: Pick<Props, "ctx" | "found" | "job">) => {
  const t = saying(ctx);
  const { new: fresh = 0, changed = 0, refused = 0 } = found.counts ?? {};
  const good = fresh + changed;
  const stuck = (found.state === "committing" || found.state === "undoing") && job?.state === "failed";
  const path = `/admin/outside/${found.id}`;
  if (stuck)
    return (
      <form method="post" action={found.state === "committing" ? `${path}/write` : `${path}/undo`}>
        {found.goodRows && <Hidden name="goodRows" value="1" />}
        <button class="btn go">{t(text.goOn)}</button>
      </form>
    );
  if (found.state === "ready")
    return good === 0 ? (
      <p>{t(text.nothing)}</p>
    ) : (
      <form method="post" action={`${path}/write`} class="stack">
        <p>{t(refused > 0 ? text.needsAll : text.willWrite, { count: refused, good })}</p>
        {refused > 0 && <Hidden name="goodRows" value="1" />}
        <button class="btn go">{t(text.write, { good })}</button>
      </form>
    );
  return found.state === "done" && good > 0 ? (
    <details class="no-print">
      <summary class="btn">{t(text.undo)}</summary>
      <form method="post" action={`${path}/undo`} class="stack">
        <p>{t(text.undoWhat, { good })}</p>
        <button class="btn">{t(text.undoSure)}</button>
      </form>
    </details>
  ) : null;
};

export const ImportPage = (props: Props) => {
  const { ctx, found, job, refused, next, good, names, sheets, imports } = props;
  const t = saying(ctx);
  const running = isRunning(found, job);
  const why = running ? null : (found.problem ?? (found.state === "done" ? null : (job?.problem ?? null)));
  const ready = found.state === "ready";
  const questions = ready && imports ? refused.filter(({ problem: { code } }) => code === "who" || code === "otherScore") : [];
  return (
    <>
      <p class="small">
        <a href="/admin/outside">{t(text.title)}</a>
      </p>
      <h1>
        {t(text.importTitle)} <Tag tone={stateTone[found.state]}>{t(stateWords[found.state])}</Tag>
      </h1>
      <p class="soft">
        {found.name} · {momentWords(found.createdAt, ctx.zone, ctx.language)}
      </p>
      <p>
        {t(text.evidence)}：<a href={`/admin/outside/${found.id}/evidence`}>{found.evidenceName}</a>{" "}
        <span class="small soft break">SHA-256 {found.evidence}</span>
      </p>
      {running && (
        <Sheet>
          <Notice tone="due">{t(text.working, { what: t(stateWords[found.state]), done: job?.done ?? 0, total: job?.total ?? 0 })}</Notice>
          <Bar part={job?.done ?? 0} whole={job?.total ?? 0} label={`${job?.done ?? 0} / ${job?.total ?? 0}`} />
        </Sheet>
      )}
      {why !== null && <FormError>{t(text.failed, { why })}</FormError>}
      {ready && found.header === 0 && <FormError>{t(text.noHeader)}</FormError>}
      {names.length > 0 && imports && <Names {...props} />}
      {!running && found.counts !== null && (
        <Sheet next={ready && names.length === 0}>
          <h2>{t(ready ? text.readyTitle : stateWords[found.state])}</h2>
          <Counts ctx={ctx} found={found} />
          {imports && <Decision ctx={ctx} found={found} job={job} />}
        </Sheet>
      )}
      {questions.length > 0 && <Questions ctx={ctx} found={found} rows={questions} />}
      {good.length > 0 && (
        <Sheet>
          <h2>{t(text.goodRows, { n: good.length })}</h2>
          <ul class="rows">
            {good.map((row) => (
              <li>
                <div>
                  <span class="soft num">{row.n}</span> {row.label}
                </div>
                <Tag tone={row.outcome === "new" ? "done" : "due"}>{t(row.outcome === "new" ? text.new : text.changed)}</Tag>
              </li>
            ))}
          </ul>
        </Sheet>
      )}
      {ready && imports && (
        <Sheet>
          <Columns ctx={ctx} found={found} sheets={sheets} />
        </Sheet>
      )}
      {refused.length > 0 && <Refused ctx={ctx} found={found} rows={refused} next={next} />}
    </>
  );
};
