import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { flagColumn, idColumn, instantColumn, jsonColumn } from "#kernel/schema";
import type { Area, PersonId, UnitId } from "#kernel";
import type { AttemptId, ExamId, Review, SittingId, Who } from "./input.ts";

/** A line as kept: points in hundredths. */
export type Line = {
  topic: string;
  type: "single" | "multiple" | "truefalse";
  difficulty?: number | undefined;
  count: number;
  points: number;
};
/** Who may sit, within the reach of who planned it (null: the whole body). */
export type StoredWho = Who & { areas: Area[] | null };

export const exams = sqliteTable(
  "exams_exam",
  {
    id: idColumn<ExamId>("id").primaryKey(),
    title: text("title").notNull(),
    notice: text("notice").notNull(),
    state: text("state", { enum: ["draft", "published"] }).notNull(),
    /** The unit of the officer who made it: who reaches that unit may plan it. */
    unit: idColumn<UnitId>("unit"),
    createdBy: idColumn<PersonId>("created_by").notNull(),
    /** Whether passing gives a certificate. */
    certificate: flagColumn("certificate").notNull(),
    blueprint: jsonColumn<Line[]>("blueprint").notNull(),
    createdAt: instantColumn("created_at").notNull(),
    /** Rises with each change: two officers cannot overwrite each other. */
    changed: integer("changed").notNull(),
    publishedAt: instantColumn("published_at"),
    /** "external": sat elsewhere (the city's platform, on paper), its results imported; published from the first, without blueprint or sittings. */
    origin: text("origin", { enum: ["own", "external"] })
      .notNull()
      .default("own"),
    /* Of an external exam alone: the calendar year, who holds it, and its lines in hundredths of a point; no total: 完成/未完成 only. */
    year: integer("year"),
    organiser: text("organiser"),
    total: integer("total"),
    pass: integer("pass"),
    excellent: integer("excellent"),
  },
  (t) => [index("exams_exam_created").on(t.createdAt, t.id)],
);

export const sittings = sqliteTable(
  "exams_sitting",
  {
    id: idColumn<SittingId>("id").primaryKey(),
    exam: idColumn<ExamId>("exam").notNull(),
    title: text("title").notNull(),
    opensAt: instantColumn("opens_at").notNull(),
    closesAt: instantColumn("closes_at").notNull(),
    minutes: integer("minutes").notNull(),
    tries: integer("tries").notNull(),
    /** Hundredths of a point. */
    pass: integer("pass").notNull(),
    excellent: integer("excellent"),
    counts: text("counts", { enum: ["best", "last"] }).notNull(),
    who: jsonColumn<StoredWho>("who").notNull(),
    /** Courses to be completed before. */
    after: jsonColumn<string[]>("after").notNull(),
    pledge: flagColumn("pledge").notNull(),
    shuffle: flagColumn("shuffle").notNull(),
    /** Questions a page; 0: all. */
    perPage: integer("per_page").notNull(),
    review: jsonColumn<Review>("review").notNull(),
    /** Frozen at publication: ceil(due ÷ 500 × 1.5). */
    shards: integer("shards"),
    due: integer("due"),
    /** Rises when questions leave or return to the pool; rooms reload it then. */
    revision: integer("revision").notNull().default(0),
    publishedAt: instantColumn("published_at"),
  },
  (t) => [index("exams_sitting_exam").on(t.exam, t.opensAt, t.id), index("exams_sitting_closes").on(t.closesAt, t.id)],
);

/** What papers of a sitting are drawn from, frozen at publication: for each line of the blueprint its questions. */
export const pools = sqliteTable("exams_pool", {
  sitting: idColumn<SittingId>("sitting").primaryKey(),
  lines: jsonColumn<{ question: string; version: string }[][]>("lines").notNull(),
});
/** Questions that left a pool since: a statute changed, or an author retired them. */
export const withdrawn = sqliteTable(
  "exams_withdrawn",
  { sitting: idColumn<SittingId>("sitting").notNull(), question: text("question").notNull() },
  (t) => [primaryKey({ columns: [t.sitting, t.question] }), index("exams_withdrawn_question").on(t.question)],
);

/** One row an attempt: written when it starts, completed by the flush of its room. */
export const attempts = sqliteTable(
  "exams_attempt",
  {
    id: idColumn<AttemptId>("id").primaryKey(),
    exam: idColumn<ExamId>("exam").notNull(),
    sitting: idColumn<SittingId>("sitting").notNull(),
    person: idColumn<PersonId>("person").notNull(),
    /** The unit of that day: of the assignment served, else of the main position. */
    unit: idColumn<UnitId>("unit"),
    /** The name of its room: `sitting/shard`. */
    room: text("room").notNull(),
    n: integer("n").notNull(),
    state: text("state", { enum: ["running", "graded"] }).notNull(),
    startedAt: instantColumn("started_at").notNull(),
    submittedAt: instantColumn("submitted_at"),
    ended: text("ended", { enum: ["self", "deadline", "officer"] }),
    /** Hundredths of a point. */
    score: integer("score"),
    passed: flagColumn("passed"),
    excellent: flagColumn("excellent"),
    /** A copy of the certificate's number. */
    certificate: text("certificate"),
  },
  (t) => [
    index("exams_attempt_person").on(t.person, t.exam, t.startedAt),
    index("exams_attempt_sitting").on(t.sitting, t.person, t.n),
    index("exams_attempt_state").on(t.sitting, t.state, t.person),
    index("exams_attempt_exam").on(t.exam, t.person, t.startedAt),
  ],
);

/**
 * How a sitting stands in each unit (unit '': in all). Of persons: how many may come, counted when it is published and each
 * night; who began, is under way, and has handed in. Of tries: handed in, and passed. All but `due` is kept by triggers.
 */
export const counts = sqliteTable(
  "exams_count",
  {
    sitting: idColumn<SittingId>("sitting").notNull(),
    unit: text("unit").notNull(),
    due: integer("due").notNull().default(0),
    started: integer("started").notNull().default(0),
    running: integer("running").notNull().default(0),
    graded: integer("graded").notNull().default(0),
    sat: integer("sat").notNull().default(0),
    passed: integer("passed").notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.sitting, t.unit] })],
);

/** Batches that arrived: the second time, the unique violation says so. */
export const flushes = sqliteTable(
  "exams_flush",
  { room: text("room").notNull(), n: integer("n").notNull(), at: instantColumn("at").notNull() },
  (t) => [primaryKey({ columns: [t.room, t.n] })],
);

/** More time, breaks, large print for one candidate of one exam. */
export const accommodations = sqliteTable(
  "exams_accommodation",
  {
    exam: idColumn<ExamId>("exam").notNull(),
    person: idColumn<PersonId>("person").notNull(),
    /** 100 to 200: of the time that others have. */
    percent: integer("percent").notNull(),
    breakMinutes: integer("break_minutes").notNull(),
    large: flagColumn("large").notNull(),
    reason: text("reason").notNull(),
    setBy: idColumn<PersonId>("set_by").notNull(),
    setAt: instantColumn("set_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.exam, t.person] })],
);
