import { z } from "zod";
import { multiple, single, truefalse, typeIds } from "./types/index.ts";

/** A file's question is `course/id`; the bureau's own is a UUIDv7. */
export const questionId = z.string().min(1).max(120).brand<"QuestionId">();
export type QuestionId = z.infer<typeof questionId>;
/** `course/topic`, or `bureau/…` for the bureau's own. */
const topicId = z.string().min(1).max(120);

/** What a candidate answers, by type. */
export const answerValue = z.discriminatedUnion("type", [single.value, multiple.value, truefalse.value]);

const optionShape = z.object({ key: z.string(), text: z.string() });
/** A question as `GET /questions/export` gives it. */
export const exportedQuestion = z.object({
  id: z.string(),
  version: z.string(),
  type: z.enum(typeIds),
  topic: z.string(),
  course: z.string().nullable(),
  lesson: z.string().nullable(),
  use: z.enum(["check", "exam"]),
  difficulty: z.int(),
  stem: z.string(),
  options: z.array(optionShape),
  key: z.union([z.string(), z.array(z.string()), z.boolean()]),
  explanation: z.string(),
  citations: z.array(z.string()),
  retired: z.boolean(),
  flagged: z.boolean(),
});
export const exportInput = z.object({ format: z.enum(["json"]).default("json") });

export const listInput = z.object({
  topic: topicId.optional(),
  type: z.enum(typeIds).optional(),
  use: z.enum(["check", "exam"]).optional(),
  state: z.enum(["flagged", "retired"]).optional(),
  words: z.string().max(50).optional(),
  after: z.string().max(120).optional(),
});
export type ListInput = z.infer<typeof listInput>;
export const oneInput = z.object({ question: questionId });
export const copyInput = z.object({ question: questionId, id: z.uuid({ version: "v7" }).lowercase() });
const letters = ["A", "B", "C", "D", "E", "F"] as const;
export const optionLetters = letters;
const option = z.string().max(500).default("");
/** The bureau's own question as a form gives it. */
export const editInput = z.object({
  question: questionId,
  /** The version that was edited; another in between is a conflict. Empty: it is new. */
  base: z.string().max(64).default(""),
  type: z.enum(typeIds),
  topic: topicId,
  use: z.enum(["check", "exam"]).default("exam"),
  difficulty: z.int().min(1).max(3).default(2),
  stem: z.string().min(5).max(3000),
  A: option,
  B: option,
  C: option,
  D: option,
  E: option,
  F: option,
  answer: z.string().min(1).max(20),
  explanation: z.string().min(5).max(5000),
});
export type EditInput = z.infer<typeof editInput>;
