/** What the cells of a row say: each either a value in our spelling, or a problem that names column, value and the mend. */
import { day, type supervisors, type Category, type Day, type Nature, type Post, type UnitKind, type UnitStatus } from "#kernel";
import { isIdNumber, isLogin, isUnitCode, nameOf, phoneOf } from "./rules.ts";
import type { Cell } from "./rules-table.ts";
import { categoryOf, compact, kindOf, natureOf, postOf, statusOf, supervisorOf, yesNoOf } from "./rules-choices.ts";

/** Why a row is refused, or asked about; each has words in the catalogue under this name. */
export type RowCode =
  | "missing"
  | "badName"
  | "badPhone"
  | "badEmail"
  | "badIdNumber"
  | "idNumberLost"
  | "badDate"
  | "dateOrder"
  | "badChoice"
  | "badCode"
  | "badLogin"
  | "phoneLost"
  | "unitMissing"
  | "unitUnknown"
  | "unitMany"
  | "loginUnknown"
  | "employeeNoTaken"
  | "idNumberTaken"
  | "who"
  | "twice"
  | "natureNeeded"
  | "leftBefore"
  | "postOfOfficers"
  | "factsOfOfficers"
  | "tooLong"
  | "parentUnknown"
  | "parentMany"
  | "parentMoves"
  | "outside"
  | "unitTwice"
  | "tangled"
  | "noRow";

/** Where it is wrong: the field, what stands there, and facts for the words. */
export type RowProblem = { code: RowCode; field: string; value: string; facts?: Record<string, string>; candidates?: Candidate[] };

/** Somebody (or some row) who it may be. */
export type Candidate = { id: string; words: string };

const pad = (n: string) => n.padStart(2, "0");

/** A day as written: 2024-03-01, 2024/3/1, 2024.3.1, 2024年3月1日, 20240301, 2024年3月 (its first), or Excel's serial. Never one that could be another. */
export const dateOf = (text: string): Day | null => {
  const t = compact(text)
    .replace(/[tT]\d{1,2}:.*$/, "")
    .replace(/(?<=\d)\d{1,2}:\d{2}(?::\d{2})?$/, "");
  const real = (y: string, m: string, d: string): Day | null => {
    const made = day.safeParse(`${y}-${pad(m)}-${pad(d)}`);
    return made.success ? made.data : null;
  };
  const m = /^(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?$/.exec(t) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(t);
  if (m) {
    const [, y = "", month = "", d = "1"] = m;
    return Number(y) >= 1900 && Number(y) <= 2200 ? real(y, month, d) : null;
  }
  if (/^\d{5}(?:\.\d+)?$/.test(t)) {
    const serial = Math.floor(Number(t));
    // 1954-10-03 to 2119-01-01: what else would five digits be?
    return serial >= 20_000 && serial <= 80_000
      ? day.parse(new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10))
      : null;
  }
  return null;
};

export type PeopleValues = {
  name: string;
  login: string | null;
  employeeNo: string | null;
  unit: string | null;
  phone: string | null;
  email: string | null;
  category: Category | null;
  idNumber: string | null;
  post: Post | null;
  nature: Nature | null;
  from: Day | null;
  until: Day | null;
  roster: boolean | null;
};

export type UnitValues = {
  name: string;
  kind: UnitKind | null;
  parent: string | null;
  code: string | null;
  status: UnitStatus | null;
  since: Day | null;
  permit: string | null;
  permitUntil: Day | null;
  authority: string | null;
  supervisor: (typeof supervisors)[number] | null;
  academic: boolean | null;
  profit: boolean | null;
  foundedOn: Day | null;
};

export type Read<T> = { values: T; problem: null } | { values: null; problem: RowProblem };

const lost = (text: string) => /^\d(?:\.\d+)?e\+?\d+$/i.test(compact(text));

const nothing = (text: string) => /^(?:-|—|–|\/|\\|无|暂无|空|n\/?a|null|没有)$/i.test(compact(text));

class Flaw extends Error {
  readonly problem: RowProblem;
  constructor(problem: RowProblem) {
    super(problem.code);
    this.problem = problem;
  }
}

/** Reads the cells that a column map names; the first problem ends it. */
const reader = (cells: readonly Cell[], columns: readonly (string | null)[]) => {
  const raw = (field: string): string | null => {
    const at = columns.indexOf(field);
    const cell = at < 0 ? null : cells[at];
    if (cell === null || cell === undefined) return null;
    const text = cell.trim();
    return text === "" || nothing(text) ? null : text;
  };
  return {
    raw,
    /** A cell through `make`, whose null is a problem of this code. */
    of: <T>(field: string, code: RowCode, make: (text: string) => T | null): T | null => {
      const text = raw(field);
      if (text === null) return null;
      if ([...text].length > 200) throw new Flaw({ code: "tooLong", field, value: text.slice(0, 60) });
      const made = make(text);
      if (made === null) throw new Flaw({ code, field, value: text });
      return made;
    },
  };
};

const caught = <T>(read: () => T): Read<T> => {
  try {
    return { values: read(), problem: null };
  } catch (error) {
    if (error instanceof Flaw) return { values: null, problem: error.problem };
    throw error;
  }
};

/** A person's name in one spelling, or null where it is none. */
export const personName = (text: string): string | null => {
  const name = nameOf(text);
  return /^[\p{Script=Han}·]{1,30}$/u.test(name) || (/^[\p{L}·'’.\- ]{2,60}$/u.test(name) && /\p{L}/u.test(name)) ? name : null;
};

/** A unit's name in one spelling: half-width, no spaces, round brackets full-width as in print. */
export const unitName = (text: string): string => compact(text).replace(/\(/g, "（").replace(/\)/g, "）");

const number = (text: string): string | null => {
  const plain = compact(text).replace(/\.0$/, "");
  return /^[\w\-./#]{1,30}$/.test(plain) && !lost(plain) ? plain : null;
};

/** A row of a people's file. */
export const readPerson = (cells: readonly Cell[], columns: readonly (string | null)[]): Read<PeopleValues> =>
  caught(() => {
    const { raw, of } = reader(cells, columns);
    const name = of("name", "badName", personName);
    if (name === null) throw new Flaw({ code: "missing", field: "name", value: "" });
    const phoneText = raw("phone");
    if (phoneText !== null && lost(phoneText)) throw new Flaw({ code: "phoneLost", field: "phone", value: phoneText });
    const idText = raw("idNumber");
    if (idText !== null && (lost(idText) || /^\d{15}000$/.test(compact(idText))))
      throw new Flaw({ code: "idNumberLost", field: "idNumber", value: idText });
    const from = of("from", "badDate", dateOf);
    const untilText = raw("until");
    const until = untilText === null || /^(?:至今|长期|现在|在职|今)$/.test(compact(untilText)) ? null : of("until", "badDate", dateOf);
    if (from !== null && until !== null && until < from) throw new Flaw({ code: "dateOrder", field: "until", value: untilText ?? "" });
    return {
      name,
      login: of("login", "badLogin", (t) =>
        isLogin(compact(t).toLowerCase()) || /^[a-z][a-z0-9_.]{2,29}$/.test(compact(t).toLowerCase()) ? compact(t).toLowerCase() : null,
      ),
      employeeNo: of("employeeNo", "badChoice", number),
      unit: of("unit", "badChoice", unitName),
      phone: of("phone", "badPhone", phoneOf),
      email: of("email", "badEmail", (t) => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(compact(t)) ? compact(t).toLowerCase() : null)),
      category: of("category", "badChoice", categoryOf),
      idNumber: of("idNumber", "badIdNumber", (t) => (isIdNumber(compact(t).toUpperCase()) ? compact(t).toUpperCase() : null)),
      post: of("post", "badChoice", postOf),
      nature: of("nature", "badChoice", natureOf),
      from,
      until,
      roster: of("roster", "badChoice", yesNoOf),
    };
  });

/** A row of a units' file. */
export const readUnit = (cells: readonly Cell[], columns: readonly (string | null)[]): Read<UnitValues> =>
  caught(() => {
    const { raw, of } = reader(cells, columns);
    const name = of("name", "badName", (t) => (/[\p{Script=Han}\p{L}]/u.test(t) ? unitName(t) : null));
    if (name === null) throw new Flaw({ code: "missing", field: "name", value: "" });
    const codeText = raw("code");
    if (codeText !== null && lost(codeText)) throw new Flaw({ code: "idNumberLost", field: "code", value: codeText });
    return {
      name,
      kind: of("kind", "badChoice", kindOf),
      parent: of("parent", "badChoice", unitName),
      code: of("code", "badCode", (t) => (isUnitCode(compact(t).toUpperCase()) ? compact(t).toUpperCase() : null)),
      status: of("status", "badChoice", statusOf),
      since: of("since", "badDate", dateOf),
      permit: of("permit", "badChoice", (t) => compact(t)),
      permitUntil: of("permitUntil", "badDate", (t) =>
        dateOf(
          compact(t)
            .split(/至|~|—|到/)
            .at(-1) ?? "",
        ),
      ),
      authority: of("authority", "badChoice", (t) => compact(t)),
      supervisor: of("supervisor", "badChoice", supervisorOf),
      academic: of("academic", "badChoice", yesNoOf),
      profit: of("profit", "badChoice", yesNoOf),
      foundedOn: of("foundedOn", "badDate", dateOf),
    };
  });
