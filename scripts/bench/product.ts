/** The real product with its demonstration bureau, in a temporary state folder on a free port. */
import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { cp, mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { build } from "../build.ts";
import { readConfig } from "../host/config.ts";
import { cronsOf } from "../host/crons.ts";
import { migrate } from "../host/migrate.ts";
import { readSeeded, type Seeded } from "../host/people.ts";
import { freePort, loopback } from "../host/port.ts";
import { runtimesOf } from "../host/processes.ts";
import { type Bundle, type Database, startRuntime, withDatabase } from "../host/runtime.ts";
import { expectHealthy } from "../host/server.ts";
import { lockState } from "../host/state.ts";
import { clientOf, type Client } from "./client.ts";

export type Product = {
  readonly client: Client;
  readonly db: Database;
  readonly pids: readonly number[];
  /** The administrator's. */
  readonly token: string;
  readonly accounts: Seeded["accounts"];
  readonly bundle: Bundle;
  /** Ends workerd and starts it again on the same state; with another bundle where one is given. */
  restart(bundle?: Bundle): Promise<void>;
  /** Gives D1's own file to some work while workerd is down: what takes minutes through the binding takes seconds. */
  offline(work: (database: DatabaseSync) => void): Promise<void>;
  stop(): Promise<void>;
};

const root = join(import.meta.dirname, "../..");

export async function startProduct(): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), "xuefa-bench-"));
  // However the bench ends.
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const state = await lockState(folder);
  const config = await readConfig(join(root, "wrangler.toml"));
  const built = await build({ demo: true, minify: false });
  // A copy: somebody else may build while this runs.
  const bundle: Bundle = { script: join(folder, "worker.js"), assets: join(folder, "assets") };
  await cp(built.script, bundle.script);
  await cp(built.assets, bundle.assets, { recursive: true });

  const port = await freePort(0);
  const origin = `http://${loopback}:${port}`;
  const token = randomBytes(24).toString("base64url");
  const variables = {
    ROOT_SECRET: randomBytes(32).toString("base64url"),
    ORIGIN: origin,
    DEMO: JSON.stringify({ password: randomBytes(9).toString("base64url"), token }),
  };
  await withDatabase(state, config, (db) => migrate(db, config.migrations));

  const begin = async (what: Bundle) => {
    const runtime = await startRuntime({ state, config, bundle: what, port, variables });
    await expectHealthy(runtime);
    return {
      runtime,
      crons: await cronsOf(config.crons, runtime, state, Date.now),
      client: clientOf(origin),
      pids: await runtimesOf(state.dir),
    };
  };
  let now = await begin(bundle);
  await now.runtime.scheduled("@demo", new Date());
  // As the server does: the minute's cron brings content, and wakes jobs.
  await now.crons.catchUp();
  now.crons.begin();
  const { accounts } = await readSeeded(now.runtime.db);
  const end = async () => {
    now.crons.stop();
    now.client.close();
    await now.runtime.stop();
  };
  return {
    get client() {
      return now.client;
    },
    get db() {
      return now.runtime.db;
    },
    get pids() {
      return now.pids;
    },
    token,
    accounts,
    bundle,
    async restart(other = bundle) {
      await end();
      now = await begin(other);
      now.crons.begin();
    },
    async offline(work) {
      await end();
      const files = (await readdir(join(state.data, "d1"), { recursive: true })).filter(
        (path) => path.endsWith(".sqlite") && basename(path) !== "metadata.sqlite",
      );
      const [path] = files;
      if (path === undefined || files.length > 1) throw new Error(`D1 has ${files.length} files`);
      const database = new DatabaseSync(join(state.data, "d1", path));
      try {
        work(database);
      } finally {
        database.close();
        now = await begin(bundle);
        now.crons.begin();
      }
    },
    stop: end,
  };
}
