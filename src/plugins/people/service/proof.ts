/** A file of proof: looked at when it comes, kept in R2 under its digest, and shown only as what it was. */
import { notFound, sha256, TooLarge, Unreadable, type Context, type Words } from "#kernel";
import { mostProof, proofContentTypes, proofName, proofTypeOf, type ProofType } from "../rules-proof.ts";
import { text } from "../text.ts";

export type Proof = { digest: string; name: string; type: ProofType; bytes: Uint8Array<ArrayBuffer> };
/** The file that a form carries in `field`, called `otherwise` where its own name says nothing; null where none was chosen. @throws {TooLarge} @throws {Unreadable} it is none of the types */
export const readProof = async (file: File | undefined, about: { field: string; otherwise: string }): Promise<Proof | null> => {
  // A browser sends an empty file where none was chosen.
  if (file === undefined || (file.size === 0 && file.name === "")) return null;
  const facts = { limit: "10 MB" };
  const flaw = (words: Words) => [{ field: about.field, code: "file", words, facts }];
  if (file.size > mostProof) throw new TooLarge(text.proofLarge, facts, flaw(text.proofLarge));
  const bytes = new Uint8Array(await file.arrayBuffer());
  const type = proofTypeOf(bytes);
  if (type === null) throw new Unreadable(text.proofBad, facts, flaw(text.proofBad));
  return { digest: await sha256(bytes), name: proofName(file.name, type, about.otherwise), type, bytes };
};
/** What R2 keeps under a key, which must have this digest. @throws {NotFound} @throws {Error} it is something else */
export const keptProof = async (ctx: Context, key: string, digest: string): Promise<Uint8Array<ArrayBuffer>> => {
  const kept = (await ctx.env.FILES.get(key)) ?? notFound();
  const bytes = new Uint8Array(await kept.arrayBuffer());
  if ((await sha256(bytes)) !== digest) throw new Error(`what R2 keeps as ${digest} is something else`);
  return bytes;
};
/** A proof as it is handed out: never shown within the site, never kept by what lies between. */
export const proofFile = ({ bytes, name, type }: Omit<Proof, "digest">): Response =>
  new Response(bytes, {
    headers: {
      "content-type": proofContentTypes[type],
      "content-disposition": `attachment; filename="proof.${type}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
    },
  });
