/** Candidates, their attempts, and what rooms flush. */
import { sql, type SQL } from "drizzle-orm";
import {
  chunkJson,
  rowsOf,
  rowsOfEach,
  run,
  within,
  type Context,
  type Instant,
  type PersonId,
  type Reach,
  type RecordId,
  type Statement,
  type UnitId,
} from "#kernel";
import type { Line } from "./schema.ts";
import { sittingColumns, sittingOf, type Sitting, type SittingRow } from "./store.ts";
import { eligible, placeAt } from "./store-who.ts";

export type Accommodation = { percent: number; breakMinutes: number; large: boolean };
export type Candidacy = Sitting & {
  examTitle: string;
  notice: string;
  blueprint: Line[];
  certificate: boolean;
  may: boolean;
  unit: UnitId | null;
  running: string | null;
  used: number;
  /** An open assignment asks for this exam. */
  assigned: boolean;
} & Accommodation;
type CandidacyRow = SittingRow & {
  examTitle: string;
  notice: string;
  blueprint: string;
  certificate: number;
  may: number;
  unit: UnitId | null;
  running: string | null;
  used: number;
  assigned: number;
  percent: number | null;
  breakMinutes: number | null;
  large: number | null;
};
const candidacy = (
  ctx: Context,
  person: PersonId,
  where: SQL,
): SQL => sql`select ${sittingColumns}, e.title as examTitle, e.notice, e.blueprint, e.certificate, ${eligible(sql`${person}`, ctx.today)} as may,
  ${placeAt(sql`${person}`, ctx.today)} as unit,
  (select t.id from exams_attempt t where t.sitting = s.id and t.person = ${person} and t.state = 'running' limit 1) as running, (select count(*) from exams_attempt t where t.sitting = s.id and t.person = ${person}) as used,
  exists (select 1 from kernel_assignment a where a.person = ${person} and a.ended_at is null and a.done_at is null and a.kind = 'exam' and a.object = s.exam) as assigned,
  c.percent, c.break_minutes as breakMinutes, c.large
  from exams_sitting s join exams_exam e on e.id = s.exam left join exams_accommodation c on c.exam = s.exam and c.person = ${person} where ${where}`;
const candidacyOf = (row: CandidacyRow): Candidacy => ({
  ...sittingOf(row),
  blueprint: JSON.parse(row.blueprint) as Line[],
  certificate: row.certificate === 1,
  may: row.may === 1,
  assigned: row.assigned === 1,
  percent: row.percent ?? 100,
  breakMinutes: row.breakMinutes ?? 0,
  large: row.large === 1,
});
/** One published sitting as a person stands to it, and whether an attempt's id is taken by another's or at another sitting; in one query. */
export const findCandidacy = async (
  ctx: Context,
  exam: string,
  sitting: string,
  person: PersonId,
  attempt: string,
): Promise<(Candidacy & { taken: boolean }) | undefined> => {
  const [row] = await rowsOf<CandidacyRow & { taken: number }>(
    ctx,
    sql`select c.*, exists (select 1 from exams_attempt x where x.id = ${attempt} and (x.person <> ${person} or x.sitting <> c.id)) as taken
      from (${candidacy(ctx, person, sql`s.id = ${sitting} and s.exam = ${exam} and s.published_at is not null`)}) c`,
  );
  return row && { ...candidacyOf(row), taken: row.taken === 1 };
};
/** The sittings of an exam that a person may sit or has sat (exams_sitting_exam). */
export const candidaciesOf = async (ctx: Context, exam: string, person: PersonId): Promise<Candidacy[]> =>
  (
    await rowsOf<CandidacyRow>(
      ctx,
      sql`${candidacy(ctx, person, sql`s.exam = ${exam} and s.published_at is not null`)} order by s.opens_at, s.id`,
    )
  )
    .map(candidacyOf)
    .filter((s) => s.may || s.used > 0);
/** A page of what a person may sit now, soon or lately, or has sat: what closes last first (exams_sitting_closes). */
export const myCandidacies = async (
  ctx: Context,
  person: PersonId,
  since: Instant,
  after: { at: number; id: string } | null,
  limit: number,
): Promise<Candidacy[]> => {
  const before = after === null ? sql`` : sql`and (s.closes_at, s.id) < (${after.at}, ${after.id})`;
  const near = sql`s.published_at is not null and s.id in (select id from exams_sitting where closes_at >= ${since} union select sitting from exams_attempt where person = ${person}) ${before}`;
  return (
    await rowsOf<CandidacyRow>(
      ctx,
      sql`select * from (${candidacy(ctx, person, near)}) where may or used > 0 order by closesAt desc, id desc limit ${limit}`,
    )
  ).map(candidacyOf);
};

export type Attempt = {
  id: string;
  exam: string;
  sitting: string;
  person: PersonId;
  unit: UnitId | null;
  room: string;
  n: number;
  state: "running" | "graded";
  startedAt: Instant;
  submittedAt: Instant | null;
  ended: "self" | "deadline" | "officer" | null;
  score: number | null;
  passed: boolean | null;
  excellent: boolean | null;
  certificate: string | null;
};
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
  (
    await rowsOf<AttemptRow>(
      ctx,
      sql`select ${attemptColumns} from exams_attempt t where t.sitting in (select value from json_each(${JSON.stringify(sittings)})) and t.person = ${person} order by t.started_at, t.n`,
    )
  ).map(attemptOf);
export type Running = { id: string; exam: string; sitting: string; room: string; title: string };
/** A person's attempts under way, the oldest first (exams_attempt_person). */
export const runningOf = (ctx: Context, person: PersonId): Promise<Running[]> =>
  rowsOf<Running>(
    ctx,
    sql`select t.id, t.exam, t.sitting, t.room, e.title from exams_attempt t join exams_exam e on e.id = t.exam where t.person = ${person} and t.state = 'running' order by t.started_at limit 5`,
  );
/** An attempt whose candidate was within a reach; others look as if they were not. */
export const findAttemptWithin = async (
  ctx: Context,
  exam: string,
  id: string,
  reach: Reach,
): Promise<(Attempt & { name: string }) | undefined> => {
  const [row] = await rowsOf<AttemptRow & { name: string }>(
    ctx,
    sql`select ${attemptColumns}, p.name from exams_attempt t join kernel_person p on p.id = t.person where t.id = ${id} and t.exam = ${exam} and ${within(reach, sql`t.unit`)}`,
  );
  return row && { ...attemptOf(row), name: row.name };
};
/** The row by which D1 knows where a started attempt lives; there already, nothing changes. */
export const insertStarted = (a: Pick<Attempt, "id" | "exam" | "sitting" | "person" | "unit" | "room" | "n" | "startedAt">): Statement =>
  run(
    sql`insert into exams_attempt (id, exam, sitting, person, unit, room, n, state, started_at) values (${a.id}, ${a.exam}, ${a.sitting}, ${a.person}, ${a.unit}, ${a.room}, ${a.n}, 'running', ${a.startedAt}) on conflict (id) do nothing`,
  );

/* Flushes */

export type Graded = {
  id: string;
  exam: string;
  sitting: string;
  person: PersonId;
  unit: UnitId | null;
  n: number;
  startedAt: Instant;
  submittedAt: Instant;
  ended: "self" | "deadline" | "officer";
  score: number;
  passed: boolean;
  excellent: boolean;
};
/** The mark of a batch: a second time it breaks the commit. */
export const insertFlush = (ctx: Context, room: string, n: number): Statement =>
  run(sql`insert into exams_flush (room, n, at) values (${room}, ${n}, ${ctx.now})`);
/** What a batch has to know of D1, in one round trip. */
export type Flushed = {
  /** Of its ids, those that D1 knows as attempts of another room: somebody began twice with one id (exams_attempt's key). */
  elsewhere: Set<string>;
  sitting: { counts: "best" | "last"; examTitle: string; certificate: boolean } | undefined;
  /** What its candidates hold of the exam already: their attempts that earned a certificate, oldest first (exams_attempt_exam). */
  certified: { id: string; sitting: string; person: string; score: number; certificate: string }[];
  /** Where the last try counts: what the ledger says of tries that passed before, unless it was corrected since (exams_attempt_sitting, kernel_record_once). */
  standing: {
    id: RecordId;
    attempt: string;
    verb: "passed" | "excelled";
    person: PersonId;
    unit: UnitId | null;
    n: number;
    at: Instant;
    score: number;
  }[];
};
/** What a batch of attempts of one sitting meets (exams_attempt's key, exams_attempt_exam). */
export const readForFlush = async (
  ctx: Context,
  room: string,
  { exam, sitting }: Pick<Graded, "exam" | "sitting">,
  batch: readonly Pick<Graded, "id" | "person">[],
): Promise<Flushed> => {
  const ids = JSON.stringify(batch.map((a) => a.id));
  const people = JSON.stringify([...new Set(batch.map((a) => a.person))]);
  const [elsewhere, [found], certified, standing] = await rowsOfEach<
    [
      { id: string },
      { counts: "best" | "last"; examTitle: string; certificate: number },
      Flushed["certified"][number],
      Flushed["standing"][number],
    ]
  >(ctx, [
    sql`select id from exams_attempt where id in (select value from json_each(${ids})) and room <> ${room}`,
    sql`select s.counts, e.title as examTitle, e.certificate from exams_sitting s join exams_exam e on e.id = s.exam where s.id = ${sitting}`,
    sql`select t.id, t.sitting, t.person, t.score, t.certificate from json_each(${people}) j join exams_attempt t on t.exam = ${exam} and t.person = j.value where t.certificate is not null order by t.submitted_at, t.id`,
    sql`select r.id, t.id as attempt, r.verb, r.person, r.unit, t.n, r.at, r.score from exams_sitting s cross join json_each(${people}) j join exams_attempt t on t.sitting = s.id and t.person = j.value join kernel_record r on r.once in ('passed/' || t.id, 'excelled/' || t.id)
      where s.id = ${sitting} and s.counts = 'last' and t.passed = 1 and not exists (select 1 from kernel_record c where c.corrects = r.id)`,
  ]);
  return {
    elsewhere: new Set(elsewhere.map((row) => row.id)),
    sitting: found && { ...found, certificate: found.certificate === 1 },
    certified,
    standing,
  };
};
export const isFlushed = async (ctx: Context, room: string, n: number): Promise<boolean> =>
  (await rowsOf(ctx, sql`select 1 as there from exams_flush where room = ${room} and n = ${n}`)).length > 0;
export const putGraded = (room: string, rows: readonly (Graded & { certificate: string | null })[]): Statement[] =>
  chunkJson(rows).map((chunk) =>
    run(sql`insert into exams_attempt (id, exam, sitting, person, unit, room, n, state, started_at, submitted_at, ended, score, passed, excellent, certificate)
      select value ->> 'id', value ->> 'exam', value ->> 'sitting', value ->> 'person', value ->> 'unit', ${room}, value ->> 'n', 'graded', value ->> 'startedAt', value ->> 'submittedAt', value ->> 'ended', value ->> 'score', value ->> 'passed', value ->> 'excellent', value ->> 'certificate' from json_each(${chunk}) where true
      on conflict (id) do update set state = excluded.state, submitted_at = excluded.submitted_at, ended = excluded.ended, score = excluded.score, passed = excluded.passed, excellent = excluded.excellent, certificate = excluded.certificate`),
  );
export const numbersOf = async (ctx: Context, ids: readonly string[]): Promise<Map<string, string>> =>
  new Map(
    (
      await rowsOf<{ id: string; certificate: string }>(
        ctx,
        sql`select id, certificate from exams_attempt where id in (select value from json_each(${JSON.stringify(ids)})) and certificate is not null`,
      )
    ).map((row) => [row.id, row.certificate]),
  );
