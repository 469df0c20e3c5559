/** Rules and whom they hit: one query for a preview, for switching on, and for one person who changed. */
import { and, asc, eq, gte, inArray, isNotNull, lte, sql, type SQL } from "drizzle-orm";
import {
  mainPositionOn,
  must,
  newIdSql,
  rowsOf,
  rowsOfEach,
  run,
  within,
  type Context,
  type Day,
  type PersonId,
  type Post,
  type Reach,
  type RequirementId,
  type Slot,
  type Statement,
  type UnitId,
  type UnitKind,
} from "#kernel";
import { requirements } from "./schema.ts";

export type Requirement = typeof requirements.$inferSelect;

export const findRequirement = (ctx: Context, id: RequirementId) => ctx.db.select().from(requirements).where(eq(requirements.id, id)).get();
/** Requirements by state and due day (requirements_state). */
export const listRequirements = (ctx: Context) =>
  ctx.db.select().from(requirements).orderBy(asc(requirements.state), asc(requirements.due), asc(requirements.id)).limit(200);
/** SQL: a requirement that is on, or that ended after a deadline, so that its rates stand (kernel_due). */
export const isCounted: SQL = sql`(${requirements.state} = 'active' or ${requirements.state} = 'ended' and exists (select 1 from kernel_due d where d.requirement = ${requirements.id} and d.unit = '' and d.whole > 0))`;
/** Those that are on, whose day falls within the days, and that ask something to study, or an exam (requirements_state). */
export const requirementsDue = (ctx: Context, slot: Slot, from: Day, to: Day) =>
  ctx.db
    .select({ id: requirements.id, name: requirements.name })
    .from(requirements)
    .where(
      and(
        isCounted,
        gte(requirements.due, from),
        lte(requirements.due, to),
        isNotNull(slot === "exam" ? requirements.exam : requirements.studyObject),
      ),
    )
    .orderBy(asc(requirements.due), asc(requirements.id))
    .limit(50);
/** What some are called. */
export const namesOf = async (ctx: Context, ids: readonly string[]): Promise<Map<string, string>> =>
  new Map(
    (
      await rowsOf<{ id: string; name: string }>(
        ctx,
        sql`select id, name from requirements_requirement where id in (select value from json_each(${JSON.stringify(ids)}))`,
      )
    ).map(({ id, name }) => [id, name]),
  );
export const insertRequirement = (ctx: Context, row: Requirement): Statement => ctx.db.insert(requirements).values(row);
/** Fails with Conflict unless it is a draft. */
export const changeDraft = (ctx: Context, id: RequirementId, change: Partial<Requirement>): readonly Statement[] =>
  must(
    ctx.db
      .update(requirements)
      .set(change)
      .where(and(eq(requirements.id, id), eq(requirements.state, "draft"))),
  );
/** Fails with Conflict unless it stands in one of these states. */
export const moveState = (
  ctx: Context,
  id: RequirementId,
  from: readonly Requirement["state"][],
  to: Partial<Pick<Requirement, "state" | "job">>,
): readonly Statement[] =>
  must(
    ctx.db
      .update(requirements)
      .set(to)
      .where(and(eq(requirements.id, id), inArray(requirements.state, [...from]))),
  );
/** Fails with Conflict unless it is a draft: nothing was ever assigned by it. */
export const removeDraft = (ctx: Context, id: RequirementId): readonly Statement[] =>
  must(ctx.db.delete(requirements).where(and(eq(requirements.id, id), eq(requirements.state, "draft"))));
/** Ends what a requirement asks and is not due yet. What its deadline found in force stays, and is counted on. */
export const withdraw = (ctx: Context, id: RequirementId): Statement =>
  run(sql`update kernel_assignment set ended_at = ${ctx.now} where requirement = ${id} and ended_at is null and due_day >= ${ctx.today}`);

/** A list of the rule `q`: nothing said, or the value among what is said. Words of a list hold no quotation mark. */
const among = (list: SQL, value: SQL): SQL => sql`(${list} is null or instr(${list}, '"' || ${value} || '"') > 0)`;
const between = (from: SQL, to: SQL, day: SQL): SQL =>
  sql`((${from} is null or coalesce(${day}, '') >= ${from}) and (${to} is null or coalesce(${day}, '~') <= ${to}))`;
/** The deadline that a rule `q` sets to who owes it from a day on. */
export const dueOn = (since: SQL): SQL => {
  const later = sql`date(${since}, '+' || q.days || ' days')`;
  return sql`iif(q.due_by = 'joining', ${later}, max(q.due_day, iif(q.days is not null and ${since} > q.from_day, ${later}, '')))`;
};
/** Whose positions are asked: of a rule all, from one person on; or what a subquery `person` yields, by every rule that is on. */
type Whose = { rule: RequirementId; after: string; upTo: string } | { people: SQL };
/**
 * Whom rules hit today: one row a person, or one a person and unit where the rule says so. Who leaves before the deadline is not
 * hit, nor who joins, or is put on the roster, after it, nor whose unit had no such status when it passed. Of several positions that fit, the main one counts, else the earliest.
 * Index: kernel_position_person.
 */
const hits = (ctx: Context, whose: Whose): SQL => {
  const today = sql`${ctx.today}`;
  const joined = sql`max(p.from_day, q.from_day, iif(q.roster, coalesce(p.marked, ''), ''))`;
  const due = dueOn(joined);
  const whom =
    "rule" in whose
      ? sql`kernel_position p on p.person > ${whose.after} and p.person <= ${whose.upTo}`
      : sql`(${whose.people}) w cross join kernel_position p on p.person = w.person`;
  const asked = "rule" in whose ? sql`q.id = ${whose.rule}` : sql`q.state = 'active'`;
  return sql`with p as materialized (
      select p.*, u.kind, u.status, u.founded_on, h.category, ${mainPositionOn("id", sql`p.person`, today)} as chief, m.from_day as marked, m.until_day as unmarked
        from ${"rule" in whose ? sql`(select 1)` : sql``} ${"rule" in whose ? sql`cross join` : sql``} ${whom} cross join kernel_unit u on u.id = p.unit cross join kernel_person h on h.id = p.person
          left join kernel_roster_mark m on m.person = p.person and m.from_day = (select max(k.from_day) from kernel_roster_mark k where k.person = p.person and k.from_day <= ${today})
        where p.from_day <= ${today} and (p.until_day is null or p.until_day >= ${today}))
    select q.id as requirement, q.state, q.each_unit, q.study_kind, q.study_object, q.exam, q.from_day, p.person, p.unit, p.id as position, p.kind, ${joined} as since, ${due} as due,
        min((p.id is not p.chief) || p.from_day || p.id) as place
      from p cross join requirements_requirement q on ${asked}
      where (p.until_day is null or p.until_day >= ${due}) and ${joined} <= q.due_day
        and instr(coalesce(q.statuses, '["open"]'), '"' || p.status || '"') > 0
        and (${due} >= ${today} or coalesce((select instr(coalesce(q.statuses, '["open"]'), '"' || s.status || '"') > 0 from kernel_unit_status s where s.unit = p.unit and s.from_day <= ${due} order by s.from_day desc limit 1), 1))
        and ${among(sql`q.kinds`, sql`p.kind`)} and ${among(sql`q.posts`, sql`p.post`)} and ${among(sql`q.natures`, sql`p.nature`)} and ${among(sql`q.categories`, sql`coalesce(p.category, '')`)}
        and ${between(sql`q.founded_from`, sql`q.founded_to`, sql`p.founded_on`)} and ${between(sql`q.took_from`, sql`q.took_to`, sql`p.from_day`)}
        and (q.roster = 0 or p.id = p.chief and p.marked is not null and (p.unmarked is null or p.unmarked >= ${today} and p.unmarked >= ${due}))
        and (q.unit is null or exists (select 1 from kernel_unit_closure c where c.ancestor = q.unit and c.descendant = p.unit))
      group by q.id, p.person, iif(q.each_unit, p.unit, '')`;
};

export type HitKind = { kind: UnitKind; people: number; units: number };
export type HitTotal = { people: number; units: number; places: number };
/** Whom a rule hits today within a reach, in all and by kind of unit: what switching it on does (kernel_position_person). */
export const countHits = async (ctx: Context, rule: RequirementId, reach: Reach): Promise<HitTotal & { kinds: HitKind[] }> => {
  const hit = sql`from (${hits(ctx, { rule, after: "", upTo: "~" })}) x where ${within(reach, sql`x.unit`)}`;
  const [totals, kinds] = await rowsOfEach<[HitTotal, HitKind]>(ctx, [
    sql`select count(distinct person) as people, count(distinct unit) as units, count(*) as places ${hit}`,
    sql`select kind, count(distinct person) as people, count(distinct unit) as units ${hit} group by kind order by 2 desc`,
  ]);
  return { ...(totals[0] ?? { people: 0, units: 0, places: 0 }), kinds };
};

export type HitUnit = { unit: UnitId; name: string; kind: UnitKind; people: number };
/** The units where a rule hits somebody today, by name, with how many (kernel_position_person, the primary key of kernel_unit). */
export const hitUnits = (ctx: Context, rule: RequirementId, reach: Reach, after: string, limit: number) =>
  rowsOf<HitUnit>(
    ctx,
    sql`select u.id as unit, u.name, u.kind, count(*) as people from (${hits(ctx, { rule, after: "", upTo: "~" })}) x join kernel_unit u on u.id = x.unit
      where ${within(reach, sql`x.unit`)} and (${after} = '' or (u.name, u.id) > (select name, id from kernel_unit where id = ${after}))
      group by u.id order by u.name, u.id limit ${limit}`,
  );
export type HitPerson = { person: PersonId; name: string; post: Post; due: Day };
/** The people of a unit whom a rule hits today (kernel_position_person). */
export const hitPeople = (ctx: Context, rule: RequirementId, unit: UnitId, after: string, limit: number) =>
  rowsOf<HitPerson>(
    ctx,
    sql`select x.person, h.name, p.post, x.due from (${hits(ctx, { rule, after, upTo: "~" })}) x join kernel_person h on h.id = x.person join kernel_position p on p.id = x.position
      where x.unit = ${unit} order by x.person limit ${limit}`,
  );
/** How many people a rule hits in one unit. */
export const countHitsAt = async (ctx: Context, rule: RequirementId, unit: UnitId): Promise<number> =>
  (
    await rowsOf<{ n: number }>(ctx, sql`select count(*) as n from (${hits(ctx, { rule, after: "", upTo: "~" })}) x where x.unit = ${unit}`)
  )[0]?.n ?? 0;

/** What is in force for them by rules that are on: what a rule asked that ended has ended, too. */
const held = (whose: Whose): SQL =>
  "rule" in whose
    ? sql`kernel_assignment a where a.requirement = ${whose.rule} and a.person > ${whose.after} and a.person <= ${whose.upTo} and a.ended_at is null`
    : sql`(${whose.people}) w cross join kernel_assignment a where a.person = w.person and a.ended_at is null`;
/**
 * What the rules that are on ask of some people, to stand in the same commit after what changed: what no longer fits and is not
 * due yet ends, so does what its deadline found gone; what fits by now begins, or goes on; who is excused is so at a new unit too. It writes what differs alone, so running
 * it again changes nothing. Indexes: kernel_assignment_person, of a rule kernel_assignment_once.
 */
const settle = (ctx: Context, whose: Whose): Statement => {
  const today = sql`${ctx.today}`;
  const rule = (of: SQL) => sql`(select ${of} from requirements_requirement q where q.id = a.requirement)`;
  const gone = sql`iif(a.due_day >= ${today}, (a.requirement, a.person, a.unit) not in (select requirement, person, unit from hit),
      not exists (select 1 from kernel_position p where p.person = a.person and p.unit = a.unit and p.from_day <= a.due_day and (p.until_day is null or p.until_day >= a.due_day))
      or ${rule(sql`q.roster`)} and not exists (select 1 from kernel_roster_mark m where m.person = a.person and m.from_day <= a.due_day and (m.until_day is null or m.until_day >= a.due_day))
      or coalesce((select instr(coalesce(${rule(sql`q.statuses`)}, '["open"]'), '"' || s.status || '"') = 0 from kernel_unit_status s where s.unit = a.unit and s.from_day <= a.due_day order by s.from_day desc limit 1), 0))`;
  const coming = (kind: SQL, object: SQL, verb: SQL) =>
    sql`select ${newIdSql(ctx.now)}, x.requirement, ${kind}, ${object}, ${verb}, x.person, x.unit, x.position, x.from_day, x.since, iif(e.what is 'deferred', e.due_day, x.due), null, e.what, coalesce(e.leaves, 0)
      from hit x left join requirements_excuse e on e.requirement = x.requirement and e.person = x.person and e.state = 'approved' and (e.of_what = 'all' or ${kind} = 'exam') where x.state = 'active' and ${object} is not null
        and not exists (select 1 from kept a where a.requirement = x.requirement and a.person = x.person and a.kind = ${kind} and iif(a.unit = x.unit, a.position is x.position and (a.due_day = x.due or a.excuse is 'deferred'), not x.each_unit and not a.gone))`;
  return run(sql`insert into kernel_assignment (id, requirement, kind, object, verb, person, unit, position, from_day, since_day, due_day, ended_at, excuse, leaves)
    with hit as materialized (${hits(ctx, whose)}), kept as materialized (select a.*, ${gone} as gone from ${held(whose)})
    ${coming(sql`x.study_kind`, sql`x.study_object`, sql`iif(x.study_kind = 'lessons', 'studied', 'completed')`)}
    union all ${coming(sql`'exam'`, sql`x.exam`, sql`'passed'`)}
    union all select a.id || '-', a.requirement, a.kind, a.object, a.verb, a.person, a.unit, a.position, a.from_day, a.since_day, a.due_day, ${ctx.now}, a.excuse, a.leaves from kept a where a.gone
    on conflict (requirement, person, unit, kind) do update set ended_at = excluded.ended_at, position = excluded.position, since_day = excluded.since_day, due_day = iif(excuse is 'deferred', due_day, excluded.due_day)`);
};
/** Of a rule that is on, the people after one up to another. */
export const assignByRule = (ctx: Context, rule: RequirementId, after: string, upTo: string): Statement =>
  settle(ctx, { rule, after, upTo });
/** Of some people, by every rule that is on. */
export const settlePeople = (ctx: Context, people: readonly PersonId[]): Statement =>
  settle(ctx, { people: sql`select value as person from json_each(${JSON.stringify(people)})` });
/** The same of all who work in units, or below them (kernel_position_unit). */
export const settleUnits = (ctx: Context, units: readonly { unit: UnitId; below: boolean }[]): Statement =>
  settle(ctx, {
    people: sql`select distinct p.person from json_each(${JSON.stringify(units)}) j join kernel_unit_closure c on c.ancestor = j.value ->> 'unit' and (c.depth = 0 or j.value ->> 'below') join kernel_position p on p.unit = c.descendant`,
  });
