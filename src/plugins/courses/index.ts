/** The face of courses. */
export { completedCourses } from "./store.ts";
export { listCourses, partTitlesOf, titlesOf } from "./store-content.ts";
export { completed, courseCompleted, studied } from "./terms.ts";
