/**
 * `npm run link`: a one-time sign-in link for one person, at the word of whoever runs the machine. The way back where the
 * only administrator forgot the password. The product makes it, by its own command: the server that runs, or one started for it.
 */
import { createHmac, hkdfSync } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { build } from "./build.ts";
import { optionsOf, originOf, portOf } from "./host/args.ts";
import { readConfig } from "./host/config.ts";
import { readIfThere } from "./host/files.ts";
import { codeOf, Refusal, run } from "./host/plain.ts";
import { loopback } from "./host/port.ts";
import { startRuntime } from "./host/runtime.ts";
import { secretGiven } from "./host/secret.ts";
import { expectHealthy, takePlace } from "./host/server.ts";
import { findState } from "./host/state.ts";

const usage =
  "npm run link -- --login LOGIN [--state .state] [--port 8787] [--secret-file FILE] | --login LOGIN --url https://… --secret-file FILE";
const given = z.object({ name: z.string(), login: z.string(), url: z.string(), until: z.string() });
const problem = z.object({ code: z.string(), title: z.string() });
type Answer = { status: number; body: string };

/** Asks a server; null where nothing listens there. The proof is made as `giveOperatorLink` of the plugin people checks it. */
async function ask(at: string, login: string, secret: string): Promise<Answer | null> {
  const now = Date.now();
  const key = Buffer.from(hkdfSync("sha256", secret, "xuefa", "code/1", 32));
  const proof = createHmac("sha256", key).update(`operator/${now}/${login}`).digest("hex");
  try {
    const answer = await fetch(`${at}/api/v1/operator/link`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ login, at: now, proof }),
    });
    return { status: answer.status, body: await answer.text() };
  } catch (error) {
    const why = error instanceof Error ? codeOf(error.cause) : null;
    if (why === "ECONNREFUSED") return null;
    throw new Refusal(`连不上 ${at}(${why ?? String(error)})。(The server cannot be reached.)`);
  }
}

/** Starts the program on the state folder for this one question. */
async function askWithoutServer(folder: string, secret: string, login: string): Promise<Answer | null> {
  const { state, port } = await takePlace(folder, 0).catch((error: unknown) => {
    throw error instanceof Refusal ? new Refusal(`${error.message} 服务在别的端口上时,请用 --port 给出。(Give its --port.)`) : error;
  });
  const config = await readConfig(join(import.meta.dirname, "../wrangler.toml"));
  const here = `http://${loopback}:${port}`;
  // The address of the last start, so that the link opens once the server is back.
  const access = await readIfThere(state.access);
  const origin = access === null ? here : z.looseObject({ url: z.string() }).parse(JSON.parse(access)).url;
  const bundle = await build({ demo: false, minify: true });
  const runtime = await startRuntime({ state, config, bundle, port, variables: { ROOT_SECRET: secret, ORIGIN: origin } });
  try {
    await expectHealthy(runtime);
    return await ask(here, login, secret);
  } finally {
    await runtime.stop();
  }
}

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
};
async function main(argv: readonly string[]): Promise<void> {
  const options = optionsOf(
    argv,
    {
      login: { type: "string" },
      state: { type: "string", default: ".state" },
      port: { type: "string", default: "8787" },
      "secret-file": { type: "string" },
      url: { type: "string" },
    },
    usage,
  );
  const { login, url } = options;
  if (login === undefined) throw new Refusal(`请用 --login 给出登录号、工号或手机号。用法 / Usage: ${usage}`);
  let answer: Answer | null;
  let at: string;
  if (url === undefined) {
    at = `http://${loopback}:${portOf(options.port)}`;
    const state = await findState(options.state);
    const secret = await secretGiven(state, options["secret-file"], process.env);
    answer = (await ask(at, login, secret)) ?? (await askWithoutServer(options.state, secret, login));
  } else {
    at = originOf(url);
    const file = options["secret-file"];
    if (file === undefined) throw new Refusal(`--url 要和 --secret-file 一起给出。用法 / Usage: ${usage}`);
    answer = await ask(at, login, (await readFile(file, "utf8")).trim());
  }
  const body = parsed(answer?.body ?? "");
  const link = given.safeParse(body);
  if (link.success) {
    const { name, until } = link.data;
    process.stdout.write(`${name}(${link.data.login})的登录链接,只能用一次,${until} 前有效 (opens once):\n${link.data.url}\n`);
    return;
  }
  const refused = problem.safeParse(body);
  throw new Refusal(
    refused.success && refused.data.code.startsWith("people.operator")
      ? `${refused.data.title}。`
      : `${at} 没有给出链接(${answer?.status ?? "—"}):那里的服务不是这个程序,或者没有就绪。(The server there is another program, or not ready.)`,
  );
}

run(() => main(process.argv.slice(2)));
