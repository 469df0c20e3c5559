/**
 * The hasher: passwords two at a time (kernel), and the line of those who wait, so that a plain form can show how many
 * are before one. What waits lives in memory alone: a password is never written down.
 */
import { makeHasher, type Room } from "#kernel";

/** How long an answer that came is kept for its browser, ms. */
const keep = 60_000;
/** How long `enter` waits itself before it answers with a ticket, ms. */
const patience = 800;

type Ticket = { number: number; about: string; ok: boolean | null; endedAt: number };
export type Entered =
  | { state: "waiting"; ticket: string; ahead: number }
  | { state: "done"; ok: boolean; about: string }
  | { state: "gone" };

const fresh = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");

export const hasherRoom = (): Room => {
  const core = makeHasher();
  const tickets = new Map<string, Ticket>();
  let numbers = 0;
  const forgetOld = () => {
    for (const [id, ticket] of tickets) if (ticket.ok !== null && Date.now() - ticket.endedAt > keep) tickets.delete(id);
  };
  const look = (id: string): Entered => {
    const ticket = tickets.get(id);
    if (ticket === undefined) return { state: "gone" };
    if (ticket.ok !== null) {
      tickets.delete(id);
      return { state: "done", ok: ticket.ok, about: ticket.about };
    }
    let ahead = 0;
    for (const other of tickets.values()) if (other.ok === null && other.number < ticket.number) ahead++;
    return { state: "waiting", ticket: id, ahead };
  };
  return {
    commands: {
      hash: core.hash,
      verify: core.verify,
      ahead: core.ahead,
      /** Joins the line; answers at once where the turn comes soon, else with a ticket to look at. */
      enter: async ({ hash, password, about }: { hash: string; password: string; about: string }): Promise<Entered> => {
        forgetOld();
        const id = fresh();
        const ticket: Ticket = { number: numbers++, about, ok: null, endedAt: 0 };
        tickets.set(id, ticket);
        const checked = core.verify({ hash, password }).then(
          (ok) => Object.assign(ticket, { ok, endedAt: Date.now() }),
          (error: unknown) => {
            tickets.delete(id);
            throw error;
          },
        );
        await Promise.race([checked, new Promise((resolve) => setTimeout(resolve, patience))]);
        checked.catch(() => undefined);
        return look(id);
      },
      /** Where a ticket stands. An answer is given once. */
      look: ({ ticket }: { ticket: string }): Promise<Entered> => Promise.resolve(look(ticket)),
    },
  };
};
