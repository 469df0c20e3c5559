/** The ledger: participation records (append-only by triggers, see migrations), their tallies, and what is due to whom. */
import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { dayColumn, flagColumn, idColumn, instantColumn } from "../db/columns.ts";
import type { AssignmentId, PersonId, PositionId, RecordId, RequirementId, UnitId } from "../ids.ts";

export const records = sqliteTable(
  "kernel_record",
  {
    /** Given by D1, rising. */
    seq: integer("seq").primaryKey({ autoIncrement: true }),
    id: idColumn<RecordId>("id").notNull(),
    verb: text("verb").notNull(),
    objectKind: text("object_kind").notNull(),
    objectId: text("object_id").notNull(),
    person: idColumn<PersonId>("person"),
    /** The unit of that day: of the assignment served, else of the main position. */
    unit: idColumn<UnitId>("unit"),
    position: idColumn<PositionId>("position"),
    /** When it happened. */
    at: instantColumn("at").notNull(),
    /** The day of `at` in the deployment's zone. */
    day: dayColumn("day").notNull(),
    recordedAt: instantColumn("recorded_at").notNull(),
    /** Points in hundredths, where the verb has them. */
    score: integer("score"),
    /** Seconds, where the verb has them. */
    seconds: integer("seconds"),
    source: text("source", { enum: ["own", "external", "entered"] })
      .notNull()
      .default("own"),
    /** SHA-256 of the evidence file, hex. */
    evidence: text("evidence"),
    /** The natural key of the fact: the same fact counts once. */
    once: text("once").notNull(),
    /** The record that this one corrects. */
    corrects: idColumn<RecordId>("corrects"),
    /** True where the correction says: this never was. */
    void: flagColumn("void").notNull().default(false),
    salt: text("salt").notNull(),
    /** SHA-256(0x00 ‖ canonical JSON of the fixed fields and the salt), hex. */
    leaf: text("leaf").notNull(),
  },
  (t) => [
    uniqueIndex("kernel_record_id").on(t.id),
    uniqueIndex("kernel_record_once").on(t.once),
    uniqueIndex("kernel_record_corrects").on(t.corrects),
    index("kernel_record_person").on(t.person, t.verb, t.objectKind, t.objectId, t.day),
    index("kernel_record_verb_day").on(t.verb, t.day, t.unit, t.person, t.objectKind, t.objectId),
    index("kernel_record_unit").on(t.unit, t.seq),
    index("kernel_record_object").on(t.objectKind, t.objectId, t.day, t.verb, t.person),
    index("kernel_record_day").on(t.day, t.seq),
  ],
);

/** Counts a day, net of corrections, kept by a trigger on insertion. */
export const tallies = sqliteTable(
  "kernel_tally",
  {
    verb: text("verb").notNull(),
    day: dayColumn("day").notNull(),
    unit: text("unit").notNull(),
    objectKind: text("object_kind").notNull(),
    objectId: text("object_id").notNull(),
    count: integer("count").notNull(),
  },
  (t) => [primaryKey({ columns: [t.verb, t.day, t.unit, t.objectKind, t.objectId] })],
);

/** What is due to one person or unit; written by requirements alone, read by every plugin. */
export const assignments = sqliteTable(
  "kernel_assignment",
  {
    id: idColumn<AssignmentId>("id").primaryKey(),
    requirement: idColumn<RequirementId>("requirement").notNull(),
    /** What is due: "course" or "exam", and which. */
    kind: text("kind").notNull(),
    object: text("object").notNull(),
    /** The verb that fulfils it. */
    verb: text("verb").notNull(),
    person: idColumn<PersonId>("person").notNull(),
    unit: idColumn<UnitId>("unit").notNull(),
    position: idColumn<PositionId>("position"),
    from: dayColumn("from_day").notNull(),
    due: dayColumn("due_day").notNull(),
    endedAt: instantColumn("ended_at"),
    /** When it was fulfilled: the earliest record that stands, kept by triggers on the ledger. */
    doneAt: instantColumn("done_at"),
  },
  (t) => [
    uniqueIndex("kernel_assignment_once").on(t.requirement, t.person, t.unit, t.from),
    index("kernel_assignment_person").on(t.person, t.endedAt, t.kind, t.object),
    index("kernel_assignment_object").on(t.kind, t.object, t.endedAt, t.person),
    index("kernel_assignment_due").on(t.kind, t.due, t.endedAt, t.object, t.unit, t.doneAt),
    index("kernel_assignment_unit").on(t.unit, t.endedAt, t.due),
    index("kernel_assignment_requirement").on(t.requirement, t.endedAt, t.unit, t.person),
  ],
);

/** How many assignments in force a requirement has in each unit (unit '': in all), and how many are fulfilled; kept by triggers. */
export const dueTallies = sqliteTable(
  "kernel_due",
  {
    requirement: idColumn<RequirementId>("requirement").notNull(),
    unit: text("unit").notNull(),
    whole: integer("whole").notNull(),
    part: integer("part").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.requirement, t.unit] }),
    index("kernel_due_open")
      .on(t.requirement, t.unit)
      .where(sql`whole > part and unit <> ''`),
  ],
);
