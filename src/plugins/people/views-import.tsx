/** One import: the preview with its guess, questions and refused rows, and the result with undo. */
import type { Context } from "#kernel";
import { Bar, Field, FormError, Hidden, Notice, Pager, Select, Sheet, Table, Tag } from "#ui";
import { fieldsOf, headersOf, type ImportKind } from "./rules-headers.ts";
import { problemWords } from "./rules-words.ts";
import type { GoodRow, Import, RefusedRow } from "./store-import.ts";
import type { Move } from "./store-import-write.ts";
import { text } from "./text.ts";
import { stateTone, stateWords } from "./views-imports.tsx";
import { t } from "./views-roster.tsx";

type Choices = readonly { value: string; words: string }[];
const Counts = ({ ctx, found }: { ctx: Context; found: Import }) => {
  const c = found.counts;
  return c === null ? null : (
    <dl class="facts">
      <dt>{t(ctx, text.countRows, { count: c.rows })}</dt>
      <dd> </dd>
      <dt>{t(ctx, text.countNew)}</dt>
      <dd class="num">{c.new}</dd>
      <dt>{t(ctx, text.countChanged)}</dt>
      <dd class="num">{c.changed}</dd>
      <dt>{t(ctx, text.countUnchanged)}</dt>
      <dd class="num">{c.unchanged}</dd>
      <dt>{t(ctx, text.countRefused)}</dt>
      <dd class="num">{c.refused}</dd>
    </dl>
  );
};
const fieldOptions = (ctx: Context, kind: ImportKind): Choices => [
  { value: "", words: t(ctx, text.importUnused) },
  ...fieldsOf(kind).map((value) => ({ value, words: headersOf(kind)[value]?.[0] ?? value })),
];
const Guess = ({
  ctx,
  base,
  found,
  sheets,
  fallbacks,
}: {
  ctx: Context;
  base: string;
  found: Import;
  sheets: readonly string[];
  fallbacks: Choices;
}) => (
  <Sheet>
    {sheets.length > 1 && (
      <Notice tone="due">
        {t(ctx, text.importOneSheet, { sheet: found.sheet ?? "", others: sheets.filter((name) => name !== found.sheet).join("、") })}
      </Notice>
    )}
    {found.header > 0 && (
      <p>
        {t(ctx, text.importGuess, {
          columns: found.titles
            .flatMap((title, at) => {
              const field = found.columns[at] ?? null;
              if (title === "" && field === null) return [];
              return `${title === "" ? t(ctx, text.importColumnNamed, { n: at + 1 }) : title} → ${field === null ? t(ctx, text.importUnused) : (headersOf(found.kind)[field]?.[0] ?? field)}`;
            })
            .join("；"),
        })}
      </p>
    )}
    <details open={found.header === 0 || (found.counts !== null && found.counts.new + found.counts.changed + found.counts.unchanged === 0)}>
      <summary class="btn">{t(ctx, text.importColumns)}</summary>
      <p class="small soft">{t(ctx, text.importColumnsHelp)}</p>
      <form method="post" action={`${base}/${found.id}/check`} class="stack">
        {sheets.length > 1 && (
          <Select
            name="sheet"
            label={t(ctx, text.importSheet)}
            value={found.sheet}
            options={sheets.map((name) => ({ value: name, words: name }))}
            required
          />
        )}
        <Field name="header" label={t(ctx, text.importHeader)} type="number" min={0} max={60000} value={found.header} required />
        {found.titles.map((title, at) =>
          title === "" && found.columns[at] === null ? null : (
            <Select
              name={`column.${at}`}
              label={t(ctx, text.importColumn, { title: title === "" ? t(ctx, text.importColumnNamed, { n: at + 1 }) : title })}
              value={found.columns[at] ?? ""}
              options={fieldOptions(ctx, found.kind)}
            />
          ),
        )}
        <Select
          name="fallback"
          label={t(ctx, found.kind === "people" ? text.importFallbackUnit : text.importFallbackKind)}
          value={found.fallback}
          options={fallbacks}
          empty="—"
        />
        <button class="btn">{t(ctx, text.importAgain)}</button>
      </form>
    </details>
  </Sheet>
);
const Questions = ({ ctx, base, found, rows }: { ctx: Context; base: string; found: Import; rows: readonly RefusedRow[] }) => (
  <Sheet>
    <h2>{t(ctx, text.importQuestions)}</h2>
    <p class="small soft">{t(ctx, text.importQuestionsHelp)}</p>
    <form method="post" action={`${base}/${found.id}/answers`} class="stack">
      {rows.map((row) => (
        <fieldset>
          <legend>{problemWords(ctx.language, found, row.n, row.problem)}</legend>
          {(row.problem.candidates ?? []).map((c) => (
            <label class="check">
              <input type="radio" name={`answer.${row.n}`} value={c.id} checked={found.answers[String(row.n)] === c.id} />
              <span>{t(ctx, text.importSame, { who: c.words })}</span>
            </label>
          ))}
          <label class="check">
            <input type="radio" name={`answer.${row.n}`} value="new" />
            <span>{t(ctx, text.importOther)}</span>
          </label>
          <label class="check">
            <input type="radio" name={`answer.${row.n}`} value="" checked />
            <span>{t(ctx, text.importLater)}</span>
          </label>
        </fieldset>
      ))}
      <button class="btn">{t(ctx, text.importAnswer)}</button>
    </form>
  </Sheet>
);

const Good = ({ ctx, rows }: { ctx: Context; rows: readonly GoodRow[] }) => (
  <Sheet>
    <h2>{t(ctx, text.importGoodRows, { n: rows.length })}</h2>
    <ul class="rows">
      {rows.map((row) => (
        <li>
          <div>
            <span class="soft num">{row.n}</span> {row.label}
          </div>
          <Tag tone={row.outcome === "new" ? "done" : "due"}>{t(ctx, row.outcome === "new" ? text.countNew : text.countChanged)}</Tag>
        </li>
      ))}
    </ul>
  </Sheet>
);
const Moves = ({ ctx, moves }: { ctx: Context; moves: readonly Move[] }) => (
  <Sheet>
    <h2>{t(ctx, text.importMoves)}</h2>
    <p class="small soft">{t(ctx, text.importMovesHelp)}</p>
    <Table
      caption={t(ctx, text.importMoves)}
      head={[{ r: t(ctx, text.importRow) }, t(ctx, text.unit), t(ctx, text.importMoveFrom), t(ctx, text.importMoveTo)]}
    >
      {moves.map((move) => (
        <tr>
          <td class="r num">{move.n}</td>
          <td>{move.label}</td>
          <td>{move.from ?? "—"}</td>
          <td>{move.to ?? "—"}</td>
        </tr>
      ))}
    </Table>
  </Sheet>
);

type Props = {
  ctx: Context;
  base: string;
  found: Import;
  job: { state: string; done: number; total: number; problem: string | null } | null;
  /** What depends on it by now, so that it was not undone. */
  depends: readonly string[];
  /** The first rows that would be written. */
  good: readonly GoodRow[];
  /** Units that it hangs under others. */
  moves: readonly Move[];
  refused: readonly RefusedRow[];
  next: string | null;
  sheets: readonly string[];
  fallbacks: Choices;
};
/** Whether its job is at work. */
export const isRunning = (found: Import, job: Props["job"]): boolean =>
  (found.state === "reading" || found.state === "committing" || found.state === "undoing") && job?.state !== "failed";
export const ImportPage = ({ ctx, base, found, job, depends, good: shown, moves, refused, next, sheets, fallbacks }: Props) => {
  const running = isRunning(found, job);
  // A written import has only what refused its undo; what its job stumbled over before is over.
  const why = running ? null : (found.problem ?? (found.state === "done" ? null : (job?.problem ?? null)));
  const counts = found.counts;
  const questions = found.state === "ready" ? refused.filter((row) => row.problem.code === "who") : [];
  const good = (counts?.new ?? 0) + (counts?.changed ?? 0);
  return (
    <>
      <p class="small">
        <a href={base}>{t(ctx, text.imports)}</a>
      </p>
      <h1>
        {t(ctx, found.kind === "people" ? text.importPeopleTitle : text.importUnitsTitle)}{" "}
        <Tag tone={stateTone[found.state]}>{t(ctx, stateWords[found.state])}</Tag>
      </h1>
      <p class="soft">{found.name}</p>
      {running && (
        <Sheet>
          <Notice tone="due">
            {t(
              ctx,
              found.state === "reading" ? text.importReading : found.state === "undoing" ? text.importUndoing : text.importCommitting,
              {
                done: job?.done ?? 0,
                total: job?.total ?? 0,
              },
            )}
          </Notice>
          <Bar part={job?.done ?? 0} whole={job?.total ?? 0} label={`${job?.done ?? 0} / ${job?.total ?? 0}`} />
        </Sheet>
      )}
      {why !== null && <FormError>{t(ctx, text.importFailed, { why })}</FormError>}
      {depends.length > 0 && (
        <FormError>
          <p>{t(ctx, text.undoDepends)}</p>
          <ul>
            {depends.map((words) => (
              <li>{words}</li>
            ))}
          </ul>
        </FormError>
      )}
      {found.state === "ready" && found.header === 0 && (
        <FormError>{t(ctx, text.noHeader, { name: headersOf(found.kind)["name"]?.[0] ?? "" })}</FormError>
      )}
      {!running && counts !== null && (
        <Sheet next={found.state === "ready"}>
          <h2>{t(ctx, found.state === "ready" ? text.importReady : found.state === "undone" ? text.importUndone : text.importDone)}</h2>
          <Counts ctx={ctx} found={found} />
          {found.state === "ready" && good === 0 && <p>{t(ctx, text.importNothing)}</p>}
          {found.state === "ready" && good > 0 && counts.refused === 0 && (
            <form method="post" action={`${base}/${found.id}/write`}>
              <button class="btn go">{t(ctx, text.importAll)}</button>
            </form>
          )}
          {found.state === "ready" && good > 0 && counts.refused > 0 && (
            <form method="post" action={`${base}/${found.id}/write`}>
              <p>{t(ctx, text.importNeedsAll, { count: counts.refused })}</p>
              <Hidden name="goodRows" value="1" />
              <button class="btn go">{t(ctx, text.importGood, { count: good })}</button>
            </form>
          )}
          {found.state === "done" && good > 0 && (
            <form method="post" action={`${base}/${found.id}/undo`}>
              <p>{t(ctx, text.importUndoWhat, { new: counts.new, changed: counts.changed })}</p>
              <button class="btn">{t(ctx, text.importUndo)}</button>
            </form>
          )}
        </Sheet>
      )}
      {shown.length > 0 && <Good ctx={ctx} rows={shown} />}
      {moves.length > 0 && <Moves ctx={ctx} moves={moves} />}
      {found.state === "ready" && <Guess ctx={ctx} base={base} found={found} sheets={sheets} fallbacks={fallbacks} />}
      {questions.length > 0 && <Questions ctx={ctx} base={base} found={found} rows={questions} />}
      {refused.length > 0 && (
        <>
          <h2>{t(ctx, text.importProblems)}</h2>
          <p>
            <a class="btn" href={`${base}/${found.id}/refused.xlsx`}>
              {t(ctx, text.importRefusedFile)}
            </a>
          </p>
          <Table caption={t(ctx, text.importProblems)} head={[{ r: t(ctx, text.importRow) }, t(ctx, text.name), t(ctx, text.importReason)]}>
            {refused.map((row) => (
              <tr>
                <td class="r num">{row.n}</td>
                <td>{row.label}</td>
                <td>{problemWords(ctx.language, found, row.n, row.problem)}</td>
              </tr>
            ))}
          </Table>
          <Pager ctx={ctx} next={next} />
        </>
      )}
    </>
  );
};
