/** Queries of one-time codes and of whom they are for. */
import { sql } from "drizzle-orm";
import { chunkJson, must, rowsOf, run, within, type Context, type PersonId, type Reach, type Statement, type UnitId } from "#kernel";
import { noMoreThan } from "./store-people.ts";

export type Addressee = { id: PersonId; name: string; login: string; unitName: string; ok: number };
/**
 * Who holds a position today in a unit or below it, within a reach, by unit and name; `ok` 0: has roles beyond the
 * reach. Indexes: kernel_unit_closure's key, kernel_position_unit, kernel_account_user.
 */
export const listAddressees = (
  ctx: Context,
  reach: Reach,
  everything: boolean,
  f: { unit: UnitId; withoutPassword: boolean },
  limit: number,
): Promise<Addressee[]> =>
  rowsOf(
    ctx,
    sql`select p.id, p.name, p.login, min(u.name) as unitName, (${noMoreThan(ctx, reach, everything, sql`p.id`)}) as ok
      from kernel_unit_closure c join kernel_position x on x.unit = c.descendant join kernel_person p on p.id = x.person join kernel_unit u on u.id = x.unit
      where c.ancestor = ${f.unit} and x.from_day <= ${ctx.today} and (x.until_day is null or x.until_day >= ${ctx.today}) and p.erased_at is null and ${within(reach, sql`x.unit`)}
        and ${f.withoutPassword ? sql`not exists (select 1 from kernel_account a where a.user_id = p.id and a.provider_id = 'credential')` : sql`1 = 1`}
      group by p.id order by min(u.name), p.name, p.id limit ${limit}`,
  );
/** A person within a reach who holds a position there today; as `listAddressees`. */
export const findAddressee = async (ctx: Context, reach: Reach, everything: boolean, person: PersonId): Promise<Addressee | undefined> =>
  (
    await rowsOf<Addressee>(
      ctx,
      sql`select p.id, p.name, p.login, min(u.name) as unitName, (${noMoreThan(ctx, reach, everything, sql`p.id`)}) as ok
        from kernel_person p join kernel_position x on x.person = p.id join kernel_unit u on u.id = x.unit
        where p.id = ${person} and p.erased_at is null and (x.until_day is null or x.until_day >= ${ctx.today}) and ${within(reach, sql`x.unit`)} group by p.id`,
    )
  )[0];

export const addCodes = (ctx: Context, rows: readonly { mac: string; person: PersonId }[], expiresAt: number): Statement[] =>
  rows.length === 0
    ? []
    : chunkJson(rows).map((chunk) =>
        run(
          sql`insert into people_code (mac, person, created_by, created_at, expires_at) select value ->> 'mac', value ->> 'person', ${ctx.actor?.person ?? null}, ${ctx.now}, ${expiresAt} from json_each(${chunk}) where true`,
        ),
      );
/** How long the page that used a code may send it again, ms: a double click is one use. */
const sameClick = 60_000;
const usable = (now: number, page: string) =>
  sql`expires_at > ${now} and (used_at is null or (used_with = ${page} and used_at > ${now - sameClick}))`;
/** Whose a code is, where it can still be used. Index: the primary key. */
export const findCode = async (ctx: Context, mac: string, page: string): Promise<{ person: PersonId; login: string } | undefined> =>
  (
    await rowsOf<{ person: PersonId; login: string }>(
      ctx,
      sql`select c.person, p.login from people_code c join kernel_person p on p.id = c.person where c.mac = ${mac} and ${usable(ctx.now, page)} and p.erased_at is null`,
    )
  )[0];
/** Whose a code is or was, and whether it can still be used. Index: the primary key. */
export const seeCode = async (ctx: Context, mac: string): Promise<{ person: PersonId; usable: number } | undefined> =>
  (
    await rowsOf<{ person: PersonId; usable: number }>(
      ctx,
      sql`select person, (expires_at > ${ctx.now} and used_at is null) as usable from people_code where mac = ${mac}`,
    )
  )[0];
/** Uses a code up; refused where another page did meanwhile. */
export const useCode = (ctx: Context, mac: string, page: string) =>
  must(
    run(
      sql`update people_code set used_at = coalesce(used_at, ${ctx.now}), used_with = ${page} where mac = ${mac} and ${usable(ctx.now, page)}`,
    ),
  );
/** Codes that were not used yet end now. Index: people_code_person. */
export const endCodes = (ctx: Context, person: PersonId): Statement =>
  run(sql`update people_code set expires_at = ${ctx.now} where person = ${person} and used_at is null and expires_at > ${ctx.now}`);
/** Codes of long ago, for the nightly sweep. Index: people_code_expires. */
export const sweepCodes = (before: number): Statement => run(sql`delete from people_code where expires_at < ${before}`);

/** Whether this is the digest of the first-run code that waits. */
export const isFirstRun = async (ctx: Context, digest: string): Promise<boolean> =>
  (await rowsOf(ctx, sql`select 1 from kernel_setting where key = 'first-run' and value = ${JSON.stringify(digest)}`)).length > 0;
/** Uses the first-run code up; refused where that is another or none. */
export const useFirstRun = (digest: string) =>
  must(run(sql`delete from kernel_setting where key = 'first-run' and value = ${JSON.stringify(digest)}`));
/** A long session for programs, beside the browser's own. */
export const addToken = (ctx: Context, person: PersonId, token: string, expiresAt: number, agent: string): Statement =>
  run(
    sql`insert into kernel_session (id, expires_at, token, created_at, updated_at, ip_address, user_agent, user_id, strength) values (${crypto.randomUUID()}, ${expiresAt}, ${token}, ${ctx.now}, ${ctx.now}, '', ${agent}, ${person}, 'password')`,
  );
