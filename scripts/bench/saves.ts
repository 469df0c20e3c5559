/** Acknowledged saves a second beside a bare Durable Object; and how long a save takes while five hundred sign in. */
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { Bare } from "./bare.ts";
import { growBank, makeExam, nextAnswer, save, saveBody, startAll, type Running } from "./exam.ts";
import { inTurns, median, processorSeconds, quantile, rateOf } from "./measure.ts";
import { candidatesOf, manyCandidates, withPassword } from "./people.ts";
import type { Product } from "./product.ts";
import { printTable, say, times, title } from "./table.ts";

const lanes = 50;
const rounds = 5;
const roundMs = 2_000;

/** Five hundred attempts that run; kept for the section after. */
let opened: Promise<Running[]> | null = null;
const runningAttempts = (product: Product): Promise<Running[]> =>
  (opened ??= (async () => {
    await growBank(product);
    const exam = await makeExam(product, 50, 1);
    const candidates = await candidatesOf(product);
    const began = performance.now();
    const running = await startAll(product.client, exam, candidates);
    say(`${running.length} attempts started in ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
    return running;
  })());

/** Gives each lane attempts of its own, one after the other, so that no two saves of one attempt are under way. */
const turnsOf = <T>(all: readonly T[]) => {
  const at = Array.from({ length: lanes }, () => 0);
  return (lane: number): T => {
    const turn = at[lane] ?? 0;
    at[lane] = turn + 1;
    const each = Math.floor(all.length / lanes);
    const found = all[lane * each + (turn % each)];
    if (found === undefined) throw new Error("too few attempts");
    return found;
  };
};

export async function measureSaves(product: Product, bare: Bare): Promise<void> {
  title("Saves");
  const running = await runningAttempts(product);
  const { results } = await product.db
    .prepare("select id, room from exams_attempt where id in (select value from json_each(?))")
    .bind(JSON.stringify(running.map((each) => each.attempt)))
    .all<{ id: string; room: string }>();
  const rooms = new Map(results.map((row) => [row.id, row.room]));
  const take = turnsOf(running);
  const timed = async (work: () => Promise<{ seq: number }>, seq: () => number): Promise<number> => {
    const began = performance.now();
    const answer = await work();
    if (answer.seq !== seq()) throw new Error(`saved ${seq()}, acknowledged ${answer.seq}`);
    return performance.now() - began;
  };
  const { one, other } = await inTurns(
    rounds,
    () =>
      rateOf({
        lanes,
        ms: roundMs,
        pids: product.pids,
        work: (lane) => {
          const attempt = take(lane);
          return timed(
            () => save(product.client, attempt, nextAnswer(attempt)),
            () => attempt.seq,
          );
        },
      }),
    () =>
      rateOf({
        lanes,
        ms: roundMs,
        pids: bare.pids,
        work: (lane) => {
          const attempt = take(lane);
          const path = `/rows/${encodeURIComponent(rooms.get(attempt.attempt) ?? "none")}/${attempt.attempt}`;
          return timed(
            () => bare.client.json(path, { method: "PUT", json: saveBody(attempt, nextAnswer(attempt)) }),
            () => attempt.seq,
          );
        },
      }),
  );
  printTable(
    ["a save of one answer", "saves/s", "p50 ms", "p95 ms", "workerd ms each"],
    [
      [`the product (${new Set(rooms.values()).size} rooms)`, one.perSecond, one.p50, one.p95, one.processor],
      ["a bare Durable Object, one row", other.perSecond, other.p50, other.p95, other.processor],
      [
        "cost, product ÷ bare (goal: at most 1.6×)",
        times(other.perSecond, one.perSecond),
        times(one.p50, other.p50),
        times(one.p95, other.p95),
        times(one.processor, other.processor),
      ],
    ],
  );
}

/** How often a candidate saves, ms: five hundred of them fifty times a second together. */
const pace = 10_000;
const quietMs = 10_000;
const longest = 120_000;
const goal = 300;

export async function measureSignIns(product: Product): Promise<void> {
  title("Sign-ins while candidates save");
  const running = await runningAttempts(product);
  const accounts = await withPassword(product, manyCandidates);
  let phase: number[] = [];
  const stopping = new AbortController();
  const failures: string[] = [];
  // Each saves on its own clock; a save that is late counts from the moment at which it was due.
  const candidate = async (attempt: Running, n: number) => {
    const began = performance.now() + (n * pace) / running.length;
    for (let due = began; ; due += pace) {
      await sleep(Math.max(0, due - performance.now()));
      if (stopping.signal.aborted) return;
      try {
        await save(product.client, attempt, nextAnswer(attempt));
      } catch (error) {
        failures.push(error instanceof Error ? error.message : String(error));
      }
      phase.push(performance.now() - due);
    }
  };
  const saving = running.map(candidate);
  const quiet: number[] = (phase = []);
  await sleep(quietMs);
  const busy: number[] = (phase = []);
  const began = performance.now();
  const used = processorSeconds(product.pids);
  const signIns: number[] = [];
  const refused = new Map<number, number>();
  const signIn = async (account: { username: string; password: string }) => {
    const { status } = await product.client.ask("/api/v1/session", {
      method: "POST",
      json: account,
      headers: { "cf-connecting-ip": "192.0.2.7" },
    });
    if (status === 200) signIns.push(performance.now() - began);
    else refused.set(status, (refused.get(status) ?? 0) + 1);
  };
  await Promise.race([Promise.all(accounts.map(signIn)), sleep(longest)]);
  const seconds = (performance.now() - began) / 1000;
  const processor = processorSeconds(product.pids) - used;
  stopping.abort();
  phase = [];
  // Those that sleep until their next save find that it is over.
  await Promise.race([Promise.all(saving), sleep(pace)]);

  const line = (name: string, values: readonly number[]) => [
    name,
    values.length,
    median(values),
    quantile(values, 0.95),
    quantile(values, 0.99),
    values.reduce((most, value) => Math.max(most, value), 0),
  ];
  printTable(
    ["ms", "count", "p50", "p95", "p99", "longest"],
    [
      line(`a save, ${manyCandidates} candidates, each every ${pace / 1000} s`, quiet),
      line(`the same while ${manyCandidates} sign in behind one address (goal: p95 at most ${goal})`, busy),
      line("a sign-in, all sent at once", signIns),
    ],
  );
  say(
    `${signIns.length} signed in after ${seconds.toFixed(1)} s, ${(signIns.length / seconds).toFixed(1)} a second; workerd used ${((processor / seconds) * 100).toFixed(0)} % of one core` +
      `${refused.size > 0 ? `; refused: ${[...refused].map(([status, n]) => `${n} × ${status}`).join(", ")}` : ""}; ${failures.length} saves failed${failures[0] === undefined ? "" : `, such as ${failures[0]}`}\n`,
  );
  // What still waits in line would slow the next section.
  if (signIns.length < accounts.length) await product.restart();
}
