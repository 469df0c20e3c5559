import { bureau, permission } from "#kernel";

/** Reading reports and figures with their rows, within the reach. */
export const seeReports = permission("reports.see", { by: [...bureau, "auditor"] });
/** Writing a report; it is of the whole body, so each of these asks for a reach that is whole. */
export const draftReports = permission("reports.draft", { by: bureau });
/** 审核, and the check before publishing. */
export const reviewReports = permission("reports.review", { by: bureau });
/** 签发, and withdrawal. */
export const signReports = permission("reports.sign", { by: bureau });
/** Entering by hand what no plugin counts; such a figure is of the whole body, so the reach must be whole. */
export const enterFigures = permission("reports.enter", { by: bureau });
