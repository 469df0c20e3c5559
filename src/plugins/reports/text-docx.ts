import { catalogue } from "#kernel";

/** Words of the file in the layout of official documents; that file is Chinese whatever the reader's language. */
export const docxText = catalogue("reports-docx", {
  addressee: ["{to}：", "{to}:"],
  annexNote: ["附件：1.数据依据清单", "Annex: 1. List of the figures' evidence"],
  annexMark: ["附件1", "Annex 1"],
  annexTitle: ["数据依据清单", "List of the figures' evidence"],
  n: ["序号", "No."],
  figure: ["指标", "Figure"],
  number: ["数据", "Number"],
  definition: ["统计口径与范围", "Definition and scope"],
  period: ["统计期间与时点", "Period and moment"],
  source: ["来源与摘要", "Source and digest"],
  scope: ["范围：{scope}", "Scope: {scope}"],
  digestNote: [
    "注：来源之后的字符是该项依据（系统统计的逐行清单，或填报所附文件）SHA-256值的前{n}位，用于核对依据此后未被改动。",
    "Note: the characters after a source are the first {n} digits of the SHA-256 of the evidence (the rows counted, or the file entered), by which it can be told that the evidence is unchanged.",
  ],
});
