/** The face of requirements: which there are, for whoever counts by one. */
export { namesOf, requirementsDue } from "./store-rules.ts";
