/** A wire between a browser and a server that can go dead without a word, as a mobile network does: nothing is refused, nothing arrives. */
import { connect, createServer, type Socket } from "node:net";
import { loopback } from "../../scripts/host/port.ts";

export type Wire = {
  readonly url: string;
  /** From now on nothing passes; connections stay open. */
  cut(): void;
  /** New connections pass again; those of before stay dead. */
  mend(): void;
  [Symbol.asyncDispose](): Promise<void>;
};

export const wireTo = async (url: string): Promise<Wire> => {
  const port = Number(new URL(url).port);
  const open = new Set<Socket>();
  let dead = false;
  const server = createServer((near) => {
    open.add(near);
    near.on("error", () => near.destroy());
    if (dead) {
      // Taken off the line, and never heard of again.
      near.resume();
      return;
    }
    const far = connect(port, loopback);
    open.add(far);
    far.on("error", () => far.destroy());
    near.pipe(far).pipe(near);
    near.once("close", () => far.destroy());
    far.once("close", () => near.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, loopback, listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the wire has no port");
  return {
    url: `http://${loopback}:${address.port}`,
    cut: () => {
      dead = true;
      for (const socket of open) {
        socket.unpipe();
        socket.resume();
      }
    },
    mend: () => {
      dead = false;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
};
