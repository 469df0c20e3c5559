/** How the bank looks. */
import { raw } from "hono/html";
import { say, type Context, type Words } from "#kernel";
import { Empty, Field, Hidden, Notice, Pager, Select, Sheet, Table, Tag, TextArea } from "#ui";
import { optionLetters, type ListInput } from "./input.ts";
import type { ListedQuestion, TopicCounts } from "./store.ts";
import { text } from "./text.ts";
import { questionTypes, typeIds } from "./types/index.ts";

const difficulties: readonly Words[] = [text.easy, text.medium, text.hard];
const topicChoices = (topics: readonly TopicCounts[]) => topics.map((t) => ({ value: t.id, words: `${t.courseTitle} · ${t.title}` }));
const one = (id: string) => `/admin/questions/one?question=${encodeURIComponent(id)}`;

const State = ({ ctx, question }: { ctx: Context; question: ListedQuestion }) => (
  <>
    {question.flagged !== null && <Tag tone="due">{say(ctx.language, text.flagged)}</Tag>}
    {question.retired && <Tag>{say(ctx.language, text.retired)}</Tag>}
    <Tag>{say(ctx.language, question.owner === "file" ? text.fileOwned : text.bureauOwned)}</Tag>
  </>
);

export const QuestionList = ({
  ctx,
  input,
  topics,
  rows,
  next,
}: {
  ctx: Context;
  input: ListInput;
  topics: readonly TopicCounts[];
  rows: readonly ListedQuestion[];
  next: string | null;
}) => {
  const t = (words: Words) => say(ctx.language, words);
  const filtered = Object.values(input).some((value) => value !== undefined);
  return (
    <>
      <div class="spread">
        <h1>{t(text.title)}</h1>
        <div class="line">
          <a class="btn" href="/api/v1/questions/export?format=json">
            {t(text.export)}
          </a>
          <a class="btn go" href="/admin/questions/new">
            {t(text.create)}
          </a>
        </div>
      </div>
      <form class="filters" method="get">
        <Select name="topic" label={t(text.topic)} value={input.topic ?? null} empty={t(text.all)} options={topicChoices(topics)} />
        <Select
          name="type"
          label={t(text.type)}
          value={input.type ?? null}
          empty={t(text.all)}
          options={typeIds.map((value) => ({ value, words: t(questionTypes[value].words) }))}
        />
        <Select
          name="use"
          label={t(text.use)}
          value={input.use ?? null}
          empty={t(text.all)}
          options={[
            { value: "exam", words: t(text.useExam) },
            { value: "check", words: t(text.useCheck) },
          ]}
        />
        <Select
          name="state"
          label={t(text.owner)}
          value={input.state ?? null}
          empty={t(text.all)}
          options={[
            { value: "flagged", words: t(text.flagged) },
            { value: "retired", words: t(text.retired) },
          ]}
        />
        <Field name="words" label={t(text.search)} value={input.words ?? ""} maxlength={50} />
        <button class="btn">{t(text.filter)}</button>
      </form>
      {rows.length === 0 ? (
        <Empty>
          <p>{t(filtered ? text.none : text.noneAtAll)}</p>
        </Empty>
      ) : (
        <Table caption={t(text.title)} head={[t(text.stem), t(text.type), t(text.topic), t(text.difficulty), t(text.owner)]}>
          {rows.map((q) => (
            <tr>
              <td>
                <a href={one(q.id)}>{q.stem}</a>
              </td>
              <td>{t(questionTypes[q.type].words)}</td>
              <td>{q.topicTitle}</td>
              <td>{t(difficulties[q.difficulty - 1] ?? text.medium)}</td>
              <td>
                <State ctx={ctx} question={q} />
              </td>
            </tr>
          ))}
        </Table>
      )}
      <Pager ctx={ctx} next={next} />
    </>
  );
};

export const QuestionSheet = ({
  ctx,
  question: q,
  explanation,
  copy,
}: {
  ctx: Context;
  question: ListedQuestion;
  explanation: string;
  copy: string;
}) => {
  const t = (words: Words) => say(ctx.language, words);
  return (
    <>
      <h1>{q.topicTitle}</h1>
      <p class="line">
        <Tag>{t(questionTypes[q.type].words)}</Tag>
        <Tag>{t(difficulties[q.difficulty - 1] ?? text.medium)}</Tag>
        <Tag>{t(q.use === "exam" ? text.useExam : text.useCheck)}</Tag>
        <State ctx={ctx} question={q} />
      </p>
      {q.flagged !== null && (
        <Notice tone="due">
          <p>{say(ctx.language, text.flaggedWhy, { citation: q.flagged })}</p>
          <form method="post" action="/admin/questions/approve">
            <Hidden name="question" value={q.id} />
            <button class="btn">{t(text.reviewed)}</button>
          </form>
        </Notice>
      )}
      <Sheet>
        {questionTypes[q.type].render({ shown: q, name: "answer", language: ctx.language, right: q.key })}
        <h2>{t(text.explanation)}</h2>
        <div class="reading">{raw(explanation)}</div>
        <p class="small soft">
          {t(text.version)} <code>{q.version.slice(0, 12)}</code> · {q.id}
        </p>
      </Sheet>
      <div class="line">
        {q.owner === "bureau" && !q.retired && (
          <a class="btn" href={`/admin/questions/edit?question=${encodeURIComponent(q.id)}`}>
            {t(text.edit)}
          </a>
        )}
        <form method="post" action="/admin/questions/copy" class="inline">
          <Hidden name="question" value={q.id} />
          <Hidden name="id" value={copy} />
          <button class="btn">{t(text.copy)}</button>
        </form>
        {q.owner === "bureau" && !q.retired && (
          <form method="post" action="/admin/questions/retire" class="inline">
            <Hidden name="question" value={q.id} />
            <button class="btn">{t(text.retire)}</button>
          </form>
        )}
      </div>
      <p class="small soft">{t(q.owner === "file" ? text.copyHelp : text.retireHelp)}</p>
    </>
  );
};

export const QuestionForm = ({
  ctx,
  id,
  topics,
  question: q,
}: {
  ctx: Context;
  id: string;
  topics: readonly TopicCounts[];
  question: ListedQuestion | undefined;
}) => {
  const t = (words: Words) => say(ctx.language, words);
  const key = q === undefined ? "" : String(questionTypes[q.type].export(q.key));
  const choices = [
    ...topicChoices(topics),
    ...(topics.some((topic) => topic.course === null) ? [] : [{ value: "bureau/own", words: t(text.bureauTopic) }]),
  ];
  return (
    <>
      <h1>{t(q === undefined ? text.create : text.edit)}</h1>
      <form method="post" action="/admin/questions" class="stack">
        <Hidden name="question" value={id} />
        <Hidden name="base" value={q?.version ?? ""} />
        <Select
          name="type"
          label={t(text.type)}
          value={q?.type ?? "single"}
          options={typeIds.map((value) => ({ value, words: t(questionTypes[value].words) }))}
        />
        <Select name="topic" label={t(text.topic)} value={q?.topic ?? null} options={choices} />
        <Select
          name="use"
          label={t(text.use)}
          value={q?.use ?? "exam"}
          options={[
            { value: "exam", words: t(text.useExam) },
            { value: "check", words: t(text.useCheck) },
          ]}
        />
        <Select
          name="difficulty"
          label={t(text.difficulty)}
          value={String(q?.difficulty ?? 2)}
          options={difficulties.map((words, n) => ({ value: String(n + 1), words: t(words) }))}
        />
        <TextArea name="stem" label={t(text.stem)} value={q?.stem ?? ""} required />
        {optionLetters.map((letter) => (
          <Field
            name={letter}
            label={say(ctx.language, text.optionN, { key: letter })}
            value={q?.options.find((o) => o.key === letter)?.text ?? ""}
            maxlength={500}
          />
        ))}
        <p class="small soft">{t(text.optionHelp)}</p>
        <Field
          name="answer"
          label={t(text.answer)}
          value={key === "true" ? text.right.zh : key === "false" ? text.wrong.zh : key}
          help={t(text.answerHelp)}
          required
          maxlength={20}
        />
        <TextArea
          name="explanation"
          label={t(text.explanation)}
          value={q?.explanation ?? ""}
          help={t(text.explanationHelp)}
          required
          rows={6}
        />
        <button class="btn go">{t(text.save)}</button>
      </form>
    </>
  );
};
