/** The floor of a room: who sits there now, in memory and in its store; and how an attempt ends. Synchronous throughout. */
import { Conflict, kernelText, newId, NotFound, type Instant, type PersonId } from "#kernel";
import { incidentId } from "../input.ts";
import { scorePaper } from "../rules-paper.ts";
import { silentAfter, verdictOf } from "../rules.ts";
import type { Ended, Incident, RoomAttempt, RoomStore } from "../room-store.ts";
import { contractText } from "../text.ts";

/** Whose attempt is meant. */
export type Mine = { attempt: string; person: PersonId };
/** A running attempt in memory: what a save needs to know, without reading. */
export type Live = RoomAttempt & { known: ReadonlySet<string>; seen: Instant };

export type RoomStatus = {
  running: number;
  silent: number;
  silentAttempts: string[];
  rows: { attempt: string; lastSeen: Instant; answered: number; items: number; deadline: Instant; onBreak: boolean; silent: boolean }[];
};
/** Silent attempts named in one answer. */
const listMost = 200;

/** The floor over a room's store. `ended` is told that something may have been graded. */
export const floorOf = (store: RoomStore, ended: () => void) => {
  const live = new Map<string, Live>();

  /** A running attempt, from memory where it is there. */
  const liveOf = (id: string): Live | undefined => {
    const found = live.get(id);
    if (found) return found;
    const attempt = store.find(id);
    if (attempt?.state !== "running") return undefined;
    const made = { ...attempt, known: new Set(attempt.items), seen: store.lastReceived(id) ?? attempt.startedAt };
    live.set(id, made);
    return made;
  };
  /** Reads an attempt again after it was changed; when it was last heard of stays. */
  const reload = (id: string): void => {
    const before = live.get(id);
    live.delete(id);
    const after = liveOf(id);
    if (before && after) after.seen = before.seen;
  };
  /** When it is over at the latest: a pause ends by itself when its minutes are used. */
  const overAt = (a: RoomAttempt): Instant => a.deadlineAt + (a.breakSince === null ? 0 : a.breakLeft);
  /** An attempt of this person. @throws {NotFound} there is none such, or it is another's */
  const mine = ({ attempt, person }: Mine): RoomAttempt => {
    const found = store.find(attempt);
    if (found?.person !== person) throw new NotFound(kernelText.notFound);
    return found;
  };
  /** The running attempt of this person in this session. @throws {Conflict} over, or taken over */
  const current = ({ attempt, person, session }: Mine & { session: number }, now: Instant): Live => {
    const found = liveOf(attempt);
    if (!found) {
      mine({ attempt, person });
      throw new Conflict(contractText.over);
    }
    if (found.person !== person) throw new NotFound(kernelText.notFound);
    if (now >= overAt(found)) {
      settle(now);
      throw new Conflict(contractText.over);
    }
    if (session !== found.session) throw new Conflict(contractText["taken-over"]);
    return found;
  };
  /** Writes an incident down; false where it was there. */
  const noted = (
    attempt: string,
    kind: Incident["kind"],
    at: Instant,
    more: Partial<Pick<Incident, "id" | "by" | "minutes" | "note">> = {},
  ): boolean =>
    store.incident({
      id: more.id ?? newId(incidentId),
      attempt,
      at,
      kind,
      by: more.by ?? null,
      minutes: more.minutes ?? null,
      note: more.note ?? null,
    });

  /** Grades what was saved and ends the attempt. */
  const close = (attempt: RoomAttempt, at: Instant, how: Ended): void => {
    const plan = store.sitting()?.plan;
    if (!plan) throw new Error(`attempt ${attempt.id} without its sitting`);
    const answers = new Map(store.answers(attempt.id).map(({ item, value }) => [item, value]));
    const { score } = scorePaper(store.paper(attempt.id), answers);
    store.grade(attempt.id, at, how, score, verdictOf(plan, score));
    live.delete(attempt.id);
  };
  /** Hands in what is overdue, by the server's clock, with nobody connected. */
  const settle = (now: Instant): void => {
    for (let ids = store.overdue(now); ids.length > 0; ids = store.overdue(now))
      for (const id of ids) {
        const attempt = store.find(id);
        if (attempt) close(attempt, overAt(attempt), "deadline");
      }
    ended();
  }; /** How many are under way and silent; and how each of some attempts stands. */
  const standing = (now: Instant, attempts: readonly string[]): RoomStatus => {
    const all = store.running().map((a) => liveOf(a.id) ?? { ...a, known: new Set<string>(), seen: a.startedAt });
    const isSilent = (a: Live) => now - a.seen > silentAfter;
    const silent = all.filter(isSilent);
    const asked = new Set(attempts);
    const rows = all
      .filter((a) => asked.has(a.id))
      .map((a) => ({
        attempt: a.id,
        lastSeen: a.seen,
        answered: store.answeredCount(a.id),
        items: a.items.length,
        deadline: overAt(a),
        onBreak: a.breakSince !== null,
        silent: isSilent(a),
      }));
    return { running: all.length, silent: silent.length, silentAttempts: silent.slice(0, listMost).map((a) => a.id), rows };
  };

  return { liveOf, reload, overAt, mine, current, noted, close, settle, standing };
};
