/** The kernel's tables and the house's column shapes, for schemas and stores (#kernel/schema). */
export { dayColumn, flagColumn, idColumn, instantColumn, jsonColumn } from "./db/columns.ts";
export {
  grants,
  people,
  positions,
  rosterMarks,
  unitClosure,
  units,
  unitStatusHistory,
  authAccounts,
  authSessions,
  authUsers,
  authVerifications,
} from "./identity/schema.ts";
export { assignments, dueTallies, records, tallies } from "./ledger/schema.ts";
export { auditLines } from "./audit/schema.ts";
export { jobs, settings } from "./jobs/schema.ts";
