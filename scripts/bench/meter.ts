/** The product with every D1 query counted, wherever it comes from: a request, better-auth, a room's flush, a job. */
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as esbuild from "esbuild";
import type { Bundle } from "../host/runtime.ts";
import type { Client } from "./client.ts";
import { meterPath, type Cost } from "./meter-worker.ts";
import type { Product } from "./product.ts";

export type { Cost };

/** Wraps the product's bundle: the same program, its database counted. */
export async function meteredBundle({ bundle }: Product): Promise<Bundle> {
  const contents = [
    `import worker, * as product from ${JSON.stringify(bundle.script)};`,
    `import { counted, metered } from "./meter-worker.ts";`,
    `export class ExamRoom extends product.ExamRoom { constructor(state, env) { super(state, counted(env)); } }`,
    `export class Hasher extends product.Hasher { constructor(state, env) { super(state, counted(env)); } }`,
    `export default metered(worker);`,
  ].join("\n");
  const { outputFiles } = await esbuild.build({
    stdin: { contents, loader: "ts", resolveDir: import.meta.dirname, sourcefile: "metered.ts" },
    bundle: true,
    write: false,
    format: "esm",
    target: "es2023",
    keepNames: true,
    external: ["cloudflare:*", "node:*"],
    logLevel: "error",
  });
  await esbuild.stop();
  const script = join(dirname(bundle.script), "metered.js");
  await writeFile(script, outputFiles[0]?.contents ?? "");
  return { script, assets: bundle.assets };
}

/** What was spent since the last reading. */
export const readMeter = (client: Client): Promise<Cost> => client.json<Cost>(meterPath);
