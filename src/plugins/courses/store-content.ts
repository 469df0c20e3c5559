/** Queries of content: versions as files own them, what they cite, and what is flagged. By the primary keys of courses_version and courses_part. */
import { sql } from "drizzle-orm";
import { chunkJson, must, rowsOf, run, type Context, type Instant, type PersonId, type Statement } from "#kernel";
import type { BuiltCourse } from "./input.ts";
import type { CaseBody, LessonBody, Outline } from "./schema.ts";

/** `statute@version#article`, without paragraph and item. */
const articleOf = (citation: string) => citation.replace(/\..*$/, "");
const outlineOf = (course: BuiltCourse): Outline => ({
  lessons: course.lessons.map(({ id, title, minutes }) => ({ id, title, minutes })),
  cases: course.cases.map(({ id, title, role }) => ({ id, title, role })),
  counts: {
    checks: course.questions.filter((q) => q.use === "check").length,
    exam: course.questions.filter((q) => q.use === "exam").length,
    citations: new Set([...course.lessons, ...course.cases, ...course.questions].flatMap((p) => p.citations.map(articleOf))).size,
  },
});
const lessonOf = (course: BuiltCourse, lesson: BuiltCourse["lessons"][number]): LessonBody => ({
  markdown: lesson.markdown,
  minutes: lesson.minutes,
  checks: lesson.checks.flatMap((id) => course.questions.filter((q) => q.id === id)),
});

/** Newest versions by course, of those that are not retired. */
export const currentHashes = async (ctx: Context): Promise<Map<string, string>> =>
  new Map(
    (await rowsOf<{ id: string; hash: string }>(ctx, sql`select id, hash from courses_course where retired_at is null`)).map((row) => [
      row.id,
      row.hash,
    ]),
  );

/** Puts a course's version with its parts; who starts from now on gets it. */
export const putCourse = (ctx: Context, course: BuiltCourse, place: number): Statement[] => {
  const parts = [
    ...course.lessons.map((l) => ({ k: "lesson", id: l.id, title: l.title, body: lessonOf(course, l) })),
    ...course.cases.map((c) => ({ k: "case", id: c.id, title: c.title, body: c })),
  ];
  const checksOf = (lesson: string) => course.questions.filter((q) => q.lesson === lesson && q.use === "check").flatMap((q) => q.citations);
  const cited = [
    ...course.lessons.flatMap((l) => [...l.citations, ...checksOf(l.id)].map((c) => ({ k: "lesson", id: l.id, a: articleOf(c) }))),
    ...course.cases.flatMap((c) => c.citations.map((one) => ({ k: "case", id: c.id, a: articleOf(one) }))),
  ];
  return [
    run(
      sql`insert into courses_version (course, hash, title, audience, summary, hours, outline, created_at) values (${course.id}, ${course.hash}, ${course.title}, ${course.audience}, ${course.summary}, ${course.hours}, ${JSON.stringify(outlineOf(course))}, ${ctx.now}) on conflict (course, hash) do nothing`,
    ),
    ...chunkJson(parts).map((chunk) =>
      run(
        sql`insert into courses_part (course, hash, kind, id, title, body) select ${course.id}, ${course.hash}, value ->> 'k', value ->> 'id', value ->> 'title', value -> 'body' from json_each(${chunk}) where true on conflict (course, hash, kind, id) do nothing`,
      ),
    ),
    run(
      sql`insert into courses_course (id, hash, place) values (${course.id}, ${course.hash}, ${place}) on conflict (id) do update set hash = excluded.hash, place = excluded.place, retired_at = null`,
    ),
    run(sql`delete from courses_citation where course = ${course.id}`),
    ...chunkJson(cited).map((chunk) =>
      run(
        sql`insert into courses_citation (course, kind, part, article) select ${course.id}, value ->> 'k', value ->> 'id', value ->> 'a' from json_each(${chunk}) where true on conflict do nothing`,
      ),
    ),
    run(
      sql`delete from courses_flag where course = ${course.id} and not exists (select 1 from courses_citation c where c.course = courses_flag.course and c.kind = courses_flag.kind and c.part = courses_flag.part and c.article = courses_flag.article)`,
    ),
  ];
};
/** Courses that are no longer among the files; who began may finish. */
export const retireCourses = (ctx: Context, ids: readonly string[]): Statement =>
  run(sql`update courses_course set retired_at = ${ctx.now} where id in (select value from json_each(${JSON.stringify(ids)}))`);
/** Old versions that no progress names. */
export const dropVersions = (): Statement[] => {
  const unused = sql`not exists (select 1 from courses_course c where c.id = course and c.hash = x.hash) and not exists (select 1 from courses_progress p where p.course = x.course and p.hash = x.hash)`;
  return [run(sql`delete from courses_part as x where ${unused}`), run(sql`delete from courses_version as x where ${unused}`)];
};
/** Every article that a current version cites. */
export const citedArticles = async (ctx: Context): Promise<string[]> =>
  (await rowsOf<{ article: string }>(ctx, sql`select distinct article from courses_citation`)).map((row) => row.article);
/** Flags the parts that cite one of some articles; those flagged already, or looked at, stay as they are. */
export const flagParts = (ctx: Context, articles: readonly string[]): Statement[] =>
  chunkJson(articles).map((chunk) =>
    run(
      sql`insert into courses_flag (course, kind, part, article, flagged_at) select c.course, c.kind, c.part, c.article, ${ctx.now} from json_each(${chunk}) j join courses_citation c on c.article = j.value where true on conflict do nothing`,
    ),
  );
/** The parts that cite one of some articles and are not flagged yet. */
export const partsCiting = (
  ctx: Context,
  articles: readonly string[],
): Promise<{ kind: "lesson" | "case"; course: string; part: string }[]> =>
  rowsOf(
    ctx,
    sql`select distinct c.kind, c.course, c.part from json_each(${JSON.stringify(articles)}) j join courses_citation c on c.article = j.value left join courses_flag f on f.course = c.course and f.kind = c.kind and f.part = c.part and f.article = c.article where f.article is null`,
  );

/** For authors: a course with its versions and what is there. */
export type Inventory = {
  id: string;
  title: string;
  hours: number;
  hash: string;
  outline: Outline;
  versions: number;
  started: number;
  completed: number;
  retiredAt: Instant | null;
};
/** A few courses in the order of the files: courses_course whole. */
export const listInventory = async (ctx: Context): Promise<Inventory[]> =>
  (
    await rowsOf<Omit<Inventory, "outline"> & { outline: string }>(
      ctx,
      sql`select c.id, v.title, v.hours, c.hash, v.outline, c.started, c.completed, c.retired_at as retiredAt, (select count(*) from courses_version x where x.course = c.id) as versions from courses_course c join courses_version v on v.course = c.id and v.hash = c.hash order by c.retired_at is not null, c.place, c.id limit 200`,
    )
  ).map((row) => ({ ...row, outline: JSON.parse(row.outline) as Outline }));
export type OpenFlag = { course: string; kind: "lesson" | "case"; part: string; title: string; article: string; flaggedAt: Instant };
/** What waits for an author's eyes, oldest first, by courses_flag_open. */
export const openFlags = (ctx: Context, limit: number): Promise<OpenFlag[]> =>
  rowsOf(
    ctx,
    sql`select f.course, f.kind, f.part, p.title, f.article, f.flagged_at as flaggedAt from courses_flag f join courses_course c on c.id = f.course join courses_part p on p.course = f.course and p.hash = c.hash and p.kind = f.kind and p.id = f.part where f.cleared_at is null order by f.flagged_at, f.course, f.part limit ${limit}`,
  );
/** An author looked: it still holds. */
export const clearFlag = (
  ctx: Context,
  by: PersonId,
  flag: { course: string; kind: string; part: string; article: string; note: string },
): readonly Statement[] =>
  must(
    run(
      sql`update courses_flag set cleared_at = ${ctx.now}, cleared_by = ${by}, note = ${flag.note} where course = ${flag.course} and kind = ${flag.kind} and part = ${flag.part} and article = ${flag.article} and cleared_at is null`,
    ),
  );

/** A part of a version. */
export const findPart = async <K extends "lesson" | "case">(
  ctx: Context,
  course: string,
  hash: string,
  kind: K,
  id: string,
): Promise<{ title: string; body: K extends "lesson" ? LessonBody : CaseBody; flagged: boolean } | undefined> => {
  const [row] = await rowsOf<{ title: string; body: string; flagged: number }>(
    ctx,
    sql`select title, body, exists (select 1 from courses_flag f where f.course = p.course and f.kind = p.kind and f.part = p.id and f.cleared_at is null) as flagged from courses_part p where course = ${course} and hash = ${hash} and kind = ${kind} and id = ${id}`,
  );
  // Sound: a part of a kind is written by putCourse with that kind's body.
  return row && { title: row.title, flagged: row.flagged === 1, body: JSON.parse(row.body) as K extends "lesson" ? LessonBody : CaseBody };
};
/** Titles of courses by id. */
export const titlesOf = async (ctx: Context, ids: readonly string[]): Promise<Map<string, string>> =>
  new Map(
    (
      await rowsOf<{ id: string; title: string }>(
        ctx,
        sql`select c.id, v.title from json_each(${JSON.stringify(ids)}) j join courses_course c on c.id = j.value join courses_version v on v.course = c.id and v.hash = c.hash`,
      )
    ).map((row) => [row.id, row.title]),
  );
/** Titles of lessons or cases by `course/part`; those of the newest version, else of any. */
export const partTitlesOf = async (ctx: Context, kind: "lesson" | "case", ids: readonly string[]): Promise<Map<string, string>> =>
  new Map(
    (
      await rowsOf<{ id: string; title: string | null }>(
        ctx,
        sql`select j.value as id, coalesce(
          (select p.title from courses_course c join courses_part p on p.course = c.id and p.hash = c.hash and p.kind = ${kind} and p.id = substr(j.value, instr(j.value, '/') + 1) where c.id = substr(j.value, 1, instr(j.value, '/') - 1)),
          (select p.title from courses_part p where p.course = substr(j.value, 1, instr(j.value, '/') - 1) and p.kind = ${kind} and p.id = substr(j.value, instr(j.value, '/') + 1) limit 1)) as title from json_each(${JSON.stringify(ids)}) j`,
      )
    ).flatMap((row) => (row.title === null ? [] : [[row.id, row.title] as const])),
  );
/** Courses that can be started, in the order of the files: courses_course whole. */
export const listCourses = (ctx: Context): Promise<{ id: string; title: string; hours: number }[]> =>
  rowsOf(
    ctx,
    sql`select c.id, v.title, v.hours from courses_course c join courses_version v on v.course = c.id and v.hash = c.hash where c.retired_at is null order by c.place, c.id limit 200`,
  );
/** Lessons of those courses, `course/lesson`, in their order: courses_course whole, and the outline of each. */
export const listLessons = (ctx: Context): Promise<{ course: string; id: string; title: string; minutes: number }[]> =>
  rowsOf(
    ctx,
    sql`select c.id as course, c.id || '/' || (l.value ->> 'id') as id, l.value ->> 'title' as title, l.value ->> 'minutes' as minutes
      from courses_course c join courses_version v on v.course = c.id and v.hash = c.hash join json_each(v.outline, '$.lessons') l where c.retired_at is null order by c.place, c.id, l.key limit 2000`,
  );
