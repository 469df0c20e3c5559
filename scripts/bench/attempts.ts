/** Whole attempts a second, and what each step of one costs D1. */
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { growBank, makeExam, save, startAll, startAttempt, submit, type Exam, type Running } from "./exam.ts";
import { quantile, rateOf } from "./measure.ts";
import { meteredBundle, readMeter, type Cost } from "./meter.ts";
import { candidatesOf, type Candidate } from "./people.ts";
import type { Product } from "./product.ts";
import { type Cell, printTable, say, times, title } from "./table.ts";

/** What Moodle 4.5 does with the same client on two cores: attempts of 50 questions a second, rows written for each. */
const moodle = { perSecond: 3.1, rows: 488 };
const lanes = 50;
const measureMs = 15_000;
const batch = 100;

/** Waits until D1 has what the rooms graded. */
async function recorded(product: Product, { sitting }: Exam): Promise<{ graded: number; passed: number; certificates: number }> {
  for (let tries = 0; ; tries += 1) {
    const row = await product.db
      .prepare(
        "select sum(state = 'running') as running, sum(state = 'graded') as graded, sum(passed) as passed, sum(certificate is not null) as certificates from exams_attempt where sitting = ?",
      )
      .bind(sitting)
      .first<{ running: number; graded: number; passed: number; certificates: number }>();
    if (row?.running === 0) return row;
    if (tries === 100) throw new Error(`${row?.running} attempts are not recorded after ten seconds`);
    await sleep(100);
  }
}
/** An attempt's answers in the groups in which its pages are saved. */
const pagesOf = <T>(answers: readonly T[], perPage: number): T[][] =>
  Array.from({ length: Math.ceil(answers.length / perPage) }, (_, n) => answers.slice(n * perPage, (n + 1) * perPage));

async function throughput(product: Product, candidates: readonly Candidate[], perPage: number): Promise<Cell[]> {
  const exam = await makeExam(product, 50, perPage);
  const steps: Record<"start" | "save" | "submit", number[]> = { start: [], save: [], submit: [] };
  const timed = async <T>(step: keyof typeof steps, work: Promise<T>): Promise<T> => {
    const began = performance.now();
    const answer = await work;
    steps[step].push(performance.now() - began);
    return answer;
  };
  let next = 0;
  let late = 0;
  const rate = await rateOf({
    lanes,
    ms: measureMs,
    pids: product.pids,
    work: async () => {
      const n = next;
      next += 1;
      const candidate = candidates[n % candidates.length];
      if (candidate === undefined) return null;
      const began = performance.now();
      const running = await timed("start", startAttempt(product.client, exam, candidate, n));
      for (const answers of pagesOf(running.answers, perPage)) await timed("save", save(product.client, running, answers));
      const result = await timed("submit", submit(product.client, running));
      if (!result.recorded) late += 1;
      return performance.now() - began;
    },
  });
  const after = await recorded(product, exam);
  if (after.graded !== rate.done) throw new Error(`${rate.done} attempts were handed in, ${after.graded} are recorded`);
  const requests = 2 + Math.ceil(50 / perPage);
  const p95 = (step: keyof typeof steps) => quantile(steps[step], 0.95);
  say(
    `50 questions, ${perPage} a page: ${rate.done} attempts, ${after.passed} passed, ${after.certificates} certificates, all recorded; ${late} told “recorded: false” after 3 s`,
  );
  return [
    `${perPage} a page`,
    rate.perSecond,
    times(rate.perSecond, moodle.perSecond),
    requests,
    rate.perSecond * requests,
    rate.processor,
    p95("start"),
    p95("save"),
    p95("submit"),
  ];
}

/** Rows of each table, to see what a candidate leaves behind. */
async function rowsByTable(product: Product): Promise<Map<string, number>> {
  const { results } = await product.db
    .prepare("select name from sqlite_schema where type = 'table' and name not glob 'sqlite_*' and name not glob '_cf_*'")
    .all<{ name: string }>();
  const counts = new Map<string, number>();
  for (const { name } of results)
    counts.set(name, (await product.db.prepare(`select count(*) as n from "${name}"`).first<number>("n")) ?? 0);
  return counts;
}

type Costs = {
  questions: number;
  start: Cost;
  saveTen: Cost;
  saveOne: Cost;
  submit: Cost;
  together: Cost;
  whole: Cost;
  wholeOne: Cost;
  left: Map<string, number>;
};

async function costsOf(product: Product, candidates: readonly Candidate[], questions: number): Promise<Costs> {
  const exam = await makeExam(product, questions, 10);
  const { client } = product;
  const [first, second, third, ...others] = candidates;
  if (first === undefined || second === undefined || third === undefined) throw new Error("too few candidates");
  // One that nobody counts: the isolate and the rooms know the sitting and its questions afterwards.
  for (const { candidate } of await startAll(client, exam, others.slice(0, 20))) void candidate;
  const cost = async (work: () => Promise<unknown>): Promise<Cost> => {
    await readMeter(client);
    await work();
    return readMeter(client);
  };
  const handIn = async (running: Running) => {
    if (!(await submit(client, running)).recorded) throw new Error("not recorded within 3 s");
  };
  let running: Running | undefined;
  const start = await cost(async () => (running = await startAttempt(client, exam, first, 1)));
  if (running === undefined) throw new Error("no attempt");
  const mine = running;
  await save(client, mine, mine.answers.slice(0, 1));
  const saveTen = await cost(() => save(client, mine, mine.answers.slice(0, 10)));
  const saveOne = await cost(() => save(client, mine, mine.answers.slice(0, 1)));
  await save(client, mine, mine.answers);
  const handed = await cost(() => handIn(mine));
  const wholeOf = (candidate: Candidate, perPage: number) =>
    cost(async () => {
      const attempt = await startAttempt(client, exam, candidate, 2);
      for (const answers of pagesOf(attempt.answers, perPage)) await save(client, attempt, answers);
      await handIn(attempt);
    });
  const whole = await wholeOf(second, 10);
  const wholeOne = await wholeOf(third, 1);

  const many = others.slice(20, 20 + batch);
  const before = await rowsByTable(product);
  const started = await startAll(client, exam, many);
  for (const attempt of started) await save(client, attempt, attempt.answers);
  const together = await cost(async () => {
    await Promise.all(started.map((attempt) => submit(client, attempt)));
    for (;;) {
      const left = await product.db
        .prepare("select count(*) as n from exams_attempt where state = 'running' and id in (select value from json_each(?))")
        .bind(JSON.stringify(started.map((attempt) => attempt.attempt)))
        .first<number>("n");
      if (left === 0) return;
      await sleep(100);
    }
  });
  const after = await rowsByTable(product);
  const left = new Map(
    [...after].flatMap(([name, count]) =>
      count === before.get(name) ? [] : [[name, (count - (before.get(name) ?? 0)) / many.length] as const],
    ),
  );
  const each = (all: Cost, n: number): Cost => ({
    queries: all.queries / n,
    trips: all.trips / n,
    read: all.read / n,
    written: all.written / n,
  });
  return { questions, start, saveTen, saveOne, submit: handed, together: each(together, many.length), whole, wholeOne, left };
}

const shown = ({ queries, trips, read, written }: Cost): string => {
  const short = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(1));
  return `${short(read)} / ${short(written)} (${short(queries)} in ${short(trips)})`;
};

export async function measureAttempts(product: Product): Promise<void> {
  title("Whole attempts");
  await growBank(product);
  const candidates = await candidatesOf(product);
  const rows = [await throughput(product, candidates, 10), await throughput(product, candidates, 1)];
  say("");
  printTable(
    [
      "50 questions",
      "attempts/s",
      "÷ Moodle’s 3.1/s",
      "requests each",
      "requests/s",
      "workerd ms each",
      "start p95 ms",
      "save p95 ms",
      "submit p95 ms",
    ],
    rows,
  );

  // The same program with every D1 query counted, those of sign-in and of the rooms too; on the same state.
  await product.restart(await meteredBundle(product));
  try {
    const costs: Costs[] = [];
    for (const questions of [10, 50, 100]) costs.push(await costsOf(product, candidates, questions));
    const line = (name: string, pick: (costs: Costs) => Cell): Cell[] => [name, ...costs.map(pick)];
    say("D1 rows read / written (queries in round trips); everything counted: session check, command, the room’s flush");
    printTable(
      ["step", ...costs.map(({ questions }) => `${questions} questions`)],
      [
        line("requests, 10 a page", ({ questions }) => 2 + Math.ceil(questions / 10)),
        line("requests, 1 a page", ({ questions }) => 2 + questions),
        line("start", (each) => shown(each.start)),
        line("save of 10 answers", (each) => shown(each.saveTen)),
        line("save of 1 answer", (each) => shown(each.saveOne)),
        line("submit, graded and flushed alone", (each) => shown(each.submit)),
        line(`submit, ${batch} at once: each`, (each) => shown(each.together)),
        line("whole attempt alone, 10 a page", (each) => shown(each.whole)),
        line("whole attempt alone, 1 a page", (each) => shown(each.wholeOne)),
        line("written ÷ Moodle’s 488", (each) => times(each.whole.written, moodle.rows)),
      ],
    );
    const tables = [...new Set(costs.flatMap(({ left }) => [...left.keys()]))].toSorted();
    printTable(
      ["D1 rows that a candidate leaves", ...costs.map(({ questions }) => `${questions} questions`)],
      [
        ...tables.map((name) => line(name, ({ left }) => left.get(name) ?? 0)),
        line("together", ({ left }) => [...left.values()].reduce((sum, n) => sum + n, 0)),
      ],
    );
  } finally {
    await product.restart();
  }
}
