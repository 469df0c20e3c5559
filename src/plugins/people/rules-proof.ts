/** What a file of proof is, by its bytes and never by its name. */
import { BadFile, listing } from "./rules-zip.ts";

export type ProofType = "pdf" | "png" | "jpg" | "docx" | "xlsx";
/** What a form's file field offers. */
export const proofEndings = ".pdf,.png,.jpg,.jpeg,.docx,.xlsx";
/** Bytes at the most. */
export const mostProof = 10 * 1024 * 1024;
export const proofContentTypes: Readonly<Record<ProofType, string>> = {
  pdf: "application/pdf",
  png: "image/png",
  jpg: "image/jpeg",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};
const starts: readonly (readonly [ProofType, readonly number[]])[] = [
  ["pdf", [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ["png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["jpg", [0xff, 0xd8, 0xff]],
];
/** A document or a workbook by what the archive lists; one with macros is neither. */
const officeType = (bytes: Uint8Array): ProofType | null => {
  const names = new Set(listing(bytes).map(({ name }) => name.replace(/^\//, "")));
  if (!names.has("[Content_Types].xml") || [...names].some((name) => /vbaProject\.bin$/i.test(name))) return null;
  return names.has("word/document.xml") ? "docx" : names.has("xl/workbook.xml") ? "xlsx" : null;
};
/** The type of a file; null where it is none of these, is damaged, encrypted or carries macros. */
export const proofTypeOf = (bytes: Uint8Array): ProofType | null => {
  const plain = starts.find(([, start]) => start.every((byte, n) => bytes[n] === byte));
  if (plain !== undefined) return plain[0];
  if (![0x50, 0x4b, 0x03, 0x04].every((byte, n) => bytes[n] === byte)) return null;
  try {
    return officeType(bytes);
  } catch (error) {
    if (error instanceof BadFile) return null;
    throw error;
  }
};
/** A file's name as it is kept: no path and no control characters, its ending that of its type. `otherwise`: where nothing is left. */
export const proofName = (given: string, type: ProofType, otherwise: string): string => {
  const bare = (given.split(/[\\/]/).at(-1) ?? "").replace(/[\p{Cc}\p{Cf}]/gu, "").trim();
  const stem = bare.replace(/\.[A-Za-z0-9]{1,5}$/, "").slice(0, 80);
  return `${stem === "" ? otherwise : stem}.${type}`;
};
