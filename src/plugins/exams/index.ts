/** The face of exams. */
export { excelled, passed, sat } from "./terms.ts";
export { listExams, titlesOf } from "./service/plan.ts";
