/** The two facts that the host asks the database: whether anybody is there, and what the product left for the person at the terminal. */
import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import type { Database } from "./runtime.ts";

/** Nobody was ever entered: the deployment waits for its first person. */
export const isEmpty = async (db: Database): Promise<boolean> => (await db.prepare("select 1 from kernel_person limit 1").first()) === null;

const readSetting = (db: Database, key: string): Promise<string | null> =>
  db.prepare("select value from kernel_setting where key = ?").bind(key).first<string>("value");

/** Writes a setting as the product does: JSON, and the moment in UTC ms. */
const writeSetting = async (db: Database, key: string, value: unknown, now: number): Promise<void> => {
  await db
    .prepare(
      "insert into kernel_setting (key, value, updated_at) values (?1, ?2, ?3) on conflict (key) do update set value = ?2, updated_at = ?3",
    )
    .bind(key, JSON.stringify(value), now)
    .run();
};

/** Opens the first run: the database gets the digest of a new code of 160 bits, the caller the code. A code of before ends. */
export async function openFirstRun(db: Database, now: number): Promise<string> {
  const code = randomBytes(20).toString("hex");
  await writeSetting(db, "first-run", createHash("sha256").update(code).digest("hex"), now);
  return code;
}

/** The token that the product left when the first run was done; taken once, and gone from the database then. */
export async function takeFirstRunToken(db: Database): Promise<string | null> {
  const value = await readSetting(db, "first-run.token");
  if (value === null) return null;
  await db.prepare("delete from kernel_setting where key = 'first-run.token'").run();
  return z.string().parse(JSON.parse(value));
}

const seeded = z.object({
  accounts: z.array(z.object({ role: z.string(), username: z.string(), password: z.string(), note: z.string().default("") })).readonly(),
  token: z.string(),
});
export type Seeded = z.infer<typeof seeded>;

/** The accounts of the demonstration, as its seeding left them. */
export async function readSeeded(db: Database): Promise<Seeded> {
  const value = await readSetting(db, "demo");
  if (value === null) throw new Error("the demonstration was seeded without the setting “demo”");
  return seeded.parse(JSON.parse(value));
}
