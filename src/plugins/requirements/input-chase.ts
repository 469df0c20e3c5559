/** What a reminder is asked by. */
import { z } from "zod";
import { personId, requirementId, unitId, unitKinds } from "#kernel";

const open = {
  requirement: requirementId.optional(),
  slot: z.enum(["study", "exam"]).optional(),
  /** The unit itself. */
  unit: unitId.optional(),
  kind: z.enum(unitKinds).optional(),
  /** A part of a name. */
  q: z.string().max(40).optional(),
  /** Left out: all whom the rest finds. */
  people: z.array(personId).max(1000),
  /** Only who is past the own deadline. */
  late: z.boolean(),
};
export const previewInput = z.object(open);
export type PreviewInput = z.infer<typeof previewInput>;
export const remindInput = z.object({
  ...open,
  /** Made when the form was: sent twice, it counts once. */
  use: z.uuid().toLowerCase(),
  how: z.enum(["notice", "copy", "xlsx"]),
  /** Those of today too, on purpose. */
  again: z.boolean(),
});
export type RemindInput = z.infer<typeof remindInput>;
export const usedInput = z.object({ use: z.uuid().toLowerCase() });
export const historyInput = z.object({ id: requirementId, after: z.string().max(60).optional() });
