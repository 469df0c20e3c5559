/** Permissions and reach: what a role may do, and in which units. */
import { sql, type SQL } from "drizzle-orm";
import type { AnySQLiteColumn } from "drizzle-orm/sqlite-core";
import type { UnitId } from "../ids.ts";
import type { Actor } from "./actor.ts";
import { roleOfPost } from "./actor.ts";
import type { Role, UnitKind } from "./kinds.ts";

/** Any signed-in person with a position or grant. */
export const everyone = "everyone";
/**
 * A permission. `strong` asks for a session that has shown a password; it is so unless everyone has it, because what
 * only some roles may do shows others' data (DESIGN.md, "Who").
 */
export type Permission = {
  readonly id: string;
  readonly by: readonly Role[] | typeof everyone;
  readonly strong: boolean;
  readonly open?: true;
};
export const permission = (id: string, how: { by: readonly Role[] | typeof everyone; strong?: boolean }): Permission => ({
  id,
  by: how.by,
  strong: how.strong ?? how.by !== everyone,
});
/** No sign-in needed. */
export const anyone: Permission = { id: "kernel.anyone", by: everyone, strong: false, open: true };
/** Any signed-in person. */
export const signedIn: Permission = { id: "kernel.everyone", by: everyone, strong: false };
/** The roles of the bureau's own administration. */
export const bureau = ["officer", "administrator"] as const satisfies readonly Role[];

export const isAllowed = (actor: Actor, wanted: Permission): boolean =>
  wanted.by === everyone || wanted.by.some((role) => actor.roles.has(role));

/** One part of a reach: a subtree (null: the whole tree), narrowed to kinds (null: all). */
export type Area = { unit: UnitId | null; kinds: readonly UnitKind[] | null };
export type Reach = { all: boolean; areas: readonly Area[] };

/** Which units a permission reaches for an actor. */
export const reachOf = (actor: Actor, wanted: Permission): Reach => {
  const areas: Area[] = [];
  const gives = (role: Role) => wanted.by === everyone || wanted.by.includes(role);
  for (const grant of actor.grants) if (gives(grant.role)) areas.push({ unit: grant.unit, kinds: grant.kinds });
  for (const position of actor.positions) {
    const role = roleOfPost(position.post);
    if (role !== null && gives(role)) areas.push({ unit: position.unit, kinds: null });
  }
  return { all: areas.some((area) => area.unit === null && area.kinds === null), areas };
};

/** SQL that is true where a unit column lies within the reach. */
export const within = (reach: Reach, column: AnySQLiteColumn | SQL): SQL => {
  if (reach.all) return sql`1 = 1`;
  if (reach.areas.length === 0) return sql`1 = 0`;
  const parts = reach.areas.map((area) => {
    const kinds = area.kinds === null ? null : JSON.stringify(area.kinds);
    if (area.unit === null) return sql`${column} in (select id from kernel_unit where kind in (select value from json_each(${kinds})))`;
    if (kinds === null) return sql`${column} in (select descendant from kernel_unit_closure where ancestor = ${area.unit})`;
    return sql`${column} in (select c.descendant from kernel_unit_closure c join kernel_unit u on u.id = c.descendant where c.ancestor = ${area.unit} and u.kind in (select value from json_each(${kinds})))`;
  });
  return sql`(${sql.join(parts, sql` or `)})`;
};
