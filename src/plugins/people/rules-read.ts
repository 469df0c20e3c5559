/** The rows of an inspected file, as texts, with merged cells filled; one sheet at a time, row by row. */
import Papa from "papaparse";
import { decodeText, inspect, mostRows, type Inspected } from "./rules-file.ts";
import { guessHeader, isData, mergesOf, type Cell, type Guess, type SheetRow } from "./rules-table.ts";
import type { Headers } from "./rules-headers.ts";
import { openWorksheet } from "./rules-xlsx.ts";
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

/** Rows of a text that are parsed at a time. */
const piece = 500;
/** The rows of a text file, some at a time, so that they need not all be in memory. @throws {BadFile} over `mostRows` */
const textRows = (bytes: Uint8Array): ((most: number) => Generator<SheetRow>) => {
  const text = decodeText(bytes).replace(/^\uFEFF/, "");
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
  if (lines > mostRows) throw new BadFile("rows", { sheet: "csv", limit: mostRows });
  const guessed = Papa.parse(text.slice(0, 20_000), { delimitersToGuess: [",", "\t", ";", "|", "，"], preview: 10 }).meta;
  return function* (most) {
    let n = 0;
    for (let [at, more] = [0, true]; more && n < most;) {
      const { data, meta } = Papa.parse<string[]>(text.slice(at), {
        delimiter: guessed.delimiter,
        newline: guessed.linebreak === "\r" || guessed.linebreak === "\n" ? guessed.linebreak : "\r\n",
        preview: Math.min(piece, most - n),
        // The fast mode would cut the whole rest into lines each time.
        fastMode: false,
      });
      for (const cells of data)
        yield { n: ++n, cells: cells.slice(0, mostColumns).map((cell) => (cell === "" ? null : cell.slice(0, 2000))) };
      at += meta.cursor;
      more = meta.truncated;
    }
  };
};

/** A sheet opened (of a text file there is one): its rows from the first on, each time they are asked for. */
const openSheet = async (
  bytes: Uint8Array,
  inspected: Inspected,
  sheet: string | null,
): Promise<(most?: number) => AsyncGenerator<SheetRow>> => {
  if (inspected.kind === "text") {
    const rows = textRows(bytes);
    return async function* (most = mostRows) {
      yield* rows(most);
    };
  }
  const chosen = inspected.sheets.find((s) => s.name === sheet) ?? inspected.sheets[0];
  const rows = chosen && (await openWorksheet(bytes, inspected, chosen.entry));
  return async function* (most = mostRows) {
    if (!chosen || !rows) return;
    const fill = filler(chosen.merges);
    for await (const { n, cells } of rows(most)) yield { n, cells: fill(n - 1, cells) };
  };
};

/** The sheet whose first rows look most like a roster, and the guess there. */
export const guessTable = async (
  headers: Headers,
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
    for await (const row of (await openSheet(bytes, inspected, sheet))(60)) head.push(row);
    const guess = guessHeader(headers, head);
    if (guess.score > best.guess.score) best = { sheet, guess };
  }
  return best;
};

/** Rows read between two breaths: the thread that reads also serves. */
const breath = 500;
/** Which table of a file is meant: its sheet, the header's last row, and what each column is. */
export type Chosen = Pick<Guess, "header" | "columns" | "titles"> & { sheet: string | null };
/** A file opened at its table: the data rows with what they say, from the first on each time they are asked for. */
export const openRows = async <V>(
  bytes: Uint8Array,
  chosen: Chosen,
  read: (cells: readonly Cell[], columns: readonly (string | null)[]) => V,
): Promise<{ rows: () => AsyncGenerator<{ n: number; cells: readonly Cell[]; read: V }>; lines: number }> => {
  const inspected = await inspect(bytes);
  const sheet = await openSheet(bytes, inspected, chosen.sheet);
  return {
    lines: inspected.kind === "xlsx" ? (inspected.sheets.find(({ name }) => name === chosen.sheet)?.rows ?? 0) : 0,
    rows: async function* () {
      for await (const row of sheet()) {
        if (row.n > chosen.header && isData(row, chosen)) yield { n: row.n, cells: row.cells, read: read(row.cells, chosen.columns) };
        if (row.n % breath === 0) await new Promise((resolve) => setTimeout(resolve, 0));
      }
    },
  };
};
/** The first rows of a sheet that somebody chose, and the guess there. */
export const lookAtSheet = async (bytes: Uint8Array, headers: Headers, sheet: string | null, header: number) => {
  const inspected = await inspect(bytes);
  const head: SheetRow[] = [];
  for await (const row of (await openSheet(bytes, inspected, sheet))(Math.max(60, header))) head.push(row);
  const guess = guessHeader(headers, header > 0 ? head.filter((row) => row.n >= header) : head);
  return {
    sheets: inspected.kind === "text" ? [] : inspected.sheets.map((s) => s.name),
    guess,
    titles: (head.find((row) => row.n === header)?.cells ?? []).map((cell) => cell ?? ""),
  };
};
