/** What a browser keeps of an attempt until the server has it: one key a session, so that two tabs overwrite nothing of each other's. */
import type { AnswerValue } from "./input-room.ts";

/** What is needed of a browser's storage. */
export type Shelf = {
  readonly length: number;
  key(n: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
};
/** An answer and when it was given. */
export type Given = { value: AnswerValue; at: number };
export type Desktop = {
  unsent: Map<string, Given>;
  flags: Set<string>;
  /** Options struck out, by item. */ struck: Map<string, Set<string>>;
  /** The question that is looked at. */ place: number;
};
type Written = { unsent: Record<string, Given>; flags: string[]; struck: Record<string, string[]>; place: number };

const isWritten = (value: unknown): value is Written =>
  typeof value === "object" && value !== null && "unsent" in value && "flags" in value && "struck" in value && "place" in value;
const prefix = (attempt: string) => `xuefa.exam.${attempt}.`;
export const keyOf = (attempt: string, session: number): string => `${prefix(attempt)}${session}`;

export const keep = (shelf: Shelf, attempt: string, session: number, { unsent, flags, struck, place }: Desktop): void => {
  const written: Written = {
    unsent: Object.fromEntries(unsent),
    flags: [...flags],
    struck: Object.fromEntries([...struck].map(([item, keys]) => [item, [...keys]])),
    place,
  };
  try {
    shelf.setItem(keyOf(attempt, session), JSON.stringify(written));
  } catch {
    // A full or forbidden storage: what is in memory is still sent.
  }
};
const read = (shelf: Shelf, key: string): Written | null => {
  try {
    const value: unknown = JSON.parse(shelf.getItem(key) ?? "null");
    return isWritten(value) ? value : null;
  } catch {
    return null;
  }
};
/** What all sessions left here and what is in memory, the newest answer to each item; and the keys under which it stands. */
export const keptOf = (
  shelf: Shelf,
  attempt: string,
  memory: ReadonlyMap<string, Given> = new Map(),
): Omit<Desktop, "place"> & { place: number | null; keys: string[] } => {
  const keys = Array.from({ length: shelf.length }, (_, n) => shelf.key(n) ?? "").filter((key) => key.startsWith(prefix(attempt)));
  const sessionOf = (key: string) => Number(key.slice(prefix(attempt).length));
  const found: Omit<Desktop, "place"> & { place: number | null } = {
    unsent: new Map(memory),
    flags: new Set(),
    struck: new Map(),
    place: null,
  };
  for (const key of keys.toSorted((a, b) => sessionOf(a) - sessionOf(b))) {
    const written = read(shelf, key);
    if (!written) continue;
    for (const [item, given] of Object.entries(written.unsent))
      if (given.at > (found.unsent.get(item)?.at ?? -1)) found.unsent.set(item, given);
    found.flags = new Set(written.flags);
    found.struck = new Map(Object.entries(written.struck).map(([item, list]) => [item, new Set(list)]));
    found.place = written.place;
  }
  return { ...found, keys };
};
