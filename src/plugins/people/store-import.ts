/** Queries of imports: the file's row, what is known of the people and units that it may mean, and its staged rows. */
import { and, desc, eq, gt, inArray, sql, type SQL } from "drizzle-orm";
import {
  chunkJson,
  must,
  rowsOf,
  run,
  within,
  type Area,
  type Context,
  type JobId,
  type PersonId,
  type Reach,
  type Statement,
  type UnitId,
} from "#kernel";
import { imports, importRows, type Counts, type ImportId } from "./schema.ts";
import { seen } from "./store-people.ts";
import type { Known, KnownPlace } from "./rules-roll.ts";
import type { KnownUnit } from "./rules-match-units.ts";
import type { RowProblem } from "./rules-values.ts";
import type { UnitName } from "./rules-named.ts";

export type Import = typeof imports.$inferSelect;
export const addImport = (ctx: Context, row: typeof imports.$inferInsert): Statement => ctx.db.insert(imports).values(row);
export const findImport = (ctx: Context, id: ImportId) => ctx.db.select().from(imports).where(eq(imports.id, id)).get();
/** An import's own state. */
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
/** The latest imports: of everybody, or of one person. Indexes: people_import_created, people_import_by. */
export const listImports = (ctx: Context, by: PersonId | null, limit: number) =>
  ctx.db
    .select()
    .from(imports)
    .where(by === null ? undefined : eq(imports.by, by))
    .orderBy(desc(imports.createdAt))
    .limit(limit);
/** Imports that wrote something after one and were not undone. Index: people_import_committed. */
export const laterImports = (ctx: Context, committedAt: number, limit = 5) =>
  ctx.db
    .select({ id: imports.id, name: imports.name })
    .from(imports)
    .where(
      and(
        gt(imports.committedAt, committedAt),
        inArray(imports.state, ["done", "undoing"]),
        sql`${imports.counts} ->> 'new' + ${imports.counts} ->> 'changed' > 0`,
      ),
    )
    .limit(limit);

export type Staged = {
  n: number;
  outcome: "new" | "changed" | "unchanged" | "refused";
  label: string;
  /** Why it is refused, and its cells as they came. */
  problem?: RowProblem;
  cells?: readonly (string | null)[];
  /** What it writes; nothing where it changes nothing. */
  plan?: unknown;
};
export const stageRows = (id: ImportId, rows: readonly Staged[]): Statement[] =>
  rows.length === 0
    ? []
    : chunkJson(rows).map((chunk) =>
        run(sql`insert into people_import_row (import, n, outcome, label, problem, cells, plan)
          select ${id}, value ->> 'n', value ->> 'outcome', value ->> 'label', value -> 'problem', value -> 'cells', value -> 'plan' from json_each(${chunk}) where true`),
      );
/** Rows that were staged before, otherwise. */
export const restageRows = (id: ImportId, rows: readonly Staged[]): Statement[] => [
  ...chunkJson(rows.map((row) => row.n)).map((chunk) =>
    run(sql`delete from people_import_row where import = ${id} and n in (select value from json_each(${chunk}))`),
  ),
  ...stageRows(id, rows),
];
export const clearRows = (ctx: Context, id: ImportId): Statement => ctx.db.delete(importRows).where(eq(importRows.import, id));
export const progress = (job: JobId, done: number, total: number): Statement =>
  run(sql`update kernel_job set done = ${done}, total = ${total} where id = ${job}`);

export type RefusedRow = { n: number; label: string; problem: RowProblem; cells: (string | null)[] };
/** Refused rows in the file's order, after a row. Index: people_import_row_outcome. */
export const listRefused = (ctx: Context, id: ImportId, after: number, limit: number): Promise<RefusedRow[]> =>
  ctx.db
    .select({ n: importRows.n, label: importRows.label, problem: importRows.problem, cells: importRows.cells })
    .from(importRows)
    .where(and(eq(importRows.import, id), eq(importRows.outcome, "refused"), gt(importRows.n, after)))
    .orderBy(importRows.n)
    .limit(limit)
    .then((rows) => rows.flatMap((row) => (row.problem === null ? [] : [{ ...row, problem: row.problem, cells: row.cells ?? [] }])));
export type GoodRow = { n: number; label: string; outcome: "new" | "changed" };
/** The first rows that would change something, new ones first. Index: people_import_row_outcome. */
export const listGood = (ctx: Context, id: ImportId, limit: number): Promise<GoodRow[]> =>
  rowsOf(
    ctx,
    sql`select n, label, outcome from people_import_row where import = ${id} and outcome in ('new', 'changed') order by outcome desc, n limit ${limit}`,
  );
/** Who is something else to the bureau by an import, or what units are, in the file's order. Index: people_import_row_outcome. */
export const listChanged = (ctx: Context, { id, kind }: Pick<Import, "id" | "kind">, after: number, limit: number) =>
  rowsOf<{ n: number; of: string; moved: number }>(
    ctx,
    kind === "people"
      ? sql`select n, plan ->> 'person' as "of", 0 as moved from people_import_row where import = ${id} and outcome in ('new', 'changed') and n > ${after}
          and (json_type(plan, '$.place') = 'object' or json_type(plan, '$.closes') = 'object' or json_type(plan, '$.mark') = 'object' or json_type(plan, '$.facts.category') is not null) order by n limit ${limit}`
      : sql`select n, plan ->> 'unit' as "of", json_type(plan, '$.facts.parent') is not null as moved from people_import_row where import = ${id} and outcome = 'changed' and n > ${after} order by n limit ${limit}`,
  );
export const countOutcomes = async (ctx: Context, id: ImportId): Promise<Counts> => {
  const counts: Counts = { rows: 0, new: 0, changed: 0, unchanged: 0, refused: 0 };
  for (const row of await rowsOf<{ outcome: keyof Omit<Counts, "rows">; n: number }>(
    ctx,
    sql`select outcome, count(*) as n from people_import_row where import = ${id} group by outcome`,
  )) {
    counts[row.outcome] = row.n;
    counts.rows += row.n;
  }
  return counts;
};

type KnownRow = Omit<Known, "places" | "roster" | "whole" | "row"> & { roster: number; whole: number; places: string };
/** People within a reach of whom `is` says that they are among some values, with their positions there. Index: kernel_person_name. */
const peopleWhere = async (ctx: Context, reach: Reach, is: (among: SQL) => SQL, values: readonly string[]): Promise<Known[]> => {
  const found: Known[] = [];
  for (let at = 0; at < values.length; at += 1000) {
    const rows = await rowsOf<KnownRow>(
      ctx,
      sql`select p.id, p.name, p.login, p.employee_no as employeeNo, p.phone, p.email, p.category, p.id_number_match as idMatch,
          exists (select 1 from kernel_roster_mark m where m.person = p.id and m.from_day <= ${ctx.today} and (m.until_day is null or m.until_day > ${ctx.today})) as roster,
          ${reach.all ? sql`1` : sql`not exists (select 1 from kernel_position w where w.person = p.id and (w.until_day is null or w.until_day >= ${ctx.today}) and not ${within(reach, sql`w.unit`)}) and not exists (select 1 from kernel_grant g where g.person = p.id and (g.until_day is null or g.until_day >= ${ctx.today}))`} as whole,
          (select json_group_array(json_object('id', x.id, 'unit', x.unit, 'nature', x.nature, 'post', x.post, 'from', x.from_day, 'until', x.until_day)) from kernel_position x where x.person = p.id and ${within(reach, sql`x.unit`)}) as places
        from kernel_person p where ${is(sql`(select value from json_each(${JSON.stringify(values.slice(at, at + 1000))}))`)} and p.erased_at is null and ${seen(reach, sql`p.id`)}`,
    );
    for (const row of rows)
      found.push({ ...row, roster: row.roster === 1, whole: row.whole === 1, places: JSON.parse(row.places) as KnownPlace[], row: null });
  }
  return found;
};
/** Everybody within a reach whom rows may mean: by name, 登录号, 工号 and 身份证. */
export const knownPeople = async (
  ctx: Context,
  reach: Reach,
  by: { names: readonly string[]; logins: readonly string[]; numbers: readonly string[]; matches: readonly string[] },
): Promise<Known[]> => {
  const all = new Map<PersonId, Known>();
  // 登录号 and 工号 are one person's alone: who was found by name need not be read again.
  const [logins, numbers] = [new Set<string>(), new Set<string>()];
  for (const [column, values] of [
    [sql`p.name`, () => by.names],
    [sql`p.login`, () => by.logins.filter((login) => !logins.has(login))],
    [sql`p.employee_no`, () => by.numbers.filter((no) => !numbers.has(no))],
    [sql`p.id_number_match`, () => by.matches],
  ] as const)
    for (const one of await peopleWhere(ctx, reach, (among) => sql`${column} in ${among}`, values())) {
      if (all.has(one.id)) continue;
      all.set(one.id, one);
      if (one.login !== null) logins.add(one.login);
      if (one.employeeNo !== null) numbers.add(one.employeeNo);
    }
  return [...all.values()];
};
/** Everybody who is, was or will be at some units within a reach. Index: kernel_position_unit. */
export const peopleAt = (ctx: Context, reach: Reach, units: readonly UnitId[]): Promise<Known[]> =>
  peopleWhere(ctx, reach, (among) => sql`p.id in (select x.person from kernel_position x where x.unit in ${among})`, units);
/** Which of these 工号 anybody has. Index: kernel_person_employee_no. */
export const takenNumbers = async (ctx: Context, numbers: readonly string[]): Promise<string[]> => {
  const found: string[] = [];
  for (let at = 0; at < numbers.length; at += 5000)
    found.push(
      ...(
        await rowsOf<{ no: string }>(
          ctx,
          sql`select employee_no as no from kernel_person where employee_no in (select value from json_each(${JSON.stringify(numbers.slice(at, at + 5000))}))`,
        )
      ).map((row) => row.no),
    );
  return found;
};

type UnitKnownRow = Omit<KnownUnit, "academic" | "profit" | "row" | "areas"> & {
  academic: number | null;
  profit: number | null;
  inReach: number;
  under: string;
};
/** All units, told apart by whether they lie within a reach, each with the areas that stand above it. Indexes: kernel_unit_closure_up. */
export const knownUnits = async (ctx: Context, reach: Reach): Promise<(KnownUnit & { inReach: boolean })[]> => {
  const tops = JSON.stringify(reach.areas.flatMap((area) => (area.unit === null ? [] : [area.unit])));
  const rows = await rowsOf<UnitKnownRow>(
    ctx,
    sql`select u.id, u.parent, u.name, u.kind, u.status, u.code, u.permit, u.permit_until as permitUntil, u.authority, u.supervisor, u.academic, u.profit, u.founded_on as foundedOn, ${within(reach, sql`u.id`)} as inReach,
        (select json_group_array(c.ancestor) from kernel_unit_closure c where c.descendant = u.id and c.ancestor in (select value from json_each(${tops}))) as under
      from kernel_unit u where ${within(reach, sql`u.id`)} or u.parent is null`,
  );
  return rows.map(({ under, inReach, academic, profit, ...row }) => {
    const tops: unknown = JSON.parse(under);
    const areas = reach.areas.filter((area: Area) => area.unit === null || (Array.isArray(tops) && tops.includes(area.unit)));
    return {
      ...row,
      academic: academic === null ? null : academic === 1,
      profit: profit === null ? null : profit === 1,
      row: null,
      areas,
      inReach: inReach === 1,
    };
  });
};
/** Names and codes of the units within a reach. Index: kernel_unit_name. */
export const unitNames = (ctx: Context, reach: Reach): Promise<UnitName[]> =>
  rowsOf(ctx, sql`select id, name, code from kernel_unit where ${within(reach, sql`id`)} order by name, id`);

/** Imports whose files and staged rows lapsed: undecided ones soon, others after a season. Index: people_import_created. */
export const lapsedImports = (ctx: Context, undecided: number, done: number) =>
  rowsOf<{ id: ImportId }>(
    ctx,
    sql`select id from people_import i where exists (select 1 from people_import_row r where r.import = i.id) and ((i.state in ('reading', 'ready', 'failed') and i.created_at < ${undecided}) or i.created_at < ${done}) order by i.created_at limit 50`,
  );
