/** The certificates of one person, as others may see them. */
import { and, desc, eq } from "drizzle-orm";
import { within, type Context, type PersonId, type Reach } from "#kernel";
import { certificates } from "./schema.ts";

/** A person's within the reach, newest first (certificates_person). */
export const ofPersonWithin = (ctx: Context, reach: Reach, person: PersonId) =>
  ctx.db
    .select()
    .from(certificates)
    .where(and(eq(certificates.person, person), within(reach, certificates.unit)))
    .orderBy(desc(certificates.issuedAt))
    .limit(100);
