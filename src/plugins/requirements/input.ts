import { z } from "zod";
import { day, posts, requirementId, unitId, unitKinds } from "#kernel";

export const createInput = z.object({
  id: requirementId,
  name: z.string().min(2).max(100),
  course: z.string().max(80).optional(),
  exam: z.string().max(80).optional(),
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
  /** Left out: what is to be studied, else the exam. */
  slot: z.enum(["study", "exam"]).optional(),
  unit: unitId.optional(),
  open: z.boolean(),
  after: z.string().max(120).optional(),
});
export type PeopleInput = z.infer<typeof peopleInput>;
