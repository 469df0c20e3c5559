/** The bench's HTTP client: keep-alive connections to one server on the loopback interface, bodies as they came over the wire. */
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import { performance } from "node:perf_hooks";

export type Ask = {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  token?: string;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is. */
  bytes?: Uint8Array;
  headers?: Readonly<Record<string, string>>;
  /** Given each piece of the answer instead of keeping it. */
  onBytes?: (bytes: Buffer) => void;
};
export type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer; ms: number };
export type Client = {
  ask(path: string, how?: Ask): Promise<Answer>;
  /** The JSON of an answer; throws where it is not 2xx. */
  json<T>(path: string, how?: Ask): Promise<T>;
  close(): void;
};

const read = (message: IncomingMessage, onBytes: ((bytes: Buffer) => void) | undefined): Promise<Buffer> =>
  new Promise((done, failed) => {
    const pieces: Buffer[] = [];
    message.on("data", (bytes: Buffer) => (onBytes === undefined ? pieces.push(bytes) : onBytes(bytes)));
    message.once("end", () => done(Buffer.concat(pieces)));
    message.once("error", failed);
  });

export function clientOf(origin: string): Client {
  const { hostname, port } = new URL(origin);
  // As many connections as the caller has questions open at once; each is used again.
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  const send = (path: string, how: Ask): Promise<IncomingMessage> =>
    new Promise((done, failed) => {
      const body = how.json === undefined ? how.bytes : Buffer.from(JSON.stringify(how.json));
      const headers = {
        ...(how.token === undefined ? {} : { authorization: `Bearer ${how.token}` }),
        ...(body === undefined ? {} : { "content-length": String(body.length) }),
        ...(how.json === undefined ? {} : { "content-type": "application/json" }),
        ...how.headers,
      };
      request({ agent, hostname, port, path, method: how.method ?? "GET", headers }, done)
        .once("error", failed)
        .end(body);
    });
  const ask = async (path: string, how: Ask = {}): Promise<Answer> => {
    const began = performance.now();
    const message = await send(path, how);
    const body = await read(message, how.onBytes);
    return { status: message.statusCode ?? 0, headers: message.headers, body, ms: performance.now() - began };
  };
  return {
    ask,
    async json<T>(path: string, how: Ask = {}) {
      const { status, body } = await ask(path, how);
      if (status < 200 || status > 299) throw new Error(`${how.method ?? "GET"} ${path}: ${status} ${body.toString().slice(0, 400)}`);
      // The shape is the API's own; the caller names it.
      return (body.length === 0 ? null : JSON.parse(body.toString())) as T;
    },
    close: () => agent.destroy(),
  };
}
