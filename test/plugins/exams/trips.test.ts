/** How often a candidate's requests wait for D1, sign-in left out: a round trip is what a busy exam day pays for. */
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makeContext, type Actor, type Context } from "#kernel";
import type { AttemptId } from "../../../src/plugins/exams/input.ts";
import { flushBatch } from "../../../src/plugins/exams/service/flush.ts";
import { loadPlan } from "../../../src/plugins/exams/service/pool.ts";
import { saveAnswers, startAttempt, submitAttempt } from "../../../src/plugins/exams/service/sit.ts";
import { app } from "../../../src/worker.ts";
import { exam, freshAttempt, morning, somebody } from "./world.ts";

beforeEach(() => vi.useFakeTimers({ now: morning, toFake: ["Date"] }));
afterEach(() => vi.useRealTimers());

/** A context whose database counts how often it is waited for; calls at once count as one. */
const counting = (actor: Actor | null = null): { ctx: Context; trips: () => number } => {
  let trips = 0;
  let open = 0;
  const inner = new WeakMap<D1PreparedStatement, D1PreparedStatement>();
  const waited = async <T>(work: Promise<T>): Promise<T> => {
    if (open++ === 0) trips++;
    return work.finally(() => open--);
  };
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const wrapped = new Proxy(statement, {
      get: (target, name) => {
        if (name === "bind") return (...values: unknown[]) => wrap(target.bind(...values));
        if (name === "all") return () => waited(target.all());
        return Reflect.get(target, name) as unknown;
      },
    });
    inner.set(wrapped, statement);
    return wrapped;
  };
  const DB = new Proxy(env.DB, {
    get: (target, name) => {
      if (name === "prepare") return (text: string) => wrap(target.prepare(text));
      if (name === "batch") return (list: D1PreparedStatement[]) => waited(target.batch(list.map((one) => inner.get(one) ?? one)));
      return Reflect.get(target, name) as unknown;
    },
  });
  return { ctx: makeContext({ env: { ...env, DB }, registry: app.registry, now: Date.now(), actor }), trips: () => trips };
};
const tripsOf = async (work: (ctx: Context) => Promise<unknown>, actor: Actor | null = null): Promise<number> => {
  const { ctx, trips } = counting(actor);
  await work(ctx);
  return trips();
};

test("start, save and hand-in wait for D1 this often, in the Worker and in the room", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const at = await exam(officer, { after: [] });
  const id: AttemptId = freshAttempt();
  const graded = (attempt: AttemptId, n: number, score: number) => ({
    id: attempt,
    exam: at.exam,
    sitting: at.sitting,
    person: who.id,
    unit: who.actor.positions[0]?.unit ?? null,
    n,
    startedAt: Date.now(),
    submittedAt: Date.now(),
    ended: "self" as const,
    score,
    passed: score >= 6000,
    excellent: score >= 9000,
  });
  let session = 0;
  expect({
    start: await tripsOf(async (ctx) => {
      ({ session } = await startAttempt(ctx, { ...at, id, pledge: true }));
    }, who.actor),
    "the room's first start": await tripsOf((ctx) => loadPlan(ctx, at.sitting)),
    save: await tripsOf((ctx) => saveAnswers(ctx, { id, session, seq: 1, answers: [] }), who.actor),
    "hand-in": await tripsOf((ctx) => submitAttempt(ctx, { id }), who.actor),
    "the flush of a failure": await tripsOf((ctx) => flushBatch(ctx, `${at.sitting}/test`, 1, [graded(freshAttempt(), 1, 4000)])),
    "the flush of a pass": await tripsOf((ctx) => flushBatch(ctx, `${at.sitting}/test`, 2, [graded(freshAttempt(), 2, 8000)])),
    "the flush of a better one": await tripsOf((ctx) => flushBatch(ctx, `${at.sitting}/test`, 3, [graded(freshAttempt(), 3, 10_000)])),
  }).toEqual({
    // Who may sit, and the row by which D1 knows the attempt.
    start: 2,
    "the room's first start": 1,
    save: 0,
    "hand-in": 0,
    // What the batch meets, and the commit; a pass also asks for names and a free number, a better one for what is held.
    "the flush of a failure": 2,
    "the flush of a pass": 4,
    "the flush of a better one": 5,
  });
});
