/** What the pages of requirements read. */
import { z } from "zod";
import { categories, day, natures, posts, requirementId, unitId, unitKinds, unitStatuses } from "#kernel";

/** A rule as the form says it; whether its parts fit together is `misfitOf`'s. */
export const ruleInput = z.object({
  id: requirementId,
  name: z.string().trim().min(2).max(100),
  course: z.string().max(80).optional(),
  /** Each `course/lesson`. */
  lessons: z.array(z.string().max(200)).max(100),
  exam: z.string().max(80).optional(),
  kinds: z.array(z.enum(unitKinds)),
  /** None: open ones. */
  statuses: z.array(z.enum(unitStatuses)),
  /** Its id or its name. */
  unit: z.string().trim().max(60).optional(),
  foundedFrom: day.optional(),
  foundedTo: day.optional(),
  posts: z.array(z.enum(posts)),
  natures: z.array(z.enum(natures)),
  categories: z.array(z.enum(categories)),
  roster: z.boolean(),
  tookFrom: day.optional(),
  tookTo: day.optional(),
  each: z.boolean(),
  period: z.enum(["calendar", "school"]),
  year: z.number().int().min(2000).max(2100),
  from: day,
  dueBy: z.enum(["day", "joining"]),
  due: day.optional(),
  days: z.number().int().min(1).max(366).optional(),
  repeats: z.boolean(),
});
export type RuleInput = z.infer<typeof ruleInput>;
export const oneInput = z.object({ id: requirementId });
/** Whom a rule hits: the units, or the people of one. */
export const hitsInput = z.object({ id: requirementId, unit: unitId.optional(), after: z.string().max(60).optional() });
export type HitsInput = z.infer<typeof hitsInput>;
