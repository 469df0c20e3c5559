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
 * `known` gives the roster as it stands, each time afresh.
 */
export const decideAll = async (rows: readonly Row[], known: () => Promise<readonly Known[]>, rules: Rules): Promise<Decision[]> => {
  const roll = new Roll(await known());
  const decisions = rows.map((row) => decide(row, roll, rules));
  const refusedRows = rows.filter((_, at) => decisions[at]?.plan === null);
  if (refusedRows.length === 0) return decisions;
  // Where a file may be met again: only what hangs together with a refused row.
  const before = await known();
  const knotOf = knots(rows, [...before, ...roll.everybody()]);
  const open = new Set(refusedRows.map((row) => knotOf(row.values.name)));
  const next = new Roll(roll.later((one) => open.has(knotOf(one.name))));
  const restless = rows.filter((row) => open.has(knotOf(row.values.name)) && wrote(decide(row, next, rules)) !== null);
  if (restless.length === 0) return decisions;
  const tangled = new Map(restless.map((row) => [knotOf(row.values.name), row.n]));
  return decisions.map((decision, at) => {
    const row = rows[at];
    const other = row === undefined ? undefined : tangled.get(knotOf(row.values.name));
    return row === undefined || other === undefined || wrote(decision) === null
      ? decision
      : refused("tangled", "name", row.values.name, { row: String(other) });
  });
};
