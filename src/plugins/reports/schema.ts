/** Reports: figures entered by hand; reports' words as versions, who did what with them, and the figures as they were published. */
import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { z } from "zod";
import { dayColumn, idColumn, instantColumn, jsonColumn } from "#kernel/schema";
import type { ProofType } from "#plugins/people";
import type { Day, JobId, PersonId, RequirementId } from "#kernel";

export type ReportId = string & z.core.$brand<"ReportId">;
/** draft → review (审核) → sign (签发) → check (公开审查) → freezing → published → withdrawn; each but the last two may be sent back. */
const states = ["draft", "review", "sign", "check", "freezing", "published", "withdrawn"] as const;
/** A block as it is written: its text may hold references to figures, `{{…}}`. */
export type Block = { kind: "h1" | "h2" | "h3" | "p"; text: string };

export const reports = sqliteTable(
  "reports_report",
  {
    id: idColumn<ReportId>("id").primaryKey(),
    template: text("template", { enum: ["performance", "government"] }).notNull(),
    /** The year that it reports on. */
    year: integer("year").notNull(),
    state: text("state", { enum: states }).notNull(),
    /** The version that counts: the newest. */
    version: integer("version").notNull(),
    createdBy: idColumn<PersonId>("created_by").notNull(),
    createdAt: instantColumn("created_at").notNull(),
    /** Of this version: who found it right, and who signed it. */
    reviewedBy: idColumn<PersonId>("reviewed_by"),
    signedBy: idColumn<PersonId>("signed_by"),
    /** 成文日期: the day on which it was signed. */
    signedOn: dayColumn("signed_on"),
    /** The numbers as they were reviewed, then signed, by figure, as the text says them. */
    signed: jsonColumn<Record<string, string>>("signed"),
    /** The reviewer's word of the check before publishing. */
    checked: text("checked"),
    job: idColumn<JobId>("job"),
    /** Why freezing gave up. */
    problem: text("problem"),
    publishedAt: instantColumn("published_at"),
    /** SHA-256 of the document as published, in R2. */
    digest: text("digest"),
    withdrawnAt: instantColumn("withdrawn_at"),
    withdrawal: text("withdrawal"),
  },
  (t) => [index("reports_report_created").on(t.createdAt), index("reports_report_public").on(t.year, t.publishedAt)],
);

/** What a report says, whole, each time that it was changed. */
export const versions = sqliteTable(
  "reports_version",
  {
    report: idColumn<ReportId>("report")
      .notNull()
      .references(() => reports.id),
    n: integer("n").notNull(),
    title: text("title").notNull(),
    /** 主送 */
    addressee: text("addressee").notNull(),
    /** 落款 */
    signer: text("signer").notNull(),
    from: dayColumn("from_day").notNull().$type<Day>(),
    to: dayColumn("to_day").notNull().$type<Day>(),
    /** The requirements whose rates are meant where a reference names none. */
    study: idColumn<RequirementId>("study"),
    exam: idColumn<RequirementId>("exam"),
    blocks: jsonColumn<Block[]>("blocks").notNull(),
    by: idColumn<PersonId>("by").notNull(),
    at: instantColumn("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.report, t.n] })],
);

/** What became of a report, step by step. */
export const steps = sqliteTable(
  "reports_step",
  {
    seq: integer("seq").primaryKey({ autoIncrement: true }),
    report: idColumn<ReportId>("report")
      .notNull()
      .references(() => reports.id),
    version: integer("version").notNull(),
    step: text("step", { enum: ["submit", "review", "sign", "check", "return", "publish", "withdraw"] }).notNull(),
    /** Null: the program itself. */
    by: idColumn<PersonId>("by"),
    at: instantColumn("at").notNull(),
    /** The reason, or the reviewer's word. */
    words: text("words"),
  },
  (t) => [index("reports_step_report").on(t.report, t.seq)],
);

/** A figure as it was published; its rows stand in R2, in pages under a list of their digests. */
export const frozen = sqliteTable(
  "reports_frozen",
  {
    report: idColumn<ReportId>("report")
      .notNull()
      .references(() => reports.id),
    /** Its line in the annex, from 1. */
    n: integer("n").notNull(),
    /** As references name it. */
    key: text("key").notNull(),
    figure: text("figure").notNull(),
    source: text("source", { enum: ["counted", "entered"] }).notNull(),
    title: text("title").notNull(),
    number: text("number").notNull(),
    value: integer("value").notNull(),
    whole: integer("whole"),
    measure: text("measure").notNull(),
    definition: text("definition").notNull(),
    scope: text("scope").notNull(),
    from: dayColumn("from_day").notNull().$type<Day>(),
    to: dayColumn("to_day").notNull().$type<Day>(),
    requirement: idColumn<RequirementId>("requirement"),
    /** Where the number comes from, in words. */
    origin: text("origin").notNull(),
    at: instantColumn("at").notNull(),
    /** The ledger's last number at that moment; null for what was entered. */
    position: integer("position"),
    rows: integer("rows").notNull(),
    /** SHA-256 of what stands in R2. */
    digest: text("digest").notNull(),
  },
  (t) => [primaryKey({ columns: [t.report, t.n] })],
);

/* Entered figures: what no plugin counts, told by a person with evidence. */
export type EnteredId = string & z.core.$brand<"EnteredId">;
/** 次, 场, 件, 人, 人次, 家, 课时, 份 */
export const enteredMeasures = ["times", "sessions", "cases", "people", "attendances", "units", "lessons", "copies"] as const;

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
    fileType: text("file_type").$type<ProofType>(),
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
