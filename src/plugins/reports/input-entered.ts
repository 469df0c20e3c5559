/** What the pages of entered figures ask for and send. */
import { z } from "zod";
import { day } from "#kernel";
import { figureStates } from "./rules-entered.ts";

export const enteredId = z.uuid({ version: "v7" }).lowercase().brand<"EnteredId">();
/** `state`: those figures alone that are counted, entered or still empty. */
export const enteredListInput = z.object({ from: day.optional(), to: day.optional(), state: z.enum(figureStates).optional() });
export const enteredOneInput = z.object({
  entered: z.string().max(60),
  from: day.optional(),
  to: day.optional(),
  after: enteredId.optional(),
});
export const enterInput = z.object({
  entered: z.string().max(60),
  id: enteredId,
  from: day,
  to: day,
  number: z.int().min(0).max(1_000_000_000),
  definition: z.string().min(1).max(500),
  responsible: z.string().min(1).max(40),
  nil: z.boolean(),
  signed: z.string().max(40).default(""),
  /** The row that it corrects; absent for the first of a period. */
  supersedes: enteredId.optional(),
  reason: z.string().max(200).default(""),
  file: z.instanceof(File).optional(),
});
export type EnterInput = z.infer<typeof enterInput>;
export const evidenceInput = z.object({ entered: z.string().max(60), id: enteredId });
