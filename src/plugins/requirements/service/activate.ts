/** Switching a rule on, and ending it. */
import { z } from "zod";
import {
  commit,
  enqueue,
  Invalid,
  notFound,
  requirementId,
  wake,
  type Context,
  type JobId,
  type RequirementId,
  type Statement,
} from "#kernel";
import { slotsOf } from "../rules.ts";
import { countPeople, findAssignJob } from "../store-clock.ts";
import { assignByRule, countHits, findRequirement, moveState, withdraw, type Requirement } from "../store-rules.ts";
import { text } from "../text.ts";
import { wholeBody } from "./rule.ts";

/** Up to so many people are assigned to within the request; more by a job. */
const soon = 1000;
/** What the job is given, and where it goes on: `total` people are looked at, those up to `after` have been. */
export const assignInput = z.object({ requirement: requirementId, total: z.number() });
export const assignCursor = z.object({ after: z.string(), done: z.number() });

/** A job that assigns all that a rule asks; it stands after the rule is on. */
export const assigning = async (ctx: Context, id: RequirementId): Promise<{ id: JobId; statement: Statement }> => {
  const total = await countPeople(ctx);
  return enqueue(ctx, { kind: "requirements.assign", input: { requirement: id, total }, total });
};
/** Whether its job is still at work. */
const isAssigning = async (ctx: Context, { job }: Requirement): Promise<boolean> => {
  const found = job === null ? null : await findAssignJob(ctx, job);
  return found?.state === "queued" || found?.state === "running";
};
/**
 * Switches a rule on, or assigns to who fits by now; what is assigned already stays. Many people are a job; who joins meanwhile
 * is hit at once.
 * @throws {NotFound} @throws {Invalid} it asks nothing yet @throws {Conflict} it has ended
 */
export const activateRequirement = async (ctx: Context, id: RequirementId): Promise<void> => {
  const { reach } = wholeBody(ctx);
  const requirement = (await findRequirement(ctx, id)) ?? notFound();
  if (slotsOf(requirement).length === 0) throw new Invalid(text.asksNothing);
  if (requirement.state === "active" && (await isAssigning(ctx, requirement))) return;
  const { people } = await countHits(ctx, id, reach);
  const job = people <= soon ? null : await assigning(ctx, id);
  await commit(ctx, {
    statements: [
      ...moveState(ctx, id, ["draft", "active"], { state: "active", job: job?.id ?? null }),
      job?.statement ?? assignByRule(ctx, id, "", "~"),
    ],
    audit: {
      command: "requirements.activate",
      object: { kind: "requirement", id },
      before: { state: requirement.state },
      after: { state: "active" },
    },
  });
  if (job !== null) await wake(ctx, job.id);
};
/** Ends a rule and withdraws what is not due yet. @throws {Conflict} it was not on */
export const endRequirement = async (ctx: Context, id: RequirementId): Promise<void> => {
  wholeBody(ctx);
  await commit(ctx, {
    statements: [...moveState(ctx, id, ["active", "draft"], { state: "ended" }), withdraw(ctx, id)],
    audit: { command: "requirements.end", object: { kind: "requirement", id }, after: { state: "ended" } },
  });
};
