import { z } from "zod";
import { day, posts, requirementId, unitKinds } from "#kernel";

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
