/** The face of exams. */
export { excelled, passed, sat } from "./terms.ts";
export { closedTo } from "./store-left.ts";
export { listExams, titlesOf } from "./service/plan.ts";
export { listResultTargets, registerOutside } from "./service/outside.ts";
export { examId, outsideForm } from "./input.ts";
export type { ExamId } from "./input.ts";
