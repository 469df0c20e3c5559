/** The ledger: participation records (append-only by triggers, see migrations), their tallies, and what is due to whom. */
import { sql, type SQL } from "drizzle-orm";
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

/** 1 where an assignment stands in a row of the counts, else 0: kept by SQLite, so that triggers, counts and lists say the same. */
const counted = (name: string, when: SQL) => integer(name).generatedAlwaysAs(when);

/**
 * What is due to one person at one unit; written by requirements alone, read by every plugin. A requirement asks at most one
 * thing to study and one exam.
 */
export const assignments = sqliteTable(
  "kernel_assignment",
  {
    id: idColumn<AssignmentId>("id").primaryKey(),
    requirement: idColumn<RequirementId>("requirement").notNull(),
    /** What is due: `course`, `exam`, or `lessons` of a course. */
    kind: text("kind").notNull(),
    /** Its id; of lessons a JSON list of theirs, each to be studied. */
    object: text("object").notNull(),
    /** The verb that fulfils it. */
    verb: text("verb").notNull(),
    person: idColumn<PersonId>("person").notNull(),
    unit: idColumn<UnitId>("unit").notNull(),
    position: idColumn<PositionId>("position"),
    /** What was done from this day on counts: the first day of the requirement. */
    from: dayColumn("from_day").notNull(),
    /** In force from this day on: that, or the day of joining. */
    since: dayColumn("since_day")
      .notNull()
      .default(sql`''`),
    /** A deadline is the end of its day; a deferral moves it. */
    due: dayColumn("due_day").notNull(),
    /** Released: who left before the deadline, or no longer fits. Who leaves after it stays. */
    endedAt: instantColumn("ended_at"),
    /** When it was fulfilled: the earliest record that stands (of lessons: the last of them), kept by triggers on the ledger. */
    doneAt: instantColumn("done_at"),
    /** Of an exam: when it was first sat, and first passed as excellent. */
    satAt: instantColumn("sat_at"),
    excelledAt: instantColumn("excelled_at"),
    /** An approved exemption or deferral. */
    excuse: text("excuse", { enum: ["exempt", "deferred"] }),
    /** Whether that takes the person out of the denominators. */
    leaves: flagColumn("leaves").notNull().default(false),
    slot: text("slot", { enum: ["study", "exam"] }).generatedAlwaysAs(sql`iif(kind = 'exam', 'exam', 'study')`),
    isDue: counted("is_due", sql`ended_at is null and leaves = 0`),
    /** An exam is passed by whoever sat it. */
    isDone: counted("is_done", sql`ended_at is null and leaves = 0 and done_at is not null and (kind <> 'exam' or sat_at is not null)`),
    isSat: counted("is_sat", sql`ended_at is null and leaves = 0 and sat_at is not null`),
    isExcelled: counted(
      "is_excelled",
      sql`ended_at is null and leaves = 0 and sat_at is not null and done_at is not null and excelled_at is not null`,
    ),
    isExempt: counted("is_exempt", sql`ended_at is null and excuse is 'exempt'`),
    isDeferred: counted("is_deferred", sql`ended_at is null and excuse is 'deferred'`),
  },
  (t) => [
    uniqueIndex("kernel_assignment_once").on(t.requirement, t.person, t.unit, t.kind),
    index("kernel_assignment_person").on(t.person, t.endedAt, t.kind, t.object),
    index("kernel_assignment_object").on(t.kind, t.object, t.endedAt, t.person),
    index("kernel_assignment_due").on(t.kind, t.due, t.endedAt, t.object, t.unit, t.doneAt),
    index("kernel_assignment_unit").on(t.unit, t.endedAt, t.due),
    index("kernel_assignment_requirement").on(t.requirement, t.endedAt, t.unit, t.person),
    /** What is still to be done, by unit and deadline: who is behind. */
    index("kernel_assignment_open")
      .on(t.requirement, t.unit, t.due, t.person)
      .where(sql`ended_at is null and done_at is null and leaves = 0`),
    index("kernel_assignment_excused")
      .on(t.requirement, t.unit, t.person)
      .where(sql`excuse is not null`),
  ],
);

/**
 * How a requirement stands in each unit (unit '': in all), by what it asks; kept by triggers. Of a unit: its assignments. In
 * all: different persons, so a person of two units counts once.
 */
export const dueTallies = sqliteTable(
  "kernel_due",
  {
    requirement: idColumn<RequirementId>("requirement").notNull(),
    unit: text("unit").notNull(),
    slot: text("slot", { enum: ["study", "exam"] }).notNull(),
    /** 应学 or 应考. */
    whole: integer("whole").notNull().default(0),
    /** Studied, or sat and passed. */
    part: integer("part").notNull().default(0),
    sat: integer("sat").notNull().default(0),
    excelled: integer("excelled").notNull().default(0),
    /** 免考 and 缓考, whether or not they leave the denominators. */
    exempt: integer("exempt").notNull().default(0),
    deferred: integer("deferred").notNull().default(0),
    /** In all alone: assignments in force beyond the first of each person; where there are none, units add up to the whole. */
    extra: integer("extra").notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.requirement, t.unit, t.slot] }),
    index("kernel_due_open")
      .on(t.requirement, t.unit, t.slot)
      .where(sql`whole > part and unit <> ''`),
  ],
);
