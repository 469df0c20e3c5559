/** How requirements stand: their counts in all, by kind and by unit, the people behind each number, and who is overdue. */
import { sql, type SQL } from "drizzle-orm";
import {
  dueCount,
  rowsOf,
  within,
  type AssignmentId,
  type Context,
  type Counted,
  type Day,
  type PersonId,
  type Reach,
  type RequirementId,
  type Slot,
  type UnitId,
  type UnitKind,
} from "#kernel";
import type { Excusal } from "./rules-excuses.ts";
import { keptFor, narrowed, type Show } from "./rules-rates.ts";
import { excuse } from "./store.ts";

/** What is counted of one slot. */
export type Counts = Record<Counted, number>;
const counted = ["whole", "part", "sat", "excelled", "exempt", "deferred"] as const;
export type Standing = { id: RequirementId; name: string; from: Day; due: Day; slots: { slot: Slot; title: string; counts: Counts }[] };
type Flat = { id: RequirementId; name: string; from: Day; due: Day; slot: Slot; title: string } & Counts;
/** Requirements that are on, or one of any state, with their counts within the reach (requirements_state, kernel_due). */
export const standingsOf = async (ctx: Context, reach: Reach, limit: number, only?: RequirementId): Promise<Standing[]> => {
  const of = (slot: Slot) => {
    const [object, title] = slot === "exam" ? [sql`q.exam`, sql`q.exam_title`] : [sql`q.study_object`, sql`q.study_title`];
    const counts = sql.join(
      counted.map((one) => sql`${dueCount(one, sql`q.id`, slot, { reach })} as ${sql.raw(one)}`),
      sql`, `,
    );
    const which = only === undefined ? sql`q.state = 'active'` : sql`q.id = ${only}`;
    return sql`select * from (select q.id, q.name, q.from_day as "from", q.due_day as due, ${slot} as slot, ${title} as title, ${counts} from requirements_requirement q
      where ${which} and ${object} is not null order by q.state, q.due_day, q.id limit ${limit})`;
  };
  const rows = await rowsOf<Flat>(ctx, sql`select * from (${of("study")} union all ${of("exam")}) order by due, id, slot desc`);
  const found = new Map<string, Standing>();
  for (const { id, name, from, due, slot, title, ...counts } of rows) {
    if (only === undefined && !reach.all && counts.whole + counts.exempt + counts.deferred === 0) continue;
    const standing = found.get(id) ?? { id, name, from, due, slots: [] };
    standing.slots.push({ slot, title, counts });
    found.set(id, standing);
  }
  return [...found.values()];
};

export type KindRow = { kind: UnitKind; slot: Slot } & Counts;
/** By kind of unit: the kept counts of its units, or different persons where somebody owes it at two (kernel_due, kernel_assignment_requirement). */
export const kindsOf = (ctx: Context, id: RequirementId, reach: Reach) => {
  const kept = sql.join(
    counted.map((one) => sql`sum(d.${sql.raw(one)}) as ${sql.raw(one)}`),
    sql`, `,
  );
  const people = (flag: string) => sql`count(distinct iif(a.${sql.raw(flag)}, a.person, null))`;
  const twice = sql`exists (select 1 from kernel_due x where x.requirement = ${id} and x.unit = '' and x.extra > 0)`;
  return rowsOf<KindRow>(
    ctx,
    sql`select * from (
      select u.kind, d.slot, ${kept} from kernel_due d join kernel_unit u on u.id = d.unit
        where d.requirement = ${id} and d.unit <> '' and not ${twice} and ${within(reach, sql`d.unit`)} group by u.kind, d.slot
      union all
      select u.kind, a.slot, ${people("is_due")}, ${people("is_done")}, ${people("is_sat")}, ${people("is_excelled")}, ${people("is_exempt")}, ${people("is_deferred")}
        from kernel_assignment a join kernel_unit u on u.id = a.unit
        where a.requirement = ${id} and a.ended_at is null and ${twice} and ${within(reach, sql`a.unit`)} group by u.kind, a.slot
    ) where whole + exempt + deferred > 0`,
  );
};
export type UnitRow = { unit: UnitId; name: string; kind: UnitKind; slot: Slot } & Counts;
/** A page of units with their counts; a unit of two slots is two rows (kernel_due). */
export const unitsOf = (ctx: Context, id: RequirementId, reach: Reach, after: string, limit: number) =>
  rowsOf<UnitRow>(
    ctx,
    sql`select d.unit, u.name, u.kind, d.slot, d.whole, d.part, d.sat, d.excelled, d.exempt, d.deferred
      from (select d.unit from kernel_due d where d.requirement = ${id} and d.unit > ${after} and ${within(reach, sql`d.unit`)}
        group by d.unit having sum(d.whole + d.exempt + d.deferred) > 0 order by d.unit limit ${limit}) x
      join kernel_due d on d.requirement = ${id} and d.unit = x.unit join kernel_unit u on u.id = d.unit order by d.unit, d.slot desc`,
  );

/** Who is asked for: of one requirement and slot, in one unit itself or one kind of unit, with a part of a name. */
export type Asked = {
  id: RequirementId;
  slot: Slot;
  show: Show;
  unit?: UnitId | undefined;
  kind?: UnitKind | undefined;
  q?: string | undefined;
};
/** What is still to be done and past its own deadline: SQL of the partial index kernel_assignment_open. */
export const isLate = (a: SQL, today: Day): SQL =>
  sql`${a}.ended_at is null and ${a}.done_at is null and ${a}.leaves = 0 and ${a}.due_day < ${today}`;
const isShown = (a: SQL, show: Show, today: Day): SQL => {
  switch (show) {
    case "due":
      return sql`${a}.is_due`;
    case "done":
    case "passed":
      return sql`${a}.is_done`;
    case "open":
      return sql`${a}.is_due and not ${a}.is_done`;
    case "overdue":
      return isLate(a, today);
    case "sat":
      return sql`${a}.is_sat`;
    case "absent":
      return sql`${a}.is_due and not ${a}.is_sat`;
    case "failed":
      return sql`${a}.is_sat and not ${a}.is_done`;
    case "excellent":
      return sql`${a}.is_excelled`;
    case "exempt":
      return sql`${a}.is_exempt`;
    case "deferred":
      return sql`${a}.is_deferred`;
  }
};
const askedOf =
  (ctx: Context, { id, slot, show, unit, kind }: Asked, reach: Reach) =>
  (a: SQL) =>
    sql`${a}.requirement = ${id} and ${a}.ended_at is null and ${a}.slot = ${slot} and ${isShown(a, show, ctx.today)} and ${unit === undefined ? sql`1 = 1` : sql`${a}.unit = ${unit}`} and ${within(narrowed(reach, kind), sql`${a}.unit`)}`;
const named = (q: string | undefined) => (q === undefined ? sql`1 = 1` : sql`instr(p.name, ${q}) > 0`);
export type Listed = {
  key: string;
  id: AssignmentId;
  person: PersonId;
  personName: string;
  phone: string | null;
  unit: UnitId;
  unitName: string;
  title: string;
  due: Day;
  kind: string;
  object: string;
  done: number;
  sat: number;
  /** How often the person was reminded of this requirement, and when last. */
  times: number;
  last: Day | null;
} & Excusal;
/** Those people, by unit and person; somebody of two units is one row, at the first (kernel_assignment_requirement, requirements_reminder_person). */
export const peopleOf = (ctx: Context, asked: Asked, after: string, reach: Reach, limit: number) => {
  const [unit = "", person = ""] = after.split("/");
  const is = askedOf(ctx, asked, reach);
  return rowsOf<Listed>(
    ctx,
    sql`select a.unit || '/' || a.person as key, a.id, a.person, p.name as personName, p.phone, a.unit, u.name as unitName, iif(a.kind = 'exam', q.exam_title, q.study_title) as title, a.due_day as due, a.kind, a.object, a.is_done as done, a.is_sat as sat, ${excuse},
        (select count(*) from requirements_reminder r where r.person = a.person and r.requirement = a.requirement) as times,
        (select max(r.day) from requirements_reminder r where r.person = a.person and r.requirement = a.requirement) as last
      from kernel_assignment a join requirements_requirement q on q.id = a.requirement join kernel_person p on p.id = a.person join kernel_unit u on u.id = a.unit
      where (a.unit, a.person) > (${unit}, ${person}) and ${is(sql`a`)} and ${named(asked.q)}
        and not exists (select 1 from kernel_assignment b where b.person = a.person and b.unit < a.unit and ${is(sql`b`)})
      order by a.unit, a.person limit ${limit}`,
  );
};
/** How many they are: from the kept counts where the day and a name have no say, else by reading them. */
export const countOf = async (ctx: Context, asked: Asked, reach: Reach): Promise<number> => {
  const kept = asked.q === undefined ? keptFor(asked.show) : null;
  const where = { reach: narrowed(reach, asked.kind) };
  const one = (of: Counted) =>
    asked.unit === undefined
      ? dueCount(of, sql`${asked.id}`, asked.slot, where)
      : sql`coalesce((select d.${sql.raw(of)} from kernel_due d where d.requirement = ${asked.id} and d.unit = ${asked.unit} and d.slot = ${asked.slot} and ${within(where.reach, sql`d.unit`)}), 0)`;
  const query =
    kept === null
      ? sql`select count(distinct a.person) as n from kernel_assignment a join kernel_person p on p.id = a.person where ${askedOf(ctx, asked, reach)(sql`a`)} and ${named(asked.q)}`
      : sql`select ${one(kept.of)} - ${kept.less === undefined ? sql`0` : one(kept.less)} as n`;
  return (await rowsOf<{ n: number }>(ctx, query))[0]?.n ?? 0;
};

export type OverdueUnit = {
  key: string;
  requirement: RequirementId;
  requirementName: string;
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
/**
 * Units where somebody is past the own deadline, with whom to call; the requirement that was due first comes first
 * (requirements_state, kernel_due_open, kernel_assignment_open). No deadline comes before the requirement's day, unless it
 * counts from joining.
 */
export const overdueUnits = (ctx: Context, reach: Reach, after: string, limit: number) => {
  const [day = "", requirement = "", unit = "", slot = ""] = after.split("/");
  const late = sql`from kernel_assignment a indexed by kernel_assignment_open where a.requirement = d.requirement and a.unit = d.unit and a.slot = d.slot and ${isLate(sql`a`, ctx.today)}`;
  const head = (column: "name" | "phone") =>
    sql`(select p.${sql.raw(column)} from kernel_position h join kernel_person p on p.id = h.person where h.unit = x.unit and h.post = 'principal' and h.from_day <= ${ctx.today} and (h.until_day is null or h.until_day >= ${ctx.today}) order by h.from_day, h.id limit 1)`;
  return rowsOf<OverdueUnit>(
    ctx,
    sql`select x.key, x.requirement, x.requirementName, x.slot, x.title, x.unit, u.name, u.kind, x.open, x.since, ${head("name")} as head, ${head("phone")} as phone
      from (select q.due_day || '/' || q.id || '/' || d.unit || '/' || d.slot as key, q.due_day, q.id as requirement, q.name as requirementName, d.slot, iif(d.slot = 'exam', q.exam_title, q.study_title) as title, d.unit,
          (select count(*) ${late}) as open, (select min(a.due_day) ${late}) as since
        from requirements_requirement q cross join kernel_due d on d.rowid in (
          select d.rowid from kernel_due d indexed by kernel_due_open where d.requirement = q.id and d.whole > d.part and d.unit <> ''
            and (q.due_day, q.id, d.unit, d.slot) > (${day}, ${requirement}, ${unit}, ${slot}) and ${within(reach, sql`d.unit`)} and exists (select 1 ${late})
            order by d.unit, d.slot limit ${limit})
        where q.state = 'active' and (q.due_day < ${ctx.today} or q.due_by = 'joining')
        order by q.due_day, q.id, d.unit, d.slot limit ${limit}) x
      join kernel_unit u on u.id = x.unit order by x.due_day, x.requirement, x.unit, x.slot`,
  );
};
