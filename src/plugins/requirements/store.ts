/** What is due, and who is behind. */
import { sql, type SQL } from "drizzle-orm";
import { rowsOf, within, type AssignmentId, type Context, type Day, type PersonId, type Reach, type UnitId } from "#kernel";
import type { Excusal } from "./rules-excuses.ts";

/** SQL. Of an excused assignment `a`: what was approved, and of which kind (requirements_excuse_standing). */
export const excuse = sql`a.excuse, iif(a.excuse is null, null, (select e.kind from requirements_excuse e where e.requirement = a.requirement and e.person = a.person and e.state in ('asked', 'approved'))) as excuseKind`;
/** Done while a record that fulfils it stands, of an exam also while it was sat; kept by the ledger's triggers. */
const fulfilled = sql`(a.done_at is not null and (a.kind <> 'exam' or a.sat_at is not null))`;
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
  /** 1: excused, and out of the denominators. */
  leaves: number;
} & Excusal;
/** What is due to a person by requirements that are on, in units within a reach, earliest first (kernel_assignment_person). */
export const dueTo = (ctx: Context, reach: Reach, person: PersonId) =>
  rowsOf<Due>(
    ctx,
    sql`select a.id, a.kind, a.object, iif(a.kind = 'exam', q.exam_title, q.study_title) as title, q.name, a.unit, u.name as unitName, a.due_day as due, ${fulfilled} as done, a.leaves, ${excuse}
      from kernel_assignment a join requirements_requirement q on q.id = a.requirement join kernel_unit u on u.id = a.unit
      where a.person = ${person} and a.ended_at is null and q.state = 'active' and ${within(reach, sql`a.unit`)} order by a.due_day, a.id limit 100`,
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
      where a.ended_at is null and q.state = 'active' and ${atOwn(reach, sql`a.unit`)}) order by done, due, key limit ${limit}`,
  );
/** A unit's name; null where it does not exist (within the reach). */
export const findUnitName = async (ctx: Context, unit: UnitId, reach: Reach = { all: true, areas: [] }): Promise<string | null> =>
  (await rowsOf<{ name: string }>(ctx, sql`select u.name from kernel_unit u where u.id = ${unit} and ${within(reach, sql`u.id`)}`))[0]
    ?.name ?? null;
