/** Queries of imports: their rows, and what the ledger says of a person and a thing on a day. */
import { and, desc, eq, inArray, sql } from "drizzle-orm";
import {
  chunkJson,
  must,
  rowsOf,
  run,
  stands,
  within,
  type Context,
  type Day,
  type PersonId,
  type PositionId,
  type Reach,
  type RecordId,
  type Statement,
  type UnitId,
} from "#kernel";
import { imports, rows as stagedRows } from "./schema.ts";
import type { Counts, ImportId, Plan, RowProblem, Standing, VerbId } from "./rules.ts";

export type Import = typeof imports.$inferSelect;
export const addImport = (ctx: Context, row: typeof imports.$inferInsert): Statement => ctx.db.insert(imports).values(row);
export const findImport = (ctx: Context, id: ImportId) => ctx.db.select().from(imports).where(eq(imports.id, id)).get();
export const putImport = (ctx: Context, id: ImportId, set: Partial<typeof imports.$inferInsert>): Statement =>
  ctx.db.update(imports).set(set).where(eq(imports.id, id));
/** A state that follows only from certain others. */
export const moveImport = (ctx: Context, id: ImportId, from: readonly Import["state"][], set: Partial<typeof imports.$inferInsert>) =>
  must(
    ctx.db
      .update(imports)
      .set(set)
      .where(and(eq(imports.id, id), inArray(imports.state, [...from]))),
  );
/** The running work is through with rows up to one; fails with Conflict where another was quicker. */
export const advance = (found: Pick<Import, "id" | "state" | "cursor">, to: number): readonly Statement[] =>
  must(run(sql`update outside_import set cursor = ${to} where id = ${found.id} and state = ${found.state} and cursor = ${found.cursor}`));
/** The latest imports: of everybody, or of one person. Indexes: outside_import_created, outside_import_by. */
export const listImports = (ctx: Context, by: PersonId | null, limit: number) =>
  ctx.db
    .select()
    .from(imports)
    .where(by === null ? undefined : eq(imports.by, by))
    .orderBy(desc(imports.createdAt))
    .limit(limit);

export type Staged = {
  n: number;
  outcome: "new" | "changed" | "unchanged" | "refused";
  label: string;
  problem?: RowProblem;
  cells?: readonly (string | null)[];
  plan?: Plan;
};
export const stageRows = (id: ImportId, rows: readonly Staged[]): Statement[] =>
  rows.length === 0
    ? []
    : chunkJson(rows).map((chunk) =>
        run(sql`insert into outside_row (import, n, outcome, label, problem, cells, plan)
          select ${id}, value ->> 'n', value ->> 'outcome', value ->> 'label', value -> 'problem', value -> 'cells', value -> 'plan' from json_each(${chunk}) where true`),
      );
/** Rows that came out otherwise than they were checked. */
export const settleRows = (id: ImportId, rows: readonly Pick<Staged, "n" | "outcome" | "problem">[]): Statement[] =>
  rows.length === 0
    ? []
    : chunkJson(rows).map((chunk) =>
        run(
          sql`update outside_row set outcome = d.outcome, problem = d.problem from (select value ->> 'n' as n, value ->> 'outcome' as outcome, value -> 'problem' as problem from json_each(${chunk})) d where outside_row.import = ${id} and outside_row.n = d.n`,
        ),
      );
export const clearRows = (ctx: Context, id: ImportId): Statement => ctx.db.delete(stagedRows).where(eq(stagedRows.import, id));

export type RefusedRow = { n: number; label: string; problem: RowProblem; cells: (string | null)[] };
/** Refused rows in the file's order, after a row. Index: outside_row_outcome. */
export const listRefused = async (ctx: Context, id: ImportId, after: number, limit: number): Promise<RefusedRow[]> =>
  (
    await ctx.db
      .select({ n: stagedRows.n, label: stagedRows.label, problem: stagedRows.problem, cells: stagedRows.cells })
      .from(stagedRows)
      .where(and(eq(stagedRows.import, id), eq(stagedRows.outcome, "refused"), sql`${stagedRows.n} > ${after}`))
      .orderBy(stagedRows.n)
      .limit(limit)
  ).flatMap((row) => (row.problem === null ? [] : [{ ...row, problem: row.problem, cells: row.cells ?? [] }]));
export type GoodRow = { n: number; label: string; outcome: "new" | "changed" };
/** The first rows that would write something. Index: outside_row_outcome. */
export const listGood = (ctx: Context, id: ImportId, limit: number): Promise<GoodRow[]> =>
  rowsOf(
    ctx,
    sql`select n, label, outcome from outside_row where import = ${id} and outcome in ('new', 'changed') order by outcome desc, n limit ${limit}`,
  );
export type UnknownName = { name: string; year: string; organiser: string; rows: number };
/** Names in refused rows that nothing is called by, each once (outside_row_outcome). */
export const listUnknownNames = (ctx: Context, id: ImportId): Promise<UnknownName[]> =>
  rowsOf(
    ctx,
    sql`select min(problem ->> '$.value') as name, problem ->> '$.facts.year' as year, max(problem ->> '$.facts.organiser') as organiser, count(*) as rows from outside_row
      where import = ${id} and outcome = 'refused' and problem ->> '$.code' = 'what' group by problem ->> '$.facts.key', year order by rows desc limit 30`,
  );
export type PlannedRow = { n: number; plan: Plan };
/** Rows of an import that write, after one, in the file's order (the primary key). */
export const listPlanned = async (ctx: Context, id: ImportId, after: number, limit: number): Promise<PlannedRow[]> =>
  (
    await ctx.db
      .select({ n: stagedRows.n, plan: stagedRows.plan })
      .from(stagedRows)
      .where(and(eq(stagedRows.import, id), sql`${stagedRows.n} > ${after}`, inArray(stagedRows.outcome, ["new", "changed"])))
      .orderBy(stagedRows.n)
      .limit(limit)
  ).flatMap(({ n, plan }) => (plan === null ? [] : [{ n, plan }]));
export const countOutcomes = async (ctx: Context, id: ImportId): Promise<Counts> => {
  const counts: Counts = { rows: 0, new: 0, changed: 0, unchanged: 0, refused: 0 };
  for (const row of await rowsOf<{ outcome: keyof Omit<Counts, "rows">; n: number }>(
    ctx,
    sql`select outcome, count(*) as n from outside_row where import = ${id} group by outcome`,
  )) {
    counts[row.outcome] = row.n;
    counts.rows += row.n;
  }
  return counts;
};
/** Rows whose records were corrected since, not by this import's own undo (kernel_record_corrects). */
export const correctedSince = (ctx: Context, id: ImportId, limit: number): Promise<{ n: number; label: string }[]> =>
  rowsOf(
    ctx,
    sql`select r.n, r.label from outside_row r where r.import = ${id} and r.outcome in ('new', 'changed') and exists (select 1 from json_each(r.plan, '$.ids') i join kernel_record c on c.corrects = i.value) order by r.n limit ${limit}`,
  );

type Key = Pick<Plan, "person" | "kind" | "object" | "day">;
/** What a person's evidence says of a thing on a day: the records that stand, and how often each verb was told anew. */
export type Ledger = { standing: Standing[]; told: Partial<Record<VerbId, number>> };
/** The same for each key, in order (kernel_record_person). Only records with evidence: what was earned here has none. */
export const ledgerOf = async (ctx: Context, keys: readonly Key[]): Promise<Ledger[]> => {
  const found = keys.map((): Ledger => ({ standing: [], told: {} }));
  const list = keys.map(({ person, kind, object, day }, n) => ({ n, person, kind, object, day }));
  for (const chunk of list.length > 0 ? chunkJson(list) : [])
    for (const row of await rowsOf<{
      n: number;
      id: RecordId;
      verb: VerbId;
      score: number | null;
      evidence: string;
      unit: UnitId | null;
      position: PositionId | null;
      holds: number;
      first: number;
    }>(
      ctx,
      sql`select d.n, r.id, r.verb, r.score, r.evidence, r.unit, r.position, ${stands(sql`r`)} as holds, r.corrects is null as first
        from (select value ->> 'n' as n, value ->> 'person' as person, value ->> 'kind' as kind, value ->> 'object' as object, value ->> 'day' as day from json_each(${chunk})) d
        cross join kernel_record r on r.person = d.person and r.verb in ('sat', 'passed', 'excelled', 'completed') and r.object_kind = d.kind and r.object_id = d.object and r.day = d.day
        where r.evidence is not null`,
    )) {
      const ledger = found[row.n];
      if (!ledger) continue;
      const { n: _, holds, first, ...standing } = row;
      if (holds === 1) ledger.standing.push(standing);
      if (first === 1) ledger.told[row.verb] = (ledger.told[row.verb] ?? 0) + 1;
    }
  return found;
};

export type ListedResult = {
  record: RecordId;
  person: PersonId;
  name: string;
  unit: string | null;
  day: Day;
  score: number | null;
  verdict: VerbId;
  import: ImportId | null;
  key: string;
};
/**
 * Results from outside of an exam or course within the reach, latest first (kernel_record_object); `by`: whose imports open,
 * null: all. `+verb` keeps the verb in the order, which is the index's then.
 */
export const listResults = (
  ctx: Context,
  reach: Reach,
  of: { kind: string; id: string },
  by: PersonId | null,
  after: { day: string; person: string } | null,
  limit: number,
): Promise<ListedResult[]> => {
  const also = (verb: "passed" | "excelled") =>
    sql`exists (select 1 from kernel_record q where q.person = r.person and q.verb = ${verb} and q.object_kind = r.object_kind and q.object_id = r.object_id and q.day = r.day and q.evidence is not null and ${stands(sql`q`)})`;
  return rowsOf(
    ctx,
    sql`select r.id as record, r.person, p.name, u.name as unit, r.day, r.score, case when ${also("excelled")} then 'excelled' when ${also("passed")} then 'passed' else r.verb end as verdict,
        (select i.id from outside_import i indexed by outside_import_evidence where i.evidence = r.evidence and ${by === null ? sql`1` : sql`i.by = ${by}`} limit 1) as import, r.day || '.' || r.person as key
      from kernel_record r indexed by kernel_record_object cross join kernel_person p on p.id = r.person left join kernel_unit u on u.id = r.unit
      where r.object_kind = ${of.kind} and r.object_id = ${of.id} and +r.verb = ${of.kind === "course" ? "completed" : "sat"} and r.evidence is not null and ${stands(sql`r`)} and ${within(reach, sql`r.unit`)}
        ${after === null ? sql`` : sql`and (r.day, r.person) < (${after.day}, ${after.person})`}
      order by r.day desc, r.verb desc, r.person desc limit ${limit}`,
  );
};
/** Imports that were never written and lapsed. Index: outside_import_created. */
export const lapsedImports = (ctx: Context, before: number) =>
  rowsOf<{ id: ImportId }>(
    ctx,
    sql`select id from outside_import i where i.created_at < ${before} and i.state in ('reading', 'ready', 'failed') and exists (select 1 from outside_row r where r.import = i.id) order by i.created_at limit 50`,
  );
