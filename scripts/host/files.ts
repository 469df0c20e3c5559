/** Small files of the state folder. */
import { randomBytes } from "node:crypto";
import { open, readFile, rename } from "node:fs/promises";
import { codeOf } from "./plain.ts";

/** The file's text, or null where there is none. */
export const readIfThere = (path: string): Promise<string | null> =>
  readFile(path, "utf8").catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  });

/** Replaces a file whole, readable by its owner alone; after a power cut it is the old one or the new one. */
export async function writePrivate(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  const file = await open(draft, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}
