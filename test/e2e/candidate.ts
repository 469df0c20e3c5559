/** A candidate at the API: starts, answers at random, changes the mind, hands in; goes on wherever the server comes back. */
import { setTimeout as sleep } from "node:timers/promises";
import { v7 } from "uuid";
import { z } from "zod";
import { given, graded, shownItem, type Given, type Journal, type ShownItem, type Value } from "./journal.ts";

/** Numbers in [0, 1) that are the same for the same seed. */
export const chanceFrom = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
};

const started = z.object({ attempt: z.string(), session: z.number(), items: z.array(shownItem), answers: z.array(given) });
const problem = z.object({ code: z.string() });
const exported = z.array(
  z.object({
    type: z.string(),
    stem: z.string(),
    options: z.array(z.object({ key: z.string(), text: z.string() })),
    key: z.union([z.string(), z.array(z.string()), z.boolean()]),
    retired: z.boolean(),
  }),
);

/** The bank's keys, by what a candidate sees: so that grading can be done again without the product's own. */
export type Keys = { right: (item: ShownItem) => Value; points: (item: ShownItem, value: unknown) => number };
export const keysFrom = (bank: unknown): Keys => {
  const questions = new Map(
    exported
      .parse(bank)
      .filter((q) => !q.retired)
      .map((q) => [`${q.type} ${q.stem}`, q]),
  );
  const right = (item: ShownItem): Value => {
    const question = questions.get(`${item.type} ${item.stem}`);
    if (question === undefined) throw new Error(`the bank has no question “${item.stem}”`);
    const { key, options } = question;
    if (typeof key === "boolean") return { type: "truefalse", answer: key };
    const words = new Set(options.filter((o) => key.includes(o.key)).map((o) => o.text));
    const keys = (item.options ?? []).filter((o) => words.has(o.text)).map((o) => o.key);
    return item.type === "multiple" ? { type: "multiple", choices: keys } : { type: "single", choice: keys[0] ?? null };
  };
  const sorted = (value: unknown) =>
    JSON.stringify(value, (_name, part: unknown) => (Array.isArray(part) ? part.map(String).toSorted() : part));
  return { right, points: (item, value) => (sorted(value) === sorted(right(item)) ? item.points : 0) };
};

/** What happened at the API that nobody expects. */
export type Surprises = string[];
export type Act = "start" | "save" | "submit";
export type World = {
  url: string;
  journal: Journal;
  keys: Keys;
  chance: () => number;
  surprises: Surprises;
  /** Told of each request before it leaves. */ about: (act: Act) => void;
};
type Answer = { status: number; body: unknown };

export class Candidate {
  readonly #world: World;
  readonly #name: string;
  readonly #token: string;
  constructor(world: World, name: string, token: string) {
    this.#world = world;
    this.#name = name;
    this.#token = token;
  }

  /** An answer, or null where there was none: the server is away. */
  async #ask(method: string, path: string, body?: unknown): Promise<Answer | null> {
    try {
      const answer = await fetch(`${this.#world.url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${this.#token}`, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(20_000),
      });
      const content: unknown = await answer.json();
      if (answer.status >= 500) this.#world.surprises.push(`${method} ${path}: ${answer.status} ${JSON.stringify(content)}`);
      return answer.status >= 500 ? null : { status: answer.status, body: content };
    } catch {
      return null;
    }
  }
  async #until(method: string, path: string, body?: unknown): Promise<Answer> {
    for (;;) {
      const answer = await this.#ask(method, path, body);
      if (answer !== null) return answer;
      await this.#pause(100, 400);
    }
  }
  #pause(least: number, most: number): Promise<void> {
    return sleep(least + this.#world.chance() * (most - least));
  }
  #pick<T>(from: readonly T[]): T | undefined {
    return from[Math.floor(this.#world.chance() * from.length)];
  }

  /** One answer to a question: mostly right, sometimes wrong, sometimes taken back. */
  #answerTo(item: ShownItem): Value {
    const { chance, keys } = this.#world;
    const luck = chance();
    if (luck < 0.72) return keys.right(item);
    const options = item.options ?? [];
    switch (item.type) {
      case "single":
        return { type: "single", choice: luck < 0.76 ? null : (this.#pick(options)?.key ?? null) };
      case "multiple":
        return { type: "multiple", choices: luck < 0.76 ? [] : options.filter(() => chance() < 0.5).map((o) => o.key) };
      case "truefalse":
        return { type: "truefalse", answer: luck < 0.76 ? null : chance() < 0.5 };
    }
  }
  /** Sends some answers; true: acknowledged, false: nobody answered, null: the attempt is over. */
  async #save(attempt: string, session: number, seq: number, answers: readonly Given[]): Promise<boolean | null> {
    const { journal, about, surprises } = this.#world;
    journal.write({ is: "sent", attempt, session, seq, answers: [...answers] });
    about("save");
    const answer = await this.#ask("PUT", `/attempts/${attempt}/answers`, {
      session,
      seq,
      answers: answers.map((a) => ({ ...a, at: Date.now() })),
    });
    if (answer === null) return false;
    if (answer.status === 200) {
      journal.write({ is: "kept", attempt, session, seq });
      return true;
    }
    const { code } = problem.parse(answer.body);
    if (code !== "over") surprises.push(`save of ${attempt}: ${answer.status} ${code}`);
    return null;
  }

  /**
   * One attempt from start to end; where the server is away, it goes on when it is back.
   * @param leaves after so many saves it is left, for its deadline to end
   * @returns the attempt, or null where no try is left
   */
  async sit(exam: string, sitting: string, leaves = Infinity): Promise<string | null> {
    const { journal, chance, about, surprises } = this.#world;
    const id = v7();
    let toSend = Math.min(leaves, 6 + Math.floor(chance() * 12));
    for (;;) {
      about("start");
      const opened = await this.#until("POST", `/exams/${exam}/attempts`, { id, sitting, pledge: true });
      if (opened.status !== 200) {
        const { code } = problem.parse(opened.body);
        if (code === "exams.no-tries") return null;
        if (code !== "over") surprises.push(`start of ${id}: ${opened.status} ${code}`);
        return this.#handIn(id);
      }
      const { attempt, session, items, answers } = started.parse(opened.body);
      if (attempt !== id) surprises.push(`start of ${id} answers ${attempt}`);
      journal.write({ is: "opened", attempt: id, who: this.#name, sitting, session, items, answers });
      let [seq, away] = [0, false];
      while (toSend > 0 && !away) {
        const some = () =>
          Array.from({ length: 1 + Math.floor(chance() * 3) }, () => this.#pick(items)).filter((item) => item !== undefined);
        const answersTo = (list: readonly ShownItem[]): Given[] =>
          [...new Set(list)].map((item) => ({ item: item.item, value: this.#answerTo(item) }));
        const first = some();
        // Sometimes two at once, of the same questions: which of them arrives first is nobody's to say.
        const both = chance() < 0.2 ? [first, first] : [first];
        const results = await Promise.all(both.map((list) => this.#save(id, session, ++seq, answersTo(list))));
        if (results.includes(null)) return this.#handIn(id);
        if (results.includes(false)) {
          await this.#pause(50, 400);
          // On in the same session, as a page does that was left open; or anew, as after a reload.
          away = chance() < 0.6;
        }
        toSend--;
        await this.#pause(0, 120);
      }
      if (away) continue;
      return leaves === Infinity ? this.#handIn(id, session) : id;
    }
  }
  async #handIn(attempt: string, session?: number): Promise<string> {
    this.#world.about("submit");
    const answer = await this.#until("POST", `/attempts/${attempt}/submit${session === undefined ? "" : `?session=${session}`}`);
    if (answer.status === 200) this.#world.journal.write({ is: "handed-in", attempt, result: graded.parse(answer.body) });
    else this.#world.surprises.push(`submit of ${attempt}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return attempt;
  }
  /** Waits until an attempt stands in D1. */
  async isRecorded(attempt: string): Promise<void> {
    for (const end = Date.now() + 120_000; ; await sleep(300)) {
      const answer = await this.#until("GET", `/attempts/${attempt}`);
      if (z.object({ recorded: z.boolean() }).safeParse(answer.body).data?.recorded === true) return;
      if (answer.status !== 200 || Date.now() > end)
        throw new Error(`${attempt} is not recorded, after two minutes at most: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
  }
}
