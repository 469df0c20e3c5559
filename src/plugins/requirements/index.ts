/** The face of requirements. */
export { activateRequirement, createRequirement } from "./service.ts";
