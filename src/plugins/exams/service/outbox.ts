/**
 * What leaves a room: numbered batches to D1, papers to R2, and the one alarm that sees to both and to deadlines. What
 * fails is logged and tried again; nothing here throws.
 */
import type { Instant, RoomHost } from "#kernel";
import { keptFor, pledges } from "../rules.ts";
import type { RoomAttempt, RoomStore } from "../room-store.ts";
import type { Graded } from "../store-attempts.ts";
import type { flushBatch } from "./flush.ts";

/** Attempts in one batch to D1. */
const batchMost = 100;
/** How long a hand-in waits for its own batch, ms. */
const patience = 3_000;
/** After a failed batch or paper: the first pause and the longest, ms. */
const firstPause = 2_000;
const longestPause = 60_000;
const papersAtOnce = 50;

const gradedOf = (a: RoomAttempt): Graded => ({
  id: a.id,
  exam: a.exam,
  sitting: a.sitting,
  person: a.person,
  unit: a.unit,
  n: a.n,
  startedAt: a.startedAt,
  submittedAt: a.submittedAt ?? a.deadlineAt,
  ended: a.ended ?? "deadline",
  score: a.score ?? 0,
  passed: a.passed,
  excellent: a.excellent,
});

/** The outbox of a room. `write` puts one batch into D1 and answers the certificates by attempt. */
export const outbox = (host: RoomHost, store: RoomStore, clock: () => Instant, write: typeof flushBatch) => {
  const waiting = new Map<string, (() => void)[]>();
  let draining: Promise<void> | null = null;
  let keeping: Promise<void> | null = null;
  let failures = 0;
  let retryAt: Instant = 0;
  let armed: Instant | null | undefined;
  const log = (what: string, error: unknown) =>
    console.error(
      JSON.stringify({ room: store.sitting()?.room, [what]: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );

  /** Sends batch after batch until D1 has all; one at a time. */
  const drain = (): Promise<void> => {
    draining ??= (async () => {
      // So that the promise is kept before its end takes it away again.
      await Promise.resolve();
      try {
        const room = store.sitting()?.room;
        if (room === undefined) return;
        for (let n = store.nextBatch(clock(), batchMost); n !== null; n = store.nextBatch(clock(), batchMost)) {
          const batch = store.batch(n);
          store.flushed(n, clock(), await write(host.context(clock()), room, n, batch.map(gradedOf)));
          failures = 0;
          for (const { id } of batch) {
            for (const wake of waiting.get(id) ?? []) wake();
            waiting.delete(id);
          }
        }
      } catch (error) {
        failures++;
        retryAt = clock() + Math.min(longestPause, firstPause * 2 ** (failures - 1));
        log("flush", error);
      } finally {
        draining = null;
        arm();
      }
    })();
    return draining;
  };
  /** Puts papers into R2, whole: when they are drawn, and again with the answers when they are graded. */
  const keep = (): Promise<void> => {
    keeping ??= (async () => {
      await Promise.resolve();
      try {
        const { env } = host.context(clock());
        for (let ids = store.unkept(papersAtOnce); ids.length > 0; ids = store.unkept(papersAtOnce))
          for (const id of ids) {
            const attempt = store.find(id);
            if (!attempt) continue;
            const { items: _, pledged, ...facts } = attempt;
            await env.FILES.put(
              `exams/papers/${id}.json`,
              JSON.stringify({
                ...facts,
                pledge: pledged === 0 ? null : { version: pledged, words: pledges[pledged - 1]?.zh },
                items: store.paper(id),
                answers: attempt.state === "graded" ? store.answers(id) : [],
                incidents: store.incidents(id),
              }),
            );
            store.kept(id, attempt.state);
          }
      } catch (error) {
        log("papers", error);
      } finally {
        keeping = null;
        arm();
      }
    })();
    return keeping;
  };
  /** Sets the alarm to the earliest of what is to come. */
  const arm = (): void => {
    const now = clock();
    const oldest = store.oldest();
    const times = [
      store.nextDeadline(),
      store.waitsForFlush() ? Math.max(retryAt, now + firstPause) : null,
      store.unkept(1).length > 0 ? now + firstPause * 5 : null,
      oldest === null ? null : oldest + keptFor,
    ].filter((t) => t !== null);
    const next = times.length === 0 ? null : Math.min(...times);
    if (next === armed) return;
    armed = next;
    void (next === null ? host.storage.deleteAlarm() : host.storage.setAlarm(Math.max(next, now + 1)));
  };
  return {
    drain,
    keep,
    arm,
    log,
    /** Sends what waits, unless a failed try still rests. */
    nudge: (): void => {
      if (store.waitsForFlush() && clock() >= retryAt) void drain();
    },
    /** Waits until an attempt is recorded in D1, but not for ever. */
    recorded: async (attempt: string): Promise<void> => {
      const woken = new Promise<void>((resolve) => waiting.set(attempt, [...(waiting.get(attempt) ?? []), resolve]));
      void drain();
      await Promise.race([woken, new Promise<void>((resolve) => setTimeout(resolve, patience))]);
    },
    /** The alarm went off: whatever set it is forgotten. */
    rang: (): void => {
      armed = null;
    },
  };
};
