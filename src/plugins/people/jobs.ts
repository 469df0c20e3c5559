/** Imports in steps, and upkeep by the clock. */
import { commit, notFound, Refusal, say, type Job } from "#kernel";
import { checkImport } from "./service/import-check.ts";
import { asRefusal, jobInput, keyOf } from "./service/import-file.ts";
import { answerOf } from "./service/import-look.ts";
import { unwriteImport } from "./service/import-undo.ts";
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

/** Where an import stands again when its work was refused. */
const afterRefusal = { check: "failed", write: "ready", undo: "done" } as const;
/** Checks an import, writes it where that was asked, or takes it back; the result is what the API's answer would have held. */
export const importJob: Job = {
  kind: "people.import",
  step: async (ctx, job) => {
    const given = jobInput.parse(job.input);
    const found = (await findImport(ctx, given.import)) ?? notFound();
    const total = found.counts?.rows ?? 0;
    try {
      if (given.work === "undo") {
        const result = await unwriteImport(ctx, found);
        return { done: total, total, result, statements: result.undone ? [] : [putImport(ctx, found.id, { state: "done" })] };
      }
      if (given.work === "write" || job.cursor === "write") {
        await writeImport(ctx, found, given.then === "good");
        return { done: total, total, result: await answerOf(ctx, found.id) };
      }
      const { rows, refused } = await checkImport(ctx, found, {
        job: job.id,
        write: (statements) => commit(ctx, { statements, audit: null }),
      });
      // Writing is another step, so that what a request may ask of the database is enough for both.
      return given.then !== "preview" && (refused === 0 || given.then === "good")
        ? { done: rows, total: rows, cursor: "write" }
        : { done: rows, total: rows, result: await answerOf(ctx, found.id) };
    } catch (error) {
      const refusal = asRefusal(error);
      if (refusal instanceof Refusal)
        await commit(ctx, {
          statements: [
            putImport(ctx, found.id, { state: afterRefusal[given.work], problem: say(ctx.language, refusal.words, refusal.facts) }),
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
