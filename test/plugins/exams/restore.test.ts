/**
 * After a restore rooms are newer than D1: the minute's cron has them send all their numbered batches again, and D1 ends as it
 * was before, nothing missing and nothing twice.
 */
import { createExecutionContext, createScheduledController, runInDurableObject, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { commit, readSetting, writeSetting } from "#kernel";
import type { AttemptId } from "../../../src/plugins/exams/input.ts";
import type { Item } from "../../../src/plugins/exams/rules-paper.ts";
import { attemptState, roomOf, saveAnswers, startAttempt, submitAttempt } from "../../../src/plugins/exams/service/sit.ts";
import { app } from "../../../src/worker.ts";
import { as, exam, freshAttempt, hour, minute, morning, rows, somebody, system, type Somebody } from "./world.ts";

beforeEach(() => vi.useFakeTimers({ now: morning, toFake: ["Date"] }));
afterEach(() => vi.useRealTimers());

type Row = Record<string, unknown>;
const all = async (query: string) => (await env.DB.prepare(query).all<Row>()).results;
const tables = async () =>
  (await all("select name from sqlite_schema where type = 'table' and name not glob 'sqlite_*' and name not glob '_cf_*'")).map(
    ({ name }) => String(name),
  );
/** All of D1, as a backup keeps it. */
const copyOf = async (): Promise<Map<string, Row[]>> => {
  const copy = new Map<string, Row[]>();
  for (const name of await tables()) copy.set(name, await all(`select * from "${name}"`));
  return copy;
};
/** D1 as the copy has it, beside whatever its triggers would say. */
const putBack = async (copy: ReadonlyMap<string, Row[]>): Promise<void> => {
  const triggers = await all("select name, sql from sqlite_schema where type = 'trigger'");
  const statements = ["pragma defer_foreign_keys = on", ...triggers.map(({ name }) => `drop trigger "${String(name)}"`)].map((text) =>
    env.DB.prepare(text),
  );
  for (const [name, kept] of copy) {
    if (JSON.stringify(await all(`select * from "${name}"`)) === JSON.stringify(kept)) continue;
    statements.push(env.DB.prepare(`delete from "${name}"`));
    for (const row of kept) {
      const columns = Object.keys(row);
      statements.push(
        env.DB.prepare(
          `insert into "${name}" (${columns.map((c) => `"${c}"`).join(", ")}) values (${columns.map(() => "?").join(", ")})`,
        ).bind(...Object.values(row)),
      );
    }
  }
  await env.DB.batch([...statements, ...triggers.map(({ sql: text }) => env.DB.prepare(String(text)))]);
};
const minutesCron = async () => {
  const execution = createExecutionContext();
  await app.scheduled(createScheduledController({ cron: "* * * * *", scheduledTime: new Date(Date.now()) }), env, execution);
  await waitOnExecutionContext(execution);
};

test("what was flushed after the backup's copy of D1 is there again, and nothing twice", async () => {
  const [officer, early, between, late, under] = [
    await somebody({ role: "officer" }),
    await somebody(),
    await somebody(),
    await somebody(),
    await somebody(),
  ];
  const at = await exam(officer, { tries: 2, counts: "last", closes: Date.now() + 3 * hour });
  const start = (who: Somebody) => startAttempt(as(who.actor), { ...at, id: freshAttempt(), pledge: true });
  const roomFor = async (who: Somebody) => env.EXAM_ROOM.get(env.EXAM_ROOM.idFromName(await roomOf(at.sitting, 1, who.id)));
  const answer = async (who: Somebody, open: Awaited<ReturnType<typeof start>>, right: number) => {
    const items = await runInDurableObject(await roomFor(who), (_room, state) =>
      z
        .string()
        .transform((text) => JSON.parse(text) as Item[])
        .parse(state.storage.sql.exec("select items from paper where attempt = ?", open.attempt).one()["items"]),
    );
    await saveAnswers(as(who.actor), {
      id: open.attempt as AttemptId,
      session: open.session,
      seq: 1,
      answers: items.slice(0, right).map((item) => ({
        item: item.item,
        at: Date.now(),
        value: item.type === "truefalse" ? { type: "truefalse", answer: item.key === true } : { type: "single", choice: String(item.key) },
      })),
    });
  };
  const handIn = async (who: Somebody, open: Awaited<ReturnType<typeof start>>, right: number) => {
    await answer(who, open, right);
    expect(await submitAttempt(as(who.actor), { id: open.attempt as AttemptId })).toMatchObject({ recorded: true });
    vi.setSystemTime(Date.now() + minute);
  };

  await handIn(early, await start(early), 5);
  const open = await start(between);
  const copy = await copyOf();
  await handIn(between, open, 4);
  await handIn(late, await start(late), 5);
  await handIn(late, await start(late), 1);
  const running = await start(under);
  await answer(under, running, 2);

  const facts = async () => ({
    attempts: await rows(
      sql`select id, person, n, state, started_at, submitted_at, ended, score, passed, excellent, certificate from exams_attempt where sitting = ${at.sitting} and state = 'graded' order by id`,
    ),
    records: await rows(sql`select once, person, unit, at, score, object_id from kernel_record where object_id = ${at.exam} order by once`),
    certificates: await rows(
      sql`select number, once, person, score, state, reason from certificates_certificate where basis_kind = 'attempt' order by number`,
    ),
    told: await rows(sql`select verb, person, object_id from kernel_record where object_kind = 'certificate' order by verb, person`),
    tallies: await rows(sql`select verb, day, unit, object_kind, object_id, count from kernel_tally order by verb, day, unit, object_id`),
    batches: await rows(sql`select room, n from exams_flush order by room, n`),
  });
  const before = await facts();
  expect([before.attempts.length, before.batches.length, before.certificates.length]).toEqual([4, 4, 3]);
  expect(before.certificates.filter(({ state }) => state === "revoked")).toHaveLength(1);

  await putBack(copy);
  expect((await facts()).attempts).toHaveLength(1);
  // As `npm run restore` leaves it.
  await commit(system(), { statements: [writeSetting(system(), "rooms.resend", Date.now())], audit: null });
  await minutesCron();
  await minutesCron();
  expect(await facts()).toEqual(before);
  expect(await readSetting(system(), "rooms.resend", z.unknown(), "gone")).toBeNull();
  expect(await rows(sql`select state, result from kernel_job where kind = 'exams.flush-again' order by created_at desc limit 1`)).toEqual([
    { state: "done", result: '{"rooms":1}' },
  ]);

  // Told once more, it changes nothing.
  await commit(system(), { statements: [writeSetting(system(), "rooms.resend", Date.now())], audit: null });
  await minutesCron();
  await minutesCron();
  expect(await facts()).toEqual(before);

  // An attempt that began after the copy and still runs is gone on with, with what was saved.
  const again = await start(under);
  expect([again.attempt, again.answers.length]).toEqual([running.attempt, 2]);
  expect(await attemptState(as(under.actor), running.attempt as AttemptId)).toMatchObject({ state: "running" });
});
