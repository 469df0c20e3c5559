/** Every query of the plugin. */
import { and, asc, desc, eq, gt, sql } from "drizzle-orm";
import { chunkJson, must, rowsOf, run, within, type Context, type PersonId, type Reach, type Statement, type UnitId } from "#kernel";
import type { CertificateId, ListInput } from "./input.ts";
import { certificates } from "./schema.ts";

export type Certificate = typeof certificates.$inferSelect;

/** One by its number (certificates_number). */
export const findByNumber = (ctx: Context, number: string) =>
  ctx.db.select().from(certificates).where(eq(certificates.number, number)).get();
/** One's own, newest first (certificates_person). */
export const ofPerson = (ctx: Context, person: PersonId) =>
  ctx.db.select().from(certificates).where(eq(certificates.person, person)).orderBy(desc(certificates.issuedAt)).limit(100);
/** The successor, if any (certificates_replaces). */
export const successorOf = (ctx: Context, number: string) =>
  ctx.db.select({ number: certificates.number }).from(certificates).where(eq(certificates.replaces, number)).get();

/** By what a list goes on after a row: a sitting's by number, any other by id, which follows the time of issue. */
export const keyOf = (input: ListInput, row: Certificate): string => (input.group === undefined ? row.id : row.number);
/** A page within the reach, newest first by the primary key; with a unit certificates_unit; with a group by number, certificates_group. */
export const listWithin = (ctx: Context, reach: Reach, input: ListInput, limit: number) =>
  ctx.db
    .select()
    .from(certificates)
    .where(
      and(
        within(reach, certificates.unit),
        input.after === undefined
          ? undefined
          : input.group === undefined
            ? sql`${certificates.id} < ${input.after}`
            : gt(certificates.number, input.after),
        input.number === undefined ? undefined : eq(certificates.number, input.number),
        input.name === undefined ? undefined : sql`${certificates.person} in (select id from kernel_person where name = ${input.name})`,
        input.state === undefined ? undefined : eq(certificates.state, input.state),
        input.unit === undefined
          ? undefined
          : sql`${certificates.unit} in (select descendant from kernel_unit_closure where ancestor = ${input.unit})`,
        input.in === undefined
          ? undefined
          : sql`${certificates.unit} in (select c.descendant from kernel_unit_closure c join kernel_unit x on x.id = c.ancestor where instr(x.name, ${input.in}) > 0)`,
        input.group === undefined ? undefined : eq(certificates.group, input.group),
      ),
    )
    .orderBy(input.group === undefined ? desc(certificates.id) : asc(certificates.number))
    .limit(limit);

/** Those issued already, and numbers taken by others, in one query. */
export const issuedOrTaken = async (
  ctx: Context,
  onces: readonly string[],
  numbers: readonly string[],
): Promise<{ once: string; number: string }[]> => {
  const found: { once: string; number: string }[] = [];
  const wanted = [...onces.map((once) => ({ once })), ...numbers.map((number) => ({ number }))];
  for (const chunk of chunkJson(wanted))
    found.push(
      ...(await rowsOf<{ once: string; number: string }>(
        ctx,
        sql`select c.once, c.number from certificates_certificate c where c.once in (select value ->> 'once' from json_each(${chunk}) where value ->> 'once' is not null)
          union select c.once, c.number from certificates_certificate c where c.number in (select value ->> 'number' from json_each(${chunk}) where value ->> 'number' is not null)`,
      )),
    );
  return found;
};
/** The names that a certificate copies, by `person/unit`. */
export const namesOf = async (
  ctx: Context,
  wanted: readonly { holder: PersonId; unit: UnitId | null }[],
): Promise<Map<string, { name: string; unit: string | null }>> => {
  const names = new Map<string, { name: string; unit: string | null }>();
  for (const chunk of chunkJson(wanted.map(({ holder, unit }) => ({ p: holder, u: unit }))))
    for (const row of await rowsOf<{ p: string; u: string | null; name: string; unit: string | null }>(
      ctx,
      sql`select d.p, d.u, p.name, u.name as unit from (select value ->> 'p' as p, value ->> 'u' as u from json_each(${chunk})) d join kernel_person p on p.id = d.p left join kernel_unit u on u.id = d.u`,
    ))
      names.set(`${row.p}/${row.u ?? ""}`, { name: row.name, unit: row.unit });
  return names;
};
/** New certificates, by JSON. */
export const insertAll = (rows: readonly Certificate[]): Statement[] =>
  chunkJson(rows).map((chunk) =>
    run(sql`insert into certificates_certificate (id, number, once, type, year, person, holder_name, unit, unit_name, issuer_name, basis_kind, basis_id, group_id, title, grade, score, hours, issued_at, state, state_at, reason, replaces)
      select value ->> 'id', value ->> 'number', value ->> 'once', value ->> 'type', value ->> 'year', value ->> 'person', value ->> 'holderName', value ->> 'unit', value ->> 'unitName', value ->> 'issuerName', value ->> 'basisKind', value ->> 'basisId', value ->> 'group', value ->> 'title', value ->> 'grade', value ->> 'score', value ->> 'hours', value ->> 'issuedAt', value ->> 'state', value ->> 'stateAt', value ->> 'reason', value ->> 'replaces' from json_each(${chunk}) where true`),
  );
/** What a newer one replaces is superseded, unless it was revoked. */
export const supersede = (ctx: Context, numbers: readonly string[]): Statement =>
  run(
    sql`update certificates_certificate set state = 'superseded', state_at = ${ctx.now} where state = 'valid' and number in (select value from json_each(${JSON.stringify(numbers)}))`,
  );
/** Fails with Conflict if it was revoked in between. */
export const revokeRow = (ctx: Context, id: CertificateId, reason: string): readonly Statement[] =>
  must(
    run(
      sql`update certificates_certificate set state = 'revoked', state_at = ${ctx.now}, reason = ${reason} where id = ${id} and state <> 'revoked'`,
    ),
  );

/** Certificates of several bases (attempts, completions), in one query. */
export const ofBases = async (ctx: Context, kind: string, ids: readonly string[]) => {
  if (ids.length === 0) return [];
  return ctx.db
    .select({
      id: certificates.id,
      basis: certificates.basisId,
      number: certificates.number,
      person: certificates.person,
      unit: certificates.unit,
      state: certificates.state,
    })
    .from(certificates)
    .where(and(eq(certificates.basisKind, kind), sql`${certificates.basisId} in (select value from json_each(${JSON.stringify(ids)}))`));
};
/** Titles for lists, in one query. */
export const titles = (ctx: Context, ids: readonly string[]) =>
  ctx.db
    .select({ id: certificates.number, title: certificates.title })
    .from(certificates)
    .where(sql`${certificates.number} in (select value from json_each(${JSON.stringify(ids)}))`);
