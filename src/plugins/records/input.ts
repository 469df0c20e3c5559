import { z } from "zod";
import { day, personId, recordId, unitId } from "#kernel";

/** What narrows the ledger. Days are those of the fact, inclusive; a unit means its subtree. */
const filter = {
  from: day.optional(),
  to: day.optional(),
  unit: unitId.optional(),
  verb: z.string().max(60).optional(),
  kind: z.string().max(60).optional(),
  object: z.string().max(200).optional(),
  person: personId.optional(),
  standing: z.boolean().optional(),
};
/** What a person types: part of a unit's name; a full name, login or employee number. */
const typed = { in: z.string().max(100).optional(), name: z.string().max(60).optional() };
const cursor = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}\.\d{1,15}$/)
  .optional();
export const fileFormats = ["xlsx", "csv", "ndjson"] as const;
export type FileFormat = (typeof fileFormats)[number];

export const filterInput = z.object({ ...filter, ...typed });
export type FilterInput = z.infer<typeof filterInput>;
export const listInput = z.object({ ...filter, ...typed, after: cursor });
export type ListInput = z.infer<typeof listInput>;
/** Left out: CSV. */
const format = z.enum(fileFormats).optional();
export const exportInput = z.object({ ...filter, ...typed, format });
/** Whole names: on the page, or as a file. */
export const wholeInput = z.object({
  ...filter,
  ...typed,
  after: cursor,
  format: z.enum(["page", ...fileFormats]),
  reason: z.string().max(500),
});
export type WholeInput = z.infer<typeof wholeInput>;
export const mineInput = z.object({ after: cursor });
export const mineExportInput = z.object({ format });
export const oneInput = z.object({ record: recordId });

export const correctInput = z.object({
  record: recordId,
  /** Of the record to be written. */
  id: recordId,
  how: z.enum(["replace", "void"]),
  /** Local time of the deployment's zone, `YYYY-MM-DDTHH:MM`. */
  at: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/)
    .optional(),
  /** Points. */
  score: z.number().min(0).max(100_000).optional(),
  unit: unitId.optional(),
  reason: z.string().trim().min(2).max(500),
});
export type CorrectInput = z.infer<typeof correctInput>;

export const auditInput = z.object({
  from: day.optional(),
  to: day.optional(),
  actor: z.string().max(60).optional(),
  command: z.string().max(80).optional(),
  kind: z.string().max(60).optional(),
  object: z.string().max(200).optional(),
  unit: z.string().max(100).optional(),
  address: z.string().max(60).optional(),
  request: z.string().max(60).optional(),
  after: z
    .string()
    .regex(/^\d{1,16}\.\d{1,15}$/)
    .optional(),
});
export type AuditInput = z.infer<typeof auditInput>;
export const auditLineInput = z.object({ line: z.int().min(1) });

/** Strict: a filter that is misspelt is refused, since the answer would be the whole ledger. */
export const apiInput = z.strictObject({
  ...filter,
  format: z.enum(["json", ...fileFormats]).optional(),
  /** The `seq` of the last record of the page before; of json only. */
  after: z.int().min(0).optional(),
  limit: z.int().min(1).max(1000).optional(),
  names: z.enum(["masked", "whole"]).optional(),
  /** Why whole names are wanted; kept in the audit. */
  reason: z.string().max(500).optional(),
});
export type ApiInput = z.infer<typeof apiInput>;
export const correctionBody = correctInput.omit({ record: true });

/** A record as the API and NDJSON tell it. Instants are UTC milliseconds, points are points. */
export const recordAnswer = z.object({
  seq: z.int(),
  id: recordId,
  verb: z.string(),
  object: z.object({ kind: z.string(), id: z.string(), title: z.string() }),
  person: z.object({ id: personId, name: z.string() }).nullable(),
  unit: z.object({ id: unitId, name: z.string() }).nullable(),
  at: z.int(),
  day,
  recorded_at: z.int(),
  score: z.number().nullable(),
  seconds: z.int().nullable(),
  source: z.enum(["own", "external", "entered"]),
  evidence: z.string().nullable(),
  state: z.enum(["standing", "corrected", "voided", "voiding"]),
  corrects: recordId.nullable(),
  corrected_by: recordId.nullable(),
  leaf: z.string(),
});
export type RecordAnswer = z.infer<typeof recordAnswer>;
/** `position`: the last record of the ledger at that moment; `next`: what `after` is for the next page. */
export const pageAnswer = z.object({ position: z.int(), records: z.array(recordAnswer), next: z.int().nullable() });
