/** Upkeep by the clock. */
import { commit, type Job } from "#kernel";
import { sweepTries } from "./store-sign-in.ts";

const day = 86_400_000;
/** Old tries and sessions that lapsed go each night. */
export const sweep: Job = {
  kind: "people.sweep",
  cron: "17 19 * * *",
  step: async (ctx) => {
    await commit(ctx, { statements: sweepTries(ctx, ctx.now - day), audit: null });
    return { done: 1, total: 1, result: null };
  },
};
