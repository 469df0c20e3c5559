/** All rows of a people's file together: decided so that the same file again changes nothing. */
import { Roll, refused, type Decision, type Known, type Plan, type Row, type Rules } from "./rules-roll.ts";
import { decide } from "./rules-match.ts";

const wrote = (decision: Decision | undefined): Plan | null =>
  decision?.plan && decision.plan.outcome !== "unchanged" ? decision.plan : null;

/** Rows and people that can meet at all, by names, 登录号, 工号 and 身份证: what is in one knot cannot touch another. */
const knots = (rows: readonly Row[], known: Iterable<Known>): ((name: string) => string) => {
  const up = new Map<string, string>();
  const root = (key: string): string => {
    let at = key;
    for (let next = up.get(at); next !== undefined; next = up.get(at)) at = next;
    return at;
  };
  const tie = (name: string, keys: readonly (string | null)[]) => {
    for (const key of keys) {
      if (key === null) continue;
      const [a, b] = [root(`name/${name}`), root(key)];
      if (a !== b) up.set(b, a);
    }
  };
  const key = (kind: string, value: string | null) => (value === null ? null : `${kind}/${value}`);
  for (const one of known) tie(one.name, [key("login", one.login), key("no", one.employeeNo), key("id", one.idMatch)]);
  for (const row of rows) tie(row.values.name, [key("login", row.values.login), key("no", row.values.employeeNo), key("id", row.idMatch)]);
  return (name) => root(`name/${name}`);
};

/**
 * Decides all rows so that the same file again changes nothing: where what some rows write would let others (refused now)
 * write the next time, the rows of that knot contradict each other, and none of them writes.
 * There may be tens of thousands: `rows` gives them from the first on each time, and each decision is handed to `take` and
 * forgotten. `known` gives the roster as it stands, each time afresh.
 * @returns the rows that are refused after all
 */
export const decideAll = async <R extends Row>(
  rows: () => AsyncIterable<R>,
  known: () => Promise<readonly Known[]>,
  rules: Rules,
  take: (row: R, decision: Decision) => Promise<unknown>,
): Promise<{ row: R; decision: Decision }[]> => {
  const roll = new Roll(await known());
  const writing = new Set<number>();
  const refusedNames = new Set<string>();
  for await (const row of rows()) {
    const decision = decide(row, roll, rules);
    if (wrote(decision) !== null) writing.add(row.n);
    if (decision.plan === null) refusedNames.add(row.values.name);
    await take(row, decision);
  }
  if (refusedNames.size === 0) return [];
  // Where a file may be met again: only what hangs together with a refused row.
  const all: R[] = [];
  for await (const row of rows()) all.push(row);
  const before = await known();
  const knotOf = knots(all, [...before, ...roll.everybody()]);
  const open = new Set([...refusedNames].map(knotOf));
  const next = new Roll(roll.later((one) => open.has(knotOf(one.name))));
  const restless = all.filter((row) => open.has(knotOf(row.values.name)) && wrote(decide(row, next, rules)) !== null);
  const tangled = new Map(restless.map((row) => [knotOf(row.values.name), row.n]));
  return all.flatMap((row) => {
    const other = tangled.get(knotOf(row.values.name));
    return other === undefined || !writing.has(row.n)
      ? []
      : [{ row, decision: refused("tangled", "name", row.values.name, { row: String(other) }) }];
  });
};
