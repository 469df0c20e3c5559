/** What this machine gives at this moment, whatever the program: the measures that the others are to be read against. */
import { randomUUID } from "node:crypto";
import { closeSync, fsyncSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import type { Bare } from "./bare.ts";
import type { Ask } from "./client.ts";
import { median, type Rate, rateOf } from "./measure.ts";
import { printTable, say, title } from "./table.ts";

const lanes = 50;
const roundMs = 1_500;

/** A page of 4 kB and an fsync, as SQLite ends a transaction, ms. */
function syncMs(): number {
  const path = join(tmpdir(), `xuefa-sync-${randomUUID()}`);
  const file = openSync(path, "wx");
  try {
    const page = Buffer.alloc(4096, 1);
    return median(
      Array.from({ length: 50 }, () => {
        const began = performance.now();
        writeSync(file, page);
        fsyncSync(file);
        return performance.now() - began;
      }),
    );
  } finally {
    closeSync(file);
    rmSync(path);
  }
}

export async function measureFloor(bare: Bare): Promise<void> {
  title("The floor: a bare Worker");
  let n = 0;
  const rate = (path: () => string, how: Ask = {}): Promise<Rate> =>
    rateOf({
      lanes,
      ms: roundMs,
      pids: bare.pids,
      work: async () => {
        const { status, ms } = await bare.client.ask(path(), how);
        if (status > 299) throw new Error(`bare ${path()}: ${status}`);
        return ms;
      },
    });
  const some = () => (n = (n + 1) % 500);
  const save = { session: 1, seq: 1, answers: [{ item: "item", value: { type: "single", choice: "a" }, at: 0 }] };
  const line = (name: string, { perSecond, p50, p95, processor }: Rate) => [name, perSecond, p50, p95, processor];
  say(`4 kB and an fsync on ${tmpdir()}: ${syncMs().toFixed(2)} ms\n`);
  printTable(
    [`${lanes} connections`, "a second", "p50 ms", "p95 ms", "workerd ms each"],
    [
      line("a page of 2 kB", await rate(() => "/page/2000")),
      line("one row written in a Durable Object", await rate(() => `/rows/${some() % 5}/${some()}`, { method: "PUT", json: save })),
      line("one row written in D1", await rate(() => `/d1/${some()}`, { method: "PUT", json: save })),
      line("one row read in D1", await rate(() => `/d1/${some()}`)),
    ],
  );
}
