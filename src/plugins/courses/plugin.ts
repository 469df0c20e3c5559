import { definePlugin } from "#kernel";
import { goOn } from "./cards.tsx";
import { content } from "./content.ts";
import { lessonsWrongAtFirst } from "./figures.ts";
import { handlers } from "./on.ts";
import { pages } from "./pages.tsx";
import * as tables from "./schema.ts";
import { completed, decided, keepCourses, studied, study } from "./terms.ts";
import { text } from "./text.ts";

/** Courses: lessons that open with a situation, cases that branch, time that is measured honestly. */
export const courses = definePlugin({
  id: "courses",
  needs: ["statutes", "bank"],
  permissions: [study, keepCourses],
  verbs: [studied, decided, completed],
  figures: [lessonsWrongAtFirst],
  cards: [goOn],
  nav: [
    { path: "/courses", words: text.title, needs: study, area: "learn", order: 30 },
    { path: "/admin/courses", words: text.adminTitle, needs: keepCourses, area: "admin", order: 330 },
  ],
  pages,
  content,
  on: handlers,
  tables,
});
