/** What of one's own runs now, and until when: the room alone knows, since a proctor may have given more. */
import { callRoom, type Context, type Instant } from "#kernel";
import { runningOf, type Running } from "../store-attempts.ts";
import { ownExams } from "../terms.ts";
import type { RoomStatus } from "./floor.ts";

/** Until when an attempt runs; null: its room has closed it already, or does not answer. */
export const deadlineIn = async (ctx: Context, { room, id }: { room: string; id: string }): Promise<Instant | null> => {
  try {
    const { rows } = await callRoom<RoomStatus>(ctx.env.EXAM_ROOM, room, "status", { attempts: [id] });
    return rows[0]?.deadline ?? null;
  } catch {
    // The page stands without it: the attempt can be gone on with all the same.
    return null;
  }
};
export type RunningNow = Running & { deadline: Instant | null };
/** One's attempts under way; null: none. */
export const myRunning = async (ctx: Context): Promise<RunningNow[] | null> => {
  const { person } = ctx.allow(ownExams);
  const running = await runningOf(ctx, person);
  if (running.length === 0) return null;
  return Promise.all(running.map(async (one) => ({ ...one, deadline: await deadlineIn(ctx, one) })));
};
