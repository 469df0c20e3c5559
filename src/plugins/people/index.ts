/** What other plugins may use of people. */
export { personChanged, unitChanged } from "./terms.ts";
<<<<<<< HEAD
/** What stands in a zip archive, its listing not believed further than it is looked at. */
export { BadFile, listing } from "./rules-zip.ts";
=======
export { chooseUnits, withUnit } from "./service/choose.ts";
export type { Units } from "./service/choose.ts";
>>>>>>> 8a976a33ec7416b31c6f147ca8f1c58893f52cd0
