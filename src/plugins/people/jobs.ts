/** Upkeep by the clock. */
import { commit, type Job } from "#kernel";
import { sweepCodes } from "./store-links.ts";
import { sweepTries } from "./store-sign-in.ts";
import { refreshStatuses } from "./store-units.ts";

const day = 86_400_000;
/** Each night: old tries, codes and sessions go; units get the status of the new day. */
export const sweep: Job = {
  kind: "people.sweep",
  cron: "17 19 * * *",
  step: async (ctx) => {
    await commit(ctx, { statements: [...sweepTries(ctx, ctx.now - day), sweepCodes(ctx.now - 400 * day), refreshStatuses(ctx)], audit: null });
    return { done: 1, total: 1, result: null };
  },
};
