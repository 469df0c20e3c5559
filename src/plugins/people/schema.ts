/** Sign-in tries, one-time codes, and what a person chose for the display. Imports stage their rows here too. */
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { z } from "zod";
import type { JobId, PersonId } from "#kernel";
import { flagColumn, idColumn, instantColumn, jsonColumn } from "#kernel/schema";
import type { RowProblem } from "./rules-values.ts";

export type ImportId = string & z.core.$brand<"ImportId">;
/** Data rows found, and the four that add up to them. */
export type Counts = { rows: number; new: number; changed: number; unchanged: number; refused: number };
/** A plan as staged: of a person's row or a unit's, with what the commit needs beside (a 登录号, the encrypted 身份证). */
export type StagedPlan = Record<string, unknown>;

/** Tries in a row without success, one row an account (or a name that no account has), under an HMAC. */
export const tries = sqliteTable(
  "people_try",
  {
    account: text("account").primaryKey(),
    failures: integer("failures").notNull(),
    lastAt: instantColumn("last_at").notNull(),
  },
  (t) => [index("people_try_last").on(t.lastAt)],
);

/** Which accounts failed lately from which address; a success takes its row away. */
export const addressFailures = sqliteTable(
  "people_address_failure",
  {
    address: text("address").notNull(),
    account: text("account").notNull(),
    at: instantColumn("at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.address, t.account] }),
    index("people_address_failure_at").on(t.address, t.at),
    index("people_address_failure_old").on(t.at),
  ],
);

/** One-time codes: the code itself is with the person alone, here is its HMAC. */
export const codes = sqliteTable(
  "people_code",
  {
    mac: text("mac").primaryKey(),
    person: idColumn<PersonId>("person").notNull(),
    createdBy: idColumn<PersonId>("created_by"),
    createdAt: instantColumn("created_at").notNull(),
    expiresAt: instantColumn("expires_at").notNull(),
    usedAt: instantColumn("used_at"),
    /** The page that used it: a double click there is one use. */
    usedWith: text("used_with"),
  },
  (t) => [index("people_code_person").on(t.person, t.createdAt), index("people_code_expires").on(t.expiresAt)],
);

/** 关怀版 and language, remembered for the account; a new device starts with them. */
export const displays = sqliteTable("people_display", {
  person: idColumn<PersonId>("person").primaryKey(),
  care: integer("care").notNull(),
  language: text("language", { enum: ["zh", "en"] }),
});

/** A roster file and what became of it. */
export const imports = sqliteTable(
  "people_import",
  {
    id: idColumn<ImportId>("id").primaryKey(),
    kind: text("kind", { enum: ["people", "units"] }).notNull(),
    /** "own": a head or unit officer, for the own unit alone. */
    scope: text("scope", { enum: ["bureau", "own"] }).notNull(),
    by: idColumn<PersonId>("by").notNull(),
    /** As the file was called. */
    name: text("name").notNull(),
    state: text("state", { enum: ["reading", "ready", "committing", "done", "undoing", "undone", "failed"] }).notNull(),
    sheet: text("sheet"),
    /** The header's last row, from 1; 0: none found, a person must say. */
    header: integer("header").notNull().default(0),
    /** Which field each column is, and how the file calls it. */
    columns: jsonColumn<(string | null)[]>("columns").notNull(),
    titles: jsonColumn<string[]>("titles").notNull(),
    /** Where rows without a unit (of units: without a kind) belong. */
    fallback: text("fallback"),
    /** What was said of rows in doubt, by row: a person's or unit's id, "row:N", or "new". */
    answers: jsonColumn<Record<string, string>>("answers").notNull(),
    counts: jsonColumn<Counts>("counts"),
    job: idColumn<JobId>("job"),
    goodRows: flagColumn("good_rows").notNull().default(false),
    problem: text("problem"),
    createdAt: instantColumn("created_at").notNull(),
    committedAt: instantColumn("committed_at"),
    undoneAt: instantColumn("undone_at"),
  },
  (t) => [
    index("people_import_by").on(t.by, t.createdAt),
    index("people_import_created").on(t.createdAt),
    index("people_import_committed").on(t.committedAt),
  ],
);
/** One data row: what it means, what it changes and what was there before; undo reads the same in reverse. */
export const importRows = sqliteTable(
  "people_import_row",
  {
    import: idColumn<ImportId>("import")
      .notNull()
      .references(() => imports.id),
    n: integer("n").notNull(),
    outcome: text("outcome", { enum: ["new", "changed", "unchanged", "refused"] }).notNull(),
    /** What it is called, for lists. */
    label: text("label").notNull(),
    problem: jsonColumn<RowProblem>("problem"),
    /** The cells as they came; of refused rows alone. */
    cells: jsonColumn<(string | null)[]>("cells"),
    plan: jsonColumn<StagedPlan>("plan"),
  },
  (t) => [primaryKey({ columns: [t.import, t.n] }), index("people_import_row_outcome").on(t.import, t.outcome, t.n)],
);
