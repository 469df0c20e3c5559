/** The Worker in workerd, through miniflare: started, asked for a scheduled event, and stopped without dropping anything. */
import { accessSync, constants, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Log, LogLevel, Miniflare, type MiniflareOptions } from "miniflare";
import { leaveOutBookmarks } from "./bookmark.ts";
import { type Config, workerName } from "./config.ts";
import { codeOf, Refusal } from "./plain.ts";
import { loopback } from "./port.ts";
import { endRuntimes, runtimesOf, stateVariable } from "./processes.ts";
import type { State } from "./state.ts";

/** What the Worker is made of: one module, and the folder of its assets. */
export type Bundle = { readonly script: string; readonly assets: string };

export type Database = Awaited<ReturnType<Miniflare["getD1Database"]>>;

export type Runtime = {
  readonly db: Database;
  /** Asks one path of the Worker. */
  ask(path: string): Promise<{ status: number; body: string }>;
  /** Runs the Worker's scheduled handler. Throws where the handler did. */
  scheduled(cron: string, at: Date): Promise<void>;
  /** Answers what is in flight, then ends workerd. */
  stop(): Promise<void>;
};

/** How long a request in flight may still take after SIGTERM; below systemd's TimeoutStopSec in deploy/. */
const patienceMs = 25_000;

/** Miniflare takes workerd leaving for a crash and would start it again; while stopping, its warning is the moment to say no. */
class HostLog extends Log {
  onWarning: (() => void) | null = null;
  override warn(message: string): void {
    if (this.onWarning === null) super.warn(message);
    else this.onWarning();
  }
}

/** workerd behind the wrapper that shields it from Ctrl-C; miniflare's own choice where that cannot be run. */
function shieldFromTerminal(): Record<string, string> {
  const wrapper = new URL("workerd.sh", import.meta.url).pathname;
  const already = process.env["MINIFLARE_WORKERD_PATH"];
  if (already !== undefined && already !== wrapper) return {};
  try {
    accessSync(wrapper, constants.X_OK);
  } catch {
    return {};
  }
  // Resolved from miniflare, so that it is the very workerd that miniflare would start.
  const fromMiniflare = createRequire(createRequire(import.meta.url).resolve("miniflare"));
  const workerd: unknown = fromMiniflare("workerd");
  const path =
    typeof workerd === "string"
      ? workerd
      : typeof workerd === "object" && workerd !== null && "default" in workerd
        ? workerd.default
        : null;
  if (typeof path !== "string") return {};
  process.env["MINIFLARE_WORKERD_PATH"] = wrapper;
  return { XUEFA_WORKERD: path };
}

/**
 * Writes what the Worker logs. Of what the runtime itself says in its verbose mode, only errors that nobody caught:
 * without them a cron, a message or an alarm would fail in silence.
 */
function say({ level, message }: { level: string; message: string }): void {
  const uncaught = message.startsWith("uncaught exception; source = ");
  if (level !== "info" || uncaught) process.stderr.write(`[${uncaught ? "error" : level}] ${message}\n`);
}

leaveOutBookmarks();

type Worker = MiniflareOptions["workers"][number];

/**
 * The static files as a Worker of their own, which has their paths. In front of the product, as miniflare would put them,
 * every request would pass three more Workers to learn that it names no file.
 */
const filesWorker = (config: Config, folder: string): Worker => ({
  config: {
    name: "files",
    ...config.compatibility,
    manifest: {
      mainModule: "files.js",
      modules: { "files.js": { type: "esm", contents: "export default { fetch: (request, { FILES }) => FILES.fetch(request) };" } },
    },
    env: { FILES: { type: "assets" } },
    assets: { directory: folder },
    triggers: readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => !name.startsWith("_"))
      .map((entry) => ({ type: "fetch", pattern: entry.isDirectory() ? `*/${entry.name}/*` : `*/${entry.name}*` })),
  },
});

async function startMiniflare(state: State, port: number, workers: Worker[], log: HostLog): Promise<Miniflare> {
  const miniflare = new Miniflare({
    host: loopback,
    port,
    log,
    logRequests: false,
    // No look-up of a Cloudflare host, no telemetry, nothing written outside the state folder.
    cf: false,
    telemetry: { enabled: false },
    enableDevRegistry: false,
    resourcePersistencePath: state.data,
    unsafeRuntimeEnv: { [stateVariable]: state.dir, ...shieldFromTerminal() },
    verbose: true,
    handleStructuredLogs: say,
    workers,
  });
  try {
    await miniflare.ready;
  } catch (error) {
    if (codeOf(error) === "ERR_RUNTIME_FAILURE")
      throw new Refusal("程序没有启动,原因见上。(The program did not start; the reason stands above.)");
    if (codeOf(error) === "ERR_ADDRESS_IN_USE")
      throw new Refusal(`端口 ${port} 已被别的程序占用,请用 --port 另选一个。(Port ${port} is taken; choose another with --port.)`);
    throw error;
  }
  return miniflare;
}

/** Opens the database alone, for migrations: no request, alarm or message meets a schema that is half new. */
export async function withDatabase<T>(state: State, config: Config, use: (db: Database) => Promise<T>): Promise<T> {
  const database = config.env[config.database];
  if (database === undefined) throw new Error("the configuration has no database");
  const manifest = { mainModule: "none.js", modules: { "none.js": { type: "esm" as const, contents: "export default {}" } } };
  const worker = { config: { name: "migrations", ...config.compatibility, manifest, env: { [config.database]: database } } };
  const miniflare = await startMiniflare(state, 0, [worker], new HostLog(LogLevel.WARN));
  try {
    return await use(await miniflare.getD1Database(config.database));
  } finally {
    await miniflare.dispose();
  }
}

/** Starts the Worker, with the given variables beside those of wrangler.toml. */
export async function startRuntime(given: {
  state: State;
  config: Config;
  bundle: Bundle;
  port: number;
  variables: Readonly<Record<string, string>>;
}): Promise<Runtime> {
  const { state, config, bundle, port } = given;
  const env = { ...config.env };
  for (const [name, value] of Object.entries(given.variables)) env[name] = { type: "text", value };
  const log = new HostLog(LogLevel.WARN);
  const worker = {
    config: {
      name: workerName,
      ...config.compatibility,
      manifest: {
        mainModule: "worker.js",
        modules: { "worker.js": { type: "esm" as const, contents: readFileSync(bundle.script, "utf8") } },
      },
      env,
      exports: config.exports,
      triggers: config.queues,
    },
    // The proxy sets CF-Connecting-IP, as Cloudflare does.
    dev: { stripCfConnectingIp: false },
  };
  const miniflare = await startMiniflare(state, port, [worker, filesWorker(config, bundle.assets)], log);
  const fetcher = await miniflare.getWorker();
  let disposed: Promise<void> | null = null;
  // Once only: a second dispose() of miniflare throws.
  const dispose = () => (disposed ??= miniflare.dispose());
  return {
    db: await miniflare.getD1Database(config.database),
    async ask(path) {
      const answer = await miniflare.dispatchFetch(`http://${loopback}:${port}${path}`);
      return { status: answer.status, body: await answer.text() };
    },
    async scheduled(cron, at) {
      const { outcome } = await fetcher.scheduled({ cron, scheduledTime: at });
      if (outcome !== "ok") throw new Error(`the scheduled event “${cron}” ended with “${outcome}”`);
    },
    async stop() {
      log.onWarning = () => void dispose().catch(() => {});
      await endRuntimes(await runtimesOf(state.dir), state.dir, patienceMs);
      await dispose();
    },
  };
}
