/** Entered figures: what no plugin counts, told by a person with evidence. */
import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { z } from "zod";
import { dayColumn, idColumn, instantColumn } from "#kernel/schema";
import type { PersonId } from "#kernel";

export type EnteredId = string & z.core.$brand<"EnteredId">;
/** 次, 场, 件, 人, 人次, 家, 课时, 份 */
export const enteredMeasures = ["times", "sessions", "cases", "people", "attendances", "units", "lessons", "copies"] as const;
export const evidenceTypes = ["pdf", "png", "jpg", "docx", "xlsx"] as const;

/** A number that was told for a period. Never changed: a correction is a further row that supersedes the one before. */
export const entered = sqliteTable(
  "reports_entered",
  {
    id: idColumn<EnteredId>("id").primaryKey(),
    /** Of which thing: `Enterable.key`. */
    key: text("key").notNull(),
    from: dayColumn("from_day").notNull(),
    to: dayColumn("to_day").notNull(),
    number: integer("number").notNull(),
    measure: text("measure", { enum: enteredMeasures }).notNull(),
    definition: text("definition").notNull(),
    /** The name of the person who answers for it. */
    responsible: text("responsible").notNull(),
    /** 零申报: the statement as it was signed; null for a number above nothing. */
    statement: text("statement"),
    /** SHA-256 of the evidence file, hex: its name in R2. */
    evidence: text("evidence"),
    fileName: text("file_name"),
    fileType: text("file_type", { enum: evidenceTypes }),
    /** Bytes. */
    fileSize: integer("file_size"),
    /** The row that this one corrects; of two corrections of one row, the first alone stands. */
    supersedes: idColumn<EnteredId>("supersedes"),
    /** Why it supersedes that. */
    reason: text("reason"),
    by: idColumn<PersonId>("by").notNull(),
    at: instantColumn("at").notNull(),
  },
  (t) => [
    uniqueIndex("reports_entered_first")
      .on(t.key, t.from, t.to)
      .where(sql`supersedes is null`),
    uniqueIndex("reports_entered_supersedes").on(t.supersedes),
    index("reports_entered_period").on(t.from, t.to, t.key),
    index("reports_entered_key").on(t.key, t.id),
  ],
);
