/** What forms hold. */
import { z } from "zod";
import { day } from "#kernel";
import { outsideForm } from "#plugins/exams";

export const importId = z.uuid({ version: "v7" }).lowercase().brand<"OutsideImportId">();
export const uploadForm = z.object({ id: importId, file: z.instanceof(File), evidence: z.instanceof(File), day: day.optional() });
export const importPath = z.object({ import: importId });
export const importPage = z.object({ import: importId, after: z.number().int().optional() });
/** Columns, answers and names come as `column.N`, `answer.N` and `what.N`, with the name itself in `key.N`. */
export const checkForm = z.looseObject({
  import: importId,
  sheet: z.string().max(100).optional(),
  header: z.number().int().min(0).max(60_000),
  day: day.optional(),
});
export const answersForm = z.looseObject({ import: importId });
/** A new external exam for a name of the file. */
export const newExamForm = outsideForm.extend({ import: importId, key: z.string().max(400) });
export const writeForm = z.object({ import: importId, goodRows: z.boolean() });
/** `exam:ID` or `course:ID`. */
export const resultsPage = z.object({
  of: z.string().regex(/^(?:exam|course):[\w-]{1,60}$/),
  after: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}\.[0-9a-f-]{36}$/)
    .optional(),
});
