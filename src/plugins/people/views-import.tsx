/** Imports: the upload, the preview with its guess, questions and refused rows, and the result with undo. */
import { momentWords, newId, type Context, type Words } from "#kernel";
import { Bar, Empty, Field, FormError, Hidden, Notice, Pager, Select, Sheet, Table, Tag, type Tone } from "#ui";
import { importId } from "./input.ts";
import { fieldsOf, headersOf, type ImportKind } from "./rules-headers.ts";
import { problemWords } from "./rules-words.ts";
import type { Import, RefusedRow } from "./store-import.ts";
import { text } from "./text.ts";
import { t } from "./views-roster.tsx";

type Choices = readonly { value: string; words: string }[];
const stateWords: Record<Import["state"], Words> = {
  reading: text.importState_reading,
  ready: text.importState_ready,
  committing: text.importState_committing,
  done: text.importState_done,
  undone: text.importState_undone,
  failed: text.importState_failed,
};
const stateTone: Record<Import["state"], Tone> = {
  reading: "due",
  ready: "due",
  committing: "due",
  done: "done",
  undone: "",
  failed: "late",
};

export const ImportsPage = ({
  ctx,
  base,
  list,
  problem,
  kinds,
}: {
  ctx: Context;
  base: string;
  list: readonly Import[];
  problem: string | null;
  kinds: readonly ImportKind[];
}) => (
  <>
    <h1>{t(ctx, text.imports)}</h1>
    <p>{t(ctx, text.importIntro)}</p>
    {problem !== null && <FormError>{problem}</FormError>}
    <Sheet next>
      <form method="post" action={base} enctype="multipart/form-data" class="stack">
        <Hidden name="id" value={newId(importId)} />
        {kinds.length === 1 ? (
          <Hidden name="kind" value={kinds[0] ?? "people"} />
        ) : (
          <Select
            name="kind"
            label={t(ctx, text.importWhat)}
            value="people"
            options={[
              { value: "people", words: t(ctx, text.people) },
              { value: "units", words: t(ctx, text.units) },
            ]}
            required
          />
        )}
        <Field name="file" type="file" label={t(ctx, text.importFile)} accept=".xlsx,.csv,.txt,.tsv" required />
        <button class="btn go">{t(ctx, text.importUpload)}</button>
      </form>
    </Sheet>
    {list.length === 0 ? (
      <Empty>{t(ctx, text.importNone)}</Empty>
    ) : (
      <Table
        caption={t(ctx, text.imports)}
        head={[
          t(ctx, text.importTime),
          t(ctx, text.importWhat),
          t(ctx, text.importState),
          { r: t(ctx, text.countNew) },
          { r: t(ctx, text.countChanged) },
          { r: t(ctx, text.countRefused) },
        ]}
      >
        {list.map((row) => (
          <tr>
            <td>
              <a href={`${base}/${row.id}`}>{momentWords(row.createdAt, ctx.zone, ctx.language)}</a>{" "}
              <span class="small soft">{row.name}</span>
            </td>
            <td>{t(ctx, row.kind === "people" ? text.people : text.units)}</td>
            <td>
              <Tag tone={stateTone[row.state]}>{t(ctx, stateWords[row.state])}</Tag>
            </td>
            <td class="r num">{row.counts?.new ?? "—"}</td>
            <td class="r num">{row.counts?.changed ?? "—"}</td>
            <td class="r num">{row.counts?.refused ?? "—"}</td>
          </tr>
        ))}
      </Table>
    )}
  </>
);

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

type Props = {
  ctx: Context;
  base: string;
  found: Import;
  job: { state: string; done: number; total: number; problem: string | null } | null;
  refused: readonly RefusedRow[];
  next: string | null;
  sheets: readonly string[];
  fallbacks: Choices;
};
export const ImportPage = ({ ctx, base, found, job, refused, next, sheets, fallbacks }: Props) => {
  const running = (found.state === "reading" || found.state === "committing") && job?.state !== "failed";
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
            {t(ctx, found.state === "reading" ? text.importReading : text.importCommitting, {
              done: job?.done ?? 0,
              total: job?.total ?? 0,
            })}
          </Notice>
          <Bar part={job?.done ?? 0} whole={job?.total ?? 0} label={`${job?.done ?? 0} / ${job?.total ?? 0}`} />
        </Sheet>
      )}
      {!running && (found.problem ?? job?.problem ?? null) !== null && found.state !== "done" && (
        <FormError>{t(ctx, text.importFailed, { why: found.problem ?? job?.problem ?? "" })}</FormError>
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
