import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { dayColumn, flagColumn, idColumn, instantColumn, jsonColumn } from "#kernel/schema";
import type { ProofType } from "#plugins/people";
import type { Category, JobId, Nature, PersonId, Post, RecordId, RequirementId, UnitId, UnitKind, UnitStatus } from "#kernel";
import type { ExcuseId } from "./input-excuses.ts";
import type { ExcuseKind, ExcusePart, ExcuseState, ExcuseWhat } from "./rules-excuses.ts";

/** Who, what, by when, how often. What is null asks nothing; in who, null means all. */
export const requirements = sqliteTable(
  "requirements_requirement",
  {
    id: idColumn<RequirementId>("id").primaryKey(),
    name: text("name").notNull(),
    /** What is to be studied: a course, or lessons of it (object: a JSON list of `course/lesson`). */
    studyKind: text("study_kind", { enum: ["course", "lessons"] }),
    studyObject: text("study_object"),
    /** A copy, for lists. */
    studyTitle: text("study_title"),
    /** The exam that is to be passed. */
    exam: text("exam"),
    examTitle: text("exam_title"),
    kinds: jsonColumn<UnitKind[]>("kinds"),
    /** Null: units that are open. */
    statuses: jsonColumn<UnitStatus[]>("statuses"),
    /** Only units below this one, itself included. */
    unit: idColumn<UnitId>("unit"),
    /** Only units whose 许可决定 falls within these days. */
    foundedFrom: dayColumn("founded_from"),
    foundedTo: dayColumn("founded_to"),
    posts: jsonColumn<Post[]>("posts"),
    natures: jsonColumn<Nature[]>("natures"),
    categories: jsonColumn<Category[]>("categories"),
    /** Only who is on 学法名册, at the main position. */
    roster: flagColumn("roster").notNull(),
    /** Only positions that began within these days. */
    tookFrom: dayColumn("took_from"),
    tookTo: dayColumn("took_to"),
    /** Whether somebody of several units owes it at each of them; else once, at the main position where that fits. */
    each: flagColumn("each_unit").notNull().default(false),
    /** 年度 or 学年, and the year in which it begins. */
    period: text("period", { enum: ["calendar", "school"] })
      .notNull()
      .default("calendar"),
    year: integer("year").notNull().default(0),
    from: dayColumn("from_day").notNull(),
    /** `day`: by the day below; `joining`: so many days after joining, for each their own. */
    dueBy: text("due_by", { enum: ["day", "joining"] })
      .notNull()
      .default("day"),
    /** The last day; of `joining` the last of the period. */
    due: dayColumn("due_day").notNull(),
    /** Days after joining: of `day` what who joins later has at the least. */
    days: integer("days"),
    /** Whether the next period begins with the same. */
    repeats: flagColumn("repeats").notNull().default(false),
    /** That of the period before. */
    follows: idColumn<RequirementId>("follows"),
    state: text("state", { enum: ["draft", "active", "ended"] }).notNull(),
    /** The job that assigns to many people; null: they were few. */
    job: idColumn<JobId>("job"),
    createdBy: idColumn<PersonId>("created_by").notNull(),
    createdAt: instantColumn("created_at").notNull(),
  },
  (t) => [index("requirements_state").on(t.state, t.due, t.id), uniqueIndex("requirements_follows").on(t.follows)],
);

/** An exemption or a deferral of one person from one requirement, from being asked for to its end. States move on; nothing is deleted. */
export const excuses = sqliteTable(
  "requirements_excuse",
  {
    id: idColumn<ExcuseId>("id").primaryKey(),
    requirement: idColumn<RequirementId>("requirement").notNull(),
    person: idColumn<PersonId>("person").notNull(),
    /** Where the person owes it: whose head asked, and within whose reach it is decided. It holds for all units. */
    unit: idColumn<UnitId>("unit").notNull(),
    what: text("what").$type<ExcuseWhat>().notNull(),
    of: text("of_what").$type<ExcusePart>().notNull(),
    kind: text("kind").$type<ExcuseKind>().notNull(),
    /** The days of the reason. */
    from: dayColumn("from_day").notNull(),
    until: dayColumn("until_day"),
    /** Of a deferral: the new deadline. */
    due: dayColumn("due_day"),
    note: text("note").notNull(),
    /** SHA-256 of the proof, under which R2 keeps it. */
    attachment: text("attachment"),
    attachmentName: text("attachment_name"),
    attachmentType: text("attachment_type").$type<ProofType>(),
    state: text("state").$type<ExcuseState>().notNull(),
    askedBy: idColumn<PersonId>("asked_by").notNull(),
    askedAt: instantColumn("asked_at").notNull(),
    /** Who approved or refused it. */
    decidedBy: idColumn<PersonId>("decided_by"),
    decidedAt: instantColumn("decided_at"),
    reason: text("reason"),
    withdrawnBy: idColumn<PersonId>("withdrawn_by"),
    withdrawnAt: instantColumn("withdrawn_at"),
    withdrawnReason: text("withdrawn_reason"),
    /** Whether it takes the person out of the denominators: a copy of the setting at approval. */
    leaves: flagColumn("leaves").notNull().default(false),
    /** Of those that came as a file: the file. */
    batch: idColumn<ExcuseId>("batch"),
    /** What the ledger says of the approval. */
    record: idColumn<RecordId>("record"),
  },
  (t) => [
    index("requirements_excuse_state").on(t.state, t.id),
    index("requirements_excuse_unit").on(t.unit, t.id),
    index("requirements_excuse_requirement").on(t.requirement, t.id),
    index("requirements_excuse_record").on(t.record),
    index("requirements_excuse_batch").on(t.batch),
    /** One at a time of a person and requirement. */
    uniqueIndex("requirements_excuse_standing")
      .on(t.requirement, t.person)
      .where(sql`state in ('asked', 'approved')`),
  ],
);

/** Who was reminded of what: one row a person and requirement that a use of 催办 reached, beside its record. */
export const reminders = sqliteTable(
  "requirements_reminder",
  {
    /** That of the record. */
    id: idColumn<RecordId>("id").primaryKey(),
    /** The use: the id that its form was given, so that it counts once. */
    use: text("use").notNull(),
    requirement: idColumn<RequirementId>("requirement").notNull(),
    person: idColumn<PersonId>("person").notNull(),
    /** The unit for whose assignment. */
    unit: idColumn<UnitId>("unit").notNull(),
    how: text("how", { enum: ["notice", "copy", "xlsx"] }).notNull(),
    by: idColumn<PersonId>("by_person").notNull(),
    at: instantColumn("at").notNull(),
    day: dayColumn("day").notNull(),
    /** When the person put the notice away. */
    seenAt: instantColumn("seen_at"),
  },
  (t) => [
    uniqueIndex("requirements_reminder_use").on(t.use, t.requirement, t.person),
    index("requirements_reminder_person").on(t.person, t.requirement, t.day),
    index("requirements_reminder_requirement").on(t.requirement, t.id),
  ],
);
