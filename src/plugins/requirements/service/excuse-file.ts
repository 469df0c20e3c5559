/** The proof of an exemption or deferral: looked at, kept in R2 under its digest, shown to whoever may see it. */
import { commit, notFound, sha256, TooLarge, Unreadable, type Context } from "#kernel";
import { BadFile, listing } from "#plugins/people";
import type { ExcuseId } from "../input-excuses.ts";
import { attachmentName, attachmentTypeOf, contentTypes, mostAttachment, type AttachmentType } from "../rules-excuses.ts";
import { findExcuses } from "../store-excuses.ts";
import { readProofs } from "../terms.ts";
import { excuseText as text } from "../text-excuses.ts";

const keyOf = (digest: string): string => `requirements/excuses/${digest}`;
/** What stands in an archive; null where it cannot be read. */
const namesIn = (bytes: Uint8Array): readonly string[] | null => {
  try {
    return listing(bytes).map(({ name }) => name.replace(/^\//, ""));
  } catch (error) {
    if (error instanceof BadFile) return null;
    throw error;
  }
};
export type Attachment = { digest: string; name: string; type: AttachmentType; bytes: Uint8Array<ArrayBuffer> };
/** The file that a form carries, looked at; null where none was chosen. @throws {TooLarge} @throws {Unreadable} it is none of the types */
export const readAttachment = async (file: File | undefined): Promise<Attachment | null> => {
  // A browser sends an empty file where none was chosen.
  if (file === undefined || (file.size === 0 && file.name === "")) return null;
  const about = (words: (typeof text)["fileBad"]) => [{ field: "file", code: "file", words, facts: { limit: "10 MB" } }];
  if (file.size > mostAttachment) throw new TooLarge(text.fileLarge, { limit: "10 MB" }, about(text.fileLarge));
  const bytes = new Uint8Array(await file.arrayBuffer());
  const type = attachmentTypeOf(bytes, () => namesIn(bytes));
  if (type === null) throw new Unreadable(text.fileBad, {}, about(text.fileBad));
  return { digest: await sha256(bytes), name: attachmentName(file.name, type), type, bytes };
};
/** Puts it where it is kept; the same file is kept once. */
export const keepAttachment = async (ctx: Context, { digest, bytes }: Attachment): Promise<void> => {
  await ctx.env.FILES.put(keyOf(digest), bytes);
};
/**
 * The proof of one, for who decides within the reach and for the head of the unit; its reading is audited.
 * @throws {NotFound} there is none, or it is another's @throws {Error} what R2 keeps is not what its name says
 */
export const readExcuseFile = async (
  ctx: Context,
  id: ExcuseId,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; name: string; type: string }> => {
  const [row] = await findExcuses(ctx, ctx.reach(readProofs), [id]);
  if (!row?.attachment || row.attachmentType === null) return notFound();
  const kept = (await ctx.env.FILES.get(keyOf(row.attachment))) ?? notFound();
  const bytes = new Uint8Array(await kept.arrayBuffer());
  if ((await sha256(bytes)) !== row.attachment) throw new Error(`what R2 keeps as ${row.attachment} is something else`);
  await commit(ctx, {
    statements: [],
    audit: { command: "requirements.excuse.read", object: { kind: "excuse", id }, unit: row.unit, note: row.attachmentName ?? "" },
  });
  return { bytes, name: row.attachmentName ?? "", type: contentTypes[row.attachmentType] };
};
