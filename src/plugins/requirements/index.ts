/** The face of requirements: which there are, for whoever counts by one. */
export { requirementsDue } from "./store-rules.ts";
export { excellentRate, passedRate, passOfDue, satRate, studiedRate } from "./figures.ts";
