/** The bank's face. */
export { drawPool, findQuestions, findVersions, topicTitles } from "./store.ts";
export type { PoolRow, TopicCounts } from "./store.ts";
export { listTopics } from "./service.ts";
export { answerFromForm, gradeAnswer, isAnswered } from "./rules.ts";
export type { Question } from "./rules.ts";
export { answerValue } from "./input.ts";
export type { AnswerValue } from "./input.ts";
export { questionTypes, typeIds } from "./types/index.ts";
export type { Option, QuestionType, Shown, TypeId } from "./types/index.ts";
export { text as bankText } from "./text.ts";
export { questionsReturned, questionsWithdrawn } from "./terms.ts";
