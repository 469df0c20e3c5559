/** Lists of people: the search, what waits for confirmation, and the roster of one's own unit. */
import { sql, type SQL } from "drizzle-orm";
import {
  day,
  rowsOf,
  startOfDay,
  within,
  type Category,
  type Context,
  type Day,
  type Nature,
  type PersonId,
  type PositionId,
  type Post,
  type Reach,
  type UnitId,
  type UnitKind,
} from "#kernel";
import { noMoreThan, seen } from "./store-people.ts";

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
  /** Whether a position or a grant runs, or is to come: there is something to sign in for. */
  belongs: number;
};

const onDay = (alias: SQL, today: Day): SQL =>
  sql`${alias}.from_day <= ${today} and (${alias}.until_day is null or ${alias}.until_day >= ${today})`;

/**
 * People within a reach by name; `after` is the last name and id of the page before. `q` is the start of a name, the end
 * of a phone (four digits), a whole phone, 工号 or 登录号, or a part of a unit's name.
 * Indexes: kernel_person_name, kernel_person_phone_tail, kernel_person_phone, kernel_person_employee_no, kernel_person_login, kernel_position_person, kernel_position_unit, kernel_grant_person.
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
  // What stands in the row says it of most; the rest is asked for.
  const belongs = sql`((t.id is not null and (t.until_day is null or t.until_day >= ${today}))
    or exists (select 1 from kernel_position y where y.person = l.id and (y.until_day is null or y.until_day >= ${today}))
    or exists (select 1 from kernel_grant g where g.person = l.id and (g.until_day is null or g.until_day >= ${today})))`;
  if (f.roster !== undefined) parts.push(f.roster ? marked : sql`not ${marked}`);
  return rowsOf(
    ctx,
    sql`select l.*, ${belongs} as belongs, t.unit, t.post, t.nature, t.until_day as until, u.name as unitName from (
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
  /** Closed by its unit today, and no officer has confirmed it. */
  undo: number;
};

/**
 * Positions of today (or to come) in the units of a reach, by unit and id; `ok`: all of the person's roles lie within.
 * Indexes: kernel_unit_name, kernel_position_unit, kernel_account_user.
 */
export const listOwn = (ctx: Context, reach: Reach, after: { name: string; id: string }, limit: number): Promise<OwnRow[]> =>
  ownRows(ctx, reach, sql`(u.name, x.id) > (${after.name}, ${after.id}) and (x.until_day is null or x.until_day >= ${ctx.today})`, limit);
/** One of them, though it ended. Index: the primary key. */
export const findOwn = async (ctx: Context, reach: Reach, position: PositionId): Promise<OwnRow | undefined> =>
  (await ownRows(ctx, reach, sql`x.id = ${position}`, 1))[0];
const ownRows = (ctx: Context, reach: Reach, which: SQL, limit: number): Promise<OwnRow[]> =>
  rowsOf(
    ctx,
    sql`select x.id as position, p.id as person, p.name, p.login, p.phone, x.unit, u.name as unitName, x.post, x.nature, x.from_day as "from", x.until_day as until, max(x.unconfirmed, p.unconfirmed) as waiting,
        exists (select 1 from kernel_account a where a.user_id = p.id and a.provider_id = 'credential') as password, (${noMoreThan(ctx, reach, false, sql`p.id`)}) as ok,
        (x.until_day is not null and x.unconfirmed = 1 and exists (${closedSince(ctx, sql`x.id`)})) as undo
      from kernel_unit u join kernel_position x on x.unit = u.id join kernel_person p on p.id = x.person
      where ${which} and ${within(reach, sql`u.id`)} and p.erased_at is null
      order by u.name, x.id limit ${limit}`,
  );

/** The line of a closing by the unit itself, made today. Index: kernel_audit_object. */
const closedSince = (ctx: Context, position: SQL): SQL =>
  sql`select a.note from kernel_audit a where a.object_kind = 'position' and a.object_id = ${position} and a.at >= ${startOfDay(ctx.today, ctx.zone)} and a.command = 'people.own.close' order by a.at desc limit 1`;
/** What the last day was before the unit closed a position today (null: none); undefined where it did not. */
export const closedToday = async (ctx: Context, position: PositionId): Promise<Day | null | undefined> => {
  const line = (await rowsOf<{ note: string | null }>(ctx, closedSince(ctx, sql`${position}`)))[0];
  return line === undefined ? undefined : line.note === null ? null : day.parse(line.note);
};
/** How many things still to be done would no longer be due to a person, if a position ended with a day. Index: kernel_assignment_person. */
export const countReleased = async (ctx: Context, position: { person: PersonId; id: PositionId }, until: Day): Promise<number> =>
  (
    await rowsOf<{ n: number }>(
      ctx,
      sql`select count(*) as n from kernel_assignment where person = ${position.person} and position = ${position.id} and ended_at is null and done_at is null and due_day > ${until}`,
    )
  )[0]?.n ?? 0;

export type RejectedRow = { at: number; name: string; unitName: string; reason: string };
/** What officers sent back of what the units of a reach entered, since a moment, the latest first. Index: kernel_audit_command. */
export const listRejected = (ctx: Context, reach: Reach, since: number, limit: number): Promise<RejectedRow[]> =>
  rowsOf(
    ctx,
    sql`select a.at, p.name, u.name as unitName, a.note as reason from kernel_audit a join kernel_position x on x.id = a.object_id join kernel_person p on p.id = x.person join kernel_unit u on u.id = x.unit
      where a.command = 'people.own.reject' and a.at > ${since} and ${within(reach, sql`x.unit`)} order by a.at desc limit ${limit}`,
  );
