/** Decisions about questions. Pure. */
import type { QuestionBody } from "./schema.ts";
import { questionTypes, type TypeId } from "./types/index.ts";

/** A question as other plugins use it: the newest version, or the one asked for. */
export type Question = QuestionBody & {
  id: string;
  version: string;
  type: TypeId;
  topic: string;
  course: string | null;
  lesson: string | null;
  use: "check" | "exam";
  difficulty: number;
};

/** The share of its points that an answer earns, 0 to 1. Total: a malformed answer scores 0 and never throws. */
export const gradeAnswer = (question: { type: TypeId; key: unknown }, value: unknown): number =>
  questionTypes[question.type].grade(question.key, value);
/** What a plain form's fields say as an answer to a question of this type. */
export const answerFromForm = (type: TypeId, fields: readonly string[]): unknown => questionTypes[type].fromForm(fields);
/** Whether something was answered at all. */
export const isAnswered = (type: TypeId, value: unknown): boolean => questionTypes[type].chosen(value).length > 0;

/** `statute@version#article` of a citation, without paragraph and item. */
export const articleOf = (citation: string): string => citation.replace(/\..*$/, "");
