/** What the plugin calls things. */
import { bureau, everyone, permission } from "#kernel";

/** One's own file (学法档案). */
export const ownRecords = permission("records.own", { by: everyone });
/** The ledger within the reach, names masked. */
export const seeRecords = permission("records.see", { by: [...bureau, "auditor"] });
/** Whole names in lists and exports, for a reason that the audit keeps. */
export const unmaskRecords = permission("records.unmask", { by: bureau });
/** Correcting or voiding a record, for a reason that the audit keeps. */
export const correctRecords = permission("records.correct", { by: bureau });
/** Who did what. */
export const seeAudit = permission("records.audit", { by: ["administrator", "auditor"] });
