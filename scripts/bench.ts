/**
 * `npm run bench`: what the product costs, measured on this machine in one run, beside a bare Worker where a ratio has sense.
 * `npm run bench -- saves pages` runs those sections alone. It ends by itself, within ten minutes.
 */
import { arch, cpus, totalmem } from "node:os";
import { performance } from "node:perf_hooks";
import { measureAttempts } from "./bench/attempts.ts";
import { type Bare, startBare } from "./bench/bare.ts";
import { measureFloor } from "./bench/floor.ts";
import { measureFiles } from "./bench/files.ts";
import { loadAverage } from "./bench/measure.ts";
import { measureBytes, measurePages } from "./bench/pages.ts";
import { type Product, startProduct } from "./bench/product.ts";
import { measureSaves, measureSignIns } from "./bench/saves.ts";
import { say } from "./bench/table.ts";
import { measureYear } from "./bench/year.ts";
import { Refusal, run } from "./host/plain.ts";

const sections: Readonly<Record<string, (product: Product, bare: Bare) => Promise<void>>> = {
  floor: (_, bare) => measureFloor(bare),
  attempts: measureAttempts,
  saves: measureSaves,
  "sign-ins": measureSignIns,
  pages: measurePages,
  bytes: measureBytes,
  year: measureYear,
  files: measureFiles,
};
/** The whole run, ms. */
const patience = 10 * 60_000;

run(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !(name in sections));
  if (unknown !== undefined)
    throw new Refusal(`没有这一节“${unknown}”。(No such section; there are: ${Object.keys(sections).join(", ")}.)`);
  const began = performance.now();
  const limit = setTimeout(() => {
    process.stderr.write(`十分钟还没有跑完,停止。(Not done after ten minutes: stopped.)\n`);
    process.exit(1);
  }, patience);
  limit.unref();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => process.exit(130));

  say(`# Bench, ${new Date().toISOString().slice(0, 16)}Z`);
  say(
    `${cpus().length} × ${cpus()[0]?.model ?? "?"} ${arch()}, ${Math.round(totalmem() / 2 ** 30)} GB, node ${process.version}; client and servers on the same cores; load average before: ${loadAverage()}`,
  );
  // Before the product, which has miniflare start every later workerd through its own wrapper.
  const bare = await startBare();
  const product = await startProduct();
  try {
    for (const [name, measure] of Object.entries(sections)) {
      if (wanted.length > 0 && !wanted.includes(name)) continue;
      await measure(product, bare);
    }
  } finally {
    await bare.stop();
    await product.stop();
  }
  say(`Took ${Math.round((performance.now() - began) / 1000)} s; load average after: ${loadAverage()}`);
});
