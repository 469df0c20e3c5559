/**
 * The exam room: the attempts of a shard of one sitting, live (DESIGN.md, decision 1). Everything that changes an
 * attempt runs without awaiting in its middle, so that no other command comes between; what is slow (questions, R2, D1)
 * comes before or after.
 */
import { Conflict, Invalid, kernelText, notFound, type Instant, type PersonId, type Room, type RoomHost, type UnitId } from "#kernel";
import { isAnswered } from "#plugins/bank";
import type { SaveInput } from "./input.ts";
import type { BreakAnswer, SaveAnswer, ShownItem } from "./input-room.ts";
import { shownItem, type Item } from "./rules-paper.ts";
import { roomStore, type Incident, type Plan, type RoomAttempt, type Saved } from "./room-store.ts";
import { deadlineOf, keptFor } from "./rules.ts";
import { floorOf, type Live, type Mine, type RoomStatus } from "./service/floor.ts";
import { flushBatch } from "./service/flush.ts";
import { outbox } from "./service/outbox.ts";
import { drawPaper, loadPlan } from "./service/pool.ts";
import { contractText, text } from "./text.ts";

const minute = 60_000;

export type StartCommand = {
  room: string;
  attempt: string;
  person: PersonId;
  unit: UnitId | null;
  sitting: string;
  revision: number;
  may: boolean;
  percent: number;
  breakMinutes: number;
  large: boolean;
  /** The version of the pledge that was given; 0: none was asked for. */
  pledged: number;
  address: string | null;
};
export type Started =
  | { state: "refused" }
  | {
      state: "running";
      fresh: boolean;
      attempt: string;
      n: number;
      startedAt: Instant;
      session: number;
      deadline: Instant;
      now: Instant;
      title: string;
      perPage: number;
      large: boolean;
      breakLeft: number;
      onBreak: boolean;
      items: ShownItem[];
      answers: Saved[];
    };
export type Outcome = {
  state: "running" | "graded";
  score: number;
  passed: boolean;
  excellent: boolean;
  certificate: string | null;
  recorded: boolean;
};
export type ReviewedPaper = { items: Item[]; answers: Saved[]; incidents: Incident[]; pledged: number };
export const examRoom = (host: RoomHost, clock: () => Instant = Date.now): Room => {
  const store = roomStore(host.storage);
  const { drain, keep, arm, nudge, recorded, rang, log } = outbox(host, store, clock, flushBatch);

  const { liveOf, reload, overAt, mine, current, noted, close, settle, standing } = floorOf(store, nudge);

  /* Starting */

  const planFor = async (input: StartCommand): Promise<Plan> => {
    const held = store.sitting();
    if (held && held.revision >= input.revision) return held.plan;
    const { revision, plan } = await loadPlan(host.context(clock()), input.sitting);
    store.putSitting(input.sitting, input.room, revision, plan);
    return plan;
  };
  const opened = (attempt: string, fresh: boolean, address: string | null, now: Instant): Started => {
    const session = store.openSession(attempt, now, address);
    if (session > 1) noted(attempt, "takeover", now);
    reload(attempt);
    const found = liveOf(attempt);
    const plan = store.sitting()?.plan;
    if (!found || !plan) throw new Conflict(contractText.over);
    found.seen = now;
    const { title, perPage } = plan;
    return {
      state: "running",
      fresh,
      attempt,
      n: found.n,
      startedAt: found.startedAt,
      session,
      deadline: found.deadlineAt,
      now,
      title,
      perPage,
      large: found.large,
      breakLeft: found.breakLeft,
      onBreak: found.breakSince !== null,
      items: store.paper(attempt).map(shownItem),
      answers: store.answers(attempt),
    };
  };
  /** Begins an attempt, or answers the one that runs, with a new session. */
  const start = async (input: StartCommand): Promise<Started> => {
    settle(clock());
    const running = store.runningOf(input.person);
    if (running) return opened(running.id, false, input.address, clock());
    if (store.find(input.attempt)?.person === input.person) throw new Conflict(contractText.over);
    if (!input.may) return { state: "refused" };
    const plan = await planFor(input);
    for (;;) {
      const n = store.usedBy(input.person, input.sitting) + 1;
      if (n > plan.tries) throw new Conflict(text["no-tries"], { tries: plan.tries });
      const paper = await drawPaper(host.context(clock()), store, plan, { sitting: input.sitting, person: input.person, n });
      // From here on nothing awaits: a second start that came in between is seen now.
      const now = clock();
      const other = store.runningOf(input.person);
      if (other) return opened(other.id, false, input.address, now);
      if (store.usedBy(input.person, input.sitting) + 1 !== n) continue;
      const taken = store.find(input.attempt);
      if (taken) throw new Conflict(taken.person === input.person ? contractText.over : kernelText.idTaken);
      store.insert(
        {
          id: input.attempt,
          exam: plan.exam,
          sitting: input.sitting,
          person: input.person,
          unit: input.unit,
          n,
          startedAt: now,
          deadlineAt: deadlineOf(plan, now, input.percent),
          percent: input.percent,
          large: input.large,
          breakLeft: input.breakMinutes * minute,
          pledged: input.pledged,
        },
        paper,
      );
      const answer = opened(input.attempt, true, input.address, now);
      void keep();
      arm();
      return answer;
    }
  };

  /* Answering */

  const endBreak = (a: Live, now: Instant): void => {
    if (a.breakSince === null) return;
    const used = Math.min(now - a.breakSince, a.breakLeft);
    store.setBreak(a.id, null, a.breakLeft - used, a.deadlineAt + used);
    noted(a.id, "back", now);
    reload(a.id);
    arm();
  };
  /** Keeps answers; whoever answers has ended the pause. An empty save says only that somebody is there. */
  const save = async (input: Mine & SaveInput): Promise<SaveAnswer> => {
    const now = clock();
    const found = current(input, now);
    for (const { item } of input.answers) if (!found.known.has(item)) throw new Invalid(text["unknown-item"]);
    if (input.answers.length > 0) endBreak(found, now);
    if (input.answers.length > 0)
      store.save(
        input,
        input.answers.map((answer) => ({ ...answer, answered: isAnswered(answer.value.type, answer.value) })),
        now,
      );
    const after = liveOf(input.attempt) ?? found;
    after.seen = now;
    return { seq: input.seq, now, deadline: after.deadlineAt };
  };
  const pause = async (input: Mine & { session: number; on: boolean }): Promise<BreakAnswer> => {
    const now = clock();
    const found = current(input, now);
    if (!input.on) endBreak(found, now);
    else if (found.breakSince === null && found.breakLeft > 0) {
      store.setBreak(found.id, now, found.breakLeft, found.deadlineAt);
      noted(found.id, "break", now);
      reload(found.id);
      arm();
    }
    const after = liveOf(input.attempt) ?? found;
    after.seen = now;
    return { deadline: after.deadlineAt, now, breakLeft: after.breakLeft, onBreak: after.breakSince !== null };
  };

  /* Results */

  const outcomeOf = (a: RoomAttempt): Outcome => ({
    state: a.state,
    score: a.score ?? 0,
    passed: a.passed,
    excellent: a.excellent,
    certificate: a.certificate,
    recorded: a.recorded,
  });
  /** Hands in and grades; a second time, and after the deadline, it answers what came of it. */
  const submit = async (input: Mine & { session?: number | undefined }): Promise<Outcome> => {
    const now = clock();
    const found = mine(input);
    if (found.state === "running") {
      if (now >= overAt(found)) settle(now);
      else {
        if (input.session !== undefined && input.session !== found.session) throw new Conflict(contractText["taken-over"]);
        close(found, now, "self");
      }
      arm();
      void keep();
    }
    if (!mine(input).recorded) await recorded(input.attempt);
    return outcomeOf(mine(input));
  };
  const state = async (input: Mine): Promise<Outcome> => {
    settle(clock());
    return outcomeOf(mine(input));
  };
  /** The paper with its answers, for whoever may see it; null once the room has forgotten it. */
  const review = async ({ attempt }: { attempt: string }): Promise<ReviewedPaper | null> => {
    const found = store.find(attempt);
    if (!found) return null;
    return { items: store.paper(attempt), answers: store.answers(attempt), incidents: store.incidents(attempt), pledged: found.pledged };
  };

  /* The proctor */

  const running = (attempt: string, now: Instant): RoomAttempt => {
    settle(now);
    const found = store.find(attempt) ?? notFound();
    if (found.state !== "running") throw new Conflict(contractText.over);
    return found;
  };
  /** Gives more minutes; the same incident twice counts once. */
  const extend = async ({
    id,
    attempt,
    minutes,
    reason,
    by,
  }: {
    id: string;
    attempt: string;
    minutes: number;
    reason: string;
    by: PersonId;
  }): Promise<{ deadline: Instant }> => {
    const now = clock();
    const found = running(attempt, now);
    if (noted(attempt, "extended", now, { id, by, minutes, note: reason })) store.setDeadline(attempt, found.deadlineAt + minutes * minute);
    reload(attempt);
    arm();
    return { deadline: store.find(attempt)?.deadlineAt ?? found.deadlineAt };
  };
  const end = async ({ id, attempt, reason, by }: { id: string; attempt: string; reason: string; by: PersonId }): Promise<Outcome> => {
    const now = clock();
    settle(now);
    const found = store.find(attempt) ?? notFound();
    if (found.state === "running") {
      noted(attempt, "ended", now, { id, by, note: reason });
      close(found, now, "officer");
      arm();
      void keep();
      await recorded(attempt);
    }
    return outcomeOf(store.find(attempt) ?? found);
  };
  const status = async ({ attempts }: { attempts: readonly string[] }): Promise<RoomStatus> => {
    settle(clock());
    return standing(clock(), attempts);
  };
  /** Sends all batches again, after a restore of D1; returns when they are there or failed once. */
  const flushAgain = async (): Promise<{ done: true }> => {
    store.flushAgain();
    await drain();
    return { done: true };
  };

  return {
    commands: { start, save, pause, submit, state, review, extend, end, status, flushAgain },
    alarm: async () => {
      rang();
      try {
        settle(clock());
        await drain();
        await keep();
        store.forget(clock() - keptFor);
      } catch (error) {
        log("alarm", error);
      } finally {
        arm();
      }
    },
  };
};
