/** All imports with the upload, and the results of one exam or course. */
import { dayWords, momentWords, points, saying, type Context, type Words } from "#kernel";
import { proofEndings } from "#plugins/people";
import { Empty, Field, FormError, Hidden, Notice, Pager, Sheet, Table, Tag, type Tone } from "#ui";
import type { Target, VerbId } from "./rules.ts";
import type { Import, ListedResult } from "./store.ts";
import { text } from "./text.ts";

/** What a state is called, and its tone. */
export const stateWords: Record<Import["state"], Words> = {
  reading: text.state_reading,
  ready: text.state_ready,
  committing: text.state_committing,
  done: text.state_done,
  undoing: text.state_undoing,
  undone: text.state_undone,
  failed: text.state_failed,
};
export const stateTone: Record<Import["state"], Tone> = {
  reading: "due",
  ready: "due",
  committing: "due",
  done: "done",
  undoing: "due",
  undone: "",
  failed: "late",
};

type ListProps = {
  ctx: Context;
  list: readonly Import[];
  things: readonly Target[];
  id: string;
  imports: boolean;
  problem: string | null;
};
export const ListPage = ({ ctx, list, things, id, imports, problem }: ListProps) => {
  const t = saying(ctx);
  return (
    <>
      <h1>{t(text.title)}</h1>
      <p>{t(text.intro)}</p>
      {problem !== null && <FormError>{problem}</FormError>}
      {imports && (
        <Sheet next>
          <form method="post" action="/admin/outside" enctype="multipart/form-data" class="stack">
            <Hidden name="id" value={id} />
            <Field name="file" type="file" label={t(text.file)} help={t(text.fileHelp)} accept=".xlsx,.csv,.txt,.tsv" required />
            <Field name="evidence" type="file" label={t(text.evidence)} help={t(text.evidenceHelp)} accept={proofEndings} required />
            <Field name="day" type="date" label={t(text.fallbackDay)} help={t(text.fallbackDayHelp)} max={ctx.today} />
            <button class="btn go">{t(text.upload)}</button>
          </form>
        </Sheet>
      )}
      {list.length === 0 ? (
        <Empty>{t(text.none)}</Empty>
      ) : (
        <Table
          caption={t(text.imports)}
          head={[t(text.time), t(text.state), { r: t(text.new) }, { r: t(text.changed) }, { r: t(text.unchanged) }, { r: t(text.refused) }]}
        >
          {list.map((row) => (
            <tr>
              <td>
                <a href={`/admin/outside/${row.id}`}>{momentWords(row.createdAt, ctx.zone, ctx.language)}</a>{" "}
                <span class="small soft">{row.name}</span>
              </td>
              <td>
                <Tag tone={stateTone[row.state]}>{t(stateWords[row.state])}</Tag>
              </td>
              <td class="r num">{row.counts?.new ?? "—"}</td>
              <td class="r num">{row.counts?.changed ?? "—"}</td>
              <td class="r num">{row.counts?.unchanged ?? "—"}</td>
              <td class="r num">{row.counts?.refused ?? "—"}</td>
            </tr>
          ))}
        </Table>
      )}
      <h2>{t(text.externalExams)}</h2>
      <p class="small soft">{t(text.externalExamsHelp)}</p>
      <ul class="rows">
        {things.map((thing) => (
          <li>
            <a href={`/admin/outside/results/${thing.kind}:${thing.id}`}>{thing.title}</a>
            {thing.year !== null && <span class="soft num">{thing.year}</span>}
          </li>
        ))}
      </ul>
      <p>
        <a class="btn" href="/admin/exams#outside">
          {t(text.registerExam)}
        </a>
      </p>
    </>
  );
};

const verdicts: Record<VerbId, { words: Words; tone: Tone }> = {
  sat: { words: text.notPassed, tone: "late" },
  passed: { words: text.passed, tone: "done" },
  excelled: { words: text.excelled, tone: "done" },
  completed: { words: text.completed, tone: "done" },
};
type ResultsProps = { ctx: Context; title: string; course: boolean; rows: readonly ListedResult[]; next: string | null };
export const ResultsPage = ({ ctx, title, course, rows, next }: ResultsProps) => {
  const t = saying(ctx);
  return (
    <>
      <p class="small">
        <a href="/admin/outside">{t(text.title)}</a>
      </p>
      <div class="spread">
        <h1>{title}</h1>
        <Tag>{t(text.title)}</Tag>
      </div>
      <Notice tone="">{t(course ? text.resultsOfCourse : text.resultsOfExam)}</Notice>
      {rows.length === 0 ? (
        <Empty>{t(text.noResults)}</Empty>
      ) : (
        <Table
          caption={title}
          head={[t(text.person), t(text.unit), t(text.day), ...(course ? [] : [{ r: t(text.score) }]), t(text.verdict), t(text.evidence)]}
        >
          {rows.map((row) => (
            <tr>
              <td>
                <a href={`/admin/records/${row.record}`}>{row.name}</a>
              </td>
              <td>{row.unit ?? "—"}</td>
              <td>{dayWords(row.day, ctx.language)}</td>
              {!course && <td class="r num">{row.score === null ? "—" : points(row.score)}</td>}
              <td>
                <Tag tone={verdicts[row.verdict].tone}>{t(verdicts[row.verdict].words)}</Tag>
              </td>
              <td>{row.import === null ? "—" : <a href={`/admin/outside/${row.import}/evidence`}>{t(text.download)}</a>}</td>
            </tr>
          ))}
        </Table>
      )}
      <Pager ctx={ctx} next={next} />
    </>
  );
};
