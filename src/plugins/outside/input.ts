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

/* The API */
export const importQuery = z.object({
  dry_run: z.boolean().optional(),
  good_rows: z.boolean().optional(),
  day: day.optional().describe("of rows that name none"),
});
export const importParts = z.object({
  file: z.file().describe("xlsx or csv"),
  evidence: z.file().describe("pdf, png, jpg, docx or xlsx, 10 MB at the most"),
  answers: z.string().optional().describe('JSON: row → person id, or "correct" where another score stands'),
});
export const answersPart = z.record(z.string().regex(/^\d{1,6}$/), z.string().max(60));
export const importAnswer = z.object({
  import: z.string(),
  committed: z.boolean().describe("false: nothing was written (a dry run, or rows are refused and good_rows was not said)"),
  evidence: z.string().describe("SHA-256 of the evidence file, as each record has it"),
  rows: z.int().describe("data rows found; the four counts add up to it"),
  new: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  problems: z.array(
    z.object({
      row: z.int(),
      column: z.string(),
      value: z.string(),
      code: z.string(),
      message: z.string(),
      candidates: z.array(z.object({ id: z.string(), words: z.string() })).optional(),
    }),
  ),
});
export type ImportAnswer = z.output<typeof importAnswer>;
