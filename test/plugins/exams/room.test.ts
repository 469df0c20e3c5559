import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import type { StartAnswer } from "../../../src/plugins/exams/input-room.ts";
import { incidentId, type AttemptId } from "../../../src/plugins/exams/input.ts";
import type { Item } from "../../../src/plugins/exams/rules-paper.ts";
import { seeResult } from "../../../src/plugins/exams/service/result.ts";
import { attemptState, roomOf, saveAnswers, startAttempt, submitAttempt, takeBreak } from "../../../src/plugins/exams/service/sit.ts";
import { endAttempt, extendAttempt, setAccommodation, watchSitting } from "../../../src/plugins/exams/service/watch.ts";
import { v7 } from "uuid";
import { flushBatch } from "../../../src/plugins/exams/service/flush.ts";
import type { Graded } from "../../../src/plugins/exams/store-attempts.ts";
import { commit, run, Conflict, Invalid, newId, NotFound } from "#kernel";
import { as, exam, freshAttempt, hour, minute, morning, rows, somebody, system, type Somebody } from "./world.ts";
import { withdraw } from "../../../src/plugins/exams/store.ts";

beforeEach(() => vi.useFakeTimers({ now: morning, toFake: ["Date"] }));
afterEach(() => vi.useRealTimers());
const forward = (ms: number) => vi.setSystemTime(Date.now() + ms);

type Open = Awaited<ReturnType<typeof exam>>;
const start = (who: Somebody, at: Open, id = freshAttempt()) =>
  startAttempt(as(who.actor), { exam: at.exam, sitting: at.sitting, id, pledge: true });
const stubOf = async (at: Open, who: Somebody) => {
  const [row] = await rows<{ shards: number }>(sql`select shards from exams_sitting where id = ${at.sitting}`);
  return env.EXAM_ROOM.get(env.EXAM_ROOM.idFromName(await roomOf(at.sitting, row?.shards ?? 1, who.id)));
};
/** The key of each item, as the room alone knows it. */
const keysOf = async (at: Open, who: Somebody, attempt: string): Promise<Item[]> =>
  runInDurableObject(await stubOf(at, who), (_room, state) =>
    z
      .string()
      .transform((s) => JSON.parse(s) as Item[])
      .parse(state.storage.sql.exec("select items from paper where attempt = ?", attempt).one()["items"]),
  );
const answerOf = (item: Item, right = true) => ({
  item: item.item,
  at: Date.now(),
  value:
    item.type === "single"
      ? ({ type: "single", choice: right ? String(item.key) : (item.options.find((o) => o.key !== item.key)?.key ?? null) } as const)
      : item.type === "multiple"
        ? ({ type: "multiple", choices: right ? (item.key as string[]) : [] } as const)
        : ({ type: "truefalse", answer: right ? item.key === true : item.key !== true } as const),
});
/** Answers so many items right and hands in. */
const sitThrough = async (who: Somebody, at: Open, right: number) => {
  const open = await start(who, at);
  const id = open.attempt as AttemptId;
  const items = await keysOf(at, who, id);
  await saveAnswers(as(who.actor), { id, session: open.session, seq: 1, answers: items.map((item, n) => answerOf(item, n < right)) });
  return { id, result: await submitAttempt(as(who.actor), { id }) };
};
const recordsOf = (who: Somebody) =>
  rows<{ verb: string; score: number; unit: string | null }>(
    sql`select verb, score, unit from kernel_record where person = ${who.id} and object_kind = 'exam' order by seq`,
  );
const savedIn = (open: StartAnswer) => new Map(open.answers.map((a) => [a.item, a.value]));

test("an attempt from start to certificate: graded, recorded once, and kept whole in R2", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const at = await exam(officer);
  const { id, result } = await sitThrough(who, at, 5);
  expect(result).toMatchObject({ score: 100, passed: true, excellent: true, recorded: true });
  expect(result.certificate).toMatch(/^QHJY-2036-XF-\d{9}-\d$/);
  expect((await recordsOf(who)).map((r) => [r.verb, r.score])).toEqual([
    ["sat", 10_000],
    ["passed", 10_000],
    ["excelled", 10_000],
  ]);
  expect(await attemptState(as(who.actor), id)).toEqual({ state: "graded", ...result });
  expect(await submitAttempt(as(who.actor), { id })).toEqual(result);
  await runDurableObjectAlarm(await stubOf(at, who));
  const kept = await env.FILES.get(`exams/papers/${id}.json`);
  expect(await kept?.json()).toMatchObject({ id, score: 10_000, items: { length: 5 }, answers: { length: 5 } });
});

test("neither key nor version nor explanation leaves with the paper", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const open = await start(who, await exam(officer));
  const sent = JSON.stringify(open);
  for (const word of ["explanation", "citations", "version", "question", "letter", '"key":true', "{{"]) expect(sent).not.toContain(word);
  expect(
    open.items.every((item) => Object.keys(item).every((name) => ["item", "n", "type", "points", "stem", "options"].includes(name))),
  ).toBe(true);
});

test("two tries of one person have different papers; the same try would have the same", async () => {
  const [officer, who, other] = [await somebody({ role: "officer" }), await somebody(), await somebody()];
  const at = await exam(officer, { tries: 2 });
  const first = await keysOf(at, who, (await start(who, at)).attempt);
  const theirs = await keysOf(at, other, (await start(other, at)).attempt);
  expect(first.map((i) => i.item)).not.toEqual(theirs.map((i) => i.item));
});

test("a second start answers the attempt that runs, with what was saved and a new session; the first is taken over", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const at = await exam(officer);
  const phone = await start(who, at);
  const id = phone.attempt as AttemptId;
  const [first, second] = await keysOf(at, who, id);
  if (!first || !second) throw new Error("no items");
  await saveAnswers(as(who.actor), { id, session: phone.session, seq: 1, answers: [answerOf(first)] });
  const desk = await start(who, at);
  expect(desk.attempt).toBe(phone.attempt);
  expect(desk.session).toBeGreaterThan(phone.session);
  expect(savedIn(desk).get(first.item)).toEqual(answerOf(first).value);
  expect(desk.items).toEqual(phone.items);
  const late = saveAnswers(as(who.actor), { id, session: phone.session, seq: 2, answers: [answerOf(second)] });
  await expect(late).rejects.toMatchObject({ words: { id: "taken-over" } });
  await expect(submitAttempt(as(who.actor), { id, session: phone.session })).rejects.toBeInstanceOf(Conflict);
  await saveAnswers(as(who.actor), { id, session: desk.session, seq: 1, answers: [answerOf(second)] });
});

test("for each item the highest (session, seq) wins: repeated and reordered saves change nothing", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const at = await exam(officer);
  const open = await start(who, at);
  const id = open.attempt as AttemptId;
  const [item] = await keysOf(at, who, id);
  if (!item) throw new Error("no item");
  const save = (seq: number, right: boolean) =>
    saveAnswers(as(who.actor), { id, session: open.session, seq, answers: [answerOf(item, right)] });
  expect((await save(5, true)).seq).toBe(5);
  await save(3, false);
  await save(5, true);
  await save(4, false);
  expect(savedIn(await start(who, at)).get(item.item)).toEqual(answerOf(item).value);
});

test("two starts at once make one attempt", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const at = await exam(officer);
  const opens = await Promise.all([start(who, at), start(who, at), start(who, at)]);
  expect(new Set(opens.map((o) => o.attempt)).size).toBe(1);
  expect(new Set(opens.map((o) => o.session)).size).toBe(3);
  expect(await rows(sql`select id from exams_attempt where person = ${who.id}`)).toHaveLength(1);
});

test("another's attempt looks like one that never was", async () => {
  const [officer, who, other] = [await somebody({ role: "officer" }), await somebody(), await somebody()];
  const at = await exam(officer);
  const open = await start(who, at);
  const id = open.attempt as AttemptId;
  const item = open.items[0]?.item ?? "";
  const theirs = as(other.actor);
  for (const attempt of [id, freshAttempt()]) {
    await expect(
      saveAnswers(theirs, {
        id: attempt,
        session: open.session,
        seq: 1,
        answers: [{ item, value: { type: "truefalse", answer: true }, at: 0 }],
      }),
    ).rejects.toBeInstanceOf(NotFound);
    await expect(submitAttempt(theirs, { id: attempt })).rejects.toBeInstanceOf(NotFound);
    await expect(attemptState(theirs, attempt)).rejects.toBeInstanceOf(NotFound);
    await expect(takeBreak(theirs, { id: attempt, session: 1, on: true })).rejects.toBeInstanceOf(NotFound);
  }
  await expect(start(other, at, id)).rejects.toBeInstanceOf(Conflict);
});

test("an answer to an item of another paper is refused whole", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const at = await exam(officer);
  const open = await start(who, at);
  const [item] = await keysOf(at, who, open.attempt);
  if (!item) throw new Error("no item");
  const mixed = saveAnswers(as(who.actor), {
    id: open.attempt as AttemptId,
    session: open.session,
    seq: 1,
    answers: [answerOf(item), { ...answerOf(item), item: "elsewhere" }],
  });
  await expect(mixed).rejects.toBeInstanceOf(Invalid);
  expect((await start(who, at)).answers).toEqual([]);
});

test("an answer of the wrong type is kept and earns nothing", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const at = await exam(officer);
  const open = await start(who, at);
  const id = open.attempt as AttemptId;
  await saveAnswers(as(who.actor), {
    id,
    session: open.session,
    seq: 1,
    answers: open.items.map(({ item }) => ({ item, at: 1, value: { type: "multiple", choices: ["nothing", "of", "this"] } })),
  });
  expect(await submitAttempt(as(who.actor), { id })).toMatchObject({ score: 0, passed: false, recorded: true });
});

test("the deadline holds by the server's clock when a save arrives, to the millisecond", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const at = await exam(officer, { minutes: 30 });
  const open = await start(who, at);
  const id = open.attempt as AttemptId;
  const [item] = await keysOf(at, who, id);
  if (!item) throw new Error("no item");
  expect(open.deadline).toBe(open.now + 30 * minute);
  vi.setSystemTime(open.deadline - 1);
  await saveAnswers(as(who.actor), { id, session: open.session, seq: 1, answers: [answerOf(item)] });
  vi.setSystemTime(open.deadline);
  await expect(saveAnswers(as(who.actor), { id, session: open.session, seq: 2, answers: [answerOf(item, false)] })).rejects.toMatchObject({
    words: { id: "over" },
  });
  expect(await submitAttempt(as(who.actor), { id })).toMatchObject({ score: 20, passed: false });
});

test("the alarm hands in what is overdue, with nobody connected, and records it at its deadline", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const at = await exam(officer, { minutes: 10 });
  const open = await start(who, at);
  const items = await keysOf(at, who, open.attempt);
  await saveAnswers(as(who.actor), {
    id: open.attempt as AttemptId,
    session: open.session,
    seq: 1,
    answers: items.slice(0, 4).map((item) => answerOf(item)),
  });
  const stub = await stubOf(at, who);
  await runDurableObjectAlarm(stub);
  expect(await recordsOf(who)).toEqual([]);
  vi.setSystemTime(open.deadline + 5);
  expect(await runDurableObjectAlarm(stub)).toBe(true);
  const [row] = await rows<{ state: string; ended: string; submitted_at: number; score: number; passed: number }>(
    sql`select state, ended, submitted_at, score, passed from exams_attempt where id = ${open.attempt}`,
  );
  expect(row).toEqual({ state: "graded", ended: "deadline", submitted_at: open.deadline, score: 8000, passed: 1 });
  expect((await recordsOf(who)).map((r) => r.verb)).toEqual(["sat", "passed"]);
});

test("the room forgets nothing when it is evicted: answers, sessions, deadlines", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const at = await exam(officer);
  const open = await start(who, at);
  const id = open.attempt as AttemptId;
  const [first, second] = await keysOf(at, who, id);
  if (!first || !second) throw new Error("no items");
  await saveAnswers(as(who.actor), { id, session: open.session, seq: 1, answers: [answerOf(first)] });
  await evictDurableObject(await stubOf(at, who));
  const saved = await saveAnswers(as(who.actor), { id, session: open.session, seq: 2, answers: [answerOf(second)] });
  expect(saved.deadline).toBe(open.deadline);
  expect(await submitAttempt(as(who.actor), { id })).toMatchObject({ score: 40 });
});

test("a batch that is sent again counts once", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const at = await exam(officer);
  const { result } = await sitThrough(who, at, 4);
  const before = await recordsOf(who);
  const tally = () => rows(sql`select verb, day, unit, count from kernel_tally where object_id = ${at.exam} order by verb`);
  const counted = await tally();
  const stub = await stubOf(at, who);
  for (let n = 0; n < 3; n++) await stub.fetch("https://room/flushAgain", { method: "POST", body: "{}" });
  expect(await recordsOf(who)).toEqual(before);
  expect(await tally()).toEqual(counted);
  expect(await rows(sql`select n from exams_flush where room like ${`${at.sitting}/%`}`)).toHaveLength(1);
  expect(
    await attemptState(
      as(who.actor),
      (await rows<{ id: AttemptId }>(sql`select id from exams_attempt where person = ${who.id}`))[0]?.id ?? freshAttempt(),
    ),
  ).toMatchObject({ certificate: result.certificate });
});

test("after D1 was put back to before the flush, the room sends everything again", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const at = await exam(officer, { certificate: false });
  const { id } = await sitThrough(who, at, 5);
  await env.DB.batch([
    env.DB.prepare("delete from exams_flush"),
    env.DB.prepare("delete from exams_attempt where id = ?").bind(id),
    env.DB.prepare("drop trigger kernel_record_no_delete"),
    env.DB.prepare("delete from kernel_record where person = ?").bind(who.id),
  ]);
  await (await stubOf(at, who)).fetch("https://room/flushAgain", { method: "POST", body: "{}" });
  expect((await recordsOf(who)).map((r) => r.verb)).toEqual(["sat", "passed", "excelled"]);
  expect(await attemptState(as(who.actor), id)).toMatchObject({ state: "graded", score: 100 });
});

test("while D1 does not take the batch, handing in answers the score, and the alarm records it later", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const at = await exam(officer);
  await env.DB.exec("create trigger stop before insert on exams_flush begin select raise(abort, 'no'); end;");
  const { id, result } = await sitThrough(who, at, 5);
  expect(result).toMatchObject({ score: 100, passed: true, recorded: false });
  expect(result.certificate).toBeUndefined();
  expect(await attemptState(as(who.actor), id)).toMatchObject({ state: "graded", score: 100, recorded: false });
  await env.DB.exec("drop trigger stop;");
  forward(10 * minute);
  await runDurableObjectAlarm(await stubOf(at, who));
  expect(await attemptState(as(who.actor), id)).toMatchObject({ state: "graded", score: 100, recorded: true });
}, 20_000);

test("tries run out; the best counts; a better one earns a certificate that replaces the one before, a worse one none", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const at = await exam(officer, { tries: 3, counts: "best" });
  const first = await sitThrough(who, at, 3);
  const better = await sitThrough(who, at, 5);
  const worse = await sitThrough(who, at, 4);
  expect([first, better, worse].map((r) => r.result.score)).toEqual([60, 100, 80]);
  expect(worse.result.certificate).toBeUndefined();
  const states = await rows<{ number: string; state: string; replaces: string | null }>(
    sql`select number, state, replaces from certificates_certificate where person = ${who.id} order by replaces is not null`,
  );
  expect(states).toEqual([
    { number: first.result.certificate, state: "superseded", replaces: null },
    { number: better.result.certificate, state: "valid", replaces: first.result.certificate },
  ]);
  await expect(start(who, at)).rejects.toMatchObject({ words: { id: "exams.no-tries" } });
  expect((await seeResult(as(who.actor), { exam: at.exam })).counts?.id).toBe(better.id);
  expect((await recordsOf(who)).filter((r) => r.verb === "sat")).toHaveLength(3);
});

test("where the last counts, the last passing one holds", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const at = await exam(officer, { tries: 2, counts: "last" });
  await sitThrough(who, at, 5);
  const last = await sitThrough(who, at, 4);
  expect((await seeResult(as(who.actor), { exam: at.exam })).counts?.id).toBe(last.id);
  expect(last.result.certificate).toBeDefined();
});

test("where the last counts, a last failure takes the certificate back in the same flush, with its cause; a later pass earns another", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const at = await exam(officer, { tries: 3, counts: "last" });
  const passed = await sitThrough(who, at, 5);
  forward(minute);
  const failed = await sitThrough(who, at, 2);
  expect([passed.result.passed, failed.result.passed, failed.result.certificate]).toEqual([true, false, undefined]);
  const certificates = () =>
    rows<{ number: string; state: string; reason: string | null; replaces: string | null }>(
      sql`select number, state, reason, replaces from certificates_certificate where person = ${who.id} order by issued_at`,
    );
  const taken = {
    number: passed.result.certificate,
    state: "revoked",
    reason: "该场考试以最后一次为准，第 2 次考试未合格",
    replaces: null,
  };
  expect(await certificates()).toEqual([taken]);
  const told = () =>
    rows<{ verb: string; object: string }>(
      sql`select verb, object_id as object from kernel_record where person = ${who.id} and object_kind = 'certificate' order by seq`,
    );
  expect(await told()).toEqual([
    { verb: "certified", object: taken.number },
    { verb: "certificate-revoked", object: taken.number },
  ]);
  // The ledger says the same: what it told of passing is voided, so the rate and what is due do.
  const standing = () =>
    rows<{ verb: string }>(
      sql`select r.verb from kernel_record r where r.person = ${who.id} and r.object_kind = 'exam' and r.void = 0 and not exists (select 1 from kernel_record c where c.corrects = r.id) order by r.seq`,
    );
  const tally = () => rows(sql`select verb, sum(count) as n from kernel_tally where object_id = ${at.exam} group by verb order by verb`);
  expect((await standing()).map(({ verb }) => verb)).toEqual(["sat", "sat"]);
  expect(await tally()).toEqual([
    { verb: "excelled", n: 0 },
    { verb: "passed", n: 0 },
    { verb: "sat", n: 2 },
  ]);
  // Both batches again change nothing.
  await (await stubOf(at, who)).fetch("https://room/flushAgain", { method: "POST", body: "{}" });
  expect([await certificates(), (await told()).length]).toEqual([[taken], 2]);
  const again = await sitThrough(who, at, 4);
  expect(await certificates()).toEqual([taken, { number: again.result.certificate, state: "valid", reason: null, replaces: null }]);
  expect((await standing()).map(({ verb }) => verb)).toEqual(["sat", "sat", "sat", "passed"]);
});

test("where the last counts, passing and then failing in one batch is not passing, and what was due is due again", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const at = await exam(officer, { counts: "last" });
  const assigned = v7();
  await commit(system(), {
    statements: [
      run(
        sql`insert into kernel_assignment (id, requirement, kind, object, verb, person, unit, position, from_day, due_day) select ${assigned}, ${v7()}, 'exam', ${at.exam}, 'passed', person, unit, id, '2036-01-01', '2036-12-31' from kernel_position where person = ${who.id}`,
      ),
    ],
    audit: null,
  });
  const done = async () =>
    (await rows<{ done: number }>(sql`select done_at is not null as done from kernel_assignment where id = ${assigned}`))[0]?.done;
  const graded = (n: number, score: number): Graded => ({
    id: freshAttempt(),
    exam: at.exam,
    sitting: at.sitting,
    person: who.id,
    unit: n === 1 ? null : (who.actor.positions[0]?.unit ?? null),
    n,
    startedAt: Date.now(),
    submittedAt: Date.now() + n,
    ended: "self",
    score,
    passed: score >= 6000,
    excellent: score >= 9000,
  });
  const room = `${at.sitting}/batch`;
  await flushBatch(system(), room, 1, [graded(1, 9500), graded(2, 8000), graded(3, 100)]);
  expect(await done()).toBe(0);
  expect(await rows(sql`select verb, sum(count) as n from kernel_tally where object_id = ${at.exam} group by verb order by verb`)).toEqual([
    { verb: "excelled", n: 0 },
    { verb: "passed", n: 0 },
    { verb: "sat", n: 3 },
  ]);
  expect(await rows(sql`select number from certificates_certificate where person = ${who.id}`)).toEqual([]);
  await flushBatch(system(), room, 2, [graded(4, 9200)]);
  expect(await done()).toBe(1);
  // Passed again, but no longer with excellence.
  await flushBatch(system(), room, 3, [graded(5, 7000)]);
  expect(await done()).toBe(1);
  expect(await rows(sql`select verb, sum(count) as n from kernel_tally where object_id = ${at.exam} group by verb order by verb`)).toEqual([
    { verb: "excelled", n: 0 },
    { verb: "passed", n: 2 },
    { verb: "sat", n: 5 },
  ]);
  await flushBatch(system(), room, 4, [graded(6, 100)]);
  expect(await done()).toBe(0);
  expect(await rows(sql`select state, grade from certificates_certificate where person = ${who.id} order by issued_at`)).toEqual([
    { state: "superseded", grade: "excellent" },
    { state: "revoked", grade: "passed" },
  ]);
});

test("where the last counts, failing at another sitting leaves what this one earned", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const [one, two] = [await exam(officer, { counts: "last" }), await exam(officer, { counts: "last" })];
  await sitThrough(who, one, 5);
  await env.DB.prepare("update exams_sitting set exam = ? where id = ?").bind(one.exam, two.sitting).run();
  await sitThrough(who, { exam: one.exam, sitting: two.sitting }, 1);
  expect(await rows(sql`select state from certificates_certificate where person = ${who.id}`)).toEqual([{ state: "valid" }]);
});

test("who may not sit finds no exam; who came too early or too late is told", async () => {
  const [officer, staff, teacher] = [
    await somebody({ role: "officer" }),
    await somebody({ roster: true }),
    await somebody({ at: "school", post: "teaching" }),
  ];
  const roster = await exam(officer, { who: { roster: true } });
  await start(staff, roster);
  await expect(start(teacher, roster)).rejects.toBeInstanceOf(NotFound);
  const kinds = await exam(officer, { who: { kinds: ["private-school"], posts: ["teaching"] } });
  await start(teacher, kinds);
  await expect(start(staff, kinds)).rejects.toBeInstanceOf(NotFound);
  const assigned = await exam(officer, { who: { assigned: true } });
  await expect(start(staff, assigned)).rejects.toBeInstanceOf(NotFound);
  await env.DB.prepare(
    "insert into kernel_assignment (id, requirement, kind, verb, object, person, unit, from_day, due_day) select ?1, ?1, 'exam', 'sat', ?2, ?3, unit, '2036-01-01', '2036-12-31' from kernel_position where person = ?3",
  )
    .bind(freshAttempt(), assigned.exam, staff.id)
    .run();
  await start(staff, assigned);
  const later = await exam(officer, { opens: morning + hour });
  await expect(start(staff, later)).rejects.toMatchObject({ words: { id: "exams.not-yet" } });
  forward(3 * hour);
  await expect(start(teacher, kinds)).rejects.toMatchObject({ words: { id: "exams.closed" } });
});

test("an exam after a course asks for the course first", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const at = await exam(officer, { after: ["xingzheng-chufa"] });
  await expect(start(who, at)).rejects.toMatchObject({ words: { id: "exams.courses-first" } });
});

test("more time is this candidate's alone, and breaks stop the clock", async () => {
  const [officer, who, other] = [await somebody({ role: "officer" }), await somebody(), await somebody()];
  const at = await exam(officer, { minutes: 40 });
  await setAccommodation(as(officer.actor), { exam: at.exam, whom: who.login, percent: 150, breaks: 10, large: true, reason: "手伤未愈" });
  const [mine, theirs] = [await start(who, at), await start(other, at)];
  expect([mine.deadline - mine.now, theirs.deadline - theirs.now]).toEqual([60 * minute, 40 * minute]);
  expect([mine.large, mine.breakLeft, theirs.large, theirs.breakLeft]).toEqual([true, 10 * minute, false, 0]);
  const id = mine.attempt as AttemptId;
  const pause = (on: boolean) => takeBreak(as(who.actor), { id, session: mine.session, on });
  expect(await pause(true)).toMatchObject({ onBreak: true });
  forward(4 * minute);
  expect(await pause(false)).toMatchObject({ onBreak: false, breakLeft: 6 * minute, deadline: mine.deadline + 4 * minute });
  await pause(true);
  forward(3 * hour);
  // The pause ended by itself after six minutes, and so did the exam an hour later.
  await expect(pause(false)).rejects.toMatchObject({ words: { id: "over" } });
  await runDurableObjectAlarm(await stubOf(at, who));
  const [row] = await rows<{ submitted_at: number }>(sql`select submitted_at from exams_attempt where id = ${id}`);
  expect(row?.submitted_at).toBe(mine.deadline + 10 * minute);
});

test("a proctor extends once for one incident, and ends with a reason; both are audited", async () => {
  const [officer, proctor, who] = [await somebody({ role: "officer" }), await somebody({ role: "proctor" }), await somebody()];
  const at = await exam(officer, { minutes: 30 });
  const open = await start(who, at);
  const attempt = open.attempt as AttemptId;
  const more = { exam: at.exam, id: newId(incidentId), attempt, minutes: 15, reason: "机房停电" };
  await extendAttempt(as(proctor.actor), more);
  expect(await extendAttempt(as(proctor.actor), more)).toEqual({ deadline: open.deadline + 15 * minute });
  await endAttempt(as(proctor.actor), { exam: at.exam, id: newId(incidentId), attempt, reason: "找人代答" });
  expect(await attemptState(as(who.actor), attempt)).toMatchObject({ state: "graded", score: 0 });
  const lines = await rows<{ command: string; note: string }>(
    sql`select command, note from kernel_audit where object_id = ${attempt} and command in ('exams.extend', 'exams.end') order by seq`,
  );
  expect(lines.map((l) => `${l.command}: ${l.note}`)).toEqual(["exams.extend: 机房停电", "exams.extend: 机房停电", "exams.end: 找人代答"]);
});

test("the officer's view: who sits, who is silent, who has handed in, who did not come; only within the reach", async () => {
  const [officer, a, b, c] = [
    await somebody({ role: "officer" }),
    await somebody({ category: "worker" }),
    await somebody({ category: "worker" }),
    await somebody({ category: "worker", at: "school" }),
  ];
  const at = await exam(officer, { who: { categories: ["worker"] } });
  const watch = (state?: "absent" | "running" | "silent" | "graded", who = officer) =>
    watchSitting(as(who.actor), { exam: at.exam, sitting: at.sitting, state });
  expect((await watch()).totals).toEqual({ due: 3, started: 0, running: 0, saving: 0, silent: 0, graded: 0, absent: 3 });
  await sitThrough(a, at, 5);
  const open = await start(b, at);
  expect((await watch()).totals).toEqual({ due: 3, started: 2, running: 1, saving: 1, silent: 0, graded: 1, absent: 1 });
  forward(2 * minute);
  expect((await watch("silent")).rows.map((r) => r.person)).toEqual([b.id]);
  await saveAnswers(as(b.actor), { id: open.attempt as AttemptId, session: open.session, seq: 1, answers: [] });
  expect((await watch()).totals).toMatchObject({ saving: 1, silent: 0 });
  expect((await watch("graded")).rows.map((r) => r.person)).toEqual([a.id]);
  expect((await watch("absent")).rows.map((r) => r.person)).toEqual([c.id]);
  const schools = await somebody({ role: "officer", grantKinds: ["private-school"] });
  expect((await watch(undefined, schools)).rows.map((r) => r.person)).toEqual([c.id]);
  expect((await watch(undefined, schools)).totals).toMatchObject({ due: 1, started: 0 });
  await expect(
    extendAttempt(as(schools.actor), {
      exam: at.exam,
      id: newId(incidentId),
      attempt: open.attempt as AttemptId,
      minutes: 5,
      reason: "试试",
    }),
  ).rejects.toBeInstanceOf(NotFound);
});

test("a question that was withdrawn leaves the next paper; where too few remain, no paper is drawn", async () => {
  const [officer, who, other] = [await somebody({ role: "officer" }), await somebody(), await somebody()];
  const at = await exam(officer, { blueprint: [{ topic: "xingzheng-chufa/lian", type: "single", count: 2, points: 50 }] });
  const [pool] = await rows<{ lines: string }>(sql`select lines from exams_pool where sitting = ${at.sitting}`);
  const all = (JSON.parse(pool?.lines ?? "[[]]") as { question: string }[][])[0]?.map((q) => q.question) ?? [];
  const kept = all.slice(0, 2);
  await start(who, at);
  await commit(system(), { statements: withdraw(system(), all.slice(2)), audit: null });
  const theirs = await keysOf(at, other, (await start(other, at)).attempt);
  expect(theirs.map((i) => i.question).toSorted()).toEqual(kept.toSorted());
  await commit(system(), { statements: withdraw(system(), kept.slice(0, 1)), audit: null });
  const third = await somebody();
  await expect(start(third, at)).rejects.toMatchObject({ words: { id: "exams.pool-short-now" } });
});

test("the review shows the key only when and as far as the rules allow", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const shown = async (review: object) => {
    const at = await exam(officer, { review });
    const { id } = await sitThrough(who, at, 5);
    return { at, id, seen: await seeResult(as(who.actor), { exam: at.exam, attempt: id }) };
  };
  const never = await shown({ when: "never", key: true });
  expect([never.seen.shows, never.seen.review]).toEqual(["nothing", null]);
  const closed = await shown({ when: "closed", key: true });
  expect(closed.seen.review).toBeNull();
  const answers = await shown({ when: "submitted", key: false });
  expect([answers.seen.shows, answers.seen.review?.length]).toEqual(["answers", 5]);
  forward(3 * hour);
  const after = await seeResult(as(who.actor), { exam: closed.at.exam, attempt: closed.id });
  expect(after.shows).toBe("all");
  expect(after.review?.every((item) => item.explanation.length > 0 && item.value !== undefined)).toBe(true);
});
