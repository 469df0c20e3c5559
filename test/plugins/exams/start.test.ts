/** What stands before an attempt: the pledge, the courses that a sitting asks for, and the lists in which one finds it. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { v7 } from "uuid";
import { z } from "zod";
import { commit, run } from "#kernel";
import { startInput } from "../../../src/plugins/exams/input.ts";
import { pledges } from "../../../src/plugins/exams/rules.ts";
import { myOpen, roomOf, startAttempt, submitAttempt } from "../../../src/plugins/exams/service/sit.ts";
import { watchAttempt } from "../../../src/plugins/exams/service/watch.ts";
import { as, ask, exam, freshAttempt, minute, morning, rows, somebody, system, type Somebody } from "./world.ts";

beforeEach(() => vi.useFakeTimers({ now: morning, toFake: ["Date"] }));
afterEach(() => vi.useRealTimers());

const json = (body: object): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
const refused = z.object({ code: z.string() });
const attemptsOf = (who: Somebody) => rows<{ id: string }>(sql`select id from exams_attempt where person = ${who.id}`);

test("the words of a pledge that somebody gave are never edited", () => {
  expect(pledges.map(({ zh }) => zh)).toEqual(["我承诺由本人独立完成考试，不请人代考，不替人考试，不传播试题。"]);
});

test("over the API to start is to give the pledge: a body of id and sitting begins, and the attempt keeps which words were given", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const at = await exam(officer);
  const id = freshAttempt();
  const answer = await ask(who, `/api/v1/exams/${at.exam}/attempts`, json({ id, sitting: at.sitting }));
  expect([answer.status, z.object({ attempt: z.string() }).parse(await answer.json()).attempt]).toEqual([200, id]);
  expect((await watchAttempt(as(officer.actor), { exam: at.exam, attempt: id })).pledged).toBe(1);
  vi.setSystemTime(Date.now() + 31 * minute);
  await runDurableObjectAlarm(env.EXAM_ROOM.get(env.EXAM_ROOM.idFromName(await roomOf(at.sitting, 1, who.id))));
  expect(await (await env.FILES.get(`exams/papers/${id}.json`))?.json()).toMatchObject({ pledge: { version: 1, words: pledges[0]?.zh } });
  expect(await rows(sql`select note from kernel_audit where command = 'exams.start' and object_id = ${id}`)).toEqual([
    { note: "pledge 1" },
  ]);
});

test("the OpenAPI file says so, with the words, and asks for no more than the contract", async () => {
  const file = z
    .object({ paths: z.record(z.string(), z.unknown()) })
    .parse(await (await ask(await somebody(), "/api/v1/openapi.json")).json());
  const body = z
    .object({ post: z.object({ requestBody: z.object({ content: z.record(z.string(), z.object({ schema: z.unknown() })) }) }) })
    .parse(file.paths["/exams/{id}/attempts"]).post.requestBody.content["application/json"]?.schema;
  expect(body).toMatchObject({ required: ["id", "sitting"], properties: { pledge: { default: true } } });
  expect(JSON.stringify(body)).toContain(pledges[0]?.zh);
});

test("who says that the pledge is not given begins nothing, but goes on with what runs", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const at = await exam(officer);
  const start = (pledge: boolean) =>
    ask(who, `/api/v1/exams/${at.exam}/attempts`, json({ id: freshAttempt(), sitting: at.sitting, pledge }));
  const without = await start(false);
  expect([without.status, refused.parse(await without.json()).code]).toEqual([409, "exams.pledge-first"]);
  expect(await attemptsOf(who)).toEqual([]);
  expect((await start(true)).status).toBe(200);
  expect((await start(false)).status).toBe(200);
  expect(await attemptsOf(who)).toHaveLength(1);
});

test("the page's form begins nothing without the tick, and its room does not either", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const at = await exam(officer);
  const id = freshAttempt();
  const send = (more: Record<string, string>) =>
    ask(who, `/exams/${at.exam}/room`, { method: "POST", body: new URLSearchParams({ id, sitting: at.sitting, ...more }) });
  expect((await send({})).status).toBe(409);
  expect((await send({ pledge: "" })).status).toBe(409);
  expect(await attemptsOf(who)).toEqual([]);
  const begun = await send({ pledge: "1" });
  expect([begun.status, begun.headers.get("location")]).toEqual([303, `/exams/${at.exam}/room?sitting=${at.sitting}&attempt=${id}`]);
});

test("the room's address without an attempt, or with half of one, leads back to the pledge", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const at = await exam(officer);
  for (const rest of ["", `?sitting=${at.sitting}`, `?attempt=${freshAttempt()}`, `?sitting=${at.sitting}&attempt=7`]) {
    const answer = await ask(who, `/exams/${at.exam}/room${rest}`);
    expect([answer.status, answer.headers.get("location")], rest).toEqual([303, `/exams/${at.exam}`]);
  }
});

test("what is missing from a form is told so, in the reader's words", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const at = await exam(officer);
  const words = await (
    await ask(who, `/exams/${at.exam}/room`, { method: "POST", body: new URLSearchParams({ id: freshAttempt(), pledge: "1" }) })
  ).text();
  expect(words).toContain("少了一项：sitting");
  expect(words).not.toContain("undefined");
});

test("a sitting without a pledge begins without one, and says that none was given", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const at = await exam(officer, { pledge: false });
  const id = freshAttempt();
  await startAttempt(as(who.actor), { exam: at.exam, ...startInput.parse({ id, sitting: at.sitting }) });
  expect((await watchAttempt(as(officer.actor), { exam: at.exam, attempt: id })).pledged).toBe(0);
});

test("a sitting may not ask for a course that nobody can complete", async () => {
  const officer = await somebody({ role: "officer" });
  await expect(exam(officer, { after: ["xingzheng-chufa", "no-such-course"] })).rejects.toMatchObject({
    words: { id: "exams.no-course" },
    facts: { course: "no-such-course" },
    details: [{ field: "sittings.0.after" }],
  });
});

test("one's sittings come in pages by key, each once, what closes last first", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody({ category: "external" })];
  const made: Awaited<ReturnType<typeof exam>>[] = [];
  for (let n = 0; n < 5; n++)
    made.push(await exam(officer, { closes: Date.now() + (n === 3 ? 2 : n + 1) * 60 * minute, who: { categories: ["external"] } }));
  const page = z.object({ sittings: z.array(z.object({ sitting: z.string(), closes: z.number() })), next: z.string().nullable() });
  const seen: { sitting: string; closes: number }[] = [];
  for (let after: string | null = ""; after !== null;) {
    const answer = await ask(who, `/api/v1/exams?limit=2${after === "" ? "" : `&after=${after}`}`);
    const { sittings, next }: z.infer<typeof page> = page.parse(await answer.json());
    expect(sittings.length).toBeLessThanOrEqual(2);
    seen.push(...sittings);
    after = next;
  }
  const ours = seen.filter(({ sitting }) => made.some((one) => one.sitting === sitting));
  expect(ours).toHaveLength(5);
  expect(new Set(seen.map(({ sitting }) => sitting)).size).toBe(seen.length);
  expect(seen.map(({ closes }) => closes)).toEqual(seen.map(({ closes }) => closes).toSorted((a, b) => b - a));
  for (const bad of ["limit=0", "limit=101", "after=1", "after='"]) expect((await ask(who, `/api/v1/exams?${bad}`)).status, bad).toBe(422);
});

test("an exam that an open assignment asks for stands among what is due, and not once more among the exams", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const [due, free] = [await exam(officer), await exam(officer)];
  const assigned = v7();
  await commit(system(), {
    statements: [
      run(
        sql`insert into kernel_assignment (id, requirement, kind, object, verb, person, unit, position, from_day, due_day) select ${assigned}, ${v7()}, 'exam', ${due.exam}, 'passed', person, unit, id, '2036-01-01', '2036-12-31' from kernel_position where person = ${who.id}`,
      ),
    ],
    audit: null,
  });
  const shown = async (person: Somebody) => (await myOpen(as(person.actor)))?.map((one) => one.sitting.id) ?? [];
  expect(await shown(who)).toContain(free.sitting);
  expect(await shown(who)).not.toContain(due.sitting);
  expect(await shown(await somebody())).toEqual(expect.arrayContaining([free.sitting, due.sitting]));
  // Withdrawn, it is an exam like others.
  await commit(system(), {
    statements: [run(sql`update kernel_assignment set ended_at = ${Date.now()} where id = ${assigned}`)],
    audit: null,
  });
  expect(await shown(who)).toContain(due.sitting);
});

test("what runs stands first of all, with the time that its room knows, also where an assignment asks for it", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const at = await exam(officer);
  const intro = await (await ask(who, `/exams/${at.exam}`)).text();
  // Without script nothing begins: the button waits for its island.
  expect(intro).toMatch(/<button class="btn go" disabled=""[^>]*>开始考试/);
  expect(intro).toMatch(/<noscript>.*JavaScript.*<\/noscript>/);
  const id = freshAttempt();
  await startAttempt(as(who.actor), { exam: at.exam, ...startInput.parse({ id, sitting: at.sitting }) });
  vi.setSystemTime(Date.now() + 2.5 * minute);
  for (const path of ["/me", `/exams/${at.exam}`]) {
    const page = await (await ask(who, path)).text();
    expect(page, path).toContain("还剩 27 分钟");
    expect(page, path).toContain(`/exams/${at.exam}/room?sitting=${at.sitting}&amp;attempt=${id}`);
  }
  const me = await (await ask(who, "/me")).text();
  expect(me.indexOf("还剩 27 分钟")).toBeLessThan(me.indexOf("<h1"));
});

test("a blank paper handed in tells right and wrong, but not the key, as long as one may try again", async () => {
  const [officer, who] = [await somebody({ role: "officer" }), await somebody()];
  const at = await exam(officer, { tries: 2 });
  const result = async () => (await ask(who, `/exams/${at.exam}/result`)).text();
  const hand = async () => {
    const id = freshAttempt();
    await startAttempt(as(who.actor), { exam: at.exam, ...startInput.parse({ id, sitting: at.sitting }) });
    await submitAttempt(as(who.actor), { id });
  };
  await hand();
  const first = await result();
  expect(first).toContain("未作答");
  expect(first).toContain("公布答案和解析");
  expect(first).not.toContain("正确答案");
  await hand();
  expect(await result()).toContain("正确答案");
});
