/**
 * The exam room: the attempts of a shard of one sitting, live (DESIGN.md, decision 1). Everything that changes an
 * attempt runs without awaiting in its middle, so that no other command comes between; what is slow (questions, R2, D1)
 * comes before or after.
 */
import { Conflict, Invalid, NotFound, kernelText, newId, type Instant, type PersonId, type Room, type RoomHost, type UnitId } from "#kernel";
import { isAnswered, type Question } from "#plugins/bank";
import { incidentId, type SaveInput } from "./input.ts";
import { chanceFrom, drawQuestions, makePaper, scorePaper, shownItem, type Drawn, type Item } from "./rules-paper.ts";
import type { BreakAnswer, SaveAnswer, ShownItem } from "./input-room.ts";
import { roomStore, type Ended, type Incident, type Plan, type RoomAttempt, type Saved } from "./room-store.ts";
import { deadlineOf, keptFor, silentAfter, verdictOf } from "./rules.ts";
import { flushBatch } from "./service/flush.ts";
import { loadPlan, loadQuestions, paperSeeds } from "./service/pool.ts";
import type { Graded } from "./store.ts";
import { text } from "./text.ts";

const minute = 60_000;
/** Attempts in one batch to D1. */
const batchMost = 100;
/** How long a hand-in waits for its own batch, ms. */
const patience = 3_000;
/** After a failed batch or paper: the first pause and the longest, ms. */
const firstPause = 2_000;
const longestPause = 60_000;
const papersAtOnce = 50;
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
  const waiting = new Map<string, (() => void)[]>();
  let draining: Promise<void> | null = null;
  let keeping: Promise<void> | null = null;
  let failures = 0;
  let retryAt: Instant = 0;
  let armed: Instant | null | undefined;

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
    if (store.waitsForFlush() && clock() >= retryAt) void drain();
  };
  const gradedOf = (a: RoomAttempt): Graded => ({ id: a.id, exam: a.exam, sitting: a.sitting, person: a.person, unit: a.unit, n: a.n, startedAt: a.startedAt, submittedAt: a.submittedAt ?? a.deadlineAt, ended: a.ended ?? "deadline", score: a.score ?? 0, passed: a.passed, excellent: a.excellent });
  /** Sends batch after batch until D1 has all; one at a time. What fails is tried again by the alarm. */
  const drain = (): Promise<void> => {
    draining ??= (async () => {
      // So that the promise is kept before its end takes it away again.
      await Promise.resolve();
      try {
        const room = store.sitting()?.room;
        for (let n = store.nextBatch(clock(), batchMost); n !== null && room !== undefined; n = store.nextBatch(clock(), batchMost)) {
          const batch = store.batch(n);
          store.flushed(n, clock(), await flushBatch(host.context(clock()), room, n, batch.map(gradedOf)));
          failures = 0;
          for (const { id } of batch) {
            for (const wake of waiting.get(id) ?? []) wake();
            waiting.delete(id);
          }
        }
      } catch (error) {
        failures++;
        retryAt = clock() + Math.min(longestPause, firstPause * 2 ** (failures - 1));
        console.error(JSON.stringify({ room: store.sitting()?.room, flush: failures, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }));
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
            const { items: _, ...facts } = attempt;
            await env.FILES.put(`exams/papers/${id}.json`, JSON.stringify({ ...facts, items: store.paper(id), answers: attempt.state === "graded" ? store.answers(id) : [], incidents: store.incidents(id) }));
            store.kept(id, attempt.state);
          }
      } catch (error) {
        console.error(JSON.stringify({ room: store.sitting()?.room, papers: error instanceof Error ? error.message : String(error) }));
      } finally {
        keeping = null;
        arm();
      }
    })();
    return keeping;
  };
  /** One alarm, at the earliest of what is to come. */
  const arm = (): void => {
    const now = clock();
    const oldest = store.oldest();
    const times = [store.nextDeadline(), store.waitsForFlush() ? Math.max(retryAt, now + firstPause) : null, store.unkept(1).length > 0 ? now + firstPause * 5 : null, oldest === null ? null : oldest + keptFor].filter((t) => t !== null);
    const next = times.length === 0 ? null : Math.min(...times);
    if (next === armed) return;
    armed = next;
    void (next === null ? host.storage.deleteAlarm() : host.storage.setAlarm(Math.max(next, now + 1)));
  };

  /* Starting */

  const planFor = async (input: StartCommand): Promise<Plan> => {
    const held = store.sitting();
    if (held && held.revision >= input.revision) return held.plan;
    const { revision, plan } = await loadPlan(host.context(clock()), input.sitting);
    store.putSitting(input.sitting, input.room, revision, plan);
    return plan;
  };
  const bodiesOf = (drawn: readonly Drawn[]): { bodies: Map<string, Question>; missing: Drawn[] } => {
    const bodies = new Map<string, Question>();
    const missing: Drawn[] = [];
    for (const one of drawn) {
      const body = store.question(one.question, one.version);
      if (body === undefined) missing.push(one);
      else bodies.set(`${one.question}@${one.version}`, JSON.parse(body) as Question);
    }
    return { bodies, missing };
  };
  /** The paper of a try, drawn; what it needs is in the room afterwards. */
  const paperFor = async (plan: Plan, input: StartCommand, n: number): Promise<Item[]> => {
    const ctx = host.context(clock());
    const seeds = await paperSeeds(ctx, plan.exam, input.sitting, input.person, n);
    const chance = chanceFrom(seeds.draw);
    const drawn = drawQuestions(plan.blueprint, plan.lines, plan.shuffle, chance);
    if (drawn === null) throw new Conflict(text["pool-short-now"]);
    const { missing } = bodiesOf(drawn);
    if (missing.length > 0) for (const question of await loadQuestions(ctx, missing)) store.putQuestion(question.id, question.version, JSON.stringify(question));
    return makePaper(drawn, bodiesOf(drawn).bodies, plan.shuffle, chance, chanceFrom(seeds.names));
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
      const paper = await paperFor(plan, input, n);
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
  const recorded = async (attempt: string): Promise<void> => {
    const woken = new Promise<void>((resolve) => waiting.set(attempt, [...(waiting.get(attempt) ?? []), resolve]));
    void drain();
    await Promise.race([woken, new Promise<void>((resolve) => setTimeout(resolve, patience))]);
  };
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
    const found = store.find(attempt) ?? notThere();
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
    const found = store.find(attempt) ?? notThere();
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
      armed = null;
      try {
        settle(clock());
        await drain();
        await keep();
        store.forget(clock() - keptFor);
      } catch (error) {
        console.error(JSON.stringify({ room: store.sitting()?.room, alarm: error instanceof Error ? (error.stack ?? error.message) : String(error) }));
      } finally {
        arm();
      }
    },
  };
};
const notThere = (): never => {
  throw new NotFound(kernelText.notFound);
};
