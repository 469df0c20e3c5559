/** A zip archive's listing and its contents, inflated chunk by chunk and counted: what it claims of sizes is not believed. */

/** Why a file is refused; the words are the caller's. */
export type FileFlaw =
  | "empty"
  | "xls"
  | "encrypted"
  | "pdf"
  | "image"
  | "html"
  | "zip"
  | "ods"
  | "xlsb"
  | "broken"
  | "bomb"
  | "rows"
  | "binary"
  | "encoding";
export class BadFile extends Error {
  readonly flaw: FileFlaw;
  readonly facts: Record<string, string | number>;
  constructor(flaw: FileFlaw, facts: Record<string, string | number> = {}) {
    super(flaw);
    this.flaw = flaw;
    this.facts = facts;
  }
}
/** Bytes that a workbook may hold, inflated. */
export const mostBytes = 100 * 1024 * 1024;
/** Files within an archive. */
const mostEntries = 2000;

const at16 = (b: Uint8Array, n: number) => (b[n] ?? 0) | ((b[n + 1] ?? 0) << 8);
const at32 = (b: Uint8Array, n: number) => (at16(b, n) | (at16(b, n + 2) << 16)) >>> 0;

export type Entry = { name: string; method: number; size: number; at: number };
/** What may still be inflated, over all entries, in bytes. */
export type Budget = { left: number };
/** The central directory. @throws {BadFile} there is none, it is cut off, or it lists too much */
export const listing = (bytes: Uint8Array): Entry[] => {
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
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      method: at16(bytes, at + 10),
      size: at32(bytes, at + 20),
      at: at32(bytes, at + 42),
    });
    at += 46 + nameLength + at16(bytes, at + 30) + at16(bytes, at + 32);
  }
  return entries;
};
const contentOf = (bytes: Uint8Array, entry: Entry): Uint8Array<ArrayBuffer> => {
  if (at32(bytes, entry.at) !== 0x04034b50) throw new BadFile("broken");
  const from = entry.at + 30 + at16(bytes, entry.at + 26) + at16(bytes, entry.at + 28);
  return new Uint8Array(bytes.subarray(from, from + entry.size));
};
/** An entry's bytes as they inflate. @throws {BadFile} damaged, or more than the budget */
export async function* inflated(bytes: Uint8Array, entry: Entry, budget: Budget): AsyncGenerator<Uint8Array> {
  const spend = (chunk: Uint8Array) => {
    budget.left -= chunk.length;
    if (budget.left < 0) throw new BadFile("bomb", { limit: "100 MB" });
    return chunk;
  };
  const content = contentOf(bytes, entry);
  if (entry.method === 0) {
    yield spend(content);
    return;
  }
  if (entry.method !== 8) throw new BadFile("broken");
  const reader = new Blob([content]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield spend(value);
    }
  } catch (error) {
    throw error instanceof BadFile ? error : new BadFile("broken");
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
/** An entry's text whole; for small ones. */
export const textIn = async (bytes: Uint8Array, entry: Entry, budget: Budget): Promise<string> => {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of inflated(bytes, entry, budget)) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
};
