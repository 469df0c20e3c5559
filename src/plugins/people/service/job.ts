/** How far long work is: one's own, or any for an administrator. */
import { notFound, type Context, type JobId } from "#kernel";
import { findJob } from "../store.ts";
import { ownAccount } from "../terms.ts";

/** @throws {NotFound} another's job looks like one that never was */
export const lookAtJob = async (ctx: Context, id: JobId) => {
  const actor = ctx.allow(ownAccount);
  const job = (await findJob(ctx, id)) ?? notFound();
  return job.actor === actor.person || actor.roles.has("administrator") ? job : notFound();
};
