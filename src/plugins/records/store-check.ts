/** Queries of the nightly check of what is counted against rows: one verb or requirement, and a bounded stretch of it, at a time. */
import { sql } from "drizzle-orm";
import { rowsOf, stands, type Context } from "#kernel";

const first = async <T extends Record<string, unknown>>(ctx: Context, query: ReturnType<typeof sql>): Promise<T | undefined> =>
  (await rowsOf<T>(ctx, query))[0];

/** The verb after this one, in the ledger or the tallies (kernel_record_verb_day and the tally's key, one seek each). */
export const nextVerb = async (ctx: Context, after: string): Promise<string | null> =>
  (
    await first<{ verb: string | null }>(
      ctx,
      sql`select min(verb) as verb from (select (select min(verb) from kernel_record where verb > ${after}) as verb union all select (select min(verb) from kernel_tally where verb > ${after}))`,
    )
  )?.verb ?? null;

/** Where a stretch ends: the last day or unit in it (null: there is no more), and how many rows it has. */
export type Stretch = { last: string | null; rows: number };
/** The day up to which there are at most `rows` records of the verb after a day, plus the rest of its last day (kernel_record_verb_day). */
export const endOfDays = async (ctx: Context, verb: string, after: string, rows: number): Promise<Stretch> =>
  (await first<Stretch>(
    ctx,
    sql`select max(day) as last, count(*) as rows from (select day from kernel_record indexed by kernel_record_verb_day where verb = ${verb} and day > ${after} order by day limit ${rows})`,
  )) ?? { last: null, rows: 0 };

export type Difference = { day: string; unit: string; kind: string; object: string; rows: number; tally: number };
/** Where tally and standing records disagree, after one day and up to another; in one statement, so it sees one state. At most 20 (kernel_record_verb_day, the tally's key). */
export const differences = (ctx: Context, verb: string, after: string, until: string): Promise<Difference[]> =>
  rowsOf<Difference>(
    ctx,
    sql`select day, unit, kind, object, sum(rows) as rows, sum(tally) as tally from (
        select r.day, coalesce(r.unit, '') as unit, r.object_kind as kind, r.object_id as object, 1 as rows, 0 as tally from kernel_record r indexed by kernel_record_verb_day where r.verb = ${verb} and r.day > ${after} and r.day <= ${until} and ${stands(sql`r`)}
        union all
        select t.day, t.unit, t.object_kind, t.object_id, 0, t.count from kernel_tally t where t.verb = ${verb} and t.day > ${after} and t.day <= ${until}
      ) group by day, unit, kind, object having sum(rows) <> sum(tally) limit 20`,
  );

/** The requirement after this one, among assignments or their counters (kernel_assignment_requirement and the counters' key, one seek each). */
export const nextRequirement = async (ctx: Context, after: string): Promise<string | null> =>
  (
    await first<{ requirement: string | null }>(
      ctx,
      sql`select min(requirement) as requirement from (select (select min(requirement) from kernel_assignment where requirement > ${after}) as requirement union all select (select min(requirement) from kernel_due where requirement > ${after}))`,
    )
  )?.requirement ?? null;
/** The unit up to which a requirement has at most `rows` assignments after a unit, plus the rest of its last unit (kernel_assignment_requirement). */
export const endOfUnits = async (ctx: Context, requirement: string, after: string, rows: number): Promise<Stretch> =>
  (await first<Stretch>(
    ctx,
    sql`select max(unit) as last, count(*) as rows from (select unit from kernel_assignment indexed by kernel_assignment_requirement where requirement = ${requirement} and ended_at is null and unit > ${after} order by unit limit ${rows})`,
  )) ?? { last: null, rows: 0 };

/** `unit` '': in all. `part`: how many are fulfilled by the ledger; `kept`: by the counter. */
export type Miscount = { unit: string; whole: number; keptWhole: number; part: number; keptPart: number };
/** Whether an assignment `a` is fulfilled, asked of the ledger itself (kernel_record_person). */
const byLedger = (() => {
  const records = sql`kernel_record r indexed by kernel_record_person where r.person = a.person and r.day >= a.from_day and ${stands(sql`r`)}`;
  const has = (verb: ReturnType<typeof sql>) =>
    sql`exists (select 1 from ${records} and r.verb = ${verb} and r.object_kind = a.kind and r.object_id = a.object)`;
  return sql`iif(a.kind = 'lessons',
    (select count(distinct r.object_id) from ${records} and r.verb = a.verb and r.object_kind = 'lesson' and r.object_id in (select value from json_each(a.object))) = json_array_length(a.object),
    ${has(sql`a.verb`)} and (a.kind <> 'exam' or ${has(sql`'sat'`)}))`;
})();
/**
 * Where counters and assignments in force disagree, after one unit and up to another; what is fulfilled is asked of the
 * ledger itself. At most 20 (kernel_assignment_requirement, kernel_record_person, the counters' key).
 */
export const miscounts = (ctx: Context, requirement: string, after: string, until: string): Promise<Miscount[]> =>
  rowsOf<Miscount>(
    ctx,
    sql`select unit, sum(whole) as whole, sum(kept_whole) as keptWhole, sum(part) as part, sum(kept_part) as keptPart from (
        select a.unit, a.slot, 1 as whole, 0 as kept_whole, ${byLedger} as part, 0 as kept_part
          from kernel_assignment a indexed by kernel_assignment_requirement where a.requirement = ${requirement} and a.ended_at is null and a.leaves = 0 and a.unit > ${after} and a.unit <= ${until}
        union all
        select d.unit, d.slot, 0, d.whole, 0, d.part from kernel_due d where d.requirement = ${requirement} and d.unit > ${after} and d.unit <= ${until}
      ) group by unit, slot having sum(whole) <> sum(kept_whole) or sum(part) <> sum(kept_part) limit 20`,
  );
/** The totals of a requirement, where they are not its different persons (kernel_assignment_requirement, the counters' key). */
export const miscountedTotal = (ctx: Context, requirement: string): Promise<Miscount[]> =>
  rowsOf<Miscount>(
    ctx,
    sql`select '' as unit, sum(whole) as whole, sum(kept_whole) as keptWhole, sum(part) as part, sum(kept_part) as keptPart from (
        select a.slot, count(distinct iif(a.is_due, a.person, null)) as whole, 0 as kept_whole, count(distinct iif(a.is_done, a.person, null)) as part, 0 as kept_part
          from kernel_assignment a where a.requirement = ${requirement} and a.ended_at is null group by a.slot
        union all
        select d.slot, 0, d.whole, 0, d.part from kernel_due d where d.requirement = ${requirement} and d.unit = ''
      ) group by slot having sum(whole) <> sum(kept_whole) or sum(part) <> sum(kept_part)`,
  );
