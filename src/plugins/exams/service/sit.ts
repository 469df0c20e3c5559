/** What a candidate does: see exams, start, save, pause, hand in, look at results. */
import {
  callRoom,
  commit,
  Conflict,
  kernelText,
  mainPosition,
  momentWords,
  notFound,
  type Context,
  type Instant,
  type PersonId,
} from "#kernel";
import { completedCourses, titlesOf as courseTitles } from "#plugins/courses";
import type { AttemptId, ExamId, ResultAnswer, SaveInput, SittingId } from "../input.ts";
import type { BreakAnswer, SaveAnswer, SavedAnswer, StartAnswer } from "../input-room.ts";
import type { Outcome, StartCommand, Started } from "../room.ts";
import { barrierOf, counting, isOpen, pledgeVersion, type Barrier } from "../rules.ts";
import {
  attemptsOf,
  candidaciesOf,
  findAttempt,
  findCandidacy,
  insertStarted,
  myCandidacies,
  type Attempt,
  type Candidacy,
} from "../store-attempts.ts";
import { findExam, type Outside } from "../store.ts";
import { isAsked, outsideResultsOf, type OutsideResult } from "../store-outside.ts";
import { ownExams, sitExams } from "../terms.ts";
import { deadlineIn } from "./left.ts";
import { text } from "../text.ts";

/** How long a closed sitting that one has not sat stays in one's list. */
const shownAfterClose = 30 * 86_400_000;

/** The name of a person's room at a sitting: all tries of one person meet in it. */
export const roomOf = async (sitting: string, shards: number, person: string): Promise<string> => {
  const hash = new DataView(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${sitting}/${person}`)));
  return `${sitting}/${hash.getUint32(0) % shards}`;
};

/** A sitting as one stands to it. */
export type MySitting = {
  sitting: Candidacy;
  attempts: Attempt[];
  counts: Attempt | undefined;
  running: Attempt | undefined;
  state: "upcoming" | "open" | "running" | "closed";
};
const mySitting = (ctx: Context, sitting: Candidacy, all: readonly Attempt[]): MySitting => {
  const attempts = all.filter((a) => a.sitting === sitting.id);
  const running = attempts.find((a) => a.state === "running");
  return {
    sitting,
    attempts,
    counts: counting(sitting.counts, attempts),
    running,
    state: running ? "running" : ctx.now < sitting.opensAt ? "upcoming" : isOpen(sitting, ctx.now) ? "open" : "closed",
  };
};
/** A page of what one may sit now, soon or lately, and of what one has sat: what closes last first. */
const mineAfter = async (ctx: Context, after: { at: number; id: string } | null, limit: number): Promise<MySitting[]> => {
  const { person } = ctx.allow(ownExams);
  const sittings = await myCandidacies(ctx, person, ctx.now - shownAfterClose, after, limit);
  const attempts = await attemptsOf(
    ctx,
    person,
    sittings.map((s) => s.id),
  );
  return sittings.map((s) => mySitting(ctx, s, attempts));
};
const pageSize = 100;
/** The same as pages of the API; `next` is the key after which the next one begins. */
export const listMinePage = async (
  ctx: Context,
  input: { after?: string | undefined; limit?: number | undefined },
): Promise<{ rows: MySitting[]; next: string | null }> => {
  const limit = input.limit ?? pageSize;
  const [at = "", id = ""] = (input.after ?? "").split(".");
  const rows = await mineAfter(ctx, input.after === undefined ? null : { at: Number(at), id }, limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last ? `${last.sitting.closesAt}.${last.sitting.id}` : null };
};
/** The latest hundred of them: what runs and is open first. */
export const listMine = async (ctx: Context): Promise<MySitting[]> => {
  const order = { running: 0, open: 1, upcoming: 2, closed: 3 } as const;
  return (await mineAfter(ctx, null, pageSize)).toSorted(
    (a, b) =>
      order[a.state] - order[b.state] ||
      (a.state === "upcoming" ? a.sitting.opensAt - b.sitting.opensAt : a.sitting.closesAt - b.sitting.closesAt),
  );
};
/** One's own results from outside. */
export const myOutside = (ctx: Context): Promise<OutsideResult[]> => outsideResultsOf(ctx, ctx.allow(ownExams).person, null);
/**
 * What is open or soon and not passed yet, but for what runs, which stands first of all, and what an open assignment asks:
 * that stands in the list of what is due, once. Null: nothing.
 */
export const myOpen = async (ctx: Context): Promise<MySitting[] | null> => {
  const open = (await listMine(ctx)).filter(
    (s) =>
      !s.sitting.assigned &&
      (s.state === "open" || s.state === "upcoming") &&
      s.counts?.passed !== true &&
      s.attempts.length < s.sitting.tries,
  );
  return open.length > 0 ? open.slice(0, 5) : null;
};

export type AfterCourse = { course: string; title: string; done: boolean };
export type SeenExam = {
  exam: ExamId;
  title: string;
  notice: string;
  /** Where it is sat elsewhere. */
  outside: Outside | null;
  /** Results that came from outside. */
  results: OutsideResult[];
  sittings: (MySitting & { barrier: Barrier | null; after: AfterCourse[]; /** Of what runs. */ deadline: Instant | null })[];
};
/**
 * One exam with the sittings that one may sit or has sat; also one that is sat elsewhere, for whom it is due or who has a result.
 * @throws {NotFound} there is none such
 */
export const seeExam = async (ctx: Context, id: ExamId): Promise<SeenExam> => {
  const { person } = ctx.allow(ownExams);
  const [sittings, results] = [await candidaciesOf(ctx, id, person), await outsideResultsOf(ctx, person, id)];
  const exam = (await findExam(ctx, id)) ?? notFound();
  if (sittings.length === 0 && results.length === 0 && (exam.outside === null || !(await isAsked(ctx, person, id)))) return notFound();
  const attempts = await attemptsOf(
    ctx,
    person,
    sittings.map((s) => s.id),
  );
  const courses = await coursesFor(ctx, person, [...new Set(sittings.flatMap((s) => s.after))]);
  return {
    exam: id,
    title: exam.title,
    notice: exam.notice,
    outside: exam.outside,
    results,
    sittings: await Promise.all(
      sittings.map(async (sitting) => {
        const after = courses.filter((c) => sitting.after.includes(c.course));
        const mine = mySitting(ctx, sitting, attempts);
        const deadline = mine.running ? await deadlineIn(ctx, mine.running) : null;
        return { ...mine, after, deadline, barrier: barrierTo(ctx, sitting, after) };
      }),
    ),
  };
};
/** Which of some courses one has completed, with their titles. */
export const coursesFor = async (ctx: Context, person: PersonId, ids: readonly string[]): Promise<AfterCourse[]> => {
  if (ids.length === 0) return [];
  const [done, titles] = await Promise.all([completedCourses(ctx, person, ids), courseTitles(ctx, ids)]);
  return ids.map((course) => ({ course, title: titles.get(course) ?? course, done: done.has(course) }));
};
/** The first thing that stands between somebody and a new attempt, or null. */
export const barrierTo = (ctx: Context, sitting: Candidacy, after: readonly AfterCourse[]): Barrier | null =>
  barrierOf(sitting, { used: sitting.used, missing: after.flatMap((c) => (c.done ? [] : [`《${c.title}》`])) }, ctx.now, (at) =>
    momentWords(at, ctx.zone, ctx.language),
  );

/**
 * Begins an attempt at a sitting, or answers the one that runs with what was saved and a new session. Where the sitting asks
 * for the honesty pledge none begins without it; which version was given is kept with the attempt.
 * @throws {NotFound} no such sitting, or not for this person
 * @throws {Conflict} not open, courses, tries or the pledge missing, or the id is another attempt's
 */
export async function startAttempt(
  ctx: Context,
  input: { exam: ExamId; id: AttemptId; sitting: SittingId; pledge: boolean },
): Promise<StartAnswer> {
  const actor = ctx.allow(sitExams);
  const sitting = (await findCandidacy(ctx, input.exam, input.sitting, actor.person, input.id)) ?? notFound();
  if (!sitting.may && sitting.used === 0) return notFound();
  if (sitting.taken) throw new Conflict(kernelText.idTaken);
  // Where an attempt runs, the room answers it whatever stands in the way of a new one.
  const barrier = barrierTo(ctx, sitting, await coursesFor(ctx, actor.person, sitting.after));
  const room = await roomOf(sitting.id, sitting.shards ?? 1, actor.person);
  const command: StartCommand = {
    room,
    attempt: input.id,
    person: actor.person,
    unit: sitting.unit ?? mainPosition(actor.positions)?.unit ?? null,
    sitting: sitting.id,
    revision: sitting.revision,
    may: sitting.may && barrier === null && (input.pledge || !sitting.pledge),
    percent: sitting.percent,
    breakMinutes: sitting.breakMinutes,
    large: sitting.large,
    pledged: sitting.pledge && input.pledge ? pledgeVersion : 0,
    address: ctx.request.address,
  };
  const started = await callRoom<Started>(ctx.env.EXAM_ROOM, room, "start", command);
  if (started.state === "refused") {
    if (barrier !== null) throw new Conflict(barrier.words, barrier.facts);
    if (sitting.may) throw new Conflict(text["pledge-first"]);
    return notFound();
  }
  const { state: _, fresh, startedAt, ...answer } = started;
  if (fresh || sitting.running !== started.attempt)
    await commit(ctx, {
      statements: [
        insertStarted({
          id: started.attempt,
          exam: input.exam,
          sitting: sitting.id,
          person: actor.person,
          unit: command.unit,
          room,
          n: started.n,
          startedAt,
        }),
      ],
      audit: {
        command: "exams.start",
        object: { kind: "attempt", id: started.attempt },
        unit: command.unit,
        after: { exam: input.exam, sitting: sitting.id, n: started.n, pledge: command.pledged },
        ...(command.pledged > 0 ? { note: `pledge ${command.pledged}` } : {}),
      },
    });
  remember(started.attempt, { room, person: actor.person });
  // The room keeps what this very schema let in, so the values are answers.
  return { ...answer, answers: answer.answers as SavedAnswer[] };
}

type Place = { room: string; person: PersonId };
/** Where attempts live and whose they are never changes, so an isolate may remember it. */
const places = new Map<string, Place>();
const mostPlaces = 20_000;
const remember = (attempt: string, place: Place): Place => {
  if (places.size >= mostPlaces) places.clear();
  places.set(attempt, place);
  return place;
};
/** The room of one's own attempt. @throws {NotFound} there is none such, or it is another's */
const placeOf = async (ctx: Context, attempt: AttemptId, person: PersonId): Promise<string> => {
  let found = places.get(attempt);
  if (!found) {
    const row = (await findAttempt(ctx, attempt)) ?? notFound();
    found = remember(attempt, { room: row.room, person: row.person });
  }
  return found.person === person ? found.room : notFound();
};

/**
 * Keeps answers; what was acknowledged is never lost. For each item the highest (session, seq) wins.
 * @throws {NotFound} no attempt of one's own
 * @throws {Conflict} `taken-over` by another session; `over` after the deadline
 */
export async function saveAnswers(ctx: Context, { id, ...input }: SaveInput & { id: AttemptId }): Promise<SaveAnswer> {
  const { person } = ctx.allow(sitExams);
  return callRoom<SaveAnswer>(ctx.env.EXAM_ROOM, await placeOf(ctx, id, person), "save", { ...input, attempt: id, person });
}
/** Begins or ends a pause, where an accommodation gives one. */
export async function takeBreak(ctx: Context, { id, ...input }: { id: AttemptId; session: number; on: boolean }): Promise<BreakAnswer> {
  const { person } = ctx.allow(sitExams);
  return callRoom<BreakAnswer>(ctx.env.EXAM_ROOM, await placeOf(ctx, id, person), "pause", { ...input, attempt: id, person });
}
const answerOf = ({ score, passed, excellent, certificate, recorded }: Omit<Outcome, "state">): ResultAnswer => ({
  score: score / 100,
  passed,
  excellent,
  ...(certificate === null ? {} : { certificate }),
  recorded,
});
/** Hands in and grades. Sent again, it answers the same. */
export async function submitAttempt(ctx: Context, { id, session }: { id: AttemptId; session?: number | undefined }): Promise<ResultAnswer> {
  const { person } = ctx.allow(sitExams);
  return answerOf(await callRoom<Outcome>(ctx.env.EXAM_ROOM, await placeOf(ctx, id, person), "submit", { attempt: id, person, session }));
}
/** How one's attempt stands: from D1 once it is recorded there, else from its room. @throws {NotFound} no attempt of one's own */
export async function attemptState(
  ctx: Context,
  id: AttemptId,
): Promise<{ state: "running"; recorded: false } | ({ state: "graded" } & ResultAnswer)> {
  const { person } = ctx.allow(ownExams);
  const row = (await findAttempt(ctx, id)) ?? notFound();
  if (row.person !== person) return notFound();
  if (row.state === "graded")
    return {
      state: "graded",
      ...answerOf({
        score: row.score ?? 0,
        passed: row.passed === true,
        excellent: row.excellent === true,
        certificate: row.certificate,
        recorded: true,
      }),
    };
  const outcome = await callRoom<Outcome>(ctx.env.EXAM_ROOM, row.room, "state", { attempt: id, person });
  return outcome.state === "running" ? { state: "running", recorded: false } : { state: "graded", ...answerOf(outcome) };
}
