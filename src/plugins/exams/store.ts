/**
 * Exams, sittings and pools on D1. Lists: exams by exams_exam_created, newest first; sittings of an exam by exams_sitting_exam.
 * Who may sit stands in `store-who.ts`, candidates and attempts in `store-attempts.ts`, the officer's view in `store-watch.ts`.
 */
import { sql } from "drizzle-orm";
import {
  chunkJson,
  must,
  mustHold,
  rowsOf,
  run,
  within,
  type Context,
  type Instant,
  type PersonId,
  type Reach,
  type Statement,
  type UnitId,
} from "#kernel";
import type { Review } from "./input.ts";
import type { Pooled } from "./rules-paper.ts";
import type { Line, StoredWho } from "./schema.ts";
import { countDue, sumOf } from "./store-counts.ts";
import { eligible } from "./store-who.ts";

export type Exam = {
  id: string;
  title: string;
  notice: string;
  state: "draft" | "published";
  unit: UnitId | null;
  createdBy: PersonId;
  certificate: boolean;
  blueprint: Line[];
  createdAt: Instant;
  changed: number;
  publishedAt: Instant | null;
  /** An exam that is sat elsewhere; null: one of ours. */
  outside: Outside | null;
};
/** What is known of an exam that is sat elsewhere; lines in hundredths, no `total`: 完成/未完成 only. */
export type Outside = { year: number; organiser: string; total: number | null; pass: number | null; excellent: number | null };
export type Sitting = {
  id: string;
  exam: string;
  title: string;
  opensAt: Instant;
  closesAt: Instant;
  minutes: number;
  tries: number;
  pass: number;
  excellent: number | null;
  counts: "best" | "last";
  who: StoredWho;
  after: string[];
  pledge: boolean;
  shuffle: boolean;
  perPage: number;
  review: Review;
  shards: number | null;
  due: number | null;
  revision: number;
  publishedAt: Instant | null;
};
type ExamRow = Omit<Exam, "certificate" | "blueprint" | "outside"> & { certificate: number; blueprint: string; outside: string | null };
export type SittingRow = Omit<Sitting, "who" | "after" | "pledge" | "shuffle" | "review"> & {
  who: string;
  after: string;
  pledge: number;
  shuffle: number;
  review: string;
};
const examColumns = sql`e.id, e.title, e.notice, e.state, e.unit, e.created_by as createdBy, e.certificate, e.blueprint, e.created_at as createdAt, e.changed, e.published_at as publishedAt, iif(e.origin = 'external', json_object('year', e.year, 'organiser', e.organiser, 'total', e.total, 'pass', e.pass, 'excellent', e.excellent), null) as outside`;
/** The columns of a sitting `s`. */
export const sittingColumns = sql`s.id, s.exam, s.title, s.opens_at as opensAt, s.closes_at as closesAt, s.minutes, s.tries, s.pass, s.excellent, s.counts, s.who, s.after, s.pledge, s.shuffle, s.per_page as perPage, s.review, s.shards, s.due, s.revision, s.published_at as publishedAt`;
const examOf = (row: ExamRow): Exam => ({
  ...row,
  certificate: row.certificate === 1,
  blueprint: JSON.parse(row.blueprint) as Line[],
  outside: row.outside === null ? null : (JSON.parse(row.outside) as Outside),
});
/** A row of `sittingColumns` as it is used. */
export const sittingOf = <R extends SittingRow>({ who, after, pledge, shuffle, review, ...rest }: R) => ({
  ...rest,
  who: JSON.parse(who) as StoredWho,
  after: JSON.parse(after) as string[],
  pledge: pledge === 1,
  shuffle: shuffle === 1,
  review: JSON.parse(review) as Review,
});

export const findExam = async (ctx: Context, id: string): Promise<Exam | undefined> => {
  const [row] = await rowsOf<ExamRow>(ctx, sql`select ${examColumns} from exams_exam e where e.id = ${id}`);
  return row && examOf(row);
};
/** An exam that the planner reaches: made by oneself, or for a unit within the reach. */
export const findPlanned = async (ctx: Context, id: string, planner: PersonId, reach: Reach): Promise<Exam | undefined> => {
  const [row] = await rowsOf<ExamRow>(
    ctx,
    sql`select ${examColumns} from exams_exam e where e.id = ${id} and (e.created_by = ${planner} or ${within(reach, sql`e.unit`)})`,
  );
  return row && examOf(row);
};
/** The sittings of an exam, earliest first (exams_sitting_exam). */
export const sittingsOf = async (ctx: Context, exam: string): Promise<Sitting[]> =>
  (await rowsOf<SittingRow>(ctx, sql`select ${sittingColumns} from exams_sitting s where s.exam = ${exam} order by s.opens_at, s.id`)).map(
    sittingOf,
  );
export type ListedExam = {
  id: string;
  title: string;
  state: "draft" | "published";
  origin: "own" | "external";
  createdAt: Instant;
  key: string;
  sittings: number;
  /** Whether its own page opens to the planner. */
  opens: number;
  opensAt: Instant | null;
  closesAt: Instant | null;
  due: number;
  sat: number;
  passed: number;
};
/**
 * A page of exams, newest first (exams_exam_created); drafts of others only within the reach. Numbers as exams_count keeps
 * them. `plans`: the reach in which the exam's own page opens, if any.
 */
export const listPlanned = (
  ctx: Context,
  planner: PersonId,
  { watches: reach, plans }: { watches: Reach; plans: Reach | null },
  after: { at: number; id: string } | null,
  limit: number,
): Promise<ListedExam[]> => {
  const planned = plans === null ? sql`0` : sql`(e.created_by = ${planner} or ${within(plans, sql`e.unit`)})`;
  return rowsOf<ListedExam>(
    ctx,
    sql`select e.id, e.title, e.state, e.origin, e.created_at as createdAt, e.created_at || '.' || e.id as key,
      (select count(*) from exams_sitting s where s.exam = e.id) as sittings, (select min(opens_at) from exams_sitting s where s.exam = e.id) as opensAt, (select max(closes_at) from exams_sitting s where s.exam = e.id) as closesAt,
      coalesce(${planned}, 0) as opens, ${sumOf("due", reach)} as due, ${sumOf("sat", reach)} as sat, ${sumOf("passed", reach)} as passed
      from exams_exam e where (e.state = 'published' or e.created_by = ${planner} or ${within(reach, sql`e.unit`)}) ${after === null ? sql`` : sql`and (e.created_at, e.id) < (${after.at}, ${after.id})`} order by e.created_at desc, e.id desc limit ${limit}`,
  );
};
export const titles = (ctx: Context, ids: readonly string[]): Promise<{ id: string; title: string }[]> =>
  rowsOf(ctx, sql`select id, title from exams_exam where id in (select value from json_each(${JSON.stringify(ids)}))`);
/** Exams that a requirement may name: published, newest first (exams_exam_created). */
export const listPublished = (ctx: Context, limit: number): Promise<{ id: string; title: string }[]> =>
  rowsOf(ctx, sql`select id, title from exams_exam where state = 'published' order by created_at desc, id desc limit ${limit}`);

export const insertExam = (exam: Exam): Statement =>
  run(
    sql`insert into exams_exam (id, title, notice, state, unit, created_by, certificate, blueprint, created_at, changed, published_at, origin, year, organiser, total, pass, excellent) values (${exam.id}, ${exam.title}, ${exam.notice}, ${exam.state}, ${exam.unit}, ${exam.createdBy}, ${exam.certificate ? 1 : 0}, ${JSON.stringify(exam.blueprint)}, ${exam.createdAt}, ${exam.changed}, ${exam.publishedAt}, ${exam.outside ? "external" : "own"}, ${exam.outside?.year ?? null}, ${exam.outside?.organiser ?? null}, ${exam.outside?.total ?? null}, ${exam.outside?.pass ?? null}, ${exam.outside?.excellent ?? null})`,
  );
/** A draft as it was read, changed; fails with Conflict if somebody changed it in between, or published it. */
export const changeDraft = (
  exam: Pick<Exam, "id" | "changed">,
  set: Partial<Pick<Exam, "title" | "notice" | "certificate" | "blueprint">>,
): readonly Statement[] =>
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
/** A new exam has all its sittings: none bears the id of another exam's, or stands twice. */
export const hasSittings = (exam: string, n: number): Statement =>
  mustHold(sql`(select count(*) from exams_sitting where exam = ${exam}) = ${n}`);
export const removeSitting = (exam: string, sitting: string): readonly Statement[] =>
  must(run(sql`delete from exams_sitting where id = ${sitting} and exam = ${exam} and published_at is null`));
export const removeDraft = (exam: Pick<Exam, "id" | "changed">): readonly Statement[] => [
  run(sql`delete from exams_sitting where exam = ${exam.id} and published_at is null`),
  ...must(run(sql`delete from exams_exam where id = ${exam.id} and state = 'draft' and changed = ${exam.changed}`)),
];
/** How many a sitting may expect at the most, whatever is assigned: by that its rooms are reckoned. */
export const expected = async (ctx: Context, exam: string): Promise<Map<string, number>> =>
  new Map(
    (
      await rowsOf<{ id: string; n: number }>(
        ctx,
        sql`select s.id, (select count(*) from kernel_person p where ${eligible(sql`p.id`, ctx.today, true)}) as n from exams_sitting s where s.exam = ${exam}`,
      )
    ).map((row) => [row.id, row.n]),
  );
/** Draft to published with all its sittings and pools, in one go. */
export const publish = (
  ctx: Context,
  exam: Pick<Exam, "id" | "changed">,
  frozen: readonly { sitting: string; due: number; shards: number; lines: readonly (readonly Pooled[])[] }[],
): Statement[] => [
  ...must(
    run(
      sql`update exams_exam set state = 'published', published_at = ${ctx.now}, changed = changed + 1 where id = ${exam.id} and state = 'draft' and changed = ${exam.changed}`,
    ),
  ),
  ...frozen.flatMap(({ sitting, due, shards, lines }) => [
    ...must(
      run(
        sql`update exams_sitting set due = ${due}, shards = ${shards}, published_at = ${ctx.now} where id = ${sitting} and exam = ${exam.id} and published_at is null`,
      ),
    ),
    run(sql`insert into exams_pool (sitting, lines) values (${sitting}, ${JSON.stringify(lines)})`),
  ]),
  ...countDue(
    ctx,
    frozen.map(({ sitting }) => sitting),
  ),
];
/** A published sitting with what a room draws from: the frozen pool, and what was withdrawn since. */
export const findPool = async (
  ctx: Context,
  sitting: string,
): Promise<(Sitting & { examTitle: string; blueprint: Line[]; lines: Pooled[][]; withdrawn: string[] }) | undefined> => {
  const [row] = await rowsOf<SittingRow & { examTitle: string; blueprint: string; lines: string; withdrawn: string }>(
    ctx,
    sql`select ${sittingColumns}, e.title as examTitle, e.blueprint, p.lines, (select json_group_array(question) from exams_withdrawn w where w.sitting = s.id) as withdrawn from exams_sitting s join exams_exam e on e.id = s.exam join exams_pool p on p.sitting = s.id where s.id = ${sitting}`,
  );
  return (
    row && {
      ...sittingOf(row),
      blueprint: JSON.parse(row.blueprint) as Line[],
      lines: JSON.parse(row.lines) as Pooled[][],
      withdrawn: JSON.parse(row.withdrawn) as string[],
    }
  );
};
/** Takes questions out of the pools of sittings that are not over; their rooms notice by the revision. */
export const withdraw = (ctx: Context, questions: readonly string[]): Statement[] => {
  const list = JSON.stringify(questions);
  return [
    run(
      sql`insert into exams_withdrawn (sitting, question) select distinct s.id, q.value ->> 'question' from exams_sitting s join exams_pool p on p.sitting = s.id, json_each(p.lines) l, json_each(l.value) q where s.closes_at > ${ctx.now} and q.value ->> 'question' in (select value from json_each(${list})) on conflict do nothing`,
    ),
    run(
      sql`update exams_sitting set revision = revision + 1 where closes_at > ${ctx.now} and id in (select sitting from exams_withdrawn where question in (select value from json_each(${list})))`,
    ),
  ];
};
/** Puts them back after an author looked. */
export const giveBack = (questions: readonly string[]): Statement[] => {
  const list = JSON.stringify(questions);
  return [
    run(
      sql`update exams_sitting set revision = revision + 1 where id in (select sitting from exams_withdrawn where question in (select value from json_each(${list})))`,
    ),
    run(sql`delete from exams_withdrawn where question in (select value from json_each(${list}))`),
  ];
};

/** Rooms of sittings published lately, for sending their batches again after a restore; by id, the primary key. */
export const roomsSince = (ctx: Context, since: Instant, after: string, limit: number): Promise<{ id: string; shards: number }[]> =>
  rowsOf(
    ctx,
    sql`select id, shards from exams_sitting where published_at >= ${since} and shards is not null and id > ${after} order by id limit ${limit}`,
  );
