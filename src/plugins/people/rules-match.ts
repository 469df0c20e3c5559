/**
 * Whom a row of a people's file means (DOMAIN.md, "Identity"), and what it would change: by 登录号, 工号, 身份证, name with
 * unit and phone, name with unit where unique. Anything else is a question. Nobody is ever merged, an empty cell erases
 * nothing, and the same file again changes nothing.
 */
import { addDays, roleOfPost, type Category, type Day, type Nature, type PersonId, type PositionId, type Post, type UnitId } from "#kernel";
import type { Candidate, PeopleValues, RowCode, RowProblem } from "./rules-values.ts";

export type KnownPlace = { id: PositionId; unit: UnitId; nature: Nature; post: Post; from: Day; until: Day | null };
export type Known = {
  id: PersonId;
  name: string;
  login: string | null;
  employeeNo: string | null;
  phone: string | null;
  email: string | null;
  category: Category | null;
  /** HMAC of the 身份证, where one is held. */
  idMatch: string | null;
  /** Has a running mark of 学法名册. */
  roster: boolean;
  /** Every running position and grant lies within the importer's reach. */
  whole: boolean;
  places: KnownPlace[];
  /** The row that makes or already meant this person; null: none so far. */
  row: number | null;
};
export type Row = { n: number; values: PeopleValues; unit: UnitId; unitName: string; idMatch: string | null };
export type Facts = { name?: string; employeeNo?: string; phone?: string; email?: string; category?: Category; idNumber?: true };
export type Place = { unit: UnitId; nature: Nature; post: Post; from: Day; until: Day | null };
export type Plan = {
  outcome: "new" | "changed" | "unchanged";
  person: PersonId;
  /** What to set on the person; for a new one everything given. */
  facts: Facts | null;
  before: Partial<Record<keyof Facts, string | null>> | null;
  position: PositionId | null;
  place: { act: "new" | "put"; to: Place; before: Place | null } | null;
  /** The position of 人事关系 that a transfer closes. */
  closes: { position: PositionId; until: Day; before: Day | null; was: Omit<Place, "until"> } | null;
  mark: { act: "new" | "end"; day: Day } | null;
};
export type Decision = { plan: Plan; problem: null } | { plan: null; problem: RowProblem };

const runs = (place: KnownPlace, today: Day) => place.until === null || place.until >= today;
const refused = (code: RowCode, field: string, value: string, facts?: Record<string, string>, candidates?: Candidate[]): Decision => ({
  plan: null,
  problem: { code, field, value, ...(facts === undefined ? {} : { facts }), ...(candidates === undefined ? {} : { candidates }) },
});
const push = <K, V>(map: Map<K, V[]>, key: K, value: V) => {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
};

/** The people that rows are matched with; grows with the new ones of the file. */
export class Roll {
  readonly #login = new Map<string, Known>();
  readonly #no = new Map<string, Known>();
  readonly #id = new Map<string, Known>();
  readonly #name = new Map<string, Known[]>();
  readonly #person = new Map<string, Known>();
  readonly #row = new Map<number, Known>();
  constructor(known: readonly Known[]) {
    for (const one of known) this.add(one);
  }
  add(one: Known): void {
    this.#person.set(one.id, one);
    if (one.login !== null) this.#login.set(one.login, one);
    if (one.employeeNo !== null) this.#no.set(one.employeeNo, one);
    if (one.idMatch !== null) this.#id.set(one.idMatch, one);
    push(this.#name, one.name, one);
  }
  meant(n: number, one: Known): void {
    one.row ??= n;
    this.#row.set(n, one);
  }
  numbered(one: Known, no: string): void {
    this.#no.set(no, one);
  }
  identified(one: Known, match: string): void {
    this.#id.set(match, one);
  }
  renamed(one: Known, name: string): void {
    push(this.#name, name, one);
  }
  everybody = (): Known[] => [...this.#person.values()];
  /** Some as a later file would find them: with a number of their own, and meant by no row yet. */
  later = (of: (one: Known) => boolean): Known[] =>
    this.everybody()
      .filter(of)
      .map((one) => ({ ...one, row: null, login: one.login ?? one.id, places: one.places.map((p) => ({ ...p })) }));
  byLogin = (login: string) => this.#login.get(login);
  byNo = (no: string) => {
    const one = this.#no.get(no);
    return one?.employeeNo === no ? one : undefined;
  };
  /** Whether anybody has a 工号, or had it before a row of this file changed it. */
  isTaken = (no: string): boolean => this.#no.has(no);
  byId = (match: string) => {
    const one = this.#id.get(match);
    return one?.idMatch === match ? one : undefined;
  };
  byName = (name: string): readonly Known[] => (this.#name.get(name) ?? []).filter((one) => one.name === name);
  byPerson = (id: string) => this.#person.get(id);
  byRow = (n: number) => this.#row.get(n);
}

export type Rules = {
  today: Day;
  /** A head or unit officer imports the own unit: plain posts only, and no facts of people who belong elsewhere too. */
  own: boolean;
  /** 工号 that somebody outside the reach has. */
  foreignNos: ReadonlySet<string>;
  /** What an officer said of a row in doubt: a person's id, "row:N", or "new". */
  answer: (n: number) => string | undefined;
  unitName: (id: UnitId) => string;
  newPerson: () => PersonId;
  newPosition: () => PositionId;
};

const differs = (a: string | null, b: string | null) => a !== null && b !== null && a !== b;
const candidate = (rules: Rules, one: Known): Candidate => ({
  id: one.row !== null && one.login === null ? `row:${one.row}` : one.id,
  words: [
    one.name,
    one.places
      .filter((p) => runs(p, rules.today))
      .map((p) => rules.unitName(p.unit))
      .join("、"),
    one.employeeNo,
    one.phone === null ? null : `${one.phone.slice(0, 3)}****${one.phone.slice(-4)}`,
    one.login,
  ]
    .filter((w) => w !== null && w !== "")
    .join("，"),
});

/** What a row would change of a person. */
const apply = (row: Row, one: Known, rules: Rules): Decision => {
  const v = row.values;
  const before: Plan["before"] = {};
  const facts: Facts = {};
  const want = <K extends "name" | "employeeNo" | "phone" | "email" | "category">(key: K, value: Facts[K] | null) => {
    if (value === null || value === undefined || one[key] === value) return;
    facts[key] = value;
    before[key] = one[key];
  };
  want("name", v.name);
  want("employeeNo", v.employeeNo);
  want("phone", v.phone);
  want("email", v.email);
  want("category", v.category);
  if (row.idMatch !== null && row.idMatch !== one.idMatch) {
    facts.idNumber = true;
    before.idNumber = one.idMatch;
  }
  const hasFacts = Object.keys(facts).length > 0;
  if (hasFacts && rules.own && !one.whole) return refused("factsOfOfficers", "name", v.name);

  const here = one.places.filter((p) => p.unit === row.unit);
  const running = here.filter((p) => runs(p, rules.today));
  const ended = here.filter((p) => !runs(p, rules.today)).toSorted((a, b) => ((a.until ?? "") < (b.until ?? "") ? 1 : -1))[0];
  const found =
    running.find((p) => v.nature === null || p.nature === v.nature) ??
    running[0] ??
    (ended !== undefined && v.until !== null && ended.until === v.until ? ended : undefined);
  let place: Plan["place"] = null;
  let closes: Plan["closes"] = null;
  let position: PositionId | null = found?.id ?? null;
  if (found !== undefined) {
    const to: Place = {
      unit: row.unit,
      nature: v.nature ?? found.nature,
      post: v.post ?? found.post,
      from: v.from ?? found.from,
      until: v.until ?? found.until,
    };
    if (to.until !== null && to.until < to.from) return refused("dateOrder", "until", v.until ?? "");
    if (to.nature !== found.nature || to.post !== found.post || to.from !== found.from || to.until !== found.until) {
      if (rules.own && (roleOfPost(to.post) !== null || roleOfPost(found.post) !== null)) return refused("postOfOfficers", "post", v.name);
      place = {
        act: "put",
        to,
        before: { unit: found.unit, nature: found.nature, post: found.post, from: found.from, until: found.until },
      };
    }
  } else {
    const from = v.from ?? rules.today;
    if (ended !== undefined && ended.until !== null && (v.from === null || v.from <= ended.until))
      return refused("leftBefore", "from", v.from ?? "", { name: v.name, unit: row.unitName, until: ended.until });
    const home = one.places.find((p) => p.nature === "personnel" && runs(p, rules.today));
    if (home !== undefined && v.nature === null)
      return refused("natureNeeded", "nature", "", { name: v.name, unit: rules.unitName(home.unit) });
    const nature = v.nature ?? "personnel";
    if (home !== undefined && nature === "personnel") {
      const until = addDays(from, -1);
      if (rules.own || until < home.from || one.row !== null)
        return refused("natureNeeded", "nature", "", { name: v.name, unit: rules.unitName(home.unit) });
      closes = {
        position: home.id,
        until,
        before: home.until,
        was: { unit: home.unit, nature: home.nature, post: home.post, from: home.from },
      };
    }
    const to: Place = { unit: row.unit, nature, post: v.post ?? "other", from, until: v.until };
    if (to.until !== null && to.until < to.from) return refused("dateOrder", "until", v.until ?? "");
    if (rules.own && roleOfPost(to.post) !== null) return refused("postOfOfficers", "post", v.name);
    position = rules.newPosition();
    place = { act: "new", to, before: null };
  }
  const mark: Plan["mark"] =
    rules.own || v.roster === null || v.roster === one.roster
      ? null
      : v.roster
        ? { act: "new", day: v.from !== null && v.from <= rules.today ? v.from : rules.today }
        : { act: "end", day: rules.today };
  const same = !hasFacts && place === null && mark === null;
  return {
    plan: {
      outcome: same ? "unchanged" : "changed",
      person: one.id,
      facts: hasFacts ? facts : null,
      before: hasFacts ? before : null,
      position,
      place,
      closes,
      mark,
    },
    problem: null,
  };
};
/** A new person with this row's facts. */
const make = (row: Row, rules: Rules, id: PersonId): Decision => {
  const v = row.values;
  if (rules.own && v.post !== null && roleOfPost(v.post) !== null) return refused("postOfOfficers", "post", v.name);
  const to: Place = {
    unit: row.unit,
    nature: v.nature ?? "personnel",
    post: v.post ?? "other",
    from: v.from ?? (v.until !== null && v.until < rules.today ? v.until : rules.today),
    until: v.until,
  };
  const facts: Facts = {
    name: v.name,
    ...(v.employeeNo === null ? {} : { employeeNo: v.employeeNo }),
    ...(v.phone === null ? {} : { phone: v.phone }),
    ...(v.email === null ? {} : { email: v.email }),
    ...(v.category === null ? {} : { category: v.category }),
    ...(row.idMatch === null ? {} : { idNumber: true as const }),
  };
  return {
    plan: {
      outcome: "new",
      person: id,
      facts,
      before: null,
      position: rules.newPosition(),
      place: { act: "new", to, before: null },
      closes: null,
      mark: v.roster === true && !rules.own ? { act: "new", day: to.from <= rules.today ? to.from : rules.today } : null,
    },
    problem: null,
  };
};

type Found = { one: Known } | { ask: readonly Known[] } | { none: true } | { problem: Decision };
/** Whom a row means. */
const find = (row: Row, roll: Roll, rules: Rules): Found => {
  const v = row.values;
  if (v.login !== null) {
    const one = roll.byLogin(v.login);
    return one ? { one } : { problem: refused("loginUnknown", "login", v.login) };
  }
  if (v.employeeNo !== null) {
    const one = roll.byNo(v.employeeNo);
    if (one) return one.name === v.name ? { one } : { ask: [one] };
    if (rules.foreignNos.has(v.employeeNo)) return { problem: refused("employeeNoTaken", "employeeNo", v.employeeNo) };
  }
  if (row.idMatch !== null) {
    const one = roll.byId(row.idMatch);
    if (one) return one.name === v.name && !differs(one.employeeNo, v.employeeNo) ? { one } : { ask: [one] };
  }
  const alike = roll.byName(v.name).filter((one) => !differs(one.employeeNo, v.employeeNo) && !differs(one.idMatch, row.idMatch));
  const here = alike.filter((one) =>
    one.places.some((p) => p.unit === row.unit && (runs(p, rules.today) || (v.until !== null && p.until === v.until))),
  );
  const samePhone = v.phone === null ? [] : here.filter((one) => one.phone === v.phone);
  if (samePhone.length === 1 && samePhone[0]) return { one: samePhone[0] };
  // Where nothing would change, it does not matter which of several alike is meant, as long as each row has its own.
  const still = here.find((one) => one.row === null && apply(row, one, rules).plan?.outcome === "unchanged");
  if (still) return { one: still };
  const [only] = here;
  if (here.length === 1 && only?.row === null && !differs(only.phone, v.phone)) return { one: only };
  if (here.length > 0) return { ask: here };
  const left = alike.filter((one) => one.places.some((p) => p.unit === row.unit));
  const [gone] = left;
  if (left.length === 1 && gone && !differs(gone.phone, v.phone) && gone.row === null) return { one: gone };
  if (left.length > 0) return { ask: left };
  const elsewhere = v.phone === null ? [] : alike.filter((one) => one.phone === v.phone);
  return elsewhere.length > 0 ? { ask: elsewhere } : { none: true };
};

/** Decides a row; the roll learns what it means, so that later rows see it. */
export const decide = (row: Row, roll: Roll, rules: Rules): Decision => {
  const v = row.values;
  const answer = rules.answer(row.n);
  const found = ((): Found => {
    const first = find(row, roll, rules);
    // An answer settles a doubt, and only that: a row that needs none any more keeps its meaning.
    if (answer === undefined || !("ask" in first)) return first;
    if (answer === "new") return { none: true };
    const one = answer.startsWith("row:") ? roll.byRow(Number(answer.slice(4))) : roll.byPerson(answer);
    return one ? { one } : first;
  })();
  if ("problem" in found) return found.problem;
  if ("ask" in found)
    return refused(
      "who",
      "name",
      v.name,
      { unit: row.unitName },
      found.ask.map((one) => candidate(rules, one)),
    );
  if ("none" in found) {
    if (v.employeeNo !== null && (roll.isTaken(v.employeeNo) || rules.foreignNos.has(v.employeeNo)))
      return refused("employeeNoTaken", "employeeNo", v.employeeNo);
    if (row.idMatch !== null && roll.byId(row.idMatch) !== undefined) return refused("idNumberTaken", "idNumber", "");
    const made = make(row, rules, rules.newPerson());
    if (!made.plan?.place || made.plan.position === null) return made;
    const one: Known = {
      id: made.plan.person,
      name: v.name,
      login: null,
      employeeNo: v.employeeNo,
      phone: v.phone,
      email: v.email,
      category: v.category,
      idMatch: row.idMatch,
      roster: made.plan.mark !== null,
      whole: true,
      places: [{ id: made.plan.position, ...made.plan.place.to }],
      row: row.n,
    };
    roll.add(one);
    roll.meant(row.n, one);
    return made;
  }
  const { one } = found;
  if (v.employeeNo !== null && v.employeeNo !== one.employeeNo && (roll.isTaken(v.employeeNo) || rules.foreignNos.has(v.employeeNo)))
    return refused("employeeNoTaken", "employeeNo", v.employeeNo);
  const holder = row.idMatch === null ? undefined : roll.byId(row.idMatch);
  if (holder !== undefined && holder !== one) return refused("idNumberTaken", "idNumber", "");
  const decision = apply(row, one, rules);
  if (decision.plan === null) return decision;
  // A second row of the same person: the same again is nothing, another place is another position, but two facts cannot both hold.
  if (
    one.row !== null &&
    (decision.plan.facts !== null || decision.plan.place?.act === "put" || decision.plan.closes !== null || decision.plan.mark !== null)
  ) {
    const field = Object.keys(decision.plan.before ?? {})[0] ?? (decision.plan.mark === null ? "from" : "roster");
    return refused("twice", field, String(v[field as keyof PeopleValues] ?? ""), { row: String(one.row) });
  }
  learn(one, decision.plan, roll, row.n, row.idMatch);
  return decision;
};
const learn = (one: Known, plan: Plan, roll: Roll, n: number, idMatch: string | null): void => {
  const { idNumber, ...facts } = plan.facts ?? {};
  Object.assign(one, facts);
  if (idNumber && idMatch !== null) {
    one.idMatch = idMatch;
    roll.identified(one, idMatch);
  }
  if (facts.name !== undefined) roll.renamed(one, facts.name);
  if (facts.employeeNo !== undefined) roll.numbered(one, facts.employeeNo);
  if (plan.closes) for (const p of one.places) if (p.id === plan.closes.position) p.until = plan.closes.until;
  if (plan.place?.act === "put") for (const p of one.places) if (p.id === plan.position) Object.assign(p, plan.place.to);
  if (plan.place?.act === "new" && plan.position !== null) one.places.push({ id: plan.position, ...plan.place.to });
  if (plan.mark) one.roster = plan.mark.act === "new";
  roll.meant(n, one);
};

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
