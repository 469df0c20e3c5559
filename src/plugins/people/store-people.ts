/** Queries of people, positions, roster marks and grants. */
import { and, eq, gt, isNull, or, sql, type SQL } from "drizzle-orm";
import {
  must,
  rowsOf,
  run,
  within,
  type Category,
  type Context,
  type Day,
  type GrantId,
  type GrantRole,
  type Nature,
  type PersonId,
  type PositionId,
  type Post,
  type Reach,
  type Statement,
  type UnitId,
  type UnitKind,
} from "#kernel";
import { grants, people, positions, rosterMarks, units } from "#kernel/schema";

/** SQL that is true for a person with a position, past or present, within a reach: whom one may see. */
export const seen = (reach: Reach, person: SQL): SQL =>
  reach.all ? sql`1 = 1` : sql`exists (select 1 from kernel_position v where v.person = ${person} and ${within(reach, sql`v.unit`)})`;

export type Person = Omit<typeof people.$inferSelect, "idNumber" | "idNumberKey" | "idNumberMatch"> & { hasIdNumber: boolean };

/** A person within a reach; one outside looks like one that never was. Index: the primary key, kernel_position_person. */
export const findPerson = async (ctx: Context, reach: Reach, id: PersonId): Promise<Person | undefined> => {
  const row = await ctx.db
    .select()
    .from(people)
    .where(and(eq(people.id, id), isNull(people.erasedAt), seen(reach, sql`${people.id}`)))
    .get();
  if (row === undefined) return undefined;
  const { idNumber, idNumberKey: _key, idNumberMatch: _match, ...rest } = row;
  return { ...rest, hasIdNumber: idNumber !== null };
};

export type PositionView = {
  id: PositionId;
  unit: UnitId;
  unitName: string;
  unitKind: UnitKind;
  nature: Nature;
  post: Post;
  from: Day;
  until: Day | null;
  main: boolean;
  unconfirmed: boolean;
};

/** A person's positions within a reach, the running ones first. Index: kernel_position_person. */
export const positionsOf = (ctx: Context, reach: Reach, person: PersonId): Promise<PositionView[]> =>
  ctx.db
    .select({
      id: positions.id,
      unit: positions.unit,
      unitName: units.name,
      unitKind: units.kind,
      nature: positions.nature,
      post: positions.post,
      from: positions.from,
      until: positions.until,
      main: positions.main,
      unconfirmed: positions.unconfirmed,
    })
    .from(positions)
    .innerJoin(units, eq(units.id, positions.unit))
    .where(and(eq(positions.person, person), within(reach, positions.unit)))
    .orderBy(sql`${positions.until} is not null`, positions.from, positions.id)
    .limit(200);

/** A position within a reach, with its person's name. Index: the primary key. */
export const findPosition = (ctx: Context, reach: Reach, id: PositionId) =>
  ctx.db
    .select({
      id: positions.id,
      person: positions.person,
      personName: people.name,
      unit: positions.unit,
      nature: positions.nature,
      post: positions.post,
      from: positions.from,
      until: positions.until,
      main: positions.main,
      unconfirmed: positions.unconfirmed,
    })
    .from(positions)
    .innerJoin(people, eq(people.id, positions.person))
    .where(and(eq(positions.id, id), within(reach, positions.unit)))
    .get();

/** The marks of 学法名册. Index: the primary key of kernel_roster_mark. */
export const marksOf = (ctx: Context, person: PersonId) =>
  ctx.db.select().from(rosterMarks).where(eq(rosterMarks.person, person)).orderBy(rosterMarks.from).limit(50);

/** Roles given, past ones too. Index: kernel_grant_person. */
export const grantsOf = (ctx: Context, person: PersonId) =>
  ctx.db
    .select({
      id: grants.id,
      role: grants.role,
      unit: grants.unit,
      unitName: units.name,
      kinds: grants.kinds,
      from: grants.from,
      until: grants.until,
      reason: grants.reason,
    })
    .from(grants)
    .leftJoin(units, eq(units.id, grants.unit))
    .where(eq(grants.person, person))
    .orderBy(grants.from)
    .limit(100);

export const findGrant = (ctx: Context, id: GrantId) => ctx.db.select().from(grants).where(eq(grants.id, id)).get();

/** A person's entries within a reach, confirmed. */
export const confirmPerson = (ctx: Context, reach: Reach, person: PersonId): Statement[] => [
  ctx.db.update(people).set({ unconfirmed: false }).where(eq(people.id, person)),
  ctx.db
    .update(positions)
    .set({ unconfirmed: false })
    .where(and(eq(positions.person, person), within(reach, positions.unit))),
];

export type PersonFacts = {
  name: string;
  employeeNo: string | null;
  phone: string | null;
  email: string | null;
  category: Category | null;
};

export const putPerson = (ctx: Context, id: PersonId, facts: Partial<PersonFacts> & { unconfirmed?: boolean }) =>
  must(
    ctx.db
      .update(people)
      .set({ ...facts, ...(facts.phone === undefined ? {} : { phoneTail: facts.phone?.slice(-4) ?? null }) })
      .where(eq(people.id, id)),
  );

export const putIdNumber = (ctx: Context, id: PersonId, number: { sealed: string; key: number; match: string } | null) =>
  must(
    ctx.db
      .update(people)
      .set({ idNumber: number?.sealed ?? null, idNumberKey: number?.key ?? null, idNumberMatch: number?.match ?? null })
      .where(eq(people.id, id)),
  );

export const findIdNumber = (ctx: Context, id: PersonId) =>
  ctx.db.select({ sealed: people.idNumber, key: people.idNumberKey }).from(people).where(eq(people.id, id)).get();

/** Which of these 登录号 are taken. Index: kernel_person_login. */
export const takenLogins = async (ctx: Context, logins: readonly string[]): Promise<Set<string>> =>
  new Set(
    (
      await rowsOf<{ login: string }>(
        ctx,
        sql`select login from kernel_person where login in (select value from json_each(${JSON.stringify(logins)}))`,
      )
    ).map((r) => r.login),
  );

/** Whether another person has this 工号. Index: kernel_person_employee_no. */
export const employeeNoTaken = async (ctx: Context, no: string, but: PersonId | null): Promise<boolean> =>
  (await rowsOf(ctx, sql`select 1 from kernel_person where employee_no = ${no} and id is not ${but} limit 1`)).length > 0;

/** People of one name who hold a position in a unit today. Indexes: kernel_person_name, kernel_position_person. */
export const namesakesAt = (ctx: Context, unit: UnitId, personName: string) =>
  rowsOf<{ id: PersonId; phone: string | null }>(
    ctx,
    sql`select p.id, p.phone from kernel_person p where p.name = ${personName} and p.erased_at is null and exists (select 1 from kernel_position x where x.person = p.id and x.unit = ${unit} and (x.until_day is null or x.until_day >= ${ctx.today})) limit 20`,
  );

/** Gives a position its last day; refused where it has an earlier or the same one. */
export const endPosition = (ctx: Context, id: PositionId, until: Day, unconfirmed: boolean) =>
  must(
    ctx.db
      .update(positions)
      .set({ until, ...(unconfirmed ? { unconfirmed: true } : {}) })
      .where(and(eq(positions.id, id), or(isNull(positions.until), gt(positions.until, until)))),
  );

/** Gives a position back the last day that it had, where its unit closed it and no officer has confirmed that. */
export const reopenPosition = (ctx: Context, id: PositionId, closed: Day, until: Day | null) =>
  must(
    ctx.db
      .update(positions)
      .set({ until })
      .where(and(eq(positions.id, id), eq(positions.until, closed), eq(positions.unconfirmed, true))),
  );

/** Ends what a unit entered before it began, so that it never counts; refused where an officer decided on it meanwhile. */
export const rejectPosition = (ctx: Context, position: { id: PositionId; person: PersonId }, until: Day) => [
  ...must(
    ctx.db
      .update(positions)
      .set({ until, unconfirmed: false })
      .where(and(eq(positions.id, position.id), eq(positions.unconfirmed, true), isNull(positions.until))),
  ),
  // Whoever was entered with it and has nothing else waits for nobody's word any more.
  run(
    sql`update kernel_person set unconfirmed = 0 where id = ${position.person} and not exists (select 1 from kernel_position x where x.person = ${position.person} and x.id <> ${position.id})`,
  ),
];

/** Marks a position as its person's main one, and no other. */
export const markMain = (person: PersonId, id: PositionId): Statement[] => [
  run(sql`update kernel_position set main = (id = ${id}) where person = ${person}`),
];

export const endMark = (ctx: Context, person: PersonId, until: Day) =>
  must(
    ctx.db
      .update(rosterMarks)
      .set({ until })
      .where(and(eq(rosterMarks.person, person), isNull(rosterMarks.until), sql`${rosterMarks.from} <= ${until}`)),
  );

/** Whether a mark holds on or after a day. */
export const hasMarkFrom = async (ctx: Context, person: PersonId, from: Day): Promise<boolean> =>
  (
    await rowsOf(
      ctx,
      sql`select 1 from kernel_roster_mark where person = ${person} and (until_day is null or until_day >= ${from}) limit 1`,
    )
  ).length > 0;

export const endGrant = (ctx: Context, id: GrantId, until: Day) =>
  must(
    ctx.db
      .update(grants)
      .set({ until })
      .where(and(eq(grants.id, id), or(isNull(grants.until), gt(grants.until, until)))),
  );

/** True while somebody is an administrator of everything, the day after a day. */
export const administratorStays = (day: Day): SQL =>
  sql`exists (select 1 from kernel_grant g where g.role = 'administrator' and g.unit is null and g.kinds is null and (g.until_day is null or g.until_day > ${day}))`;

export type GrantView = {
  id: GrantId;
  role: GrantRole;
  unit: UnitId | null;
  unitName: string | null;
  kinds: UnitKind[] | null;
  from: Day;
  until: Day | null;
  reason: string;
};

/**
 * SQL that is true for a person all of whose roles lie within a reach: whoever gets into such an account gets no more
 * than the reach. Grants are within for nobody but an administrator of everything.
 */
export const noMoreThan = (ctx: Context, reach: Reach, everything: boolean, person: SQL): SQL =>
  everything
    ? sql`1 = 1`
    : sql`not exists (select 1 from kernel_grant g where g.person = ${person} and (g.until_day is null or g.until_day >= ${ctx.today}))
        and not exists (select 1 from kernel_position r where r.person = ${person} and r.post in ('principal', 'liaison') and (r.until_day is null or r.until_day >= ${ctx.today}) and not ${within(reach, sql`r.unit`)})`;

/** Whether every running position of a person lies within a reach, and no grant. */
export const isWhollyIn = async (ctx: Context, reach: Reach, person: PersonId): Promise<boolean> =>
  (
    await rowsOf(
      ctx,
      sql`select 1 where not exists (select 1 from kernel_position r where r.person = ${person} and (r.until_day is null or r.until_day >= ${ctx.today}) and not ${within(reach, sql`r.unit`)})
        and not exists (select 1 from kernel_grant g where g.person = ${person} and (g.until_day is null or g.until_day >= ${ctx.today}))`,
    )
  ).length > 0;
