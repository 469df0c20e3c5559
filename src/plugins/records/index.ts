/** The face of records. */
export { thingKey, titlesOfThings } from "./service/titles.ts";
