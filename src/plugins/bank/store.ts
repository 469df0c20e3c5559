/** Every query of the bank. Lists: by id in bank_question's primary key, or within a topic by bank_question_topic. */
import { sql } from "drizzle-orm";
import { chunkJson, must, rowsOf, run, type Context, type Statement } from "#kernel";
import type { ListInput } from "./input.ts";
import { articleOf, type Question } from "./rules.ts";
import type { QuestionBody } from "./schema.ts";
import type { TypeId } from "./types/ids.ts";

type Row = {
  id: string;
  version: string;
  type: TypeId;
  topic: string;
  course: string | null;
  lesson: string | null;
  use: "check" | "exam";
  difficulty: number;
  body: string;
};
const columns = sql`q.id, v.version, q.type, q.topic, q.course, q.lesson, q.use, q.difficulty, v.body`;
const questionOf = ({ body, ...rest }: Row): Question => ({ ...rest, ...(JSON.parse(body) as QuestionBody) });

/** Questions as they stood in some versions, in no order. */
export const findVersions = async (ctx: Context, wanted: readonly { question: string; version: string }[]): Promise<Question[]> => {
  const found: Question[] = [];
  for (const chunk of chunkJson(wanted.map(({ question, version }) => ({ q: question, v: version }))))
    for (const row of await rowsOf<Row>(
      ctx,
      sql`select ${columns} from json_each(${chunk}) j join bank_version v on v.question = j.value ->> 'q' and v.version = j.value ->> 'v' join bank_question q on q.id = v.question`,
    ))
      found.push(questionOf(row));
  return found;
};

export type PoolRow = { question: string; version: string; topic: string; type: TypeId; difficulty: number };
/** What papers may draw of some topics and types: exam questions, neither retired nor flagged, by id; one covering index (bank_question_pool). */
export const drawPool = async (
  ctx: Context,
  { topics, types }: { topics: readonly string[]; types: readonly TypeId[] },
): Promise<PoolRow[]> =>
  rowsOf<PoolRow>(
    ctx,
    sql`select id as question, version, topic, type, difficulty from bank_question where use = 'exam' and topic in (select value from json_each(${JSON.stringify(topics)})) and type in (select value from json_each(${JSON.stringify(types)})) and retired_at is null and flagged is null order by id`,
  );
export type TopicRow = { id: string; course: string | null; courseTitle: string; title: string };
export type TopicCounts = TopicRow & { counts: Record<TypeId, number> };
/** Topics in their order (few; bank_topic whole), with how many questions of each type a paper may draw (bank_question_pool). */
export const topicsWithCounts = async (ctx: Context): Promise<TopicCounts[]> => {
  const rows = await rowsOf<{ id: string; course: string | null; courseTitle: string; title: string; type: TypeId | null; n: number }>(
    ctx,
    sql`select t.id, t.course, t.course_title as courseTitle, t.title, q.type, count(q.id) as n from bank_topic t left join bank_question q on q.use = 'exam' and q.topic = t.id and q.retired_at is null and q.flagged is null group by t.id, q.type order by t.course is null, t.course, t.place, t.id`,
  );
  const made = new Map<string, TopicCounts>();
  for (const { type, n, ...topic } of rows) {
    const open = made.get(topic.id) ?? { ...topic, counts: { single: 0, multiple: 0, truefalse: 0 } };
    if (type !== null) open.counts[type] = n;
    made.set(topic.id, open);
  }
  return [...made.values()];
};
export const topicTitles = async (ctx: Context, ids: readonly string[]): Promise<Map<string, string>> =>
  new Map(
    (
      await rowsOf<{ id: string; title: string }>(
        ctx,
        sql`select id, title from bank_topic where id in (select value from json_each(${JSON.stringify(ids)}))`,
      )
    ).map((row) => [row.id, row.title]),
  );

export type ListedQuestion = Question & {
  owner: "file" | "bureau";
  retired: boolean;
  flagged: string | null;
  topicTitle: string;
  copyOf: string | null;
};
type ListedRow = Row & {
  owner: "file" | "bureau";
  retired: number;
  flagged: string | null;
  topicTitle: string | null;
  copyOf: string | null;
};
const listed = ({ owner, retired, flagged, topicTitle, copyOf, ...row }: ListedRow): ListedQuestion => ({
  ...questionOf(row),
  owner,
  retired: retired === 1,
  flagged,
  topicTitle: topicTitle ?? row.topic,
  copyOf,
});
const listedColumns = sql`${columns}, q.owner, q.retired_at is not null as retired, q.flagged, t.title as topicTitle, q.copy_of as copyOf`;
/** A page of the bank by id, the primary key; within a topic by bank_question_topic. Words are looked for within the newest versions. */
export const listQuestions = async (ctx: Context, input: ListInput, limit: number): Promise<ListedQuestion[]> => {
  const only = [
    sql`q.id > ${input.after ?? ""}`,
    ...(input.topic === undefined ? [] : [sql`q.topic = ${input.topic}`]),
    ...(input.type === undefined ? [] : [sql`q.type = ${input.type}`]),
    ...(input.use === undefined ? [] : [sql`q.use = ${input.use}`]),
    ...(input.words === undefined ? [] : [sql`instr(v.body ->> 'stem', ${input.words}) > 0`]),
    input.state === "retired"
      ? sql`q.retired_at is not null`
      : input.state === "flagged"
        ? sql`q.flagged is not null`
        : sql`q.retired_at is null`,
  ];
  const rows = await rowsOf<ListedRow>(
    ctx,
    sql`select ${listedColumns} from bank_question q join bank_version v on v.question = q.id and v.version = q.version left join bank_topic t on t.id = q.topic where ${sql.join(only, sql` and `)} order by q.id limit ${limit}`,
  );
  return rows.map(listed);
};
export const findListed = async (ctx: Context, id: string): Promise<ListedQuestion | undefined> => {
  const [row] = await rowsOf<ListedRow>(
    ctx,
    sql`select ${listedColumns} from bank_question q join bank_version v on v.question = q.id and v.version = q.version left join bank_topic t on t.id = q.topic where q.id = ${id}`,
  );
  return row && listed(row);
};
/** A page of everything by id, the primary key, retired ones too, for the export. */
export const exportPage = async (ctx: Context, after: string, limit: number): Promise<ListedQuestion[]> =>
  (
    await rowsOf<ListedRow>(
      ctx,
      sql`select ${listedColumns} from bank_question q join bank_version v on v.question = q.id and v.version = q.version left join bank_topic t on t.id = q.topic where q.id > ${after} order by q.id limit ${limit}`,
    )
  ).map(listed);

/** What a file or a form says of a question. */
export type NewQuestion = Omit<Question, "version"> & { version: string; owner: "file" | "bureau"; copyOf?: string | null };
/** Puts questions with their versions and citations; a changed one is neither retired nor flagged any more. */
export const putQuestions = (ctx: Context, rows: readonly NewQuestion[]): Statement[] => {
  const body = ({ stem, options, key, explanation, citations }: NewQuestion): QuestionBody => ({
    stem,
    options,
    key,
    explanation,
    citations,
  });
  const main = rows.map((r) => ({ ...r, copyOf: r.copyOf ?? null, body: body(r) }));
  const cited = rows.flatMap((r) => r.citations.map((citation) => ({ q: r.id, a: articleOf(citation), c: citation })));
  return [
    ...chunkJson(main).flatMap((chunk) => [
      run(
        sql`insert into bank_version (question, version, type, body, created_at) select value ->> 'id', value ->> 'version', value ->> 'type', value -> 'body', ${ctx.now} from json_each(${chunk}) where true on conflict (question, version) do nothing`,
      ),
      run(sql`insert into bank_question (id, version, owner, course, lesson, use, topic, type, difficulty, copy_of, changed_at)
        select value ->> 'id', value ->> 'version', value ->> 'owner', value ->> 'course', value ->> 'lesson', value ->> 'use', value ->> 'topic', value ->> 'type', value ->> 'difficulty', value ->> 'copyOf', ${ctx.now} from json_each(${chunk}) where true
        on conflict (id) do update set version = excluded.version, course = excluded.course, lesson = excluded.lesson, use = excluded.use, topic = excluded.topic, type = excluded.type, difficulty = excluded.difficulty, retired_at = null, flagged = null, changed_at = excluded.changed_at`),
      run(sql`delete from bank_citation where question in (select value ->> 'id' from json_each(${chunk}))`),
    ]),
    ...chunkJson(cited).map((chunk) =>
      run(
        sql`insert into bank_citation (question, article, citation) select value ->> 'q', value ->> 'a', value ->> 'c' from json_each(${chunk}) where true on conflict (question, citation) do nothing`,
      ),
    ),
  ];
};
/** Puts topics; titles and order follow the file. */
export const putTopics = (rows: readonly (TopicRow & { place: number })[]): Statement[] =>
  chunkJson(rows).map((chunk) =>
    run(
      sql`insert into bank_topic (id, course, course_title, title, place) select value ->> 'id', value ->> 'course', value ->> 'courseTitle', value ->> 'title', value ->> 'place' from json_each(${chunk}) where true on conflict (id) do update set course_title = excluded.course_title, title = excluded.title, place = excluded.place`,
    ),
  );
/** Newest versions of what files own, by id. */
export const fileVersions = async (ctx: Context): Promise<Map<string, { version: string; retired: boolean; facts: string }>> =>
  new Map(
    (
      await rowsOf<{ id: string; version: string; retired: number; facts: string }>(
        ctx,
        sql`select id, version, retired_at is not null as retired, json_array(course, lesson, use, topic, difficulty) as facts from bank_question where owner = 'file'`,
      )
    ).map((row) => [row.id, { version: row.version, retired: row.retired === 1, facts: row.facts }]),
  );
/** Takes questions out of future papers. */
export const retire = (ctx: Context, ids: readonly string[]): Statement =>
  run(
    sql`update bank_question set retired_at = ${ctx.now}, changed_at = ${ctx.now} where id in (select value from json_each(${JSON.stringify(ids)})) and retired_at is null`,
  );
/** The bureau's own question stands at the version that was edited, or the whole commit fails. */
export const stillAt = (id: string, version: string): readonly Statement[] =>
  must(run(sql`update bank_question set version = version where id = ${id} and version = ${version} and owner = 'bureau'`));
/** Clears the flag after an author looked. */
export const unflag = (id: string): readonly Statement[] =>
  must(run(sql`update bank_question set flagged = null where id = ${id} and flagged is not null`));
/** Flags what cites one of some articles (`statute@version#article`). */
export const flagCiting = (articles: readonly string[]): Statement[] =>
  chunkJson(articles).map((chunk) =>
    run(
      sql`update bank_question set flagged = (select min(c.citation) from bank_citation c where c.question = bank_question.id and c.article in (select value from json_each(${chunk}))) where flagged is null and id in (select c.question from json_each(${chunk}) j join bank_citation c on c.article = j.value)`,
    ),
  );
/** What cites some articles and is not flagged yet: each with the article. */
export const citing = async (ctx: Context, articles: readonly string[]): Promise<{ id: string; article: string }[]> => {
  const found: { id: string; article: string }[] = [];
  for (const chunk of chunkJson(articles))
    found.push(
      ...(await rowsOf<{ id: string; article: string }>(
        ctx,
        sql`select distinct c.question as id, c.article from json_each(${chunk}) j join bank_citation c on c.article = j.value join bank_question q on q.id = c.question where q.flagged is null`,
      )),
    );
  return found;
};
