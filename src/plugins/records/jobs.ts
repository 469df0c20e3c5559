/** Upkeep by the clock: each night the tallies are compared with the records. */
import { commit, enqueue, wake, type Job } from "#kernel";
import { checkStep } from "./service/check.ts";

/** Compares in bounded steps; a large ledger takes several. */
export const check: Job = { kind: "records.check", step: (ctx, { cursor }) => checkStep(ctx, cursor) };
/** Begins it at 03:17 in China. */
export const nightly: Job = {
  kind: "records.nightly",
  cron: "17 19 * * *",
  step: async (ctx) => {
    const { id, statement } = enqueue(ctx, { kind: check.kind, input: null });
    await commit(ctx, { statements: [statement], audit: null });
    await wake(ctx, id);
    return { done: 1, total: 1, result: id };
  },
};
