/**
 * What candidates know, in a file of their own that no kill of the server touches: what was sent, and what was
 * acknowledged, each written before the next request.
 */
import { appendFileSync, readFileSync } from "node:fs";
import { z } from "zod";

export const value = z.discriminatedUnion("type", [
  z.object({ type: z.literal("single"), choice: z.string().nullable() }),
  z.object({ type: z.literal("multiple"), choices: z.array(z.string()) }),
  z.object({ type: z.literal("truefalse"), answer: z.boolean().nullable() }),
]);
export type Value = z.infer<typeof value>;
export const shownItem = z.object({
  item: z.string(),
  n: z.number(),
  type: z.enum(["single", "multiple", "truefalse"]),
  points: z.number(),
  stem: z.string(),
  options: z.array(z.object({ key: z.string(), text: z.string() })).optional(),
});
export type ShownItem = z.infer<typeof shownItem>;
export const given = z.object({ item: z.string(), value });
export type Given = z.infer<typeof given>;
export const graded = z.object({
  score: z.number(),
  passed: z.boolean(),
  excellent: z.boolean(),
  certificate: z.string().optional(),
  recorded: z.boolean(),
});

const line = z.discriminatedUnion("is", [
  /** A start was answered: the paper, and the answers that the server has. */
  z.object({
    is: z.literal("opened"),
    attempt: z.string(),
    who: z.string(),
    sitting: z.string(),
    session: z.number(),
    items: z.array(shownItem),
    answers: z.array(given),
  }),
  z.object({ is: z.literal("sent"), attempt: z.string(), session: z.number(), seq: z.number(), answers: z.array(given) }),
  z.object({ is: z.literal("kept"), attempt: z.string(), session: z.number(), seq: z.number() }),
  z.object({ is: z.literal("handed-in"), attempt: z.string(), result: graded }),
]);
type Line = z.infer<typeof line>;

/** What may stand for an item at the end: null, that it was never answered. */
export type Allowed = readonly (Value | null)[];
export type Known = {
  attempt: string;
  who: string;
  sitting: string;
  items: readonly ShownItem[];
  allowed: ReadonlyMap<string, Allowed>;
  result: z.infer<typeof graded> | null;
};
export type Told = { attempts: Known[]; saves: number; answers: number; unanswered: number; lost: string[] };

export const journal = (path: string) => ({
  write: (entry: Line): void => appendFileSync(path, `${JSON.stringify(entry)}\n`),
  read: (): Told =>
    tell(
      readFileSync(path, "utf8")
        .trimEnd()
        .split("\n")
        .map((text) => line.parse(JSON.parse(text))),
    ),
});
export type Journal = ReturnType<typeof journal>;

type Told1 = {
  who: string;
  sitting: string;
  items: ShownItem[];
  certain: Map<string, { at: number; value: Value | null }>;
  open: Map<string, { at: number; value: Value }[]>;
  result: z.infer<typeof graded> | null;
};
/** (session, seq) as one number. */
const order = (session: number, seq: number) => session * 1e6 + seq;
export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * For each item what the server may hold: the last that was acknowledged, or one that was sent after it and never
 * answered, since a kill may fall between the write and its acknowledgement.
 */
const tell = (lines: readonly Line[]): Told => {
  const attempts = new Map<string, Told1>();
  const sent = new Map<string, readonly Given[]>();
  const told = { saves: 0, answers: 0, unanswered: 0, lost: [] as string[] };
  const of = (id: string): Told1 => attempts.get(id) ?? missing(id);
  const allowedFor = (one: Told1, item: string): (Value | null)[] => {
    const certain = one.certain.get(item) ?? { at: -1, value: null };
    return [certain.value, ...(one.open.get(item) ?? []).filter(({ at }) => at > certain.at).map((o) => o.value)];
  };
  for (const entry of lines)
    switch (entry.is) {
      case "opened": {
        const { attempt, who, sitting, session, items, answers } = entry;
        const known = attempts.get(attempt) ?? { who, sitting, items, certain: new Map(), open: new Map(), result: null };
        attempts.set(attempt, known);
        if (!same(known.items, items)) told.lost.push(`${attempt}: another paper in session ${session}`);
        const held = new Map(answers.map((a) => [a.item, a.value]));
        for (const { item, n } of items) {
          const value = held.get(item) ?? null;
          const allowed = allowedFor(known, item);
          if (!allowed.some((one) => same(one, value)))
            told.lost.push(
              `${attempt}: session ${session} shows ${JSON.stringify(value)} for question ${n}, not ${JSON.stringify(allowed)}`,
            );
          known.certain.set(item, { at: order(session, 0), value });
        }
        break;
      }
      case "sent": {
        sent.set(`${entry.attempt} ${order(entry.session, entry.seq)}`, entry.answers);
        for (const { item, value } of entry.answers) {
          const { open } = of(entry.attempt);
          open.set(item, [...(open.get(item) ?? []), { at: order(entry.session, entry.seq), value }]);
        }
        told.unanswered++;
        break;
      }
      case "kept": {
        const at = order(entry.session, entry.seq);
        const answers = sent.get(`${entry.attempt} ${at}`) ?? missing(entry.attempt);
        const { certain } = of(entry.attempt);
        for (const { item, value } of answers) if (at > (certain.get(item)?.at ?? -1)) certain.set(item, { at, value });
        told.saves++;
        told.answers += answers.length;
        told.unanswered--;
        break;
      }
      case "handed-in":
        of(entry.attempt).result = entry.result;
    }
  return {
    ...told,
    attempts: [...attempts].map(([attempt, one]) => ({
      attempt,
      who: one.who,
      sitting: one.sitting,
      items: one.items,
      result: one.result,
      allowed: new Map(one.items.map(({ item }) => [item, allowedFor(one, item)])),
    })),
  };
};
const missing = (attempt: string): never => {
  throw new Error(`the journal speaks of ${attempt} before it was opened`);
};
