/** Checking an import: reads the file, decides every row, and stages what each would write. Writes no roster itself. */
import {
  encrypt,
  idNumberKeyVersion,
  macHex,
  newId,
  personId,
  positionId,
  unitId,
  unitKinds,
  type Context,
  type JobId,
  type Reach,
  type Statement,
  type UnitId,
} from "#kernel";
import { inspect } from "../rules-file.ts";
import { decideAll } from "../rules-knots.ts";
import { type Known, type Plan, type Row } from "../rules-roll.ts";
import { decideUnits, Register, type UnitDecision, type UnitRow, type UnitRules } from "../rules-match-units.ts";
import { rowsIn } from "../rules-read.ts";
import { guessHeader, isData, type Cell, type SheetRow } from "../rules-table.ts";
import { readPerson, readUnit, unitName, type Read, type RowProblem } from "../rules-values.ts";
import {
  clearRows,
  countOutcomes,
  knownPeople,
  knownUnits,
  progress,
  putImport,
  stageRows,
  takenNumbers,
  unitNames,
  type Import,
  type Staged,
  type UnitName,
} from "../store-import.ts";
import { freshLogins } from "./person.ts";
import { fileOf, reachOfImport } from "./import-file.ts";
import type { Counts } from "../schema.ts";

/** Rows read before the progress moves. */
const atOnce = 1000;
/** Rows staged in one batch: few, so that their texts stay small enough to be collected at once. */
const staging = 150;
/** Rows read between two breaths: the thread that reads also serves. */
const breath = 500;
/** A data row: what it says, or what is wrong; and its cells as they came, as one text, since there may be thousands of rows. */
type Item<V> = { n: number; raw: string; read: Read<V> };
const separator = "\u001f";
const cellsOf = (raw: string): Cell[] => raw.split(separator).map((cell) => (cell === "" ? null : cell));

/** The job that checks, and how it writes what is no roster yet. */
export type Upkeep = { job: JobId; write: (statements: readonly Statement[]) => Promise<unknown> };
/** The data rows of the file, as the import's columns say. */
const readData = async <V>(
  ctx: Context,
  found: Import,
  { job, write }: Upkeep,
  read: (cells: readonly Cell[], columns: readonly (string | null)[]) => Read<V>,
): Promise<Item<V>[]> => {
  const bytes = await fileOf(ctx, found.id);
  const items: Item<V>[] = [];
  const guess = { columns: found.columns, titles: found.titles };
  const inspected = await inspect(bytes);
  const total = inspected.kind === "xlsx" ? (inspected.sheets.find((sheet) => sheet.name === found.sheet)?.rows ?? 0) : 0;
  for await (const row of rowsIn(bytes, inspected, found.sheet)) {
    if (row.n > found.header && isData(row, guess))
      items.push({ n: row.n, raw: row.cells.map((cell) => cell ?? "").join(separator), read: read(row.cells, found.columns) });
    if (row.n % breath === 0) await new Promise((resolve) => setTimeout(resolve, 0));
    // Reading is the first half of the work.
    if (row.n % atOnce === 0 && total > 0) await write([progress(job, Math.floor(row.n / 2), total)]);
  }
  return items;
};
/** Stages rows as they come, some at a time. */
const stager = (found: Import, { job, write }: Upkeep, total: number) => {
  let open: Staged[] = [];
  let done = 0;
  let told = 0;
  const flush = async () => {
    done += open.length;
    const rows = open;
    open = [];
    const moves = done - told >= atOnce || done === total;
    if (moves) told = done;
    await write([...stageRows(found.id, rows), ...(moves ? [progress(job, Math.floor((total + done) / 2), total)] : [])]);
  };
  return {
    add: async (row: Staged) => {
      open.push(row);
      if (open.length >= staging) await flush();
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
  const items = await readData(ctx, found, upkeep, readPerson);
  const units = await unitNames(ctx, reach);
  const unitOf = unitFinder(units);
  const fallback = units.find((unit) => unit.id === found.fallback) ?? (found.scope === "own" && units.length === 1 ? units[0] : undefined);
  const names = new Map(units.map((unit) => [unit.id, unit.name]));
  const stage = stager(found, upkeep, items.length);

  const problems = new Map<number, RowProblem>();
  const rows: Row[] = [];
  for (const { n, read } of items) {
    if (read.problem) {
      problems.set(n, read.problem);
      continue;
    }
    const { values } = read;
    const unit =
      values.unit === null ? (fallback ?? ({ code: "unitMissing", field: "unit", value: "" } satisfies RowProblem)) : unitOf(values.unit);
    if ("field" in unit) problems.set(n, unit);
    else
      rows.push({
        n,
        values,
        unit: unit.id,
        unitName: unit.name,
        idMatch: values.idNumber === null ? null : await macHex(ctx.env, "id-number", values.idNumber),
      });
  }
  const distinct = (pick: (row: Row) => string | null) => [...new Set(rows.flatMap((row) => pick(row) ?? []))];
  const numbers = distinct((row) => row.values.employeeNo);
  const by = {
    names: distinct((row) => row.values.name),
    logins: distinct((row) => row.values.login),
    numbers,
    matches: distinct((row) => row.idMatch),
  };
  let known: readonly Known[] | null = await knownPeople(ctx, reach, by);
  const mine = new Set(known.flatMap((one) => one.employeeNo ?? []));
  const rules = {
    today: ctx.today,
    own: found.scope === "own",
    foreignNos: new Set((await takenNumbers(ctx, numbers)).filter((no) => !mine.has(no))),
    answer: (n: number) => found.answers[String(n)],
    unitName: (id: UnitId) => names.get(id) ?? "",
    newPerson: () => newId(personId),
    newPosition: () => newId(positionId),
  };
  // The roster as it stands: read once already; again only where rows were refused.
  const roster = async () => {
    const now = known ?? (await knownPeople(ctx, reach, by));
    known = null;
    return now;
  };
  const decisions = await decideAll(rows, roster, rules);
  const logins = loginPool(ctx);
  // Taken off one by one, so that what is staged need not stay in memory: there may be tens of thousands.
  for (const list of [items, rows, decisions]) list.reverse();
  for (let item = items.pop(); item !== undefined; item = items.pop()) {
    const { n, raw } = item;
    const row = rows.at(-1)?.n === n ? rows.pop() : undefined;
    const decision = row === undefined ? undefined : decisions.pop();
    const plan = decision?.plan;
    if (plan && row)
      await stage.add({
        n,
        outcome: plan.outcome,
        label: `${row.values.name}（${row.unitName}）`,
        problem: null,
        cells: null,
        plan: plan.outcome === "unchanged" ? null : await staged(ctx, plan, row, logins),
      });
    else {
      const cells = cellsOf(raw);
      await stage.add({
        n,
        outcome: "refused",
        label: row?.values.name ?? cells[found.columns.indexOf("name")] ?? "",
        problem: decision?.problem ?? problems.get(n) ?? { code: "noRow", field: "name", value: "" },
        cells,
        plan: null,
      });
    }
  }
  await stage.flush();
};
/** A plan as the commit reads it: with a 登录号 for a new person and the 身份证 sealed. */
const staged = async (ctx: Context, plan: Plan, row: Row, logins: () => Promise<string>) => ({
  ...plan,
  facts: plan.facts === null ? null : { ...plan.facts, ...(plan.facts.idNumber ? { idNumber: row.idMatch } : {}) },
  ...(plan.outcome === "new" ? { login: await logins() } : {}),
  ...(plan.facts?.idNumber && row.values.idNumber !== null
    ? { sealed: { sealed: await encrypt(ctx.env, row.values.idNumber), key: idNumberKeyVersion } }
    : {}),
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
  const items = await readData(ctx, found, upkeep, readUnit);
  const known = await knownUnits(ctx, reach);
  const stage = stager(found, upkeep, items.length);
  const root = known.find((unit) => unit.parent === null);
  const inReach = new Set(known.flatMap((unit) => (unit.inReach ? [unit.id] : [])));
  const made = new Set<UnitId>();
  const rows = items.flatMap(({ n, read }): UnitRow[] => (read.values === null ? [] : [{ n, values: read.values }]));
  const rules = (top: UnitId): UnitRules => ({
    today: ctx.today,
    root: top,
    defaultKind: unitKinds.find((kind) => kind === found.fallback) ?? null,
    answer: (n) => found.answers[String(n)],
    newUnit: () => {
      const id = newId(unitId);
      made.add(id);
      return id;
    },
    inReach: (unit) => inReach.has(unit.id) || made.has(unit.id),
  });
  const decided = root === undefined ? new Map<number, UnitDecision>() : decideUnits(rows, new Register(known), rules(root.id));
  for (const { n, raw, read } of items) {
    const decision = decided.get(n);
    const plan = decision?.plan;
    const label = read.values?.name ?? "";
    if (plan)
      await stage.add({ n, outcome: plan.outcome, label, problem: null, cells: null, plan: plan.outcome === "unchanged" ? null : plan });
    else
      await stage.add({
        n,
        outcome: "refused",
        label,
        problem: read.problem ?? decision?.problem ?? { code: "noRow", field: "name", value: "" },
        cells: cellsOf(raw),
        plan: null,
      });
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
  return {
    sheets: inspected.kind === "text" ? [] : inspected.sheets.map((s) => s.name),
    guess,
    titles: (head.find((row) => row.n === header)?.cells ?? []).map((cell) => cell ?? ""),
  };
};
