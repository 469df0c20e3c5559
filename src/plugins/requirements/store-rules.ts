/** Rules and whom they hit: one query for a preview, for switching on, and for one person who changed. */
import { and, asc, eq, gte, isNotNull, lte, sql, type SQL } from "drizzle-orm";
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
/** Those that are on, whose day falls within the days, and that ask something to study, or an exam (requirements_state). */
export const requirementsDue = (ctx: Context, slot: Slot, from: Day, to: Day) =>
  ctx.db
    .select({ id: requirements.id, name: requirements.name })
    .from(requirements)
    .where(
      and(
        eq(requirements.state, "active"),
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
/** Ends all that a requirement asks. */
export const withdraw = (ctx: Context, id: RequirementId): Statement =>
  run(sql`update kernel_assignment set ended_at = ${ctx.now} where requirement = ${id} and ended_at is null`);

/** A list of the rule `q`: nothing said, or the value among what is said. Words of a list hold no quotation mark. */
const among = (list: SQL, value: SQL): SQL => sql`(${list} is null or instr(${list}, '"' || ${value} || '"') > 0)`;
const between = (from: SQL, to: SQL, day: SQL): SQL =>
  sql`((${from} is null or coalesce(${day}, '') >= ${from}) and (${to} is null or coalesce(${day}, '~') <= ${to}))`;
/** The deadline that a rule `q` sets to who owes it from a day on. */
export const dueOn = (since: SQL): SQL =>
  sql`iif(q.due_by = 'joining', date(${since}, '+' || q.days || ' days'), max(q.due_day, iif(q.days is not null and ${since} > q.from_day, date(${since}, '+' || q.days || ' days'), '')))`;
/** Whose positions are asked: of a rule all, from one person on; or what a subquery `person` yields, by every rule that is on. */
type Whose = { rule: RequirementId; after: string; upTo: string } | { people: SQL };
/**
 * Whom rules hit today: one row a person, or one a person and unit where the rule says so. Who leaves before the deadline is not
 * hit. Of several positions that fit, the main one counts, else the earliest. Index: kernel_position_person.
 */
const hits = (ctx: Context, whose: Whose): SQL => {
  const today = sql`${ctx.today}`;
  const main = mainPositionOn("id", sql`p.person`, today);
  const joined = sql`max(p.from_day, q.from_day)`;
  const due = dueOn(joined);
  const from =
    "rule" in whose
      ? sql`requirements_requirement q cross join kernel_position p on q.id = ${whose.rule} and p.person > ${whose.after} and p.person <= ${whose.upTo}`
      : sql`(${whose.people}) w cross join kernel_position p on p.person = w.person cross join requirements_requirement q on q.state = 'active'`;
  return sql`select * from (
    select q.id as requirement, q.each_unit as each_unit, p.person, p.unit, p.id as position, u.kind, ${joined} as since, ${due} as due,
        row_number() over (partition by q.id, p.person, iif(q.each_unit, p.unit, '') order by p.id = ${main} desc, p.from_day, p.id) as place
      from ${from} join kernel_unit u on u.id = p.unit join kernel_person h on h.id = p.person
      where p.from_day <= ${today} and (p.until_day is null or p.until_day >= ${today} and p.until_day >= ${due}) and ${joined} <= q.due_day
        and instr(coalesce(q.statuses, '["open"]'), '"' || u.status || '"') > 0
        and ${among(sql`q.kinds`, sql`u.kind`)} and ${among(sql`q.posts`, sql`p.post`)} and ${among(sql`q.natures`, sql`p.nature`)} and ${among(sql`q.categories`, sql`coalesce(h.category, '')`)}
        and ${between(sql`q.founded_from`, sql`q.founded_to`, sql`u.founded_on`)} and ${between(sql`q.took_from`, sql`q.took_to`, sql`p.from_day`)}
        and (q.unit is null or exists (select 1 from kernel_unit_closure c where c.ancestor = q.unit and c.descendant = p.unit))
        and (q.roster = 0 or p.id = ${main} and exists (select 1 from kernel_roster_mark m where m.person = p.person and m.from_day <= ${today} and (m.until_day is null or m.until_day >= ${today} and m.until_day >= ${due})))
    ) where place = 1`;
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

/** Makes due what rules ask of whom they hit; who was released and fits again goes on, who is excused is so at a new unit too. Running it again changes nothing. */
const assign = (ctx: Context, whose: Whose): Statement =>
  run(sql`insert into kernel_assignment (id, requirement, kind, object, verb, person, unit, position, from_day, since_day, due_day, excuse, leaves)
    select ${newIdSql(ctx.now)}, x.requirement, i.kind, i.object, case i.kind when 'exam' then 'passed' when 'lessons' then 'studied' else 'completed' end, x.person, x.unit, x.position, q.from_day, x.since, iif(e.what is 'deferred', e.due_day, x.due), e.what, coalesce(e.leaves, 0)
      from (${hits(ctx, whose)}) x join requirements_requirement q on q.id = x.requirement
      join (select id, study_kind as kind, study_object as object from requirements_requirement where study_kind is not null union all select id, 'exam', exam from requirements_requirement where exam is not null) i on i.id = q.id
      left join requirements_excuse e on e.requirement = x.requirement and e.person = x.person and e.state = 'approved' and (e.of_what = 'all' or i.kind = 'exam')
      where x.each_unit or not exists (select 1 from kernel_assignment a where a.requirement = x.requirement and a.person = x.person and a.unit <> x.unit and a.ended_at is null and a.kind = i.kind)
    on conflict (requirement, person, unit, kind) do update set ended_at = null, position = excluded.position, since_day = excluded.since_day, due_day = iif(excuse is 'deferred', due_day, excluded.due_day)
      where ended_at is not null or position is not excluded.position or (due_day <> excluded.due_day and excuse is not 'deferred')`);
/** Of a rule, the people after one up to another. */
export const assignByRule = (ctx: Context, rule: RequirementId, after: string, upTo: string): Statement =>
  assign(ctx, { rule, after, upTo });

/**
 * What the rules that are on ask of some people after what changed, to stand in the same commit after the change: what no longer fits
 * and is not due yet ends, so does what its deadline found gone; what fits by now begins. `people`: a subquery yielding
 * `person`. Index: kernel_assignment_person.
 */
const settle = (ctx: Context, people: SQL): Statement[] => [
  run(sql`update kernel_assignment set ended_at = ${ctx.now} where id in (
      select a.id from (${people}) w cross join kernel_assignment a on a.person = w.person and a.ended_at is null join requirements_requirement q on q.id = a.requirement and q.state = 'active'
        where iif(a.due_day >= ${ctx.today}, (a.requirement, a.person, a.unit) not in (select x.requirement, x.person, x.unit from (${hits(ctx, { people })}) x),
          not exists (select 1 from kernel_position p where p.person = a.person and p.unit = a.unit and p.from_day <= a.due_day and (p.until_day is null or p.until_day >= a.due_day))
          or q.roster and not exists (select 1 from kernel_roster_mark m where m.person = a.person and m.from_day <= a.due_day and (m.until_day is null or m.until_day >= a.due_day))
          or coalesce((select instr(coalesce(q.statuses, '["open"]'), '"' || s.status || '"') = 0 from kernel_unit_status s where s.unit = a.unit and s.from_day <= a.due_day order by s.from_day desc limit 1), 0)))`),
  assign(ctx, { people }),
];
export const settlePeople = (ctx: Context, people: readonly PersonId[]): Statement[] =>
  settle(ctx, sql`select value as person from json_each(${JSON.stringify(people)})`);
/** The same of all who work in units, or below them (kernel_position_unit). */
export const settleUnits = (ctx: Context, units: readonly { unit: UnitId; below: boolean }[]): Statement[] =>
  settle(
    ctx,
    sql`select distinct p.person from json_each(${JSON.stringify(units)}) j join kernel_unit_closure c on c.ancestor = j.value ->> 'unit' and (c.depth = 0 or j.value ->> 'below') join kernel_position p on p.unit = c.descendant`,
  );
