/** The face of exams. */
export { sat } from "./terms.ts";
export { closedTo } from "./store-left.ts";
export { listExams, titlesOf } from "./service/plan.ts";
