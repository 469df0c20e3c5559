/** One file for a whole state: a gzipped tar whose manifest has the size and SHA-256 of everything in it. */
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { packTar, unpackTar } from "modern-tar/fs";
import { z } from "zod";
import { codeOf, Refusal } from "./plain.ts";

const manifestName = "manifest.json";
const manifestShape = z.strictObject({
  /** Raised when a later program could not read this any more. */
  xuefa: z.literal(1),
  /** When the copy of D1 was taken, UTC ms. */
  takenAt: z.number(),
  files: z.record(z.string(), z.strictObject({ size: z.number(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof manifestShape>;

const filesOf = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();

async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest("hex");
}

const described = async (folder: string, path: string) => ({
  size: (await stat(join(folder, path))).size,
  sha256: await sha256Of(join(folder, path)),
});

async function toDisk(path: string): Promise<void> {
  const file = await open(path, "r");
  await file.sync();
  await file.close();
}

/**
 * Packs a folder. The file appears under its name when it is whole and on the disk, readable by its owner alone.
 * @throws {Refusal} there is a file of this name already, or it cannot be written
 */
export async function pack(folder: string, takenAt: number, out: string): Promise<void> {
  if (
    await stat(out).then(
      () => true,
      () => false,
    )
  )
    throw new Refusal(`“${out}”已经存在,没有覆盖。(The file exists already and was left alone.)`);
  const paths = await filesOf(folder);
  const files: Manifest["files"] = {};
  for (const path of paths) files[path.split(sep).join("/")] = await described(folder, path);
  const manifest: Manifest = { xuefa: 1, takenAt, files };
  const sources = paths.map((path) => ({
    type: "file" as const,
    source: join(folder, path),
    target: path.split(sep).join("/"),
    mode: 0o600,
  }));
  const draft = `${out}.part`;
  try {
    await pipeline(
      packTar([{ type: "content", target: manifestName, content: JSON.stringify(manifest), mode: 0o600 }, ...sources]),
      // Databases shrink to a fifth even at the fastest level, and an exam may be running on the same two cores.
      createGzip({ level: 1 }),
      createWriteStream(draft, { mode: 0o600 }),
    );
    await toDisk(draft);
    await rename(draft, out);
  } catch (error) {
    await rm(draft, { force: true });
    throw codeOf(error) === null ? error : new Refusal(`备份文件“${out}”没有写成(${codeOf(error)})。(The backup could not be written.)`);
  }
}

/**
 * Unpacks into an empty folder and holds every file against the manifest.
 * @throws {Refusal} it is no backup, it is cut short, or a file is not as it was packed
 */
export async function unpack(archive: string, folder: string): Promise<Manifest> {
  const damaged = (why: string) =>
    new Refusal(`备份文件“${archive}”不完整或已损坏(${why}),什么都没有改动。(The backup is incomplete or damaged; nothing was changed.)`);
  try {
    await pipeline(
      createReadStream(archive, { highWaterMark: 1 << 20 }),
      createGunzip(),
      unpackTar(folder, {
        strict: true,
        filter: (header) => header.type === "file" || header.type === "directory",
        fmode: 0o600,
        dmode: 0o700,
      }),
    );
  } catch (error) {
    if (codeOf(error) === "ENOENT") throw new Refusal(`找不到备份文件“${archive}”。(There is no such file.)`);
    throw damaged(error instanceof Error ? error.message : String(error));
  }
  const text = await readFile(join(folder, manifestName), "utf8").catch(() => {
    throw damaged(manifestName);
  });
  const manifest = manifestShape.safeParse(JSON.parse(text));
  if (!manifest.success) throw new Refusal(`“${archive}”不是本程序能读的备份。(This is not a backup that this program can read.)`);
  await rm(join(folder, manifestName));
  const found = (await filesOf(folder)).map((path) => path.split(sep).join("/"));
  const strange = found.find((path) => !(path in manifest.data.files));
  if (strange !== undefined) throw damaged(strange);
  for (const [path, expected] of Object.entries(manifest.data.files)) {
    if (!found.includes(path)) throw damaged(path);
    const { size, sha256 } = await described(folder, path);
    if (size !== expected.size || sha256 !== expected.sha256) throw damaged(path);
  }
  return manifest.data;
}
