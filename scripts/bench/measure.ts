/** What is measured: rates and latencies seen by the client, processor time and memory of workerd from /proc. */
import { readFileSync, writeFileSync } from "node:fs";
import { performance } from "node:perf_hooks";

/** Linux counts processor time in hundredths of a second, whatever the kernel's own tick. */
const ticksPerSecond = 100;

/** Processor seconds that some processes have used. */
export function processorSeconds(pids: readonly number[]): number {
  let ticks = 0;
  for (const pid of pids) {
    // The name of the command, in brackets, may hold spaces; utime and stime are the 12th and 13th field after it.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks / ticksPerSecond;
}

const kilobytes = (pid: number, field: "VmHWM" | "VmRSS") =>
  Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
/** Memory in use now, MB. */
export const memoryNow = (pids: readonly number[]): number => pids.reduce((sum, pid) => sum + kilobytes(pid, "VmRSS"), 0) / 1024;
/** The most that was in use since `forgetPeak`, MB. */
export const memoryPeak = (pids: readonly number[]): number => pids.reduce((sum, pid) => sum + kilobytes(pid, "VmHWM"), 0) / 1024;
export function forgetPeak(pids: readonly number[]): void {
  for (const pid of pids) writeFileSync(`/proc/${pid}/clear_refs`, "5");
}

/** 1, 5 and 15 minutes: others may be at work on the same machine. */
export const loadAverage = (): string => readFileSync("/proc/loadavg", "utf8").split(" ").slice(0, 3).join(" ");

/** The value below which a share of the values lies; 0 where there are none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
export const median = (values: readonly number[]): number => quantile(values, 0.5);

export type Rate = {
  done: number;
  perSecond: number;
  p50: number;
  p95: number;
  /** Processor milliseconds of workerd for each. */ processor: number;
};

/** Runs some lanes of work, each piece after the other, until the time is up or the work says that there is no more. */
export async function rateOf(given: {
  lanes: number;
  ms: number;
  pids: readonly number[];
  /** Answers its latency in ms; null: nothing is left to do. */
  work: (lane: number) => Promise<number | null>;
}): Promise<Rate> {
  const latencies: number[] = [];
  const before = processorSeconds(given.pids);
  const began = performance.now();
  const until = began + given.ms;
  const lane = async (n: number) => {
    while (performance.now() < until) {
      const ms = await given.work(n);
      if (ms === null) return;
      latencies.push(ms);
    }
  };
  await Promise.all(Array.from({ length: given.lanes }, (_, n) => lane(n)));
  const seconds = (performance.now() - began) / 1000;
  const used = processorSeconds(given.pids) - before;
  const done = latencies.length;
  return {
    done,
    perSecond: done / seconds,
    p50: median(latencies),
    p95: quantile(latencies, 0.95),
    processor: (used * 1000) / Math.max(1, done),
  };
}

/** The middle one of several measurements, by rate. */
const middle = (rates: readonly Rate[]): Rate => {
  const sorted = rates.toSorted((a, b) => a.perSecond - b.perSecond);
  const found = sorted[Math.floor(sorted.length / 2)];
  if (found === undefined) throw new Error("nothing was measured");
  return found;
};
/** Measures two things in turns and answers the middle of each, so that what else the machine does falls on both. */
export async function inTurns(rounds: number, one: () => Promise<Rate>, other: () => Promise<Rate>): Promise<{ one: Rate; other: Rate }> {
  const ones: Rate[] = [];
  const others: Rate[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ones.push(await one());
    others.push(await other());
  }
  return { one: middle(ones), other: middle(others) };
}
