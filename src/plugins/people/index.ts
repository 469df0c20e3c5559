/** What other plugins may use of people. */
export { positionEnded, positionOpened, rosterMarked, rosterUnmarked } from "./terms.ts";
