/** What a requirement asks, and where it is done. Pure. */
import { z } from "zod";
import type { Slot } from "#kernel";

/** What a requirement asks: to study something, to pass an exam, or both. */
export const slotsOf = (requirement: { studyObject: string | null; exam: string | null }): Slot[] => [
  ...(requirement.studyObject === null ? [] : ["study" as const]),
  ...(requirement.exam === null ? [] : ["exam" as const]),
];

/** The lessons of a requirement, each `course/lesson`. */
export const lessonsOf = (object: string): string[] => z.array(z.string()).parse(JSON.parse(object));
/** The page of a course, of the first of some lessons, or of an exam. */
export const linkOf = ({ kind, object }: { kind: string; object: string }): string => {
  if (kind === "exam") return `/exams/${object}`;
  return `/courses/${kind === "lessons" ? (lessonsOf(object)[0] ?? "") : object}`;
};
/** The course that something to study is of; null: an exam. */
export const courseOf = ({ kind, object }: { kind: string; object: string }): string | null =>
  kind === "exam" ? null : kind === "lessons" ? ((lessonsOf(object)[0] ?? "").split("/")[0] ?? "") : object;
