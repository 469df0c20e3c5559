/** The commands of study: a course as one finds it, lessons read and answered, time measured. */
import { commit, Conflict, newId, notFound, record, recordId, type Context, type PersonId, type Pending, type Signal } from "#kernel";
import { renderTexts } from "#plugins/statutes";
import type { BeatInput } from "./input.ts";
import { credited, isCourseDone, nextOf, type Done } from "./rules.ts";
import { doneOf } from "./rules-steps.ts";
import {
  findBeat,
  findStanding,
  listStandings,
  markCompleted,
  markRead,
  openStudy,
  putAnchor,
  putBeat,
  startProgress,
  touch,
  type Progress,
  type Standing,
  type Study,
} from "./store.ts";
import { findPart } from "./store-content.ts";
import { completed, courseCompleted, study } from "./terms.ts";
import { text } from "./text.ts";

/** A class is 45 minutes. */
const secondsAnHour = 45 * 60;

/** The one next step of a course, for its page and for cards. */
export const nextStep = (standing: Standing) => nextOf(standing.outline, doneOf(standing));

/** All courses with how far the reader is. */
export const seeCourses = (ctx: Context): Promise<Standing[]> => listStandings(ctx, ctx.allow(study).person);
/** One course. @throws {NotFound} there is none, or it was withdrawn before the reader began */
export async function seeCourse(ctx: Context, course: string): Promise<Standing> {
  const standing = (await findStanding(ctx, ctx.allow(study).person, course)) ?? notFound();
  return standing.retiredAt !== null && standing.progress === null ? notFound() : standing;
}

/** What follows where a part is done: perhaps the course is, and then it is recorded with its declared hours. */
export const completion = (
  ctx: Context,
  person: PersonId,
  standing: Standing,
  progress: Progress,
  done: Done,
): { statements: Pending[]; signals: Signal[] } => {
  if (progress.completedAt !== null || !isCourseDone(standing.outline, done)) return { statements: [], signals: [] };
  return {
    statements: [
      ...markCompleted(ctx, progress.id, standing.id),
      record({
        verb: completed,
        object: { kind: "course", id: standing.id },
        person,
        seconds: Math.round(standing.hours * secondsAnHour),
        once: [progress.id],
      }),
    ],
    signals: [courseCompleted({ person, course: standing.id, at: ctx.now })],
  };
};
/** The reader's round of a course, begun here if there is none. Two windows that begin at once share the one that was first. */
export async function begun(
  ctx: Context,
  standing: Standing,
  place: { kind: "lesson" | "case"; id: string },
): Promise<{ standing: Standing; progress: Progress }> {
  const { person } = ctx.allow(study);
  if (standing.progress !== null) return { standing, progress: standing.progress };
  try {
    await commit(ctx, {
      statements: startProgress(ctx, {
        id: newId(recordId),
        person,
        course: standing.id,
        hash: standing.current,
        round: 1,
        placeKind: place.kind,
        place: place.id,
      }),
      audit: { command: "courses.start", object: { kind: "course", id: standing.id } },
    });
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
  const found = (await findStanding(ctx, person, standing.id)) ?? notFound();
  return { standing: found, progress: found.progress ?? notFound() };
}
/** A further round of a course that was completed, in its newest version. Sent again, it changes nothing. */
export async function studyAgain(ctx: Context, { course, id }: { course: string; id: string }): Promise<void> {
  const { person } = ctx.allow(study);
  const standing = await seeCourse(ctx, course);
  const { progress } = standing;
  if (progress === null || progress.id === id || standing.retiredAt !== null) return;
  if (progress.completedAt === null) throw new Conflict(text.movedOn);
  await commit(ctx, {
    statements: startProgress(ctx, {
      id,
      person,
      course,
      hash: standing.current,
      round: progress.round + 1,
      placeKind: "lesson",
      place: standing.outline.lessons[0]?.id ?? "",
    }),
    audit: { command: "courses.again", object: { kind: "course", id: course }, after: { id } },
  });
}

export type LessonPage = {
  standing: Standing;
  n: number;
  title: string;
  minutes: number;
  html: string;
  study: Study | null;
  flagged: boolean;
};
/**
 * A lesson to read. Opening it begins the course and remembers the place, unless a browser only looks ahead.
 * @throws {NotFound} no such lesson in the reader's version of the course
 */
export async function openLesson(
  ctx: Context,
  { course, lesson }: { course: string; lesson: string },
  ahead: boolean,
): Promise<LessonPage> {
  let standing = await seeCourse(ctx, course);
  const part = (await findPart(ctx, course, standing.hash, "lesson", lesson)) ?? notFound();
  if (!ahead && standing.progress?.completedAt == null) {
    const begin = await begun(ctx, standing, { kind: "lesson", id: lesson });
    const { progress } = begin;
    standing = begin.standing;
    if (progress.place !== lesson || !standing.studies.some((s) => s.lesson === lesson))
      await commit(ctx, { statements: [openStudy(ctx, progress.id, lesson), touch(ctx, progress.id, "lesson", lesson)], audit: null });
  }
  const [html] = await renderTexts(ctx, [part.body.markdown]);
  return {
    standing,
    n: standing.outline.lessons.findIndex((l) => l.id === lesson) + 1,
    title: part.title,
    minutes: part.body.minutes,
    html,
    study: standing.studies.find((s) => s.lesson === lesson) ?? null,
    flagged: part.flagged,
  };
}
/**
 * The lesson in the reader's round, for what follows reading.
 * @throws {NotFound} there is no such lesson
 * @throws {Conflict} it was never opened
 */
export const openedLesson = async (ctx: Context, course: string, lesson: string) => {
  const standing = await seeCourse(ctx, course);
  const { progress } = standing;
  const opened = standing.studies.find((s) => s.lesson === lesson);
  const part = (await findPart(ctx, course, standing.hash, "lesson", lesson)) ?? notFound();
  if (progress === null || opened === undefined) throw new Conflict(text.readFirst);
  return { standing, progress, opened, part };
};
/** The reader says 读完了: the check questions open. @throws {Conflict} the lesson was never opened */
export async function readLesson(ctx: Context, { course, lesson }: { course: string; lesson: string }): Promise<void> {
  ctx.allow(study);
  const { progress, opened } = await openedLesson(ctx, course, lesson);
  if (opened.readAt !== null) return;
  await commit(ctx, {
    statements: [markRead(ctx, progress.id, lesson)],
    audit: { command: "courses.read", object: { kind: "lesson", id: `${course}/${lesson}` } },
  });
}

/**
 * A beat of reading time, and where the reader is. What does not count (replayed, another tab was first) answers with
 * the number that did, and changes nothing.
 * @throws {NotFound} the lesson was never opened
 */
export async function beatLesson(
  ctx: Context,
  { course, lesson, n, anchor }: BeatInput,
): Promise<{ n: number; seconds: number; counted: boolean }> {
  const { person } = ctx.allow(study);
  const found = (await findBeat(ctx, person, course, lesson)) ?? notFound();
  const last = found.n === null || found.at === null ? null : { n: found.n, at: found.at };
  const earned = n === 0 ? null : credited(last, found.openedAt, { n, at: ctx.now });
  const place = anchor === "" ? [] : [putAnchor(found.progress, lesson, anchor)];
  const unchanged = { n: found.n ?? 0, seconds: found.seconds, counted: false };
  if (earned === null) {
    await commit(ctx, { statements: place, audit: null });
    return unchanged;
  }
  try {
    await commit(ctx, {
      statements: [...putBeat(ctx, { person, n, progress: found.progress, lesson, seconds: earned }), ...place],
      audit: null,
    });
    return { n, seconds: found.seconds + earned, counted: true };
  } catch (error) {
    // Another tab's beat came in between and counted in this one's stead.
    if (error instanceof Conflict) return unchanged;
    throw error;
  }
}
