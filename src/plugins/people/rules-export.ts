/** Tables as files that open right in Excel and WPS, with no cell that a spreadsheet would take for a formula. */
import { harmless } from "#kernel";
import { writeXlsx, writeXlsxStream } from "hucre/xlsx";

/** An xlsx file of one sheet: a bold header, then rows of text. */
export const xlsxOf = (
  sheet: string,
  header: readonly { words: string; width: number }[],
  rows: readonly (readonly string[])[],
): Promise<Uint8Array> =>
  writeXlsx({
    sheets: [
      {
        name: sheet,
        columns: header.map(({ width }) => ({ width })),
        rows: [header.map(({ words }) => words), ...rows.map((row) => row.map(harmless))],
        freezePane: { rows: 1 },
      },
    ],
  });
/** The same as a stream, for rows that come one by one. */
export const xlsxStreamOf = (
  sheet: string,
  header: readonly { words: string; width: number }[],
  rows: AsyncIterable<readonly string[]>,
): ReadableStream<Uint8Array> => {
  async function* all() {
    yield header.map(({ words }) => harmless(words));
    for await (const row of rows) yield row.map(harmless);
  }
  return writeXlsxStream(all(), { name: sheet, columns: header.map(({ width }) => ({ width })), freezePane: { rows: 1 } });
};
/** The headers of a download, with a name that every browser writes right. */
export const fileHeaders = (type: "xlsx" | "csv", name: string): Record<string, string> => ({
  "content-type": type === "xlsx" ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv; charset=utf-8",
  "content-disposition": `attachment; filename="file.${type}"; filename*=UTF-8''${encodeURIComponent(`${name}.${type}`)}`,
  "cache-control": "private, no-store",
});
