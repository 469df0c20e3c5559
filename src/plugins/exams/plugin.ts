/** Exams: blueprints and sittings, the live room, results, retakes, and a record of each attempt. */
import { definePlugin } from "#kernel";
import { api } from "./api.ts";
import { cards } from "./cards.tsx";
import { countDueNightly, flushAgain, resendAfterRestore } from "./jobs.ts";
import { handlers } from "./on.ts";
import { pages } from "./pages.tsx";
import { examRoom } from "./room.ts";
import * as tables from "./schema.ts";
import { accommodate, excelled, ownExams, passed, planExams, sat, sitExams, watchExams } from "./terms.ts";
import { text } from "./text.ts";

export const exams = definePlugin({
  id: "exams",
  needs: ["statutes", "bank", "certificates", "courses"],
  permissions: [ownExams, sitExams, planExams, watchExams, accommodate],
  verbs: [sat, passed, excelled],
  pages,
  api,
  nav: [
    { path: "/exams", words: text.title, needs: ownExams, area: "learn", order: 40 },
    { path: "/admin/exams", words: text.adminTitle, needs: watchExams, area: "admin", order: 40 },
  ],
  cards,
  objects: { ExamRoom: (host) => examRoom(host) },
  jobs: [countDueNightly, flushAgain, resendAfterRestore],
  on: handlers,
  tables,
});
