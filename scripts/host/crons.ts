/** The crons of wrangler.toml (UTC, as at Cloudflare), which miniflare never fires by itself. */
import { Cron } from "croner";
import { z } from "zod";
import { readIfThere, writePrivate } from "./files.ts";
import type { Runtime } from "./runtime.ts";
import type { State } from "./state.ts";

const lastRuns = z.record(z.string(), z.number());

/** What comes round at least this often runs at every start, too: it wakes jobs and brings new content. */
const often = 3_600_000;

export type Crons = {
  /** Runs once each cron that comes round often, and each whose moment passed while the server was down; at the first start, every one. */
  catchUp(): Promise<void>;
  /** From now on, each at its time. */
  begin(): void;
  /** Starts no more; one that runs is in flight in workerd, and finished there. */
  stop(): void;
};

/** A failed run is said and not fatal: the next one comes, and the truth of a job is its row. */
export async function cronsOf(
  patterns: readonly string[],
  runtime: Pick<Runtime, "scheduled">,
  state: State,
  now: () => number,
): Promise<Crons> {
  const text = await readIfThere(state.crons);
  const known = text === null ? null : lastRuns.safeParse(JSON.parse(text));
  const last = new Map(Object.entries(known?.success === true ? known.data : {}));
  const jobs: Cron[] = [];
  let written = Promise.resolve();
  let stopped = false;

  const fire = async (pattern: string, at: Date) => {
    try {
      await runtime.scheduled(pattern, at);
      last.set(pattern, at.getTime());
      written = written.then(() => writePrivate(state.crons, JSON.stringify(Object.fromEntries(last))));
      await written;
    } catch (error) {
      if (stopped) return;
      process.stderr.write(
        `[error] 定时任务“${pattern}”没有成功 (a scheduled run failed): ${error instanceof Error ? error.message : String(error)}\n`,
      );
    }
  };
  const due = (pattern: string): Date | null => {
    const [latest, before] = new Cron(pattern, { timezone: "UTC", paused: true }).previousRuns(2, new Date(now()));
    if (latest === undefined) return null;
    const comesOften = before !== undefined && latest.getTime() - before.getTime() <= often;
    return comesOften || latest.getTime() > (last.get(pattern) ?? 0) ? latest : null;
  };

  return {
    async catchUp() {
      for (const pattern of patterns) {
        const at = due(pattern);
        if (at !== null && !stopped) await fire(pattern, at);
      }
    },
    begin() {
      // One run of a pattern at a time: a minute that takes longer than a minute skips the next.
      if (stopped) return;
      for (const pattern of patterns)
        jobs.push(new Cron(pattern, { timezone: "UTC", protect: true }, (job: Cron) => fire(pattern, job.currentRun() ?? new Date(now()))));
    },
    stop() {
      stopped = true;
      for (const job of jobs) job.stop();
    },
  };
}
