import { z } from "zod";
import { unitId } from "#kernel";

export const certificateId = z.uuid({ version: "v7" }).lowercase().brand<"CertificateId">();
export type CertificateId = z.infer<typeof certificateId>;

/** What the address of a verification may hold: of the holder's name nothing, which would stay in history and logs. */
export const verifyPage = z.object({ number: z.string().max(60).optional(), code: z.string().max(40).optional() });
export const verifyInput = z.object({
  number: z.string().max(60).optional(),
  name: z.string().max(50).optional(),
  code: z.string().max(40).optional(),
});
export const numberInput = z.object({ number: z.string().max(60) });
export const revokeInput = z.object({ number: z.string().max(60), reason: z.string().min(2).max(500) });
export const listInput = z.object({
  number: z.string().max(60).optional(),
  name: z.string().max(50).optional(),
  state: z.enum(["valid", "revoked", "superseded"]).optional(),
  /** Part of a unit's name, as typed: that unit and what is below it. */
  in: z.string().max(100).optional(),
  unit: unitId.optional(),
  group: z.string().max(60).optional(),
  after: z.string().max(60).optional(),
});
export type ListInput = z.infer<typeof listInput>;
export const stampInput = z.object({ file: z.instanceof(File).optional(), remove: z.boolean().optional() });
/** What anybody may know of a certificate: the bare number's answer, and more with the check code or the name. */
export const verification = z.object({
  number: z.string(),
  type: z.string(),
  year: z.int(),
  issuer: z.string(),
  status: z.enum(["valid", "revoked", "superseded"]),
  name: z.enum(["matches", "differs"]).optional(),
  code: z.enum(["matches", "differs"]).optional(),
  unit: z.string().optional(),
  title: z.string().optional(),
  grade: z.enum(["excellent", "passed"]).nullable().optional(),
  score: z.number().nullable().optional(),
});
export type Verification = z.infer<typeof verification>;
