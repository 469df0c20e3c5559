/**
 * Drawing a paper: chance is a seed, so that the same exam, person and attempt give the same paper whenever it is drawn
 * (DESIGN.md, decision 2). Pure.
 */
import type { Question, TypeId } from "#plugins/bank";
import type { ShownItem } from "./input-room.ts";
import type { Line } from "./schema.ts";
import { questionTypes, typeIds } from "#plugins/bank";

/** The next whole number of 32 bits. */
export type Chance = () => number;
/** sfc32 from the first 16 bytes of a keyed hash: who does not know the key cannot foretell it. */
export const chanceFrom = (seed: Uint8Array): Chance => {
  const view = new DataView(seed.buffer, seed.byteOffset, 16);
  let [a, b, c, d] = [view.getUint32(0), view.getUint32(4), view.getUint32(8), view.getUint32(12)];
  const next = () => {
    const t = (a + b + d) >>> 0;
    d = (d + 1) >>> 0;
    a = (b ^ (b >>> 9)) >>> 0;
    b = (c + (c << 3)) >>> 0;
    c = ((c << 21) | (c >>> 11)) >>> 0;
    c = (c + t) >>> 0;
    return t;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
};
/** A whole number below n, none favoured. */
const below = (n: number, chance: Chance): number => {
  const limit = 4_294_967_296 - (4_294_967_296 % n);
  for (;;) {
    const drawn = chance();
    if (drawn < limit) return drawn % n;
  }
};
/** The first `count` of a fair shuffle. */
const pick = <T>(from: readonly T[], count: number, chance: Chance): T[] => {
  const rest = [...from];
  const picked: T[] = [];
  while (picked.length < count && rest.length > 0) {
    const at = below(rest.length, chance);
    const [one] = rest.splice(at, 1);
    if (one !== undefined) picked.push(one);
  }
  return picked;
};

export type Pooled = { question: string; version: string };
export type Drawn = Pooled & { type: TypeId; points: number };
/**
 * Questions for a paper: of each line's pool as many as the line wants, grouped by type, in an order of their own where
 * the sitting shuffles. Null: a line's pool is too small.
 */
export const drawQuestions = (
  blueprint: readonly Line[],
  pools: readonly (readonly Pooled[])[],
  shuffle: boolean,
  chance: Chance,
): Drawn[] | null => {
  const drawn: Drawn[] = [];
  for (const [n, line] of blueprint.entries()) {
    const picked = pick(pools[n] ?? [], line.count, chance);
    if (picked.length < line.count) return null;
    drawn.push(...picked.map((one) => ({ ...one, type: line.type, points: line.points })));
  }
  return typeIds.flatMap((type) => {
    const group = drawn.filter((one) => one.type === type);
    return shuffle ? pick(group, group.length, chance) : group.toSorted((a, b) => (a.question < b.question ? -1 : 1));
  });
};

/** One question as it stands in one paper, with its key: never leaves the server as it is. */
export type Item = {
  item: string;
  n: number;
  type: TypeId;
  /** Hundredths. */
  points: number;
  question: string;
  version: string;
  stem: string;
  /** In the candidate's order; `letter` is the bank's. */
  options: { key: string; text: string; letter: string }[];
  key: unknown;
  explanation: string;
  citations: string[];
};
/** What a candidate may see of an item: no key, no origin. Points in points. */
export const shownItem = ({ item, n, type, points, stem, options }: Item): ShownItem => ({
  item,
  n,
  type,
  points: points / 100,
  stem,
  ...(options.length > 0 ? { options: options.map(({ key, text }) => ({ key, text })) } : {}),
});

/** The drawn questions as items: options in an order of their own, and keys that say nothing. @param names chance for keys alone */
export const makePaper = (
  drawn: readonly Drawn[],
  questions: ReadonlyMap<string, Question>,
  shuffle: boolean,
  chance: Chance,
  names: Chance,
): Item[] => {
  const used = new Set<string>();
  const name = (): string => {
    for (;;) {
      const made = [names(), names()].map((part) => part.toString(36).padStart(7, "0")).join("");
      if (!used.has(made)) {
        used.add(made);
        return made;
      }
    }
  };
  return drawn.map(({ question, version, type, points }, at) => {
    const body = questions.get(`${question}@${version}`);
    if (body === undefined) throw new Error(`the paper lacks ${question}@${version}`);
    const ordered = shuffle ? pick(body.options, body.options.length, chance) : [...body.options];
    const options = ordered.map((option) => ({ key: name(), text: option.text, letter: option.key }));
    const renamed = new Map(options.map((option) => [option.letter, option.key]));
    return {
      item: name(),
      n: at + 1,
      type,
      points,
      question,
      version,
      stem: body.stem,
      options,
      key: questionTypes[type].rename(body.key, renamed),
      explanation: body.explanation,
      citations: body.citations,
    };
  });
};

/** Points of a paper: for each item what it earned, and their sum. Total over whatever was answered. */
export const scorePaper = (
  paper: readonly Pick<Item, "item" | "type" | "points" | "key">[],
  answers: ReadonlyMap<string, unknown>,
): { score: number; earned: Map<string, number> } => {
  const earned = new Map(
    paper.map(({ item, type, points, key }) => [item, Math.round(points * questionTypes[type].grade(key, answers.get(item)))]),
  );
  return { score: [...earned.values()].reduce((sum, one) => sum + one, 0), earned };
};
