import { z } from "zod";
import { assignmentId, day, personId, recordId, requirementId, unitId } from "#kernel";
import { templateIds } from "./rules-template.ts";

export const reportId = z.uuid({ version: "v7" }).lowercase().brand<"ReportId">();
const password = z.string().min(1).max(200);
const title = z.string().min(2).max(100);
const addressee = z.string().max(100).optional();
const signer = z.string().min(1).max(60);

export const reportPath = z.object({ report: reportId });
/** What is asked before a report is made: whose rates it may tell depends on the year. */
export const newReportQuery = z.object({ year: z.int().min(2000).max(2100).optional() });
export const createReportInput = z.object({
  id: reportId,
  template: z.enum(templateIds),
  year: z.int().min(2000).max(2100),
  study: requirementId.optional(),
  exam: requirementId.optional(),
});
export type CreateReport = z.output<typeof createReportInput>;
export const copyReportInput = z.object({ id: reportId, report: reportId });

const blockShape = z.object({ kind: z.enum(["h1", "h2", "h3", "p"]), text: z.string().max(4000) });
const blocks = z.array(blockShape).max(400);
/** The blocks come as fields `kind.N` and `text.N`, so that an empty one keeps its place. */
export const saveReportForm = z.looseObject({
  report: reportId,
  /** The version that was edited. */
  version: z.int().min(1),
  title,
  addressee,
  signer,
  from: day,
  to: day,
  study: requirementId.optional(),
  exam: requirementId.optional(),
});
type SaveForm = z.output<typeof saveReportForm>;
/** A version to be saved: the form's own fields, and its boxes in order. */
export type SaveReport = { [K in keyof SaveForm as string extends K ? never : K]: SaveForm[K] } & { boxes: z.output<typeof blocks> };
/** The boxes of the form, in order. @throws {ZodError} */
export const boxesIn = (given: Readonly<Record<string, unknown>>): z.output<typeof blocks> => {
  const numbers = Object.keys(given)
    .flatMap((name) => /^text\.(\d{1,3})$/.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b);
  return blocks.parse(numbers.map((n) => ({ kind: given[`kind.${n}`] ?? "p", text: given[`text.${n}`] ?? "" })));
};
export const versionsQuery = z.object({ report: reportId, from: z.int().min(1).optional(), to: z.int().min(1).optional() });

const step = { report: reportId, version: z.int().min(1), password };
export const stepInput = z.object(step);
export type StepInput = z.output<typeof stepInput>;
/** `seen`: the digest of the numbers that the reader had before them. */
export const seenStep = z.object({ ...step, seen: z.string().regex(/^[0-9a-f]{64}$/) });
export type SeenStep = z.output<typeof seenStep>;
export const checkStep = z.object({
  ...step,
  seen: z.string().regex(/^[0-9a-f]{64}$/),
  /** 保密: nothing secret is in it. */
  secrets: z.literal("1"),
  /** 个人信息: nobody is named or can be told. */
  personal: z.literal("1"),
  word: z.string().min(2).max(500),
});
export type CheckStep = z.output<typeof checkStep>;
export const reasonStep = z.object({ ...step, reason: z.string().min(2).max(500) });
export const dropInput = z.object({ report: reportId, reason: z.string().min(2).max(500) });
export type ReasonStep = z.output<typeof reasonStep>;

export const frozenQuery = z.object({ report: reportId, n: z.int().min(1), after: z.int().min(0).optional() });
export const yearPath = z.object({ year: z.int().min(2000).max(2100) });

/* What stands in R2 */
const run = z.union([
  z.object({ is: z.enum(["words", "missing"]), text: z.string() }),
  z.object({ is: z.literal("figure"), text: z.string(), n: z.int() }),
]);
/** A document as it was published. */
export const documentShape = z.object({
  title: z.string(),
  to: z.string(),
  period: z.string(),
  blocks: z.array(z.object({ kind: z.enum(["h1", "h2", "h3", "p"]), runs: z.array(run).readonly() })).readonly(),
  signer: z.string(),
  date: z.string(),
  annex: z
    .array(
      z.object({
        n: z.int(),
        title: z.string(),
        number: z.string(),
        measure: z.string(),
        definition: z.string(),
        scope: z.string(),
        period: z.string(),
        moment: z.string(),
        source: z.string(),
        digest: z.string().nullable(),
      }),
    )
    .readonly(),
});
/** A figure's number with the digests of the pages of its rows, or what proves an entry. */
export const frozenListShape = z.looseObject({
  pages: z.array(z.string()),
  entered: z
    .object({
      id: z.string(),
      responsible: z.string(),
      statement: z.string().nullable(),
      file: z.object({ digest: z.string(), name: z.string() }).nullable(),
    })
    .nullable(),
});
/** A page of rows, as they were shown. */
export const frozenPageShape = z.array(
  z.object({
    key: z.string(),
    part: z.boolean().nullable(),
    record: recordId.nullable(),
    assignment: assignmentId.nullable(),
    person: personId.nullable(),
    personName: z.string().nullable(),
    unit: unitId.nullable(),
    unitName: z.string().nullable(),
    objectKind: z.string().nullable(),
    objectId: z.string().nullable(),
    at: z.int().nullable(),
    score: z.int().nullable(),
    due: z.string().nullable(),
    title: z.string().nullable(),
  }),
);
export type FrozenPage = z.output<typeof frozenPageShape>;
