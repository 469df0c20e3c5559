/** What is due, and who is behind. */
import { sql, type SQL } from "drizzle-orm";
import {
  dueCount,
  isThere,
  rowsOf,
  within,
  type AssignmentId,
  type Context,
  type Day,
  type PersonId,
  type Reach,
  type RequirementId,
  type Slot,
  type UnitId,
  type UnitKind,
} from "#kernel";
import type { Excusal } from "./rules-excuses.ts";

/** Of an excused assignment `a`: what was approved, and of which kind (requirements_excuse_standing). */
const excuse = sql`a.excuse, iif(a.excuse is null, null, (select e.kind from requirements_excuse e where e.requirement = a.requirement and e.person = a.person and e.state in ('asked', 'approved'))) as excuseKind`;
/** Done while a record that fulfils it stands; kept by the ledger's triggers. */
const fulfilled = sql`a.done_at is not null`;
export type Due = {
  id: AssignmentId;
  kind: "course" | "lessons" | "exam";
  object: string;
  title: string;
  name: string;
  unit: UnitId;
  unitName: string;
  due: Day;
  done: number;
} & Excusal;
/** What is due to a person in units within a reach, earliest first (kernel_assignment_person). */
export const dueTo = (ctx: Context, reach: Reach, person: PersonId) =>
  rowsOf<Due>(
    ctx,
    sql`select a.id, a.kind, a.object, iif(a.kind = 'exam', q.exam_title, q.study_title) as title, q.name, a.unit, u.name as unitName, a.due_day as due, ${fulfilled} as done, ${excuse}
      from kernel_assignment a join requirements_requirement q on q.id = a.requirement join kernel_unit u on u.id = a.unit
      where a.person = ${person} and a.ended_at is null and ${within(reach, sql`a.unit`)} order by a.due_day, a.id limit 100`,
  );
export type Behind = {
  key: string;
  id: AssignmentId;
  person: PersonId;
  personName: string;
  phone: string | null;
  unit: UnitId;
  unitName: string;
  title: string;
  due: Day;
  done: number;
  kind: string;
  object: string;
  /** Whether it counts: who is exempt may not. */
  counts: number;
} & Excusal;
/** SQL that is true for a unit column within a reach by posts, which is of subtrees alone: one list, since no index serves several. */
export const atOwn = (reach: Reach, column: SQL): SQL =>
  sql`${column} in (select descendant from kernel_unit_closure where ancestor in (select value from json_each(${JSON.stringify(reach.areas.flatMap(({ unit }) => unit ?? []))}))) and ${within(reach, column)}`;
/** Assignments of the units that a head or unit officer keeps, open ones first by deadline (kernel_assignment_unit). */
export const ofUnits = (ctx: Context, reach: Reach, limit: number) =>
  rowsOf<Behind>(
    ctx,
    sql`select * from (select a.id as key, a.id, a.person, p.name as personName, p.phone, a.unit, u.name as unitName, iif(a.kind = 'exam', q.exam_title, q.study_title) as title, a.due_day as due, a.kind, a.object, ${fulfilled} as done, a.is_due as counts, ${excuse}
      from kernel_assignment a join requirements_requirement q on q.id = a.requirement join kernel_person p on p.id = a.person join kernel_unit u on u.id = a.unit
      where a.ended_at is null and ${atOwn(reach, sql`a.unit`)}) order by done, due, key limit ${limit}`,
  );
/** Of what a requirement asks whom: the people within the reach, in one unit where given, and of them those who are behind. */
export type AskedPeople = { id: RequirementId; slot: Slot; unit?: UnitId | undefined; open: boolean };
const askedPeople = ({ id, slot, unit, open }: AskedPeople, reach: Reach): SQL => {
  const asked = (alias: SQL) =>
    sql`${alias}.requirement = ${id} and ${alias}.ended_at is null and ${alias}.slot = ${slot} and ${alias}.is_due and ${isThere(sql`${alias}.unit`, { reach, unit })} ${open ? sql`and not ${alias}.is_done` : sql``}`;
  // Somebody of two units is one row, at the first.
  return sql`${asked(sql`a`)} and not exists (select 1 from kernel_assignment b where b.person = a.person and b.unit < a.unit and ${asked(sql`b`)})`;
};
/** Those people, by unit and person (kernel_assignment_requirement). */
export const peopleOf = (ctx: Context, asked: AskedPeople, after: string, reach: Reach, limit: number) => {
  const [unit = "", person = ""] = after.split("/");
  return rowsOf<Behind>(
    ctx,
    sql`select a.unit || '/' || a.person as key, a.id, a.person, p.name as personName, p.phone, a.unit, u.name as unitName, iif(a.kind = 'exam', q.exam_title, q.study_title) as title, a.due_day as due, a.kind, a.object, a.is_done as done, a.is_due as counts, ${excuse}
      from kernel_assignment a join requirements_requirement q on q.id = a.requirement join kernel_person p on p.id = a.person join kernel_unit u on u.id = a.unit
      where (a.unit, a.person) > (${unit}, ${person}) and ${askedPeople(asked, reach)} order by a.unit, a.person limit ${limit}`,
  );
};
/** A unit's name; null where it does not exist (within the reach). */
export const findUnitName = async (ctx: Context, unit: UnitId, reach: Reach = { all: true, areas: [] }): Promise<string | null> =>
  (await rowsOf<{ name: string }>(ctx, sql`select u.name from kernel_unit u where u.id = ${unit} and ${within(reach, sql`u.id`)}`))[0]
    ?.name ?? null;
/** Whether a unit exists within the reach. */
export const unitWithin = async (ctx: Context, reach: Reach, unit: UnitId): Promise<boolean> =>
  (await rowsOf(ctx, sql`select 1 from kernel_unit u where u.id = ${unit} and ${within(reach, sql`u.id`)}`)).length > 0;
export type Progress = {
  id: RequirementId;
  slot: Slot;
  name: string;
  title: string;
  due: Day;
  whole: number;
  part: number;
};
/** Each requirement that is on, with how many of how many people within the reach; one that hits nobody of a part is left out (requirements_state, kernel_due). */
export const progressOf = (ctx: Context, reach: Reach) => {
  const of = (slot: Slot) =>
    sql`select q.id, ${slot} as slot, q.name, ${slot === "exam" ? sql`q.exam_title` : sql`q.study_title`} as title, q.due_day as due, ${dueCount("whole", sql`q.id`, slot, { reach })} as whole, ${dueCount("part", sql`q.id`, slot, { reach })} as part
      from requirements_requirement q where q.state = 'active' and ${slot === "exam" ? sql`q.exam` : sql`q.study_object`} is not null`;
  return rowsOf<Progress>(
    ctx,
    sql`select * from (${of("study")} union all ${of("exam")}) where ${reach.all ? 1 : 0} or whole > 0 order by due, id, slot desc limit 50`,
  );
};
/** How many owe something, and how many of them have done it. */
export type Counts = { whole: number; part: number };
/** How many people owe something by a requirement within the reach, in one unit where given, and how many have done it. */
export const countsOf = async (
  ctx: Context,
  { id, slot, unit }: Pick<AskedPeople, "id" | "slot" | "unit">,
  reach: Reach,
): Promise<Counts> => {
  const counted = (of: "whole" | "part") => dueCount(of, sql`${id}`, slot, { reach, unit });
  return (
    (await rowsOf<Counts>(ctx, sql`select ${counted("whole")} as whole, ${counted("part")} as part`))[0] ?? {
      whole: 0,
      part: 0,
    }
  );
};
export type OverdueUnit = {
  requirement: RequirementId;
  slot: Slot;
  title: string;
  unit: UnitId;
  name: string;
  kind: UnitKind;
  open: number;
  since: Day;
  head: string | null;
  phone: string | null;
};
/** Units with overdue open assignments and whom to call, the longest overdue first (requirements_state, kernel_due_open). */
export const overdueUnits = (ctx: Context, reach: Reach) => {
  const head = (column: "name" | "phone") =>
    sql`(select p.${sql.raw(column)} from kernel_position h join kernel_person p on p.id = h.person where h.unit = x.unit and h.post = 'principal' and h.from_day <= ${ctx.today} and (h.until_day is null or h.until_day >= ${ctx.today}) order by h.from_day, h.id limit 1)`;
  return rowsOf<OverdueUnit>(
    ctx,
    sql`select x.requirement, x.slot, x.title, x.unit, u.name, u.kind, x.open, x.since, ${head("name")} as head, ${head("phone")} as phone
      from (select q.id as requirement, d.slot, iif(d.slot = 'exam', q.exam_title, q.study_title) as title, d.unit, d.whole - d.part as open, q.due_day as since
        from requirements_requirement q cross join kernel_due d indexed by kernel_due_open
        where q.state = 'active' and q.due_day < ${ctx.today} and d.requirement = q.id and d.whole > d.part and d.unit <> '' and ${within(reach, sql`d.unit`)}
        order by q.due_day, q.id, d.unit, d.slot limit 20) x
      join kernel_unit u on u.id = x.unit order by x.since, x.requirement, x.unit, x.slot`,
  );
};
