import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { count, day, distinct, evidence, measure, newId, recordId, startOfDay, type PersonId, type RecordId, type UnitId } from "#kernel";
import { correctRecord } from "../../../src/plugins/records/service/correct.ts";
import { as, client, fact, passed, person, plain, studied, unit } from "./world.ts";

const figure = (object: string) => ({
  count: count(`test.count-${object}`, {
    words: { title: studied.words, definition: studied.words },
    measure: "times",
    verb: studied,
    objectKind: "lesson",
  }),
  people: distinct(`test.people-${object}`, {
    words: { title: studied.words, definition: studied.words },
    measure: "people",
    of: "person",
    verb: studied,
    objectKind: "lesson",
  }),
});
const inYear = (object: string, year = "2026") => ({
  from: day.parse(`${year}-01-01`),
  to: day.parse(`${year}-12-31`),
  object,
  reach: { all: true, areas: [] },
});
const numbers = async (object: string, year = "2026") => {
  const { count: times, people } = figure(object);
  const ctx = plain();
  const f = inYear(object, year);
  const shown = [(await measure(ctx, times, f)).value, (await measure(ctx, people, f)).value];
  expect(shown).toEqual([(await evidence(ctx, times, f, "", 1000)).length, (await evidence(ctx, people, f, "", 1000)).length]);
  return shown;
};
let bureau: UnitId, school: UnitId, other: UnitId, officer: PersonId, liwen: PersonId;
beforeAll(async () => {
  bureau = await unit("office", "清河区教育局");
  school = await unit("public-school", "清河三中", bureau);
  other = await unit("training", "启明星培训学校", bureau);
  officer = await person("周岩", bureau, { role: "officer", unit: bureau });
  liwen = await person("李雯", school);
});
const voids = async (target: RecordId, id = newId(recordId)) =>
  correctRecord(await as(officer), { record: target, id, how: "void", reason: "录入有误" });

test("voiding a record takes it out of the figure and its rows alike, and keeps both records", async () => {
  const first = await fact(liwen, "a");
  await fact(liwen, "a");
  expect(await numbers("a")).toEqual([2, 1]);
  const { id } = await voids(first);
  expect(await numbers("a")).toEqual([1, 1]);
  const ask = await client(officer);
  expect(await (await ask(`/api/v1/records/${first}`)).json()).toMatchObject({ state: "voided", corrected_by: id });
  expect(await (await ask(`/api/v1/records/${id}`)).json()).toMatchObject({ state: "voiding", corrects: first });
});

test("a correction moves the fact to another day", async () => {
  const first = await fact(liwen, "b", { at: startOfDay(day.parse("2026-03-05"), "Asia/Shanghai") });
  await correctRecord(await as(officer), {
    record: first,
    id: newId(recordId),
    how: "replace",
    at: "2025-12-30T09:00",
    reason: "日期录错",
  });
  expect(await numbers("b")).toEqual([0, 0]);
  expect(await numbers("b", "2025")).toEqual([1, 1]);
});

test("what was voided by mistake stands again", async () => {
  const first = await fact(liwen, "c");
  const { id } = await voids(first);
  await expect(voids(id)).rejects.toMatchObject({ words: { id: "records.voidAlready" } });
  const { id: again } = await correctRecord(await as(officer), { record: id, id: newId(recordId), how: "replace", reason: "原记录无误" });
  expect(await numbers("c")).toEqual([1, 1]);
  expect(await (await (await client(officer))(`/api/v1/records/${again}`)).json()).toMatchObject({ state: "standing" });
});

test("a correction sent twice, also at once, writes one record; another one is refused", async () => {
  const first = await fact(liwen, "d");
  const id = newId(recordId);
  expect(await Promise.all([voids(first, id), voids(first, id)])).toEqual([{ id }, { id }]);
  expect(await voids(first, id)).toEqual({ id });
  await expect(voids(first)).rejects.toMatchObject({ status: 409 });
  const late = await fact(liwen, "d2");
  const both = await Promise.allSettled([voids(late), voids(late)]);
  expect(both.map((b) => b.status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(both.flatMap((b) => (b.status === "rejected" ? [b.reason as unknown] : []))).toMatchObject([{ status: 409 }]);
});

test("the same id with another body, or from another officer, is a conflict and writes nothing", async () => {
  const second = await person("吴畏", bureau, { role: "officer", unit: bureau });
  const first = await fact(liwen, "d3", { verb: passed, object: { kind: "exam", id: "d3" }, score: 5900 });
  const ask = await client(officer);
  const body = { id: newId(recordId), how: "replace", score: 60, reason: "漏计一题" };
  const send = async (by: typeof ask, more: object) =>
    (await by(`/api/v1/records/${first}/corrections`, { json: { ...body, ...more } })).status;
  expect([await send(ask, {}), await send(ask, {})]).toEqual([201, 201]);
  for (const more of [{ score: 61 }, { score: 59 }, { reason: "漏计两题" }, { how: "void" }, { at: "2026-01-01T09:00" }])
    expect(await send(ask, more)).toBe(409);
  expect(await send(await client(second), {})).toBe(409);
  const late = await fact(liwen, "d4", { verb: passed, object: { kind: "exam", id: "d4" }, score: 5900 });
  const id = newId(recordId);
  const both = await Promise.all(
    [60, 61].map(async (score) => (await ask(`/api/v1/records/${late}/corrections`, { json: { ...body, id, score } })).status),
  );
  expect(both.toSorted()).toEqual([201, 409]);
  expect(await env.DB.prepare("select count(*) as n from kernel_record where corrects in (?, ?)").bind(first, late).first("n")).toBe(2);
});

test("score and unit are corrected; the reason is in the audit and on the page", async () => {
  const first = await fact(liwen, "e", { verb: passed, object: { kind: "exam", id: "e" }, score: 5900 });
  await env.DB.prepare(
    "insert into kernel_position (id, person, unit, nature, post, from_day) values (?, ?, ?, 'part-time', 'teaching', '2020-01-01')",
  )
    .bind(newId(recordId), liwen, other)
    .run();
  const ask = await client(officer);
  const id = newId(recordId);
  const answer = await ask(`/admin/records/${first}/correct`, {
    form: { id, how: "replace", score: "60.5", unit: other, at: "", reason: "漏计一题" },
  });
  expect([answer.status, answer.headers.get("location")]).toEqual([303, `/admin/records/${id}`]);
  expect(await (await ask(`/api/v1/records/${id}`)).json()).toMatchObject({
    score: 60.5,
    unit: { id: other },
    state: "standing",
    source: "entered",
  });
  expect(await (await ask(`/admin/records/${first}`)).text()).toContain("周岩：漏计一题");
  expect(
    (
      await env.DB.prepare("select actor, note, unit from kernel_audit where command = 'records.correct' and object_id = ?")
        .bind(first)
        .all()
    ).results,
  ).toEqual([{ actor: officer, note: "漏计一题", unit: school }]);
});

test("what does not fit is refused, and nothing is written", async () => {
  const first = await fact(liwen, "f");
  const ctx = await as(officer);
  const before = await env.DB.prepare("select count(*) as n from kernel_record").first("n");
  const tried = (more: object) => correctRecord(ctx, { record: first, id: newId(recordId), how: "replace", reason: "试一试", ...more });
  await expect(tried({})).rejects.toMatchObject({ words: { id: "records.nothingChanged" } });
  await expect(tried({ score: 60 })).rejects.toMatchObject({ words: { id: "records.noScore" } });
  await expect(tried({ at: "2027-01-01T00:00" })).rejects.toMatchObject({ words: { id: "records.inFuture" } });
  const scored = await fact(liwen, "f", { score: 500 });
  await expect(tried({ record: scored, score: 200.01 })).rejects.toMatchObject({ words: { id: "records.scoreTooHigh" } });
  await expect(tried({ at: "2026-02-30T00:00" })).rejects.toMatchObject({ status: 422 });
  await expect(tried({ unit: bureau })).rejects.toMatchObject({ words: { id: "records.badUnit" } });
  await expect(
    correctRecord(await as(officer), { record: await fact(officer, "f"), id: newId(recordId), how: "void", reason: "自己的" }),
  ).rejects.toMatchObject({ status: 403 });
  const elsewhere = await person("外人", other, { role: "officer", unit: other });
  await expect(
    correctRecord(await as(elsewhere), { record: first, id: newId(recordId), how: "void", reason: "不归我管" }),
  ).rejects.toMatchObject({ status: 404 });
  const auditor = await person("审计", bureau, { role: "auditor" });
  await expect(
    correctRecord(await as(auditor), { record: first, id: newId(recordId), how: "void", reason: "只能看" }),
  ).rejects.toMatchObject({ status: 403 });
  expect(await env.DB.prepare("select count(*) as n from kernel_record").first("n")).toBe((before as number) + 2);
});
test("whoever corrects a pass is told that its certificate stays, and where it is revoked", async () => {
  const ask = await client(officer);
  const pass = await fact(liwen, "exam-1", { verb: passed, object: { kind: "exam", id: "exam-1" }, score: 500 });
  const html = await (await ask(`/admin/records/${pass}`)).text();
  expect(html).toContain("不会让已经发出的证书失效");
  expect(html).toContain(`/admin/certificates?unit=${school}`);
  expect(html).toContain("考试自己的成绩不变");
  expect(await (await ask(`/admin/records/${await fact(liwen, "f")}`)).text()).not.toContain("不会让已经发出的证书失效");
});
