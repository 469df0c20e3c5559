/** The face of reports. */
export { figures } from "./figures.ts";
