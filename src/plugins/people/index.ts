/** What other plugins may use of people. */
export { personChanged, unitChanged } from "./terms.ts";
export { chooseUnits, withUnit } from "./service/choose.ts";
export type { Units } from "./service/choose.ts";
