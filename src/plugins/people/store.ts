/** Reads that others use too. */
import { eq } from "drizzle-orm";
import { type Context, type JobId } from "#kernel";
import { jobs } from "#kernel/schema";

/** A job's row. Index: the primary key. */
export const findJob = (ctx: Context, id: JobId) =>
  ctx.db
    .select({
      id: jobs.id,
      kind: jobs.kind,
      state: jobs.state,
      actor: jobs.actor,
      done: jobs.done,
      total: jobs.total,
      result: jobs.result,
      problem: jobs.problem,
    })
    .from(jobs)
    .where(eq(jobs.id, id))
    .get();
