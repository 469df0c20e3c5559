/** Counts of a sitting are kept by triggers and by night: whatever happens to attempts, they say what a count by hand says. */
import { createExecutionContext, createScheduledController, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { sql } from "drizzle-orm";
import * as fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { v7 } from "uuid";
import { commit, dayOf, newId, positionId, run } from "#kernel";
import { attemptId, examId, examInput, sittingId } from "../../../src/plugins/exams/input.ts";
import { flushBatch } from "../../../src/plugins/exams/service/flush.ts";
import { createExam, listExamsPage, seePlanPage } from "../../../src/plugins/exams/service/plan.ts";
import { publishExam } from "../../../src/plugins/exams/service/publish.ts";
import { watchSitting } from "../../../src/plugins/exams/service/watch.ts";
import { insertStarted, type Graded } from "../../../src/plugins/exams/store-attempts.ts";
import { countDue } from "../../../src/plugins/exams/store-counts.ts";
import { app } from "../../../src/worker.ts";
import { as, exam, hour, morning, rows, somebody, system } from "./world.ts";

beforeEach(() => vi.useFakeTimers({ now: morning, toFake: ["Date"] }));
afterEach(() => vi.useRealTimers());

const kept = (sitting: string) =>
  rows(sql`select unit, started, running, graded, sat, passed from exams_count where sitting = ${sitting} and started > 0 order by unit`);
/** The same, counted by hand. */
const counted = (sitting: string) =>
  rows(
    sql`select unit, count(distinct person) as started, count(distinct iif(state = 'running', person, null)) as running, count(distinct iif(state = 'graded', person, null)) as graded, sum(state = 'graded') as sat, sum(coalesce(passed, 0)) as passed
      from (select '' as unit, person, state, passed from exams_attempt where sitting = ${sitting} union all select unit, person, state, passed from exams_attempt where sitting = ${sitting} and unit is not null) group by unit order by unit`,
  );

test("after any course of starts, hand-ins and batches sent again, the counts are those that a count by hand finds", async () => {
  const officer = await somebody({ role: "officer" });
  const people = await Promise.all([somebody(), somebody({ at: "school" }), somebody()]);
  const story = fc.array(fc.record({ who: fc.nat(2), does: fc.constantFrom("start", "pass", "fail", "again", "repeat") }), {
    maxLength: 14,
  });
  const { exam: id } = await exam(officer, { certificate: false });
  await fc.assert(
    fc.asyncProperty(story, async (steps) => {
      const sitting = newId(sittingId);
      const room = `${sitting}/0`;
      const open = new Map<number, Omit<Graded, "submittedAt" | "ended" | "score" | "passed" | "excellent">>();
      const tries = new Map<number, number>();
      const sent: Graded[][] = [];
      for (const { who, does } of steps) {
        const person = people[who];
        const running = open.get(who);
        if (person === undefined) continue;
        if (does === "repeat") for (const [n, batch] of sent.entries()) await flushBatch(system(), room, n + 1, batch);
        else if (does === "start" && running === undefined) {
          const n = (tries.get(who) ?? 0) + 1;
          // The third has no unit of the day.
          const unit = who === 2 ? null : (person.actor.positions[0]?.unit ?? null);
          const begun = { id: newId(attemptId), exam: id, sitting, person: person.id, unit, n, startedAt: Date.now() };
          await commit(system(), { statements: [insertStarted({ ...begun, room })], audit: null });
          tries.set(who, n);
          open.set(who, begun);
        } else if (does === "again" && running !== undefined)
          await commit(system(), { statements: [insertStarted({ ...running, room })], audit: null });
        else if ((does === "pass" || does === "fail") && running !== undefined) {
          const passed = does === "pass";
          sent.push([{ ...running, submittedAt: Date.now(), ended: "self", score: passed ? 8000 : 2000, passed, excellent: false }]);
          await flushBatch(system(), room, sent.length, sent.at(-1) ?? []);
          open.delete(who);
        }
      }
      expect(await kept(sitting)).toEqual(await counted(sitting));
    }),
    { numRuns: 25 },
  );
}, 120_000);

test("an attempt that only its batch brings, and one that goes, are counted too", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const at = await exam(officer, { certificate: false });
  const graded: Graded = {
    id: newId(attemptId),
    exam: at.exam,
    sitting: at.sitting,
    person: who.id,
    unit: who.actor.positions[0]?.unit ?? null,
    n: 1,
    startedAt: Date.now(),
    submittedAt: Date.now(),
    ended: "self",
    score: 8000,
    passed: true,
    excellent: false,
  };
  await flushBatch(system(), `${at.sitting}/0`, 1, [graded]);
  expect(await kept(at.sitting)).toEqual(await counted(at.sitting));
  expect(await kept(at.sitting)).toHaveLength(2);
  await env.DB.prepare("delete from exams_attempt where id = ?").bind(graded.id).run();
  expect(await kept(at.sitting)).toEqual([]);
});

test("who joins or leaves is counted among those due from the next night on, in the unit and in all", async () => {
  const officer = await somebody({ role: "officer" });
  const schools = await somebody({ role: "officer", grantKinds: ["private-school"] });
  const leaver = await somebody({ category: "contract", at: "school" });
  await somebody({ category: "contract" });
  const at = await exam(officer, { who: { categories: ["contract"] }, closes: Date.now() + 100 * hour });
  const due = async (who: typeof officer) => (await watchSitting(as(who.actor), { exam: at.exam, sitting: at.sitting })).totals.due;
  expect([await due(officer), await due(schools)]).toEqual([2, 1]);
  await somebody({ category: "contract", at: "school" });
  await somebody({ category: "contract", at: "school" });
  const yesterday = dayOf(Date.now() - 24 * hour, system().zone);
  await commit(system(), {
    statements: [run(sql`update kernel_position set until_day = ${yesterday} where person = ${leaver.id}`)],
    audit: null,
  });
  expect([await due(officer), await due(schools)]).toEqual([2, 1]);
  const execution = createExecutionContext();
  await app.scheduled(createScheduledController({ cron: "17 19 * * *", scheduledTime: new Date(Date.now()) }), env, execution);
  await waitOnExecutionContext(execution);
  expect([await due(officer), await due(schools)]).toEqual([3, 2]);
});

test("each reach counts among those due whom its list names: at the unit of the duty, else of the main position", async () => {
  const officer = await somebody({ role: "officer" });
  const schools = await somebody({ role: "officer", grantKinds: ["private-school"] });
  const [both, bound, home] = [
    await somebody({ category: "institution-manager" }),
    await somebody({ category: "institution-manager" }),
    await somebody({ category: "institution-manager", at: "school" }),
  ];
  const school = home.actor.positions[0]?.unit ?? null;
  await commit(system(), {
    statements: [both, bound].map(({ id }) =>
      run(
        sql`insert into kernel_position (id, person, unit, nature, post, from_day) values (${newId(positionId)}, ${id}, ${school}, 'personnel', 'teacher', '2021-01-01')`,
      ),
    ),
    audit: null,
  });
  const at = await exam(officer, { who: { categories: ["institution-manager"] }, closes: Date.now() + 100 * hour });
  await commit(system(), {
    statements: [
      run(
        sql`insert into kernel_assignment (id, requirement, kind, object, verb, person, unit, from_day, due_day) values (${v7()}, ${v7()}, 'exam', ${at.exam}, 'passed', ${bound.id}, ${school}, '2036-01-01', '2036-12-31')`,
      ),
      ...countDue(system(), [at.sitting]),
    ],
    audit: null,
  });
  for (const [who, named] of [
    [officer, [both, bound, home]],
    [schools, [bound, home]],
  ] as const) {
    const watch = await watchSitting(as(who.actor), { exam: at.exam, sitting: at.sitting });
    expect(watch.rows.map((r) => r.person)).toEqual(named.map((p) => p.id));
    expect(watch.totals.due).toBe(named.length);
  }
});

test("the list of exams counts within the reach, and opens to whom the exam's own page does", async () => {
  const officer = await somebody({ role: "officer" });
  const schools = await somebody({ role: "officer", grantKinds: ["private-school"] });
  await somebody({ category: "reference-civil-servant" });
  await somebody({ category: "reference-civil-servant", at: "school" });
  const at = await exam(officer, { who: { categories: ["reference-civil-servant"] } });
  const seen = async (who: typeof officer) => (await listExamsPage(as(who.actor), undefined)).rows.find((e) => e.id === at.exam);
  expect(await seen(officer)).toMatchObject({ due: 2, opens: 1 });
  expect(await seen(schools)).toMatchObject({ due: 1, opens: 0 });
});

test("a draft tells how many may come before it is published, as publishing counts them", async () => {
  const officer = await somebody({ role: "officer" });
  await somebody({ category: "external" });
  await somebody({ category: "external", at: "school" });
  const input = examInput.parse({
    id: newId(examId),
    title: "待发布的考试",
    blueprint: [{ topic: "xingzheng-chufa/lian", type: "single", count: 2, points: 50 }],
    sittings: [
      { id: newId(sittingId), opens: Date.now(), closes: Date.now() + hour, minutes: 30, pass: 60, who: { categories: ["external"] } },
    ],
  });
  await createExam(as(officer.actor), input);
  const plan = await seePlanPage(as(officer.actor), input.id);
  expect(plan.sittings.map((s) => s.due)).toEqual([2]);
  expect((await publishExam(as(officer.actor), { exam: input.id })).sittings.map((s) => s.due)).toEqual([2]);
});
