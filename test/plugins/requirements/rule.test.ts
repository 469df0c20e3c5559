/** A rule is made by a form of many fields, says itself in plain words, shows whom it hits, and can be changed until it is on. */
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { newId, requirementId, type UnitId } from "#kernel";
import { browser, count, person, unit } from "../people/world.ts";

const password = "correct-horse-9";
let bureau: UnitId, training: UnitId;
const admin = async () => {
  const b = browser();
  await b.post("/sign-in", { username: (await person(bureau, { grant: "administrator", password })).login, password });
  return b;
};
/** A form's fields; a list is several of one name. */
const fields = (given: Record<string, string | string[]>) => {
  const body = new FormData();
  const all = { period: "calendar", year: "2026", from: "2026-01-01", dueBy: "day", due: "2026-12-31", ...given };
  for (const [name, value] of Object.entries(all)) for (const one of [value].flat()) body.append(name, one);
  return body;
};
const course = (id: string) => ({
  course: id,
  outline: JSON.stringify({ lessons: [1, 2, 3].map((n) => ({ id: `l${n}`, title: `${id}第${n}课`, minutes: 10 })), cases: [], counts: {} }),
});
beforeAll(async () => {
  bureau = await unit("清河区教育局", "office", null);
  training = await unit("启明培训", "training", bureau);
  for (const { course: id, outline } of [course("甲课"), course("乙课")]) {
    await env.DB.prepare(
      "insert into courses_version (course, hash, title, audience, summary, hours, outline, created_at) values (?1, 'h', ?1, '', '', 1, ?2, 0)",
    )
      .bind(id, outline)
      .run();
    await env.DB.prepare("insert into courses_course (id, hash, place) values (?, 'h', 1)").bind(id).run();
  }
  await person(training, { name: "孙校长", post: "principal", from: "2026-10-01" });
  await person(training, { name: "老校长", post: "principal", from: "2020-10-01" });
  await person(training, { name: "李老师", post: "teaching", from: "2026-10-01" });
});

test("a rule of every kind of condition is a draft that says itself, names its units and people, is changed, and switched on", async () => {
  const b = await admin();
  const id = newId(requirementId);
  const form = {
    id,
    name: "新任负责人学法",
    lessons: ["甲课/l3", "甲课/l1"],
    kinds: ["training", "private-school"],
    unit: "教育局",
    posts: ["principal"],
    natures: "personnel",
    tookFrom: "2026-09-01",
    each: "1",
    dueBy: "joining",
    due: "",
    days: "30",
    period: "school",
    from: "2026-09-01",
    repeats: "1",
  };
  // Typed among few, a unit is still found by a part of its name, if it is one.
  const unclear = await b.post("/admin/requirements", fields({ ...form, unit: "没有这个" }));
  expect(unclear.status).toBe(422);
  const again = await unclear.text();
  expect(again).toContain('value="新任负责人学法"');
  expect(again).toMatch(/value="甲课\/l3"[^>]*checked|checked[^>]*value="甲课\/l3"/);
  expect((await b.post("/admin/requirements", fields(form))).headers.get("location")).toBe(`/admin/requirements/${id}`);
  const html = await (await b.get(`/admin/requirements/${id}`)).text();
  for (const words of [
    "甲课：甲课第1课、甲课第3课",
    "单位：在办的培训机构、民办学校",
    "范围：清河区教育局及其下属单位",
    "岗位：校长/主要负责人",
    "任职性质：人事关系所在",
    "任职开始日期：2026年9月1日起",
    "在几个单位任职的，每个单位各完成一次",
    "任职（或列入名册）后30天内",
    "2026—2027学年",
    "将涉及 1 人、1 个单位",
  ])
    expect(html).toContain(words);
  expect(await (await b.get(`/admin/requirements/${id}/hits`)).text()).toContain("启明培训");
  const people = await (await b.get(`/admin/requirements/${id}/hits?unit=${training}`)).text();
  expect(people).toContain("孙校长");
  expect(people).toContain("2026年10月31日");
  expect(people).not.toContain("老校长");

  const change = await (await b.get(`/admin/requirements/${id}/change`)).text();
  expect(change).toMatch(/<input[^>]*name="days"[^>]*value="30"/);
  expect(
    (await b.post(`/admin/requirements/${id}/change`, fields({ ...form, name: "负责人学法", tookFrom: "", from: "2026-01-01" }))).status,
  ).toBe(303);
  expect(await (await b.get(`/admin/requirements/${id}`)).text()).toContain("将涉及 2 人");
  expect((await b.post(`/admin/requirements/${id}/activate`, {})).status).toBe(303);
  expect(
    await count("select count(*) as n from kernel_assignment where requirement = ? and kind = 'lessons' and verb = 'studied'", id),
  ).toBe(2);
  expect((await b.post(`/admin/requirements/${id}/activate`, {})).status).toBe(303);
  expect(await count("select count(*) as n from kernel_assignment where requirement = ?", id)).toBe(2);
  expect((await b.get(`/admin/requirements/${id}/change`)).status).toBe(404);
  expect((await b.post(`/admin/requirements/${id}/change`, fields(form))).status).toBe(409);
  expect(await count("select count(*) as n from kernel_audit where command = 'requirements.activate' and object_id = ?", id)).toBe(2);
});

test.each([
  ["请选择要学的课程或要考的考试", {}],
  ["整门课程和单个课时只能选一样", { course: "甲课", lessons: "甲课/l1" }],
  ["所选课时要出自同一门课程", { lessons: ["甲课/l1", "乙课/l1"] }],
  ["没有这门课程或这场考试", { lessons: ["甲课/l9"] }],
  ["没有这门课程或这场考试", { exam: "没有" }],
  ["结束日期早于开始日期", { course: "甲课", foundedFrom: "2026-05-01", foundedTo: "2026-04-01" }],
  ["结束日期早于开始日期", { course: "甲课", tookFrom: "2026-05-01", tookTo: "2026-04-01" }],
  ["列入学法名册的人员只在主要任职单位算一次", { course: "甲课", roster: "1", each: "1" }],
  ["请填写截止日期", { course: "甲课", due: "" }],
  ["请填写任职后多少天内完成", { course: "甲课", dueBy: "joining" }],
  ["截止日期早于开始日期", { course: "甲课", due: "2025-12-31" }],
  ["开始日期和截止日期都不在所选的年度或学年里", { course: "甲课", year: "2028" }],
])("what does not fit together is refused with words: %s", async (words, given: Record<string, string | string[]>) => {
  const b = await admin();
  const answer = await b.post("/admin/requirements", fields({ id: newId(requirementId), name: "不合的要求", ...given }));
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain(words);
  expect(await count("select count(*) as n from requirements_requirement where name = '不合的要求'")).toBe(0);
});
