/** What the pages of exemptions and deferrals ask for and send. */
import { z } from "zod";
import { assignmentId, day, personId, requirementId, unitId } from "#kernel";
import { excuseKinds, excuseParts, excuseStates, excuseWhats } from "./rules-excuses.ts";

export const excuseId = z.uuid({ version: "v7" }).lowercase().brand<"ExcuseId">();
export type ExcuseId = z.infer<typeof excuseId>;
export const askInput = z.object({
  id: excuseId,
  /** One of what the person owes: of which requirement, and at which unit. */
  assignment: assignmentId,
  what: z.enum(excuseWhats),
  of: z.enum(excuseParts).default("all"),
  kind: z.enum(excuseKinds),
  from: day,
  until: day.optional(),
  due: day.optional(),
  note: z.string().max(300).default(""),
  file: z.instanceof(File).optional(),
});
export type AskInput = z.infer<typeof askInput>;
export const forPerson = z.object({ person: personId });
export const pageInput = z.object({ after: excuseId.optional() });
export const listInput = z.object({
  requirement: requirementId.optional(),
  kind: z.enum(excuseKinds).optional(),
  /** Left out: what is to be decided. */
  state: z.enum([...excuseStates, "any"]).optional(),
  after: excuseId.optional(),
  /** Whom to enter one for. */
  find: z.string().max(60).optional(),
});
export type ListInput = z.infer<typeof listInput>;
export const decideInput = z.object({
  ids: z.array(excuseId).max(100),
  decision: z.enum(["approve", "refuse"]),
  reason: z.string().max(200).default(""),
});
export type DecideInput = z.infer<typeof decideInput>;
export const withdrawInput = z.object({ id: excuseId, reason: z.string().min(1).max(200) });
export type WithdrawInput = z.infer<typeof withdrawInput>;
export const fileInput = z.object({ id: excuseId });
export const yearInput = z.object({ year: z.int().min(2000).max(2100).optional(), saved: z.boolean() });
export const leavingInput = z.object({ year: z.int().min(2000).max(2100), exempt: z.array(z.enum(excuseKinds)), deferred: z.boolean() });
export const excusedInput = z.object({
  id: requirementId,
  slot: z.enum(["study", "exam"]).default("exam"),
  what: z.enum(excuseWhats).default("exempt"),
  unit: unitId.optional(),
  after: z.string().max(120).optional(),
});
export type ExcusedInput = z.infer<typeof excusedInput>;
/** A file of them, of one requirement. */
export const bulkInput = z.object({ id: excuseId, requirement: requirementId, file: z.instanceof(File) });
export type BulkInput = z.infer<typeof bulkInput>;
