import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { idColumn, instantColumn, jsonColumn } from "#kernel/schema";
import type { QuestionId } from "./input.ts";
import type { Option } from "./types/type.ts";
import { typeIds } from "./types/ids.ts";

/** What a question says, as a version keeps it. */
export type QuestionBody = { stem: string; options: Option[]; key: string | string[] | boolean; explanation: string; citations: string[] };

/** Topics: of a course's file, or the bureau's own. */
export const topics = sqliteTable("bank_topic", {
  /** `course/topic` */
  id: text("id").primaryKey(),
  course: text("course"),
  /** A copy of the course's title, for lists of topics. */
  courseTitle: text("course_title").notNull(),
  title: text("title").notNull(),
  place: integer("place").notNull(),
});

/** Questions, each pointing to its newest version. */
export const questions = sqliteTable(
  "bank_question",
  {
    id: idColumn<QuestionId>("id").primaryKey(),
    version: text("version").notNull(),
    /** Files' questions are read-only in the app. */
    owner: text("owner", { enum: ["file", "bureau"] }).notNull(),
    course: text("course"),
    lesson: text("lesson"),
    use: text("use", { enum: ["check", "exam"] }).notNull(),
    topic: text("topic").notNull(),
    type: text("type", { enum: typeIds }).notNull(),
    difficulty: integer("difficulty").notNull(),
    /** Of which question it is the bureau's copy. */
    copyOf: text("copy_of"),
    /** In no new paper since. */
    retiredAt: instantColumn("retired_at"),
    /** The citation whose article changed; in no paper until an author looks. */
    flagged: text("flagged"),
    changedAt: instantColumn("changed_at").notNull(),
  },
  (t) => [
    index("bank_question_pool").on(t.use, t.topic, t.type, t.retiredAt, t.flagged, t.difficulty, t.id, t.version),
    index("bank_question_topic").on(t.topic, t.type, t.id),
    index("bank_question_course").on(t.course, t.id),
  ],
);

/** Every version that ever stood in a paper or a lesson, by the hash of its content. */
export const versions = sqliteTable(
  "bank_version",
  {
    question: idColumn<QuestionId>("question").notNull(),
    version: text("version").notNull(),
    type: text("type", { enum: typeIds }).notNull(),
    body: jsonColumn<QuestionBody>("body").notNull(),
    createdAt: instantColumn("created_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.question, t.version] })],
);

/** Which articles the newest version cites: what a new version of a statute flags. */
export const citations = sqliteTable(
  "bank_citation",
  {
    question: idColumn<QuestionId>("question").notNull(),
    /** `statute@version#article` */
    article: text("article").notNull(),
    citation: text("citation").notNull(),
  },
  (t) => [primaryKey({ columns: [t.question, t.citation] }), index("bank_citation_article").on(t.article, t.question)],
);
