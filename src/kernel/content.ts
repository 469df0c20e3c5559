/** What the built files own reaches D1: run by the minute's cron, at each start, and before a demonstration is seeded. */
import { z } from "zod";
import type { Context } from "./context.ts";
import { commit } from "./db/commit.ts";
import { readSetting, writeSetting } from "./settings.ts";

/** The hash of each plugin's content as it was written last. */
const written = z.record(z.string(), z.string());

/** Writes what the build has and D1 has not, plugin by plugin in their order. One query where nothing changed. */
export const syncContent = async (ctx: Context): Promise<void> => {
  const before = await readSetting(ctx, "content", written, {});
  const now = { ...before };
  for (const { id, content } of ctx.registry.plugins) {
    if (content === undefined || before[id] === content.hash) continue;
    await content.sync(ctx);
    now[id] = content.hash;
    // After each, so that one plugin's failure does not write another's again.
    await commit(ctx, { statements: [writeSetting(ctx, "content", now)], audit: null });
  }
};
