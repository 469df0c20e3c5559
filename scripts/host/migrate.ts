/** Brings the database to the schema of this program: numbered files, each one batch, never twice. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Refusal } from "./plain.ts";
import type { Database } from "./runtime.ts";

/** wrangler's own table, so that `wrangler d1 migrations` and this agree on what was applied. */
const table = `create table if not exists d1_migrations(
  id integer primary key autoincrement,
  name text unique,
  applied_at timestamp default current_timestamp not null
)`;

/** Statements are parted by drizzle's mark alone: a trigger has semicolons of its own. */
const statementsOf = (sql: string): string[] =>
  sql
    .split("--> statement-breakpoint")
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");

async function appliedTo(db: Database): Promise<Set<string>> {
  await db.prepare(table).run();
  const { results } = await db.prepare("select name from d1_migrations").all<{ name: string }>();
  return new Set(results.map((row) => row.name));
}

/**
 * Applies the migrations that are missing, in the order of their names; each with its name in one batch, so that it is
 * there whole or not at all.
 * @throws {Refusal} the database has one that this program does not know: it was written by a newer program
 */
export async function migrate(db: Database, folder: string): Promise<void> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".sql")).toSorted();
  const applied = await appliedTo(db);
  const unknown = [...applied].find((name) => !files.includes(name));
  if (unknown !== undefined)
    throw new Refusal(`数据由更新的版本写入(${unknown}),请更新程序后再启动。(The data was written by a newer version of this program.)`);
  for (const file of files) {
    if (applied.has(file)) continue;
    const statements = statementsOf(await readFile(join(folder, file), "utf8"));
    try {
      await db.batch([...statements.map((sql) => db.prepare(sql)), db.prepare("insert into d1_migrations (name) values (?)").bind(file)]);
    } catch (error) {
      throw new Refusal(
        `数据库升级 ${file} 没有成功,数据未改动:${error instanceof Error ? error.message : String(error)} (The migration failed; nothing of it was applied.)`,
      );
    }
  }
}
