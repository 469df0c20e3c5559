/** The columns of a file of results, and what the cells of a row say. */
import type { Day } from "#kernel";
import { withoutAside } from "./rules-names.ts";
import { dateOf, peopleHeaders, personName, phoneOf, unitName, type Cell, type Headers } from "#plugins/people";
import { resultOf, yearOf, type Result, type RowCode, type RowProblem } from "./rules.ts";

/** Headers as organisers write them; the first of each is ours. */
export const headers: Headers = {
  name: peopleHeaders.name,
  login: peopleHeaders.login,
  employeeNo: peopleHeaders.employeeNo,
  unit: peopleHeaders.unit,
  phone: peopleHeaders.phone,
  year: ["年度", "年份", "考核年度", "学习年度", "考试年度", "year"],
  what: [
    "考试名称",
    "学习名称",
    "考试/学习名称",
    "考试学习名称",
    "名称",
    "考试",
    "项目",
    "项目名称",
    "考试项目",
    "学习项目",
    "课程",
    "课程名称",
    "培训名称",
    "学习内容",
    "exam",
    "course",
  ],
  result: [
    "成绩",
    "得分",
    "分数",
    "考试成绩",
    "最终成绩",
    "最高成绩",
    "总成绩",
    "考试得分",
    "结果",
    "考试结果",
    "完成情况",
    "是否完成",
    "学习情况",
    "完成状态",
    "状态",
    "成绩或完成情况",
    "score",
    "result",
  ],
  day: ["日期", "考试日期", "考试时间", "完成日期", "完成时间", "学习日期", "参加日期", "参加时间", "参考日期", "交卷时间", "date"],
  organiser: ["主办单位", "组织单位", "举办单位", "主办方", "组织部门", "主办", "organiser", "organizer"],
};
export const fields = Object.keys(headers);

export type Values = {
  name: string;
  login: string | null;
  employeeNo: string | null;
  unit: string | null;
  phone: string | null;
  year: number;
  what: string;
  result: Result;
  typed: string;
  day: Day;
  organiser: string;
};
export type Read = { values: Values } | { problem: RowProblem };
/** A cell that says that there is nothing. */
const isNothing = /^(?:-|—|–|\/|\\|无|暂无|空|n\/?a|null)$/i;

/** A row of a file. `fallback`: the day of rows that name none. */
export const readRow =
  ({ today, fallback }: { today: Day; fallback: Day | null }) =>
  (cells: readonly Cell[], columns: readonly (string | null)[]): Read => {
    const raw = (field: string): string => {
      const at = columns.indexOf(field);
      return at < 0 ? "" : (cells[at] ?? "").trim().slice(0, 200);
    };
    const cell = (field: string): string | null => {
      const text = raw(field);
      return text === "" || isNothing.test(text) ? null : text;
    };
    const wrong = (code: RowCode, field: string, facts?: Record<string, string>): Read => ({
      problem: { code, field, value: raw(field), ...(facts === undefined ? {} : { facts }) },
    });
    const typedName = cell("name");
    if (typedName === null) return wrong("missing", "name");
    // 吴岩（科长）: whom that means is asked.
    const name = personName(typedName) ?? (personName(withoutAside(typedName)) === null ? null : typedName);
    if (name === null) return wrong("badName", "name");
    const typed = raw("result");
    if (typed === "") return wrong("missing", "result");
    const result = resultOf(typed);
    if (result === null) return wrong("badResult", "result");
    if (result.is === "none") return wrong("notTaken", "result");
    const typedDay = cell("day");
    const day = typedDay === null ? fallback : dateOf(typedDay);
    if (day === null) return wrong(typedDay === null ? "missing" : "badDay", "day");
    if (day > today) return wrong("future", "day");
    const typedYear = cell("year");
    const year = typedYear === null ? Number(day.slice(0, 4)) : yearOf(typedYear);
    if (year === null) return wrong("badYear", "year");
    if (!day.startsWith(String(year))) return wrong("yearDiffers", "day", { year: String(year), day });
    const plain = (field: string) => cell(field)?.normalize("NFKC").replace(/\s/g, "").replace(/\.0$/, "") ?? null;
    const unit = cell("unit");
    return {
      values: {
        name,
        login: plain("login")?.toLowerCase() ?? null,
        employeeNo: plain("employeeNo"),
        unit: unit === null ? null : unitName(unit),
        phone: phoneOf(cell("phone") ?? ""),
        year,
        what: cell("what") ?? "",
        result,
        typed,
        day,
        organiser: cell("organiser") ?? "",
      },
    };
  };
