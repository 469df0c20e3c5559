/** Who acts: a person with what they hold today. */
import { and, eq, gt, gte, isNull, lte, or, sql, type SQL } from "drizzle-orm";
import type { Db } from "../context.ts";
import type { PersonId, PositionId, UnitId } from "../ids.ts";
import type { Day, Instant } from "../text/time.ts";
import { authSessions, grants, people, positions, units } from "./schema.ts";
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

/** What makes an actor: the person with positions and grants of the day. `who`: whose, a value or a scalar subquery. */
const readsOf = (db: Db, who: PersonId | SQL<PersonId>, today: Day) =>
  [
    db
      .select({ id: people.id, name: people.name, login: people.login, noticeShown: people.noticeShown, erasedAt: people.erasedAt })
      .from(people)
      .where(eq(people.id, who)),
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
      .where(and(eq(positions.person, who), lte(positions.from, today), or(isNull(positions.until), gte(positions.until, today))))
      .orderBy(positions.from, positions.id),
    db
      .select({ role: grants.role, unit: grants.unit, kinds: grants.kinds })
      .from(grants)
      .where(and(eq(grants.person, who), lte(grants.from, today), or(isNull(grants.until), gte(grants.until, today)))),
  ] as const;

type Strength = Actor["strength"];
type Found = { id: PersonId; name: string; login: string; noticeShown: number | null; erasedAt: number | null };
const actorFrom = (
  person: Found | undefined,
  held: readonly HeldPosition[],
  granted: readonly HeldGrant[],
  session: string,
  strength: Strength,
): Actor | null => {
  if (person === undefined || person.erasedAt !== null || (held.length === 0 && granted.length === 0)) return null;
  const roles = new Set<Role>();
  if (held.length > 0) roles.add("learner");
  for (const position of held) {
    const role = roleOfPost(position.post);
    if (role) roles.add(role);
  }
  for (const grant of granted) roles.add(grant.role);
  const { id, name, login, noticeShown } = person;
  return { person: id, name, login, session, strength, noticeShown, positions: held, grants: granted, roles };
};

/** The person with positions and grants of the day, in one round trip; null where none holds any more. */
export const loadActor = async (db: Db, person: PersonId, session: string, strength: Strength, today: Day): Promise<Actor | null> => {
  const [who, held, granted] = await db.batch(readsOf(db, person, today));
  return actorFrom(who[0], held, granted, session, strength);
};

/** Whose session a token is, with positions and grants of the day, in one round trip; null where it has ended, or they have. */
export const actorOfToken = async (db: Db, token: string, now: Instant, today: Day): Promise<Actor | null> => {
  const holds = and(eq(authSessions.token, token), gt(authSessions.expiresAt, new Date(now)));
  const who = sql<PersonId>`(select ${authSessions.userId} from ${authSessions} where ${holds})`;
  const [sessions, found, held, granted] = await db.batch([
    db.select({ id: authSessions.id, strength: authSessions.strength }).from(authSessions).where(holds),
    ...readsOf(db, who, today),
  ]);
  const session = sessions[0];
  return session === undefined ? null : actorFrom(found[0], held, granted, session.id, session.strength === "link" ? "link" : "password");
};

/** SQL that is true for a position or grant that holds on a day. */
export const holdsOn = (table: typeof positions | typeof grants, on: Day) =>
  sql`${table.from} <= ${on} and (${table.until} is null or ${table.until} >= ${on})`;
/** The position of a day that counts, in SQL and as `mainPosition` says: its id or its unit (kernel_position_person). `only` narrows `x`. */
export const mainPositionOn = (what: "id" | "unit", person: SQL, on: SQL, only: SQL = sql`1 = 1`): SQL =>
  sql`(select x.${sql.raw(what)} from kernel_position x where x.person = ${person} and x.from_day <= ${on} and (x.until_day is null or x.until_day >= ${on}) and ${only} order by x.main desc, x.nature = 'personnel' desc, x.from_day, x.id limit 1)`;
