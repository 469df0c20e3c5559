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
  type Reach,
  type UnitId,
} from "#kernel";
import { unitFinder } from "../rules-named.ts";
import { decideAll } from "../rules-knots.ts";
import type { Decision, Known, Plan, Row } from "../rules-roll.ts";
import { decideUnits, Register, type UnitDecision, type UnitRow, type UnitRules } from "../rules-match-units.ts";
import { openRows } from "../rules-read.ts";
import type { Cell } from "../rules-table.ts";
import { readPerson, readUnit, type PeopleValues, type Read, type RowProblem, type UnitValues } from "../rules-values.ts";
import {
  clearRows,
  countOutcomes,
  knownPeople,
  knownUnits,
  progress,
  putImport,
  restageRows,
  stageRows,
  takenNumbers,
  unitNames,
  type Import,
  type Staged,
} from "../store-import.ts";
import { freshLogins } from "./person.ts";
import { fileOf, reachOfImport } from "./import-file.ts";
import { stager, type Upkeep } from "./import-stage.ts";
import type { Counts } from "../schema.ts";

/** Rows read before the progress moves. */
const atOnce = 1000;
/** A data row: its cells as they came, and what they say, or what is wrong. */
type Item<V> = { n: number; cells: readonly Cell[]; read: Read<V> };
/** A row that writes nothing, with its cells for the file of refused rows. */
const refusedRow = (found: Import, { n, cells }: Pick<Item<unknown>, "n" | "cells">, problem: RowProblem): Staged => ({
  n,
  outcome: "refused",
  label: cells[found.columns.indexOf("name")] ?? "",
  problem,
  cells,
});

/** A row that says whom it means and where, with its cells as they came. */
type Given = Row & Pick<Item<unknown>, "cells">;
const checkPeople = async (ctx: Context, found: Import, reach: Reach, upkeep: Upkeep): Promise<void> => {
  const file = await openRows(await fileOf(ctx, found.id), found, readPerson);
  const units = await unitNames(ctx, reach);
  const unitOf = unitFinder(units);
  const fallback = units.find((unit) => unit.id === found.fallback) ?? (found.scope === "own" && units.length === 1 ? units[0] : undefined);
  const names = new Map(units.map((unit) => [unit.id, unit.name]));
  const placed = async ({ n, cells, read }: Item<PeopleValues>): Promise<Given | RowProblem> => {
    if (read.problem) return read.problem;
    const { values } = read;
    const unit =
      values.unit === null ? (fallback ?? ({ code: "unitMissing", field: "unit", value: "" } satisfies RowProblem)) : unitOf(values.unit);
    if ("field" in unit) return unit;
    const idMatch = values.idNumber === null ? null : await macHex(ctx.env, "id-number", values.idNumber);
    return { n, cells, values, unit: unit.id, unitName: unit.name, idMatch };
  };

  // First, whom the file may mean at all; rows that say nothing are refused on the way.
  const stage = stager<Staged>(upkeep, (rows) => stageRows(found.id, rows));
  const keys = { names: new Set<string>(), logins: new Set<string>(), numbers: new Set<string>(), matches: new Set<string>() };
  let count = 0;
  for await (const item of file.rows()) {
    const row = await placed(item);
    if ("field" in row) await stage.add(refusedRow(found, item, row));
    else {
      keys.names.add(row.values.name);
      if (row.values.login !== null) keys.logins.add(row.values.login);
      if (row.values.employeeNo !== null) keys.numbers.add(row.values.employeeNo);
      if (row.idMatch !== null) keys.matches.add(row.idMatch);
    }
    count++;
    if (count % atOnce === 0 && file.lines > 0) await upkeep.write([progress(upkeep.job, Math.floor(count / 2), file.lines)]);
  }
  stage.expect(count);
  const by = { names: [...keys.names], logins: [...keys.logins], numbers: [...keys.numbers], matches: [...keys.matches] };
  let known: readonly Known[] | null = await knownPeople(ctx, reach, by);
  const mine = new Set(known.flatMap((one) => one.employeeNo ?? []));
  const rules = {
    today: ctx.today,
    own: found.scope === "own",
    foreignNos: new Set((await takenNumbers(ctx, by.numbers)).filter((no) => !mine.has(no))),
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
  // Then row by row what each means, staged as it is decided: there may be tens of thousands.
  const logins = loginPool(ctx);
  const decided = async (row: Given, { plan, problem }: Decision): Promise<Staged> =>
    plan === null
      ? { ...refusedRow(found, row, problem), label: row.values.name }
      : {
          n: row.n,
          outcome: plan.outcome,
          label: `${row.values.name}（${row.unitName}）`,
          ...(plan.outcome === "unchanged" ? {} : { plan: await staged(ctx, plan, row, logins) }),
        };
  const rows = async function* () {
    for await (const item of file.rows()) {
      const row = await placed(item);
      if (!("field" in row)) yield row;
    }
  };
  const after = await decideAll(rows, roster, rules, async (row, decision) => stage.add(await decided(row, decision)));
  await stage.flush();
  if (after.length > 0)
    await upkeep.write(restageRows(found.id, await Promise.all(after.map(({ row, decision }) => decided(row, decision)))));
};
/** A plan as the commit reads it: with a 登录号 for a new person and the 身份证 sealed; what it has not is left out, to be short. */
const staged = async (ctx: Context, plan: Plan, row: Row, logins: () => Promise<string>) => ({
  outcome: plan.outcome,
  person: plan.person,
  ...(plan.facts === null ? {} : { facts: { ...plan.facts, ...(plan.facts.idNumber ? { idNumber: row.idMatch } : {}) } }),
  ...(plan.before === null ? {} : { before: plan.before }),
  position: plan.position,
  ...(plan.place === null ? {} : { place: plan.place }),
  ...(plan.closes === null ? {} : { closes: plan.closes }),
  ...(plan.mark === null ? {} : { mark: plan.mark }),
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
  const items: Item<UnitValues>[] = [];
  for await (const item of (await openRows(await fileOf(ctx, found.id), found, readUnit)).rows()) items.push(item);
  const known = await knownUnits(ctx, reach);
  const stage = stager<Staged>(upkeep, (rows) => stageRows(found.id, rows));
  stage.expect(items.length);
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
  for (const item of items) {
    const { n, read } = item;
    const { plan = null, problem = null } = decided.get(n) ?? {};
    const label = read.values?.name ?? "";
    await stage.add(
      plan === null
        ? { ...refusedRow(found, item, read.problem ?? problem ?? { code: "noRow", field: "name", value: "" }), label }
        : { n, outcome: plan.outcome, label, ...(plan.outcome === "unchanged" ? {} : { plan }) },
    );
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
