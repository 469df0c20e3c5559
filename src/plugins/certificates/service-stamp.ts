/** The image of the stamp, which stands on every certificate of the body. */
import { commit, Forbidden, Invalid, isAllowed, readSetting, writeSetting, type Context } from "#kernel";
import { z } from "zod";
import { manageCertificates } from "./terms.ts";
import { text } from "./text.ts";

const stampSchema = z.object({ data: z.string() });
const mostBytes = 500_000;
/** The uploaded image as a data address, or null: then room is left. */
export const readStamp = async (ctx: Context): Promise<string | null> =>
  (await readSetting(ctx, "certificates.stamp", stampSchema.nullable(), null))?.data ?? null;
/** Whether the actor may change the stamp: whoever manages certificates in the whole body. */
export const maySetStamp = (ctx: Context): boolean =>
  ctx.actor !== null && isAllowed(ctx.actor, manageCertificates) && ctx.reach(manageCertificates).all;
/**
 * Puts or removes the image.
 * @throws {Forbidden} the actor reaches a part of the body only
 * @throws {Invalid} not a PNG, or too large
 */
export const putStamp = async (ctx: Context, file: File | null): Promise<void> => {
  if (!ctx.reach(manageCertificates).all) throw new Forbidden(text.stampWholeBody);
  const bytes = file === null ? null : new Uint8Array(await file.arrayBuffer());
  const isPng = bytes !== null && [0x89, 0x50, 0x4e, 0x47].every((b, i) => bytes[i] === b);
  if (bytes !== null && (!isPng || bytes.length > mostBytes)) throw new Invalid(text.stampBad);
  let binary = "";
  for (const byte of bytes ?? []) binary += String.fromCharCode(byte);
  await commit(ctx, {
    statements: [writeSetting(ctx, "certificates.stamp", bytes === null ? null : { data: `data:image/png;base64,${btoa(binary)}` })],
    audit: { command: "certificates.stamp", note: bytes === null ? "removed" : `${bytes.length} bytes` },
  });
};
