/** Every query of the plugin. */
import { and, asc, eq, gte, lte, sql } from "drizzle-orm";
import {
  assignmentId,
  chunkJson,
  mainPositionOn,
  must,
  newId,
  rowsOf,
  run,
  within,
  type AssignmentId,
  type Context,
  type Day,
  type Nature,
  type PersonId,
  type PositionId,
  type Post,
  type Reach,
  type RequirementId,
  type Statement,
  type UnitId,
  type UnitKind,
} from "#kernel";
import { hits, verbThatFulfils, type Rule } from "./rules.ts";
import { requirements } from "./schema.ts";
import type { PeopleInput } from "./input.ts";

export type Requirement = typeof requirements.$inferSelect;

export const findRequirement = (ctx: Context, id: RequirementId) => ctx.db.select().from(requirements).where(eq(requirements.id, id)).get();
/** Requirements by state and due day (requirements_state). */
export const listRequirements = (ctx: Context) =>
  ctx.db.select().from(requirements).orderBy(asc(requirements.state), asc(requirements.due), asc(requirements.id)).limit(200);
/** Those on whose day falls within the days, for one kind of content (requirements_state). */
export const requirementsDue = (ctx: Context, kind: string, from: Day, to: Day) =>
  ctx.db
    .select({ id: requirements.id, name: requirements.name })
    .from(requirements)
    .where(
      and(eq(requirements.state, "active"), gte(requirements.due, from), lte(requirements.due, to), sql`${requirements.kind} = ${kind}`),
    )
    .orderBy(asc(requirements.due), asc(requirements.id))
    .limit(50);
/** Those that are on. */
export const activeRequirements = (ctx: Context) => ctx.db.select().from(requirements).where(eq(requirements.state, "active")).limit(500);

type PersonUnit = { person: PersonId; unit: UnitId; position: PositionId; kind: UnitKind };
/**
 * The (person, unit) pairs that a rule hits on a day; the same query for preview and activation. For a rule by roster a
 * person counts once, at the main position; else once for each unit. Index of the main position: kernel_position_person.
 */
export const whoIsHit = (ctx: Context, rule: Rule, reach: Reach): Promise<PersonUnit[]> =>
  rowsOf<PersonUnit>(
    ctx,
    sql`select p.person, p.unit, min(p.id) as position, u.kind
      from kernel_position p join kernel_unit u on u.id = p.unit
      where p.from_day <= ${ctx.today} and (p.until_day is null or p.until_day >= ${ctx.today}) and u.status = 'open'
        and (${rule.kinds === null ? 1 : 0} or u.kind in (select value from json_each(${JSON.stringify(rule.kinds ?? [])})))
        and (${rule.posts === null ? 1 : 0} or p.post in (select value from json_each(${JSON.stringify(rule.posts ?? [])})))
        and (not ${rule.roster ? 1 : 0} or (exists (select 1 from kernel_roster_mark m where m.person = p.person and m.from_day <= ${ctx.today} and (m.until_day is null or m.until_day >= ${ctx.today}))
          and p.id = ${mainPositionOn("id", sql`p.person`, sql`${ctx.today}`)}))
        and ${within(reach, sql`p.unit`)}
      group by p.person, p.unit`,
  );
export const insertRequirement = (ctx: Context, row: Requirement): Statement => ctx.db.insert(requirements).values(row);
/** Fails with Conflict unless it stands in one of these states. */
export const moveState = (id: RequirementId, from: readonly Requirement["state"][], to: Requirement["state"]): readonly Statement[] =>
  must(
    run(
      sql`update requirements_requirement set state = ${to} where id = ${id} and state in (select value from json_each(${JSON.stringify(from)}))`,
    ),
  );

/** Fails with Conflict unless it is a draft: nothing was ever assigned by it. */
export const removeDraft = (ctx: Context, id: RequirementId): readonly Statement[] =>
  must(ctx.db.delete(requirements).where(and(eq(requirements.id, id), eq(requirements.state, "draft"))));

export type NewAssignment = {
  requirement: RequirementId;
  kind: Requirement["kind"];
  object: string;
  person: PersonId;
  unit: UnitId;
  position: PositionId;
  from: Day;
  due: Day;
};
/** Assignments that are not there yet, or ended (who left came back); running it again changes nothing. */
export const assign = (rows: readonly NewAssignment[]): Statement[] =>
  chunkJson(rows.map((row) => ({ id: newId(assignmentId), verb: verbThatFulfils[row.kind], ...row }))).map((chunk) =>
    run(sql`insert into kernel_assignment (id, requirement, kind, object, verb, person, unit, position, from_day, due_day)
      select value ->> 'id', value ->> 'requirement', value ->> 'kind', value ->> 'object', value ->> 'verb', value ->> 'person', value ->> 'unit', value ->> 'position', value ->> 'from', value ->> 'due' from json_each(${chunk}) j
      where not exists (select 1 from kernel_assignment a where a.requirement = j.value ->> 'requirement' and a.person = j.value ->> 'person' and a.unit = j.value ->> 'unit' and a.ended_at is null)
      on conflict (requirement, person, unit, from_day) do update set ended_at = null, position = excluded.position, due_day = excluded.due_day, done_at = (
        select min(r.at) from kernel_record r where r.person = excluded.person and r.verb = excluded.verb and r.object_kind = excluded.kind and r.object_id = excluded.object
          and r.day >= excluded.from_day and r.void = 0 and not exists (select 1 from kernel_record c where c.corrects = r.id))`),
  );
/** Ends what hangs on positions that ended before the deadline; a leaver after it stays in the figures. */
export const releasePositions = (ctx: Context, positions: readonly { person: PersonId; position: PositionId; until: Day }[]): Statement[] =>
  chunkJson(positions).map((chunk) =>
    run(
      sql`update kernel_assignment set ended_at = ${ctx.now} where ended_at is null and id in (select a.id from json_each(${chunk}) j join kernel_assignment a on a.person = j.value ->> 'person' and a.position = j.value ->> 'position' where a.ended_at is null and a.due_day > j.value ->> 'until')`,
    ),
  );
/** Ends what rules by roster asked of people whose mark ended before the deadline. Index: kernel_assignment_person. */
export const releaseUnmarked = (ctx: Context, unmarked: readonly { person: PersonId; until: Day }[]): Statement[] =>
  chunkJson(unmarked).map((chunk) =>
    run(
      sql`update kernel_assignment set ended_at = ${ctx.now} where ended_at is null and id in (select a.id from json_each(${chunk}) j join kernel_assignment a on a.person = j.value ->> 'person' join requirements_requirement q on q.id = a.requirement where a.ended_at is null and q.roster = 1 and a.due_day > j.value ->> 'until')`,
    ),
  );
/** Ends all open ones of a requirement that are not fulfilled. */
export const withdraw = (ctx: Context, id: RequirementId): Statement =>
  run(sql`update kernel_assignment set ended_at = ${ctx.now} where requirement = ${id} and ended_at is null`);

/** Kinds, status and roster marks of positions that open in the same commit. */
export const placesOf = async (ctx: Context, given: readonly { person: PersonId; unit: UnitId }[]) => {
  const found: { person: PersonId; unit: UnitId; kind: UnitKind; open: number; roster: number }[] = [];
  for (const chunk of chunkJson(given.map(({ person, unit }) => ({ person, unit }))))
    found.push(
      ...(await rowsOf<(typeof found)[number]>(
        ctx,
        sql`select j.value ->> 'person' as person, u.id as unit, u.kind, u.status = 'open' as open,
          exists (select 1 from kernel_roster_mark m where m.person = j.value ->> 'person' and m.from_day <= ${ctx.today} and (m.until_day is null or m.until_day >= ${ctx.today})) as roster
          from json_each(${chunk}) j join kernel_unit u on u.id = j.value ->> 'unit'`,
      )),
    );
  return found;
};
export type Opened = { person: PersonId; unit: UnitId; position: PositionId; post: Post; nature: Nature };
/** The main position of each of these people today, at which a rule by roster counts them. Index: kernel_position_person. */
export const homesOf = (ctx: Context, people: readonly PersonId[]): Promise<Opened[]> =>
  rowsOf<Opened>(
    ctx,
    sql`select p.person, p.unit, p.id as position, p.post, p.nature from json_each(${JSON.stringify(people)}) j join kernel_position p
      on p.id = ${mainPositionOn("id", sql`j.value`, sql`${ctx.today}`)}`,
  );
/** The assignments that newly opened positions bring. */
export const assignmentsFor = (
  active: readonly Requirement[],
  opened: readonly Opened[],
  places: Awaited<ReturnType<typeof placesOf>>,
): NewAssignment[] => {
  const at = new Map(places.map((p) => [`${p.person}/${p.unit}`, p]));
  return opened.flatMap((position) => {
    const place = at.get(`${position.person}/${position.unit}`);
    if (!place) return [];
    return active
      .filter((r) => hits(r, { kind: place.kind, open: place.open === 1, post: position.post, onRoster: place.roster === 1 }))
      .map((r) => ({
        requirement: r.id,
        kind: r.kind,
        object: r.object,
        person: position.person,
        unit: position.unit,
        position: position.position,
        from: r.from,
        due: r.due,
      }));
  });
};

/** Done while a record that fulfils it stands; kept by the ledger's triggers. */
const fulfilled = sql`a.done_at is not null`;
export type Due = {
  id: AssignmentId;
  kind: "course" | "exam";
  object: string;
  title: string;
  name: string;
  unit: UnitId;
  unitName: string;
  due: Day;
  done: number;
};
/** What is due to a person in units within a reach, earliest first (kernel_assignment_person). */
export const dueTo = (ctx: Context, reach: Reach, person: PersonId) =>
  rowsOf<Due>(
    ctx,
    sql`select a.id, a.kind, a.object, q.object_title as title, q.name, a.unit, u.name as unitName, a.due_day as due, ${fulfilled} as done
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
    sql`select * from (select a.id as key, a.id, a.person, p.name as personName, p.phone, a.unit, u.name as unitName, q.object_title as title, a.due_day as due, a.kind, a.object, ${fulfilled} as done
      from kernel_assignment a join requirements_requirement q on q.id = a.requirement join kernel_person p on p.id = a.person join kernel_unit u on u.id = a.unit
      where a.ended_at is null and ${within(reach, sql`a.unit`)}) order by done, due, key limit ${limit}`,
  );
/** The people of a requirement within the reach, by unit and person (kernel_assignment_requirement). */
export const peopleOf = (ctx: Context, input: PeopleInput, reach: Reach, limit: number) => {
  const [unit = "", person = ""] = (input.after ?? "/").split("/");
  return rowsOf<Behind>(
    ctx,
    sql`select a.unit || '/' || a.person as key, a.id, a.person, p.name as personName, p.phone, a.unit, u.name as unitName, q.object_title as title, a.due_day as due, a.kind, a.object, ${fulfilled} as done
      from kernel_assignment a join requirements_requirement q on q.id = a.requirement join kernel_person p on p.id = a.person join kernel_unit u on u.id = a.unit
      where a.requirement = ${input.id} and a.ended_at is null and (a.unit, a.person) > (${unit}, ${person}) and ${within(reach, sql`a.unit`)}
        and (${input.unit === undefined ? 1 : 0} or a.unit = ${input.unit ?? ""}) and (not ${input.open ? 1 : 0} or not ${fulfilled})
      order by a.unit, a.person limit ${limit}`,
  );
};
/** Whether a unit exists within the reach. */
export const unitWithin = async (ctx: Context, reach: Reach, unit: UnitId): Promise<boolean> =>
  (await rowsOf(ctx, sql`select 1 from kernel_unit u where u.id = ${unit} and ${within(reach, sql`u.id`)}`)).length > 0;
export type Progress = {
  id: RequirementId;
  name: string;
  title: string;
  kind: "course" | "exam";
  object: string;
  due: Day;
  whole: number;
  part: number;
};
/** Of a requirement's assignments in force within the reach, all and those done, by the kept counts. */
const counted = (what: "whole" | "part", reach: Reach) =>
  reach.all
    ? sql`coalesce((select d.${sql.raw(what)} from kernel_due d where d.requirement = q.id and d.unit = ''), 0)`
    : sql`coalesce((select sum(d.${sql.raw(what)}) from kernel_due d where d.requirement = q.id and d.unit <> '' and ${within(reach, sql`d.unit`)}), 0)`;
/** Each requirement that is on, with how many of how many within the reach; one that hits nobody of a part is left out (requirements_state, kernel_due). */
export const progressOf = (ctx: Context, reach: Reach) =>
  rowsOf<Progress>(
    ctx,
    sql`select * from (select q.id, q.name, q.object_title as title, q.kind, q.object, q.due_day as due, ${counted("whole", reach)} as whole, ${counted("part", reach)} as part
      from requirements_requirement q where q.state = 'active') where ${reach.all ? 1 : 0} or whole > 0 order by due, id limit 50`,
  );
/** The same of one requirement, and of one unit where given. */
export const countsOf = async (
  ctx: Context,
  id: RequirementId,
  reach: Reach,
  unit: UnitId | undefined,
): Promise<{ whole: number; part: number }> => {
  const row = (
    await rowsOf<{ whole: number | null; part: number | null }>(
      ctx,
      unit === undefined && reach.all
        ? sql`select whole, part from kernel_due where requirement = ${id} and unit = ''`
        : sql`select sum(whole) as whole, sum(part) as part from kernel_due where requirement = ${id} and unit <> '' and (${unit === undefined ? 1 : 0} or unit = ${unit ?? ""}) and ${within(reach, sql`kernel_due.unit`)}`,
    )
  )[0];
  return { whole: row?.whole ?? 0, part: row?.part ?? 0 };
};
export type OverdueUnit = {
  requirement: RequirementId;
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
    sql`select x.requirement, x.title, x.unit, u.name, u.kind, x.open, x.since, ${head("name")} as head, ${head("phone")} as phone
      from (select q.id as requirement, q.object_title as title, d.unit, d.whole - d.part as open, q.due_day as since
        from requirements_requirement q cross join kernel_due d indexed by kernel_due_open
        where q.state = 'active' and q.due_day < ${ctx.today} and d.requirement = q.id and d.whole > d.part and d.unit <> '' and ${within(reach, sql`d.unit`)}
        order by q.due_day, q.id, d.unit limit 20) x
      join kernel_unit u on u.id = x.unit order by x.since, x.requirement, x.unit`,
  );
};
