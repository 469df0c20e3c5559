import { bureau, everyone, permission } from "#kernel";

/** Making rules and switching them on. */
export const manageRequirements = permission("requirements.manage", { by: bureau });
/** Seeing rules and who is behind, within the reach. */
export const seeRequirements = permission("requirements.see", { by: [...bureau, "auditor"] });
/** What is due to oneself. */
export const ownAssignments = permission("requirements.own", { by: everyone });
/** Who of one's own unit has not done what. */
export const unitAssignments = permission("requirements.unit", { by: ["head", "unit-officer"] });
