/** What is kept as counts of a sitting, so that looking at it costs the same in any bureau (exams_count). */
import { sql, type SQL } from "drizzle-orm";
import { rowsOf, run, within, type Context, type Instant, type Reach, type Statement } from "#kernel";
import { eligible, placeAt } from "./store-who.ts";

/** Persons who may come, began, are under way and have handed in. */
export type Counts = { due: number; started: number; running: number; graded: number };
/** The counts of a sitting that lie within a reach, as SQL over exams_count `c`. */
const reached = (reach: Reach): SQL => (reach.all ? sql`c.unit = ''` : sql`c.unit <> '' and ${within(reach, sql`c.unit`)}`);
/** How a sitting stands within a reach. */
export const readCounts = async (ctx: Context, sitting: string, reach: Reach): Promise<Counts> => {
  const [row] = await rowsOf<Counts>(
    ctx,
    sql`select coalesce(sum(c.due), 0) as due, coalesce(sum(c.started), 0) as started, coalesce(sum(c.running), 0) as running, coalesce(sum(c.graded), 0) as graded from exams_count c where c.sitting = ${sitting} and ${reached(reach)}`,
  );
  return row ?? { due: 0, started: 0, running: 0, graded: 0 };
};
/** Who is due, and tries handed in or passed, at all sittings of the exam `e` within a reach, as SQL. */
export const sumOf = (what: "due" | "sat" | "passed", reach: Reach): SQL =>
  sql`(select coalesce(sum(c.${sql.raw(what)}), 0) from exams_sitting s join exams_count c on c.sitting = s.id where s.exam = e.id and ${reached(reach)})`;
/** Who is due at the sitting `s` within a reach, as SQL. */
export const dueAt = (reach: Reach): SQL =>
  sql`(select coalesce(sum(c.due), 0) from exams_count c where c.sitting = s.id and ${reached(reach)})`;
/** Counts anew who may come to some sittings today, each where `placeAt` says, and in all. */
export const countDue = (ctx: Context, sittings: readonly string[]): Statement[] => {
  const these = sql`(select value from json_each(${JSON.stringify(sittings)}))`;
  return [
    run(sql`update exams_count set due = 0 where sitting in ${these}`),
    run(sql`insert into exams_count (sitting, unit, due)
      select sitting, unit, count(*) from (select s.id as sitting, ${placeAt(sql`p.id`, ctx.today)} as unit from exams_sitting s cross join kernel_person p where s.id in ${these} and ${eligible(sql`p.id`, ctx.today)}) where unit is not null group by sitting, unit
      on conflict (sitting, unit) do update set due = excluded.due`),
    run(sql`insert into exams_count (sitting, unit, due)
      select s.id, '', (select coalesce(sum(c.due), 0) from exams_count c where c.sitting = s.id and c.unit <> '') from exams_sitting s where s.id in ${these}
      on conflict (sitting, unit) do update set due = excluded.due`),
  ];
};
/** Published sittings that are not over, by id, the primary key; a few at a time. */
export const openSittings = async (ctx: Context, now: Instant, after: string, limit: number): Promise<string[]> =>
  (
    await rowsOf<{ id: string }>(
      ctx,
      sql`select id from exams_sitting where published_at is not null and closes_at > ${now} and id > ${after} order by id limit ${limit}`,
    )
  ).map((row) => row.id);
