/** Queries of units and their tree. */
import { and, eq, sql, type SQL } from "drizzle-orm";
import {
  must,
  mustHold,
  rowsOf,
  run,
  within,
  type Context,
  type Day,
  type Reach,
  type Statement,
  type UnitId,
  type UnitKind,
  type UnitStatus,
} from "#kernel";
import { units, unitStatusHistory } from "#kernel/schema";

export type Unit = typeof units.$inferSelect;
/** A unit within a reach; one outside looks like one that never was. Index: the primary key. */
export const findUnit = (ctx: Context, reach: Reach, id: UnitId) =>
  ctx.db
    .select()
    .from(units)
    .where(and(eq(units.id, id), within(reach, units.id)))
    .get();
/** The body itself, at the top of the tree. Index: kernel_unit_parent. */
export const findRoot = (ctx: Context) =>
  ctx.db
    .select()
    .from(units)
    .where(sql`${units.parent} is null`)
    .limit(1)
    .get();
/** A unit and everything above it. Index: kernel_unit_closure_up. */
export const ancestorsOf = async (ctx: Context, id: UnitId): Promise<UnitId[]> =>
  (await rowsOf<{ ancestor: UnitId }>(ctx, sql`select ancestor from kernel_unit_closure where descendant = ${id} order by depth`)).map(
    (r) => r.ancestor,
  );

export type UnitListRow = { id: UnitId; name: string; kind: UnitKind; status: UnitStatus; parentName: string | null; people: number };
/** Units within a reach by name; `after` is the last name and id of the page before. Indexes: kernel_unit_name, kernel_unit_kind_name, kernel_position_unit. */
export const listUnits = (
  ctx: Context,
  reach: Reach,
  f: { q?: string | undefined; kind?: UnitKind | undefined; status?: UnitStatus | undefined },
  after: { name: string; id: string },
  limit: number,
): Promise<UnitListRow[]> => {
  const parts: SQL[] = [sql`(u.name, u.id) > (${after.name}, ${after.id})`, within(reach, sql`u.id`)];
  if (f.q !== undefined) parts.push(sql`(instr(u.name, ${f.q}) > 0 or u.code = ${f.q})`);
  if (f.kind !== undefined) parts.push(sql`u.kind = ${f.kind}`);
  if (f.status !== undefined) parts.push(sql`u.status = ${f.status}`);
  return rowsOf(
    ctx,
    sql`select u.id, u.name, u.kind, u.status, up.name as parentName,
        (select count(distinct x.person) from kernel_position x where x.unit = u.id and x.from_day <= ${ctx.today} and (x.until_day is null or x.until_day >= ${ctx.today})) as people
      from kernel_unit u left join kernel_unit up on up.id = u.parent where ${sql.join(parts, sql` and `)} order by u.name, u.id limit ${limit}`,
  );
};
/**
 * Units within a reach that somebody may mean: by code, by full name (those first), or by a part of the name; `root`: the
 * body itself too. Read once, when a form is sent. Index: kernel_unit_name.
 */
export const unitsLike = (ctx: Context, reach: Reach, typed: string, root: boolean, limit: number) =>
  rowsOf<{ id: UnitId; name: string; exact: number }>(
    ctx,
    sql`select u.id, u.name, u.name = ${typed} or u.code = ${typed} as exact from kernel_unit u
      where (instr(u.name, ${typed}) > 0 or u.code = ${typed}) and (${within(reach, sql`u.id`)} or (${root ? 1 : 0} and u.parent is null))
      order by exact desc, length(u.name), u.name, u.id limit ${limit}`,
  );
/** Units to choose from, within a reach; at most `limit`. Index: kernel_unit_name. */
export const unitChoices = (ctx: Context, reach: Reach, limit = 2000) =>
  ctx.db
    .select({ id: units.id, name: units.name, kind: units.kind })
    .from(units)
    .where(within(reach, units.id))
    .orderBy(units.name, units.id)
    .limit(limit);
/** The direct children of a unit within a reach. Index: kernel_unit_parent. */
export const childrenOf = (ctx: Context, reach: Reach, id: UnitId) =>
  ctx.db
    .select({ id: units.id, name: units.name, kind: units.kind, status: units.status })
    .from(units)
    .where(and(eq(units.parent, id), within(reach, units.id)))
    .orderBy(units.name, units.id)
    .limit(500);
/** How its status changed. Index: the primary key of kernel_unit_status. */
export const statusesOf = (ctx: Context, id: UnitId) =>
  ctx.db.select().from(unitStatusHistory).where(eq(unitStatusHistory.unit, id)).orderBy(unitStatusHistory.from).limit(100);

export type UnitFacts = Pick<
  Unit,
  "name" | "kind" | "code" | "permit" | "permitUntil" | "authority" | "supervisor" | "academic" | "profit" | "foundedOn"
>;
export const putUnit = (ctx: Context, id: UnitId, facts: UnitFacts) => must(ctx.db.update(units).set(facts).where(eq(units.id, id)));
/** From a day on the unit has this status; what comes later in the history stays later. Index: the primary key of kernel_unit_status. */
export const putStatus = (ctx: Context, id: UnitId, since: Day, status: UnitStatus): Statement[] => [
  run(
    sql`insert into kernel_unit_status (unit, from_day, status) values (${id}, ${since}, ${status}) on conflict (unit, from_day) do update set status = excluded.status`,
  ),
  run(
    sql`update kernel_unit set status = coalesce((select status from kernel_unit_status where unit = ${id} and from_day <= ${ctx.today} order by from_day desc limit 1), ${status}) where id = ${id}`,
  ),
];
/** Units whose status of the day differs from the one shown, made so; for the nightly sweep. */
export const refreshStatuses = (ctx: Context): Statement =>
  run(
    sql`update kernel_unit set status = s.status from (select unit, status, max(from_day) from kernel_unit_status where from_day <= ${ctx.today} group by unit) s where s.unit = kernel_unit.id and s.status <> kernel_unit.status`,
  );
/** Hangs a unit with all below it under another parent; refused when that stands below it. */
export const moveUnder = (ctx: Context, id: UnitId, parent: UnitId): Statement[] => [
  mustHold(sql`not exists (select 1 from kernel_unit_closure where ancestor = ${id} and descendant = ${parent})`),
  ...must(
    ctx.db
      .update(units)
      .set({ parent })
      .where(and(eq(units.id, id), sql`${units.parent} is not null`)),
  ),
  run(
    sql`delete from kernel_unit_closure where descendant in (select descendant from kernel_unit_closure where ancestor = ${id}) and ancestor not in (select descendant from kernel_unit_closure where ancestor = ${id})`,
  ),
  run(
    sql`insert into kernel_unit_closure (ancestor, descendant, depth) select up.ancestor, down.descendant, up.depth + down.depth + 1 from kernel_unit_closure up join kernel_unit_closure down on down.ancestor = ${id} where up.descendant = ${parent}`,
  ),
];
/** Whether a unit of this name stands under this parent already. Index: kernel_unit_parent. */
export const hasSibling = async (ctx: Context, parent: UnitId, unitName: string): Promise<boolean> =>
  (await ctx.db
    .select({ id: units.id })
    .from(units)
    .where(and(eq(units.parent, parent), eq(units.name, unitName)))
    .limit(1)
    .get()) !== undefined;
/** Names of units within a reach, in the order given. Index: the primary key. */
export const namesOfUnits = async (ctx: Context, reach: Reach, ids: readonly UnitId[]): Promise<{ id: UnitId; name: string }[]> => {
  if (ids.length === 0) return [];
  const rows = await rowsOf<{ id: UnitId; name: string }>(
    ctx,
    sql`select id, name from kernel_unit where id in (select value from json_each(${JSON.stringify(ids)})) and ${within(reach, sql`id`)}`,
  );
  return ids.flatMap((id) => rows.filter((row) => row.id === id));
};
