/** The few column shapes of the house, so that every table stores the same thing the same way. */
import { integer, text } from "drizzle-orm/sqlite-core";
import type { Day, Instant } from "../text/time.ts";

/** An id (UUIDv7, lower case). */
export const idColumn = <T extends string>(name: string) => text(name).$type<T>();
/** UTC milliseconds; name ends in `_at`. */
export const instantColumn = (name: string) => integer(name).$type<Instant>();
/** `YYYY-MM-DD` in the deployment's zone. */
export const dayColumn = (name: string) => text(name).$type<Day>();
/** A list or object kept as JSON text. */
export const jsonColumn = <T>(name: string) => text(name, { mode: "json" }).$type<T>();
/** Yes or no. */
export const flagColumn = (name: string) => integer(name, { mode: "boolean" });
