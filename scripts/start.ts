/** `npm start`: the trial on this computer. Into an empty state folder it seeds the demonstration bureau, or with --empty nobody. */
import { join } from "node:path";
import { build } from "./build.ts";
import { firstRunLink, refreshAddress, writeDemonstration, writeFirstRun } from "./host/access.ts";
import { optionsOf, portOf } from "./host/args.ts";
import { readConfig } from "./host/config.ts";
import { type Demonstration, discardHalfSeeded, makeDemonstration, markSeeded, readDemonstration } from "./host/demonstration.ts";
import { migrate } from "./host/migrate.ts";
import { isEmpty, openFirstRun, readSeeded } from "./host/people.ts";
import { Refusal, run } from "./host/plain.ts";
import { type Runtime, startRuntime, withDatabase } from "./host/runtime.ts";
import { secretOfTrial } from "./host/secret.ts";
import { expectHealthy, type Program, stayUp, takePlace } from "./host/server.ts";
import type { State } from "./host/state.ts";

const usage = "npm start -- [--port 8787] [--state .state] [--empty]";

/** What a state folder turned out to hold, once its schema is up to date. */
type Holds = { kind: "demonstration"; demonstration: Demonstration } | { kind: "first-run"; code: string } | { kind: "bureau" };

export async function start(argv: readonly string[], program: Program): Promise<void> {
  const options = optionsOf(
    argv,
    { port: { type: "string", default: "8787" }, state: { type: "string", default: ".state" }, empty: { type: "boolean", default: false } },
    usage,
  );
  const { state, port } = await takePlace(options.state, portOf(options.port));
  const url = `http://127.0.0.1:${port}`;
  const secret = await secretOfTrial(state);
  const config = await readConfig(program.config);

  const earlier = await readDemonstration(state);
  if (earlier !== null && options.empty)
    throw new Refusal(
      `数据目录“${state.dir}”里是演示数据,--empty 请用 --state 另选一个目录。(This state folder holds the demonstration; choose another with --state.)`,
    );
  if (earlier?.seeded === false) await discardHalfSeeded(state);

  const holds = await withDatabase(state, config, async (db): Promise<Holds> => {
    await migrate(db, config.migrations);
    if (!(await isEmpty(db))) return earlier === null ? { kind: "bureau" } : { kind: "demonstration", demonstration: earlier };
    if (options.empty) return { kind: "first-run", code: await openFirstRun(db, Date.now()) };
    return { kind: "demonstration", demonstration: earlier?.seeded === false ? earlier : await makeDemonstration(state) };
  });

  const isDemonstration = holds.kind === "demonstration";
  const bundle = await program.build({ demo: isDemonstration, minify: false });
  const variables = {
    ROOT_SECRET: secret,
    ORIGIN: url,
    ...(isDemonstration ? { DEMO: JSON.stringify({ password: holds.demonstration.password, token: holds.demonstration.token }) } : {}),
  };
  const runtime = await startRuntime({ state, config, bundle, port, variables });
  await expectHealthy(runtime);
  const said = await introduce(holds, runtime, state, url);
  await stayUp({
    runtime,
    config,
    state,
    firstRunAt: isDemonstration ? null : url,
    ready: () => process.stdout.write(`${said}\n\n停止:Ctrl+C (stop)\n`),
  });
}

/** Seeds what is to be seeded, writes access.json, and answers what the person at the terminal reads. */
async function introduce(holds: Holds, runtime: Runtime, state: State, url: string): Promise<string> {
  const at = `学法 Xuefa  ${url}`;
  switch (holds.kind) {
    case "bureau":
      await refreshAddress(state, url);
      return at;
    case "first-run":
      await writeFirstRun(state, url, holds.code);
      return `${at}\n\n首次使用,请打开下面的链接设置单位和管理员 (opens once, to make the administrator):\n${firstRunLink(url, holds.code)}`;
    case "demonstration": {
      if (!holds.demonstration.seeded) {
        process.stdout.write("正在准备演示数据… (seeding the demonstration)\n");
        await runtime.scheduled("@demo", new Date()).catch(() => {
          throw new Refusal("演示数据没有准备好,原因见上。(The demonstration could not be seeded; the reason stands above.)");
        });
        await markSeeded(state, holds.demonstration);
      }
      const seeded = await readSeeded(runtime.db);
      await writeDemonstration(state, url, seeded);
      const rows = seeded.accounts.map(({ role, username, password, note }) =>
        `  ${role.padEnd(16)}${username.padEnd(16)}${password}  ${note}`.trimEnd(),
      );
      return [
        at,
        "",
        "演示账号 (role, username, password):",
        ...rows,
        "",
        `API token: ${seeded.token}`,
        `同样内容在 (also in) ${state.access}`,
      ].join("\n");
    }
  }
}

if (import.meta.main) run(() => start(process.argv.slice(2), { config: join(import.meta.dirname, "../wrangler.toml"), build }));
