/**
 * What a file is, before anything parses it: by its first bytes, and for a workbook by its listing and a counted,
 * forgotten inflation, so that a zip bomb or a million empty rows is refused for what it is.
 */
export type Sheet = { name: string; path: string; rows: number; merges: string[] };
export type Inspected = { kind: "xlsx"; sheets: Sheet[] } | { kind: "text" };
/** Why a file is refused; the words are the caller's. */
export type FileFlaw = "empty" | "xls" | "encrypted" | "pdf" | "image" | "html" | "zip" | "ods" | "xlsb" | "broken" | "bomb" | "rows" | "binary" | "encoding";
export class BadFile extends Error {
  readonly flaw: FileFlaw;
  readonly facts: Record<string, string | number>;
  constructor(flaw: FileFlaw, facts: Record<string, string | number> = {}) {
    super(flaw);
    this.flaw = flaw;
    this.facts = facts;
  }
}

/** Rows that a sheet may hold, empty ones too. */
export const mostRows = 60_000;
/** Bytes that a workbook may hold, inflated. */
const mostBytes = 100 * 1024 * 1024;
/** Files within a workbook. */
const mostEntries = 2000;

const startsWith = (bytes: Uint8Array, ...start: number[]) => start.every((b, n) => bytes[n] === b);
const latin = new TextDecoder("latin1");
const at16 = (b: Uint8Array, n: number) => (b[n] ?? 0) | ((b[n + 1] ?? 0) << 8);
const at32 = (b: Uint8Array, n: number) => (at16(b, n) | (at16(b, n + 2) << 16)) >>> 0;

type Entry = { name: string; method: number; size: number; at: number };
/** The central directory. @throws {BadFile} there is none, it is cut off, or it lists too much */
const listing = (bytes: Uint8Array): Entry[] => {
  let end = bytes.length - 22;
  const lowest = Math.max(0, bytes.length - 22 - 65_535);
  while (end >= lowest && at32(bytes, end) !== 0x06054b50) end--;
  if (end < lowest) throw new BadFile("broken");
  const count = at16(bytes, end + 10);
  let at = at32(bytes, end + 16);
  if (count > mostEntries || count === 0xffff) throw new BadFile("bomb", { limit: "100 MB" });
  const entries: Entry[] = [];
  for (let n = 0; n < count; n++) {
    if (at32(bytes, at) !== 0x02014b50) throw new BadFile("broken");
    const nameLength = at16(bytes, at + 28);
    const encrypted = (at16(bytes, at + 8) & 1) === 1;
    if (encrypted) throw new BadFile("encrypted");
    entries.push({ name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)), method: at16(bytes, at + 10), size: at32(bytes, at + 20), at: at32(bytes, at + 42) });
    at += 46 + nameLength + at16(bytes, at + 30) + at16(bytes, at + 32);
  }
  return entries;
};
const contentOf = (bytes: Uint8Array, entry: Entry): Uint8Array<ArrayBuffer> => {
  if (at32(bytes, entry.at) !== 0x04034b50) throw new BadFile("broken");
  const from = entry.at + 30 + at16(bytes, entry.at + 26) + at16(bytes, entry.at + 28);
  return new Uint8Array(bytes.subarray(from, from + entry.size));
};
/** Inflates an entry chunk by chunk, whatever size it claims; `left` counts down over all entries. */
const inflate = async (bytes: Uint8Array, entry: Entry, budget: { left: number }, see: (chunk: Uint8Array) => void): Promise<void> => {
  const spend = (chunk: Uint8Array) => {
    budget.left -= chunk.length;
    if (budget.left < 0) throw new BadFile("bomb", { limit: "100 MB" });
    see(chunk);
  };
  const content = contentOf(bytes, entry);
  if (entry.method === 0) return spend(content);
  if (entry.method !== 8) throw new BadFile("broken");
  const reader = new Blob([content]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      spend(value);
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    throw error instanceof BadFile ? error : new BadFile("broken");
  }
};
const textOf = async (bytes: Uint8Array, entry: Entry, budget: { left: number }): Promise<string> => {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  await inflate(bytes, entry, budget, (chunk) => chunks.push(new Uint8Array(chunk)));
  return new Blob(chunks).text();
};
const attribute = (tag: string, name: string): string | undefined => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]?.replace(/&amp;/g, "&").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&apos;/g, "'");

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
      if (whole.includes("mergeCell ")) for (const found of whole.matchAll(/<(?:\w+:)?mergeCell ref="([A-Z]+\d+:[A-Z]+\d+)"/g)) if (found[1] !== undefined && merges.length < 20_000) merges.push(found[1]);
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
  const [book, rels] = [await textOf(bytes, workbook, budget), await textOf(bytes, relations, budget)];
  const targets = new Map([...rels.matchAll(/<(?:\w+:)?Relationship\b[^>]*>/g)].map(([tag]) => [attribute(tag, "Id"), attribute(tag, "Target")?.replace(/^\/?(?:xl\/)?/, "xl/")]));
  const sheets: Sheet[] = [];
  const seen = new Set([workbook.name, relations.name]);
  for (const [tag] of book.matchAll(/<(?:\w+:)?sheet\b[^>]*>/g)) {
    const path = targets.get(attribute(tag, "r:id"));
    const entry = path === undefined ? undefined : by.get(path);
    if (!path || !entry || /\bstate="(?:very)?[hH]idden"/.test(tag)) continue;
    const name = attribute(tag, "name") ?? "";
    const watch = watchSheet(name);
    await inflate(bytes, entry, budget, watch.see);
    seen.add(entry.name);
    sheets.push({ name, path, ...watch.done() });
  }
  for (const entry of entries) if (!seen.has(entry.name) && entry.name.startsWith("xl/") && entry.name.endsWith(".xml")) await inflate(bytes, entry, budget, () => undefined);
  if (sheets.length === 0) throw new BadFile("empty");
  return { kind: "xlsx", sheets };
};

/** What a file is. @throws {BadFile} for all that is no roster: it says what it is instead */
export const inspect = async (bytes: Uint8Array): Promise<Inspected> => {
  if (bytes.length === 0) throw new BadFile("empty");
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return inspectWorkbook(bytes);
  if (startsWith(bytes, 0x50, 0x4b)) throw new BadFile("broken");
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) throw new BadFile(latin.decode(bytes).includes("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e") ? "encrypted" : "xls");
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) throw new BadFile("pdf");
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47) || startsWith(bytes, 0xff, 0xd8, 0xff) || startsWith(bytes, 0x47, 0x49, 0x46, 0x38)) throw new BadFile("image");
  const start = latin.decode(bytes.subarray(0, 1024)).replace(/^\u00ef\u00bb\u00bf/, "").trimStart().toLowerCase();
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
