/** How far a reader is in a course, and where it goes on. */
import { say, type Language } from "#kernel";
import type { Step } from "#ui";
import { nextOf, type Done } from "./rules.ts";
import type { Standing, Study } from "./store.ts";
import { text } from "./text.ts";

/** What of a course is done. */
export const doneOf = (standing: Standing): Done => ({
  lessons: new Set(standing.studies.filter((s) => s.doneAt !== null).map((s) => s.lesson)),
  cases: new Set(standing.ended),
});
/** The address at which a lesson is gone on with: at the section where the reader stopped. */
export const lessonPath = (course: string, lesson: string, study?: Study) => {
  const section = study?.doneAt == null ? (study?.anchor?.split(".")[0] ?? "") : "";
  return `/courses/${course}/${lesson}${section === "" ? "" : `#${section}`}`;
};
/** The address of a case. */
export const casePath = (course: string, story: string) => `/courses/${course}/cases/${story}`;
/** How many parts of a course are done, of how many. */
export const counts = (standing: Standing) => {
  const done = doneOf(standing);
  return { part: done.lessons.size + done.cases.size, whole: standing.outline.lessons.length + standing.outline.cases.length };
};

/** How far a reader is in some lessons of a course alone. */
export const onlyLessons = (standing: Standing, lessons: ReadonlySet<string>): Standing => ({
  ...standing,
  outline: { ...standing.outline, lessons: standing.outline.lessons.filter(({ id }) => lessons.has(id)), cases: [] },
  studies: standing.studies.filter(({ lesson }) => lessons.has(lesson)),
  ended: [],
});
/** Where a course goes on, what that is in words, and how long it takes; null: all of it is done. `whole`: what its lessons are numbered in. */
export const stepOf = (language: Language, standing: Standing, whole: Standing = standing): Step | null => {
  const next = nextOf(standing.outline, doneOf(standing));
  if (next === null) return null;
  const place = standing.progress;
  // Where the reader stopped, if that is not done yet; else the first that is open.
  const stopped =
    place?.completedAt === null &&
    place.placeKind === "lesson" &&
    standing.studies.some((s) => s.lesson === place.place && s.doneAt === null)
      ? place.place
      : null;
  const lesson = standing.outline.lessons.find((l) => l.id === (stopped ?? (next.kind === "lesson" ? next.id : "")));
  const story = lesson === undefined ? standing.outline.cases.find((c) => c.id === next.id) : undefined;
  const study = standing.studies.find((s) => s.lesson === lesson?.id);
  const how = { ...counts(standing), begun: place !== null };
  if (lesson === undefined)
    return {
      ...how,
      href: casePath(standing.id, story?.id ?? ""),
      words: say(language, text.nextCase, { title: story?.title ?? "" }),
      minutes: null,
    };
  return {
    ...how,
    href: study?.readAt != null ? `/courses/${standing.id}/${lesson.id}/check` : lessonPath(standing.id, lesson.id, study),
    words: say(language, text.nextLesson, { n: whole.outline.lessons.findIndex(({ id }) => id === lesson.id) + 1, title: lesson.title }),
    minutes: lesson.minutes,
  };
};
