/** Whom to remind, who was reminded, and the notices that wait for a person. */
import { sql, type SQL } from "drizzle-orm";
import {
  rowsOf,
  run,
  within,
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
  type UnitKind,
} from "#kernel";
import { narrowed } from "./rules-rates.ts";
import { isLate } from "./store-rates.ts";

export type How = "notice" | "copy" | "xlsx";
/** Which open things of whom; what is left out narrows nothing. */
export type Open = {
  requirement?: RequirementId | undefined;
  slot?: Slot | undefined;
  unit?: UnitId | undefined;
  kind?: UnitKind | undefined;
  q?: string | undefined;
  people: readonly PersonId[];
  /** Only what is past its own deadline. */
  late: boolean;
};
export type Target = {
  requirement: RequirementId;
  requirementName: string;
  title: string;
  person: PersonId;
  personName: string;
  phone: string | null;
  unit: UnitId;
  unitName: string;
  head: string | null;
  headPhone: string | null;
  due: Day;
  kind: string;
  object: string;
  /** 1: reminded today, of whatever. */
  today: number;
};
const headOf = (ctx: Context, column: "name" | "phone"): SQL =>
  sql`(select h.${sql.raw(column)} from kernel_position g join kernel_person h on h.id = g.person where g.unit = a.unit and g.post = 'principal' and g.from_day <= ${ctx.today} and (g.until_day is null or g.until_day >= ${ctx.today}) order by g.from_day, g.id limit 1)`;
/** What is open, by unit, person and deadline (kernel_assignment_open, of people kernel_assignment_person, of a reach kernel_assignment_unit). */
export const openOf = (ctx: Context, reach: Reach, open: Open, limit: number): Promise<Target[]> => {
  const people = JSON.stringify(open.people);
  const asked = [
    sql`a.ended_at is null and a.is_due and not a.is_done`,
    ...(open.requirement === undefined ? [] : [sql`a.requirement = ${open.requirement}`]),
    ...(open.slot === undefined ? [] : [sql`a.slot = ${open.slot}`]),
    ...(open.unit === undefined ? [] : [sql`a.unit = ${open.unit}`]),
    ...(open.q === undefined ? [] : [sql`instr(p.name, ${open.q}) > 0`]),
    ...(open.people.length === 0 ? [] : [sql`a.person in (select value from json_each(${people}))`]),
    ...(open.late ? [isLate(sql`a`, ctx.today)] : []),
    ...(reach.all && open.kind === undefined
      ? []
      : [sql`a.unit in (select w.id from kernel_unit w where ${within(narrowed(reach, open.kind), sql`w.id`)})`]),
  ];
  // Who is late is found by requirement, all else by whom or where.
  const from = open.late
    ? sql`requirements_requirement q cross join kernel_assignment a indexed by kernel_assignment_open on q.id = a.requirement and q.state = 'active'`
    : sql`kernel_assignment a cross join requirements_requirement q on q.id = a.requirement and q.state = 'active'`;
  return rowsOf<Target>(
    ctx,
    sql`select a.requirement, q.name as requirementName, iif(a.kind = 'exam', q.exam_title, q.study_title) as title, a.person, p.name as personName, p.phone, a.unit, u.name as unitName, ${headOf(ctx, "name")} as head, ${headOf(ctx, "phone")} as headPhone, a.due_day as due, a.kind, a.object,
        exists (select 1 from requirements_reminder r where r.person = a.person and r.day = ${ctx.today}) as today
      from ${from} join kernel_person p on p.id = a.person join kernel_unit u on u.id = a.unit
      where ${sql.join(asked, sql` and `)} order by a.unit, a.person, a.due_day, a.id limit ${limit}`,
  );
};

export type NewReminder = { id: RecordId; requirement: RequirementId; person: PersonId; unit: UnitId };
export const insertReminders = (ctx: Context, use: string, how: How, by: PersonId, rows: readonly NewReminder[]): Statement =>
  run(sql`insert into requirements_reminder (id, use, requirement, person, unit, how, by_person, at, day)
    select value ->> 'id', ${use}, value ->> 'requirement', value ->> 'person', value ->> 'unit', ${how}, ${by}, ${ctx.now}, ${ctx.today} from json_each(${JSON.stringify(rows)})`);
export type Used = { requirement: RequirementId; person: PersonId; personName: string; unitName: string; how: How };
/** Whom one's own use reached (requirements_reminder_use). */
export const usedBy = (ctx: Context, use: string, by: PersonId) =>
  rowsOf<Used>(
    ctx,
    sql`select r.requirement, r.person, p.name as personName, u.name as unitName, r.how from requirements_reminder r join kernel_person p on p.id = r.person join kernel_unit u on u.id = r.unit
      where r.use = ${use} and r.by_person = ${by} order by u.name, p.name, r.id`,
  );
export type Waiting = { requirement: RequirementId; day: Day; by: string; title: string; due: Day; kind: string; object: string };
/** Notices that a person has neither put away nor done, each thing once (requirements_reminder_person, kernel_assignment_once). */
export const waitingFor = (ctx: Context, person: PersonId) =>
  rowsOf<Waiting>(
    ctx,
    sql`select r.requirement, max(r.day) as day, b.name as "by", iif(a.kind = 'exam', q.exam_title, q.study_title) as title, min(a.due_day) as due, a.kind, a.object
      from requirements_reminder r join kernel_assignment a on a.requirement = r.requirement and a.person = r.person and a.ended_at is null and a.is_due and not a.is_done
      join requirements_requirement q on q.id = r.requirement and q.state = 'active' join kernel_person b on b.id = r.by_person
      where r.person = ${person} and r.how = 'notice' and r.seen_at is null group by a.kind, a.object order by due, a.id limit 20`,
  );
export const markSeen = (ctx: Context, person: PersonId): Statement =>
  run(sql`update requirements_reminder set seen_at = ${ctx.now} where person = ${person} and how = 'notice' and seen_at is null`);

export type Reminded = {
  id: RecordId;
  requirement: RequirementId;
  requirementName: string;
  person: PersonId;
  personName: string;
  unitName: string;
  how: How;
  by: string;
  at: Instant;
};
const reminded = sql`select r.id, r.requirement, q.name as requirementName, r.person, p.name as personName, u.name as unitName, r.how, b.name as "by", r.at
  from requirements_reminder r join requirements_requirement q on q.id = r.requirement join kernel_person p on p.id = r.person join kernel_unit u on u.id = r.unit join kernel_person b on b.id = r.by_person`;
/** Of one person, the latest first (requirements_reminder_person). */
export const remindersOf = (ctx: Context, reach: Reach, person: PersonId) =>
  rowsOf<Reminded>(ctx, sql`${reminded} where r.person = ${person} and ${within(reach, sql`r.unit`)} order by r.id desc limit 50`);
/** Of one requirement, the latest first, before one of them (requirements_reminder_requirement). */
export const remindersFor = (ctx: Context, reach: Reach, requirement: RequirementId, before: string, limit: number) =>
  rowsOf<Reminded>(
    ctx,
    sql`${reminded} where r.requirement = ${requirement} and r.id < ${before} and ${within(reach, sql`r.unit`)} order by r.id desc limit ${limit}`,
  );
/** How often people were reminded of a requirement, and when last (requirements_reminder_requirement). */
export const countReminders = async (ctx: Context, reach: Reach, requirement: RequirementId): Promise<{ n: number; last: Day | null }> =>
  (
    await rowsOf<{ n: number; last: Day | null }>(
      ctx,
      sql`select count(*) as n, max(r.day) as last from requirements_reminder r where r.requirement = ${requirement} and ${within(reach, sql`r.unit`)}`,
    )
  )[0] ?? { n: 0, last: null };
