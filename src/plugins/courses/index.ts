/** The face of courses. */
export { completedCourses, findStandings } from "./store.ts";
export { onlyLessons, stepOf } from "./rules-steps.ts";
export { listCourses, listLessons, partTitlesOf, titlesOf } from "./store-content.ts";
export { completed, courseCompleted, decided, studied } from "./terms.ts";
