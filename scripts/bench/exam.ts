/** An exam over the demonstration's bank, made and sat through the API. */
import { v7 } from "uuid";
import { z } from "zod";
import type { Client } from "./client.ts";
import type { Candidate } from "./people.ts";
import type { Product } from "./product.ts";

type TypeId = "single" | "multiple" | "truefalse";
type Item = { item: string; type: TypeId; stem: string; options?: { key: string; text: string }[] };
type Started = { attempt: string; session: number; items: Item[] };
type Saved = { item: string; value: unknown; at: number };
/** What a question's right answer says, by its stem: the texts of options, or true or false. */
export type Keys = ReadonlyMap<string, readonly string[] | boolean>;
export type Exam = { exam: string; sitting: string; questions: number; keys: Keys };
export type Running = { candidate: Candidate; attempt: string; session: number; seq: number; answers: Saved[] };

const body = z.object({
  stem: z.string(),
  options: z.array(z.object({ key: z.string(), text: z.string() })),
  key: z.union([z.string(), z.array(z.string()), z.boolean()]),
});

/** Copies the bank's exam questions under other ids until papers of a hundred can be drawn from at least twice as many. */
export async function growBank(product: Product): Promise<void> {
  const count = async () =>
    (await product.db
      .prepare("select count(*) as n from bank_question where use = 'exam' and retired_at is null and flagged is null")
      .first<number>("n")) ?? 0;
  const first = await count();
  if (first === 0) throw new Error("the bank has no exam questions");
  for (let copy = 1; (await count()) < 200; copy += 1) {
    const mark = `~bench${copy}`;
    await product.db.batch([
      product.db
        .prepare(
          "insert or ignore into bank_version (question, version, type, body, created_at) select v.question || ?1, v.version, v.type, v.body, v.created_at from bank_version v join bank_question q on q.id = v.question and q.version = v.version where q.use = 'exam' and instr(q.id, '~bench') = 0",
        )
        .bind(mark),
      product.db
        .prepare(
          "insert or ignore into bank_question (id, version, owner, course, lesson, use, topic, type, difficulty, changed_at) select id || ?1, version, 'bureau', course, lesson, use, topic, type, difficulty, changed_at from bank_question where use = 'exam' and instr(id, '~bench') = 0",
        )
        .bind(mark),
    ]);
    if (copy > 20) throw new Error("the bank does not grow");
  }
}

async function keysOf(product: Product): Promise<Keys> {
  const { results } = await product.db
    .prepare("select v.body from bank_question q join bank_version v on v.question = q.id and v.version = q.version where q.use = 'exam'")
    .all<{ body: string }>();
  return new Map(
    results.map((row): [string, string[] | boolean] => {
      const { stem, options, key } = body.parse(JSON.parse(row.body));
      if (typeof key === "boolean") return [stem, key];
      const right = [key].flat();
      return [stem, options.filter((option) => right.includes(option.key)).map((option) => option.text)];
    }),
  );
}

/** Lines of a blueprint that together ask so many questions, from all topics and types in proportion. */
async function blueprintOf(product: Product, questions: number) {
  const { results } = await product.db
    .prepare(
      "select topic, type, count(*) as n from bank_question where use = 'exam' and retired_at is null and flagged is null group by topic, type order by topic, type",
    )
    .all<{ topic: string; type: TypeId; n: number }>();
  const total = results.reduce((sum, row) => sum + row.n, 0);
  let before = 0;
  return results.flatMap(({ topic, type, n }) => {
    const until = before + n;
    const count = Math.floor((until * questions) / total) - Math.floor((before * questions) / total);
    before = until;
    return count === 0 ? [] : [{ topic, type, count, points: 100 / questions }];
  });
}

/** Makes and publishes an exam that everybody may sit twenty times. */
export async function makeExam(product: Product, questions: number, perPage: number): Promise<Exam> {
  const exam = v7();
  const sitting = v7();
  const now = Date.now();
  const admin = { method: "POST", token: product.token } as const;
  await product.client.json("/api/v1/exams", {
    ...admin,
    json: {
      id: exam,
      title: `${questions} 题测量`,
      blueprint: await blueprintOf(product, questions),
      sittings: [
        { id: sitting, opens: now - 60_000, closes: now + 12 * 3_600_000, minutes: 300, tries: 20, pass: 60, excellent: 90, perPage },
      ],
    },
  });
  await product.client.json(`/api/v1/exams/${exam}/publish`, admin);
  return { exam, sitting, questions, keys: await keysOf(product) };
}

/** What a candidate answers who knows so much of it, percent; `n` decides which. */
function valueOf(item: Item, keys: Keys, percent: number, n: number): unknown {
  const right = keys.get(item.stem);
  const knows = (n * 7919) % 100 < percent;
  const options = item.options ?? [];
  const keysOfTexts = (texts: readonly string[] | boolean | undefined) =>
    options.filter((option) => Array.isArray(texts) && texts.includes(option.text)).map((option) => option.key);
  switch (item.type) {
    case "truefalse":
      return { type: "truefalse", answer: knows ? right === true : right !== true };
    case "single":
      return { type: "single", choice: knows ? (keysOfTexts(right)[0] ?? null) : (options[n % options.length]?.key ?? null) };
    case "multiple":
      return { type: "multiple", choices: knows ? keysOfTexts(right) : options.slice(0, 2).map((option) => option.key) };
  }
}

export async function startAttempt(client: Client, { exam, sitting, keys }: Exam, candidate: Candidate, n: number): Promise<Running> {
  const started = await client.json<Started>(`/api/v1/exams/${exam}/attempts`, {
    method: "POST",
    token: candidate.token,
    json: { id: v7(), sitting, pledge: true },
  });
  const answers = started.items.map((item, at) => ({
    item: item.item,
    value: valueOf(item, keys, n % 8 === 0 ? 45 : 85, n * 31 + at),
    at: Date.now(),
  }));
  return { candidate, attempt: started.attempt, session: started.session, seq: 0, answers };
}
export const saveBody = (running: Running, answers: readonly Saved[]) => ({ session: running.session, seq: (running.seq += 1), answers });
export const save = (client: Client, running: Running, answers: readonly Saved[]) =>
  client.json<{ seq: number }>(`/api/v1/attempts/${running.attempt}/answers`, {
    method: "PUT",
    token: running.candidate.token,
    json: saveBody(running, answers),
  });
/** One answer after the other, again from the first when all were given; a save of one row. */
export const nextAnswer = (running: Running): Saved[] => running.answers.slice(running.seq % running.answers.length).slice(0, 1);
export const submit = (client: Client, running: Running) =>
  client.json<{ score: number; passed: boolean; certificate?: string; recorded: boolean }>(`/api/v1/attempts/${running.attempt}/submit`, {
    method: "POST",
    token: running.candidate.token,
  });

/** Starts an attempt of each candidate, some at a time. */
export async function startAll(client: Client, exam: Exam, candidates: readonly Candidate[]): Promise<Running[]> {
  const running: Running[] = [];
  const waiting = [...candidates.entries()];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      running.push(await startAttempt(client, exam, next[1], next[0]));
  };
  await Promise.all(Array.from({ length: 25 }, lane));
  return running;
}
