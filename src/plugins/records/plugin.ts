import { definePlugin } from "#kernel";
import { api } from "./api.ts";
import { alarm } from "./cards.tsx";
import { check, nightly } from "./jobs.ts";
import { pages } from "./pages.tsx";
import { correctRecords, ownRecords, seeAudit, seeRecords, unmaskRecords } from "./terms.ts";
import { text } from "./text.ts";

/** The ledger's pages, exports and corrections; one's own file; the audit; the nightly check of tallies. */
export const records = definePlugin({
  id: "records",
  needs: ["certificates", "courses", "exams", "requirements"],
  permissions: [ownRecords, seeRecords, unmaskRecords, correctRecords, seeAudit],
  nav: [
    { path: "/records", words: text.mine, needs: ownRecords, area: "learn", order: 120 },
    { path: "/admin/records", words: text.ledger, needs: seeRecords, area: "admin", order: 80 },
    { path: "/admin/audit", words: text.audit, needs: seeAudit, area: "admin", order: 190 },
  ],
  pages,
  api,
  cards: [alarm],
  jobs: [nightly, check],
});
