/** Queued and nightly work of exams: sending all batches of all rooms again after D1 was put back; counting who is due. */
import { callRoom, commit, enqueue, readSetting, wake, writeSetting, type Context, type Job, type Step } from "#kernel";
import { z } from "zod";
import { keptFor } from "./rules.ts";
import { roomsSince } from "./store.ts";
import { countDue, openSittings } from "./store-counts.ts";

const cursorShape = z.object({ after: z.string(), done: z.number() }).nullable();
/** Sittings a step. */
const atOnce = 5;

/** Every room sends all its numbered batches again; those that D1 has are known by their number. */
const step = async (ctx: Context, job: { cursor: unknown }): Promise<Step> => {
  const { after, done } = cursorShape.parse(job.cursor) ?? { after: "", done: 0 };
  const sittings = await roomsSince(ctx, ctx.now - keptFor, after, atOnce);
  let sent = done;
  for (const { id, shards } of sittings)
    for (let shard = 0; shard < shards; shard++) {
      await callRoom(ctx.env.EXAM_ROOM, `${id}/${shard}`, "flushAgain", {});
      sent++;
    }
  const last = sittings.at(-1);
  return last === undefined
    ? { done: sent, total: sent, result: { rooms: sent } }
    : { done: sent, total: sent, cursor: { after: last.id, done: sent } };
};
export const flushAgain: Job = { kind: "exams.flush-again", step };

/** A restore leaves its moment in this setting; the next minute's cron takes it and has every room send its batches again. */
const restored = "rooms.resend";
const afterRestore = async (ctx: Context): Promise<Step> => {
  if ((await readSetting(ctx, restored, z.unknown(), null)) === null) return { done: 0, total: 0, result: null };
  const job = enqueue(ctx, { kind: flushAgain.kind, input: null });
  await commit(ctx, {
    statements: [job.statement, writeSetting(ctx, restored, null)],
    audit: { command: "exams.flush-again", note: "restore" },
  });
  await wake(ctx, job.id);
  return { done: 1, total: 1, result: job.id };
};
export const resendAfterRestore: Job = { kind: "exams.after-restore", cron: "* * * * *", step: afterRestore };

/** Sittings counted in one commit. */
const countedAtOnce = 5;
/** Each night, who may come to what is not over: people join, leave and are assigned. */
const countNightly = async (ctx: Context): Promise<Step> => {
  let done = 0;
  for (let after = ""; ;) {
    const sittings = await openSittings(ctx, ctx.now, after, countedAtOnce);
    const last = sittings.at(-1);
    if (last === undefined) return { done, total: done, result: { sittings: done } };
    await commit(ctx, { statements: countDue(ctx, sittings), audit: null });
    done += sittings.length;
    after = last;
  }
};
export const countDueNightly: Job = { kind: "exams.count-due", cron: "17 19 * * *", step: countNightly };
