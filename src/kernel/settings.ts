/** The deployment's settings, each with a schema and a default. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Context } from "./context.ts";
import { rowsOf, run, type Statement } from "./db/statement.ts";

/** A setting's value as stored, or the default. @throws {ZodError} what is stored does not fit any more */
export const readSetting = async <T>(ctx: Context, key: string, schema: z.ZodType<T>, fallback: T): Promise<T> => {
  const row = (await rowsOf<{ value: string }>(ctx, sql`select value from kernel_setting where key = ${key}`))[0];
  return row === undefined ? fallback : schema.parse(JSON.parse(row.value));
};
/** Puts a setting. */
export const writeSetting = (ctx: Context, key: string, value: unknown): Statement =>
  run(
    sql`insert into kernel_setting (key, value, updated_at) values (${key}, ${JSON.stringify(value)}, ${ctx.now}) on conflict (key) do update set value = excluded.value, updated_at = excluded.updated_at`,
  );

/** What the body calls itself, as it stands on pages, certificates and exports. */
export const bodySchema = z.object({
  /** 清河区教育局 */
  name: z.string(),
  /** The letters of certificate numbers: QHJY */
  issuer: z.string(),
  contact: z.string(),
  icp: z.string(),
  police: z.string(),
});
export type Body = z.infer<typeof bodySchema>;
export const readBody = (ctx: Context): Promise<Body> =>
  readSetting(ctx, "body", bodySchema, { name: "学法", issuer: "XF", contact: "", icp: "", police: "" });
