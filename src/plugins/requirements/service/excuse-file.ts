/** The proof of an exemption or deferral: looked at, kept in R2 under its digest, shown to whoever may see it. */
import { commit, notFound, type Context } from "#kernel";
import { keptProof, readProof, type Proof } from "#plugins/people";
import type { ExcuseId } from "../input-excuses.ts";
import { findExcuses } from "../store-excuses.ts";
import { readProofs } from "../terms.ts";

const keyOf = (digest: string): string => `requirements/excuses/${digest}`;
/** The file that a form carries, looked at and kept; null where none was chosen. @throws {TooLarge} @throws {Unreadable} it is none of the types */
export const keepProof = async (ctx: Context, file: File | undefined): Promise<Proof | null> => {
  const proof = await readProof(file, { field: "file", otherwise: "证明材料" });
  if (proof !== null) await ctx.env.FILES.put(keyOf(proof.digest), proof.bytes);
  return proof;
};
/**
 * The proof of one, for who decides within the reach and for the head of the unit; its reading is audited.
 * @throws {NotFound} there is none, or it is another's @throws {Error} what R2 keeps is not what its name says
 */
export const readExcuseFile = async (ctx: Context, id: ExcuseId): Promise<Omit<Proof, "digest">> => {
  const [row] = await findExcuses(ctx, ctx.reach(readProofs), [id]);
  if (!row?.attachment || row.attachmentType === null) return notFound();
  const bytes = await keptProof(ctx, keyOf(row.attachment), row.attachment);
  await commit(ctx, {
    statements: [],
    audit: { command: "requirements.excuse.read", object: { kind: "excuse", id }, unit: row.unit, note: row.attachmentName ?? "" },
  });
  return { bytes, name: row.attachmentName ?? "", type: row.attachmentType };
};
