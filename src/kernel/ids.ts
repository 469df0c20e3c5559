/** Identifiers: UUIDv7 in lower case, branded by what they name. A client may make them, so a write sent twice is known. */
import { sql, type SQL } from "drizzle-orm";
import { v7 } from "uuid";
import { z } from "zod";

const uuid = () => z.uuid({ version: "v7" }).lowercase();
export const personId = uuid().brand<"PersonId">();
export type PersonId = z.infer<typeof personId>;
export const unitId = uuid().brand<"UnitId">();
export type UnitId = z.infer<typeof unitId>;
export const positionId = uuid().brand<"PositionId">();
export type PositionId = z.infer<typeof positionId>;
export const grantId = uuid().brand<"GrantId">();
export type GrantId = z.infer<typeof grantId>;
export const recordId = uuid().brand<"RecordId">();
export type RecordId = z.infer<typeof recordId>;
export const assignmentId = uuid().brand<"AssignmentId">();
export type AssignmentId = z.infer<typeof assignmentId>;
export const requirementId = uuid().brand<"RequirementId">();
export type RequirementId = z.infer<typeof requirementId>;
export const jobId = uuid().brand<"JobId">();
export type JobId = z.infer<typeof jobId>;

/** A fresh id of a kind: `newId(personId)`. */
export const newId = <S extends z.ZodType>(kind: S, at?: number): z.output<S> => kind.parse(at === undefined ? v7() : v7({ msecs: at }));

/** SQL that makes a fresh id for each row that it is asked for: for what is inserted by a query. */
export const newIdSql = (at: number): SQL => {
  const time = at.toString(16).padStart(12, "0");
  const random = sql`substr(lower(hex(randomblob(2))), 2)`;
  return sql`${`${time.slice(0, 8)}-${time.slice(8)}-7`} || ${random} || '-' || substr('89ab', (random() & 3) + 1, 1) || ${random} || '-' || lower(hex(randomblob(6)))`;
};

const letters = "23456789abcdefghjkmnpqrstuvwxyz";
/** A code to be read out or typed: letters of 31, none read as another; 4.95 bits each. */
export const newCode = (length: number): string => {
  let made = "";
  while (made.length < length)
    for (const byte of crypto.getRandomValues(new Uint8Array(32))) if (byte < 248 && made.length < length) made += letters[byte % 31] ?? "";
  return made;
};
