import { env, exports } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { newId, positionId, type UnitId } from "#kernel";
import { browser, count, origin, person, unit } from "./world.ts";

const password = "correct-horse-9";
const rule = "01a20000-0000-7000-8000-000000000001";
let root: UnitId;
let office: UnitId;
beforeAll(async () => {
  root = await unit("试验区教育局", "office", null);
  office = await unit("法规科", "office", root);
  await env.DB.prepare(
    "insert into requirements_requirement (id, name, study_kind, study_object, study_title, roster, from_day, due_day, state, created_by, created_at) values (?, '年度学法', 'course', 'c', '课', 1, '2020-01-01', '2099-12-31', 'active', ?, 0)",
  )
    .bind(rule, (await person(root)).id)
    .run();
});
const due = (name: string) =>
  count(
    "select count(*) as n from kernel_assignment a join kernel_person p on p.id = a.person where a.requirement = ? and a.ended_at is null and p.name = ?",
    rule,
    name,
  );

test("a rule by roster comes with the mark, by a form or an imported roster, and goes with it", async () => {
  const officer = await person(root, { grant: "officer", password });
  const marked = await person(office, { name: "甲在册", employeeNo: "M1" });
  const b = browser();
  await b.post("/sign-in", { username: officer.login, password });
  const { token } = await (await browser().api("POST", "/session", { username: officer.login, password })).json<{ token: string }>();
  const send = async (path: string, body = "") => {
    const answer = await exports.default.fetch(
      new Request(`${origin}/api/v1${path}`, { method: "POST", body, headers: { authorization: `Bearer ${token}` } }),
    );
    expect(answer.status).toBe(200);
    return answer.json<{ import: string; new: number; changed: number; refused: number }>();
  };
  expect((await b.post(`/admin/people/${marked.id}/roster`, { from: "2026-01-01" })).status).toBe(303);
  expect(await due("甲在册")).toBe(1);
  expect((await b.post(`/admin/people/${marked.id}/roster/end`, { until: "2026-02-01" })).status).toBe(303);
  expect(await due("甲在册")).toBe(0);

  const file = "姓名,单位,工号,学法名册\n甲在册,法规科,M1,是\n乙新来,法规科,M2,是\n丙不在,法规科,M3,否\n";
  const written = await send("/people/import", file);
  expect([written.new, written.changed, written.refused]).toEqual([2, 1, 0]);
  expect([await due("甲在册"), await due("乙新来"), await due("丙不在")]).toEqual([1, 1, 0]);
  expect(
    await count(
      "select count(*) as n from kernel_assignment a join kernel_position x on x.id = a.position where a.requirement = ? and a.ended_at is null and x.unit = ? and a.unit = ?",
      rule,
      office,
      office,
    ),
  ).toBe(2);

  const off = await send("/people/import", "姓名,单位,工号,学法名册\n甲在册,法规科,M1,否\n");
  expect([off.changed, await due("甲在册")]).toEqual([1, 0]);
  await send(`/imports/${off.import}/undo`);
  expect(await due("甲在册")).toBe(1);
  await send(`/imports/${written.import}/undo`);
  expect([await due("甲在册"), await count("select count(*) as n from kernel_person where name = '乙新来'")]).toEqual([0, 0]);
});

test("who left and comes back before the deadline has it to do again", async () => {
  const officer = await person(root, { grant: "officer", password });
  const b = browser();
  await b.post("/sign-in", { username: officer.login, password });
  const back = await person(office, { name: "丁回来" });
  expect((await b.post(`/admin/people/${back.id}/roster`, { from: "2026-01-01" })).status).toBe(303);
  expect(await due("丁回来")).toBe(1);
  const old = await env.DB.prepare("select id from kernel_position where person = ?").bind(back.id).first<string>("id");
  expect((await b.post(`/admin/people/${back.id}/positions/${old}/close`, { until: "2026-03-31" })).status).toBe(303);
  expect(await due("丁回来")).toBe(0);
  const again = { id: newId(positionId), unit: office, nature: "personnel", post: "other", from: "2026-05-01" };
  expect((await b.post(`/admin/people/${back.id}/positions`, again)).status).toBe(303);
  // The mark went with the last position.
  expect(await due("丁回来")).toBe(0);
  expect((await b.post(`/admin/people/${back.id}/roster`, { from: "2026-05-01" })).status).toBe(303);
  expect(await due("丁回来")).toBe(1);
  const whole = await env.DB.prepare("select whole from kernel_due where requirement = ? and unit = ''").bind(rule).first("whole");
  expect(whole).toBe(await count("select count(*) as n from kernel_assignment where requirement = ? and ended_at is null", rule));
});

test("the mark ends with the last position, in the bureau's form or the unit's, and comes back where that is undone", async () => {
  const officer = await person(root, { grant: "officer", password });
  const school = await unit("第九中学", "public-school", root);
  const keeper = await person(school, { post: "liaison", password });
  const b = browser();
  await b.post("/sign-in", { username: officer.login, password });
  const marks = async (id: string) =>
    (await env.DB.prepare("select until_day as until from kernel_roster_mark where person = ?").bind(id).all()).results.map(
      (r) => r["until"],
    );
  const positionsOf = async (id: string) =>
    (await env.DB.prepare("select id from kernel_position where person = ? order by id").bind(id).all<{ id: string }>()).results.map(
      (r) => r.id,
    );

  const two = await person(school, { name: "戊两职" });
  await b.post(`/admin/people/${two.id}/roster`, { from: "2026-01-01" });
  const more = { id: newId(positionId), unit: office, nature: "part-time", post: "other", from: "2026-01-01" };
  expect((await b.post(`/admin/people/${two.id}/positions`, more)).status).toBe(303);
  const [first] = await positionsOf(two.id);
  expect((await b.post(`/admin/people/${two.id}/positions/${first}/close`, { until: "2026-03-31" })).status).toBe(303);
  expect(await marks(two.id)).toEqual([null]);
  expect((await b.post(`/admin/people/${two.id}/positions/${more.id}/close`, { until: "2026-02-28" })).status).toBe(303);
  expect(await marks(two.id)).toEqual(["2026-03-31"]);

  const left = await person(school, { name: "己离任" });
  await b.post(`/admin/people/${left.id}/roster`, { from: "2026-01-01" });
  expect(await due("己离任")).toBe(1);
  const own = browser();
  await own.post("/sign-in", { username: keeper.login, password });
  const [only] = await positionsOf(left.id);
  expect((await own.post(`/unit/people/positions/${only}/close`, { until: "2026-03-31" })).status).toBe(303);
  expect([await marks(left.id), await due("己离任")]).toEqual([["2026-03-31"], 0]);
  expect((await own.post(`/unit/people/positions/${only}/reopen`, {})).status).toBe(303);
  expect([await marks(left.id), await due("己离任")]).toEqual([[null], 1]);
});
