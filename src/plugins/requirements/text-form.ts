import { catalogue } from "#kernel";

/** The words of 各单位学法考试情况统计表. */
export const formText = catalogue("requirements-form", {
  title: ["各单位学法考试情况统计表", "Law study and exams by unit"],
  yearTitle: ["{year} 年各单位学法考试情况统计表", "Law study and exams by unit, {year}"],
  block: ["{name}（{from}至{due}）", "{name} ({from} to {due})"],
  body: ["单位：{body}；{scope}", "Body: {body}; {scope}"],
  scopeAll: ["范围：全部单位", "scope: all units"],
  scopeReach: ["范围：只含填表人管理范围内的单位", "scope: the units within the reach of who filled it in"],
  moment: ["截至时间：{at}", "As of {at}"],
  unit: ["单位", "Unit"],
  registered: ["在册", "Staff"],
  dueStudy: ["应学", "Due to study"],
  studied: ["已学", "Studied"],
  studiedRate: ["参学率", "Studied %"],
  dueExam: ["应考", "Due to sit"],
  exempt: ["免考", "Exempt"],
  deferred: ["缓考", "Deferred"],
  sat: ["参考", "Sat"],
  satRate: ["参考率", "Sat %"],
  passed: ["合格", "Passed"],
  excellent: ["优秀", "Excellent"],
  absent: ["未考人员名单", "Absent"],
  total: ["合计（不同人数）", "Total (different people)"],
  people: ["共 {n} 人", "{n} {n:person|people}"],
  noExam: ["本要求不含考试", "asks no exam"],
  note1: [
    "统计口径：在册为截至当日在该单位有任职的人数。应学、应考为任务在效的不同人数，离开分母的免学、免考、缓考除外；截止前离开的不算，截止后离开的仍算。",
    "Staff: people with a position there on the day. Due: different people whose assignment is in force, less exemptions and deferrals that leave the denominator; who left before the deadline is in neither, who left after it in both.",
  ],
  note2: [
    "参学率＝已学 ÷ 应学；参考率＝参考 ÷ 应考；合格、优秀为参考的人中合格、优秀的人数。每一项要求单独成表，不合并计算。",
    "Studied % = studied ÷ due to study; sat % = sat ÷ due to sit; passed and excellent are of those who sat. Each requirement is a table of its own.",
  ],
  note3: [
    "一人在几个单位都有任务的，各单位都算，合计只算一人，所以合计可能小于各行之和。",
    "Somebody with assignments at several units counts at each, and once in the total, which may be less than the sum of the rows.",
  ],
  signs: [
    "填表人：{who}　　　　审核人：＿＿＿＿＿＿　　　　年　　月　　日",
    "Filled in by: {who}        Checked by: ____________        Date:",
  ],
  file: ["下载 Excel 表", "Download as Excel"],
  empty: ["这一年没有已启用的学习要求。", "No requirement of that year is on."],
  otherYear: ["年份", "Year"],
  show: ["查看", "Show"],
});
