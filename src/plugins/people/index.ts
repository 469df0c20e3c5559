/** What other plugins may use of people. */
export { personChanged, unitChanged } from "./terms.ts";
