/**
 * What a file is, before anything parses it: by its first bytes, and for a workbook by its listing and a counted,
 * forgotten inflation, so that a zip bomb or a million empty rows is refused for what it is.
 */
import { BadFile, inflated, listing, mostBytes, textIn, type Entry } from "./rules-zip.ts";

export type Sheet = { name: string; entry: Entry; rows: number; merges: string[] };
export type Inspected =
  | {
      kind: "xlsx";
      sheets: Sheet[];
      /** Shared strings and styles, where the workbook has them. */ strings: Entry | null;
      styles: Entry | null;
      date1904: boolean;
    }
  | { kind: "text" };

/** Rows that a sheet may hold, empty ones too. */
export const mostRows = 60_000;

const startsWith = (bytes: Uint8Array, ...start: number[]) => start.every((b, n) => bytes[n] === b);
const latin = new TextDecoder("latin1");
const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\b${name}="([^"]*)"`)
    .exec(tag)?.[1]
    ?.replace(/&amp;/g, "&")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'");

/** Counts the rows of a worksheet as it streams by, and keeps its merged ranges. @throws {BadFile} over `mostRows` */
const watchSheet = (name: string) => {
  let rows = 0;
  let tail = "";
  const merges: string[] = [];
  return {
    see: (chunk: Uint8Array) => {
      const text = tail + latin.decode(chunk);
      // Whole tags only: what comes after the last ">" waits for the next chunk.
      const end = text.lastIndexOf(">") + 1;
      const whole = text.slice(0, end);
      tail = text.slice(end).slice(-10_000);
      for (const _ of whole.matchAll(/<(?:\w+:)?row[\s/>]/g)) rows++;
      if (rows > mostRows) throw new BadFile("rows", { sheet: name, limit: mostRows });
      if (whole.includes("mergeCell "))
        for (const found of whole.matchAll(/<(?:\w+:)?mergeCell ref="([A-Z]+\d+:[A-Z]+\d+)"/g))
          if (found[1] !== undefined && merges.length < 20_000) merges.push(found[1]);
    },
    done: () => ({ rows, merges }),
  };
};

const inspectWorkbook = async (bytes: Uint8Array): Promise<Inspected> => {
  const entries = listing(bytes);
  const by = new Map(entries.map((e) => [e.name.replace(/^\//, ""), e]));
  if (by.has("xl/workbook.bin")) throw new BadFile("xlsb");
  if (by.has("content.xml") && by.has("mimetype")) throw new BadFile("ods");
  const workbook = by.get("xl/workbook.xml");
  const relations = by.get("xl/_rels/workbook.xml.rels");
  if (!workbook || !relations) throw new BadFile("zip");
  const budget = { left: mostBytes };
  const [book, rels] = [await textIn(bytes, workbook, budget), await textIn(bytes, relations, budget)];
  const targets = new Map(
    [...rels.matchAll(/<(?:\w+:)?Relationship\b[^>]*>/g)].map(([tag]) => [
      attribute(tag, "Id"),
      attribute(tag, "Target")?.replace(/^\/?(?:xl\/)?/, "xl/"),
    ]),
  );
  const sheets: Sheet[] = [];
  const seen = new Set([workbook.name, relations.name]);
  for (const [tag] of book.matchAll(/<(?:\w+:)?sheet\b[^>]*>/g)) {
    const path = targets.get(attribute(tag, "r:id"));
    const entry = path === undefined ? undefined : by.get(path);
    if (!entry || /\bstate="(?:very)?[hH]idden"/.test(tag)) continue;
    const name = attribute(tag, "name") ?? "";
    const watch = watchSheet(name);
    for await (const chunk of inflated(bytes, entry, budget)) watch.see(chunk);
    seen.add(entry.name);
    sheets.push({ name, entry, ...watch.done() });
  }
  for (const entry of entries)
    if (!seen.has(entry.name) && entry.name.startsWith("xl/") && entry.name.endsWith(".xml"))
      for await (const _ of inflated(bytes, entry, budget)) continue;
  if (sheets.length === 0) throw new BadFile("empty");
  return {
    kind: "xlsx",
    sheets,
    strings: by.get("xl/sharedStrings.xml") ?? null,
    styles: by.get("xl/styles.xml") ?? null,
    date1904: /\bdate1904="(?:1|true)"/.test(book),
  };
};

/** What a file is. @throws {BadFile} for all that is no roster: it says what it is instead */
export const inspect = async (bytes: Uint8Array): Promise<Inspected> => {
  if (bytes.length === 0) throw new BadFile("empty");
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return inspectWorkbook(bytes);
  if (startsWith(bytes, 0x50, 0x4b)) throw new BadFile("broken");
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    throw new BadFile(latin.decode(bytes).includes("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e") ? "encrypted" : "xls");
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) throw new BadFile("pdf");
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47) || startsWith(bytes, 0xff, 0xd8, 0xff) || startsWith(bytes, 0x47, 0x49, 0x46, 0x38))
    throw new BadFile("image");
  const start = latin
    .decode(bytes.subarray(0, 1024))
    .replace(/^\u00ef\u00bb\u00bf/, "")
    .trimStart()
    .toLowerCase();
  if (start.startsWith("<") && /^<(?:!doctype|html|\?xml|table|meta|head)/.test(start)) throw new BadFile("html");
  return { kind: "text" };
};

/** A text file's text: UTF-8 with or without BOM, UTF-16 either way, else GB18030. @throws {BadFile} none of them */
export const decodeText = (bytes: Uint8Array): string => {
  const read = (encoding: string): string | null => {
    try {
      const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: false }).decode(bytes);
      // What is no text shows itself by control characters.
      return /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text) ? null : text;
    } catch {
      return null;
    }
  };
  const pick = (): string | null => {
    if (startsWith(bytes, 0xff, 0xfe)) return read("utf-16le");
    if (startsWith(bytes, 0xfe, 0xff)) return read("utf-16be");
    if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return read("utf-8");
    const sample = bytes.subarray(0, 4096);
    let [even, odd] = [0, 0];
    sample.forEach((b, n) => {
      if (b !== 0) return;
      if (n % 2 === 0) even++;
      else odd++;
    });
    if (odd > sample.length / 20 && even === 0) return read("utf-16le");
    if (even > sample.length / 20 && odd === 0) return read("utf-16be");
    return read("utf-8") ?? read("gb18030");
  };
  const text = pick();
  if (text === null) throw new BadFile(bytes.subarray(0, 4096).includes(0) ? "binary" : "encoding");
  return text;
};
