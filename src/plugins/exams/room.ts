/**
 * The exam room: the attempts of a shard of one sitting, live (DESIGN.md, decision 1). Everything that changes an
 * attempt runs without awaiting in its middle, so that no other command comes between; what is slow (questions, R2, D1)
 * comes before or after.
 */
import { Conflict, Invalid, NotFound, kernelText, newId, notFound, type Instant, type PersonId, type Room, type RoomHost, type UnitId } from "#kernel";
import { isAnswered } from "#plugins/bank";
import { incidentId, type SaveInput } from "./input.ts";
import type { BreakAnswer, SaveAnswer, ShownItem } from "./input-room.ts";
import { scorePaper, shownItem, type Item } from "./rules-paper.ts";
import { roomStore, type Ended, type Incident, type Plan, type RoomAttempt, type Saved } from "./room-store.ts";
import { deadlineOf, keptFor, silentAfter, verdictOf } from "./rules.ts";
import { flushBatch } from "./service/flush.ts";
import { outbox } from "./service/outbox.ts";
import { drawPaper, loadPlan } from "./service/pool.ts";
import { text } from "./text.ts";

const minute = 60_000;
/** Silent attempts named in one answer. */
const listMost = 200;

export type StartCommand = { room: string; attempt: string; person: PersonId; unit: UnitId | null; sitting: string; revision: number; may: boolean; percent: number; breakMinutes: number; large: boolean; pledged: boolean; address: string | null };
export type Started = { state: "refused" } | { state: "running"; fresh: boolean; attempt: string; n: number; startedAt: Instant; session: number; deadline: Instant; now: Instant; title: string; perPage: number; large: boolean; breakLeft: number; onBreak: boolean; items: ShownItem[]; answers: Saved[] };
type Mine = { attempt: string; person: PersonId };
export type Outcome = { state: "running" | "graded"; score: number; passed: boolean; excellent: boolean; certificate: string | null; recorded: boolean };
export type ReviewedPaper = { items: Item[]; answers: Saved[]; incidents: Incident[] };
export type RoomStatus = { running: number; silent: number; silentAttempts: string[]; rows: { attempt: string; lastSeen: Instant; answered: number; items: number; deadline: Instant; onBreak: boolean; silent: boolean }[] };

/** A running attempt in memory: what a save needs to know, without reading. */
type Live = RoomAttempt & { known: ReadonlySet<string>; seen: Instant };

export const examRoom = (host: RoomHost, clock: () => Instant = Date.now): Room => {
  const store = roomStore(host.storage);
  const live = new Map<string, Live>();
  const { drain, keep, arm, nudge, recorded, rang, log } = outbox(host, store, clock, flushBatch);

  /* Reading */

  const liveOf = (id: string): Live | undefined => {
    const found = live.get(id);
    if (found) return found;
    const attempt = store.find(id);
    if (attempt?.state !== "running") return undefined;
    const made = { ...attempt, known: new Set(attempt.items), seen: store.lastReceived(id) ?? attempt.startedAt };
    live.set(id, made);
    return made;
  };
  const reload = (id: string): void => {
    const before = live.get(id);
    live.delete(id);
    const after = liveOf(id);
    if (before && after) after.seen = before.seen;
  };
  /** When it is over at the latest: a pause ends by itself when its minutes are used. */
  const overAt = (a: RoomAttempt): Instant => a.deadlineAt + (a.breakSince === null ? 0 : a.breakLeft);
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
      throw new Conflict(text.over);
    }
    if (found.person !== person) throw new NotFound(kernelText.notFound);
    if (now >= overAt(found)) {
      settle(now);
      throw new Conflict(text.over);
    }
    if (session !== found.session) throw new Conflict(text["taken-over"]);
    return found;
  };
  const noted = (attempt: string, kind: Incident["kind"], at: Instant, more: Partial<Pick<Incident, "id" | "by" | "minutes" | "note">> = {}): boolean =>
    store.incident({ id: more.id ?? newId(incidentId), attempt, at, kind, by: more.by ?? null, minutes: more.minutes ?? null, note: more.note ?? null });

  /* Ending */

  const close = (attempt: RoomAttempt, at: Instant, ended: Ended): void => {
    const plan = store.sitting()?.plan;
    if (!plan) throw new Error(`attempt ${attempt.id} without its sitting`);
    const answers = new Map(store.answers(attempt.id).map(({ item, value }) => [item, value]));
    const { score } = scorePaper(store.paper(attempt.id), answers);
    store.grade(attempt.id, at, ended, score, verdictOf(plan, score));
    live.delete(attempt.id);
  };
  /** Hands in what is overdue, by the server's clock, with nobody connected. */
  const settle = (now: Instant): void => {
    for (let ids = store.overdue(now); ids.length > 0; ids = store.overdue(now))
      for (const id of ids) {
        const attempt = store.find(id);
        if (attempt) close(attempt, overAt(attempt), "deadline");
      }
    nudge();
  };

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
    if (!found || !plan) throw new Conflict(text.over);
    found.seen = now;
    const { title, perPage } = plan;
    return {
      state: "running", fresh, attempt, n: found.n, startedAt: found.startedAt, session, deadline: found.deadlineAt, now, title, perPage, large: found.large, breakLeft: found.breakLeft, onBreak: found.breakSince !== null,
      items: store.paper(attempt).map(shownItem), answers: store.answers(attempt),
    };
  };
  /** Begins an attempt, or answers the one that runs, with a new session. */
  const start = async (input: StartCommand): Promise<Started> => {
    settle(clock());
    const running = store.runningOf(input.person);
    if (running) return opened(running.id, false, input.address, clock());
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
      if (taken) throw new Conflict(taken.person === input.person ? text.over : kernelText.idTaken);
      store.insert(
        { id: input.attempt, exam: plan.exam, sitting: input.sitting, person: input.person, unit: input.unit, n, startedAt: now, deadlineAt: deadlineOf(plan, now, input.percent), percent: input.percent, large: input.large, breakLeft: input.breakMinutes * minute },
        input.pledged,
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
    for (const answer of input.answers) store.save(input.attempt, input.session, input.seq, answer, isAnswered(answer.value.type, answer.value), now);
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

  const outcomeOf = (a: RoomAttempt): Outcome => ({ state: a.state, score: a.score ?? 0, passed: a.passed, excellent: a.excellent, certificate: a.certificate, recorded: a.recorded });
  /** Hands in and grades; a second time, and after the deadline, it answers what came of it. */
  const submit = async (input: Mine & { session?: number | undefined }): Promise<Outcome> => {
    const now = clock();
    const found = mine(input);
    if (found.state === "running") {
      if (now >= overAt(found)) settle(now);
      else {
        if (input.session !== undefined && input.session !== found.session) throw new Conflict(text["taken-over"]);
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
    return found ? { items: store.paper(attempt), answers: store.answers(attempt), incidents: store.incidents(attempt) } : null;
  };

  /* The proctor */

  const running = (attempt: string, now: Instant): RoomAttempt => {
    settle(now);
    const found = store.find(attempt) ?? notFound();
    if (found.state !== "running") throw new Conflict(text.over);
    return found;
  };
  /** Gives more minutes; the same incident twice counts once. */
  const extend = async ({ id, attempt, minutes, reason, by }: { id: string; attempt: string; minutes: number; reason: string; by: PersonId }): Promise<{ deadline: Instant }> => {
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
    const now = clock();
    settle(now);
    const all = store.running().map((a) => liveOf(a.id) ?? { ...a, known: new Set<string>(), seen: a.startedAt });
    const silent = all.filter((a) => now - a.seen > silentAfter);
    const asked = new Set(attempts);
    return {
      running: all.length,
      silent: silent.length,
      silentAttempts: silent.slice(0, listMost).map((a) => a.id),
      rows: all.filter((a) => asked.has(a.id)).map((a) => ({ attempt: a.id, lastSeen: a.seen, answered: store.answeredCount(a.id), items: a.items.length, deadline: overAt(a), onBreak: a.breakSince !== null, silent: now - a.seen > silentAfter })),
    };
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
