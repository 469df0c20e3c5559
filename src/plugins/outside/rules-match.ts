/** Whom a row of results means: by 登录号, 工号, name with unit and phone, name with unit where unique. Anything else is a question. */
import type { UnitId } from "#kernel";
import type { Known } from "#plugins/people";
import { isClose } from "./rules-names.ts";
import type { Values } from "./rules-row.ts";

const group = <K>(people: readonly Known[], keys: (one: Known) => readonly K[]): Map<K, Known[]> => {
  const map = new Map<K, Known[]>();
  for (const one of people)
    for (const key of new Set(keys(one))) {
      const list = map.get(key);
      if (list) list.push(one);
      else map.set(key, [one]);
    }
  return map;
};
/** Everybody within the reach whom a file may mean. */
export class Book {
  readonly #login: ReadonlyMap<string, Known[]>;
  readonly #no: ReadonlyMap<string, Known[]>;
  readonly #name: ReadonlyMap<string, Known[]>;
  readonly #unit: ReadonlyMap<UnitId, Known[]>;
  constructor(people: readonly Known[]) {
    const everybody = [...new Map(people.map((one) => [one.id, one])).values()];
    this.#login = group(everybody, (one) => (one.login === null ? [] : [one.login]));
    this.#no = group(everybody, (one) => (one.employeeNo === null ? [] : [one.employeeNo]));
    this.#name = group(everybody, (one) => [one.name]);
    this.#unit = group(everybody, (one) => one.places.map((p) => p.unit));
  }
  byLogin = (login: string): Known | undefined => this.#login.get(login)?.[0];
  byNo = (no: string): Known | undefined => this.#no.get(no)?.[0];
  byName = (name: string): readonly Known[] => this.#name.get(name) ?? [];
  at = (unit: UnitId): readonly Known[] => this.#unit.get(unit) ?? [];
}
export type Found = { one: Known } | { ask: readonly Known[] } | null;
/** How many a question offers. */
const most = 6;
const differs = (a: string | null, b: string | null) => a !== null && b !== null && a !== b;

/** Whom a row means; somebody who comes close is asked about, never taken. Null: nobody within the reach comes close. */
export const findPerson = (v: Pick<Values, "name" | "login" | "employeeNo" | "phone">, unit: UnitId | null, book: Book): Found => {
  const sure = (one: Known | undefined): Found => (one === undefined ? null : one.name === v.name ? { one } : { ask: [one] });
  if (v.login !== null) return sure(book.byLogin(v.login));
  const numbered = v.employeeNo === null ? null : sure(book.byNo(v.employeeNo));
  if (numbered !== null) return numbered;
  const alike = book.byName(v.name);
  const here = unit === null ? [] : alike.filter((one) => one.places.some((p) => p.unit === unit));
  const fits = here.filter((one) => !differs(one.employeeNo, v.employeeNo));
  const samePhone = v.phone === null ? [] : fits.filter((one) => one.phone === v.phone);
  const [called, only] = [samePhone[0], fits[0]];
  if (called && samePhone.length === 1) return { one: called };
  if (only && here.length === 1 && !differs(only.phone, v.phone)) return { one: only };
  if (here.length > 0) return { ask: here.slice(0, most) };
  const close =
    unit === null ? [] : book.at(unit).filter((one) => isClose(one.name, v.name) || (v.phone !== null && one.phone === v.phone));
  const ask = [...new Set([...close, ...alike])].slice(0, most);
  return ask.length > 0 ? { ask } : null;
};
/** Whether a person holds a position within the reach on a day. */
export const isThere = (one: Known, day: string): boolean => one.places.some((p) => p.from <= day && (p.until === null || p.until >= day));
