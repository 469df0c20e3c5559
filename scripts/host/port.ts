/** A port on the loopback interface, tried before the runtime is told to take it. */
import { createServer } from "node:net";
import { codeOf, Refusal } from "./plain.ts";

export const loopback = "127.0.0.1";

/**
 * The port, if it is free; for 0, some free one.
 * @throws {Refusal} another program has it, or this user may not have it
 */
export async function freePort(port: number): Promise<number> {
  const server = createServer();
  try {
    await new Promise<void>((done, failed) => {
      server.once("error", failed);
      server.listen({ host: loopback, port, exclusive: true }, done);
    });
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : port;
  } catch (error) {
    if (codeOf(error) === "EADDRINUSE")
      throw new Refusal(`端口 ${port} 已被别的程序占用,请用 --port 另选一个。(Port ${port} is taken; choose another with --port.)`);
    if (codeOf(error) === "EACCES")
      throw new Refusal(`当前用户不能使用端口 ${port},请用 --port 另选一个。(This user may not listen on port ${port}.)`);
    throw error;
  } finally {
    await new Promise<void>((done) => server.close(() => done()));
  }
}
