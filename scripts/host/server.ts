/** What `start` and `serve` have in common: the folder and the port before, the clock and the signals after. */
import { stat } from "node:fs/promises";
import { addToken } from "./access.ts";
import type { Config } from "./config.ts";
import { cronsOf } from "./crons.ts";
import { takeFirstRunToken } from "./people.ts";
import { Refusal } from "./plain.ts";
import { freePort } from "./port.ts";
import { endRuntimes, runtimesOf } from "./processes.ts";
import type { Bundle, Runtime } from "./runtime.ts";
import { lockState, type State } from "./state.ts";

/** The program that is run: its wrangler.toml, and how its Worker is built. Tests give one of their own. */
export type Program = {
  readonly config: string;
  build(kind: { demo: boolean; minify: boolean }): Promise<Bundle>;
};

/** Takes the state folder and the port; what a killed server left running on this folder is ended first, since it has the port. */
export async function takePlace(folder: string, port: number): Promise<{ state: State; port: number }> {
  const state = await lockState(folder);
  if (
    await stat(state.replaced).then(
      () => true,
      () => false,
    )
  )
    throw new Refusal(
      `上一次恢复没有完成(“${state.replaced}”还在),请再运行一次 npm run restore -- --force。(A restore was cut off; run it again.)`,
    );
  await endRuntimes(await runtimesOf(state.dir), state.dir, 5_000);
  return { state, port: await freePort(port) };
}

/** The Worker answers, and its database behind it. */
export async function expectHealthy(runtime: Runtime): Promise<void> {
  const { status, body } = await runtime.ask("/healthz");
  if (status !== 200) throw new Refusal(`服务没有就绪:/healthz 返回 ${status} ${body.slice(0, 200)} (The server did not become ready.)`);
}

/** Writes the administrator's token into access.json as soon as the first run is done. */
function watchFirstRun(runtime: Runtime, state: State, url: string): () => void {
  const timer = setInterval(() => {
    takeFirstRunToken(runtime.db)
      .then(async (token) => {
        if (token === null) return;
        clearInterval(timer);
        await addToken(state, url, token);
      })
      // The runtime may be restarting after a crash; the next look finds it.
      .catch(() => {});
  }, 500);
  return () => clearInterval(timer);
}

/** Runs the crons and waits for a signal; then finishes what is in flight and ends the process with 0. A second signal ends it at once. */
export async function stayUp(given: {
  runtime: Runtime;
  config: Config;
  state: State;
  firstRunAt: string | null;
  ready: () => void;
}): Promise<void> {
  const { runtime, config, state, firstRunAt } = given;
  const crons = await cronsOf(config.crons, runtime, state, Date.now);
  const stopWatching = firstRunAt === null ? () => {} : watchFirstRun(runtime, state, firstRunAt);
  const stopping = new AbortController();
  const stop = async () => {
    stopWatching();
    crons.stop();
    await runtime.stop();
  };
  for (const name of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    // Until now miniflare's own handlers stood here, which kill workerd on the spot: right while starting, wrong from now on.
    process.removeAllListeners(name);
    process.on(name, () => {
      if (stopping.signal.aborted) process.exit(1);
      stopping.abort();
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
          process.exit(1);
        },
      );
    });
  }
  await crons.catchUp();
  crons.begin();
  if (!stopping.signal.aborted) given.ready();
}
