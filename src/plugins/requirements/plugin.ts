import { definePlugin } from "#kernel";
import { cards } from "./cards.tsx";
import * as figures from "./figures.ts";
import { handlers } from "./on.ts";
import { pages } from "./pages.tsx";
import * as tables from "./schema.ts";
import { manageRequirements, ownAssignments, remindPeople, reminded, seeRequirements, unitAssignments } from "./terms.ts";
import { text } from "./text.ts";

/** Requirements: who must finish what by when; what is due to each person is an assignment in the kernel. */
export const requirements = definePlugin({
  id: "requirements",
  needs: ["people", "courses", "exams"],
  permissions: [manageRequirements, seeRequirements, ownAssignments, unitAssignments, remindPeople],
  verbs: [reminded],
  figures: Object.values(figures),
  nav: [{ path: "/admin/requirements", words: text.title, needs: seeRequirements, area: "admin", order: 30 }],
  cards,
  on: handlers,
  pages,
  tables,
});
