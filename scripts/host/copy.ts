/** A copy of the repository in which something may be changed and run; packages are shared with the original. */
import { cp, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What is made, not written, and what is large. */
const left = new Set(["node_modules", ".git", "dist", ".state", ".wrangler"]);

export type Copy = { readonly dir: string; remove(): Promise<void> };

export async function copyRepository(root: string): Promise<Copy> {
  const dir = await mkdtemp(join(tmpdir(), "xuefa-copy-"));
  const names = (await readdir(root)).filter((name) => !left.has(name));
  await Promise.all(names.map((name) => cp(join(root, name), join(dir, name), { recursive: true })));
  await symlink(join(root, "node_modules"), join(dir, "node_modules"));
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}
