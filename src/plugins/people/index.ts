/** What other plugins may use of people. */
export { confirmPassword } from "./service/confirm.ts";
export { positionEnded, positionOpened, rosterMarked, rosterUnmarked } from "./terms.ts";
