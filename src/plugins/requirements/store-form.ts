/** The rows of 各单位学法考试情况统计表. */
import { and, asc, eq, sql } from "drizzle-orm";
import { rowsOf, within, type Context, type Day, type Reach, type RequirementId, type UnitId } from "#kernel";
import { requirements } from "./schema.ts";
import { isCounted } from "./store-rules.ts";

export type FormRow = {
  unit: UnitId;
  name: string;
  /** People with a position there today. */
  registered: number;
  dueStudy: number;
  studied: number;
  dueExam: number;
  exempt: number;
  deferred: number;
  sat: number;
  passed: number;
  excellent: number;
  /** JSON: names of who is due to sit and has not. */
  absent: string;
};
const holds = (day: Day) => sql`h.from_day <= ${day} and (h.until_day is null or h.until_day >= ${day})`;
/** Each unit that a requirement asks something of (kernel_due, kernel_position_unit, kernel_assignment_requirement). */
export const formRows = (ctx: Context, id: RequirementId, reach: Reach) =>
  rowsOf<FormRow>(
    ctx,
    sql`select u.id as unit, u.name,
        (select count(distinct h.person) from kernel_position h where h.unit = u.id and ${holds(ctx.today)}) as registered,
        coalesce(s.whole, 0) as dueStudy, coalesce(s.part, 0) as studied, coalesce(e.whole, 0) as dueExam, coalesce(e.exempt, 0) as exempt, coalesce(e.deferred, 0) as deferred,
        coalesce(e.sat, 0) as sat, coalesce(e.part, 0) as passed, coalesce(e.excelled, 0) as excellent,
        (select json_group_array(name) from (select p.name from kernel_assignment a join kernel_person p on p.id = a.person
          where a.requirement = ${id} and a.ended_at is null and a.unit = u.id and a.slot = 'exam' and a.is_due and not a.is_sat order by p.name, p.id)) as absent
      from (select d.unit from kernel_due d where d.requirement = ${id} and d.unit <> '' and ${within(reach, sql`d.unit`)}
        group by d.unit having sum(d.whole + d.exempt + d.deferred) > 0) x
      join kernel_unit u on u.id = x.unit
      left join kernel_due s on s.requirement = ${id} and s.unit = u.id and s.slot = 'study'
      left join kernel_due e on e.requirement = ${id} and e.unit = u.id and e.slot = 'exam'
      order by u.kind, u.name, u.id limit 3000`,
  );
/** How many different people have a position today in those units (kernel_position_unit). */
export const registeredIn = async (ctx: Context, id: RequirementId, reach: Reach): Promise<number> =>
  (
    await rowsOf<{ n: number }>(
      ctx,
      sql`select count(distinct h.person) as n from (select d.unit from kernel_due d where d.requirement = ${id} and d.unit <> '' and ${within(reach, sql`d.unit`)}
          group by d.unit having sum(d.whole + d.exempt + d.deferred) > 0) x
        cross join kernel_position h on h.unit = x.unit where ${holds(ctx.today)}`,
    )
  )[0]?.n ?? 0;
/** The requirements of a year that are on or were, by due day (requirements_state). */
export const requirementsOfYear = (ctx: Context, year: number) =>
  ctx.db
    .select({ id: requirements.id })
    .from(requirements)
    .where(and(isCounted, eq(requirements.year, year)))
    .orderBy(asc(requirements.due), asc(requirements.id))
    .limit(20);
