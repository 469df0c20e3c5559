/** Queries of exemptions and deferrals that come as a file, and of what the ledger tells of them. */
import { sql, type SQL } from "drizzle-orm";
import { rowsOf, within, type Context, type Instant, type PersonId, type Reach, type RequirementId } from "#kernel";
import type { ExcuseId } from "./input-excuses.ts";
import type { Owes, Standing } from "./rules-bulk.ts";
import type { ExcuseKind, ExcuseWhat } from "./rules-excuses.ts";
import { owed } from "./store-excuses.ts";

/** Names and numbers of a file. */
export type Keys = { names: readonly string[]; logins: readonly string[]; numbers: readonly string[] };
/** Who of them owes a requirement within a reach (kernel_person_name, kernel_person_login, kernel_person_employee_no, kernel_assignment_person). */
export const owingAmong = async (ctx: Context, reach: Reach, requirement: RequirementId, keys: Keys): Promise<Owes[]> => {
  const among = (list: readonly string[]) => sql`(select value from json_each(${JSON.stringify(list)}))`;
  const people = sql`select id from kernel_person where name in ${among(keys.names)} union select id from kernel_person where login in ${among(keys.logins)} union select id from kernel_person where employee_no in ${among(keys.numbers)}`;
  const rows = await rowsOf<Omit<Owes, "standing"> & { standing: string | null }>(
    ctx,
    sql`select x.*, p.login, p.employee_no as employeeNo, p.phone,
        (select json_object('id', e.id, 'state', e.state, 'what', e.what, 'of', e.of_what, 'kind', e.kind, 'from', e.from_day, 'until', e.until_day, 'due', e.due_day) from requirements_excuse e where e.id = x.stands) as standing
      from (${owed(sql`a.person in (${people}) and +a.requirement = ${requirement} and ${within(reach, sql`a.unit`)}`)}) x join kernel_person p on p.id = x.person order by x.person, x.unit`,
  );
  return rows.map((row) => ({ ...row, standing: row.standing === null ? null : (JSON.parse(row.standing) as Standing) }));
};
/** What a file brought, by what stands of it now (requirements_excuse_batch). */
export const ofBatch = (ctx: Context, reach: Reach, batch: ExcuseId) =>
  rowsOf<{ id: ExcuseId; requirement: RequirementId; state: "approved" | "withdrawn" }>(
    ctx,
    sql`select e.id, e.requirement, e.state from requirements_excuse e where e.batch = ${batch} and ${within(reach, sql`e.unit`)} order by e.id`,
  );
export type Written = { id: ExcuseId; requirement: string; by: PersonId; at: Instant; stands: number };
/** The latest files that were written, with whether anything stands of each: a seek or two a file (requirements_excuse_batch). */
export const latestBatches = (ctx: Context, most: number): Promise<Written[]> =>
  rowsOf(
    ctx,
    sql`with recursive latest (n, batch) as (
        select 1, (select max(batch) from requirements_excuse)
        union all select n + 1, (select max(e.batch) from requirements_excuse e where e.batch < latest.batch) from latest where latest.batch is not null and n < ${most})
      select l.batch as id, e.asked_by as "by", e.asked_at as at, r.name as requirement,
        exists (select 1 from requirements_excuse s where s.batch = l.batch and s.state = 'approved') as stands
      from latest l join requirements_excuse e on e.id = (select f.id from requirements_excuse f where f.batch = l.batch limit 1)
      join requirements_requirement r on r.id = e.requirement order by l.n`,
  );
/** SQL: whether a record `r` tells of an exemption or deferral, of one kind where given (requirements_excuse_record). */
export const recordsExcuse = (what: ExcuseWhat, kind?: ExcuseKind): SQL =>
  sql`exists (select 1 from requirements_excuse e where e.record = r.id and e.what = ${what} and ${kind === undefined ? sql`1 = 1` : sql`e.kind = ${kind}`})`;
