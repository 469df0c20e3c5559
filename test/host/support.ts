/** Real processes on real ports for the host's tests; whatever a test leaves is ended and removed after it. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect } from "vitest";
import { freePort } from "../../scripts/host/port.ts";
import { runtimesOf } from "../../scripts/host/processes.ts";

export const root = join(import.meta.dirname, "../..");
const fixture = join(import.meta.dirname, "fixture/run.ts");

const children: ChildProcess[] = [];
const folders: string[] = [];

const gone = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

afterEach(async () => {
  for (const child of children.splice(0)) if (!gone(child)) child.kill("SIGKILL");
  for (const folder of folders.splice(0)) {
    for (const state of [folder, join(folder, "state"), join(folder, "other")])
      for (const pid of await runtimesOf(state)) process.kill(pid, "SIGKILL");
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
});

/** A new folder, gone after the test. */
export async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "xuefa-host-"));
  folders.push(made);
  return made;
}

export type Ended = { code: number | null; out: string; err: string };
export type Running = {
  readonly pid: number;
  readonly said: () => string;
  readonly complained: () => string;
  readonly signal: (name: NodeJS.Signals) => void;
  readonly ended: Promise<Ended>;
};

/** Starts a Node program of the repository. */
export function launch(script: string, argv: readonly string[], environment: Readonly<Record<string, string>> = {}): Running {
  const child = spawn(process.execPath, ["--import", "tsx", script, ...argv], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const ended = new Promise<Ended>((done) => child.once("close", (code) => done({ code, out, err })));
  if (child.pid === undefined) throw new Error("the program did not start");
  return { pid: child.pid, said: () => out, complained: () => err, signal: (name) => child.kill(name), ended };
}

export const program = (name: "start" | "serve" | "backup" | "restore" | "build" | "link", ...argv: string[]) =>
  launch(join(root, `scripts/${name}.ts`), argv);

/** `start` or `serve` with the fixture in the product's place; waits until it says that it is ready. */
export async function up(
  command: "start" | "serve",
  state: string,
  argv: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
) {
  const port = await freePort(0);
  const running = launch(fixture, [command, "--state", state, "--port", String(port), ...argv], environment);
  await ready(running);
  return { ...running, port, url: `http://127.0.0.1:${port}` };
}

/** The same where it is expected to refuse. */
export const refused = (command: "start" | "serve", argv: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  launch(fixture, [command, ...argv], environment).ended;

export async function ready(running: Running): Promise<void> {
  const over = running.ended.then(({ code, err }) => {
    throw new Error(`it ended with ${code} before it was ready: ${err}`);
  });
  over.catch(() => {});
  await Promise.race([over, until(() => running.said().includes("Ctrl+C") || running.said().includes("已就绪"))]);
}

/** It refused: exit code 1, nothing said, one sentence of complaint. */
export function expectRefusal({ code, out, err }: Ended, sentence: RegExp): void {
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toMatch(sentence);
  expect(err.trimEnd().split("\n")).toHaveLength(1);
}

/** Waits for something to become true. */
export async function until(isTrue: () => boolean | Promise<boolean>, patienceMs = 30_000): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error("waited in vain");
    await sleep(50);
  }
}

export const json = async (url: string, init?: RequestInit): Promise<unknown> => (await fetch(url, init)).json();
export const text = async (url: string, init?: RequestInit): Promise<string> => (await fetch(url, init)).text();
export const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, "utf8"));
