/** Imports in steps, and upkeep by the clock. */
import { commit, notFound, Refusal, say, type Job } from "#kernel";
import { asRefusal } from "#plugins/people";
import { checkImport } from "./service/check.ts";
import { forgetFile, jobInput } from "./service/file.ts";
import { carryOn, finish } from "./service/write.ts";
import { answerOf } from "./service/look.ts";
import { clearRows, findImport, lapsedImports, moveImport, putImport } from "./store.ts";

/** Checks an import, writes it, or takes it back. */
export const importJob: Job = {
  kind: "outside.import",
  step: async (ctx, job) => {
    const given = jobInput.parse(job.input);
    const found = (await findImport(ctx, given.import)) ?? notFound();
    try {
      if (given.work === "check" && found.state !== "committing") {
        const counts = await checkImport(ctx, found, { job: job.id, write: (statements) => commit(ctx, { statements, audit: null }) });
        const good = counts.new + counts.changed > 0 && (counts.refused === 0 || given.then === "good");
        if (given.then === "preview" || !good) return { done: counts.rows, total: counts.rows, result: await answerOf(ctx, found.id) };
        // Writing is further steps, so that what one may ask of the database is enough for each.
        return { done: 0, total: counts.rows, cursor: 0, statements: moveImport(ctx, found.id, ["ready"], { state: "committing" }) };
      }
      const counts = found.counts ?? { rows: 0, new: 0, changed: 0, unchanged: 0, refused: 0 };
      const total = counts.rows;
      // Killed between its last batch and the job's own row: it is through already.
      if (found.state !== (given.work === "undo" ? "undoing" : "committing"))
        return { done: total, total, result: await answerOf(ctx, found.id) };
      const { at, more } = await carryOn(ctx, found, (statements) => commit(ctx, { statements, audit: null }));
      if (more) return { done: Math.min(at, total), total, cursor: at };
      await finish(ctx, found);
      return { done: total, total, result: await answerOf(ctx, found.id) };
    } catch (error) {
      const refusal = asRefusal(error);
      if (refusal instanceof Refusal)
        await commit(ctx, {
          statements: [
            putImport(ctx, found.id, {
              // What was begun to be written or undone goes on from there when somebody says so.
              ...(found.state === "reading" ? { state: "failed" } : {}),
              problem: say(ctx.language, refusal.words, refusal.facts),
            }),
          ],
          audit: null,
        });
      throw refusal;
    }
  },
};
const day = 86_400_000;
/** Each night: files and staged rows of imports that nobody decided for two days go. Written ones stay, so that they can be undone. */
export const forget: Job = {
  kind: "outside.forget",
  cron: "17 19 * * *",
  step: async (ctx) => {
    const lapsed = await lapsedImports(ctx, ctx.now - 2 * day);
    for (const { id } of lapsed) await forgetFile(ctx, id);
    await commit(ctx, { statements: lapsed.map(({ id }) => clearRows(ctx, id)), audit: null });
    return { done: lapsed.length, total: lapsed.length, result: null };
  },
};
