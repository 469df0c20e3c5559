/**
 * The rows of a worksheet as they stream by. A library's reader builds a tree of all shared strings first, some hundred
 * megabytes for twenty thousand rows; this keeps the strings alone and one row at a time.
 */
import { mostBytes, inflated, textIn, BadFile, type Entry } from "./rules-zip.ts";

export type Book = { strings: Entry | null; styles: Entry | null; date1904: boolean };
/** A cell's text with its column, from 0. */
type Row = { n: number; cells: (string | null)[] };
/** Characters that one row, or one shared string, may hold. */
const mostText = 2_000_000;
const mostColumns = 100;

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
/** XML's escapes, and Excel's own (_x000D_). */
const plain = (xml: string): string =>
  (xml.includes("&")
    ? xml.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (whole, hex?: string, dec?: string, name?: string) =>
        hex !== undefined ? codePoint(parseInt(hex, 16)) : dec !== undefined ? codePoint(Number(dec)) : (entities[name ?? ""] ?? whole),
      )
    : xml
  ).replace(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
const codePoint = (n: number) => (n > 0 && n <= 0x10ffff ? String.fromCodePoint(n) : "");
/** The text of a string item: its runs, without the phonetic ones. */
const itemText = (xml: string): string => {
  let text = "";
  for (const [, , inner = ""] of xml
    .replace(/<((?:\w+:)?)rPh\b[\s\S]*?<\/\1rPh>/g, "")
    .matchAll(/<((?:\w+:)?)t(?:\s[^>]*)?>([\s\S]*?)<\/\1t>/g))
    text += inner;
  return plain(text);
};

/** The elements of a name, one after another, as their whole XML. @throws {BadFile} one is far too long */
async function* elements(bytes: Uint8Array, entry: Entry, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const start = new RegExp(`<((?:\\w+:)?)${name}(?=[\\s/>])`, "g");
  let text = "";
  for await (const chunk of inflated(bytes, entry, { left: mostBytes })) {
    text += decoder.decode(chunk, { stream: true });
    let from = 0;
    for (;;) {
      start.lastIndex = from;
      const found = start.exec(text);
      // A start may be cut in two by the chunk's end.
      if (!found) {
        text = text.slice(Math.max(from, text.length - 40));
        break;
      }
      const tagEnd = text.indexOf(">", found.index);
      const close = `</${found[1] ?? ""}${name}>`;
      const end = tagEnd < 0 ? -1 : text[tagEnd - 1] === "/" ? tagEnd + 1 : text.indexOf(close, tagEnd) + close.length;
      if (tagEnd < 0 || end < close.length) {
        text = text.slice(found.index);
        if (text.length > mostText) throw new BadFile("broken");
        break;
      }
      yield text.slice(found.index, end);
      from = end;
    }
  }
}

/** Shared strings, in order. */
const readStrings = async (bytes: Uint8Array, book: Book): Promise<string[]> => {
  const strings: string[] = [];
  if (book.strings) for await (const item of elements(bytes, book.strings, "si")) strings.push(itemText(item));
  return strings;
};
/** For each style, whether it shows a number as a date. */
const readDateStyles = async (bytes: Uint8Array, book: Book): Promise<boolean[]> => {
  if (!book.styles) return [];
  const xml = await textIn(bytes, book.styles, { left: 20_000_000 });
  const isDate = (code: string) => /[ymd]/i.test(plain(code).replace(/"[^"]*"|\\.|\[[^\]]*\]/g, "")) && !/general/i.test(code);
  const own = new Map(
    [...xml.matchAll(/<(?:\w+:)?numFmt\b[^>]*>/g)].map(([tag]) => [
      /numFmtId="(\d+)"/.exec(tag)?.[1] ?? "",
      isDate(/formatCode="([^"]*)"/.exec(tag)?.[1] ?? ""),
    ]),
  );
  const xfs = /<((?:\w+:)?)cellXfs\b[\s\S]*?<\/\1cellXfs>/.exec(xml)?.[0] ?? "";
  return [...xfs.matchAll(/<(?:\w+:)?xf\b[^>]*>/g)].map(([tag]) => {
    const id = /numFmtId="(\d+)"/.exec(tag)?.[1] ?? "0";
    const n = Number(id);
    return (
      own.get(id) ?? ((n >= 14 && n <= 17) || n === 22 || (n >= 27 && n <= 31) || n === 36 || (n >= 50 && n <= 54) || n === 57 || n === 58)
    );
  });
};
const dayOf = (serial: number, date1904: boolean): string =>
  new Date(Date.UTC(1899, 11, 30) + Math.floor(serial + (date1904 ? 1462 : 0)) * 86_400_000).toISOString().slice(0, 10);
const columnOf = (ref: string): number =>
  [...ref].reduce((sum, c) => (c >= "A" && c <= "Z" ? sum * 26 + c.charCodeAt(0) - 64 : sum), 0) - 1;
/** A number as text. Beyond fifteen digits Excel has lost the last ones: it is shown as what it became. */
const numberText = (value: string): string => {
  const n = Number(value);
  return Number.isNaN(n) ? value : Math.abs(n) >= 1e15 ? n.toExponential(5) : String(n);
};

/** A worksheet's rows, empty ones left out, at most `most`; from the first on each time. @throws {BadFile} damaged */
export const openWorksheet = async (bytes: Uint8Array, book: Book, sheet: Entry): Promise<(most: number) => AsyncGenerator<Row>> => {
  const [strings, dates] = [await readStrings(bytes, book), await readDateStyles(bytes, book)];
  const cellText = (attributes: string, inner: string): string | null => {
    const type = /\bt="(\w+)"/.exec(attributes)?.[1] ?? "n";
    if (type === "inlineStr") return itemText(inner);
    const value = /<((?:\w+:)?)v(?:\s[^>]*)?>([\s\S]*?)<\/\1v>/.exec(inner)?.[2];
    if (value === undefined || value === "") return null;
    if (type === "s") return strings[Number(value)] ?? null;
    if (type === "b") return value === "1" ? "是" : "否";
    if (type === "str" || type === "e") return plain(value);
    if (type === "d") return value.slice(0, 10);
    const style = /\bs="(\d+)"/.exec(attributes)?.[1];
    const serial = Number(value);
    return style !== undefined && dates[Number(style)] === true && serial > 0 && serial < 2_958_466
      ? dayOf(serial, book.date1904)
      : numberText(value);
  };
  return async function* (most) {
    let n = 0;
    let seen = 0;
    for await (const row of elements(bytes, sheet, "row")) {
      const tag = row.slice(0, row.indexOf(">") + 1);
      n = Number(/\br="(\d+)"/.exec(tag)?.[1] ?? n + 1);
      const cells: (string | null)[] = [];
      let at = -1;
      for (const [, , attributes = "", inner = ""] of row
        .slice(tag.length)
        .matchAll(/<((?:\w+:)?)c((?:\s[^>]*?)?)(?:\/>|>([\s\S]*?)<\/\1c>)/g)) {
        const ref = /\br="([A-Z]+)\d+"/.exec(attributes)?.[1];
        at = ref === undefined ? at + 1 : columnOf(ref);
        if (at >= mostColumns) continue;
        while (cells.length < at) cells.push(null);
        cells[at] = cellText(attributes, inner);
      }
      if (cells.every((cell) => cell === null)) continue;
      yield { n, cells };
      if (++seen >= most) return;
    }
  };
};
