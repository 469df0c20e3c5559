/** The state folder: what is in it, and the one lock that keeps a second server out. */
import { mkdir, realpath } from "node:fs/promises";
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
};

const stateIn = (dir: string): State => ({
  dir,
  data: join(dir, "data"),
  secret: join(dir, "root-secret"),
  secretCheck: join(dir, "root-secret.check"),
  demo: join(dir, "demo.json"),
  access: join(dir, "access.json"),
  crons: join(dir, "crons.json"),
});

/** The state in a folder that exists already; for `backup`, which takes no lock. */
export async function findState(folder: string): Promise<State> {
  try {
    return stateIn(await realpath(folder));
  } catch {
    throw new Refusal(`找不到数据目录“${resolve(folder)}”。(There is no state folder at this path.)`);
  }
}

// Held until the process ends, however it ends: the operating system gives the lock back even after kill -9.
const held: DatabaseSync[] = [];

/**
 * The state in a folder, made if need be, locked for this process.
 * The lock is an exclusive transaction on an empty SQLite file, since Node has no flock.
 * @throws {Refusal} the folder cannot be written, or another server has it
 */
export async function lockState(folder: string): Promise<State> {
  const unwritable = (error: unknown) =>
    new Refusal(`数据目录“${resolve(folder)}”不能写入(${codeOf(error) ?? String(error)})。(The state folder cannot be written.)`);
  let state: State;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    state = stateIn(await realpath(folder));
  } catch (error) {
    throw unwritable(error);
  }
  try {
    const lock = new DatabaseSync(join(state.dir, "lock"), { timeout: 0 });
    held.push(lock);
    lock.exec("begin exclusive");
  } catch (error) {
    if (error instanceof Error && "errcode" in error && error.errcode === 5 /* SQLITE_BUSY */)
      throw new Refusal(`数据目录“${state.dir}”已有一个服务在用,请先停止它,或用 --state 另选一个。(Another server is using this state folder.)`);
    throw unwritable(error);
  }
  return state;
}
