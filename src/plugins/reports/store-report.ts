/** Queries of report documents: the report's row, its versions and steps, its frozen figures, and what was corrected since. */
import { and, asc, desc, eq, inArray, isNotNull, sql, type SQL } from "drizzle-orm";
import {
  must,
  rowsOf,
  run,
  type Context,
  type Day,
  type JobId,
  type PersonId,
  type RecordId,
  type RequirementId,
  type Slot,
  type Statement,
} from "#kernel";
import { people } from "#kernel/schema";
import type { ReportState } from "./rules-report.ts";
import { frozen, reports, steps, versions, type ReportId } from "./schema.ts";

export type Report = typeof reports.$inferSelect;
export type Version = typeof versions.$inferSelect;
export type Frozen = typeof frozen.$inferSelect;
/** What a version says, without who made it. */
export type Content = Omit<Version, "report" | "n" | "by" | "at">;

export const findReport = (ctx: Context, id: ReportId) => ctx.db.select().from(reports).where(eq(reports.id, id)).get();
export const findVersion = (ctx: Context, report: ReportId, n: number) =>
  ctx.db
    .select()
    .from(versions)
    .where(and(eq(versions.report, report), eq(versions.n, n)))
    .get();
/** A report and its newest version, in one read. */
export const findWhole = async (ctx: Context, id: ReportId): Promise<{ report: Report; version: Version } | undefined> =>
  ctx.db
    .select({ report: reports, version: versions })
    .from(reports)
    .innerJoin(versions, and(eq(versions.report, reports.id), eq(versions.n, reports.version)))
    .where(eq(reports.id, id))
    .get();
/** Reports with their titles, the newest first (reports_report_created). */
export const listReports = (ctx: Context) =>
  ctx.db
    .select({ id: reports.id, state: reports.state, year: reports.year, title: versions.title, createdAt: reports.createdAt })
    .from(reports)
    .innerJoin(versions, and(eq(versions.report, reports.id), eq(versions.n, reports.version)))
    .orderBy(desc(reports.createdAt))
    .limit(200);
/** What was ever published, the latest year first; the withdrawn too (reports_report_public). */
export const listPublic = (ctx: Context, year: number | null) =>
  ctx.db
    .select({
      id: reports.id,
      year: reports.year,
      state: reports.state,
      title: versions.title,
      publishedAt: reports.publishedAt,
      digest: reports.digest,
      withdrawnAt: reports.withdrawnAt,
      withdrawal: reports.withdrawal,
    })
    .from(reports)
    .innerJoin(versions, and(eq(versions.report, reports.id), eq(versions.n, reports.version)))
    .where(and(isNotNull(reports.publishedAt), ...(year === null ? [] : [eq(reports.year, year)])))
    .orderBy(desc(reports.year), desc(reports.publishedAt))
    .limit(100);
/** The versions of a report without their words, the newest first; who made each (primary key). */
export const listVersions = (ctx: Context, report: ReportId) =>
  ctx.db
    .select({ n: versions.n, at: versions.at, by: versions.by, name: people.name })
    .from(versions)
    .leftJoin(people, eq(people.id, versions.by))
    .where(eq(versions.report, report))
    .orderBy(desc(versions.n))
    .limit(500);
/** What became of it, in order (reports_step_report). */
export const listSteps = (ctx: Context, report: ReportId) =>
  ctx.db
    .select({ version: steps.version, step: steps.step, by: steps.by, at: steps.at, words: steps.words, name: people.name })
    .from(steps)
    .leftJoin(people, eq(people.id, steps.by))
    .where(eq(steps.report, report))
    .orderBy(asc(steps.seq))
    .limit(500);
/** Whoever wrote any version of it, or sent it on to review (primary key; reports_step_report). */
export const draftersOf = async (ctx: Context, report: ReportId): Promise<PersonId[]> =>
  (await rowsOf<{ by: PersonId }>(ctx, sql`select distinct by from (${draftersSql(report)})`)).map(({ by }) => by);
const draftersSql = (report: ReportId): SQL =>
  sql`select v.by from reports_version v where v.report = ${report} union all select s.by from reports_step s where s.report = ${report} and s.step = 'submit'`;

export const addReport = (ctx: Context, row: typeof reports.$inferInsert): Statement => ctx.db.insert(reports).values(row);
export const addVersion = (ctx: Context, row: Version): Statement => ctx.db.insert(versions).values(row);
/** All versions of a report, as those of another (primary key). */
export const copyVersions = (from: ReportId, to: ReportId): Statement =>
  run(
    sql`insert into reports_version (report, n, title, addressee, signer, from_day, to_day, study, exam, blocks, by, at)
      select ${to}, n, title, addressee, signer, from_day, to_day, study, exam, blocks, by, at from reports_version where report = ${from}`,
  );
export const addStep = (ctx: Context, row: typeof steps.$inferInsert): Statement => ctx.db.insert(steps).values(row);
/** A draft that was never sent to anybody goes, with its versions; fails with Conflict where it was. */
export const removeReport = (id: ReportId): readonly Statement[] => {
  const unsent = sql`state = 'draft' and not exists (select 1 from reports_step s where s.report = ${id})`;
  return [
    run(sql`delete from reports_version where report = ${id} and exists (select 1 from reports_report where id = ${id} and ${unsent})`),
    ...must(run(sql`delete from reports_report where id = ${id} and ${unsent}`)),
  ];
};
/** A draft goes on to its next version; fails with Conflict where another came between. */
export const nextVersion = (id: ReportId, from: number, year: number): readonly Statement[] =>
  must(
    run(
      sql`update reports_report set version = ${from + 1}, year = ${year}, problem = null where id = ${id} and state = 'draft' and version = ${from}`,
    ),
  );

/** What a step demands of the hands that the report went through; held where the write is. */
export type Fresh = { person: PersonId; notReviewer: boolean };
/**
 * Moves a report on: this version, from these states, by somebody who had no hand in it where `fresh` asks so. Fails with
 * Conflict otherwise. Indexes: the primary key of versions, reports_step_report.
 */
export const moveReport = (
  id: ReportId,
  given: { version: number; from: readonly ReportState[]; fresh: Fresh | null; also?: SQL },
  set: SQL,
): readonly Statement[] =>
  must(
    run(
      sql`update reports_report set ${set} where id = ${id} and version = ${given.version} and state in (select value from json_each(${JSON.stringify(given.from)}))
        and ${
          given.fresh === null
            ? sql`1 = 1`
            : sql`${given.fresh.person} not in (${draftersSql(id)}) and (${given.fresh.notReviewer ? 0 : 1} or reviewed_by <> ${given.fresh.person})`
        } and ${given.also ?? sql`1 = 1`}`,
    ),
  );
/** What a move sets. */
export const sets = {
  submitted: () => sql`state = 'review', problem = null`,
  reviewed: (by: PersonId, numbers: Readonly<Record<string, string>>) =>
    sql`state = 'sign', reviewed_by = ${by}, signed = ${JSON.stringify(numbers)}`,
  signed: (by: PersonId, on: Day, numbers: Readonly<Record<string, string>>) =>
    sql`state = 'check', signed_by = ${by}, signed_on = ${on}, signed = ${JSON.stringify(numbers)}`,
  checked: (words: string, job: JobId) => sql`state = 'freezing', checked = ${words}, job = ${job}, problem = null`,
  returned: () =>
    sql`state = 'draft', reviewed_by = null, signed_by = null, signed_on = null, signed = null, checked = null, problem = null`,
  unfrozen: (problem: string) => sql`state = 'check', problem = ${problem}`,
  published: (at: number, digest: string) => sql`state = 'published', published_at = ${at}, digest = ${digest}, problem = null`,
  withdrawn: (at: number, reason: string) => sql`state = 'withdrawn', withdrawn_at = ${at}, withdrawal = ${reason}`,
};
/** Whether the job that freezes it has given up. */
export const jobFailed = sql`exists (select 1 from kernel_job j where j.id = job and j.state = 'failed')`;
export type JobState = { state: "queued" | "running" | "done" | "failed"; done: number; total: number; problem: string | null };
export const findJob = async (ctx: Context, job: JobId): Promise<JobState | undefined> =>
  (await rowsOf<JobState>(ctx, sql`select state, done, total, problem from kernel_job where id = ${job}`))[0];

/** The figures of a published report, in the order of its annex (primary key). */
export const listFrozen = (ctx: Context, report: ReportId) =>
  ctx.db.select().from(frozen).where(eq(frozen.report, report)).orderBy(asc(frozen.n)).limit(500);
/** The same of several reports, each with its lines in order (primary key). */
export const listFrozenOf = (ctx: Context, ids: readonly ReportId[]) =>
  ctx.db
    .select()
    .from(frozen)
    .where(inArray(frozen.report, [...ids]))
    .orderBy(asc(frozen.report), asc(frozen.n))
    .limit(5000);
export const findFrozen = (ctx: Context, report: ReportId, n: number) =>
  ctx.db
    .select()
    .from(frozen)
    .where(and(eq(frozen.report, report), eq(frozen.n, n)))
    .get();
export const addFrozen = (ctx: Context, row: Frozen): Statement => ctx.db.insert(frozen).values(row);
/** Freezing begins anew: what an earlier try left goes; of a published report nothing does. */
export const clearFrozen = (report: ReportId): Statement =>
  run(
    sql`delete from reports_frozen where report = ${report} and exists (select 1 from reports_report r where r.id = ${report} and r.state = 'freezing')`,
  );

/** Which of these records were corrected, and whether the correction says that they never were (kernel_record_corrects). */
export const correctedOf = async (ctx: Context, records: readonly RecordId[]): Promise<Map<RecordId, "corrected" | "void">> =>
  new Map(
    (
      await rowsOf<{ corrects: RecordId; void: number }>(
        ctx,
        sql`select c.corrects, c.void from json_each(${JSON.stringify(records)}) x join kernel_record c on c.corrects = x.value`,
      )
    ).map((row) => [row.corrects, row.void === 1 ? "void" : "corrected"]),
  );
/** What makes a person part of a share, as the column that says when. */
const momentOf = { part: sql`a.done_at`, sat: sql`a.sat_at`, excelled: sql`a.excelled_at` };
export type PartOfShare = keyof typeof momentOf;
/** How people stand by now in one slot of a requirement: released, or part of the share (kernel_assignment_once). */
export const standingNow = async (
  ctx: Context,
  of: { requirement: RequirementId; slot: Slot; part: PartOfShare },
  persons: readonly PersonId[],
): Promise<Map<PersonId, { ended: boolean; part: boolean }>> =>
  new Map(
    (
      await rowsOf<{ person: PersonId; ended: number; part: number }>(
        ctx,
        sql`select a.person, min(a.ended_at is not null) as ended, max(${momentOf[of.part]} is not null) as part from json_each(${JSON.stringify(persons)}) x
          join kernel_assignment a on a.requirement = ${of.requirement} and a.person = x.value and a.slot = ${of.slot} group by a.person`,
      )
    ).map(({ person, ended, part }) => [person, { ended: ended === 1, part: part === 1 }]),
  );
/** Which of these people were erased since: their names are shown no more (primary key of kernel_person). */
export const erasedOf = async (ctx: Context, ids: readonly string[]): Promise<Set<string>> =>
  new Set(
    (
      await rowsOf<{ id: string }>(
        ctx,
        sql`select p.id from json_each(${JSON.stringify(ids)}) x join kernel_person p on p.id = x.value where p.erased_at is not null`,
      )
    ).map(({ id }) => id),
  );
