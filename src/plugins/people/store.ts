/** Reads that others use too. */
import { eq, sql } from "drizzle-orm";
import { chunkJson, rowsOf, type Context, type JobId, type PersonId } from "#kernel";
import { jobs } from "#kernel/schema";

/** Names of people, by id. One json_each query a chunk; index: the primary key. */
export const titlesOf = async (ctx: Context, ids: readonly PersonId[]): Promise<Map<PersonId, string>> => {
  const names = new Map<PersonId, string>();
  for (const chunk of ids.length > 0 ? chunkJson(ids) : [])
    for (const row of await rowsOf<{ id: PersonId; name: string }>(
      ctx,
      sql`select id, name from kernel_person where id in (select value from json_each(${chunk}))`,
    ))
      names.set(row.id, row.name);
  return names;
};
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
