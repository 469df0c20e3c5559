/**
 * From a sheet to rows under a header: where the header stands (titles above, two-storey headers, merged cells), which
 * column is what, and which rows are data (not notes, sums, repeated headers). Only a guess: the reader may change it.
 */
import { headerKey, type Headers } from "./rules-headers.ts";

export type Cell = string | null;

/** A row of a sheet with its number there, from 1. */
export type SheetRow = { n: number; cells: Cell[] };

const fieldByHeader = (headers: Headers): Map<string, string> =>
  new Map(Object.entries(headers).flatMap(([field, names]) => names.map((name) => [headerKey(name), field] as const)));

export type Guess = {
  /** The header's last row, from 1; 0: none was found. */
  header: number;
  /** What each column is; null: not used. */
  columns: (string | null)[];
  /** What each column is called in the file. */
  titles: string[];
  /** Lines above the header. */
  above: string[];
  score: number;
};

const isFilled = (cell: Cell | undefined): cell is string => cell !== null && cell !== undefined && cell.trim() !== "";

const assign = (titles: readonly string[], fields: ReadonlyMap<string, string>): { columns: (string | null)[]; score: number } => {
  const taken = new Set<string>();
  const columns = titles.map((title) => {
    const field = fields.get(headerKey(title));
    if (field === undefined || taken.has(field)) return null;
    taken.add(field);
    return field;
  });
  // A header that holds one of ours among other words ("本人联系电话（必填）") fills what is still missing.
  titles.forEach((title, at) => {
    if (columns[at] !== null || title === "") return;
    const key = headerKey(title);
    const found = [...fields]
      .filter(([name, field]) => name.length >= 2 && !taken.has(field) && key.length <= name.length + 6 && key.endsWith(name))
      .toSorted(([a], [b]) => b.length - a.length)[0];
    if (found === undefined) return;
    taken.add(found[1]);
    columns[at] = found[1];
  });
  return { columns, score: taken.size + (taken.has("name") ? 1 : 0) };
};

/** Where the header stands and what its columns are, from the first rows of a sheet. */
export const guessHeader = (headers: Headers, rows: readonly SheetRow[]): Guess => {
  const fields = fieldByHeader(headers);
  let best: Guess = { header: 0, columns: [], titles: [], above: [], score: 0 };
  const first = rows.slice(0, 40);
  first.forEach((row, at) => {
    const titles = row.cells.map((cell) => (cell ?? "").trim());
    // A title merged over the whole width is no header.
    const distinct = new Set(titles.filter((title) => title !== ""));
    if (distinct.size < 1 || (distinct.size === 1 && titles.filter((title) => title !== "").length > 1)) return;
    const plain = assign(titles, fields);
    const below = first[at + 1];
    const two = below === undefined ? null : twoStorey(titles, below, fields);
    const chosen = two !== null && two.score > plain.score ? { ...two, header: below?.n ?? row.n } : { ...plain, titles, header: row.n };
    const enough = chosen.columns.includes("name") && (chosen.score >= 3 || distinct.size === 1 || chosen.score / distinct.size > 0.5);
    if (enough && chosen.score > best.score)
      best = { ...chosen, above: first.slice(0, at).flatMap((r) => [...new Set(r.cells.filter(isFilled))]) };
  });
  return best;
};

/** A header of two rows: "联系方式" over "手机" and "邮箱"; what is merged downwards counts once. */
const twoStorey = (above: readonly string[], below: SheetRow, fields: ReadonlyMap<string, string>) => {
  const lower = below.cells.map((cell) => (cell ?? "").trim());
  const width = Math.max(above.length, lower.length);
  const isHeader = Array.from({ length: width }, (_, c) => lower[c] ?? "").every(
    (title, c) => title === "" || title === (above[c] ?? "") || fields.has(headerKey(title)),
  );
  if (!isHeader) return null;
  const titles = Array.from({ length: width }, (_, c) => (lower[c] !== undefined && lower[c] !== "" ? lower[c] : (above[c] ?? "")));
  return { titles, ...assign(titles, fields) };
};

const noteStart = /^(?:注|备注|说明|填表|填报|制表|审核|审批人|负责人签|联系人|单位负责人|报送|合计|总计|小计|共计|统计|打印|以上|附|\*|※)/;

/** Whether a row below the header is data: neither empty, nor the header again, nor a note or a sum. */
export const isData = (row: SheetRow, guess: Pick<Guess, "columns" | "titles">): boolean => {
  const filled = row.cells.filter(isFilled);
  if (filled.length === 0) return false;
  const used = row.cells.filter((cell, c) => guess.columns[c] !== null && guess.columns[c] !== undefined && isFilled(cell));
  const again = row.cells.filter((cell, c) => isFilled(cell) && headerKey(cell) === headerKey(guess.titles[c] ?? "\u0000"));
  if (again.length >= 2 && again.length === filled.length) return false;
  const distinct = [...new Set(filled.map((cell) => cell.trim()))];
  const name = row.cells[guess.columns.indexOf("name")];
  const first = distinct[0] ?? "";
  if (/^(?:合计|总计|小计|共计)$/.test(first.replace(/\s/g, ""))) return false;
  // One text alone, or merged over the width: a note, a page number, the title again.
  if (
    distinct.length === 1 &&
    (noteStart.test(first) || first.length > 12 || (filled.length > 1 && guess.columns.filter((c) => c !== null).length > 1))
  )
    return false;
  if (noteStart.test(first) && (!isFilled(name) || name.trim() === first || /[:：]/.test(first)) && distinct.length <= 4) return false;
  return used.length > 0;
};

const letters = (text: string) => [...text].reduce((sum, c) => sum * 26 + c.charCodeAt(0) - 64, 0) - 1;

/** Ranges of merged cells, 0-based; those of one cell or far too large are left out. */
export const mergesOf = (refs: readonly string[]) =>
  refs.flatMap((ref) => {
    const m = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(ref);
    if (!m) return [];
    const range = { left: letters(m[1] ?? ""), top: Number(m[2]) - 1, right: letters(m[3] ?? ""), bottom: Number(m[4]) - 1 };
    return range.right - range.left < 200 && range.bottom - range.top < 5000 ? [range] : [];
  });
