/**
 * Every query of exams on D1. Lists: exams by exams_exam_created, newest first; sittings of an exam by
 * exams_sitting_exam; candidates of a sitting by login (kernel_person_login) with exams_attempt_sitting.
 */
import { sql, type SQL } from "drizzle-orm";
import { chunkJson, must, rowsOf, run, within, type Context, type Day, type Instant, type PersonId, type Reach, type Statement, type UnitId } from "#kernel";
import type { Review } from "./input.ts";
import type { Pooled } from "./rules-paper.ts";
import type { Line, StoredWho } from "./schema.ts";

export type Exam = { id: string; title: string; notice: string; state: "draft" | "published"; unit: UnitId | null; createdBy: PersonId; certificate: boolean; blueprint: Line[]; createdAt: Instant; changed: number; publishedAt: Instant | null };
export type Sitting = {
  id: string; exam: string; title: string; opensAt: Instant; closesAt: Instant; minutes: number; tries: number; pass: number; excellent: number | null; counts: "best" | "last";
  who: StoredWho; after: string[]; pledge: boolean; shuffle: boolean; perPage: number; review: Review; shards: number | null; due: number | null; revision: number; publishedAt: Instant | null;
};
type ExamRow = Omit<Exam, "certificate" | "blueprint"> & { certificate: number; blueprint: string };
type SittingRow = Omit<Sitting, "who" | "after" | "pledge" | "shuffle" | "review"> & { who: string; after: string; pledge: number; shuffle: number; review: string };
const examColumns = sql`e.id, e.title, e.notice, e.state, e.unit, e.created_by as createdBy, e.certificate, e.blueprint, e.created_at as createdAt, e.changed, e.published_at as publishedAt`;
const sittingColumns = sql`s.id, s.exam, s.title, s.opens_at as opensAt, s.closes_at as closesAt, s.minutes, s.tries, s.pass, s.excellent, s.counts, s.who, s.after, s.pledge, s.shuffle, s.per_page as perPage, s.review, s.shards, s.due, s.revision, s.published_at as publishedAt`;
const examOf = (row: ExamRow): Exam => ({ ...row, certificate: row.certificate === 1, blueprint: JSON.parse(row.blueprint) as Line[] });
const sittingOf = <R extends SittingRow>({ who, after, pledge, shuffle, review, ...rest }: R) => ({
  ...rest, who: JSON.parse(who) as StoredWho, after: JSON.parse(after) as string[], pledge: pledge === 1, shuffle: shuffle === 1, review: JSON.parse(review) as Review,
});

/* Who may sit */

const asksNothing = (group: string) => sql`json_array_length(s.who, ${`$.${group}`}) = 0`;
/**
 * SQL that is true where a person may sit the sitting `s` on a day: one definition for one person, for lists and for
 * counts. `ignoreAssigned`: for counting who might come, before anything is assigned.
 */
const eligible = (person: SQL, today: Day, ignoreAssigned = false): SQL => sql`(
  exists (select 1 from kernel_position h join kernel_unit u on u.id = h.unit
    where h.person = ${person} and h.from_day <= ${today} and (h.until_day is null or h.until_day >= ${today})
    and (${asksNothing("kinds")} or u.kind in (select value from json_each(s.who, '$.kinds')))
    and (${asksNothing("posts")} or h.post in (select value from json_each(s.who, '$.posts')))
    and (json_type(s.who, '$.areas') = 'null' or exists (select 1 from json_each(s.who, '$.areas') r
      where (json_type(r.value, '$.unit') = 'null' or exists (select 1 from kernel_unit_closure c where c.ancestor = r.value ->> 'unit' and c.descendant = h.unit))
      and (json_type(r.value, '$.kinds') = 'null' or u.kind in (select value from json_each(r.value, '$.kinds'))))))
  and (${asksNothing("categories")} or (select category from kernel_person where id = ${person}) in (select value from json_each(s.who, '$.categories')))
  and (not (s.who ->> 'roster') or exists (select 1 from kernel_roster_mark m where m.person = ${person} and m.from_day <= ${today} and (m.until_day is null or m.until_day >= ${today})))
  ${ignoreAssigned ? sql`` : sql`and (not (s.who ->> 'assigned') or exists (select 1 from kernel_assignment a where a.person = ${person} and a.ended_at is null and a.kind = 'exam' and a.object = s.exam))`}
)`;
/** The position of the day that counts (as the ledger resolves it), or the one within a reach. */
const mainPlace = (person: SQL, today: Day, only: SQL = sql`1 = 1`): SQL =>
  sql`(select x.unit from kernel_position x where x.person = ${person} and x.from_day <= ${today} and (x.until_day is null or x.until_day >= ${today}) and ${only} order by x.main desc, x.nature = 'personnel' desc, x.from_day, x.id limit 1)`;

/* Exams and sittings */

export const findExam = async (ctx: Context, id: string): Promise<Exam | undefined> => {
  const [row] = await rowsOf<ExamRow>(ctx, sql`select ${examColumns} from exams_exam e where e.id = ${id}`);
  return row && examOf(row);
};
/** An exam that the planner reaches: made by oneself, or for a unit within the reach. */
export const findPlanned = async (ctx: Context, id: string, planner: PersonId, reach: Reach): Promise<Exam | undefined> => {
  const [row] = await rowsOf<ExamRow>(ctx, sql`select ${examColumns} from exams_exam e where e.id = ${id} and (e.created_by = ${planner} or ${within(reach, sql`e.unit`)})`);
  return row && examOf(row);
};
/** The sittings of an exam, earliest first (exams_sitting_exam). */
export const sittingsOf = async (ctx: Context, exam: string): Promise<Sitting[]> => (await rowsOf<SittingRow>(ctx, sql`select ${sittingColumns} from exams_sitting s where s.exam = ${exam} order by s.opens_at, s.id`)).map(sittingOf);
export const findSitting = async (ctx: Context, id: string): Promise<(Sitting & { examTitle: string; certificate: boolean }) | undefined> => {
  const [row] = await rowsOf<SittingRow & { examTitle: string; certificate: number }>(ctx, sql`select ${sittingColumns}, e.title as examTitle, e.certificate from exams_sitting s join exams_exam e on e.id = s.exam where s.id = ${id}`);
  return row && { ...sittingOf(row), certificate: row.certificate === 1 };
};
export type ListedExam = { id: string; title: string; state: "draft" | "published"; createdAt: Instant; key: string; sittings: number; opensAt: Instant | null; closesAt: Instant | null; due: number; sat: number; passed: number };
/** A page of exams, newest first (exams_exam_created); drafts of others only within the reach. Counts are those of the ledger. */
export const listPlanned = (ctx: Context, planner: PersonId, reach: Reach, after: { at: number; id: string } | null, limit: number): Promise<ListedExam[]> =>
  rowsOf<ListedExam>(
    ctx,
    sql`select e.id, e.title, e.state, e.created_at as createdAt, e.created_at || '.' || e.id as key,
      (select count(*) from exams_sitting s where s.exam = e.id) as sittings, (select min(opens_at) from exams_sitting s where s.exam = e.id) as opensAt, (select max(closes_at) from exams_sitting s where s.exam = e.id) as closesAt,
      (select coalesce(sum(due), 0) from exams_sitting s where s.exam = e.id) as due,
      (select coalesce(sum(count), 0) from kernel_tally t where t.verb = 'sat' and t.object_kind = 'exam' and t.object_id = e.id and ${within(reach, sql`t.unit`)}) as sat,
      (select coalesce(sum(count), 0) from kernel_tally t where t.verb = 'passed' and t.object_kind = 'exam' and t.object_id = e.id and ${within(reach, sql`t.unit`)}) as passed
      from exams_exam e where (e.state = 'published' or e.created_by = ${planner} or ${within(reach, sql`e.unit`)}) ${after === null ? sql`` : sql`and (e.created_at, e.id) < (${after.at}, ${after.id})`} order by e.created_at desc, e.id desc limit ${limit}`,
  );
export const titles = (ctx: Context, ids: readonly string[]): Promise<{ id: string; title: string }[]> => rowsOf(ctx, sql`select id, title from exams_exam where id in (select value from json_each(${JSON.stringify(ids)}))`);
/** Exams that a requirement may name: published, newest first (exams_exam_created). */
export const listPublished = (ctx: Context, limit: number): Promise<{ id: string; title: string }[]> => rowsOf(ctx, sql`select id, title from exams_exam where state = 'published' order by created_at desc, id desc limit ${limit}`);

export const insertExam = (exam: Exam): Statement =>
  run(sql`insert into exams_exam (id, title, notice, state, unit, created_by, certificate, blueprint, created_at, changed, published_at) values (${exam.id}, ${exam.title}, ${exam.notice}, ${exam.state}, ${exam.unit}, ${exam.createdBy}, ${exam.certificate ? 1 : 0}, ${JSON.stringify(exam.blueprint)}, ${exam.createdAt}, ${exam.changed}, ${exam.publishedAt})`);
/** A draft as it was read, changed; fails with Conflict if somebody changed it in between, or published it. */
export const changeDraft = (exam: Pick<Exam, "id" | "changed">, set: Partial<Pick<Exam, "title" | "notice" | "certificate" | "blueprint">>): readonly Statement[] =>
  must(
    run(sql`update exams_exam set changed = changed + 1, title = coalesce(${set.title ?? null}, title), notice = coalesce(${set.notice ?? null}, notice), certificate = coalesce(${set.certificate === undefined ? null : set.certificate ? 1 : 0}, certificate), blueprint = coalesce(${set.blueprint === undefined ? null : JSON.stringify(set.blueprint)}, blueprint)
      where id = ${exam.id} and state = 'draft' and changed = ${exam.changed}`),
  );
export const putSittings = (rows: readonly Sitting[]): Statement[] =>
  chunkJson(rows).map((chunk) =>
    run(sql`insert into exams_sitting (id, exam, title, opens_at, closes_at, minutes, tries, pass, excellent, counts, who, after, pledge, shuffle, per_page, review, shards, due, revision, published_at)
      select value ->> 'id', value ->> 'exam', value ->> 'title', value ->> 'opensAt', value ->> 'closesAt', value ->> 'minutes', value ->> 'tries', value ->> 'pass', value ->> 'excellent', value ->> 'counts', value -> 'who', value -> 'after', value ->> 'pledge', value ->> 'shuffle', value ->> 'perPage', value -> 'review', value ->> 'shards', value ->> 'due', value ->> 'revision', value ->> 'publishedAt' from json_each(${chunk}) where true
      on conflict (id) do update set title = excluded.title, opens_at = excluded.opens_at, closes_at = excluded.closes_at, minutes = excluded.minutes, tries = excluded.tries, pass = excluded.pass, excellent = excluded.excellent, counts = excluded.counts, who = excluded.who, after = excluded.after, pledge = excluded.pledge, shuffle = excluded.shuffle, per_page = excluded.per_page, review = excluded.review
      where exams_sitting.exam = excluded.exam and exams_sitting.published_at is null`),
  );
export const removeSitting = (exam: string, sitting: string): readonly Statement[] => must(run(sql`delete from exams_sitting where id = ${sitting} and exam = ${exam} and published_at is null`));
export const removeDraft = (exam: Pick<Exam, "id" | "changed">): readonly Statement[] => [run(sql`delete from exams_sitting where exam = ${exam.id} and published_at is null`), ...must(run(sql`delete from exams_exam where id = ${exam.id} and state = 'draft' and changed = ${exam.changed}`))];
/** How many a sitting may expect on a day. */
export const countDue = async (ctx: Context, exam: string): Promise<Map<string, number>> =>
  new Map((await rowsOf<{ id: string; n: number }>(ctx, sql`select s.id, (select count(*) from kernel_person p where ${eligible(sql`p.id`, ctx.today, true)}) as n from exams_sitting s where s.exam = ${exam}`)).map((row) => [row.id, row.n]));
/** Draft to published with all its sittings and pools, in one go. */
export const publish = (ctx: Context, exam: Pick<Exam, "id" | "changed">, frozen: readonly { sitting: string; due: number; shards: number; lines: readonly (readonly Pooled[])[] }[]): Statement[] => [
  ...must(run(sql`update exams_exam set state = 'published', published_at = ${ctx.now}, changed = changed + 1 where id = ${exam.id} and state = 'draft' and changed = ${exam.changed}`)),
  ...frozen.flatMap(({ sitting, due, shards, lines }) => [
    ...must(run(sql`update exams_sitting set due = ${due}, shards = ${shards}, published_at = ${ctx.now} where id = ${sitting} and exam = ${exam.id} and published_at is null`)),
    run(sql`insert into exams_pool (sitting, lines) values (${sitting}, ${JSON.stringify(lines)})`),
  ]),
];
/** What a room draws from: the frozen pool without what was withdrawn since. */
export const findPool = async (ctx: Context, sitting: string): Promise<{ revision: number; blueprint: Line[]; lines: Pooled[][]; withdrawn: string[] } | undefined> => {
  const [row] = await rowsOf<{ revision: number; blueprint: string; lines: string; withdrawn: string }>(
    ctx,
    sql`select s.revision, e.blueprint, p.lines, (select json_group_array(question) from exams_withdrawn w where w.sitting = s.id) as withdrawn from exams_sitting s join exams_exam e on e.id = s.exam join exams_pool p on p.sitting = s.id where s.id = ${sitting}`,
  );
  return row && { revision: row.revision, blueprint: JSON.parse(row.blueprint) as Line[], lines: JSON.parse(row.lines) as Pooled[][], withdrawn: JSON.parse(row.withdrawn) as string[] };
};
/** Takes questions out of the pools of sittings that are not over; their rooms notice by the revision. */
export const withdraw = (ctx: Context, questions: readonly string[]): Statement[] => {
  const list = JSON.stringify(questions);
  return [
    run(sql`insert into exams_withdrawn (sitting, question) select distinct s.id, q.value ->> 'question' from exams_sitting s join exams_pool p on p.sitting = s.id, json_each(p.lines) l, json_each(l.value) q where s.closes_at > ${ctx.now} and q.value ->> 'question' in (select value from json_each(${list})) on conflict do nothing`),
    run(sql`update exams_sitting set revision = revision + 1 where closes_at > ${ctx.now} and id in (select sitting from exams_withdrawn where question in (select value from json_each(${list})))`),
  ];
};
/** Puts them back after an author looked. */
export const giveBack = (questions: readonly string[]): Statement[] => {
  const list = JSON.stringify(questions);
  return [
    run(sql`update exams_sitting set revision = revision + 1 where id in (select sitting from exams_withdrawn where question in (select value from json_each(${list})))`),
    run(sql`delete from exams_withdrawn where question in (select value from json_each(${list}))`),
  ];
};

/* Candidates */

export type Accommodation = { percent: number; breakMinutes: number; large: boolean };
export type Candidacy = Sitting & { examTitle: string; notice: string; blueprint: Line[]; certificate: boolean; may: boolean; unit: UnitId | null; running: string | null; used: number } & Accommodation;
type CandidacyRow = SittingRow & { examTitle: string; notice: string; blueprint: string; certificate: number; may: number; unit: UnitId | null; running: string | null; used: number; percent: number | null; breakMinutes: number | null; large: number | null };
const candidacy = (ctx: Context, person: PersonId, where: SQL): SQL => sql`select ${sittingColumns}, e.title as examTitle, e.notice, e.blueprint, e.certificate, ${eligible(sql`${person}`, ctx.today)} as may,
  coalesce((select a.unit from kernel_assignment a where a.person = ${person} and a.ended_at is null and a.kind = 'exam' and a.object = s.exam order by a.due_day, a.id limit 1), ${mainPlace(sql`${person}`, ctx.today)}) as unit,
  (select t.id from exams_attempt t where t.sitting = s.id and t.person = ${person} and t.state = 'running' limit 1) as running, (select count(*) from exams_attempt t where t.sitting = s.id and t.person = ${person}) as used,
  c.percent, c.break_minutes as breakMinutes, c.large
  from exams_sitting s join exams_exam e on e.id = s.exam left join exams_accommodation c on c.exam = s.exam and c.person = ${person} where ${where}`;
const candidacyOf = (row: CandidacyRow): Candidacy => ({
  ...sittingOf(row), blueprint: JSON.parse(row.blueprint) as Line[], certificate: row.certificate === 1, may: row.may === 1, percent: row.percent ?? 100, breakMinutes: row.breakMinutes ?? 0, large: row.large === 1,
});
/** One published sitting as a person stands to it, in one query. */
export const findCandidacy = async (ctx: Context, exam: string, sitting: string, person: PersonId): Promise<Candidacy | undefined> => {
  const [row] = await rowsOf<CandidacyRow>(ctx, candidacy(ctx, person, sql`s.id = ${sitting} and s.exam = ${exam} and s.published_at is not null`));
  return row && candidacyOf(row);
};
/** The sittings of an exam that a person may sit or has sat (exams_sitting_exam). */
export const candidaciesOf = async (ctx: Context, exam: string, person: PersonId): Promise<Candidacy[]> =>
  (await rowsOf<CandidacyRow>(ctx, sql`${candidacy(ctx, person, sql`s.exam = ${exam} and s.published_at is not null`)} order by s.opens_at, s.id`)).map(candidacyOf).filter((s) => s.may || s.used > 0);
/** What a person may sit now, soon or lately, or has sat: at most 100, what closes last first (exams_sitting_closes). */
export const myCandidacies = async (ctx: Context, person: PersonId, since: Instant): Promise<Candidacy[]> =>
  (await rowsOf<CandidacyRow>(ctx, sql`${candidacy(ctx, person, sql`s.published_at is not null and s.id in (select id from exams_sitting where closes_at >= ${since} union select sitting from exams_attempt where person = ${person})`)} order by s.closes_at desc, s.id limit 100`)).map(candidacyOf).filter((s) => s.may || s.used > 0);

export type Attempt = { id: string; exam: string; sitting: string; person: PersonId; unit: UnitId | null; room: string; n: number; state: "running" | "graded"; startedAt: Instant; submittedAt: Instant | null; ended: "self" | "deadline" | "officer" | null; score: number | null; passed: boolean | null; excellent: boolean | null; certificate: string | null };
type AttemptRow = Omit<Attempt, "passed" | "excellent"> & { passed: number | null; excellent: number | null };
const attemptColumns = sql`t.id, t.exam, t.sitting, t.person, t.unit, t.room, t.n, t.state, t.started_at as startedAt, t.submitted_at as submittedAt, t.ended, t.score, t.passed, t.excellent, t.certificate`;
const flag = (value: number | null) => (value === null ? null : value === 1);
const attemptOf = (row: AttemptRow): Attempt => ({ ...row, passed: flag(row.passed), excellent: flag(row.excellent) });
export const findAttempt = async (ctx: Context, id: string): Promise<Attempt | undefined> => {
  const [row] = await rowsOf<AttemptRow>(ctx, sql`select ${attemptColumns} from exams_attempt t where t.id = ${id}`);
  return row && attemptOf(row);
};
/** A person's attempts at some sittings, in their order (exams_attempt_sitting). */
export const attemptsOf = async (ctx: Context, person: PersonId, sittings: readonly string[]): Promise<Attempt[]> =>
  (await rowsOf<AttemptRow>(ctx, sql`select ${attemptColumns} from exams_attempt t where t.sitting in (select value from json_each(${JSON.stringify(sittings)})) and t.person = ${person} order by t.started_at, t.n`)).map(attemptOf);
/** An attempt whose candidate was within a reach; others look as if they were not. */
export const findAttemptWithin = async (ctx: Context, exam: string, id: string, reach: Reach): Promise<(Attempt & { name: string }) | undefined> => {
  const [row] = await rowsOf<AttemptRow & { name: string }>(ctx, sql`select ${attemptColumns}, p.name from exams_attempt t join kernel_person p on p.id = t.person where t.id = ${id} and t.exam = ${exam} and ${within(reach, sql`t.unit`)}`);
  return row && { ...attemptOf(row), name: row.name };
};
/** The row by which D1 knows where a started attempt lives; there already, nothing changes. */
export const insertStarted = (a: Pick<Attempt, "id" | "exam" | "sitting" | "person" | "unit" | "room" | "n" | "startedAt">): Statement =>
  run(sql`insert into exams_attempt (id, exam, sitting, person, unit, room, n, state, started_at) values (${a.id}, ${a.exam}, ${a.sitting}, ${a.person}, ${a.unit}, ${a.room}, ${a.n}, 'running', ${a.startedAt}) on conflict (id) do nothing`);

/* Flushes */

export type Graded = { id: string; exam: string; sitting: string; person: PersonId; unit: UnitId | null; n: number; startedAt: Instant; submittedAt: Instant; ended: "self" | "deadline" | "officer"; score: number; passed: boolean; excellent: boolean };
/** The mark of a batch: a second time it breaks the commit. */
export const insertFlush = (ctx: Context, room: string, n: number): Statement => run(sql`insert into exams_flush (room, n, at) values (${room}, ${n}, ${ctx.now})`);
export const isFlushed = async (ctx: Context, room: string, n: number): Promise<boolean> => (await rowsOf(ctx, sql`select 1 as there from exams_flush where room = ${room} and n = ${n}`)).length > 0;
export const putGraded = (room: string, rows: readonly (Graded & { certificate: string | null })[]): Statement[] =>
  chunkJson(rows).map((chunk) =>
    run(sql`insert into exams_attempt (id, exam, sitting, person, unit, room, n, state, started_at, submitted_at, ended, score, passed, excellent, certificate)
      select value ->> 'id', value ->> 'exam', value ->> 'sitting', value ->> 'person', value ->> 'unit', ${room}, value ->> 'n', 'graded', value ->> 'startedAt', value ->> 'submittedAt', value ->> 'ended', value ->> 'score', value ->> 'passed', value ->> 'excellent', value ->> 'certificate' from json_each(${chunk}) where true
      on conflict (id) do update set state = excluded.state, submitted_at = excluded.submitted_at, ended = excluded.ended, score = excluded.score, passed = excluded.passed, excellent = excluded.excellent, certificate = excluded.certificate`),
  );
export const numbersOf = async (ctx: Context, ids: readonly string[]): Promise<Map<string, string>> =>
  new Map((await rowsOf<{ id: string; certificate: string }>(ctx, sql`select id, certificate from exams_attempt where id in (select value from json_each(${JSON.stringify(ids)})) and certificate is not null`)).map((row) => [row.id, row.certificate]));
/** What some people hold of an exam already: their attempts that earned a certificate, oldest first (exams_attempt_exam). */
export const certifiedBefore = (ctx: Context, exam: string, people: readonly string[]): Promise<{ id: string; person: string; score: number; certificate: string }[]> =>
  rowsOf(ctx, sql`select t.id, t.person, t.score, t.certificate from json_each(${JSON.stringify(people)}) j join exams_attempt t on t.exam = ${exam} and t.person = j.value where t.certificate is not null order by t.submitted_at, t.id`);

/* The officer's view */

export type Watched = { key: string; person: PersonId; name: string; login: string; unitName: string | null; attempt: string | null; room: string | null; n: number | null; state: "running" | "graded" | null; startedAt: Instant | null; submittedAt: Instant | null; ended: "self" | "deadline" | "officer" | null; score: number | null; passed: number | null };
/** A page of a sitting's candidates by login (kernel_person_login), each with the newest attempt; only those whose unit is within the reach. */
export const listCandidates = (ctx: Context, sitting: string, reach: Reach, only: { state?: "absent" | "running" | "graded"; attempts?: readonly string[] }, after: string, limit: number): Promise<Watched[]> => {
  const place = mainPlace(sql`p.id`, ctx.today, within(reach, sql`x.unit`));
  const state = only.attempts !== undefined ? sql`t.id in (select value from json_each(${JSON.stringify(only.attempts)}))` : only.state === undefined ? sql`1 = 1` : only.state === "absent" ? sql`t.id is null` : sql`t.state = ${only.state}`;
  return rowsOf<Watched>(
    ctx,
    sql`select p.login as key, p.id as person, p.name, p.login, u.name as unitName, t.id as attempt, t.room, t.n, t.state, t.started_at as startedAt, t.submitted_at as submittedAt, t.ended, t.score, t.passed
      from exams_sitting s cross join kernel_person p join kernel_unit u on u.id = ${place}
      left join exams_attempt t on t.id = (select id from exams_attempt y where y.sitting = s.id and y.person = p.id order by y.n desc limit 1)
      where s.id = ${sitting} and p.login > ${after} and ${state} and (t.id is not null or ${eligible(sql`p.id`, ctx.today)}) order by p.login limit ${limit}`,
  );
};
/** Started and handed in of a sitting within the reach; persons, not attempts. */
export const countAttempts = async (ctx: Context, sitting: string, reach: Reach): Promise<{ started: number; graded: number; running: number }> => {
  const [row] = await rowsOf<{ started: number; graded: number; running: number }>(
    ctx,
    sql`select count(distinct person) as started, count(distinct iif(state = 'graded', person, null)) as graded, count(distinct iif(state = 'running', person, null)) as running from exams_attempt where sitting = ${sitting} and ${within(reach, sql`unit`)}`,
  );
  return row ?? { started: 0, graded: 0, running: 0 };
};
export type SittingNow = { exam: string; sitting: string; title: string; sittingTitle: string; opensAt: Instant; closesAt: Instant; due: number };
/** Published sittings that are open, or open before a moment (exams_sitting_closes). */
export const listNow = (ctx: Context, now: Instant, before: Instant, limit: number): Promise<SittingNow[]> =>
  rowsOf(ctx, sql`select s.exam, s.id as sitting, e.title, s.title as sittingTitle, s.opens_at as opensAt, s.closes_at as closesAt, coalesce(s.due, 0) as due from exams_sitting s join exams_exam e on e.id = s.exam where s.published_at is not null and s.closes_at > ${now} and s.opens_at < ${before} order by s.closes_at, s.id limit ${limit}`);
/** How many may sit within a reach, today. */
export const countCandidates = async (ctx: Context, sitting: string, reach: Reach): Promise<number> => {
  const [row] = await rowsOf<{ n: number }>(ctx, sql`select count(*) as n from exams_sitting s cross join kernel_person p where s.id = ${sitting} and ${eligible(sql`p.id`, ctx.today)} and ${mainPlace(sql`p.id`, ctx.today, within(reach, sql`x.unit`))} is not null`);
  return row?.n ?? 0;
};

export type ListedAccommodation = Accommodation & { person: PersonId; name: string; login: string; unitName: string | null; reason: string; setByName: string | null; setAt: Instant };
/** An exam's accommodations, of candidates within the reach, by login (kernel_person_login); at most 500. */
export const listAccommodations = async (ctx: Context, exam: string, reach: Reach): Promise<ListedAccommodation[]> =>
  (
    await rowsOf<Omit<ListedAccommodation, "large"> & { large: number }>(
      ctx,
      sql`select c.person, p.name, p.login, u.name as unitName, c.percent, c.break_minutes as breakMinutes, c.large, c.reason, b.name as setByName, c.set_at as setAt from exams_accommodation c join kernel_person p on p.id = c.person join kernel_unit u on u.id = ${mainPlace(sql`c.person`, ctx.today, within(reach, sql`x.unit`))} left join kernel_person b on b.id = c.set_by where c.exam = ${exam} order by p.login limit 500`,
    )
  ).map((row) => ({ ...row, large: row.large === 1 }));
/** A person by login or employee number, if a position of today lies within the reach. */
export const findPersonWithin = async (ctx: Context, whom: string, reach: Reach): Promise<{ id: PersonId; name: string; unit: UnitId } | undefined> =>
  (await rowsOf<{ id: PersonId; name: string; unit: UnitId | null }>(ctx, sql`select p.id, p.name, ${mainPlace(sql`p.id`, ctx.today, within(reach, sql`x.unit`))} as unit from kernel_person p where p.login = ${whom} or p.employee_no = ${whom}`)).flatMap(({ unit, ...rest }) => (unit === null ? [] : [{ ...rest, unit }]))[0];
export const putAccommodation = (ctx: Context, exam: string, person: PersonId, a: Accommodation, reason: string, by: PersonId): Statement =>
  run(sql`insert into exams_accommodation (exam, person, percent, break_minutes, large, reason, set_by, set_at) values (${exam}, ${person}, ${a.percent}, ${a.breakMinutes}, ${a.large ? 1 : 0}, ${reason}, ${by}, ${ctx.now}) on conflict (exam, person) do update set percent = excluded.percent, break_minutes = excluded.break_minutes, large = excluded.large, reason = excluded.reason, set_by = excluded.set_by, set_at = excluded.set_at`);

/** Rooms of sittings published lately, for sending their batches again after a restore; by id, the primary key. */
export const roomsSince = (ctx: Context, since: Instant, after: string, limit: number): Promise<{ id: string; shards: number }[]> => rowsOf(ctx, sql`select id, shards from exams_sitting where published_at >= ${since} and shards is not null and id > ${after} order by id limit ${limit}`);
