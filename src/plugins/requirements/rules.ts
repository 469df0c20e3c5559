/** What a requirement asks, when, and where it is done. Pure. */
import { z } from "zod";
import { addDays, day, type Day, type Slot, type Words } from "#kernel";
import type { RuleInput } from "./input.ts";
import type { requirements } from "./schema.ts";
import { text } from "./text.ts";

type Requirement = typeof requirements.$inferSelect;

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

/** The first and the last day of a 年度, or of the 学年 that begins in a year. */
export const periodOf = (period: Requirement["period"], year: number): { from: Day; to: Day } =>
  period === "calendar"
    ? { from: day.parse(`${year}-01-01`), to: day.parse(`${year}-12-31`) }
    : { from: day.parse(`${year}-09-01`), to: day.parse(`${year + 1}-08-31`) };
/** The year in which the period of a day began. */
export const yearOf = (period: Requirement["period"], on: Day): number =>
  Number(on.slice(0, 4)) - (period === "school" && on.slice(5) < "09-01" ? 1 : 0);
/** The last day of a rule; where everybody has their own, that of the period. Null: none was given. */
export const dueOf = (rule: Pick<RuleInput, "dueBy" | "due" | "period" | "year">): Day | null =>
  rule.dueBy === "joining" ? periodOf(rule.period, rule.year).to : (rule.due ?? null);

/** What does not fit together in a rule, and in which field that is said; null: all does. */
export const misfitOf = (rule: RuleInput): { field: keyof RuleInput; words: Words } | null => {
  const asksLessons = rule.lessons.length > 0;
  if (rule.course === undefined && !asksLessons && rule.exam === undefined) return { field: "course", words: text.asksNothing };
  if (rule.course !== undefined && asksLessons) return { field: "lessons", words: text.courseAndLessons };
  if (new Set(rule.lessons.map((id) => id.split("/")[0])).size > 1) return { field: "lessons", words: text.lessonsOfSeveral };
  if (rule.foundedFrom !== undefined && rule.foundedTo !== undefined && rule.foundedTo < rule.foundedFrom)
    return { field: "foundedTo", words: text.spanReversed };
  if (rule.tookFrom !== undefined && rule.tookTo !== undefined && rule.tookTo < rule.tookFrom)
    return { field: "tookTo", words: text.spanReversed };
  if (rule.roster && rule.each) return { field: "each", words: text.rosterOnce };
  const due = dueOf(rule);
  if (due === null) return { field: "due", words: text.dueMissing };
  if (rule.dueBy === "joining" && rule.days === undefined) return { field: "days", words: text.daysMissing };
  if (due < rule.from) return { field: rule.dueBy === "joining" ? "from" : "due", words: text.dueBeforeFrom };
  const period = periodOf(rule.period, rule.year);
  if (due < period.from || rule.from > period.to) return { field: "year", words: text.outsidePeriod };
  return null;
};

/** The same day a year later; February 29 becomes the 28th. */
const yearLater = (on: Day): Day => {
  const year = Number(on.slice(0, 4)) + 1;
  const later = day.safeParse(`${year}${on.slice(4)}`);
  return later.success ? later.data : addDays(day.parse(`${year}-03-01`), -1);
};
/** The first day of the period after a rule's. */
export const nextBegins = (rule: Pick<Requirement, "period" | "year">): Day => periodOf(rule.period, rule.year + 1).from;
/**
 * The same for the next period, every day a year later. An exam is of one year, so the next has to be chosen: then it is a
 * draft; else it is on.
 */
export const successorOf = (rule: Requirement): Omit<Requirement, "id" | "createdAt" | "job"> => {
  const { id, ...same } = rule;
  const later = (on: Day | null) => (on === null ? null : yearLater(on));
  return {
    ...same,
    name: rule.name.replaceAll(String(rule.year + 1), String(rule.year + 2)).replaceAll(String(rule.year), String(rule.year + 1)),
    exam: null,
    examTitle: null,
    foundedFrom: later(rule.foundedFrom),
    foundedTo: later(rule.foundedTo),
    tookFrom: later(rule.tookFrom),
    tookTo: later(rule.tookTo),
    year: rule.year + 1,
    from: yearLater(rule.from),
    due: rule.dueBy === "joining" ? periodOf(rule.period, rule.year + 1).to : yearLater(rule.due),
    follows: id,
    state: rule.exam === null ? "active" : "draft",
  };
};
/** The course that something to study is of; null: an exam. */
export const courseOf = ({ kind, object }: { kind: string; object: string }): string | null =>
  kind === "exam" ? null : kind === "lessons" ? ((lessonsOf(object)[0] ?? "").split("/")[0] ?? "") : object;
