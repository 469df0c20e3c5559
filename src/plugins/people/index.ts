/** What other plugins may use of people. */
export { personChanged, unitChanged } from "./terms.ts";
export { chooseUnits, withUnit } from "./service/choose.ts";
export type { Units } from "./service/choose.ts";
/** What stands in a zip archive, its listing not believed further than it is looked at. */
export { BadFile, listing } from "./rules-zip.ts";
