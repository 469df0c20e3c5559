/** Every query of the ledger's pages and exports. Those of the audit and of the nightly check stand in files of their own. */
import { sql, type SQL } from "drizzle-orm";
import {
  rowsOf,
  within,
  type Context,
  type Day,
  type Instant,
  type PersonId,
  type PositionId,
  type Reach,
  type RecordId,
  type UnitId,
} from "#kernel";
import type { Cursor } from "./rules.ts";

/** What narrows the ledger (input.ts); `in` and `name` are what a person types. */
export type Filter = {
  from?: string | undefined;
  to?: string | undefined;
  unit?: UnitId | undefined;
  in?: string | undefined;
  verb?: string | undefined;
  kind?: string | undefined;
  object?: string | undefined;
  person?: PersonId | undefined;
  name?: string | undefined;
  standing?: boolean | undefined;
};
export type Row = {
  seq: number;
  id: RecordId;
  verb: string;
  objectKind: string;
  objectId: string;
  person: PersonId | null;
  personName: string | null;
  unit: UnitId | null;
  unitName: string | null;
  at: Instant;
  day: Day;
  recordedAt: Instant;
  score: number | null;
  seconds: number | null;
  source: "own" | "external" | "entered";
  evidence: string | null;
  corrects: RecordId | null;
  void: boolean;
  correctedBy: RecordId | null;
  voided: boolean;
  leaf: string;
};
/** As the database answers: flags are numbers, and what a shape leaves out is not there. */
type Raw = Omit<Row, "void" | "voided" | Left> & Partial<Pick<Row, Left>> & { void: number; voided: number };
type Left = "personName" | "unitName" | "evidence" | "leaf";
/** In place: a file's rows are many. */
const asRow = <R extends Raw>(row: R) => {
  const { personName = null, unitName = null, evidence = null, leaf = "" } = row;
  return Object.assign(row, { personName, unitName, evidence, leaf, void: row.void === 1, voided: row.voided === 1 });
};

/**
 * What is read of each record: everything for a page; for files no names (a text without Chinese takes half the memory,
 * and names repeat), and for a sheet no digests, which only programs want.
 */
export type Shape = "page" | "sheet" | "lines";
const columns = (shape: Shape) =>
  sql`r.seq, r.id, r.verb, r.object_kind as objectKind, r.object_id as objectId, r.person, r.unit, r.at, r.day, r.recorded_at as recordedAt, r.score, r.seconds, r.source, r.corrects, r.void, c.id as correctedBy, coalesce(c.void, 0) as voided${shape === "page" ? sql`, p.name as personName, u.name as unitName` : sql``}${shape === "sheet" ? sql`` : sql`, r.evidence, r.leaf`}`;
/** Person, unit and correction beside each record; of corrections only those up to `position`. */
const joins = (shape: Shape, position: number): SQL =>
  sql`${shape === "page" ? sql`left join kernel_person p on p.id = r.person left join kernel_unit u on u.id = r.unit` : sql``} left join kernel_record c on c.corrects = r.id and c.seq <= ${position}`;

const people = (f: Filter): SQL | null => {
  if (f.person !== undefined) return sql`r.person = ${f.person}`;
  return f.name === undefined
    ? null
    : sql`r.person in (select id from kernel_person where name = ${f.name} or login = ${f.name} or employee_no = ${f.name})`;
};
const units = (reach: Reach, f: Filter): SQL =>
  sql.join(
    [
      within(reach, sql`r.unit`),
      ...(f.unit === undefined ? [] : [sql`r.unit in (select descendant from kernel_unit_closure where ancestor = ${f.unit})`]),
      ...(f.in === undefined
        ? []
        : [
            sql`r.unit in (select c.descendant from kernel_unit_closure c join kernel_unit x on x.id = c.ancestor where instr(x.name, ${f.in}) > 0)`,
          ]),
    ],
    sql` and `,
  );
const where = (reach: Reach, f: Filter, position: number): SQL => {
  const who = people(f);
  return sql.join(
    [
      units(reach, f),
      ...(who === null ? [] : [who]),
      ...(f.from === undefined ? [] : [sql`r.day >= ${f.from}`]),
      ...(f.to === undefined ? [] : [sql`r.day <= ${f.to}`]),
      ...(f.verb === undefined ? [] : [sql`r.verb = ${f.verb}`]),
      ...(f.kind === undefined ? [] : [sql`r.object_kind = ${f.kind}`]),
      ...(f.object === undefined ? [] : [sql`r.object_id = ${f.object}`]),
      ...(f.standing === true
        ? [sql`r.void = 0 and not exists (select 1 from kernel_record c where c.corrects = r.id and c.seq <= ${position})`]
        : []),
    ],
    sql` and `,
  );
};

/** Which index a list is read by. By person, and where few rows are in question, its rows are sorted; the others have its order. */
export type Path = "kernel_record_person" | "kernel_record_object" | "kernel_record_verb_day" | "kernel_record_unit" | "kernel_record_day";
/** So many rows may be sorted for a page. */
const few = 2000;
/** The first of these indexes in which what is asked for has few enough records to be sorted; each is looked at no further. */
const fewIn = async (ctx: Context, looks: readonly (readonly [Path, SQL])[]): Promise<Path | null> => {
  for (const [path, where] of looks) {
    const [found] = await rowsOf<{ n: number }>(
      ctx,
      sql`select count(*) as n from (select 1 from kernel_record r indexed by ${sql.raw(path)} where ${where} limit ${few})`,
    );
    if (found !== undefined && found.n < few) return path;
  }
  return null;
};
/** Where rows of a filter may be few: kind and object, or units. */
const ofObject = (f: Filter): [Path, SQL][] =>
  f.kind === undefined
    ? []
    : [["kernel_record_object", sql`r.object_kind = ${f.kind}${f.object === undefined ? sql`` : sql` and r.object_id = ${f.object}`}`]];
const ofUnits = (reach: Reach, f: Filter): [Path, SQL][] =>
  reach.all && f.unit === undefined && f.in === undefined ? [] : [["kernel_record_unit", units(reach, f)]];
/** The index for a list by day. */
export const pathFor = async (ctx: Context, reach: Reach, f: Filter): Promise<Path> => {
  if (people(f) !== null) return "kernel_record_person";
  if (f.kind !== undefined && f.object !== undefined) return "kernel_record_object";
  if (f.verb !== undefined) return "kernel_record_verb_day";
  return (await fewIn(ctx, [...ofObject(f), ...ofUnits(reach, f)])) ?? "kernel_record_day";
};
/** The index for a list by number; null: its own key, since much of the ledger is asked for. */
const pathBySeq = async (ctx: Context, reach: Reach, f: Filter): Promise<Path | null> => {
  if (people(f) !== null) return "kernel_record_person";
  const days =
    f.from === undefined && f.to === undefined
      ? null
      : sql`r.day >= ${f.from ?? ""}${f.to === undefined ? sql`` : sql` and r.day <= ${f.to}`}`;
  return fewIn(ctx, [
    ...ofObject(f),
    ...(f.verb === undefined
      ? []
      : [["kernel_record_verb_day", sql`r.verb = ${f.verb}${days === null ? sql`` : sql` and ${days}`}`] as const]),
    ...(days === null ? [] : [["kernel_record_day", days] as const]),
    ...ofUnits(reach, f),
  ]);
};

/** The last number of the ledger: what a list or export is as of (kernel_record's key). */
export const positionNow = async (ctx: Context): Promise<number> =>
  (await rowsOf<{ seq: number }>(ctx, sql`select coalesce(max(seq), 0) as seq from kernel_record`))[0]?.seq ?? 0;

/** The chosen records with all that is shown of them; they are chosen first, so that only these are joined. */
const picked = async (ctx: Context, chosen: SQL, order: SQL, shape: Shape, position: number): Promise<Row[]> =>
  (
    await rowsOf<Raw>(
      ctx,
      sql`select ${columns(shape)} from (${chosen}) k cross join kernel_record r on r.seq = k.seq ${joins(shape, position)} order by ${order}`,
    )
  ).map(asRow);
/** Records by the day of the fact, then by number; newest first for pages, oldest first for files (kernel_record_day, or what `pathFor` chose). */
export const listByDay = (
  ctx: Context,
  reach: Reach,
  f: Filter,
  page: { path: Path; order: "newest" | "oldest"; shape: Shape; after: Cursor | null; limit: number; position: number },
): Promise<Row[]> => {
  const { after, position } = page;
  const [beyond, order] = page.order === "newest" ? [sql.raw("<"), sql`r.day desc, r.seq desc`] : [sql.raw(">"), sql`r.day, r.seq`];
  return picked(
    ctx,
    sql`select r.seq from kernel_record r indexed by ${sql.raw(page.path)} where r.seq <= ${position} and ${where(reach, f, position)} ${after === null ? sql`` : sql`and (r.day, r.seq) ${beyond} (${after.day}, ${after.seq})`} order by ${order} limit ${page.limit}`,
    order,
    page.shape,
    position,
  );
};
/** Records by number, for who follows the ledger (the key of kernel_record, or the index that `pathBySeq` chose). */
export const listBySeq = async (
  ctx: Context,
  reach: Reach,
  f: Filter,
  { after, limit, position }: { after: number; limit: number; position: number },
): Promise<Row[]> => {
  const path = await pathBySeq(ctx, reach, f);
  return picked(
    ctx,
    sql`select r.seq from kernel_record r ${path === null ? sql`not indexed` : sql`indexed by ${sql.raw(path)}`} where r.seq > ${after} and r.seq <= ${position} and ${where(reach, f, position)} order by r.seq limit ${limit}`,
    sql`r.seq`,
    "page",
    position,
  );
};

/** What one record's page shows beside the list's columns. */
export type Whole = Row & {
  position: PositionId | null;
  once: string;
  salt: string;
  correctsSeq: number | null;
  correctedBySeq: number | null;
};
/** One record within the reach (kernel_record_id). */
export const findRecord = async (ctx: Context, reach: Reach, id: RecordId): Promise<Whole | null> => {
  const [row] = await rowsOf<Raw & Pick<Whole, "position" | "once" | "salt" | "correctsSeq" | "correctedBySeq">>(
    ctx,
    sql`select ${columns("page")}, r.position, r.once, r.salt, (select seq from kernel_record b where b.id = r.corrects) as correctsSeq, c.seq as correctedBySeq
      from kernel_record r ${joins("page", Number.MAX_SAFE_INTEGER)} where r.id = ${id} and ${within(reach, sql`r.unit`)}`,
  );
  return row === undefined ? null : asRow(row);
};
/** Why records were corrected, and by whom (kernel_audit_object). */
export const reasonsOf = (ctx: Context, ids: readonly RecordId[]) =>
  rowsOf<{ at: Instant; who: string | null; note: string | null }>(
    ctx,
    sql`select a.at, p.name as who, a.note from kernel_audit a left join kernel_person p on p.id = a.actor where a.object_kind = 'record' and a.object_id in (select value from json_each(${JSON.stringify(ids)})) and a.command in ('records.correct', 'records.void') order by a.at limit 20`,
  );
/** Units where a person held or holds a position, for the unit of a day (kernel_position_person). */
export const unitsOfPerson = (ctx: Context, reach: Reach, person: PersonId) =>
  rowsOf<{ id: UnitId; name: string; position: PositionId }>(
    ctx,
    sql`select u.id, u.name, min(o.id) as position from kernel_position o join kernel_unit u on u.id = o.unit where o.person = ${person} and ${within(reach, sql`o.unit`)} group by u.id order by u.name limit 50`,
  );
/** Who wrote the correction of a record, and the digest of what was sent (kernel_audit_object). */
export const correctionLine = async (ctx: Context, record: RecordId): Promise<{ actor: PersonId; after: string } | null> =>
  (
    await rowsOf<{ actor: PersonId; after: string }>(
      ctx,
      sql`select actor, after from kernel_audit where object_kind = 'record' and object_id = ${record} and command in ('records.correct', 'records.void') limit 1`,
    )
  )[0] ?? null;
/** Records of a person by year, standing or not (kernel_record_person). */
export const yearsOf = (ctx: Context, person: PersonId) =>
  rowsOf<{ year: string; count: number }>(
    ctx,
    sql`select substr(day, 1, 4) as year, count(*) as count from kernel_record where person = ${person} group by 1 order by 1 desc`,
  );
/** The name of the unit that an address names, if it lies within the reach. */
export const unitName = async (ctx: Context, reach: Reach, unit: UnitId): Promise<string | null> =>
  (await rowsOf<{ name: string }>(ctx, sql`select u.name from kernel_unit u where u.id = ${unit} and ${within(reach, sql`u.id`)}`))[0]
    ?.name ?? null;
/** Names of people and units that records are about. */
export const kernelTitles = (ctx: Context, kind: "person" | "unit", ids: readonly string[]) =>
  rowsOf<{ id: string; name: string }>(
    ctx,
    sql`select id, name from ${sql.raw(kind === "person" ? "kernel_person" : "kernel_unit")} where id in (select value from json_each(${JSON.stringify(ids)}))`,
  );
const found = async (ctx: Context, query: SQL): Promise<boolean> => (await rowsOf(ctx, query)).length > 0;
/** Whether any record is about this kind of thing (kernel_record_object). */
export const kindRecorded = (ctx: Context, kind: string): Promise<boolean> =>
  found(ctx, sql`select 1 from kernel_record indexed by kernel_record_object where object_kind = ${kind} limit 1`);
/** Whether a record within the reach is about this thing (kernel_record_object). */
export const objectRecorded = (ctx: Context, reach: Reach, kind: string, id: string): Promise<boolean> =>
  found(
    ctx,
    sql`select 1 from kernel_record r indexed by kernel_record_object where r.object_kind = ${kind} and r.object_id = ${id} and ${within(reach, sql`r.unit`)} limit 1`,
  );
/** Whether a person exists and has, or had, a position or a record within the reach (kernel_position_person, kernel_record_person). */
export const personWithin = (ctx: Context, reach: Reach, person: PersonId): Promise<boolean> =>
  found(
    ctx,
    sql`select 1 from kernel_person p where p.id = ${person} and (${reach.all ? 1 : 0}
      or exists (select 1 from kernel_position o where o.person = p.id and ${within(reach, sql`o.unit`)})
      or exists (select 1 from kernel_record r indexed by kernel_record_person where r.person = p.id and ${within(reach, sql`r.unit`)}))`,
  );
