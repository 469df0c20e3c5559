/** What the bank calls things. */
import { bureau, permission } from "#kernel";

/** Reading and keeping questions with their keys; who may is never a candidate of the exam in the same role. */
export const keepQuestions = permission("bank.keep", { by: ["author", "administrator"] });
/** Seeing how many questions a topic has, for blueprints: counts and titles, no key. */
export const seeTopics = permission("bank.topics", { by: [...bureau, "author"] });
