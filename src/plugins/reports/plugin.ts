import { definePlugin } from "#kernel";
import { api } from "./api.ts";
import { figures } from "./figures.ts";
import { freeze } from "./jobs.ts";
import { pages } from "./pages.tsx";
import * as tables from "./schema.ts";
import { draftReports, enterFigures, reviewReports, seeReports, signReports } from "./terms.ts";
import { text } from "./text.ts";

/** Reports: documents of figures, each one click from its rows. */
export const reports = definePlugin({
  id: "reports",
  needs: ["people", "certificates", "courses", "exams", "requirements", "records"],
  permissions: [seeReports, enterFigures, draftReports, reviewReports, signReports],
  figures,
  nav: [{ path: "/admin/reports", words: text.title, needs: seeReports, area: "admin", order: 80 }],
  jobs: [freeze],
  tables,
  pages,
  api,
});
