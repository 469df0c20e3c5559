/** States, cursors, cells. Pure. */
import { clock, dayOf, type Day, type Instant } from "#kernel";

/** What became of a record: it stands; a later one took its place, or voided it; or it is itself what voids another. */
export type State = "standing" | "corrected" | "voided" | "voiding";
/** The state of a record, by itself and by what corrects it. */
export const stateOf = (row: { void: boolean; correctedBy: string | null; voided: boolean }): State =>
  row.correctedBy === null ? (row.void ? "voiding" : "standing") : row.voided ? "voided" : "corrected";

/** Where a page by day ends: the day and the number in the ledger of its last row. */
export type Cursor = { day: string; seq: number };
/** As it stands in an address. */
export const cursorWords = (row: Cursor): string => `${row.day}.${row.seq}`;
/** From an address; null: from the beginning. */
export const readCursor = (words: string | undefined): Cursor | null => {
  const [day, seq] = (words ?? "").split(".");
  return day === undefined || seq === undefined ? null : { day, seq: Number(seq) };
};

/** What a spreadsheet may take for the beginning of a formula; full-width forms are read as the plain ones in Chinese settings. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;
/** A text that a spreadsheet leaves alone: one that might be a formula begins with an apostrophe. */
export const harmless = (text: string): string => (formula.test(text) ? `'${text}` : text);
/** A date's UTC fields are local time. */
export type Cell = string | number | Date | null;
const csvCell = (cell: Cell): string => {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  if (cell instanceof Date) return cell.toISOString().slice(0, 19).replace("T", " ");
  const text = harmless(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
/** One line of RFC 4180 CSV. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(",")}\r\n`;

const quarter = 900_000;
/** An instant moved so that its UTC fields are the zone's local time. A zone's offset is looked up once a quarter of an hour, since that is slow. */
export const localTimes = (zone: string): ((at: Instant) => Date) => {
  const offsets = new Map<number, number>();
  return (at) => {
    const key = Math.floor(at / quarter);
    let offset = offsets.get(key);
    if (offset === undefined) {
      const start = key * quarter;
      offset = Date.parse(`${dayOf(start, zone)}T${clock(start, zone)}Z`) - start;
      if (offsets.size > 5000) offsets.clear();
      offsets.set(key, offset);
    }
    return new Date(Math.floor((at + offset) / 1000) * 1000);
  };
};
/** Seconds since midnight of `HH:MM` or `HH:MM:SS`. */
const secondsOf = (time: string): number => {
  const [h = "0", m = "0", s = "0"] = time.split(":");
  return Number(h) * 3600 + Number(m) * 60 + Number(s);
};
/** `2026-11-24T14:03` as it stands in a field for local time. */
export const fieldTime = (at: Instant, zone: string): string => `${dayOf(at, zone)}T${clock(at, zone)}`;
/** Splits a field's local time. */
export const readFieldTime = (text: string): { day: string; seconds: number } => {
  const [day = "", time = ""] = text.split("T");
  return { day, seconds: secondsOf(time) };
};
/** A person's records by year, in the order given. */
export const byYear = <T extends { day: Day }>(rows: readonly T[]): { year: string; rows: T[] }[] => {
  const years = new Map<string, T[]>();
  for (const row of rows) {
    const year = row.day.slice(0, 4);
    const open = years.get(year);
    if (open) open.push(row);
    else years.set(year, [row]);
  }
  return [...years].map(([year, of]) => ({ year, rows: of }));
};
