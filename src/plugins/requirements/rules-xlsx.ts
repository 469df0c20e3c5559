/** Tables to hand on and to print: a title over all columns, A4 across, the header on each sheet. */
import type { CellStyle } from "hucre";
import { writeXlsx } from "hucre/xlsx";

/** A text that no spreadsheet runs: what starts like a formula gets an apostrophe. */
const harmless = (cell: string | number) =>
  typeof cell === "string" && /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(cell) ? `'${cell}` : cell;
export type Block = {
  sheet: string;
  title: string;
  /** Lines between the title and the header. */
  above: readonly string[];
  header: readonly { words: string; width: number }[];
  rows: readonly (readonly (string | number)[])[];
  /** Lines below the rows. */
  below: readonly string[];
};
const thin = { style: "thin" as const, color: { rgb: "000000" } };
const border = { top: thin, bottom: thin, left: thin, right: thin };
const sheetOf = ({ sheet, title, above, header, rows, below }: Block) => {
  const last = header.length - 1;
  const lines = (texts: readonly string[]) => texts.map((words) => [harmless(words)]);
  const head = 1 + above.length;
  const all: (string | number)[][] = [
    [harmless(title)],
    ...lines(above),
    header.map(({ words }) => words),
    ...rows.map((row) => row.map(harmless)),
    ...lines(below),
  ];
  const over = [0, ...above.map((_, n) => n + 1), ...below.map((_, n) => head + 1 + rows.length + n)];
  const cells = new Map<string, { style: CellStyle }>();
  const put = (row: number, column: number, style: CellStyle) => cells.set(`${row},${column}`, { style });
  put(0, 0, { font: { name: "宋体", size: 18, bold: true }, alignment: { horizontal: "center", vertical: "center" } });
  for (const row of over.slice(1)) put(row, 0, { font: { size: 10 }, alignment: { wrapText: true } });
  for (const n of header.keys()) {
    put(head, n, { font: { bold: true }, border, alignment: { horizontal: "center", vertical: "center", wrapText: true } });
    for (const [r, row] of rows.entries())
      put(head + 1 + r, n, {
        border,
        alignment: { horizontal: typeof row[n] === "number" ? "center" : "left", vertical: "center", wrapText: true },
      });
  }
  return {
    name: sheet.replace(/[\\/?*[\]:]/g, " ").slice(0, 31),
    columns: header.map(({ width }) => ({ width })),
    rows: all,
    cells,
    merges: over.map((row) => ({ startRow: row, startCol: 0, endRow: row, endCol: last })),
    rowDefs: new Map([[0, { height: 32 }]]),
    pageSetup: {
      paperSize: "a4" as const,
      orientation: "landscape" as const,
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      horizontalCentered: true,
      margins: { top: 0.6, bottom: 0.6, left: 0.5, right: 0.5, header: 0.3, footer: 0.3 },
      printTitlesRow: `$${head + 1}:$${head + 1}`,
    },
    headerFooter: { oddFooter: "&C&P / &N" },
  };
};
/** A file of one sheet a block. */
export const xlsxOf = (blocks: readonly Block[]): Promise<Uint8Array> => writeXlsx({ sheets: blocks.map(sheetOf) });
/** The headers of its download, with a name that every browser writes right. */
export const xlsxHeaders = (name: string): Record<string, string> => ({
  "content-type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "content-disposition": `attachment; filename="file.xlsx"; filename*=UTF-8''${encodeURIComponent(`${name}.xlsx`)}`,
  "cache-control": "private, no-store",
});
