/** What is kept for good stands in R2 under its SHA-256, so that it can be neither changed nor mixed up. */
import type { z } from "zod";
import { notFound, sha256, type Context } from "#kernel";

const keyOf = (digest: string): string => `reports/frozen/${digest}`;
/** Keeps a value as JSON; answers its SHA-256. The same again is the same object. */
export const keep = async (ctx: Context, value: unknown): Promise<string> => {
  const json = JSON.stringify(value);
  const digest = await sha256(json);
  await ctx.env.FILES.put(keyOf(digest), json, { httpMetadata: { contentType: "application/json" } });
  return digest;
};
/** What is kept under a digest. @throws {NotFound} nothing is @throws {Error} it is not what the digest says */
export const kept = async <S extends z.ZodType>(ctx: Context, digest: string, schema: S): Promise<z.output<S>> => {
  const json = (await (await ctx.env.FILES.get(keyOf(digest)))?.text()) ?? notFound();
  if ((await sha256(json)) !== digest) throw new Error(`what R2 keeps as ${digest} is something else`);
  return schema.parse(JSON.parse(json));
};
