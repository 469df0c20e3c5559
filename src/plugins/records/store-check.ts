/** Queries of the nightly check of tallies against rows, one verb and a bounded stretch of days at a time. */
import { sql } from "drizzle-orm";
import { rowsOf, stands, type Context } from "#kernel";

/** The verb after this one, in the ledger or the tallies (kernel_record_verb_day and the tally's key, one seek each). */
export const nextVerb = async (ctx: Context, after: string): Promise<string | null> =>
  (
    await rowsOf<{ verb: string | null }>(
      ctx,
      sql`select min(verb) as verb from (select (select min(verb) from kernel_record where verb > ${after}) as verb union all select (select min(verb) from kernel_tally where verb > ${after}))`,
    )
  )[0]?.verb ?? null;

/** The day up to which there are at most `rows` records of the verb after a day, plus the rest of its last day; null: no more (kernel_record_verb_day). */
export const endOfStretch = async (
  ctx: Context,
  verb: string,
  after: string,
  rows: number,
): Promise<{ day: string | null; rows: number }> => {
  const [found] = await rowsOf<{ day: string | null; rows: number }>(
    ctx,
    sql`select max(day) as day, count(*) as rows from (select day from kernel_record indexed by kernel_record_verb_day where verb = ${verb} and day > ${after} order by day limit ${rows})`,
  );
  return found ?? { day: null, rows: 0 };
};

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
