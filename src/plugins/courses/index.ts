/** The face of courses. */
export { completedCourses, findStandings } from "./store.ts";
export { StepBody, stepOf, type Step } from "./views.tsx";
export { listCourses, partTitlesOf, titlesOf } from "./store-content.ts";
export { completed, courseCompleted, studied } from "./terms.ts";
