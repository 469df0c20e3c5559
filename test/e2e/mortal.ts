/** A demonstration server of one's own that may be killed and come back, on the same port and the same state. */
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../scripts/host/port.ts";
import { runtimesOf } from "../../scripts/host/processes.ts";
import { readAccess, startServer, type Access, type Server } from "./server.ts";

export type Mortal = {
  readonly state: string;
  readonly access: Access;
  /** SIGKILL to the server and its workerd, as when the power goes; also while it starts. */
  kill(): Promise<void>;
  revive(): Promise<void>;
  /** Leaves in order; the state stays to be looked at. */
  stop(): Promise<void>;
  /** Whatever runs is ended, and the state removed. */
  [Symbol.asyncDispose](): Promise<void>;
};

const send = (pid: number, name: "SIGKILL") => {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone already.
  }
};

export const mortal = async (): Promise<Mortal> => {
  const state = await realpath(await mkdtemp(join(tmpdir(), "xuefa-mortal-")));
  const port = await freePort(0);
  let server: Pick<Server, "child" | "ended"> | undefined;
  const begin = async () => void (await startServer(state, port, [], undefined, (child) => (server = child)));
  await begin();
  const kill = async () => {
    // Known before the blow, so that both fall at once.
    const runtimes = await runtimesOf(state);
    server?.child.kill("SIGKILL");
    for (const pid of runtimes) send(pid, "SIGKILL");
    await server?.ended;
    for (const pid of await runtimesOf(state)) send(pid, "SIGKILL");
  };
  return {
    state,
    access: await readAccess(state),
    kill,
    revive: begin,
    stop: async () => {
      server?.child.kill("SIGTERM");
      await server?.ended;
    },
    [Symbol.asyncDispose]: async () => {
      await kill();
      await rm(state, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
};
