/** Every query of the plugin. */
import { sql } from "drizzle-orm";
import { rowsOf, within, type AssignmentId, type Context, type Day, type PersonId, type Reach, type UnitId } from "#kernel";

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
  excuse: "exempt" | "deferred" | null;
  /** 1: excused, and out of the denominators. */
  leaves: number;
};
/** What is due to a person in units within a reach, earliest first (kernel_assignment_person). */
export const dueTo = (ctx: Context, reach: Reach, person: PersonId) =>
  rowsOf<Due>(
    ctx,
    sql`select a.id, a.kind, a.object, iif(a.kind = 'exam', q.exam_title, q.study_title) as title, q.name, a.unit, u.name as unitName, a.due_day as due, ${fulfilled} as done, a.excuse, a.leaves
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
};
/** Assignments of the units that a head or unit officer keeps, open ones first by deadline (kernel_assignment_unit). */
export const ofUnits = (ctx: Context, reach: Reach, limit: number) =>
  rowsOf<Behind>(
    ctx,
    sql`select * from (select a.id as key, a.id, a.person, p.name as personName, p.phone, a.unit, u.name as unitName, iif(a.kind = 'exam', q.exam_title, q.study_title) as title, a.due_day as due, a.kind, a.object, ${fulfilled} as done
      from kernel_assignment a cross join requirements_requirement q on q.id = a.requirement join kernel_person p on p.id = a.person join kernel_unit u on u.id = a.unit
      where a.is_due and a.ended_at is null and a.excuse is not 'exempt' and a.unit in (select w.id from kernel_unit w where ${within(reach, sql`w.id`)})) order by done, due, key limit ${limit}`,
  );
