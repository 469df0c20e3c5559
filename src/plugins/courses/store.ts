/** Queries of study: who has done what. By courses_progress_round and the primary keys of what hangs on a progress. */
import { sql } from "drizzle-orm";
import { must, rowsOf, run, type Context, type Instant, type PersonId, type Statement } from "#kernel";
import type { Outline } from "./schema.ts";

/** A round's state. `placeKind`, `place`: where to go on. */
export type Progress = {
  id: string;
  round: number;
  hash: string;
  startedAt: Instant;
  touchedAt: Instant;
  placeKind: "lesson" | "case";
  place: string;
  seconds: number;
  completedAt: Instant | null;
};
export type Study = {
  lesson: string;
  openedAt: Instant;
  readAt: Instant | null;
  doneAt: Instant | null;
  seconds: number;
  anchor: string | null;
};
/** A course as one person finds it: the version of their last round, or the newest; what is done of it. */
export type Standing = {
  id: string;
  title: string;
  audience: string;
  summary: string;
  hours: number;
  hash: string;
  current: string;
  outline: Outline;
  retiredAt: Instant | null;
  progress: Progress | null;
  studies: Study[];
  /** Cases gone through to an ending. */ ended: string[];
  /** The number of the person's last beat that counted; 0 before the first. */ beat: number;
};
type Row = {
  id: string;
  current: string;
  retiredAt: number | null;
  title: string;
  audience: string;
  summary: string;
  hours: number;
  hash: string;
  outline: string;
  studies: string;
  ended: string;
  beat: number;
  progress: string | null;
  round: number;
  startedAt: number;
  touchedAt: number;
  placeKind: "lesson" | "case";
  place: string;
  seconds: number;
  completedAt: number | null;
};
const standings = (person: PersonId, where: ReturnType<typeof sql>) => sql`
  select c.id, c.hash as current, c.retired_at as retiredAt, v.title, v.audience, v.summary, v.hours, v.hash, v.outline,
    p.id as progress, p.round, p.started_at as startedAt, p.touched_at as touchedAt, p.place_kind as placeKind, p.place, p.seconds, p.completed_at as completedAt,
    (select json_group_array(json_object('lesson', s.lesson, 'openedAt', s.opened_at, 'readAt', s.read_at, 'doneAt', s.done_at, 'seconds', s.seconds, 'anchor', s.anchor)) from courses_study s where s.progress = p.id) as studies,
    (select json_group_array(distinct w.story) from courses_walk w where w.progress = p.id and w.ended_at is not null) as ended,
    coalesce((select b.n from courses_beat b where b.person = ${person}), 0) as beat
  from courses_course c
  left join courses_progress p on p.id = (select x.id from courses_progress x where x.person = ${person} and x.course = c.id order by x.round desc limit 1)
  join courses_version v on v.course = c.id and v.hash = coalesce(p.hash, c.hash)
  where ${where}`;
const standingOf = (row: Row): Standing => ({
  id: row.id,
  title: row.title,
  audience: row.audience,
  summary: row.summary,
  hours: row.hours,
  hash: row.hash,
  current: row.current,
  retiredAt: row.retiredAt,
  outline: JSON.parse(row.outline) as Outline,
  progress:
    row.progress === null
      ? null
      : {
          id: row.progress,
          round: row.round,
          hash: row.hash,
          startedAt: row.startedAt,
          touchedAt: row.touchedAt,
          placeKind: row.placeKind,
          place: row.place,
          seconds: row.seconds,
          completedAt: row.completedAt,
        },
  studies: JSON.parse(row.studies) as Study[],
  ended: JSON.parse(row.ended) as string[],
  beat: row.beat,
});
/** One course as a person finds it. */
export const findStanding = async (ctx: Context, person: PersonId, course: string): Promise<Standing | undefined> => {
  const [row] = await rowsOf<Row>(ctx, standings(person, sql`c.id = ${course}`));
  return row && standingOf(row);
};
/** All courses as a person finds them: those that can be started, and those begun; rounds by courses_progress_round. */
export const listStandings = async (ctx: Context, person: PersonId): Promise<Standing[]> =>
  (await rowsOf<Row>(ctx, sql`${standings(person, sql`c.retired_at is null or p.id is not null`)} order by c.place, c.id limit 100`)).map(
    standingOf,
  );
/** Some courses as a person finds them. */
export const findStandings = async (ctx: Context, person: PersonId, courses: readonly string[]): Promise<Standing[]> =>
  (await rowsOf<Row>(ctx, standings(person, sql`c.id in (select value from json_each(${JSON.stringify(courses)}))`))).map(standingOf);
/**
 * The course that was touched last, is not completed and is not due (what is due is shown with its day), by
 * courses_progress_person and kernel_assignment_person.
 */
export const findUnfinished = async (ctx: Context, person: PersonId): Promise<Standing | undefined> => {
  const [row] = await rowsOf<Row>(
    ctx,
    standings(
      person,
      sql`p.id = (select y.id from courses_progress y where y.person = ${person} and y.completed_at is null
        and not exists (select 1 from kernel_assignment a where a.person = ${person} and a.kind = 'course' and a.object = y.course and a.ended_at is null) order by y.touched_at desc limit 1)`,
    ),
  );
  return row && standingOf(row);
};

/** Begins a round. A second one at the same moment fails by the unique round. */
export const startProgress = (
  ctx: Context,
  p: { id: string; person: PersonId; course: string; hash: string; round: number; placeKind: "lesson" | "case"; place: string },
): Statement[] => [
  run(
    sql`insert into courses_progress (id, person, course, hash, round, started_at, touched_at, place_kind, place) values (${p.id}, ${p.person}, ${p.course}, ${p.hash}, ${p.round}, ${ctx.now}, ${ctx.now}, ${p.placeKind}, ${p.place})`,
  ),
  run(sql`update courses_course set started = started + 1 where id = ${p.course}`),
];
/** Where the reader is now. */
export const touch = (ctx: Context, progress: string, placeKind: "lesson" | "case", place: string): Statement =>
  run(sql`update courses_progress set touched_at = ${ctx.now}, place_kind = ${placeKind}, place = ${place} where id = ${progress}`);
/** A lesson is opened; the first opening stays. */
export const openStudy = (ctx: Context, progress: string, lesson: string): Statement =>
  run(sql`insert into courses_study (progress, lesson, opened_at) values (${progress}, ${lesson}, ${ctx.now}) on conflict do nothing`);
/** Where in a lesson the reader stopped. */
export const putAnchor = (progress: string, lesson: string, anchor: string): Statement =>
  run(sql`update courses_study set anchor = ${anchor} where progress = ${progress} and lesson = ${lesson}`);
/** The reader said 读完了; the first time stays. */
export const markRead = (ctx: Context, progress: string, lesson: string): Statement =>
  run(sql`update courses_study set read_at = coalesce(read_at, ${ctx.now}) where progress = ${progress} and lesson = ${lesson}`);
/** A lesson is done, once. */
export const markDone = (ctx: Context, progress: string, lesson: string): readonly Statement[] =>
  must(run(sql`update courses_study set done_at = ${ctx.now} where progress = ${progress} and lesson = ${lesson} and done_at is null`));
/** A round is completed, once. */
export const markCompleted = (ctx: Context, progress: string, course: string): readonly Statement[] => [
  ...must(
    run(
      sql`update courses_progress set completed_at = ${ctx.now}, touched_at = ${ctx.now} where id = ${progress} and completed_at is null`,
    ),
  ),
  run(sql`update courses_course set completed = completed + 1 where id = ${course}`),
];

export type Answered = { question: string; tries: number; value: unknown; right: boolean; answeredAt: Instant; rightAt: Instant | null };
/** What was answered of a lesson's check questions. */
export const findAnswers = async (ctx: Context, progress: string, lesson: string): Promise<Map<string, Answered>> =>
  new Map(
    (
      await rowsOf<Omit<Answered, "value" | "right"> & { value: string; right: number }>(
        ctx,
        sql`select question, tries, value, "right", answered_at as answeredAt, right_at as rightAt from courses_answer where progress = ${progress} and lesson = ${lesson}`,
      )
    ).map((row) => [row.question, { ...row, value: JSON.parse(row.value) as unknown, right: row.right === 1 }]),
  );
/** An answer beside those before; what was right once stays right. */
export const putAnswer = (
  ctx: Context,
  a: { progress: string; lesson: string; question: string; value: unknown; right: boolean },
): Statement =>
  run(sql`insert into courses_answer (progress, question, lesson, tries, value, "right", answered_at, right_at) values (${a.progress}, ${a.question}, ${a.lesson}, 1, ${JSON.stringify(a.value)}, ${a.right ? 1 : 0}, ${ctx.now}, ${a.right ? ctx.now : null})
    on conflict (progress, question) do update set tries = tries + 1, value = excluded.value, "right" = excluded."right", answered_at = excluded.answered_at, right_at = coalesce(right_at, excluded.right_at)`);

export type Walk = { id: string; path: number[]; startedAt: Instant; endedAt: Instant | null; ending: string | null };
/** The last way through a case, and the endings reached so far, by courses_walk_story. */
export const findWalk = async (ctx: Context, progress: string, story: string): Promise<{ walk: Walk | undefined; endings: string[] }> => {
  const rows = await rowsOf<Omit<Walk, "path"> & { path: string }>(
    ctx,
    sql`select id, path, started_at as startedAt, ended_at as endedAt, ending from courses_walk where progress = ${progress} and story = ${story} order by started_at desc, id desc limit 50`,
  );
  const [last] = rows;
  return { walk: last && { ...last, path: JSON.parse(last.path) as number[] }, endings: [...new Set(rows.flatMap((r) => r.ending ?? []))] };
};
/** Begins a way through a case, perhaps from the middle of an earlier one. */
export const startWalk = (ctx: Context, w: { id: string; progress: string; story: string; path: readonly number[] }): Statement =>
  run(
    sql`insert into courses_walk (id, progress, story, path, started_at, stepped_at) values (${w.id}, ${w.progress}, ${w.story}, ${JSON.stringify(w.path)}, ${ctx.now}, ${ctx.now})`,
  );
/** One step further, from the very path that was seen; a step that came in between fails the commit. */
export const stepWalk = (
  ctx: Context,
  w: { id: string; before: readonly number[]; path: readonly number[]; ending: string | null },
): readonly Statement[] =>
  must(
    run(
      sql`update courses_walk set path = ${JSON.stringify(w.path)}, stepped_at = ${ctx.now}, ending = ${w.ending}, ended_at = ${w.ending === null ? null : ctx.now} where id = ${w.id} and path = ${JSON.stringify(w.before)}`,
    ),
  );

/** What a beat is weighed by: the person's last, and when this lesson was opened in the last round, by courses_progress_round. */
export const findBeat = async (
  ctx: Context,
  person: PersonId,
  course: string,
  lesson: string,
): Promise<{ n: number | null; at: Instant | null; progress: string; openedAt: Instant; seconds: number } | undefined> =>
  (
    await rowsOf<{ n: number | null; at: Instant | null; progress: string; openedAt: Instant; seconds: number }>(
      ctx,
      sql`select b.n, b.at, p.id as progress, s.opened_at as openedAt, s.seconds from courses_progress p join courses_study s on s.progress = p.id and s.lesson = ${lesson} left join courses_beat b on b.person = p.person where p.person = ${person} and p.course = ${course} order by p.round desc limit 1`,
    )
  )[0];
/** A beat counts, if none with its number or a higher one came in between. */
export const putBeat = (
  ctx: Context,
  b: { person: PersonId; n: number; progress: string; lesson: string; seconds: number },
): readonly Statement[] => [
  ...must(
    run(
      sql`insert into courses_beat (person, n, at) values (${b.person}, ${b.n}, ${ctx.now}) on conflict (person) do update set n = excluded.n, at = excluded.at where courses_beat.n < excluded.n`,
    ),
  ),
  run(sql`update courses_study set seconds = seconds + ${b.seconds} where progress = ${b.progress} and lesson = ${b.lesson}`),
  run(sql`update courses_progress set seconds = seconds + ${b.seconds}, touched_at = ${ctx.now} where id = ${b.progress}`),
];

/** Which of some courses a person has completed, by the ledger: with the last day, corrections left out. */
export const completedCourses = async (ctx: Context, person: PersonId, courses: readonly string[]): Promise<Map<string, Instant>> =>
  new Map(
    (
      await rowsOf<{ course: string; at: Instant }>(
        ctx,
        sql`select r.object_id as course, max(r.at) as at from kernel_record r where r.person = ${person} and r.verb = 'completed' and r.object_kind = 'course' and r.object_id in (select value from json_each(${JSON.stringify(courses)})) and r.void = 0 and not exists (select 1 from kernel_record c where c.corrects = r.id) group by r.object_id`,
      )
    ).map((row) => [row.course, row.at]),
  );
/** SQL that is true for a `studied` record `r` whose lesson was answered wrong at first, in any round (courses_progress_round). */
export const wrongAtFirst = sql`exists (select 1 from courses_progress g join courses_answer a on a.progress = g.id
  where g.person = r.person and g.course = substr(r.object_id, 1, instr(r.object_id, '/') - 1)
    and a.lesson = substr(r.object_id, instr(r.object_id, '/') + 1) and a.tries > 1)`;
