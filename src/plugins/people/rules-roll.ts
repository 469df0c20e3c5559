/** The people that rows of a file are matched with, and what a row may plan for them. */
import type { Category, Day, Nature, PersonId, PositionId, Post, UnitId } from "#kernel";
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

/** Whether a position runs on a day, or begins later. */
export const runs = (place: KnownPlace, today: Day) => place.until === null || place.until >= today;

/** A row refused, with its reason. */
export const refused = (
  code: RowCode,
  field: string,
  value: string,
  facts?: Record<string, string>,
  candidates?: Candidate[],
): Decision => ({
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

/** Whether two facts are both there and contradict each other. */
export const differs = (a: string | null, b: string | null) => a !== null && b !== null && a !== b;

/** Somebody who a row may mean, in words that tell people apart. */
export const candidate = (rules: Pick<Rules, "today" | "unitName">, one: Known): Candidate => ({
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
