/** What other plugins may use of people. */
export { positionEnded, positionOpened } from "./terms.ts";
