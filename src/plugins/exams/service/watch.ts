/** What officers and proctors do while a sitting runs, and for single candidates. */
import { callRoom, commit, Invalid, isAllowed, NotFound, notFound, type Context } from "#kernel";
import { manageCertificates } from "#plugins/certificates";
import type { AttemptId, ExamId, SittingId } from "../input.ts";
import type { Outcome, ReviewedPaper } from "../room.ts";
import type { RoomStatus } from "./floor.ts";
import type { Incident } from "../room-store.ts";
import {
  findPersonWithin,
  listAccommodations,
  listAttempts,
  listCandidates,
  listNow,
  putAccommodation,
  type ListedAccommodation,
  type SittingNow,
  type Watched,
} from "../store-watch.ts";
import { findAttemptWithin, type Attempt } from "../store-attempts.ts";
import { readCounts } from "../store-counts.ts";
import { findExam, sittingsOf, type Exam, type Sitting } from "../store.ts";
import { accommodate, watchExams } from "../terms.ts";
import { text } from "../text.ts";

const pageSize = 50;
export type WatchState = "absent" | "running" | "silent" | "graded";
export type WatchedRow = Watched & { live: RoomStatus["rows"][number] | undefined };
export type Watch = {
  exam: Exam;
  sittings: Sitting[];
  sitting: Sitting;
  totals: { due: number; started: number; running: number; saving: number; silent: number; graded: number; absent: number };
  rows: WatchedRow[];
  next: string | null;
  /** Whether the certificates of this sitting may be printed from here. */
  prints: boolean;
};

const everyRoom = (sitting: Sitting): string[] => Array.from({ length: sitting.shards ?? 0 }, (_, n) => `${sitting.id}/${n}`);
const statusOf = async (
  ctx: Context,
  rooms: readonly string[],
  attempts: readonly { room: string | null; attempt: string | null }[],
): Promise<RoomStatus[]> =>
  Promise.all(
    rooms.map((room) =>
      callRoom<RoomStatus>(ctx.env.EXAM_ROOM, room, "status", {
        attempts: attempts.flatMap((a) => (a.room === room && a.attempt !== null ? [a.attempt] : [])),
      }),
    ),
  );

/** A sitting as it runs: numbers, and a page of candidates within the reach. @throws {NotFound} not published, or no such sitting */
export async function watchSitting(
  ctx: Context,
  input: { exam: ExamId; sitting?: SittingId | undefined; state?: WatchState | undefined; after?: string | undefined },
): Promise<Watch> {
  const actor = ctx.allow(watchExams);
  const reach = ctx.reach(watchExams);
  const exam = (await findExam(ctx, input.exam)) ?? notFound();
  if (exam.state === "draft") return notFound();
  const sittings = await sittingsOf(ctx, exam.id);
  const sitting =
    (input.sitting === undefined
      ? (sittings.find((s) => s.closesAt > ctx.now) ?? sittings.at(-1))
      : sittings.find((s) => s.id === input.sitting)) ?? notFound();
  const counted = await readCounts(ctx, sitting.id, reach);
  // Where nobody is under way no room is woken.
  const statuses = counted.running > 0 ? await statusOf(ctx, everyRoom(sitting), []) : [];
  const silentAttempts = statuses.flatMap((s) => s.silentAttempts);
  const silentRows =
    silentAttempts.length > 0
      ? await listAttempts(
          ctx,
          sitting.id,
          reach,
          { attempts: silentAttempts },
          input.state === "silent" ? (input.after ?? "") : "",
          pageSize + 1,
        )
      : [];
  const { state, after = "" } = input;
  const rows =
    state === "silent"
      ? silentRows
      : state === "running" || state === "graded"
        ? await listAttempts(ctx, sitting.id, reach, { state }, after, pageSize + 1)
        : await listCandidates(ctx, sitting.id, reach, state === "absent", after, pageSize + 1);
  const shown = rows.slice(0, pageSize);
  const under = shown.filter((row) => row.state === "running");
  const lives = new Map(
    (await statusOf(ctx, [...new Set(under.flatMap((row) => row.room ?? []))], under))
      .flatMap((s) => s.rows)
      .map((row) => [row.attempt, row]),
  );
  const silent = reach.all ? statuses.reduce((sum, s) => sum + s.silent, 0) : silentRows.length;
  return {
    exam,
    sittings,
    sitting,
    totals: {
      due: counted.due,
      started: counted.started,
      running: counted.running,
      silent,
      saving: Math.max(0, counted.running - silent),
      graded: counted.graded,
      absent: Math.max(0, counted.due - counted.started),
    },
    rows: shown.map((row) => ({ ...row, live: row.attempt === null ? undefined : lives.get(row.attempt) })),
    next: rows.length > pageSize ? (shown.at(-1)?.key ?? null) : null,
    prints: exam.certificate && isAllowed(actor, manageCertificates),
  };
}
/** Sittings that run now or begin within a week; null: none. */
export const sittingsNow = async (ctx: Context): Promise<SittingNow[] | null> => {
  const rows = await listNow(ctx, ctx.reach(watchExams), ctx.now, ctx.now + 7 * 86_400_000, 10);
  return rows.length > 0 ? rows : null;
};
/** One attempt with its incidents. @throws {NotFound} outside the reach */
export async function watchAttempt(
  ctx: Context,
  input: { exam: ExamId; attempt: AttemptId },
): Promise<{
  exam: Exam;
  attempt: Attempt & { name: string };
  incidents: Incident[];
  /** The version of the pledge that was given; 0: none, or the room does not know it any more. */
  pledged: number;
  live: RoomStatus["rows"][number] | undefined;
}> {
  const attempt = await within(ctx, input);
  const exam = (await findExam(ctx, input.exam)) ?? notFound();
  const [paper, status] = await Promise.all([
    callRoom<ReviewedPaper | null>(ctx.env.EXAM_ROOM, attempt.room, "review", { attempt: attempt.id }),
    statusOf(ctx, [attempt.room], [{ room: attempt.room, attempt: attempt.id }]),
  ]);
  return { exam, attempt, incidents: paper?.incidents ?? [], pledged: paper?.pledged ?? 0, live: status[0]?.rows[0] };
}
const within = async (ctx: Context, { exam, attempt }: { exam: ExamId; attempt: AttemptId }) => {
  ctx.allow(watchExams);
  return (await findAttemptWithin(ctx, exam, attempt, ctx.reach(watchExams))) ?? notFound();
};

/**
 * Gives one attempt more minutes, with a reason. The same incident again changes nothing.
 * @throws {NotFound} outside the reach
 * @throws {Conflict} it is over
 */
export async function extendAttempt(
  ctx: Context,
  input: { exam: ExamId; id: string; attempt: AttemptId; minutes: number; reason: string },
): Promise<{ deadline: number }> {
  const actor = ctx.allow(watchExams);
  const attempt = await within(ctx, input);
  const answer = await callRoom<{ deadline: number }>(ctx.env.EXAM_ROOM, attempt.room, "extend", {
    id: input.id,
    attempt: attempt.id,
    minutes: input.minutes,
    reason: input.reason,
    by: actor.person,
  });
  await commit(ctx, {
    statements: [],
    audit: {
      command: "exams.extend",
      object: { kind: "attempt", id: attempt.id },
      unit: attempt.unit,
      after: { minutes: input.minutes, deadline: answer.deadline },
      note: input.reason,
    },
  });
  return answer;
}
/** Ends one attempt now, with a reason; what was saved is graded. @throws {NotFound} outside the reach */
export async function endAttempt(ctx: Context, input: { exam: ExamId; id: string; attempt: AttemptId; reason: string }): Promise<void> {
  const actor = ctx.allow(watchExams);
  const attempt = await within(ctx, input);
  await callRoom<Outcome>(ctx.env.EXAM_ROOM, attempt.room, "end", {
    id: input.id,
    attempt: attempt.id,
    reason: input.reason,
    by: actor.person,
  });
  await commit(ctx, {
    statements: [],
    audit: {
      command: "exams.end",
      object: { kind: "attempt", id: attempt.id },
      unit: attempt.unit,
      after: { ended: true },
      note: input.reason,
    },
  });
}

/** An exam's accommodations, of candidates within the reach; for officers alone. */
export async function seeAccommodations(ctx: Context, exam: ExamId): Promise<ListedAccommodation[]> {
  ctx.allow(accommodate);
  return listAccommodations(ctx, exam, ctx.reach(accommodate));
}
/**
 * More time, breaks and large print for one candidate of one exam, with a reason; counts for attempts that start later.
 * @throws {Invalid} nobody of that login or employee number within the reach
 */
export async function setAccommodation(
  ctx: Context,
  input: { exam: ExamId; whom: string; percent: number; breaks: number; large: boolean; reason: string },
): Promise<void> {
  const actor = ctx.allow(accommodate);
  const exam = await findExam(ctx, input.exam);
  if (exam === undefined || exam.outside !== null) throw new NotFound(text.outside);
  const person = await findPersonWithin(ctx, input.whom.trim(), ctx.reach(accommodate));
  if (!person) throw new Invalid(text.noSuchPerson, {}, [{ field: "whom", code: "whom", words: text.noSuchPerson }]);
  const { percent, breaks: breakMinutes, large } = input;
  await commit(ctx, {
    statements: [putAccommodation(ctx, input.exam, person.id, { percent, breakMinutes, large }, input.reason, actor.person)],
    audit: {
      command: "exams.accommodate",
      object: { kind: "person", id: person.id },
      unit: person.unit,
      after: { exam: input.exam, percent, breakMinutes, large },
      note: input.reason,
    },
  });
}
