/** The bare Worker, in a workerd of its own. */
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { Log, LogLevel, Miniflare } from "miniflare";
import { freePort, loopback } from "../host/port.ts";
import { runtimesOf, stateVariable } from "../host/processes.ts";
import { clientOf, type Client } from "./client.ts";

export type Bare = { client: Client; pids: readonly number[]; stop(): Promise<void> };

export async function startBare(): Promise<Bare> {
  const folder = await mkdtemp(join(tmpdir(), "xuefa-bare-"));
  // However the bench ends.
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(import.meta.dirname, "bare-worker.ts")],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2023",
  });
  await esbuild.stop();
  const contents = outputFiles[0]?.text ?? "";
  const port = await freePort(0);
  const miniflare = new Miniflare({
    host: loopback,
    port,
    log: new Log(LogLevel.WARN),
    logRequests: false,
    cf: false,
    telemetry: { enabled: false },
    enableDevRegistry: false,
    resourcePersistencePath: join(folder, "data"),
    unsafeRuntimeEnv: { [stateVariable]: folder },
    workers: [
      {
        config: {
          name: "bare",
          compatibilityDate: "2026-11-01",
          manifest: { mainModule: "bare.js", modules: { "bare.js": { type: "esm", contents } } },
          env: { DB: { type: "d1", id: "DB" }, ROW: { type: "durable-object", worker: "bare", exportName: "Row" } },
          exports: { Row: { type: "durable-object", storage: "sqlite" } },
        },
      },
    ],
  });
  await miniflare.ready;
  const database = await miniflare.getD1Database("DB");
  await database.prepare("create table one (id text primary key, value text)").run();
  const client = clientOf(`http://${loopback}:${port}`);
  return {
    client,
    pids: await runtimesOf(folder),
    async stop() {
      client.close();
      await miniflare.dispose();
    },
  };
}
