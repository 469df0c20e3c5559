/** Which numbers of a text are told by no figure. */
import { expect, test } from "vitest";
import { claimsOfNothing, typedNumbers } from "../../../src/plugins/reports/rules-words.ts";
import { contentOf, templateIds } from "../../../src/plugins/reports/rules-template.ts";

test.each([
  ["党委会学法10次", ["10次"]],
  ["党委会学法１０次", ["10次"]],
  ["党委会学法十次，培训两场", ["十次", "两场"]],
  ["合格率98.5%。", ["98.5%"]],
  ["另有1{{reports.exams-sat}}", ["1"]],
  ["另有三{{reports.exams-sat}}", ["三"]],
  ["{{reports.exams-sat}}0人次", ["0人次"]],
  ["全区300多所学校", ["300多所"]],
  ["参加人数为1,200", ["1,200"]],
])("%s", (written, found) => {
  expect(typedNumbers(written)).toEqual(found);
});
test.each([
  "2026年12月4日，国家宪法日12·4宣传周",
  "《天津市行政执法监督规定》第10条、第二十五条",
  "1. 加强学习",
  "（1）加强学习",
  "2025—2026学年，第十四次会议，党的二十届四次全会",
  "以“三会一课”、一对一、一次性告知、第一责任人",
  "津教法〔2026〕3号",
  "【请写：上年度12件的情况】",
  "至少一门课程，四部门联合",
])("%s counts nothing", (written) => {
  expect(typedNumbers(written)).toEqual([]);
});
test("a claim of nothing is found", () => {
  expect(claimsOfNothing("本年无投诉举报，未发生行政诉讼。")).toEqual(["无投诉", "未发生行政诉讼"]);
  expect(claimsOfNothing("受理投诉举报{{entered.complaints}}。")).toEqual([]);
});
test("the templates type no number", () => {
  for (const id of templateIds)
    for (const { text } of contentOf(id, { year: 2026, body: "清河区教育局" }).blocks)
      expect([text, ...typedNumbers(text), ...claimsOfNothing(text)]).toEqual([text]);
});
