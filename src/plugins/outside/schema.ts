/** Files of results from outside, and what each of their rows means. */
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { JobId, PersonId } from "#kernel";
import { dayColumn, flagColumn, idColumn, instantColumn, jsonColumn } from "#kernel/schema";
import type { ProofType } from "#plugins/people";
import type { Counts, ImportId, Plan, RowProblem } from "./rules.ts";

export const imports = sqliteTable(
  "outside_import",
  {
    id: idColumn<ImportId>("id").primaryKey(),
    by: idColumn<PersonId>("by").notNull(),
    /** As the file was called. */
    name: text("name").notNull(),
    state: text("state", { enum: ["reading", "ready", "committing", "done", "undoing", "undone", "failed"] }).notNull(),
    sheet: text("sheet"),
    /** The header's last row, from 1; 0: none found, a person must say. */
    header: integer("header").notNull(),
    columns: jsonColumn<(string | null)[]>("columns").notNull(),
    titles: jsonColumn<string[]>("titles").notNull(),
    /** The day of rows that do not say. */
    day: dayColumn("day"),
    /** What was said of rows in doubt: whom row N means (a person's id), or that its other score is a correction ("correct"). */
    answers: jsonColumn<Record<string, string>>("answers").notNull(),
    /** What names mean that nothing is called by: `exam:ID` or `course:ID`, by `whatKey`. */
    whats: jsonColumn<Record<string, string>>("whats").notNull(),
    counts: jsonColumn<Counts>("counts"),
    /** SHA-256 of the evidence file, hex; the file stands in R2 under it. */
    evidence: text("evidence").notNull(),
    evidenceName: text("evidence_name").notNull(),
    evidenceType: text("evidence_type").$type<ProofType>().notNull(),
    evidenceSize: integer("evidence_size").notNull(),
    job: idColumn<JobId>("job"),
    goodRows: flagColumn("good_rows").notNull().default(false),
    /** The last row that the running work is through with. */
    cursor: integer("cursor").notNull().default(0),
    problem: text("problem"),
    createdAt: instantColumn("created_at").notNull(),
    committedAt: instantColumn("committed_at"),
    undoneAt: instantColumn("undone_at"),
  },
  (t) => [
    index("outside_import_by").on(t.by, t.createdAt),
    index("outside_import_created").on(t.createdAt),
    index("outside_import_evidence").on(t.evidence),
  ],
);
export const rows = sqliteTable(
  "outside_row",
  {
    import: idColumn<ImportId>("import").notNull(),
    n: integer("n").notNull(),
    outcome: text("outcome", { enum: ["new", "changed", "unchanged", "refused"] }).notNull(),
    /** What it is called, for lists. */
    label: text("label").notNull(),
    problem: jsonColumn<RowProblem>("problem"),
    /** The cells as they came; of refused rows alone. */
    cells: jsonColumn<(string | null)[]>("cells"),
    plan: jsonColumn<Plan>("plan"),
  },
  (t) => [primaryKey({ columns: [t.import, t.n] }), index("outside_row_outcome").on(t.import, t.outcome, t.n)],
);
