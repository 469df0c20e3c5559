/** The demonstration bureau on a free port and a folder of its own, for all browser tests of one run. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { TestProject } from "vitest/node";
import { z } from "zod";
import { freePort } from "../../scripts/host/port.ts";

const root = join(import.meta.dirname, "../..");
const accessFile = z.object({
  url: z.string(),
  token: z.string(),
  accounts: z.array(z.object({ role: z.string(), username: z.string(), password: z.string() })),
});
export type Access = z.infer<typeof accessFile>;

declare module "vitest" {
  export interface ProvidedContext {
    access: Access;
  }
}

/** A running `npm start`; `said` is all that it printed. */
export type Server = { readonly child: ChildProcess; readonly said: () => string; readonly ended: Promise<number | null> };
const ready = "Ctrl+C";
const patience = 120_000;

/** Starts `scripts/start.ts` of a repository, and waits until it says that it is ready. */
export const startServer = async (
  state: string,
  port: number,
  argv: readonly string[] = [],
  dir = root,
  born?: (child: Pick<Server, "child" | "ended">) => void,
): Promise<Server> => {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/start.ts", "--state", state, "--port", String(port), ...argv], {
    cwd: dir,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (said += text));
  const ended = new Promise<number | null>((done) => child.once("close", done));
  born?.({ child, ended });
  for (const end = Date.now() + patience; !said.includes(ready); await sleep(100)) {
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > end)
      throw new Error(`npm start did not become ready:\n${said}`);
  }
  return { child, said: () => said, ended };
};
export const readAccess = async (state: string): Promise<Access> =>
  accessFile.parse(JSON.parse(await readFile(join(state, "access.json"), "utf8")));

export default async function setup(project: TestProject) {
  const state = await mkdtemp(join(tmpdir(), "xuefa-e2e-"));
  const server = await startServer(state, await freePort(0));
  project.provide("access", await readAccess(state));
  return async () => {
    server.child.kill("SIGTERM");
    await server.ended;
    await rm(state, { recursive: true, force: true });
  };
}
