import { z } from "zod";
import { day, posts, requirementId, unitId, unitKinds } from "#kernel";

/** `what` is `course:ID` or `exam:ID`. */
export const createInput = z.object({
  id: requirementId,
  name: z.string().min(2).max(100),
  what: z.string().regex(/^(?:course|exam):[\w-]+$/),
  kinds: z.array(z.enum(unitKinds)),
  posts: z.array(z.enum(posts)),
  roster: z.boolean(),
  from: day,
  due: day,
});
export type CreateInput = z.infer<typeof createInput>;
export const oneInput = z.object({ id: requirementId });
export const peopleInput = z.object({
  id: requirementId,
  unit: unitId.optional(),
  open: z.boolean(),
  after: z.string().max(120).optional(),
});
export type PeopleInput = z.infer<typeof peopleInput>;
