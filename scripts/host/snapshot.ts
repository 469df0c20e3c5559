/** A consistent copy of a running server's data: D1 first, then the rooms, then R2's index and the blobs that it names. */
import { constants } from "node:fs";
import { copyFile, link, mkdir, readdir, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { codeOf, Refusal } from "./plain.ts";
import type { State } from "./state.ts";

/** Paths below a folder; none where there is no folder, as that of a room that was never opened. */
async function filesBelow(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder, { recursive: true })).toSorted();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  }
}

/**
 * The databases below a folder, those of objects before the `metadata.sqlite` of their alarms: a room re-arms its alarm
 * whenever it fires, so the later list of alarms knows every room that is in the copy.
 */
async function databasesBelow(folder: string): Promise<string[]> {
  const databases = (await filesBelow(folder)).filter((path) => path.endsWith(".sqlite"));
  const isAlarms = (path: string) => basename(path) === "metadata.sqlite";
  return [...databases.filter((path) => !isAlarms(path)), ...databases.filter(isAlarms)];
}

/** SQLite's online backup, all pages in one step: in smaller ones, each write of the server would begin it anew. */
async function copyDatabase(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  const database = new DatabaseSync(from, { readOnly: true, timeout: 5_000 });
  try {
    await backup(database, to, { rate: 2_147_483_647 });
  } finally {
    database.close();
  }
}

/** Copies the databases of one kind (`d1`, `do`, `r2`); answers their paths below the data folder. */
async function copyDatabases(state: State, staging: string, kind: string): Promise<string[]> {
  const paths = (await databasesBelow(join(state.data, kind))).map((path) => join(kind, path));
  for (const path of paths) await copyDatabase(join(state.data, path), join(staging, path));
  return paths;
}

/** The blobs that the copied index of R2 names; objects by one put, and the parts of large ones. */
function blobsNamedBy(index: string): string[] {
  const database = new DatabaseSync(index, { readOnly: true });
  try {
    return database
      .prepare("select blob_id as id from _mf_objects where blob_id is not null union select blob_id from _mf_multipart_parts")
      .all()
      .map((row) => String(row["id"]));
  } finally {
    database.close();
  }
}

/** Gives the staging folder the file itself and no copy: a blob is written once and never changed. */
const share = (from: string, to: string): Promise<void> =>
  link(from, to).catch((error: unknown) => {
    // A file system without hard links.
    if (codeOf(error) === "EPERM" || codeOf(error) === "ENOTSUP") return copyFile(from, to, constants.COPYFILE_FICLONE);
    throw error;
  });

/** R2's index and its blobs; answers false where the server deleted a blob between the two, so that the caller takes both again. */
async function copyFiles(state: State, staging: string): Promise<boolean> {
  await rm(join(staging, "r2"), { recursive: true, force: true });
  const indexes = (await copyDatabases(state, staging, "r2")).filter((path) => basename(path) !== "metadata.sqlite");
  const stores = (await readdir(join(state.data, "r2"), { withFileTypes: true }).catch(() => [])).filter((entry) => entry.isDirectory());
  for (const blob of indexes.flatMap((path) => blobsNamedBy(join(staging, path)))) {
    let found = false;
    for (const { name } of stores) {
      const path = join("r2", name, "blobs", blob);
      if (
        !(await stat(join(state.data, path)).then(
          () => true,
          () => false,
        ))
      )
        continue;
      await mkdir(dirname(join(staging, path)), { recursive: true });
      found = await share(join(state.data, path), join(staging, path)).then(
        () => true,
        (error: unknown) => {
          if (codeOf(error) === "ENOENT") return false;
          throw error;
        },
      );
      break;
    }
    if (!found) return false;
  }
  return true;
}

/** Copies everything that a home keeps into the staging folder, in the order in which nothing is older than what it depends on. */
export async function snapshot(state: State, staging: string): Promise<void> {
  const databases = await copyDatabases(state, staging, "d1");
  if (databases.length === 0) throw new Refusal(`数据目录“${state.dir}”里还没有数据。(There is no data in this state folder yet.)`);
  await copyDatabases(state, staging, "do");
  for (let tries = 0; !(await copyFiles(state, staging)); tries += 1)
    if (tries === 20) throw new Refusal("文件库缺少它所登记的文件,备份没有完成。(R2's index names files that are not there.)");
}
