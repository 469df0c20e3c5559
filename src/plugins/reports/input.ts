import { z } from "zod";
import { documentShape } from "./input-report.ts";
import { reportStates } from "./rules-report.ts";
import { categories, day, posts, recordSources, requirementId, unitId, unitKinds, unsaid } from "#kernel";
import { dimensions } from "./rules.ts";

const range = { from: day.optional(), to: day.optional(), unit: unitId.optional() };
/** What narrows a figure of records; several values of one field mean any of them, "none" what says nothing. */
const narrow = {
  kinds: z.array(z.enum([...unitKinds, unsaid])).optional(),
  categories: z.array(z.enum([...categories, unsaid])).optional(),
  posts: z.array(z.enum([...posts, unsaid])).optional(),
  source: z.enum(recordSources).optional(),
};
export const annualInput = z.object(range);
export const reportInput = z.object({ report: z.string().max(60) });
export const figureInput = z.object({
  figure: z.string().max(80),
  ...range,
  ...narrow,
  object: z.string().max(80).optional(),
  /** Of a share: the one requirement that it is of. */
  requirement: requirementId.optional(),
  after: z.string().max(80).optional(),
});
export type FigureInput = z.infer<typeof figureInput>;
export const breakdownInput = z.object({
  by: z.enum(dimensions).default("kind"),
  figure: z.string().max(80).optional(),
  ...range,
  ...narrow,
});
export type BreakdownInput = z.infer<typeof breakdownInput>;
/** Strict: a filter that is misspelt is refused, since the answer would be of everything. */
export const reportQuery = z.strictObject({ id: z.string().max(60), ...range, format: z.enum(["json", "html", "docx"]).optional() });
export const figureQuery = z.strictObject({
  id: z.string().max(80),
  ...range,
  ...narrow,
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
export const reportAnswer = z.object({
  id: z.string(),
  title: z.string(),
  from: day,
  to: day,
  /** Of the yearly figures. */
  figures: z.array(figureAnswer),
  /** Of a document: how far it is on its way, its words with the numbers in them, and the pages of its figures' rows. */
  state: z.enum(reportStates).nullable(),
  document: documentShape.nullable(),
  rows: z.array(z.string()),
});
