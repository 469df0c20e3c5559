/** Checking an import: reads the file, decides every row, and stages what each would write. Writes nothing to the ledger. */
import { newId, recordId, startOfDay, type Context, type Instant, type UnitId } from "#kernel";
import { listCourses } from "#plugins/courses";
import { listResultTargets } from "#plugins/exams";
import { candidate, knownPeople, openRows, peopleAt, stager, unitFinder, unitNames, type Known, type Upkeep } from "#plugins/people";
import {
  factsOf,
  saysSame,
  targetOf,
  titleKey,
  whatKey,
  type Counts,
  type Fact,
  type RowCode,
  type RowProblem,
  type Target,
} from "../rules.ts";
import { Book, findPerson, isThere } from "../rules-match.ts";
import { readRow, type Values } from "../rules-row.ts";
import { clearRows, countOutcomes, ledgerOf, putImport, stageRows, type Import, type Staged } from "../store.ts";
import { importOutside } from "../terms.ts";
import { fileOf } from "./file.ts";

/** When a result of a day happened: at noon in the deployment's zone, for want of an hour. */
export const noonOf = (ctx: Context, day: Values["day"]): Instant => startOfDay(day, ctx.zone) + 12 * 3_600_000;

/** Exams and courses that results may be of. */
export const targets = async (ctx: Context): Promise<Target[]> => [
  ...(await listResultTargets(ctx)).map((exam): Target => ({ kind: "exam", ...exam })),
  ...(await listCourses(ctx)).map(({ id, title }): Target => ({
    kind: "course",
    id,
    title,
    origin: "own",
    year: null,
    total: null,
    pass: null,
    excellent: null,
  })),
];
/** Rows whose people and records are read at a time. */
const atOnce = 500;

/** A row that means a person, a thing and a result; not yet held against the ledger. */
type Meant = { n: number; cells: Staged["cells"]; label: string; values: Values; one: Known; target: Target; facts: Fact[] };

/** Checks an import whole, from the file anew; what was staged before goes. */
export const checkImport = async (ctx: Context, found: Import, upkeep: Upkeep): Promise<Counts> => {
  const reach = ctx.reach(importOutside);
  await upkeep.write([clearRows(ctx, found.id)]);
  const file = await openRows(await fileOf(ctx, found.id), found, readRow({ today: ctx.today, fallback: found.day }));
  const units = await unitNames(ctx, reach);
  const nameOf = new Map(units.map((unit) => [unit.id, unit.name]));
  const unitOf = unitFinder(units);
  const unitIn = (values: Values) => {
    const named = values.unit === null ? null : unitOf(values.unit);
    return named === null || "field" in named ? { id: null, problem: named } : { id: named.id, problem: null };
  };

  // First, whom the file may mean at all.
  const keys = { names: new Set<string>(), logins: new Set<string>(), numbers: new Set<string>() };
  let count = 0;
  for await (const { read } of file.rows()) {
    count++;
    if ("problem" in read) continue;
    keys.names.add(read.values.name);
    if (read.values.login !== null) keys.logins.add(read.values.login);
    if (read.values.employeeNo !== null) keys.numbers.add(read.values.employeeNo);
  }
  const known = await knownPeople(ctx, reach, {
    names: [...keys.names],
    logins: [...keys.logins],
    numbers: [...keys.numbers],
    matches: [],
  });
  // Then, at the units of those who were not found, who comes close.
  const first = new Book(known);
  const doubtful = new Set<UnitId>();
  for await (const { read } of file.rows()) {
    if ("problem" in read) continue;
    const { id } = unitIn(read.values);
    const meant = findPerson(read.values, id, first);
    if (id !== null && (meant === null || "ask" in meant)) doubtful.add(id);
  }
  const book = doubtful.size === 0 ? first : new Book([...known, ...(await peopleAt(ctx, reach, [...doubtful]))]);

  const things = await targets(ctx);
  const stage = stager<Staged>(upkeep, (rows) => stageRows(found.id, rows));
  stage.expect(count);
  const refuse = ({ n, cells, label }: Pick<Meant, "n" | "cells" | "label">, problem: RowProblem): Promise<void> =>
    stage.add({ n, outcome: "refused", label, problem, ...(cells === undefined ? {} : { cells }) });
  const meantBy = (values: Values, n: number): { one: Known; target: Target; facts: Fact[] } | RowProblem => {
    const wrong = (code: RowCode, field: string, value: string, facts?: Record<string, string>, ask?: readonly Known[]): RowProblem => ({
      code,
      field,
      value,
      ...(facts === undefined ? {} : { facts }),
      ...(ask === undefined
        ? {}
        : { candidates: ask.map((one) => candidate({ today: ctx.today, unitName: (id) => nameOf.get(id) ?? "" }, one)) }),
    });
    const { id, problem } = unitIn(values);
    const meant = findPerson(values, id, book);
    if (meant === null)
      return problem !== null && values.login === null
        ? wrong("unitUnknown", "unit", values.unit ?? "", { close: problem.facts?.["close"] ?? "" })
        : wrong("nobody", "name", values.name);
    const one = "one" in meant ? meant.one : meant.ask.find((each) => each.id === found.answers[String(n)]);
    if (one === undefined) return wrong("who", "name", values.name, { unit: values.unit ?? "" }, "ask" in meant ? meant.ask : []);
    if (!isThere(one, values.day)) return wrong("notThere", "day", values.day, { name: one.name });
    const said = found.whats[whatKey(values.year, values.what)];
    const target = targetOf(values.what, values.year, things) ?? things.find((t) => `${t.kind}:${t.id}` === said);
    if (target === undefined)
      return wrong("what", "what", values.what, { key: titleKey(values.what), year: String(values.year), organiser: values.organiser });
    const facts = factsOf(target, values.result);
    return "code" in facts ? wrong(facts.code, "result", values.typed, facts.facts) : { one, target, facts };
  };

  /** What rows of this file say so far, by person, thing and day. */
  const said = new Map<string, { n: number; facts: readonly Fact[] }>();
  const settle = async (rows: readonly Meant[]): Promise<void> => {
    const plans = rows.map(({ one, target, values }) => ({ person: one.id, kind: target.kind, object: target.id, day: values.day }));
    const ledger = await ledgerOf(ctx, plans);
    for (const [at, row] of rows.entries()) {
      const [plan, { standing }] = [plans[at], ledger[at] ?? { standing: [] }];
      if (plan === undefined) continue;
      const { n, label, facts, values } = row;
      const key = JSON.stringify(plan);
      const before = said.get(key);
      if (before !== undefined) {
        if (saysSame(before.facts, facts)) await stage.add({ n, outcome: "unchanged", label });
        else await refuse(row, { code: "twice", field: "result", value: values.typed, facts: { row: String(before.n) } });
        continue;
      }
      said.set(key, { n, facts });
      const corrects = standing.length > 0 && !saysSame(standing, facts);
      if (corrects && found.answers[String(n)] !== "correct") {
        const score = standing[0]?.score ?? null;
        await refuse(row, {
          code: "otherScore",
          field: "result",
          value: values.typed,
          facts: { name: row.one.name, what: row.target.title, before: score === null ? "—" : String(score / 100) },
        });
        continue;
      }
      const id = () => newId(recordId, noonOf(ctx, plan.day));
      const outcome = corrects ? "changed" : standing.length > 0 ? "unchanged" : "new";
      await stage.add({
        n,
        outcome,
        label,
        ...(outcome === "unchanged"
          ? {}
          : { plan: { ...plan, facts, before: standing, ids: { sat: id(), passed: id(), excelled: id(), completed: id() } } }),
      });
    }
  };
  let open: Meant[] = [];
  for await (const { n, cells, read } of file.rows()) {
    if ("problem" in read) {
      await refuse({ n, cells, label: cells[found.columns.indexOf("name")] ?? "" }, read.problem);
      continue;
    }
    const { values } = read;
    const meant = meantBy(values, n);
    const label = [values.name, values.unit, values.what, values.typed].filter((part) => part !== null && part !== "").join("，");
    if ("field" in meant) await refuse({ n, cells, label: values.name }, meant);
    // Who was chosen is called by the own name, beside that of the file.
    else open.push({ n, cells, label: meant.one.name === values.name ? label : `${meant.one.name}（${label}）`, values, ...meant });
    if (open.length >= atOnce) {
      await settle(open);
      open = [];
    }
  }
  await settle(open);
  await stage.flush();
  const counts = await countOutcomes(ctx, found.id);
  await upkeep.write([putImport(ctx, found.id, { counts, state: "ready", cursor: 0 })]);
  return counts;
};
