import { z } from "zod";
import { day, requirementId, unitId } from "#kernel";

const range = { from: day.optional(), to: day.optional(), unit: unitId.optional() };
export const annualInput = z.object(range);
export const reportInput = z.object({ report: z.string().max(60) });
export const figureInput = z.object({
  figure: z.string().max(80),
  ...range,
  object: z.string().max(80).optional(),
  /** Of a share: the one requirement that it is of. */
  requirement: requirementId.optional(),
  after: z.string().max(80).optional(),
});
export type FigureInput = z.infer<typeof figureInput>;
/** Strict: a filter that is misspelt is refused, since the answer would be of everything. */
export const reportQuery = z.strictObject({ id: z.string().max(60), ...range, format: z.enum(["json", "html"]).optional() });
export const figureQuery = z.strictObject({
  id: z.string().max(80),
  ...range,
  object: z.string().max(80).optional(),
  requirement: requirementId.optional(),
});

export const figureAnswer = z.object({
  id: z.string(),
  title: z.string(),
  definition: z.string(),
  measure: z.enum(["times", "people", "units", "copies", "percent"]),
  value: z.int(),
  /** Of a share: the one requirement that it is of. */
  requirement: z.object({ id: requirementId, name: z.string() }).nullable(),
  /** The denominator of a share; null for counts. */
  whole: z.int().nullable(),
  from: day,
  to: day,
  /** UTC ms: the moment as of which it holds. */
  at: z.int(),
  /** The ledger's last number at that moment. */
  position: z.int(),
  /** Path of the rows behind it. */
  rows: z.string(),
});
export const reportAnswer = z.object({ id: z.string(), title: z.string(), from: day, to: day, figures: z.array(figureAnswer) });
