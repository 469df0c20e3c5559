/** A report as a document: plain values, every figure already in words, from which page, print and file are drawn alike. */

/** 一、 / （一） / 1. / a paragraph. The numbering stands in the text. */
export type BlockKind = "h1" | "h2" | "h3" | "p";
/** A stretch of text. `figure` has its line `n` in the annex; `missing` is the mark of a figure that is empty (drafts alone). */
export type Run = { is: "words" | "missing"; text: string } | { is: "figure"; text: string; n: number };
export type DocumentBlock = { kind: BlockKind; runs: readonly Run[] };
/** One line of 附件《数据依据清单》; all in words. */
export type AnnexLine = {
  /** From 1, in the order of the text. */ n: number;
  title: string;
  /** As the text says it: 45 人, 98.2% (54 ÷ 55). */ number: string;
  /** 人次, 人, 家, 份, 件, %… */ measure: string;
  definition: string;
  /** Of which units: 全部单位. */ scope: string;
  period: string;
  /** 数据截至 2027年1月10日 09:30 */ moment: string;
  /** 系统统计, 填报（姓名，依据文件名）… */ source: string;
  /** SHA-256 of the frozen rows, or of the evidence file; null in a draft. */ digest: string | null;
};
export type ReportDocument = {
  title: string;
  /** 主送机关, without a colon; "" where there is none. */ to: string;
  /** 2026年1月1日至2026年12月31日 */ period: string;
  blocks: readonly DocumentBlock[];
  /** 落款: the body that signs. */ signer: string;
  /** 成文日期: 2027年1月10日; "" until it is signed. */ date: string;
  annex: readonly AnnexLine[];
};
