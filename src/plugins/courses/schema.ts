/** Courses as versions that files own, and what each person has done of them. */
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { idColumn, instantColumn, jsonColumn } from "#kernel/schema";
import type { PersonId } from "#kernel";
import type { BuiltCase, BuiltQuestion } from "./input.ts";

/** What a course's page shows without opening a lesson. */
export type Outline = {
  readonly lessons: readonly { readonly id: string; readonly title: string; readonly minutes: number }[];
  readonly cases: readonly { readonly id: string; readonly title: string; readonly role: string }[];
  readonly counts: { readonly checks: number; readonly exam: number; readonly citations: number };
};
export type LessonBody = { readonly markdown: string; readonly minutes: number; readonly checks: readonly BuiltQuestion[] };
export type CaseBody = BuiltCase;

export const courses = sqliteTable("courses_course", {
  /** The folder's name. */
  id: text("id").primaryKey(),
  /** The version that who starts now gets. */
  hash: text("hash").notNull(),
  place: integer("place").notNull(),
  /** How many rounds were started and completed; kept with each, so that no page counts them. */
  started: integer("started").notNull().default(0),
  completed: integer("completed").notNull().default(0),
  /** No longer among the files; who began may finish. */
  retiredAt: instantColumn("retired_at"),
});
export const versions = sqliteTable(
  "courses_version",
  {
    course: text("course").notNull(),
    hash: text("hash").notNull(),
    title: text("title").notNull(),
    audience: text("audience").notNull(),
    summary: text("summary").notNull(),
    /** Declared 学时. */
    hours: real("hours").notNull(),
    outline: jsonColumn<Outline>("outline").notNull(),
    createdAt: instantColumn("created_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.course, t.hash] })],
);
export const parts = sqliteTable(
  "courses_part",
  {
    course: text("course").notNull(),
    hash: text("hash").notNull(),
    kind: text("kind", { enum: ["lesson", "case"] }).notNull(),
    id: text("id").notNull(),
    title: text("title").notNull(),
    body: jsonColumn<LessonBody | CaseBody>("body").notNull(),
  },
  (t) => [primaryKey({ columns: [t.course, t.hash, t.kind, t.id] })],
);
/** What the current version of each part cites: what a new text of a statute flags. */
export const citations = sqliteTable(
  "courses_citation",
  {
    course: text("course").notNull(),
    kind: text("kind", { enum: ["lesson", "case"] }).notNull(),
    part: text("part").notNull(),
    /** `statute@version#article` */
    article: text("article").notNull(),
  },
  (t) => [primaryKey({ columns: [t.course, t.kind, t.part, t.article] }), index("courses_citation_article").on(t.article)],
);
/** A part cites an article that stands otherwise by now; an author says that it still holds, or mends the file. */
export const flags = sqliteTable(
  "courses_flag",
  {
    course: text("course").notNull(),
    kind: text("kind", { enum: ["lesson", "case"] }).notNull(),
    part: text("part").notNull(),
    article: text("article").notNull(),
    flaggedAt: instantColumn("flagged_at").notNull(),
    clearedAt: instantColumn("cleared_at"),
    clearedBy: idColumn<PersonId>("cleared_by"),
    /** Why it still holds. */
    note: text("note"),
  },
  (t) => [primaryKey({ columns: [t.course, t.kind, t.part, t.article] }), index("courses_flag_open").on(t.clearedAt, t.flaggedAt)],
);

/** One round of one person through one course, in the version in which it began. */
export const progress = sqliteTable(
  "courses_progress",
  {
    id: text("id").primaryKey(),
    person: idColumn<PersonId>("person").notNull(),
    course: text("course").notNull(),
    hash: text("hash").notNull(),
    round: integer("round").notNull(),
    startedAt: instantColumn("started_at").notNull(),
    /** When it was last touched, and at which part: where to go on. */
    touchedAt: instantColumn("touched_at").notNull(),
    placeKind: text("place_kind", { enum: ["lesson", "case"] }).notNull(),
    place: text("place").notNull(),
    /** Measured seconds; never added to hours. */
    seconds: integer("seconds").notNull().default(0),
    completedAt: instantColumn("completed_at"),
  },
  (t) => [
    uniqueIndex("courses_progress_round").on(t.person, t.course, t.round),
    index("courses_progress_version").on(t.course, t.hash),
    index("courses_progress_person").on(t.person, t.completedAt, t.touchedAt),
  ],
);
export const studies = sqliteTable(
  "courses_study",
  {
    progress: text("progress").notNull(),
    lesson: text("lesson").notNull(),
    openedAt: instantColumn("opened_at").notNull(),
    /** The reader said 读完了. */
    readAt: instantColumn("read_at"),
    doneAt: instantColumn("done_at"),
    seconds: integer("seconds").notNull().default(0),
    /** Where the reader stopped: section and block, `s3.2`. */
    anchor: text("anchor"),
  },
  (t) => [primaryKey({ columns: [t.progress, t.lesson] })],
);
export const answers = sqliteTable(
  "courses_answer",
  {
    progress: text("progress").notNull(),
    question: text("question").notNull(),
    lesson: text("lesson").notNull(),
    tries: integer("tries").notNull(),
    /** The last answer. */
    value: jsonColumn<unknown>("value").notNull(),
    right: integer("right", { mode: "boolean" }).notNull(),
    answeredAt: instantColumn("answered_at").notNull(),
    /** When it was right for the first time; it stays so. */
    rightAt: instantColumn("right_at"),
  },
  (t) => [primaryKey({ columns: [t.progress, t.question] })],
);
/** A way through a case: the choices by their place in the file. */
export const walks = sqliteTable(
  "courses_walk",
  {
    id: text("id").primaryKey(),
    progress: text("progress").notNull(),
    story: text("story").notNull(),
    path: jsonColumn<readonly number[]>("path").notNull(),
    startedAt: instantColumn("started_at").notNull(),
    steppedAt: instantColumn("stepped_at").notNull(),
    ending: text("ending"),
    endedAt: instantColumn("ended_at"),
  },
  (t) => [index("courses_walk_story").on(t.progress, t.story, t.startedAt)],
);
/** The last beat of each person that counted: one number for all lessons and tabs, always rising. */
export const beats = sqliteTable("courses_beat", {
  person: idColumn<PersonId>("person").primaryKey(),
  n: integer("n").notNull(),
  at: instantColumn("at").notNull(),
});
