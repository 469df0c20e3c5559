/** What other plugins may use of people. */
export { positionEnded, positionOpened } from "./terms.ts";
export { titlesOf } from "./store.ts";
export { hasPassword } from "./service/session.ts";
