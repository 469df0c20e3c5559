import { bureau, permission } from "#kernel";

/** Reading reports and figures with their rows, within the reach. */
export const seeReports = permission("reports.see", { by: [...bureau, "auditor"] });
