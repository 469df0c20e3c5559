/** 外部成绩: results earned elsewhere, imported with their evidence. */
import { definePlugin } from "#kernel";
import { api } from "./api.ts";
import { forget, importJob } from "./jobs.ts";
import { pages } from "./pages.tsx";
import * as tables from "./schema.ts";
import { importOutside, seeOutside } from "./terms.ts";
import { text } from "./text.ts";

export const outside = definePlugin({
  id: "outside",
  needs: ["people", "courses", "exams"],
  permissions: [importOutside, seeOutside],
  nav: [{ path: "/admin/outside", words: text.title, needs: seeOutside, area: "admin", order: 45 }],
  pages,
  api,
  jobs: [importJob, forget],
  tables,
});
