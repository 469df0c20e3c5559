/** A long report as a document, to be measured and looked at. */
import type { AnnexLine, DocumentBlock, ReportDocument } from "../../src/plugins/reports/rules-document.ts";

const p = (text: string): DocumentBlock => ({ kind: "p", runs: [{ is: "words", text }] });
const h = (kind: "h1" | "h2" | "h3", text: string): DocumentBlock => ({ kind, runs: [{ is: "words", text }] });
/** No figures and no Latin letters, so that a line of it is 28 characters by count. */
const plainWords =
  "全区教育系统坚持以习近平法治思想为指导，认真落实国家机关“谁执法谁普法”普法责任制，把学法用法与教育管理、行政执法和校园安全工作结合起来，推动各级各类学校和校外培训机构负责人学法用法走深走实。";
const line = (n: number): AnnexLine => ({
  n,
  title: n % 3 === 0 ? "行政处罚案件数" : n % 3 === 1 ? "国家工作人员学法考试参考率" : "新登记民办学校负责人一对一法治培训次数",
  number: n % 3 === 1 ? "98.2%（54÷55）" : `${n}件`,
  measure: n % 3 === 1 ? "%" : "件",
  definition:
    n % 3 === 1
      ? "这一项学习要求中应考的人（截止日在期间内、任务未撤回）中实际参加考试的人所占比例；一人只算一次，经批准免考且该类免考不计入分母的不计。"
      : "期间内立案并作出决定的行政处罚案件数。",
  scope: "全部单位",
  period: "2026年1月1日至2026年12月31日",
  moment: "2027年1月10日 09:30",
  source: n % 3 === 0 ? "填报（李雯，2026年行政处罚台账汇总表（法制科）.xlsx）" : "系统统计",
  digest: n % 4 === 0 ? null : "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
});
export const sample: ReportDocument = {
  title: "示例区教育局2026年度“谁执法谁普法”普法责任制履职报告",
  to: "区委全面依法治区委员会办公室、区司法局",
  period: "2026年1月1日至2026年12月31日",
  blocks: [
    p(plainWords + plainWords),
    h("h1", "一、主要举措和成效"),
    h("h2", "（一）健全普法责任机制"),
    h("h3", "1.加强组织领导"),
    p("（1）党委会学习法律10次，中心组专题学法4次。"),
    {
      kind: "p",
      runs: [
        { is: "words", text: "截至2026年12月31日，全局应考55人，实考" },
        { is: "figure", text: "54人", n: 1 },
        { is: "words", text: "，参考率" },
        { is: "figure", text: "98.2%", n: 1 },
        { is: "words", text: "；全年行政处罚" },
        { is: "missing", text: "【未填：行政处罚案件数】" },
        { is: "words", text: "。<A & B>" },
      ],
    },
    ...Array.from({ length: 9 }, () => p(plainWords + plainWords)),
    h("h1", "二、存在的不足和原因"),
    ...Array.from({ length: 4 }, () => p(plainWords)),
    h("h1", "三、下一年度工作安排"),
    p(plainWords),
  ],
  signer: "示例区教育局",
  date: "2026年11月5日",
  annex: Array.from({ length: 24 }, (_, at) => line(at + 1)),
};
