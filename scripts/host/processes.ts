/** The workerd processes of a state folder, known by their environment in /proc. Elsewhere than on Linux none is seen. */
import { readdir, readFile, readlink } from "node:fs/promises";
import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { codeOf } from "./plain.ts";

/** The variable by which a runtime process says whose it is. */
export const stateVariable = "XUEFA_STATE";

/** A process that ended, or that is not ours to read, has nothing to say. */
const orNull = <T>(reading: Promise<T>): Promise<T | null> => reading.catch(() => null);

async function belongs(pid: string, dir: string): Promise<boolean> {
  const executable = await orNull(readlink(`/proc/${pid}/exe`));
  // "workerd (deleted)" after a new installation.
  if (executable === null || basename(executable).split(" ")[0] !== "workerd") return false;
  const environment = await orNull(readFile(`/proc/${pid}/environ`, "utf8"));
  return environment?.split("\0").includes(`${stateVariable}=${dir}`) ?? false;
}

/** Every running workerd that was started for this state folder, by whichever server. */
export async function runtimesOf(dir: string): Promise<number[]> {
  const entries = (await orNull(readdir("/proc"))) ?? [];
  const pids = entries.filter((name) => /^\d+$/.test(name));
  const ours = await Promise.all(pids.map((pid) => belongs(pid, dir)));
  return pids.filter((_, index) => ours[index]).map(Number);
}

const isThere = async (pid: number, dir: string) => belongs(String(pid), dir);

function signal(pid: number, name: "SIGTERM" | "SIGKILL"): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (codeOf(error) !== "ESRCH") throw error;
  }
}

/**
 * Lets each finish what it has begun (workerd closes its port at SIGTERM, answers what is in flight and leaves),
 * and ends what has not left by then.
 */
export async function endRuntimes(pids: readonly number[], dir: string, patienceMs: number): Promise<void> {
  const until = Date.now() + patienceMs;
  for (const pid of pids) signal(pid, "SIGTERM");
  for (const pid of pids) {
    while (Date.now() < until && (await isThere(pid, dir))) await sleep(20);
    if (await isThere(pid, dir)) signal(pid, "SIGKILL");
    while (await isThere(pid, dir)) await sleep(20);
  }
}
