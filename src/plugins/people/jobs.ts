/** Imports in steps, and upkeep by the clock. */
import { commit, notFound, Refusal, say, type Job } from "#kernel";
import { checkImport } from "./service/import-check.ts";
import { asRefusal, jobInput, keyOf } from "./service/import-file.ts";
import { answerOf } from "./service/import-look.ts";
import { writeImport } from "./service/import-write.ts";
import { clearRows, findImport, lapsedImports, putImport } from "./store-import.ts";
import { sweepCodes } from "./store-links.ts";
import { sweepTries } from "./store-sign-in.ts";
import { refreshStatuses } from "./store-units.ts";

const day = 86_400_000;
/** Each night: old tries, codes and sessions go; units get the status of the new day. */
export const sweep: Job = {
  kind: "people.sweep",
  cron: "17 19 * * *",
  step: async (ctx) => {
    await commit(ctx, {
      statements: [...sweepTries(ctx, ctx.now - day), sweepCodes(ctx.now - 400 * day), refreshStatuses(ctx)],
      audit: null,
    });
    return { done: 1, total: 1, result: null };
  },
};

/** Checks an import and, where that was asked, writes it; the answer is what the API's would have held. */
export const importJob: Job = {
  kind: "people.import",
  step: async (ctx, job) => {
    const given = jobInput.parse(job.input);
    const found = (await findImport(ctx, given.import)) ?? notFound();
    const writing = given.write || job.cursor === "write";
    try {
      if (writing) await writeImport(ctx, found, given.then === "good");
      else {
        const counts = await checkImport(ctx, found, { job: job.id, write: (statements) => commit(ctx, { statements, audit: null }) });
        // Another step, so that what a request may ask of the database is enough for both.
        if (given.then !== "preview" && (counts.refused === 0 || given.then === "good"))
          return { done: counts.rows, total: counts.rows, cursor: "write" };
      }
      const answer = await answerOf(ctx, given.import);
      return { done: answer.rows, total: answer.rows, result: answer };
    } catch (error) {
      const refusal = asRefusal(error);
      if (refusal instanceof Refusal)
        await commit(ctx, {
          statements: [
            putImport(ctx, found.id, { state: given.write ? "ready" : "failed", problem: say(ctx.language, refusal.words, refusal.facts) }),
          ],
          audit: null,
        });
      throw refusal;
    }
  },
};
/** Files and staged rows of imports go: undecided ones after two days, others after a season. */
export const forgetImports: Job = {
  kind: "people.import.forget",
  cron: "17 19 * * *",
  step: async (ctx) => {
    const lapsed = await lapsedImports(ctx, ctx.now - 2 * day, ctx.now - 100 * day);
    for (const { id } of lapsed) await ctx.env.FILES.delete(keyOf(id));
    await commit(ctx, { statements: lapsed.map(({ id }) => clearRows(ctx, id)), audit: null });
    return { done: lapsed.length, total: lapsed.length, result: null };
  },
};
