/** Queries of people, positions, roster marks and grants. */
import { and, eq, isNull, or, gt, sql, type SQL } from "drizzle-orm";
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

export type PeopleFilter = {
  q?: string | undefined;
  unit?: UnitId | undefined;
  kind?: UnitKind | undefined;
  category?: Category | undefined;
  roster?: boolean | undefined;
  show?: "here" | "left" | "unconfirmed" | undefined;
};
export type PersonListRow = {
  id: PersonId;
  name: string;
  login: string;
  employeeNo: string | null;
  phone: string | null;
  category: Category | null;
  unconfirmed: number;
  unit: UnitId | null;
  unitName: string | null;
  post: Post | null;
  nature: Nature | null;
  until: Day | null;
  roster: number;
};
const onDay = (alias: SQL, today: Day): SQL =>
  sql`${alias}.from_day <= ${today} and (${alias}.until_day is null or ${alias}.until_day >= ${today})`;
/**
 * People within a reach by name; `after` is the last name and id of the page before. `q` is the start of a name, the end
 * of a phone (four digits), a whole phone, 工号 or 登录号, or a part of a unit's name.
 * Indexes: kernel_person_name, kernel_person_phone_tail, kernel_person_phone, kernel_person_employee_no, kernel_person_login, kernel_position_person, kernel_position_unit.
 */
export const listPeople = (
  ctx: Context,
  reach: Reach,
  f: PeopleFilter,
  after: { name: string; id: string },
  limit: number,
): Promise<PersonListRow[]> => {
  const { today } = ctx;
  const parts: SQL[] = [sql`p.erased_at is null`, sql`(p.name, p.id) > (${after.name}, ${after.id})`];
  if (f.q !== undefined) {
    const compact = f.q.normalize("NFKC").replace(/\s+/g, "");
    if (/^\d{4}$/.test(compact)) parts.push(sql`p.phone_tail = ${compact}`);
    else if (/^[\da-zA-Z]+$/.test(compact))
      parts.push(
        sql`p.id in (select id from kernel_person where phone = ${compact} union select id from kernel_person where employee_no in (${compact}, ${compact.toUpperCase()}) union select id from kernel_person where login = ${compact.toLowerCase()})`,
      );
    else
      parts.push(
        sql`p.id in (select id from kernel_person where name >= ${compact} and name < ${`${compact}\u{10FFFF}`} union select w.person from kernel_position w where w.unit in (select id from kernel_unit where instr(name, ${compact}) > 0) and ${onDay(sql`w`, today)} and ${within(reach, sql`w.unit`)})`,
      );
  }
  const place: SQL[] = [within(reach, sql`x.unit`)];
  if (f.unit !== undefined) place.push(sql`x.unit in (select descendant from kernel_unit_closure where ancestor = ${f.unit})`);
  if (f.kind !== undefined) place.push(sql`x.unit in (select id from kernel_unit where kind = ${f.kind})`);
  const here = sql`select 1 from kernel_position x where x.person = p.id and ${sql.join(place, sql` and `)}`;
  if (f.show === "left") parts.push(sql`exists (${here}) and not exists (${here} and (x.until_day is null or x.until_day >= ${today}))`);
  else if (f.show === "unconfirmed") parts.push(sql`p.id in (${waitingPeople(reach)}) and exists (${here})`);
  else if (f.show === "here" || f.unit !== undefined || f.kind !== undefined)
    parts.push(sql`exists (${here} and (x.until_day is null or x.until_day >= ${today}))`);
  else parts.push(seen(reach, sql`p.id`));
  if (f.category !== undefined) parts.push(sql`p.category = ${f.category}`);
  const marked = sql`exists (select 1 from kernel_roster_mark m where m.person = p.id and ${onDay(sql`m`, today)})`;
  if (f.roster !== undefined) parts.push(f.roster ? marked : sql`not ${marked}`);
  return rowsOf(
    ctx,
    sql`select l.*, t.unit, t.post, t.nature, t.until_day as until, u.name as unitName from (
        select p.id, p.name, p.login, p.employee_no as employeeNo, p.phone, p.category, p.unconfirmed, ${marked} as roster from kernel_person p where ${sql.join(parts, sql` and `)} order by p.name, p.id limit ${limit}
      ) l left join kernel_position t on t.id = (select x.id from kernel_position x where x.person = l.id and ${sql.join(place, sql` and `)}
          order by (x.from_day <= ${today} and (x.until_day is null or x.until_day >= ${today})) desc, x.main desc, x.nature = 'personnel' desc, x.from_day desc, x.id limit 1)
        left join kernel_unit u on u.id = t.unit order by l.name, l.id`,
  );
};

export type UnconfirmedRow = {
  person: PersonId;
  name: string;
  phone: string | null;
  corrected: number;
  position: PositionId;
  unit: UnitId;
  unitName: string;
  post: Post;
  nature: Nature;
  from: Day;
  until: Day | null;
  entered: number;
  sameName: number;
};
const waitingPeople = (reach: Reach): SQL =>
  sql`select p.id from kernel_person p where p.id in (select person from kernel_position where unconfirmed = 1 and ${within(reach, sql`unit`)} union select id from kernel_person c where c.unconfirmed = 1 and ${seen(reach, sql`c.id`)})`;
/**
 * What units entered and no officer has confirmed, within a reach: at most `limit` people in the order of their ids, each
 * with the positions within the reach. Indexes: kernel_position_unconfirmed, kernel_person_unconfirmed, kernel_person_name.
 */
export const listUnconfirmed = (ctx: Context, reach: Reach, after: string, limit: number): Promise<UnconfirmedRow[]> =>
  rowsOf(
    ctx,
    sql`select p.id as person, p.name, p.phone, p.unconfirmed as corrected, x.id as position, x.unit, u.name as unitName, x.post, x.nature, x.from_day as "from", x.until_day as until, x.unconfirmed as entered,
        (select count(*) from kernel_person o where o.name = p.name and o.id <> p.id and ${seen(reach, sql`o.id`)}) as sameName
      from (${waitingPeople(reach)} and p.id > ${after} order by p.id limit ${limit}) w join kernel_person p on p.id = w.id join kernel_position x on x.person = p.id and ${within(reach, sql`x.unit`)} join kernel_unit u on u.id = x.unit
      order by p.id, x.from_day, x.id`,
  );
export const countUnconfirmed = async (ctx: Context, reach: Reach): Promise<number> =>
  (await rowsOf<{ n: number }>(ctx, sql`select count(*) as n from (${waitingPeople(reach)})`))[0]?.n ?? 0;
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
/** Whether a person's account may be touched by somebody with a reach (see `noMoreThan`), and lies in it now. */
export const isBelow = async (ctx: Context, reach: Reach, everything: boolean, person: PersonId): Promise<boolean> =>
  (await rowsOf(ctx, sql`select 1 from kernel_person p where p.id = ${person} and ${noMoreThan(ctx, reach, everything, sql`p.id`)}`))
    .length > 0;
/** Whether every running position of a person lies within a reach, and no grant. */
export const isWhollyIn = async (ctx: Context, reach: Reach, person: PersonId): Promise<boolean> =>
  (
    await rowsOf(
      ctx,
      sql`select 1 where not exists (select 1 from kernel_position r where r.person = ${person} and (r.until_day is null or r.until_day >= ${ctx.today}) and not ${within(reach, sql`r.unit`)})
        and not exists (select 1 from kernel_grant g where g.person = ${person} and (g.until_day is null or g.until_day >= ${ctx.today}))`,
    )
  ).length > 0;

export type OwnRow = {
  position: PositionId;
  person: PersonId;
  name: string;
  login: string;
  phone: string | null;
  unit: UnitId;
  unitName: string;
  post: Post;
  nature: Nature;
  from: Day;
  until: Day | null;
  waiting: number;
  password: number;
  ok: number;
};
/**
 * Positions of today (or to come) in the units of a reach, by unit and id; `ok`: all of the person's roles lie within.
 * Indexes: kernel_unit_name, kernel_position_unit, kernel_account_user.
 */
export const listOwn = (ctx: Context, reach: Reach, after: { name: string; id: string }, limit: number): Promise<OwnRow[]> =>
  rowsOf(
    ctx,
    sql`select x.id as position, p.id as person, p.name, p.login, p.phone, x.unit, u.name as unitName, x.post, x.nature, x.from_day as "from", x.until_day as until, max(x.unconfirmed, p.unconfirmed) as waiting,
        exists (select 1 from kernel_account a where a.user_id = p.id and a.provider_id = 'credential') as password, (${noMoreThan(ctx, reach, false, sql`p.id`)}) as ok
      from kernel_unit u join kernel_position x on x.unit = u.id join kernel_person p on p.id = x.person
      where (u.name, x.id) > (${after.name}, ${after.id}) and ${within(reach, sql`u.id`)} and (x.until_day is null or x.until_day >= ${ctx.today}) and p.erased_at is null
      order by u.name, x.id limit ${limit}`,
  );
