import { bureau, permission } from "#kernel";

/** Reading reports and figures with their rows, within the reach. */
export const seeReports = permission("reports.see", { by: [...bureau, "auditor"] });
/** Entering by hand what no plugin counts; such a figure is of the whole body, so the reach must be whole. */
export const enterFigures = permission("reports.enter", { by: bureau });
