/** Many rows at once, each kind through json_each; imports, the demonstration and single commands use the same. */
import { sql } from "drizzle-orm";
import {
  chunkJson,
  run,
  type Category,
  type Context,
  type Day,
  type GrantId,
  type GrantRole,
  type Nature,
  type PersonId,
  type PositionId,
  type Post,
  type Statement,
  type UnitId,
  type UnitKind,
  type UnitStatus,
  type supervisors,
} from "#kernel";

export type UnitRow = {
  id: UnitId;
  parent: UnitId | null;
  kind: UnitKind;
  name: string;
  status: UnitStatus;
  /** Since when it has this status. */
  since: Day;
  code?: string | null;
  permit?: string | null;
  permitUntil?: Day | null;
  authority?: string | null;
  supervisor?: (typeof supervisors)[number] | null;
  academic?: boolean | null;
  profit?: boolean | null;
  foundedOn?: Day | null;
};
export type PersonRow = {
  id: PersonId;
  login: string;
  name: string;
  employeeNo?: string | null;
  phone?: string | null;
  email?: string | null;
  category?: Category | null;
  /** Encrypted, with its key's version and its HMAC. */
  idNumber?: { sealed: string; key: number; match: string } | null;
  unconfirmed?: boolean;
};
export type PositionRow = {
  id: PositionId;
  person: PersonId;
  unit: UnitId;
  nature: Nature;
  post: Post;
  from: Day;
  until?: Day | null;
  main?: boolean;
  unconfirmed?: boolean;
};
export type GrantRow = {
  id: GrantId;
  person: PersonId;
  role: GrantRole;
  unit: UnitId | null;
  kinds: UnitKind[] | null;
  from: Day;
  until?: Day | null;
  reason: string;
  by: PersonId | null;
};

const each = (rows: readonly unknown[], write: (chunk: string) => ReturnType<typeof sql>): Statement[] =>
  rows.length === 0 ? [] : chunkJson(rows).map((chunk) => run(write(chunk)));

/** New units with their status and their closure; parents stand before children, or are there already. */
export const addUnits = (ctx: Context, rows: readonly UnitRow[]): Statement[] => [
  ...each(
    rows,
    (
      chunk,
    ) => sql`insert into kernel_unit (id, parent, kind, name, code, status, permit, permit_until, authority, supervisor, academic, profit, founded_on, created_at)
      select value ->> 'id', value ->> 'parent', value ->> 'kind', value ->> 'name', value ->> 'code', value ->> 'status', value ->> 'permit', value ->> 'permitUntil', value ->> 'authority', value ->> 'supervisor',
        value ->> 'academic', value ->> 'profit', value ->> 'foundedOn', ${ctx.now} from json_each(${chunk}) where true`,
  ),
  ...each(
    rows,
    (chunk) =>
      sql`insert into kernel_unit_status (unit, from_day, status) select value ->> 'id', value ->> 'since', value ->> 'status' from json_each(${chunk}) where true`,
  ),
  ...each(
    rows.map((r) => r.id),
    (chunk) => sql`insert into kernel_unit_closure (ancestor, descendant, depth)
      with recursive up (descendant, ancestor, depth) as (
        select value, value, 0 from json_each(${chunk})
        union all select up.descendant, u.parent, up.depth + 1 from up join kernel_unit u on u.id = up.ancestor where u.parent is not null
      ) select ancestor, descendant, depth from up`,
  ),
];
export const addPeople = (ctx: Context, rows: readonly PersonRow[]): Statement[] =>
  each(
    rows,
    (
      chunk,
    ) => sql`insert into kernel_person (id, login, name, employee_no, phone, phone_tail, email, category, id_number, id_number_key, id_number_match, unconfirmed, created_at)
      select value ->> 'id', value ->> 'login', value ->> 'name', value ->> 'employeeNo', value ->> 'phone', substr(value ->> 'phone', -4), value ->> 'email', value ->> 'category',
        value ->> '$.idNumber.sealed', value ->> '$.idNumber.key', value ->> '$.idNumber.match', coalesce(value ->> 'unconfirmed', 0), ${ctx.now} from json_each(${chunk}) where true`,
  );
export const addPositions = (_ctx: Context, rows: readonly PositionRow[]): Statement[] =>
  each(
    rows,
    (chunk) => sql`insert into kernel_position (id, person, unit, nature, post, from_day, until_day, main, unconfirmed)
      select value ->> 'id', value ->> 'person', value ->> 'unit', value ->> 'nature', value ->> 'post', value ->> 'from', value ->> 'until', coalesce(value ->> 'main', 0), coalesce(value ->> 'unconfirmed', 0) from json_each(${chunk}) where true`,
  );
export const addGrants = (_ctx: Context, rows: readonly GrantRow[]): Statement[] =>
  each(
    rows,
    (chunk) => sql`insert into kernel_grant (id, person, role, unit, kinds, from_day, until_day, reason, granted_by)
      select value ->> 'id', value ->> 'person', value ->> 'role', value ->> 'unit', nullif(value -> 'kinds', 'null'), value ->> 'from', value ->> 'until', value ->> 'reason', value ->> 'by' from json_each(${chunk}) where true`,
  );
/** 列入国家工作人员学法名册 */
export const addRosterMarks = (_ctx: Context, rows: readonly { person: PersonId; from: Day; until?: Day | null }[]): Statement[] =>
  each(
    rows,
    (chunk) =>
      sql`insert into kernel_roster_mark (person, from_day, until_day) select value ->> 'person', value ->> 'from', value ->> 'until' from json_each(${chunk}) where true`,
  );
