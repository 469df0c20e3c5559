/** Jobs: the truth of long work is its row; the queue only wakes it. And the deployment's settings. */
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { idColumn, instantColumn, jsonColumn } from "../db/columns.ts";
import type { JobId, PersonId } from "../ids.ts";

export const jobs = sqliteTable(
  "kernel_job",
  {
    id: idColumn<JobId>("id").primaryKey(),
    kind: text("kind").notNull(),
    state: text("state", { enum: ["queued", "running", "done", "failed"] }).notNull(),
    /** Whose it is; null for the deployment's own. */
    actor: idColumn<PersonId>("actor"),
    input: jsonColumn<unknown>("input").notNull(),
    /** Where the next step begins; written in the same batch as the step's work. */
    cursor: jsonColumn<unknown>("cursor"),
    done: integer("done").notNull().default(0),
    total: integer("total").notNull().default(0),
    attempts: integer("attempts").notNull().default(0),
    /** Until when a worker holds it. */
    leaseUntil: instantColumn("lease_until").notNull().default(0),
    result: jsonColumn<unknown>("result"),
    problem: text("problem"),
    createdAt: instantColumn("created_at").notNull(),
    endedAt: instantColumn("ended_at"),
  },
  (t) => [index("kernel_job_waiting").on(t.state, t.leaseUntil), index("kernel_job_actor").on(t.actor, t.createdAt)],
);

export const settings = sqliteTable("kernel_setting", {
  key: text("key").primaryKey(),
  /** JSON text. */
  value: text("value").notNull(),
  updatedAt: instantColumn("updated_at").notNull(),
});
