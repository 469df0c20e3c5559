/** What other plugins may use of people: what it tells them, and the parts of its import that other imports share. */
export { personChanged, unitChanged } from "./terms.ts";
export { chooseUnits, withUnit } from "./service/choose.ts";
export type { Units } from "./service/choose.ts";
export { confirmPassword } from "./service/confirm.ts";
export { fileHeaders, xlsxStreamOf } from "./rules-export.ts";
export { inspect } from "./rules-file.ts";
export { peopleHeaders, type Headers } from "./rules-headers.ts";
export { unitFinder } from "./rules-named.ts";
export { guessTable, lookAtSheet, openRows } from "./rules-read.ts";
export { candidate, type Known } from "./rules-roll.ts";
export type { Cell } from "./rules-table.ts";
export { dateOf, personName, unitName, type Candidate } from "./rules-values.ts";
export { phoneOf } from "./rules.ts";
/** What stands in a zip archive, its listing not believed further than it is looked at. */
export { BadFile, listing } from "./rules-zip.ts";
export { asRefusal } from "./service/import-file.ts";
export { stager, type Upkeep } from "./service/import-stage.ts";
export { findJob } from "./store.ts";
export { knownPeople, peopleAt, unitNames } from "./store-import.ts";
