import { definePlugin } from "#kernel";
import { cards } from "./cards.tsx";
import * as figures from "./figures.ts";
import { assign, daily } from "./jobs.ts";
import { handlers } from "./on.ts";
import { pages } from "./pages.tsx";
import * as tables from "./schema.ts";
import {
  askExcuses,
  decideOnExcuses,
  excused,
  manageRequirements,
  ownAssignments,
  readProofs,
  remindPeople,
  reminded,
  seeRequirements,
  setLeaving,
  unitAssignments,
} from "./terms.ts";
import { text } from "./text.ts";
import { excuseText } from "./text-excuses.ts";

/** Requirements: who must finish what by when; what is due to each person is an assignment in the kernel. */
export const requirements = definePlugin({
  id: "requirements",
  needs: ["people", "courses", "exams"],
  permissions: [
    manageRequirements,
    seeRequirements,
    ownAssignments,
    unitAssignments,
    askExcuses,
    decideOnExcuses,
    readProofs,
    setLeaving,
    remindPeople,
  ],
  verbs: [excused, reminded],
  figures: Object.values(figures),
  nav: [
    { path: "/admin/requirements", words: text.title, needs: seeRequirements, area: "admin", order: 30 },
    { path: "/admin/excuses", words: excuseText.title, needs: decideOnExcuses, area: "admin", order: 31 },
  ],
  cards,
  on: handlers,
  jobs: [assign, daily],
  pages,
  tables,
});
