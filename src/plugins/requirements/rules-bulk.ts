/** A file of exemptions and deferrals: what its rows say, and whom they mean. Pure. */
import type { Day, PersonId, Words } from "#kernel";
import { dateOf, peopleHeaders, personName, phoneOf, unitName, type Cell, type Headers } from "#plugins/people";
import type { ExcuseId } from "./input-excuses.ts";
import { excuseKinds, excuseProblem, kindWords, type ExcuseKind, type ExcuseState, type Given } from "./rules-excuses.ts";
import type { Owed } from "./store-excuses.ts";
import { bulkText as text } from "./text-bulk.ts";

/** Rows of one file: all are written in one commit. */
export const mostRows = 500;
/** Headers as they are written; the first of each is ours. */
export const headers: Headers = {
  name: peopleHeaders.name,
  unit: peopleHeaders.unit,
  login: peopleHeaders.login,
  employeeNo: peopleHeaders.employeeNo,
  phone: peopleHeaders.phone,
  what: ["免或缓", "免考或缓考", "免考缓考", "类型", "事项", "what"],
  of: ["范围", "免考范围", "of"],
  kind: ["原因", "类别", "原因类别", "事由", "kind"],
  from: ["起始日期", "开始日期", "起日", "自", "from"],
  until: ["结束日期", "截止日期", "止日", "至", "until"],
  due: ["缓考新截止日", "新截止日", "缓至", "延期至", "due"],
  note: ["说明", "备注", "note"],
};

/** What is wrong with a row, in which field, and what stands there. */
export type Wrong = { field: string; value: string; words: Words; facts?: Record<string, string> };
export type Values = Given & {
  name: string;
  unit: string | null;
  login: string | null;
  employeeNo: string | null;
  phone: string | null;
  kind: ExcuseKind;
  note: string;
};
export type Read = { values: Values } | { wrong: Wrong };
const whatOf = (cell: string): Given["what"] | null =>
  /^(?:免|免考|免学|豁免|exempt)$/i.test(cell) ? "exempt" : /^(?:缓|缓考|缓学|延期|deferred)$/i.test(cell) ? "deferred" : null;
const partOf = (cell: string): Given["of"] | null =>
  /^(?:|全部|学习和考试|all)$/i.test(cell) ? "all" : /^(?:考试|只考试|仅考试|只免考试|exam)$/i.test(cell) ? "exam" : null;
/** What officers write for a kind beside its word. */
const otherWords: Readonly<Record<string, ExcuseKind>> = {
  退休: "retiring",
  病假: "illness",
  长期病假: "illness",
  因病: "illness",
  生育: "maternity",
  出境: "abroad",
  挂职锻炼: "posted",
};
/** A kind by its word, its beginning, or another word for it. */
const kindOf = (cell: string): ExcuseKind | null => {
  const other = otherWords[cell];
  if (other !== undefined) return other;
  const found = excuseKinds.filter((kind) => {
    const { zh, en } = kindWords[kind];
    return cell !== "" && (zh.startsWith(cell) || cell.startsWith(zh) || en.toLowerCase() === cell.toLowerCase() || cell === kind);
  });
  return found.length === 1 ? (found[0] ?? null) : null;
};
/** A row of a file. A row without a first day begins today. */
export const readRow =
  (today: Day) =>
  (cells: readonly Cell[], columns: readonly (string | null)[]): Read => {
    const raw = (field: string): string => {
      const at = columns.indexOf(field);
      return at < 0 ? "" : (cells[at] ?? "").trim().slice(0, 300);
    };
    const plain = (field: string): string | null => {
      const told = raw(field).normalize("NFKC").replace(/\s/g, "").replace(/\.0$/, "");
      return told === "" ? null : told;
    };
    const wrong = (field: string, words: Words): Read => ({ wrong: { field, value: raw(field), words } });
    const name = personName(raw("name"));
    if (name === null) return wrong("name", text.badName);
    const what = whatOf(plain("what") ?? "");
    if (what === null) return wrong("what", text.badWhat);
    const of = partOf(plain("of") ?? "");
    if (of === null) return wrong("of", text.badOf);
    const kind = kindOf(plain("kind") ?? "");
    if (kind === null) return wrong("kind", text.badKind);
    const days: Partial<Record<"from" | "until" | "due", Day>> = {};
    for (const field of ["from", "until", "due"] as const) {
      if (raw(field) === "") continue;
      const day = dateOf(raw(field));
      if (day === null) return wrong(field, text.badDay);
      days[field] = day;
    }
    const unit = raw("unit");
    return {
      values: {
        name,
        unit: unit === "" ? null : unitName(unit),
        login: plain("login")?.toLowerCase() ?? null,
        employeeNo: plain("employeeNo"),
        phone: phoneOf(raw("phone")),
        what,
        of,
        kind,
        from: days.from ?? today,
        until: days.until,
        due: days.due,
        note: raw("note"),
      },
    };
  };

/** What stands already of a person and requirement. */
export type Standing = {
  id: ExcuseId;
  state: ExcuseState;
  what: Given["what"];
  of: Given["of"];
  kind: ExcuseKind;
  from: Day;
  until: Day | null;
  due: Day | null;
};
/** Somebody whom a row may mean: what they owe at one unit, and what stands of it. */
export type Owes = Owed & { login: string; employeeNo: string | null; phone: string | null; standing: Standing | null };
const isSame = (one: Standing, v: Values): boolean =>
  one.state === "approved" &&
  one.what === v.what &&
  one.of === v.of &&
  one.kind === v.kind &&
  one.from === v.from &&
  one.until === (v.until ?? null) &&
  one.due === (v.due ?? null);
/** Whom a row means among those who owe it: by 登录号, by 工号, else by name with unit and phone where that leaves one. */
const meant = (v: Values, all: readonly Owes[]): Owes | Wrong => {
  const called = all.filter((one) => one.personName === v.name);
  const numbered = (field: "login" | "employeeNo", value: string): Owes | Wrong => {
    const one = all.find((each) => each[field] === value);
    if (one === undefined) return { field, value, words: text.nobody };
    return one.personName === v.name ? one : { field, value: v.name, words: text.otherName, facts: { name: one.personName } };
  };
  if (v.login !== null) return numbered("login", v.login);
  if (v.employeeNo !== null) return numbered("employeeNo", v.employeeNo);
  const here = v.unit === null ? called : called.filter(({ unitName: unit }) => unitName(unit) === v.unit);
  const fits = v.phone === null ? here : here.filter(({ phone }) => phone === null || phone === v.phone);
  const [one] = fits;
  if (one === undefined) return { field: "name", value: v.name, words: called.length > 0 ? text.elsewhere : text.nobody };
  return new Set(fits.map(({ person }) => person)).size === 1 ? one : { field: "name", value: v.name, words: text.several };
};
/** What becomes of a row: somebody is to be excused, is so already in the same words, or it is refused. */
export type Outcome = { n: number; cells: readonly Cell[] } & (
  | { is: "new"; values: Values; owes: Owes }
  | { is: "same"; owes: Owes }
  | { is: "refused"; wrong: Wrong }
);
/** Every row decided, by the rules of one that is entered by hand. */
export const decideRows = (
  rows: readonly { n: number; cells: readonly Cell[]; read: Read }[],
  all: readonly Owes[],
  { by, today }: { by: PersonId; today: Day },
): Outcome[] => {
  const seen = new Set<PersonId>();
  return rows.map(({ n, cells, read }): Outcome => {
    const refused = (wrong: Wrong): Outcome => ({ n, cells, is: "refused", wrong });
    if ("wrong" in read) return refused(read.wrong);
    const { values } = read;
    const owes = meant(values, all);
    if ("words" in owes) return refused(owes);
    if (owes.person === by) return refused({ field: "name", value: values.name, words: text.own });
    if (seen.has(owes.person)) return refused({ field: "name", value: values.name, words: text.twice });
    seen.add(owes.person);
    if (owes.standing !== null)
      return isSame(owes.standing, values)
        ? { n, cells, is: "same", owes }
        : refused({ field: "name", value: values.name, words: text.stands });
    const problem = excuseProblem(values, owes, today);
    return problem === null
      ? { n, cells, is: "new", values, owes }
      : refused({ field: problem.field, value: String(values[problem.field === "until" ? "until" : "due"] ?? ""), words: problem.words });
  });
};
