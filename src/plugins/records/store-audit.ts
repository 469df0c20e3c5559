/** Queries of the audit's pages. */
import { sql, type SQL } from "drizzle-orm";
import { rowsOf, within, type Context, type Instant, type PersonId, type Reach, type UnitId } from "#kernel";

export type AuditFilter = {
  /** Instants: from inclusive, to exclusive. */
  from: Instant | null;
  to: Instant | null;
  /** Whoever the typed name may mean. */
  actors: readonly PersonId[] | null;
  units: readonly UnitId[] | null;
  command?: string | undefined;
  kind?: string | undefined;
  object?: string | undefined;
  address?: string | undefined;
  request?: string | undefined;
};
export type AuditRow = {
  seq: number;
  at: Instant;
  actor: PersonId | null;
  actorName: string | null;
  command: string;
  objectKind: string | null;
  objectId: string | null;
  unit: UnitId | null;
  unitName: string | null;
  address: string | null;
  request: string;
  before: string | null;
  after: string | null;
  note: string | null;
};
export const auditPageSize = 50;
const columns = sql`a.seq, a.at, a.actor, p.name as actorName, a.command, a.object_kind as objectKind, a.object_id as objectId, a.unit, u.name as unitName, a.address, a.request, a.before, a.after, a.note`;
const joins = sql`left join kernel_person p on p.id = a.actor left join kernel_unit u on u.id = a.unit`;

/** With one id the index gives the order; several are sorted. */
const oneOf = (column: SQL, ids: readonly string[]): SQL =>
  ids.length === 1 ? sql`${column} = ${ids[0]}` : sql`${column} in (select value from json_each(${JSON.stringify(ids)}))`;
/** People by full name, login or employee number (kernel_person_name, _login, _employee_no). */
export const peopleCalled = async (ctx: Context, name: string): Promise<PersonId[]> =>
  (
    await rowsOf<{ id: PersonId }>(
      ctx,
      sql`select id from kernel_person where name = ${name} or login = ${name} or employee_no = ${name} limit 50`,
    )
  ).map((row) => row.id);
/** Units by full name (kernel_unit_name). */
export const unitsCalled = async (ctx: Context, name: string): Promise<UnitId[]> =>
  (await rowsOf<{ id: UnitId }>(ctx, sql`select id from kernel_unit where name = ${name} limit 50`)).map((row) => row.id);
/**
 * Lines by moment, newest first. Each filter has an index that ends with the moment (kernel_audit_request, _object, _actor,
 * _command, _address, _unit; without a filter kernel_audit_at), the first of these that is given is read.
 */
export const listAudit = (ctx: Context, reach: Reach, f: AuditFilter, after: { at: Instant; seq: number } | null): Promise<AuditRow[]> => {
  const index =
    f.request !== undefined
      ? "request"
      : f.object !== undefined
        ? "object"
        : f.actors !== null
          ? "actor"
          : f.command !== undefined
            ? "command"
            : f.address !== undefined
              ? "address"
              : f.units !== null
                ? "unit"
                : "at";
  const conditions = [
    within(reach, sql`a.unit`),
    ...(f.from === null ? [] : [sql`a.at >= ${f.from}`]),
    ...(f.to === null ? [] : [sql`a.at < ${f.to}`]),
    ...(f.actors === null ? [] : [oneOf(sql`a.actor`, f.actors)]),
    ...(f.command === undefined ? [] : [sql`a.command = ${f.command}`]),
    ...(f.kind === undefined ? [] : [sql`a.object_kind = ${f.kind}`]),
    ...(f.object === undefined ? [] : [sql`a.object_id = ${f.object}`]),
    ...(f.units === null ? [] : [oneOf(sql`a.unit`, f.units)]),
    ...(f.address === undefined ? [] : [sql`a.address = ${f.address}`]),
    ...(f.request === undefined ? [] : [sql`a.request = ${f.request}`]),
    ...(after === null ? [] : [sql`(a.at, a.seq) < (${after.at}, ${after.seq})`]),
  ];
  return rowsOf<AuditRow>(
    ctx,
    sql`select ${columns} from kernel_audit a indexed by ${sql.raw(`kernel_audit_${index}`)} ${joins} where ${sql.join(conditions, sql` and `)} order by a.at desc, a.seq desc limit ${auditPageSize}`,
  );
};
/** One line within the reach (its key). */
export const findAuditLine = async (ctx: Context, reach: Reach, seq: number): Promise<AuditRow | null> =>
  (
    await rowsOf<AuditRow>(ctx, sql`select ${columns} from kernel_audit a ${joins} where a.seq = ${seq} and ${within(reach, sql`a.unit`)}`)
  )[0] ?? null;
