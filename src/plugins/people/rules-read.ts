/** The rows of an inspected file, as texts, with merged cells filled; one sheet at a time, row by row. */
import Papa from "papaparse";
import { decodeText, mostRows, type Inspected } from "./rules-file.ts";
import { guessHeader, mergesOf, type Cell, type Guess, type SheetRow } from "./rules-table.ts";
import { type ImportKind } from "./rules-headers.ts";
import { sheetRowsOf } from "./rules-xlsx.ts";
import { BadFile } from "./rules-zip.ts";

/** Columns that are looked at. */
const mostColumns = 100;
/** Fills merged cells with their first value as rows pass by. */
const filler = (refs: readonly string[]) => {
  const ranges = mergesOf(refs).toSorted((a, b) => a.top - b.top);
  let open: { range: (typeof ranges)[number]; value: Cell }[] = [];
  let next = 0;
  return (index: number, cells: Cell[]): Cell[] => {
    open = open.filter(({ range }) => range.bottom >= index);
    for (; next < ranges.length; next++) {
      const range = ranges[next];
      if (range === undefined || range.top > index) break;
      if (range.bottom >= index) open.push({ range, value: range.top === index ? (cells[range.left] ?? null) : null });
    }
    for (const { range, value } of open)
      for (let c = range.left; c <= range.right && c < mostColumns; c++)
        if (value !== null && (cells[c] ?? null) === null) cells[c] = value;
    return cells;
  };
};

function* textRows(bytes: Uint8Array): Generator<SheetRow> {
  const text = decodeText(bytes);
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
  if (lines > mostRows) throw new BadFile("rows", { sheet: "csv", limit: mostRows });
  const { data } = Papa.parse<string[]>(text, { delimitersToGuess: [",", "\t", ";", "|", "，"], skipEmptyLines: false });
  let n = 0;
  for (const cells of data) yield { n: ++n, cells: cells.slice(0, mostColumns).map((cell) => (cell === "" ? null : cell.slice(0, 2000))) };
}

/** All rows of a sheet (of a text file there is one). */
export async function* rowsIn(
  bytes: Uint8Array,
  inspected: Inspected,
  sheet: string | null,
  most: number = mostRows,
): AsyncGenerator<SheetRow> {
  if (inspected.kind === "text") {
    let n = 0;
    for (const row of textRows(bytes)) if (n++ < most) yield row;
    return;
  }
  const chosen = inspected.sheets.find((s) => s.name === sheet) ?? inspected.sheets[0];
  if (!chosen) return;
  const fill = filler(chosen.merges);
  for await (const { n, cells } of sheetRowsOf(bytes, inspected, chosen.entry, most)) yield { n, cells: fill(n - 1, cells) };
}

/** The sheet whose first rows look most like a roster, and the guess there. */
export const guessTable = async (
  kind: ImportKind,
  bytes: Uint8Array,
  inspected: Inspected,
): Promise<{ sheet: string | null; guess: Guess }> => {
  const sheets = inspected.kind === "text" ? [null] : inspected.sheets.slice(0, 8).map((s) => s.name);
  let best: { sheet: string | null; guess: Guess } = {
    sheet: sheets[0] ?? null,
    guess: { header: 0, columns: [], titles: [], above: [], score: 0 },
  };
  for (const sheet of sheets) {
    const head: SheetRow[] = [];
    for await (const row of rowsIn(bytes, inspected, sheet, 60)) head.push(row);
    const guess = guessHeader(kind, head);
    if (guess.score > best.guess.score) best = { sheet, guess };
  }
  return best;
};
