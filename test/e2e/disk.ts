/** A state folder as it lies on the disk, read without the product: D1, the rooms' own SQLite, the files of R2. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";

export type Row = Record<string, unknown>;
/** Rows of one query of one database. */
export type Ask = (query: string, ...values: SQLInputValue[]) => Row[];

const below = (state: string, folder: string): string[] => {
  const path = join(state, "data", folder);
  return readdirSync(path)
    .filter((name) => name.endsWith(".sqlite") && name !== "metadata.sqlite")
    .map((name) => join(path, name));
};
const read = <T>(path: string, look: (ask: Ask) => T): T => {
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  try {
    return look((query, ...values) =>
      database
        .prepare(query)
        .all(...values)
        .map((row) => ({ ...row })),
    );
  } finally {
    database.close();
  }
};

const d1Of = (state: string): string => {
  const [path, ...more] = below(state, "d1/miniflare-D1DatabaseObject");
  if (path === undefined || more.length > 0) throw new Error("there is not one D1 database");
  return path;
};
export const inD1 = <T>(state: string, look: (ask: Ask) => T): T => read(d1Of(state), look);
/** Writes into D1 while no server runs on it. */
export const changeD1 = (state: string, make: (change: (query: string, ...values: SQLInputValue[]) => void) => void): void => {
  const database = new DatabaseSync(d1Of(state));
  try {
    make((query, ...values) => void database.prepare(query).run(...values));
  } finally {
    database.close();
  }
};
/** The same look into each room that was ever opened. */
export const inRooms = <T>(state: string, look: (ask: Ask) => T): T[] => below(state, "do/xuefa-ExamRoom").map((path) => read(path, look));
/** Files of R2 below a prefix, by name. */
export const filesInR2 = (state: string, prefix: string): Map<string, string> => {
  const [path] = below(state, "r2/miniflare-R2BucketObject");
  if (path === undefined) return new Map();
  return read(
    path,
    (ask) =>
      new Map(
        ask("select key, blob_id as blob from _mf_objects where key like ? || '%'", prefix).map((row) => [
          String(row["key"]),
          readFileSync(join(state, "data/r2/FILES/blobs", String(row["blob"])), "utf8"),
        ]),
      ),
  );
};
