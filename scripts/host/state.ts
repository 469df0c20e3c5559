/** The state folder: what is in it, and the one lock that keeps a second server out. */
import { mkdir, realpath, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { codeOf, Refusal } from "./plain.ts";

export type State = {
  /** Absolute, with links resolved: the same folder has one name. */
  readonly dir: string;
  /** What the runtime keeps: `d1/`, `do/`, `r2/` (and `cache/`, `ratelimit/`, which may be lost). */
  readonly data: string;
  /** The root secret, mode 600. */
  readonly secret: string;
  /** A digest of the secret that the data was written with, so that another one is noticed. */
  readonly secretCheck: string;
  /** Present where this is a demonstration: its password and token, mode 600. */
  readonly demo: string;
  /** Where to open it and who can sign in, mode 600. */
  readonly access: string;
  /** When each cron last ran. */
  readonly crons: string;
  /** What a restore replaced; there only while it swaps, or where it was cut off then. */
  readonly replaced: string;
};

const stateIn = (dir: string): State => ({
  dir,
  data: join(dir, "data"),
  secret: join(dir, "root-secret"),
  secretCheck: join(dir, "root-secret.check"),
  demo: join(dir, "demo.json"),
  access: join(dir, "access.json"),
  crons: join(dir, "crons.json"),
  replaced: join(dir, "restore.old"),
});

/** The state in a folder that exists already; for `backup`, which takes no lock. */
export async function findState(folder: string): Promise<State> {
  try {
    return stateIn(await realpath(folder));
  } catch {
    throw new Refusal(`找不到数据目录“${resolve(folder)}”。(There is no state folder at this path.)`);
  }
}

// Held until the process ends, however it ends: the operating system gives a lock back even after kill -9.
const held: DatabaseSync[] = [];

/** Takes a lock for the rest of this process: an exclusive transaction on an empty SQLite file, since Node has no flock. */
function take(path: string): "taken" | "busy" {
  const lock = new DatabaseSync(path, { timeout: 0 });
  held.push(lock);
  try {
    lock.exec("begin exclusive");
    return "taken";
  } catch (error) {
    if (error instanceof Error && "errcode" in error && error.errcode === 5 /* SQLITE_BUSY */) return "busy";
    throw error;
  }
}

/**
 * The state in a folder, made if need be, locked for this process.
 * @throws {Refusal} the folder cannot be written, or another server has it
 */
export async function lockState(folder: string): Promise<State> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const state = stateIn(await realpath(folder));
    if (take(join(state.dir, "lock")) === "taken") return state;
  } catch (error) {
    throw new Refusal(`数据目录“${resolve(folder)}”不能写入(${codeOf(error) ?? String(error)})。(The state folder cannot be written.)`);
  }
  throw new Refusal(
    `数据目录“${resolve(folder)}”已有一个服务在用,请先停止它,或用 --state 另选一个。(Another server is using this state folder.)`,
  );
}

/**
 * The folder in which a backup gathers its copies, empty, and for this process alone. Below the state, so that a blob is
 * linked and not copied.
 */
export async function stagingIn(state: State): Promise<string> {
  if (take(join(state.dir, "backup.lock")) === "busy")
    throw new Refusal("另一个备份正在进行。(Another backup of this state folder is running.)");
  const staging = join(state.dir, "backup");
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { mode: 0o700 });
  return staging;
}
