/** Queries of exemptions and deferrals: what was asked for, what stands, and what it does to assignments. */
import { sql, type SQL } from "drizzle-orm";
import {
  dueCount,
  isThere,
  mustHold,
  rowsOf,
  run,
  within,
  type AssignmentId,
  type Context,
  type Day,
  type Instant,
  type PersonId,
  type Reach,
  type RecordId,
  type RequirementId,
  type Slot,
  type Statement,
  type UnitId,
} from "#kernel";
import type { ProofType } from "#plugins/people";
import type { ExcusedInput, ExcuseId } from "./input-excuses.ts";
import type { ExcuseKind, ExcusePart, ExcuseState, ExcuseWhat } from "./rules-excuses.ts";
import type { excuses } from "./schema.ts";
import { atOwn } from "./store.ts";
import { dueOn } from "./store-rules.ts";

export type Excuse = typeof excuses.$inferSelect;
/** One of what a person owes; an excuse fits it, and holds for all that the requirement asks of the person. */
export type Owed = {
  assignment: AssignmentId;
  requirement: RequirementId;
  name: string;
  year: number;
  person: PersonId;
  personName: string;
  unit: UnitId;
  unitName: string;
  due: Day;
  asksStudy: number;
  asksExam: number;
  /** Whether an excuse is asked for or approved already. */
  stands: ExcuseId | null;
};
/** SQL of `Owed`, of assignments `a` that are in force. */
export const owed = (which: SQL): SQL =>
  sql`select min(a.id) as assignment, a.requirement, q.name, q.year, a.person, p.name as personName, a.unit, u.name as unitName, max(a.due_day) as due,
      sum(a.slot = 'study') as asksStudy, sum(a.slot = 'exam') as asksExam,
      (select e.id from requirements_excuse e where e.requirement = a.requirement and e.person = a.person and e.state in ('asked', 'approved')) as stands
    from kernel_assignment a join requirements_requirement q on q.id = a.requirement join kernel_person p on p.id = a.person join kernel_unit u on u.id = a.unit
    where a.ended_at is null and ${which} group by a.requirement, a.person, a.unit`;
/** What a person owes within a reach, earliest first (kernel_assignment_person). */
export const owedBy = (ctx: Context, reach: Reach, person: PersonId) =>
  rowsOf<Owed>(ctx, sql`${owed(sql`a.person = ${person} and ${within(reach, sql`a.unit`)}`)} order by due, a.requirement, a.unit limit 50`);
/** What an assignment within a reach is one of. */
export const findOwed = async (ctx: Context, reach: Reach, assignment: AssignmentId): Promise<Owed | undefined> =>
  (
    await rowsOf<Owed>(
      ctx,
      owed(
        sql`(a.requirement, a.person, a.unit) in (select x.requirement, x.person, x.unit from kernel_assignment x where x.id = ${assignment} and x.ended_at is null and ${within(reach, sql`x.unit`)})`,
      ),
    )
  )[0];
export type Owing = { person: PersonId; name: string; unitName: string };
/** Who owes something in the units of a reach, by name (kernel_assignment_unit). */
export const owingAt = (ctx: Context, reach: Reach) =>
  rowsOf<Owing>(
    ctx,
    sql`select a.person, p.name, min(u.name) as unitName from kernel_assignment a join kernel_person p on p.id = a.person join kernel_unit u on u.id = a.unit
      where a.ended_at is null and ${atOwn(reach, sql`a.unit`)} group by a.person order by p.name, a.person limit 500`,
  );
/** Who of a login, employee number or name owes something within a reach (kernel_person_login, kernel_person_employee_no, kernel_person_name). */
export const owingNamed = (ctx: Context, reach: Reach, told: string) =>
  rowsOf<Owing>(
    ctx,
    sql`select p.id as person, p.name, min(u.name) as unitName
      from (select id, name from kernel_person where login = ${told} union select id, name from kernel_person where employee_no = ${told} union select id, name from kernel_person where name = ${told}) p
      join kernel_assignment a on a.person = p.id and a.ended_at is null join kernel_unit u on u.id = a.unit
      where ${within(reach, sql`a.unit`)} group by p.id order by unitName, p.id limit 20`,
  );

export type Listed = {
  id: ExcuseId;
  requirement: RequirementId;
  requirementName: string;
  year: number;
  asksStudy: number;
  asksExam: number;
  person: PersonId;
  personName: string;
  unit: UnitId;
  unitName: string;
  what: ExcuseWhat;
  of: ExcusePart;
  kind: ExcuseKind;
  from: Day;
  until: Day | null;
  due: Day | null;
  note: string;
  attachment: string | null;
  attachmentName: string | null;
  attachmentType: ProofType | null;
  state: ExcuseState;
  askedByName: string;
  askedAt: Instant;
  decidedBy: PersonId | null;
  decidedByName: string | null;
  decidedAt: Instant | null;
  reason: string | null;
  withdrawnByName: string | null;
  withdrawnAt: Instant | null;
  withdrawnReason: string | null;
  leaves: number;
  record: RecordId | null;
};
const listed = sql`select e.id, e.requirement, q.name as requirementName, q.year, q.study_kind is not null as asksStudy, q.exam is not null as asksExam, e.person, p.name as personName, e.unit, u.name as unitName, e.what, e.of_what as "of", e.kind, e.from_day as "from", e.until_day as until, e.due_day as due, e.note,
    e.attachment, e.attachment_name as attachmentName, e.attachment_type as attachmentType, e.state, b.name as askedByName, e.asked_at as askedAt, e.decided_by as decidedBy, d.name as decidedByName, e.decided_at as decidedAt, e.reason,
    w.name as withdrawnByName, e.withdrawn_at as withdrawnAt, e.withdrawn_reason as withdrawnReason, e.leaves, e.record
  from requirements_excuse e join requirements_requirement q on q.id = e.requirement join kernel_person p on p.id = e.person join kernel_unit u on u.id = e.unit
  join kernel_person b on b.id = e.asked_by left join kernel_person d on d.id = e.decided_by left join kernel_person w on w.id = e.withdrawn_by`;
export type AskedList = { requirement?: RequirementId | undefined; kind?: ExcuseKind | undefined; state?: ExcuseState | undefined };
/** What was asked for within a reach, the latest first (requirements_excuse_state, requirements_excuse_requirement, primary key). */
export const listExcuses = (ctx: Context, reach: Reach, asked: AskedList, after: ExcuseId | undefined, limit: number) =>
  rowsOf<Listed>(
    ctx,
    sql`${listed} where ${within(reach, sql`e.unit`)} and ${asked.requirement === undefined ? sql`1 = 1` : sql`e.requirement = ${asked.requirement}`} and ${asked.kind === undefined ? sql`1 = 1` : sql`e.kind = ${asked.kind}`}
      and ${asked.state === undefined ? sql`1 = 1` : sql`e.state = ${asked.state}`} and ${after === undefined ? sql`1 = 1` : sql`e.id < ${after}`} order by e.id desc limit ${limit}`,
  );
/** Those of some ids within a reach (primary key). */
export const findExcuses = (ctx: Context, reach: Reach, ids: readonly ExcuseId[]) =>
  rowsOf<Listed>(
    ctx,
    sql`${listed} where e.id in (select value from json_each(${JSON.stringify(ids)})) and ${within(reach, sql`e.unit`)} order by e.id`,
  );
/** How many wait for a decision within a reach (requirements_excuse_state). */
export const countAsked = async (ctx: Context, reach: Reach): Promise<number> =>
  (
    await rowsOf<{ n: number }>(
      ctx,
      sql`select count(*) as n from requirements_excuse e where e.state = 'asked' and ${within(reach, sql`e.unit`)}`,
    )
  )[0]?.n ?? 0;

/** New ones, not decided yet; fails where one stands already of the same person and requirement. */
export const addExcuses = (rows: readonly Excuse[]): Statement =>
  run(sql`insert into requirements_excuse (id, requirement, person, unit, what, of_what, kind, from_day, until_day, due_day, note, attachment, attachment_name, attachment_type, state, asked_by, asked_at, leaves, batch)
    select value ->> 'id', value ->> 'requirement', value ->> 'person', value ->> 'unit', value ->> 'what', value ->> 'of', value ->> 'kind', value ->> 'from', value ->> 'until', value ->> 'due', value ->> 'note', value ->> 'attachment', value ->> 'attachmentName', value ->> 'attachmentType', 'asked', value ->> 'askedBy', value ->> 'askedAt', 0, value ->> 'batch'
      from json_each(${JSON.stringify(rows)})`);
/** The assignments `a` of an excuse `e`, in every unit, ended ones too: who comes back is excused still. */
const ofExcuse = sql`a.requirement = e.requirement and a.person = e.person and (e.of_what = 'all' or a.kind = 'exam')`;
const idsOf = (ids: readonly ExcuseId[]) => sql`(select value from json_each(${JSON.stringify(ids)}))`;
/** All or none: fails with Conflict unless each stood in the state before. */
const each = (statement: Statement, ids: readonly ExcuseId[]): Statement[] => [statement, mustHold(sql`changes() = ${ids.length}`)];
export type Decided = { by: PersonId; at: Instant; reason: string | null };
export type Approval = { id: ExcuseId; leaves: boolean; record: RecordId };
/** Approves what was asked for, and excuses the assignments (kernel_assignment_once). */
export const approveExcuses = (given: readonly Approval[], { by, at, reason }: Decided): Statement[] => {
  const ids = given.map(({ id }) => id);
  const rows = given.map(({ leaves, ...row }) => ({ ...row, leaves: leaves ? 1 : 0 }));
  return [
    ...each(
      run(
        sql`update requirements_excuse set state = 'approved', decided_by = ${by}, decided_at = ${at}, reason = ${reason}, leaves = j.value ->> 'leaves', record = j.value ->> 'record'
          from json_each(${JSON.stringify(rows)}) j where requirements_excuse.id = j.value ->> 'id' and state = 'asked'`,
      ),
      ids,
    ),
    run(sql`update kernel_assignment set excuse = x.what, leaves = x.leaves, due_day = iif(x.what = 'deferred', x.due, kernel_assignment.due_day)
      from (select a.id, e.what, e.leaves, e.due_day as due from requirements_excuse e join kernel_assignment a on ${ofExcuse} where e.id in ${idsOf(ids)}) x where kernel_assignment.id = x.id`),
  ];
};
export const refuseExcuses = (ids: readonly ExcuseId[], { by, at, reason }: Decided): Statement[] =>
  each(
    run(
      sql`update requirements_excuse set state = 'refused', decided_by = ${by}, decided_at = ${at}, reason = ${reason} where id in ${idsOf(ids)} and state = 'asked'`,
    ),
    ids,
  );
/** Takes them back from a state; of approved ones what was due, and by when, comes back (kernel_assignment_once). */
export const withdrawExcuses = (ids: readonly ExcuseId[], from: "asked" | "approved", { by, at, reason }: Decided): Statement[] => [
  ...each(
    run(
      sql`update requirements_excuse set state = 'withdrawn', withdrawn_by = ${by}, withdrawn_at = ${at}, withdrawn_reason = ${reason} where id in ${idsOf(ids)} and state = ${from}`,
    ),
    ids,
  ),
  ...(from === "asked"
    ? []
    : [
        run(sql`update kernel_assignment set excuse = null, leaves = 0, due_day = x.due
          from (select a.id, ${dueOn(sql`a.since_day`)} as due from requirements_excuse e join requirements_requirement q on q.id = e.requirement join kernel_assignment a on ${ofExcuse} where e.id in ${idsOf(ids)}) x where kernel_assignment.id = x.id`),
      ]),
];

/** How many people of a requirement are exempt and deferred within the reach, by what it asks. */
export const excusedCounts = async (ctx: Context, id: RequirementId, reach: Reach) => {
  const of = (slot: Slot, what: "exempt" | "deferred") => dueCount(what, sql`${id}`, slot, { reach });
  const [row] = await rowsOf<Record<"studyExempt" | "studyDeferred" | "examExempt" | "examDeferred", number>>(
    ctx,
    sql`select ${of("study", "exempt")} as studyExempt, ${of("study", "deferred")} as studyDeferred, ${of("exam", "exempt")} as examExempt, ${of("exam", "deferred")} as examDeferred`,
  );
  return row === undefined
    ? []
    : [
        { slot: "study" as const, what: "exempt" as const, n: row.studyExempt },
        { slot: "study" as const, what: "deferred" as const, n: row.studyDeferred },
        { slot: "exam" as const, what: "exempt" as const, n: row.examExempt },
        { slot: "exam" as const, what: "deferred" as const, n: row.examDeferred },
      ].filter(({ n }) => n > 0);
};
/** How many are excused from something within the reach, in one unit where given. */
export const countExcused = async (ctx: Context, { id, slot, what, unit }: ExcusedInput, reach: Reach): Promise<number> =>
  (await rowsOf<{ n: number }>(ctx, sql`select ${dueCount(what, sql`${id}`, slot, { reach, unit })} as n`))[0]?.n ?? 0;
export type Excused = Pick<
  Listed,
  | "id"
  | "person"
  | "personName"
  | "unit"
  | "unitName"
  | "kind"
  | "from"
  | "until"
  | "due"
  | "attachment"
  | "attachmentName"
  | "decidedByName"
  | "decidedAt"
  | "leaves"
> & { key: string };
/** Those people, one row each, by unit and person (kernel_assignment_excused). */
export const excusedOf = (ctx: Context, { id, slot, what, unit, after = "/" }: ExcusedInput, reach: Reach, limit: number) => {
  const [afterUnit = "", afterPerson = ""] = after.split("/");
  const asked = (alias: SQL) =>
    sql`${alias}.requirement = ${id} and ${alias}.slot = ${slot} and ${alias}.excuse = ${what} and ${alias}.ended_at is null and ${isThere(sql`${alias}.unit`, { reach, unit })}`;
  return rowsOf<Excused>(
    ctx,
    sql`select a.unit || '/' || a.person as key, e.id, a.person, p.name as personName, a.unit, u.name as unitName, e.kind, e.from_day as "from", e.until_day as until, e.due_day as due, e.attachment, e.attachment_name as attachmentName, d.name as decidedByName, e.decided_at as decidedAt, e.leaves
      from kernel_assignment a join requirements_excuse e on e.requirement = a.requirement and e.person = a.person and e.state in ('asked', 'approved') join kernel_person p on p.id = a.person join kernel_unit u on u.id = a.unit left join kernel_person d on d.id = e.decided_by
      where ${asked(sql`a`)} and (a.unit, a.person) > (${afterUnit}, ${afterPerson}) and not exists (select 1 from kernel_assignment b where b.person = a.person and b.unit < a.unit and ${asked(sql`b`)})
      order by a.unit, a.person limit ${limit}`,
  );
};
