/** The one batch that an import is, from its staged rows; and the same in reverse. */
import { sql, type SQL } from "drizzle-orm";
import { mustHold, rowsOf, run, type Context, type Statement } from "#kernel";
import type { ImportId } from "./schema.ts";

/** Staged rows of an import that write, as `r`. */
const planned = (id: ImportId, more: SQL = sql`1 = 1`): SQL =>
  sql`people_import_row r where r.import = ${id} and r.outcome in ('new', 'changed') and ${more}`;
const personNow = sql`case b.key when 'name' then p.name when 'employeeNo' then p.employee_no when 'phone' then p.phone when 'email' then p.email when 'category' then p.category when 'idNumber' then p.id_number_match end`;
const placeNow = sql`case b.key when 'unit' then x.unit when 'nature' then x.nature when 'post' then x.post when 'from' then x.from_day when 'until' then x.until_day end`;
const unitNow = sql`case b.key when 'name' then u.name when 'kind' then u.kind when 'code' then u.code when 'permit' then u.permit when 'permitUntil' then u.permit_until when 'authority' then u.authority when 'supervisor' then u.supervisor when 'academic' then u.academic when 'profit' then u.profit when 'foundedOn' then u.founded_on when 'parent' then u.parent end`;
/** Rows whose person is no longer as the given part of the plan says. */
const peopleDiffer = (id: ImportId, part: "before" | "facts"): SQL =>
  sql`select r.n, r.label from people_import_row r, json_each(r.plan -> ${`$.${part}`}) b join kernel_person p on p.id = r.plan ->> 'person' where r.import = ${id} and r.outcome in ('new', 'changed') and b.value is not ${personNow}`;
const placesDiffer = (id: ImportId, part: "before" | "to"): SQL =>
  sql`select r.n, r.label from people_import_row r, json_each(r.plan -> ${`$.place.${part}`}) b join kernel_position x on x.id = r.plan ->> 'position' where r.import = ${id} and r.outcome in ('new', 'changed') and b.value is not ${placeNow}`;
const unitsDiffer = (id: ImportId, part: "before" | "facts"): SQL =>
  sql`select r.n, r.label from people_import_row r, json_each(r.plan -> ${`$.${part}`}) b join kernel_unit u on u.id = r.plan ->> 'unit' where r.import = ${id} and r.outcome in ('new', 'changed') and b.value is not ${unitNow}`;
const kept = (column: SQL, key: string): SQL =>
  sql`case when json_type(r.plan, ${`$.facts.${key}`}) is null then ${column} else r.plan ->> ${`$.facts.${key}`} end`;
const restored = (column: SQL, key: string): SQL =>
  sql`case when json_type(r.plan, ${`$.before.${key}`}) is null then ${column} else r.plan ->> ${`$.before.${key}`} end`;

/** People, positions and marks of an import. `own`: entered by the unit itself, 待确认. */
export const writePeople = (ctx: Context, id: ImportId, own: boolean): Statement[] => {
  const unconfirmed = own ? 1 : 0;
  const set = (of: typeof kept, p: SQL, seal: SQL) =>
    sql`name = ${of(sql`${p}.name`, "name")}, employee_no = ${of(sql`${p}.employee_no`, "employeeNo")}, phone = ${of(sql`${p}.phone`, "phone")}, phone_tail = substr(${of(sql`${p}.phone`, "phone")}, -4), email = ${of(sql`${p}.email`, "email")}, category = ${of(sql`${p}.category`, "category")}, id_number_match = ${of(sql`${p}.id_number_match`, "idNumber")}, ${seal}`;
  return [
    // What the plan found must still be so: else the preview was of another roster.
    mustHold(sql`not exists (${peopleDiffer(id, "before")})`),
    mustHold(sql`not exists (${placesDiffer(id, "before")})`),
    run(sql`insert into kernel_person (id, login, name, employee_no, phone, phone_tail, email, category, id_number, id_number_key, id_number_match, unconfirmed, created_at)
      select r.plan ->> 'person', r.plan ->> 'login', r.plan ->> '$.facts.name', r.plan ->> '$.facts.employeeNo', r.plan ->> '$.facts.phone', substr(r.plan ->> '$.facts.phone', -4), r.plan ->> '$.facts.email', r.plan ->> '$.facts.category',
        r.plan ->> '$.sealed.sealed', r.plan ->> '$.sealed.key', r.plan ->> '$.facts.idNumber', ${unconfirmed}, ${ctx.now} from ${planned(id, sql`r.outcome = 'new'`)}`),
    // What a 身份证 was, before it becomes another: ciphertexts alone.
    run(
      sql`update people_import_row set plan = json_set(plan, '$.sealedBefore', (select json_object('sealed', p.id_number, 'key', p.id_number_key) from kernel_person p where p.id = plan ->> 'person')) where import = ${id} and outcome = 'changed' and json_type(plan, '$.before.idNumber') is not null`,
    ),
    run(sql`update kernel_person set ${set(kept, sql`kernel_person`, sql`id_number = coalesce(r.plan ->> '$.sealed.sealed', kernel_person.id_number), id_number_key = coalesce(r.plan ->> '$.sealed.key', kernel_person.id_number_key), unconfirmed = max(kernel_person.unconfirmed, ${unconfirmed})`)}
      from (select plan from ${planned(id, sql`r.outcome = 'changed' and json_type(r.plan, '$.facts') = 'object'`)}) r where kernel_person.id = r.plan ->> 'person'`),
    run(sql`insert into kernel_position (id, person, unit, nature, post, from_day, until_day, main, unconfirmed)
      select r.plan ->> 'position', r.plan ->> 'person', r.plan ->> '$.place.to.unit', r.plan ->> '$.place.to.nature', r.plan ->> '$.place.to.post', r.plan ->> '$.place.to.from', r.plan ->> '$.place.to.until', 0, ${unconfirmed} from ${planned(id, sql`r.plan ->> '$.place.act' = 'new'`)}`),
    run(sql`update kernel_position set nature = r.plan ->> '$.place.to.nature', post = r.plan ->> '$.place.to.post', from_day = r.plan ->> '$.place.to.from', until_day = r.plan ->> '$.place.to.until', unconfirmed = max(kernel_position.unconfirmed, ${unconfirmed})
      from (select plan from ${planned(id, sql`r.plan ->> '$.place.act' = 'put'`)}) r where kernel_position.id = r.plan ->> 'position'`),
    run(
      sql`update kernel_position set until_day = r.plan ->> '$.closes.until' from (select plan from ${planned(id, sql`json_type(r.plan, '$.closes') = 'object'`)}) r where kernel_position.id = r.plan ->> '$.closes.position'`,
    ),
    run(
      sql`insert into kernel_roster_mark (person, from_day, until_day) select r.plan ->> 'person', r.plan ->> '$.mark.day', null from ${planned(id, sql`r.plan ->> '$.mark.act' = 'new'`)} on conflict (person, from_day) do update set until_day = null`,
    ),
    run(
      sql`update kernel_roster_mark set until_day = r.plan ->> '$.mark.day' from (select plan from ${planned(id, sql`r.plan ->> '$.mark.act' = 'end'`)}) r where kernel_roster_mark.person = r.plan ->> 'person' and kernel_roster_mark.until_day is null`,
    ),
  ];
};
/** The reverse. */
export const unwritePeople = (id: ImportId): Statement[] => [
  run(
    sql`delete from kernel_roster_mark where exists (select 1 from ${planned(id, sql`r.plan ->> '$.mark.act' = 'new' and r.plan ->> 'person' = kernel_roster_mark.person and r.plan ->> '$.mark.day' = kernel_roster_mark.from_day`)})`,
  ),
  run(
    sql`update kernel_roster_mark set until_day = null from (select plan from ${planned(id, sql`r.plan ->> '$.mark.act' = 'end'`)}) r where kernel_roster_mark.person = r.plan ->> 'person' and kernel_roster_mark.until_day = r.plan ->> '$.mark.day'`,
  ),
  run(
    sql`update kernel_position set until_day = r.plan ->> '$.closes.before' from (select plan from ${planned(id, sql`json_type(r.plan, '$.closes') = 'object'`)}) r where kernel_position.id = r.plan ->> '$.closes.position'`,
  ),
  run(
    sql`update kernel_position set nature = r.plan ->> '$.place.before.nature', post = r.plan ->> '$.place.before.post', from_day = r.plan ->> '$.place.before.from', until_day = r.plan ->> '$.place.before.until' from (select plan from ${planned(id, sql`r.plan ->> '$.place.act' = 'put'`)}) r where kernel_position.id = r.plan ->> 'position'`,
  ),
  run(
    sql`delete from kernel_position where id in (select r.plan ->> 'position' from ${planned(id, sql`r.plan ->> '$.place.act' = 'new'`)})`,
  ),
  run(sql`update kernel_person set name = ${restored(sql`kernel_person.name`, "name")}, employee_no = ${restored(sql`kernel_person.employee_no`, "employeeNo")}, phone = ${restored(sql`kernel_person.phone`, "phone")}, phone_tail = substr(${restored(sql`kernel_person.phone`, "phone")}, -4), email = ${restored(sql`kernel_person.email`, "email")}, category = ${restored(sql`kernel_person.category`, "category")},
      id_number = case when json_type(r.plan, '$.before.idNumber') is null then kernel_person.id_number else r.plan ->> '$.sealedBefore.sealed' end, id_number_key = case when json_type(r.plan, '$.before.idNumber') is null then kernel_person.id_number_key else r.plan ->> '$.sealedBefore.key' end, id_number_match = ${restored(sql`kernel_person.id_number_match`, "idNumber")}
    from (select plan from ${planned(id, sql`r.outcome = 'changed' and json_type(r.plan, '$.before') = 'object'`)}) r where kernel_person.id = r.plan ->> 'person'`),
  run(sql`delete from people_code where person in (select r.plan ->> 'person' from ${planned(id, sql`r.outcome = 'new'`)})`),
  run(sql`delete from kernel_person where id in (select r.plan ->> 'person' from ${planned(id, sql`r.outcome = 'new'`)})`),
];

export type Dependent = {
  n: number;
  label: string;
  why: "signedIn" | "records" | "grants" | "positions" | "changed" | "people" | "units" | "assigned";
};
/** What depends on an import of people, so that it cannot be undone; at most `limit`. Indexes: kernel_record_person, kernel_grant_person, kernel_position_person. */
export const dependentsOfPeople = (ctx: Context, id: ImportId, limit: number): Promise<Dependent[]> =>
  rowsOf(
    ctx,
    sql`select * from (
        select r.n, r.label, 'signedIn' as why from ${planned(id, sql`r.outcome = 'new' and exists (select 1 from kernel_user where id = r.plan ->> 'person')`)}
        union all select r.n, r.label, 'records' from ${planned(id, sql`(r.outcome = 'new' and exists (select 1 from kernel_record k where k.person = r.plan ->> 'person')) or (r.plan ->> '$.place.act' = 'new' and exists (select 1 from kernel_record k where k.person = r.plan ->> 'person' and k.position = r.plan ->> 'position'))`)}
        union all select r.n, r.label, case w.why when 1 then 'grants' else 'positions' end from (
          select r.n, r.label, 1 as why from ${planned(id, sql`r.outcome = 'new' and exists (select 1 from kernel_grant g where g.person = r.plan ->> 'person')`)}
          union all select r.n, r.label, 2 from ${planned(id, sql`r.outcome = 'new' and exists (select 1 from kernel_position x where x.person = r.plan ->> 'person' and x.id not in (select q.plan ->> 'position' from people_import_row q where q.import = ${id} and q.outcome in ('new', 'changed')))`)}) w join people_import_row r on r.import = ${id} and r.n = w.n
        union all select distinct n, label, 'changed' from (${peopleDiffer(id, "facts")} union ${placesDiffer(id, "to")})
      ) order by n limit ${limit}`,
  );
/** Nothing depends on it at the moment of the commit either. */
export const peopleStay = (id: ImportId): Statement[] => [
  mustHold(
    sql`not exists (select 1 from ${planned(id, sql`r.outcome = 'new' and (exists (select 1 from kernel_user where id = r.plan ->> 'person') or exists (select 1 from kernel_record k where k.person = r.plan ->> 'person') or exists (select 1 from kernel_grant g where g.person = r.plan ->> 'person'))`)})`,
  ),
  mustHold(sql`not exists (${peopleDiffer(id, "facts")})`),
  mustHold(sql`not exists (${placesDiffer(id, "to")})`),
];

/** What an import may change of a unit: the column, and the fact of the plan. */
const unitColumns = [
  ["name", "name"],
  ["kind", "kind"],
  ["code", "code"],
  ["permit", "permit"],
  ["permit_until", "permitUntil"],
  ["authority", "authority"],
  ["supervisor", "supervisor"],
  ["academic", "academic"],
  ["profit", "profit"],
  ["founded_on", "foundedOn"],
  ["parent", "parent"],
] as const;
/** Rows that hang a unit under another. */
const moving = (id: ImportId): SQL => planned(id, sql`json_type(r.plan, '$.facts.parent') = 'text' and r.outcome = 'changed'`);
const moved = (id: ImportId): SQL => sql`select r.plan ->> 'unit' from ${moving(id)}`;
/** Deeper than any tree of units, so that a circle ends. */
const deepest = 60;
/** After units were hung under others: refused where one came below itself; then the closure of all below them anew. */
const followMoves = (id: ImportId): Statement[] => [
  mustHold(sql`not exists (with recursive up (unit, at, depth) as (
      select u.id, u.parent, 1 from kernel_unit u where u.id in (${moved(id)})
      union all select up.unit, u.parent, up.depth + 1 from up join kernel_unit u on u.id = up.at where u.parent is not null and up.depth < ${deepest}
    ) select 1 from up where at = unit)`),
  run(
    sql`delete from kernel_unit_closure where depth > 0 and descendant in (select c.descendant from kernel_unit_closure c where c.ancestor in (${moved(id)}))`,
  ),
  run(sql`insert into kernel_unit_closure (ancestor, descendant, depth)
    with recursive up (descendant, ancestor, depth) as (
      select u.id, u.parent, 1 from kernel_unit u where u.parent is not null and not exists (select 1 from kernel_unit_closure c where c.descendant = u.id and c.depth = 1)
      union all select up.descendant, u.parent, up.depth + 1 from up join kernel_unit u on u.id = up.ancestor where u.parent is not null and up.depth < ${deepest}
    ) select ancestor, descendant, depth from up`),
];
export type Move = { n: number; label: string; from: string | null; to: string | null };
/** Units that an import hangs under others, with the names of both, as they are called now or by the import. Index: people_import_row_outcome. */
export const listMoves = (ctx: Context, id: ImportId, limit: number): Promise<Move[]> =>
  rowsOf(
    ctx,
    sql`select r.n, r.label, (select name from kernel_unit where id = r.plan ->> '$.before.parent') as "from",
        coalesce((select name from kernel_unit where id = r.plan ->> '$.facts.parent'), (select q.label from people_import_row q where q.import = ${id} and q.outcome = 'new' and q.plan ->> 'unit' = r.plan ->> '$.facts.parent')) as "to"
      from ${moving(id)} order by r.n limit ${limit}`,
  );

/** Units of an import, with their closure and status. */
export const writeUnits = (ctx: Context, id: ImportId): Statement[] => {
  return [
    mustHold(sql`not exists (${unitsDiffer(id, "before")})`),
    run(sql`insert into kernel_unit (id, parent, kind, name, code, status, permit, permit_until, authority, supervisor, academic, profit, founded_on, created_at)
      select r.plan ->> 'unit', r.plan ->> 'parent', r.plan ->> '$.facts.kind', r.plan ->> '$.facts.name', r.plan ->> '$.facts.code', r.plan ->> '$.status.to', r.plan ->> '$.facts.permit', r.plan ->> '$.facts.permitUntil', r.plan ->> '$.facts.authority', r.plan ->> '$.facts.supervisor',
        r.plan ->> '$.facts.academic', r.plan ->> '$.facts.profit', r.plan ->> '$.facts.foundedOn', ${ctx.now} from ${planned(id, sql`r.outcome = 'new'`)}`),
    run(sql`insert into kernel_unit_closure (ancestor, descendant, depth)
      with recursive up (descendant, ancestor, depth) as (
        select r.plan ->> 'unit', r.plan ->> 'unit', 0 from ${planned(id, sql`r.outcome = 'new'`)}
        union all select up.descendant, u.parent, up.depth + 1 from up join kernel_unit u on u.id = up.ancestor where u.parent is not null
      ) select ancestor, descendant, depth from up`),
    run(
      sql`update kernel_unit set ${sql.join(
        unitColumns.map(([column, key]) => sql`${sql.raw(column)} = ${kept(sql.raw(`kernel_unit.${column}`), key)}`),
        sql`, `,
      )} from (select plan from ${planned(id, sql`r.outcome = 'changed' and json_type(r.plan, '$.facts') = 'object'`)}) r where kernel_unit.id = r.plan ->> 'unit'`,
    ),
    ...followMoves(id),
    run(
      sql`insert into kernel_unit_status (unit, from_day, status) select r.plan ->> 'unit', r.plan ->> '$.status.since', r.plan ->> '$.status.to' from ${planned(id, sql`json_type(r.plan, '$.status') = 'object'`)} on conflict (unit, from_day) do update set status = excluded.status`,
    ),
    run(
      sql`update kernel_unit set status = r.plan ->> '$.status.to' from (select plan from ${planned(id, sql`json_type(r.plan, '$.status') = 'object' and r.plan ->> '$.status.since' <= ${ctx.today}`)}) r where kernel_unit.id = r.plan ->> 'unit'`,
    ),
  ];
};
export const unwriteUnits = (id: ImportId): Statement[] => {
  return [
    run(
      sql`delete from kernel_unit_status where exists (select 1 from ${planned(id, sql`json_type(r.plan, '$.status') = 'object' and r.plan ->> 'unit' = kernel_unit_status.unit and (r.outcome = 'new' or r.plan ->> '$.status.since' = kernel_unit_status.from_day)`)})`,
    ),
    run(
      sql`update kernel_unit set status = r.plan ->> '$.status.before' from (select plan from ${planned(id, sql`r.outcome = 'changed' and json_type(r.plan, '$.status') = 'object'`)}) r where kernel_unit.id = r.plan ->> 'unit'`,
    ),
    run(
      sql`update kernel_unit set ${sql.join(
        unitColumns.map(([column, key]) => sql`${sql.raw(column)} = ${restored(sql.raw(`kernel_unit.${column}`), key)}`),
        sql`, `,
      )} from (select plan from ${planned(id, sql`r.outcome = 'changed' and json_type(r.plan, '$.before') = 'object'`)}) r where kernel_unit.id = r.plan ->> 'unit'`,
    ),
    ...followMoves(id),
    run(sql`delete from kernel_unit_closure where descendant in (select r.plan ->> 'unit' from ${planned(id, sql`r.outcome = 'new'`)})`),
    run(sql`delete from kernel_unit where id in (select r.plan ->> 'unit' from ${planned(id, sql`r.outcome = 'new'`)})`),
  ];
};
const unitInUse = sql`exists (select 1 from kernel_position x where x.unit = r.plan ->> 'unit')`;
/** What depends on an import of units. Indexes: kernel_position_unit, kernel_unit_parent, kernel_record_unit, kernel_assignment_unit. */
export const dependentsOfUnits = (ctx: Context, id: ImportId, limit: number): Promise<Dependent[]> => {
  const fresh = (more: SQL) => planned(id, sql`r.outcome = 'new' and ${more}`);
  return rowsOf(
    ctx,
    sql`select * from (
        select r.n, r.label, 'people' as why from ${fresh(unitInUse)}
        union all select r.n, r.label, 'units' from ${fresh(sql`exists (select 1 from kernel_unit c where c.parent = r.plan ->> 'unit' and c.id not in (select q.plan ->> 'unit' from people_import_row q where q.import = ${id} and (q.outcome = 'new' or json_type(q.plan, '$.facts.parent') = 'text')))`)}
        union all select r.n, r.label, 'records' from ${fresh(sql`exists (select 1 from kernel_record k where k.unit = r.plan ->> 'unit')`)}
        union all select r.n, r.label, 'grants' from ${fresh(sql`exists (select 1 from kernel_grant g where g.unit = r.plan ->> 'unit')`)}
        union all select distinct n, label, 'changed' from (${unitsDiffer(id, "facts")})
      ) order by n limit ${limit}`,
  );
};
export const unitsStay = (id: ImportId): Statement[] => [
  mustHold(sql`not exists (select 1 from ${planned(id, sql`r.outcome = 'new' and ${unitInUse}`)})`),
  mustHold(sql`not exists (${unitsDiffer(id, "facts")})`),
];
