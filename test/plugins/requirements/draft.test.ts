/** A draft can be deleted; what has nobody to list says why; who reaches a part sees what touches that part. */
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { assignmentId, newId, requirementId, type UnitId } from "#kernel";
import { browser, count, person, unit } from "../people/world.ts";

const password = "correct-horse-9";
let bureau: UnitId, school: UnitId;
const signedIn = async (who: { login: string }) => {
  const b = browser();
  await b.post("/sign-in", { username: who.login, password });
  return b;
};
const rule = async (name: string, state: "draft" | "active" | "ended") => {
  const id = newId(requirementId);
  await env.DB.prepare(
    "insert into requirements_requirement (id, name, study_kind, study_object, study_title, kinds, posts, roster, from_day, due_day, state, created_by, created_at) values (?, ?, 'course', 'c', '依法办学', null, null, 0, '2026-01-01', '2099-12-31', ?, ?, 0)",
  )
    .bind(id, name, state, (await person(bureau)).id)
    .run();
  return id;
};
beforeAll(async () => {
  bureau = await unit("清河区教育局", "office", null);
  school = await unit("清河三中", "public-school", bureau);
});
test("a draft is deleted, once and audited; what is on is not", async () => {
  const b = await signedIn(await person(bureau, { grant: "administrator", password }));
  const [draft, on] = [await rule("草稿甲", "draft"), await rule("在用乙", "active")];
  expect(await (await b.get(`/admin/requirements/${draft}`)).text()).toContain("删除这份草稿");
  expect(await (await b.get(`/admin/requirements/${on}`)).text()).not.toContain("删除这份草稿");
  expect((await b.post(`/admin/requirements/${draft}/delete`, {})).headers.get("location")).toBe("/admin/requirements");
  expect((await b.get(`/admin/requirements/${draft}`)).status).toBe(404);
  expect((await b.post(`/admin/requirements/${draft}/delete`, {})).status).toBe(404);
  expect((await b.post(`/admin/requirements/${on}/delete`, {})).status).toBe(409);
  expect(await count("select count(*) as n from kernel_audit where command = 'requirements.delete' and note = '草稿甲'")).toBe(1);
});
test("a list of nobody says why, and a part of the body sees no rule that touches none of it", async () => {
  const [draft, ended, nobody, school1] = [
    await rule("草稿丙", "draft"),
    await rule("结束丁", "ended"),
    await rule("无人戊", "active"),
    await rule("三中己", "active"),
  ];
  const teacher = await person(school);
  await env.DB.prepare(
    "insert into kernel_assignment (id, requirement, kind, object, verb, person, unit, from_day, due_day) values (?, ?, 'course', 'c', 'completed', ?, ?, '2026-01-01', '2099-12-31')",
  )
    .bind(newId(assignmentId), school1, teacher.id, school)
    .run();
  const b = await signedIn(await person(bureau, { grant: "officer", grantUnit: school, password }));
  for (const [id, words] of [
    [draft, "还没有启用"],
    [ended, "到期前结束"],
    [nobody, "没有人有这项任务"],
  ] as const) {
    const html = await (await b.get(`/admin/requirements/${id}/people`)).text();
    expect(html).toContain(words);
    expect(html).not.toContain("本单位没有");
  }
  const html = await (await b.get("/admin")).text();
  expect(html).toContain("三中己");
  expect(html).not.toContain("无人戊");
});
