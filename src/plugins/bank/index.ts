/** The bank's face. */
export { drawPool, findVersions, topicTitles } from "./store.ts";
export type { TopicCounts } from "./store.ts";
export { listTopics } from "./service.ts";
export { answerFromForm, gradeAnswer, isAnswered } from "./rules.ts";
export type { Question } from "./rules.ts";
export { answerValue } from "./input.ts";
export { questionTypes, typeIds } from "./types/index.ts";
export type { TypeId } from "./types/index.ts";
export { questionsReturned, questionsWithdrawn } from "./terms.ts";
