/** Durable Objects made from the composed app: plain values in and out, refusals carried over. */
import type { App } from "./compose.ts";
import type { Bindings } from "./context.ts";
import { Busy, Conflict, Forbidden, Invalid, NotFound, Refusal } from "./errors.ts";
import type { Room } from "./plugin.ts";
import { allWords, type Facts } from "./text/text.ts";
import { kernelText } from "./text/words.ts";

type Carried = { refusal: { type: string; words: string; facts: Facts } };
const carry = (refusal: Refusal): Carried => ({ refusal: { type: refusal.type, words: refusal.words.id, facts: refusal.facts } });
const classes = { invalid: Invalid, "not-found": NotFound, forbidden: Forbidden, conflict: Conflict, busy: Busy } as const;
const isCarried = (value: unknown): value is Carried => typeof value === "object" && value !== null && "refusal" in value;

/** The class that workerd wants, for an object that a plugin declares. */
export const durable = (app: App, name: string) =>
  class {
    readonly #room: Room;
    readonly #state: DurableObjectState;
    constructor(state: DurableObjectState, env: Bindings) {
      this.#state = state;
      const maker = app.objects.get(name);
      if (!maker) throw new Error(`no plugin declares the object ${name}`);
      this.#room = maker({
        storage: state.storage,
        context: (now = Date.now()) => app.context(env, now),
        turn: (work) => this.#state.blockConcurrencyWhile(work),
      });
    }
    async fetch(request: Request): Promise<Response> {
      const command = this.#room.commands[new URL(request.url).pathname.slice(1)];
      if (!command) return new Response("no such command", { status: 404 });
      try {
        const answer: unknown = await command(await request.json<never>());
        return Response.json(answer ?? null);
      } catch (error) {
        if (error instanceof Refusal) return Response.json(carry(error), { status: error.status });
        console.error(JSON.stringify({ room: name, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }));
        return new Response("failed", { status: 500 });
      }
    }
    async alarm(): Promise<void> {
      await this.#room.alarm?.();
    }
  };

/**
 * Calls a room's command. The answer's shape is the command's own; the caller names it.
 * @throws the refusal that the room threw
 */
export const callRoom = async <T>(namespace: DurableObjectNamespace, room: string, command: string, input: unknown): Promise<T> => {
  const answer = await namespace
    .get(namespace.idFromName(room))
    .fetch(`https://room/${command}`, { method: "POST", body: JSON.stringify(input) });
  if (!answer.headers.get("content-type")?.includes("json")) throw new Error(`room ${command}: ${await answer.text()}`);
  const value: unknown = await answer.json();
  if (isCarried(value)) {
    const { type, words, facts } = value.refusal;
    const made = Object.entries(classes).find(([name]) => name === type)?.[1] ?? Conflict;
    throw new made(allWords().get(words) ?? kernelText.conflict, facts);
  }
  return value as T;
};
