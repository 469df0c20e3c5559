/** The face of records. */
export { titlesOfThings } from "./service/titles.ts";
export { checkAsked } from "./service/asked.ts";
