/** The face of exams. */
export { sat } from "./terms.ts";
export { listExams, titlesOf } from "./service/plan.ts";
