/** What outside calls its permissions. */
import { bureau, permission } from "#kernel";

/** Importing results earned elsewhere, of people within the reach. */
export const importOutside = permission("outside.import", { by: bureau });
/** Seeing imports and their results, within the reach. */
export const seeOutside = permission("outside.see", { by: [...bureau, "auditor"] });
