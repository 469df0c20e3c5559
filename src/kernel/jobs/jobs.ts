/** Long work in steps: the row is the truth, the queue only wakes it, a minute's cron wakes what has no lease. */
import { sql } from "drizzle-orm";
import { loadActor } from "../identity/actor.ts";
import { commit } from "../db/commit.ts";
import { must, rowsOf, run, type Statement } from "../db/statement.ts";
import { makeContext, type Context } from "../context.ts";
import { jobId, newId, type JobId, type PersonId } from "../ids.ts";
import { Refusal } from "../errors.ts";
import { say } from "../text/text.ts";

/** How long a worker holds a job before another may take it, ms. */
const lease = 60_000;
/** A job that failed this often in a row stays failed. */
const tries = 5;
/** How long one wake works before it lets others; the next message carries on. ms */
const turn = 20_000;

type Row = { id: JobId; kind: string; input: string; cursor: string | null; attempts: number; actor: PersonId | null };

/** A job to be done: its row, for the commit that wants it. After the commit: `wake`. */
export const enqueue = (
  ctx: Context,
  job: { id?: JobId; kind: string; input: unknown; total?: number },
): { id: JobId; statement: Statement } => {
  const id: JobId = job.id ?? newId(jobId);
  return {
    id,
    statement: run(
      sql`insert into kernel_job (id, kind, state, actor, input, done, total, attempts, lease_until, created_at) values (${id}, ${job.kind}, 'queued', ${ctx.actor?.person ?? null}, ${JSON.stringify(job.input)}, 0, ${job.total ?? 0}, 0, 0, ${ctx.now})`,
    ),
  };
};
/** Tells the queue; if that message is lost, the cron finds the job within a minute. */
export const wake = async (ctx: Context, id: JobId): Promise<void> => {
  await ctx.env.JOBS.send({ job: id });
};

/** Works on one job until it is done, its turn is over, or another holds it. */
export const work = async (ctx: Context, id: JobId, clock: () => number = Date.now): Promise<"done" | "more" | "not-mine"> => {
  const started = clock();
  for (;;) {
    const now = clock();
    const row = (
      await rowsOf<Row>(
        { ...ctx, now },
        sql`update kernel_job set state = 'running', lease_until = ${now + lease}, attempts = attempts + 1 where id = ${id} and state in ('queued', 'running') and lease_until <= ${now} returning id, kind, input, cursor, attempts, actor`,
      )
    )[0];
    if (row === undefined) return "not-mine";
    const job = ctx.registry.jobs.get(row.kind);
    const actor = row.actor === null ? null : await loadActor(ctx.db, row.actor, "job", "password", ctx.today);
    const own = makeContext({
      env: ctx.env,
      registry: ctx.registry,
      now,
      actor,
      language: ctx.language,
      request: ctx.request,
      later: ctx.later,
    });
    try {
      if (!job) throw new Error(`no plugin has the job ${row.kind}`);
      const step = await job.step(own, { id, input: JSON.parse(row.input), cursor: row.cursor === null ? null : JSON.parse(row.cursor) });
      const held = sql`id = ${id} and lease_until = ${now + lease}`;
      const after =
        "result" in step
          ? run(
              sql`update kernel_job set state = 'done', done = ${step.done}, total = ${step.total}, result = ${JSON.stringify(step.result)}, cursor = null, ended_at = ${clock()} where ${held}`,
            )
          : run(
              sql`update kernel_job set done = ${step.done}, total = ${step.total}, cursor = ${JSON.stringify(step.cursor)}, attempts = 0, lease_until = 0 where ${held}`,
            );
      await commit(own, { statements: [...must(after), ...(step.statements ?? [])], audit: null });
      if ("result" in step) return "done";
      if (clock() - started > turn) return "more";
    } catch (error) {
      const final = error instanceof Refusal || row.attempts >= tries;
      const words =
        error instanceof Refusal ? say(ctx.language, error.words, error.facts) : error instanceof Error ? error.message : String(error);
      console.error(
        JSON.stringify({
          job: id,
          kind: row.kind,
          attempt: row.attempts,
          error: error instanceof Error ? (error.stack ?? error.message) : String(error),
        }),
      );
      await commit(own, {
        statements: [
          run(
            sql`update kernel_job set state = ${final ? "failed" : "queued"}, problem = ${words}, lease_until = ${final ? 0 : clock() + 2 ** row.attempts * 1000}, ended_at = ${final ? clock() : null} where id = ${id}`,
          ),
        ],
        audit: { command: "kernel.job.failed", object: { kind: "job", id }, note: words },
      });
      return final ? "done" : "more";
    }
  }
};
/** Jobs that nobody holds: what a lost message or a killed worker left. */
export const waiting = (ctx: Context): Promise<{ id: JobId }[]> =>
  rowsOf(
    ctx,
    sql`select id from kernel_job where state in ('queued', 'running') and lease_until <= ${ctx.now} order by lease_until limit 20`,
  );
