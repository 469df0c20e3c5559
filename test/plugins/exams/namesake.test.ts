/** One id for two attempts: by mistake or by malice, it costs nobody else anything. */
import { env } from "cloudflare:workers";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { callRoom, Conflict } from "#kernel";
import type { Started } from "../../../src/plugins/exams/room.ts";
import { roomOf, startAttempt, submitAttempt } from "../../../src/plugins/exams/service/sit.ts";
import { as, exam, freshAttempt, morning, rows, somebody } from "./world.ts";

beforeEach(() => void vi.useFakeTimers({ now: morning, toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

test("the id of another attempt, one's own elsewhere or another's, begins nothing", async () => {
  const officer = await somebody({ role: "officer" });
  const [one, two] = [await exam(officer), await exam(officer)];
  const [me, other] = [await somebody(), await somebody()];
  const id = freshAttempt();
  await startAttempt(as(me.actor), { ...one, id, pledge: true });
  await expect(startAttempt(as(me.actor), { ...two, id, pledge: true })).rejects.toThrow(Conflict);
  await expect(startAttempt(as(other.actor), { ...one, id, pledge: true })).rejects.toThrow(Conflict);
  expect((await startAttempt(as(me.actor), { ...one, id, pledge: true })).session).toBe(2);
});

test("an attempt that slipped in under such an id neither changes the other nor holds up its room", async () => {
  const officer = await somebody({ role: "officer" });
  const [one, two] = [await exam(officer), await exam(officer)];
  const [me, other] = [await somebody(), await somebody()];
  const id = freshAttempt();
  await startAttempt(as(me.actor), { ...one, id, pledge: true });
  await submitAttempt(as(me.actor), { id });
  // Straight to the room, as two starts at once could come by what D1 knows.
  const room = await roomOf(two.sitting, 1, me.id);
  const command = {
    room,
    attempt: id,
    person: me.id,
    unit: null,
    sitting: two.sitting,
    revision: 0,
    may: true,
    percent: 100,
    breakMinutes: 0,
    large: false,
    pledged: 1,
    address: null,
  };
  expect(await callRoom<Started>(env.EXAM_ROOM, room, "start", command)).toMatchObject({ state: "running", attempt: id });
  const others = freshAttempt();
  await startAttempt(as(other.actor), { ...two, id: others, pledge: true });
  await callRoom(env.EXAM_ROOM, room, "submit", { attempt: id, person: me.id });
  expect(await submitAttempt(as(other.actor), { id: others })).toMatchObject({ recorded: true });
  expect(await rows(sql`select sitting, state from exams_attempt where id = ${id}`)).toEqual([{ sitting: one.sitting, state: "graded" }]);
  expect(await rows(sql`select object_id as exam from kernel_record where verb = 'sat' and person = ${me.id}`)).toEqual([
    { exam: one.exam },
  ]);
});
