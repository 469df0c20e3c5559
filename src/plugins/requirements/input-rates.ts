/** What lists of people, rates and the standing form are asked by. */
import { z } from "zod";
import { requirementId, unitId, unitKinds } from "#kernel";
import { shows } from "./rules-rates.ts";

/** Left out: what is to be studied, else the exam. */
const slot = z.enum(["study", "exam"]).optional();
const narrow = {
  /** The unit itself. */
  unit: unitId.optional(),
  kind: z.enum(unitKinds).optional(),
  /** A part of a name. */
  q: z.string().max(40).optional(),
};
const after = z.string().max(160).optional();
export const listInput = z.object({ id: requirementId, slot, show: z.enum(shows).optional(), ...narrow, after });
export type ListInput = z.infer<typeof listInput>;
export const pagedInput = z.object({ id: requirementId, after });
export const overdueInput = z.object({ after });
export const yearInput = z.object({ year: z.int().min(2000).max(2100).optional() });
