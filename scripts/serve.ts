/** `npm run serve`: the lasting home on the bureau's own server, on loopback behind its TLS proxy. Never a demonstration. */
import { join } from "node:path";
import { build } from "./build.ts";
import { firstRunLink, refreshAddress, writeFirstRun } from "./host/access.ts";
import { optionsOf, originOf, portOf } from "./host/args.ts";
import { readConfig } from "./host/config.ts";
import { readDemonstration } from "./host/demonstration.ts";
import { migrate } from "./host/migrate.ts";
import { isEmpty, openFirstRun } from "./host/people.ts";
import { Refusal, run } from "./host/plain.ts";
import { startRuntime, withDatabase } from "./host/runtime.ts";
import { secretGiven } from "./host/secret.ts";
import { expectHealthy, type Program, stayUp, takePlace } from "./host/server.ts";

const usage = "npm run serve -- [--port 8787] [--state .state] [--origin https://…] [--secret-file FILE]";

export async function serve(argv: readonly string[], program: Program): Promise<void> {
  const options = optionsOf(
    argv,
    {
      port: { type: "string", default: "8787" },
      state: { type: "string", default: ".state" },
      origin: { type: "string" },
      "secret-file": { type: "string" },
    },
    usage,
  );
  const origin = options.origin === undefined ? null : originOf(options.origin);
  const { state, port } = await takePlace(options.state, portOf(options.port));
  if ((await readDemonstration(state)) !== null)
    throw new Refusal(
      `数据目录“${state.dir}”里是演示数据,正式运行请用 --state 另选一个目录。(This state folder holds the demonstration; choose another with --state.)`,
    );
  const secret = await secretGiven(state, options["secret-file"], process.env);
  const config = await readConfig(program.config);
  const local = `http://127.0.0.1:${port}`;
  const url = origin ?? local;

  const code = await withDatabase(state, config, async (db) => {
    await migrate(db, config.migrations);
    return (await isEmpty(db)) ? openFirstRun(db, Date.now()) : null;
  });
  if (code === null) await refreshAddress(state, url);
  else await writeFirstRun(state, url, code);

  const bundle = await program.build({ demo: false, minify: true });
  const runtime = await startRuntime({ state, config, bundle, port, variables: { ROOT_SECRET: secret, ORIGIN: url } });
  await expectHealthy(runtime);
  const firstRun = code === null ? "" : ` 首次使用请打开 (first run): ${firstRunLink(url, code)}`;
  await stayUp({
    runtime,
    config,
    state,
    firstRunAt: url,
    ready: () => process.stdout.write(`学法已就绪 (ready): ${url}${url === local ? "" : ` ← ${local}`}${firstRun}\n`),
  });
}

if (import.meta.main) run(() => serve(process.argv.slice(2), { config: join(import.meta.dirname, "../wrangler.toml"), build }));
