/** A report as a DOCX in the layout of GB/T 9704-2012: its paragraphs, and 附件《数据依据清单》 as a table. */
import { zipSync } from "fflate";
import { say } from "#kernel";
import { charWidth, coreProperties, documentPart, fixedParts, linePitch, plain, typeWidth } from "./rules-docx-parts.ts";
import type { AnnexLine, BlockKind, ReportDocument, Run } from "./rules-document.ts";
import { docxText } from "./text-docx.ts";

/** So many digits of a digest are printed. */
const digestDigits = 10;
const run = (text: string, properties = "") => `<w:r>${properties}<w:t xml:space="preserve">${plain(text)}</w:t></w:r>`;
const paragraph = (style: string, runs: string, properties = "") =>
  `<w:p><w:pPr>${style === "Body" ? "" : `<w:pStyle w:val="${style}"/>`}${properties}</w:pPr>${runs}</w:p>`;
/** Drafts show what is empty; it must be seen on paper too. */
const missing = '<w:rPr><w:highlight w:val="yellow"/></w:rPr>';
const inRuns = (runs: readonly Run[]) => runs.map(({ is, text }) => run(text, is === "missing" ? missing : "")).join("");
const styles: Readonly<Record<BlockKind, string>> = { h1: "Heading1", h2: "Heading2", h3: "Heading3", p: "Body" };

/** In characters of the grid: what is not full-width takes half of one. */
const widthOf = (text: string) => [...text].reduce((sum, c) => sum + (c.charCodeAt(0) < 0x2000 ? 0.5 : 1), 0);
/** Characters that a line of the title holds, at 22 pt: twenty, less one, since digits of a font that stands in are wider. */
const titleWidth = 19;
const words = new Intl.Segmenter("zh", { granularity: "word" });
/** A text in the fewest lines of about equal length, broken between words; no mark that closes begins one, none that opens ends one. */
const balanced = (text: string): string[] => {
  const count = Math.ceil(widthOf(text) / titleWidth);
  const goal = widthOf(text) / count;
  const lines = [""];
  for (const { segment } of words.segment(text)) {
    const line = lines.at(-1) ?? "";
    const mayBreak = !/^[”’」』》〉）】、，。：；！？]/.test(segment) && !/[“‘「『《〈（【]$/.test(line);
    if (mayBreak && lines.length < count && line !== "" && widthOf(line) + widthOf(segment) / 2 > goal) lines.push(segment);
    else lines[lines.length - 1] = line + segment;
  }
  return lines;
};
/** A title longer than a line: first the body that it begins with, then the rest of it. */
const titleLines = (title: string, signer: string): string[] => {
  const leads = signer !== "" && title.startsWith(signer) && title.length > signer.length;
  return widthOf(title) > titleWidth && leads ? [signer, ...balanced(title.slice(signer.length))] : balanced(title);
};
/**
 * Without a seal: the date begins two characters right of the signer's first, and neither comes nearer to the right edge than
 * two characters.
 */
const signed = (signer: string, date: string) => {
  const [one, two] = [widthOf(signer), widthOf(date)];
  const dateRight = date === "" ? 2 : Math.max(2, one - two);
  const signerRight = date === "" ? 2 : dateRight + two + 2 - one;
  const right = (characters: number) => `<w:ind w:right="${Math.round(characters * charWidth)}" w:firstLineChars="0" w:firstLine="0"/>`;
  return (
    (signer === ""
      ? ""
      : paragraph("Signed", run(signer), `<w:keepNext/><w:spacing w:before="${linePitch}"/>${right(Math.max(2, signerRight))}`)) +
    (date === "" ? "" : paragraph("Signed", run(date), right(dateRight)))
  );
};

/** The annex's columns; their widths make up the type area. */
const columns = [
  { words: docxText.n, width: 500 },
  { words: docxText.figure, width: 1400 },
  { words: docxText.number, width: 1250 },
  { words: docxText.definition, width: 2165 },
  { words: docxText.period, width: 1880 },
  { words: docxText.source, width: 1650 },
] as const;
const cell = (width: number, paragraphs: string) =>
  `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>${paragraphs}</w:tc>`;
const cells = (inEach: readonly string[]) => columns.map(({ width }, at) => cell(width, inEach[at] ?? "")).join("");
const annexRow = (line: AnnexLine) => {
  const lines = (...texts: string[]) => texts.map((text) => paragraph("Cell", run(text))).join("");
  return `<w:tr><w:trPr><w:cantSplit/></w:trPr>${cells([
    paragraph("CellNumber", run(String(line.n))),
    lines(line.title),
    lines(...line.number.split(/\s*(?=[（(])/)),
    lines(line.definition, ...(line.scope === "" ? [] : [say("zh", docxText.scope, { scope: line.scope })])),
    lines(...line.period.split(/(?<=至)/), line.moment),
    lines(line.source, ...(line.digest === null ? [] : [`${line.digest.slice(0, digestDigits)}…`])),
  ])}</w:tr>`;
};
const edges = ["top", "left", "bottom", "right", "insideH", "insideV"].map(
  (edge) => `<w:${edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>`,
);
const annexTable = (annex: readonly AnnexLine[]) =>
  `<w:tbl><w:tblPr><w:tblW w:w="${typeWidth}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>${edges.join("")}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="60" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar><w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr><w:tblGrid>${columns
    .map(({ width }) => `<w:gridCol w:w="${width}"/>`)
    .join("")}</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>${cells(
    columns.map(({ words }) => paragraph("CellHead", run(say("zh", words)))),
  )}</w:tr>${annex.map(annexRow).join("")}</w:tbl>`;
const annexed = ({ annex }: ReportDocument) =>
  paragraph("AnnexMark", run(say("zh", docxText.annexMark))) +
  paragraph("Title", run(say("zh", docxText.annexTitle))) +
  (annex.some(({ digest }) => digest !== null) ? paragraph("TableNote", run(say("zh", docxText.digestNote, { n: digestDigits }))) : "") +
  annexTable(annex) +
  // After a table a paragraph must stand; were it a line high, it might make a page of its own.
  paragraph("Cell", "", '<w:spacing w:line="20" w:lineRule="exact"/>');

/** The report's file; the same document makes the same bytes. */
export const toDocx = (report: ReportDocument): Uint8Array => {
  const paragraphs = [
    paragraph(
      "Title",
      titleLines(report.title, report.signer)
        .map((line) => run(line))
        .join("<w:r><w:br/></w:r>"),
    ),
    report.to === "" ? "" : paragraph("Addressee", run(say("zh", docxText.addressee, { to: report.to }))),
    // The last goes with what follows: no page may hold the signature alone.
    ...report.blocks.map(({ kind, runs }, at) =>
      paragraph(styles[kind], inRuns(runs), at === report.blocks.length - 1 ? "<w:keepNext/>" : ""),
    ),
    report.annex.length === 0 ? "" : paragraph("AnnexNote", run(say("zh", docxText.annexNote))),
    signed(report.signer, report.date),
    report.annex.length === 0 ? "" : annexed(report),
  ].join("");
  const encoder = new TextEncoder();
  const parts = {
    ...fixedParts,
    "docProps/core.xml": coreProperties(report.title, report.signer),
    "word/document.xml": documentPart(paragraphs),
  };
  return zipSync(Object.fromEntries(Object.entries(parts).map(([path, xml]) => [path, encoder.encode(xml)])), {
    mtime: new Date(1980, 0, 1),
  });
};
