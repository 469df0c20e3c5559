/** The face of requirements: which there are, their rates, for whoever counts by one. */
export { namesOf, requirementsDue } from "./store-rules.ts";
export { excellentRate, passedRate, passOfDue, satRate, studiedRate } from "./figures.ts";
export {
  exempted,
  exemptRetiring,
  exemptIllness,
  exemptMaternity,
  exemptAbroad,
  exemptPosted,
  exemptOther,
  deferredPeople,
  reminders,
} from "./figures.ts";
