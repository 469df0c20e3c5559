/** Two versions compared: blocks first, then the words of those that changed. */
import type { Block } from "./schema.ts";

export type Change<T> = { is: "same" | "del" | "ins"; item: T };
/** Cells of the table beyond which two lists are told as wholly different: a text of 2,000 characters against another. */
const mostCells = 4_000_000;

/** The shortest way from one list to the other; what is the same at both ends is set aside first. */
const changesOf = <T>(before: readonly T[], after: readonly T[], same: (a: T, b: T) => boolean): Change<T>[] => {
  let start = 0;
  const isSame = (i: number, j: number): boolean => {
    const a = before[i];
    const b = after[j];
    return a !== undefined && b !== undefined && same(a, b);
  };
  while (isSame(start, start)) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && isSame(before.length - 1 - end, after.length - 1 - end)) end++;
  const a = before.slice(start, before.length - end);
  const b = after.slice(start, after.length - end);
  const kept = (items: readonly T[]): Change<T>[] => items.map((item) => ({ is: "same", item }));
  return [...kept(after.slice(0, start)), ...middle(a, b, same), ...kept(after.slice(after.length - end))];
};
const middle = <T>(a: readonly T[], b: readonly T[], same: (a: T, b: T) => boolean): Change<T>[] => {
  const out = (is: "del" | "ins", items: readonly T[]): Change<T>[] => items.map((item) => ({ is, item }));
  if (a.length === 0 || b.length === 0 || a.length * b.length > mostCells) return [...out("del", a), ...out("ins", b)];
  const width = b.length + 1;
  // longest[i * width + j]: of a from i and b from j.
  const longest = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  const equal = (i: number, j: number): boolean => {
    const x = a[i];
    const y = b[j];
    return x !== undefined && y !== undefined && same(x, y);
  };
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i * width + j] = equal(i, j) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const changes: Change<T>[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const left = a[i];
    const right = b[j];
    if (right !== undefined && equal(i, j)) {
      changes.push({ is: "same", item: right });
      i++;
      j++;
    } else if (left !== undefined && (right === undefined || at(i + 1, j) >= at(i, j + 1))) {
      changes.push({ is: "del", item: left });
      i++;
    } else if (right !== undefined) {
      changes.push({ is: "ins", item: right });
      j++;
    }
  }
  return changes;
};

/** A reference whole, a word or number of Latin letters whole, else each character. */
const wordsOf = (written: string): string[] => written.match(/\{\{[^{}]*\}\}|[A-Za-z0-9.%]+|[\s\S]/gu) ?? [];
export type Stretch = { is: "same" | "del" | "ins"; text: string };
/** What became of the words of one text; stretches of one kind are joined. */
export const stretchesOf = (before: string, after: string): Stretch[] => {
  const joined: Stretch[] = [];
  for (const { is, item } of changesOf(wordsOf(before), wordsOf(after), (a, b) => a === b)) {
    const last = joined.at(-1);
    if (last?.is === is) last.text += item;
    else joined.push({ is, text: item });
  }
  return joined;
};
/** A block of the comparison. `edited`: its words changed; `kind` is that of the newer one. */
export type BlockChange = { is: "same" | "del" | "ins" | "edited"; kind: Block["kind"]; stretches: readonly Stretch[] };
/** How much of two texts is the same, in characters. */
const alike = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, { is, text }) => sum + (is === "same" ? text.length : 0), 0);
/** Two versions, block by block: one taken out and one put in at the same place that are half alike are one that was edited. */
export const compareBlocks = (before: readonly Block[], after: readonly Block[]): BlockChange[] => {
  const changes = changesOf(before, after, (a, b) => a.kind === b.kind && a.text === b.text);
  const found: BlockChange[] = [];
  for (let at = 0; at < changes.length;) {
    const change = changes[at];
    if (change === undefined) break;
    if (change.is === "same") {
      found.push({ is: "same", kind: change.item.kind, stretches: [{ is: "same", text: change.item.text }] });
      at++;
      continue;
    }
    const gone: Block[] = [];
    const come: Block[] = [];
    for (let next = changes[at]; next !== undefined && next.is !== "same"; next = changes[++at])
      (next.is === "del" ? gone : come).push(next.item);
    for (const old of gone) {
      const first = come[0];
      const stretches = first === undefined ? [] : stretchesOf(old.text, first.text);
      if (first !== undefined && alike(stretches) * 2 >= Math.min(old.text.length, first.text.length)) {
        found.push({ is: "edited", kind: first.kind, stretches });
        come.shift();
      } else found.push({ is: "del", kind: old.kind, stretches: [{ is: "del", text: old.text }] });
    }
    for (const { kind, text } of come) found.push({ is: "ins", kind, stretches: [{ is: "ins", text }] });
  }
  return found;
};
