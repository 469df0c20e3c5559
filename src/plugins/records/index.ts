/** The face of records. */
export { titlesOfThings } from "./service/titles.ts";
