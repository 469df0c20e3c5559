/** Who acts: a person with what they hold today. */
import { and, eq, gte, isNull, lte, or, sql } from "drizzle-orm";
import type { Db } from "../context.ts";
import type { PersonId, PositionId, UnitId } from "../ids.ts";
import type { Day } from "../text/time.ts";
import { grants, people, positions, units } from "./schema.ts";
import type { GrantRole, Nature, Post, Role, UnitKind } from "./kinds.ts";

/** A position that holds today. */
export type HeldPosition = {
  id: PositionId;
  unit: UnitId;
  unitName: string;
  unitKind: UnitKind;
  nature: Nature;
  post: Post;
  main: boolean;
};
/** A grant that holds today; `unit` null: everything, `kinds` null: all kinds. */
export type HeldGrant = { role: GrantRole; unit: UnitId | null; kinds: UnitKind[] | null };
export type Actor = {
  readonly person: PersonId;
  readonly name: string;
  readonly login: string;
  readonly session: string;
  /** "link": signed in by a one-time link, no password set yet. */
  readonly strength: "password" | "link";
  readonly noticeShown: number | null;
  readonly positions: readonly HeldPosition[];
  readonly grants: readonly HeldGrant[];
  readonly roles: ReadonlySet<Role>;
};

/** The role that a post gives beside learner, if any: 校长/主要负责人 is head, 普法联络员 is unit officer. */
export const roleOfPost = (post: Post): "head" | "unit-officer" | null =>
  post === "principal" ? "head" : post === "liaison" ? "unit-officer" : null;

/** The position of the day that counts: one marked main, else 人事关系所在, else the earliest. */
export const mainPosition = (held: readonly HeldPosition[]): HeldPosition | undefined =>
  held.find((p) => p.main) ?? held.find((p) => p.nature === "personnel") ?? held[0];

/** The person with positions and grants of the day, in two queries in one round; null where none holds any more. */
export const loadActor = async (
  db: Db,
  person: PersonId,
  session: string,
  strength: "password" | "link",
  today: Day,
): Promise<Actor | null> => {
  const [who, held, granted] = await db.batch([
    db
      .select({ name: people.name, login: people.login, noticeShown: people.noticeShown, erasedAt: people.erasedAt })
      .from(people)
      .where(eq(people.id, person)),
    db
      .select({
        id: positions.id,
        unit: positions.unit,
        unitName: units.name,
        unitKind: units.kind,
        nature: positions.nature,
        post: positions.post,
        main: positions.main,
      })
      .from(positions)
      .innerJoin(units, eq(units.id, positions.unit))
      .where(and(eq(positions.person, person), lte(positions.from, today), or(isNull(positions.until), gte(positions.until, today))))
      .orderBy(positions.from, positions.id),
    db
      .select({ role: grants.role, unit: grants.unit, kinds: grants.kinds })
      .from(grants)
      .where(and(eq(grants.person, person), lte(grants.from, today), or(isNull(grants.until), gte(grants.until, today)))),
  ]);
  const row = who[0];
  if (row === undefined || row.erasedAt !== null || (held.length === 0 && granted.length === 0)) return null;
  const roles = new Set<Role>();
  if (held.length > 0) roles.add("learner");
  for (const position of held) {
    const role = roleOfPost(position.post);
    if (role) roles.add(role);
  }
  for (const grant of granted) roles.add(grant.role);
  return {
    person,
    name: row.name,
    login: row.login,
    session,
    strength,
    noticeShown: row.noticeShown,
    positions: held,
    grants: granted,
    roles,
  };
};

/** SQL that is true for a position or grant that holds on a day. */
export const holdsOn = (table: typeof positions | typeof grants, on: Day) =>
  sql`${table.from} <= ${on} and (${table.until} is null or ${table.until} >= ${on})`;
