/** Which unit a row of a units' file means, and what it would change; a doubt is a question, never a merge. */
import type { Area, Day, UnitId, UnitKind, UnitStatus } from "#kernel";
import type { Candidate, RowCode, RowProblem, UnitValues } from "./rules-values.ts";

type Fact = "code" | "permit" | "permitUntil" | "authority" | "supervisor" | "academic" | "profit" | "foundedOn" | "kind" | "name";
export type KnownUnit = {
  id: UnitId;
  parent: UnitId | null;
  status: UnitStatus;
  row: number | null;
  /** Areas of the reach that stand above it. */ areas: readonly Area[];
} & { [K in Fact]: UnitFactValue<K> };
type UnitFactValue<K extends Fact> = K extends "name" ? string : K extends "kind" ? UnitKind : UnitValues[Exclude<K, "name" | "kind">];
/** What to set on a unit; `parent` hangs it under another. */
export type UnitFacts = Partial<{ [K in Fact]: UnitFactValue<K> }> & { parent?: UnitId };
export type UnitPlan = {
  outcome: "new" | "changed" | "unchanged";
  unit: UnitId;
  parent: UnitId | null;
  facts: UnitFacts | null;
  before: UnitFacts | null;
  status: { to: UnitStatus; since: Day; before: UnitStatus | null } | null;
};
export type UnitDecision = { plan: UnitPlan; problem: null } | { plan: null; problem: RowProblem };
export type UnitRow = { n: number; values: UnitValues };
export type UnitRules = {
  today: Day;
  root: UnitId;
  defaultKind: UnitKind | null;
  answer: (n: number) => string | undefined;
  newUnit: () => UnitId;
  inReach: (unit: KnownUnit) => boolean;
};

const facts: readonly Exclude<Fact, "name">[] = [
  "kind",
  "code",
  "permit",
  "permitUntil",
  "authority",
  "supervisor",
  "academic",
  "profit",
  "foundedOn",
];
const refused = (
  code: RowCode,
  field: string,
  value: string,
  more: Record<string, string> = {},
  candidates?: Candidate[],
): UnitDecision => ({ plan: null, problem: { code, field, value, facts: more, ...(candidates === undefined ? {} : { candidates }) } });
const allows = (areas: readonly Area[], kind: UnitKind) => areas.some((area) => area.kinds === null || area.kinds.includes(kind));

/** Units by their names, codes and ids; grows with the new ones of the file. */
export class Register {
  readonly #units = new Map<string, KnownUnit>();
  readonly #rows = new Map<number, KnownUnit>();
  readonly #names = new Map<string, KnownUnit[]>();
  readonly #codes = new Map<string, KnownUnit[]>();
  constructor(known: readonly KnownUnit[]) {
    for (const unit of known) this.add(unit);
  }
  add(unit: KnownUnit): void {
    this.#units.set(unit.id, unit);
    this.#names.set(unit.name, [...(this.#names.get(unit.name) ?? []), unit]);
    if (unit.code !== null) this.#codes.set(unit.code, [...(this.#codes.get(unit.code) ?? []), unit]);
  }
  meant(n: number, unit: KnownUnit): void {
    unit.row ??= n;
    this.#rows.set(n, unit);
  }
  get = (id: string) => this.#units.get(id);
  named = (name: string): readonly KnownUnit[] => this.#names.get(name) ?? [];
  coded = (code: string): readonly KnownUnit[] => this.#codes.get(code) ?? [];
  ofRow = (n: number) => this.#rows.get(n);
}
const candidate = (register: Register, unit: KnownUnit): Candidate => ({
  id: unit.row !== null && unit.parent !== null && register.ofRow(unit.row) === unit ? `row:${unit.row}` : unit.id,
  words: [unit.name, unit.parent === null ? null : register.get(unit.parent)?.name, unit.code]
    .filter((w) => w !== null && w !== undefined)
    .join("，"),
});

const find = (
  row: UnitRow,
  register: Register,
  parent: UnitId | null,
  rules: UnitRules,
): { one: KnownUnit } | { ask: readonly KnownUnit[] } | null => {
  const v = row.values;
  const answer = rules.answer(row.n);
  if (answer === "new") return null;
  if (answer !== undefined) {
    const one = answer.startsWith("row:") ? register.ofRow(Number(answer.slice(4))) : register.get(answer);
    if (one && rules.inReach(one)) return { one };
  }
  if (v.code !== null) {
    const coded = register.coded(v.code).filter(rules.inReach);
    const named = coded.filter((u) => u.name === v.name);
    if (named.length === 1 && named[0]) return { one: named[0] };
    if (coded.length > 0) return { ask: coded };
  }
  const named = register
    .named(v.name)
    .filter(
      (u) => rules.inReach(u) && (v.parent === null || parent === null || u.parent === parent || register.named(v.name).length === 1),
    );
  const [one] = named;
  if (named.length === 1 && one) return v.code !== null && one.code !== null && one.code !== v.code ? { ask: [one] } : { one };
  return named.length > 1 ? { ask: named } : null;
};

/** The unit that a row names as its parent. */
const parentOf = (row: UnitRow, register: Register, rules: UnitRules): UnitId | UnitDecision => {
  const name = row.values.parent;
  if (name === null) return rules.root;
  const [one, ...more] = register.named(name);
  if (!one) return refused("parentUnknown", "parent", name);
  return more.length > 0 ? refused("parentMany", "parent", name) : one.id;
};

/** Whether a unit is another, or stands somewhere below it. */
const isBelow = (register: Register, id: UnitId, top: KnownUnit): boolean => {
  const seen = new Set<string>();
  for (let at: UnitId | null = id; at !== null && !seen.has(at); at = register.get(at)?.parent ?? null) {
    if (at === top.id) return true;
    seen.add(at);
  }
  return false;
};

const decideOne = (row: UnitRow, register: Register, rules: UnitRules): UnitDecision => {
  const v = row.values;
  const parent = parentOf(row, register, rules);
  if (typeof parent !== "string") return parent;
  const found = find(row, register, parent, rules);
  if (found !== null && "ask" in found)
    return refused(
      "who",
      "name",
      v.name,
      { unit: v.name },
      found.ask.map((u) => candidate(register, u)),
    );
  if (found === null) {
    const kind = v.kind ?? rules.defaultKind;
    if (kind === null) return refused("missing", "kind", "");
    const areas = register.get(parent)?.areas ?? [];
    if (!allows(areas, kind)) return refused("outside", "name", v.name);
    const unit: KnownUnit = {
      id: rules.newUnit(),
      parent,
      name: v.name,
      kind,
      status: v.status ?? "open",
      row: null,
      areas,
      code: v.code,
      permit: v.permit,
      permitUntil: v.permitUntil,
      authority: v.authority,
      supervisor: v.supervisor,
      academic: v.academic,
      profit: v.profit,
      foundedOn: v.foundedOn,
    };
    register.add(unit);
    register.meant(row.n, unit);
    const { id, name, code, permit, permitUntil, authority, supervisor, academic, profit, foundedOn } = unit;
    return {
      plan: {
        outcome: "new",
        unit: id,
        parent,
        facts: { name, kind, code, permit, permitUntil, authority, supervisor, academic, profit, foundedOn },
        before: null,
        status: { to: unit.status, since: v.since ?? v.foundedOn ?? rules.today, before: null },
      },
      problem: null,
    };
  }
  const { one } = found;
  const moves = v.parent !== null && one.parent !== parent && one.id !== parent;
  if (moves && (one.parent === null || isBelow(register, parent, one))) return refused("parentMoves", "parent", v.parent ?? "");
  // By its name alone it may as well be another unit, of the same name elsewhere: 教务处 stands in every school.
  if (moves && rules.answer(row.n) === undefined && (v.code === null || v.code !== one.code))
    return refused("who", "name", v.name, { unit: v.name }, [candidate(register, one)]);
  const areas = moves ? (register.get(parent)?.areas ?? []) : one.areas;
  if (moves && !allows(areas, v.kind ?? one.kind)) return refused("outside", "parent", v.parent ?? "");
  if (v.kind !== null && !allows(areas, v.kind)) return refused("outside", "kind", v.kind);
  const [set, before]: [UnitFacts, UnitFacts] = [{}, {}];
  if (moves && one.parent !== null) {
    set.parent = parent;
    before.parent = one.parent;
  }
  const want = <K extends Fact>(key: K, value: KnownUnit[K] | null) => {
    if (value === null || one[key] === value) return;
    Object.assign(set, { [key]: value });
    Object.assign(before, { [key]: one[key] });
  };
  want("name", v.name);
  for (const key of facts) want(key, v[key]);
  const changes = Object.keys(set).length > 0;
  const status: UnitPlan["status"] =
    v.status !== null && v.status !== one.status ? { to: v.status, since: v.since ?? rules.today, before: one.status } : null;
  if (one.row !== null && (changes || status !== null))
    return refused("unitTwice", Object.keys(set)[0] ?? "status", "", { row: String(one.row) });
  Object.assign(one, set, { areas }, status === null ? {} : { status: status.to });
  register.meant(row.n, one);
  return {
    plan: {
      outcome: changes || status !== null ? "changed" : "unchanged",
      unit: one.id,
      parent: one.parent,
      facts: changes ? set : null,
      before: changes ? before : null,
      status,
    },
    problem: null,
  };
};

/** Decides all rows; those whose parent stands further down in the file wait for it. */
export const decideUnits = (rows: readonly UnitRow[], register: Register, rules: UnitRules): Map<number, UnitDecision> => {
  const decided = new Map<number, UnitDecision>();
  let waiting = [...rows];
  for (;;) {
    const names = new Set(waiting.map((row) => row.values.name));
    const later: UnitRow[] = [];
    for (const row of waiting) {
      const { parent, name } = row.values;
      if (parent !== null && parent !== name && names.has(parent) && register.named(parent).length === 0) later.push(row);
      else decided.set(row.n, decideOne(row, register, rules));
    }
    if (later.length === waiting.length) {
      for (const row of later) decided.set(row.n, refused("parentUnknown", "parent", row.values.parent ?? ""));
      return decided;
    }
    if (later.length === 0) return decided;
    waiting = later;
  }
};
