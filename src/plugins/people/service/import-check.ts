/** Checking an import: reads the file, decides every row, and stages what each would write. Writes no roster itself. */
import { encrypt, idNumberKeyVersion, macHex, newId, personId, positionId, unitId, type Context, type JobId, type Reach, type Statement, type UnitId, type UnitKind } from "#kernel";
import { inspect } from "../rules-file.ts";
import { decideAll, type Plan, type Row } from "../rules-match.ts";
import { decideUnits, Register, type UnitDecision, type UnitRow } from "../rules-match-units.ts";
import { rowsIn } from "../rules-read.ts";
import { guessHeader, isData, type Cell, type SheetRow } from "../rules-table.ts";
import { readPerson, readUnit, unitName, type RowProblem } from "../rules-values.ts";
import { clearRows, countOutcomes, knownPeople, knownUnits, progress, putImport, stageRows, takenNumbers, unitNames, type Import, type Staged, type UnitName } from "../store-import.ts";
import { freshLogins } from "./person.ts";
import { fileOf, reachOfImport } from "./import-file.ts";
import type { Counts } from "../schema.ts";

/** Rows staged in one batch; the progress moves with each. */
const atOnce = 1000;
type Data = { n: number; cells: Cell[] };

/** The data rows of the file, as the import's columns say. */
const readData = async (ctx: Context, found: Import): Promise<Data[]> => {
  const bytes = await fileOf(ctx, found.id);
  const data: Data[] = [];
  const guess = { columns: found.columns, titles: found.titles };
  for await (const row of rowsIn(bytes, await inspect(bytes), found.sheet)) if (row.n > found.header && isData(row, guess)) data.push(row);
  return data;
};
/** The job that checks, and how it writes what is no roster yet. */
export type Upkeep = { job: JobId; write: (statements: readonly Statement[]) => Promise<unknown> };
/** Stages rows as they come, some at a time. */
const stager = (found: Import, { job, write }: Upkeep, total: number) => {
  let open: Staged[] = [];
  let done = 0;
  const flush = async () => {
    done += open.length;
    const rows = open;
    open = [];
    await write([...stageRows(found.id, rows), progress(job, done, total)]);
  };
  return {
    add: async (row: Staged) => {
      open.push(row);
      if (open.length >= atOnce) await flush();
    },
    flush,
  };
};

/** Which unit a cell names: by 统一社会信用代码, or by its whole name. What comes close is offered, never taken. */
const unitFinder = (units: readonly UnitName[]) => {
  const byName = new Map<string, UnitName[]>();
  for (const unit of units) byName.set(unitName(unit.name), [...(byName.get(unitName(unit.name)) ?? []), unit]);
  const byCode = new Map(units.flatMap((unit) => (unit.code === null ? [] : [[unit.code, unit] as const])));
  return (cell: string): UnitName | RowProblem => {
    const named = byName.get(cell) ?? [];
    const [one] = named;
    if (named.length === 1 && one) return one;
    if (named.length > 1) return { code: "unitMany", field: "unit", value: cell };
    const coded = byCode.get(cell.toUpperCase());
    if (coded) return coded;
    const close = cell.length < 2 ? [] : units.filter((unit) => unit.name.includes(cell) || cell.includes(unitName(unit.name))).slice(0, 3);
    return { code: "unitUnknown", field: "unit", value: cell, facts: { close: close.map((unit) => unit.name).join("、") } };
  };
};

const checkPeople = async (ctx: Context, found: Import, reach: Reach, upkeep: Upkeep): Promise<void> => {
  const data = await readData(ctx, found);
  const units = await unitNames(ctx, reach);
  const unitOf = unitFinder(units);
  const fallback = units.find((unit) => unit.id === found.fallback) ?? (found.scope === "own" && units.length === 1 ? units[0] : undefined);
  const names = new Map(units.map((unit) => [unit.id, unit.name]));
  const stage = stager(found, upkeep, data.length);

  type Item = { n: number; cells: Cell[]; row: Row | null; problem: RowProblem | null; label: string };
  const items: Item[] = [];
  for (const { n, cells } of data) {
    const read = readPerson(cells, found.columns);
    if (read.problem) {
      items.push({ n, cells, row: null, problem: read.problem, label: cells[found.columns.indexOf("name")] ?? "" });
      continue;
    }
    const { values } = read;
    const unit = values.unit === null ? (fallback ?? ({ code: "unitMissing", field: "unit", value: "" } satisfies RowProblem)) : unitOf(values.unit);
    if ("code" in unit && "field" in unit) items.push({ n, cells, row: null, problem: unit, label: values.name });
    else items.push({ n, cells, row: { n, values, unit: unit.id, unitName: unit.name, idMatch: values.idNumber === null ? null : await macHex(ctx.env, "id-number", values.idNumber) }, problem: null, label: values.name });
  }
  const rows = items.flatMap((item) => (item.row === null ? [] : [item.row]));
  const distinct = (pick: (row: Row) => string | null) => [...new Set(rows.flatMap((row) => pick(row) ?? []))];
  const numbers = distinct((row) => row.values.employeeNo);
  const by = { names: distinct((row) => row.values.name), logins: distinct((row) => row.values.login), numbers, matches: distinct((row) => row.idMatch) };
  const mine = new Set((await knownPeople(ctx, reach, by)).flatMap((one) => one.employeeNo ?? []));
  const rules = {
    today: ctx.today,
    own: found.scope === "own",
    foreignNos: new Set((await takenNumbers(ctx, numbers)).filter((no) => !mine.has(no))),
    answer: (n: number) => found.answers[String(n)],
    unitName: (id: UnitId) => names.get(id) ?? "",
    newPerson: () => newId(personId),
    newPosition: () => newId(positionId),
  };
  const decisions = new Map((await decideAll(rows, () => knownPeople(ctx, reach, by), rules)).map((decision, at) => [rows[at]?.n, decision]));
  const logins = loginPool(ctx);
  for (const { n, cells, row, problem, label } of items) {
    const decision = decisions.get(n);
    const plan = decision?.plan ?? null;
    if (plan === null || row === null) await stage.add({ n, outcome: "refused", label, problem: decision?.problem ?? problem, cells, plan: null });
    else await stage.add({ n, outcome: plan.outcome, label: `${row.values.name}（${row.unitName}）`, problem: null, cells: null, plan: plan.outcome === "unchanged" ? null : await staged(ctx, plan, row, logins) });
  }
  await stage.flush();
};
/** A plan as the commit reads it: with a 登录号 for a new person and the 身份证 sealed. */
const staged = async (ctx: Context, plan: Plan, row: Row, logins: () => Promise<string>) => ({
  ...plan,
  facts: plan.facts === null ? null : { ...plan.facts, ...(plan.facts.idNumber ? { idNumber: row.idMatch } : {}) },
  ...(plan.outcome === "new" ? { login: await logins() } : {}),
  ...(plan.facts?.idNumber && row.values.idNumber !== null ? { sealed: { sealed: await encrypt(ctx.env, row.values.idNumber), key: idNumberKeyVersion } } : {}),
});
const loginPool = (ctx: Context) => {
  const given = new Set<string>();
  let pool: string[] = [];
  return async (): Promise<string> => {
    for (;;) {
      if (pool.length === 0) pool = await freshLogins(ctx, 1000);
      const login = pool.pop();
      if (login === undefined || given.has(login)) continue;
      given.add(login);
      return login;
    }
  };
};

const checkUnits = async (ctx: Context, found: Import, reach: Reach, upkeep: Upkeep): Promise<void> => {
  const data = await readData(ctx, found);
  const known = await knownUnits(ctx, reach);
  const stage = stager(found, upkeep, data.length);
  const root = known.find((unit) => unit.parent === null);
  const inReach = new Set(known.flatMap((unit) => (unit.inReach ? [unit.id] : [])));
  const read = data.map(({ n, cells }) => ({ n, cells, ...readUnit(cells, found.columns) }));
  const made = new Set<UnitId>();
  const decided = root === undefined ? new Map<number, UnitDecision>() : decideUnits(read.flatMap((row): UnitRow[] => (row.values === null ? [] : [{ n: row.n, values: row.values }])), new Register(known), {
    today: ctx.today,
    root: root.id,
    defaultKind: found.fallback as UnitKind | null,
    answer: (n) => found.answers[String(n)],
    newUnit: () => {
      const id = newId(unitId);
      made.add(id);
      return id;
    },
    inReach: (unit) => inReach.has(unit.id) || made.has(unit.id),
  });
  for (const { n, cells, values, problem } of read) {
    const decision = decided.get(n);
    const plan = decision?.plan ?? null;
    if (plan === null) await stage.add({ n, outcome: "refused", label: values?.name ?? "", problem: problem ?? decision?.problem ?? { code: "noRow", field: "name", value: "" }, cells, plan: null });
    else await stage.add({ n, outcome: plan.outcome, label: values?.name ?? "", problem: null, cells: null, plan: plan.outcome === "unchanged" ? null : plan });
  }
  await stage.flush();
};

/** Checks an import whole, from the file anew; what was staged before goes. */
export const checkImport = async (ctx: Context, found: Import, upkeep: Upkeep): Promise<Counts> => {
  const reach = reachOfImport(ctx, found.scope);
  await upkeep.write([clearRows(ctx, found.id)]);
  await (found.kind === "people" ? checkPeople : checkUnits)(ctx, found, reach, upkeep);
  const counts = await countOutcomes(ctx, found.id);
  await upkeep.write([putImport(ctx, found.id, { counts, state: "ready" })]);
  return counts;
};
/** The first rows of a sheet that somebody chose, and the guess there. */
export const lookAtSheet = async (ctx: Context, found: Import, sheet: string | null, header: number) => {
  const bytes = await fileOf(ctx, found.id);
  const inspected = await inspect(bytes);
  const head: SheetRow[] = [];
  for await (const row of rowsIn(bytes, inspected, sheet, Math.max(60, header))) head.push(row);
  const guess = guessHeader(found.kind, header > 0 ? head.filter((row) => row.n >= header) : head);
  return { sheets: inspected.kind === "text" ? [] : inspected.sheets.map((s) => s.name), guess, titles: (head.find((row) => row.n === header)?.cells ?? []).map((cell) => cell ?? "") };
};
