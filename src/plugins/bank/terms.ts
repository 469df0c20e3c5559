/** What the bank calls things. */
import { bureau, permission, signal } from "#kernel";

/** Reading and keeping questions with their keys; who may is never a candidate of the exam in the same role. */
export const keepQuestions = permission("bank.keep", { by: ["author", "administrator"] });
/** Seeing how many questions a topic has, for blueprints: counts and titles, no key. */
export const seeTopics = permission("bank.topics", { by: [...bureau, "author"] });

/** Questions that no paper may hold from now on: an article that they cite changed, or an author retired them. */
export const questionsWithdrawn = signal<{ questions: readonly string[] }>("questions.withdrawn");
/** An author looked: they may be drawn again as they stand. */
export const questionsReturned = signal<{ questions: readonly string[] }>("questions.returned");
