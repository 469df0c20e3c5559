/** Queued work of exams: sending all batches of all rooms again, after D1 was put back to an earlier time. */
import { callRoom, type Context, type Job, type Step } from "#kernel";
import { z } from "zod";
import { keptFor } from "./rules.ts";
import { roomsSince } from "./store.ts";

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
