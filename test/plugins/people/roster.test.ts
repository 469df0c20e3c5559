import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { addDays, grantId, newId, personId, positionId, unitId, type UnitId } from "#kernel";
import { browser, context, count, person, unit } from "./world.ts";
import { unitCodeFrom } from "../../../src/plugins/people/rules.ts";

const password = "correct-horse-9";
let root: UnitId, school: UnitId, other: UnitId, kindergarten: UnitId;
const today = context().today;
beforeAll(async () => {
  root = await unit("试验区教育局", "office", null);
  school = await unit("第一中学", "public-school", root);
  other = await unit("第二中学", "public-school", root);
  kindergarten = await unit("彩虹幼儿园", "private-kindergarten", root);
});
const signedIn = async (who: { login: string }) => {
  const b = browser();
  expect((await b.post("/sign-in", { username: who.login, password })).status).toBe(303);
  return b;
};
const officer = async () => signedIn(await person(root, { grant: "officer", password }));
const kinderOfficer = async () =>
  signedIn(await person(root, { grant: "officer", kinds: ["private-kindergarten", "public-kindergarten"], password }));
const position = (more: Record<string, string>) => ({ nature: "personnel", post: "teaching", from: "2026-01-01", ...more });

test("an officer makes a person with a first position; sent twice it is one; a namesake is a question", async () => {
  const b = await officer();
  const fields = {
    id: newId(personId),
    position: newId(positionId),
    name: "张 三",
    phone: "１５４ 0000 1111",
    unit: school,
    ...position({}),
  };
  expect((await b.post("/admin/people", fields)).status).toBe(303);
  expect((await b.post("/admin/people", fields)).status).toBe(303);
  expect(await count("select count(*) as n from kernel_person where name = '张三' and phone = '15400001111' and phone_tail = '1111'")).toBe(
    1,
  );
  const again = { ...fields, id: newId(personId), position: newId(positionId) };
  const asked = await b.post("/admin/people", again);
  expect(asked.status).toBe(422);
  expect(await asked.text()).toContain('name="anyway"');
  expect((await b.post("/admin/people", { ...again, anyway: "1" })).status).toBe(303);
  expect(await count("select count(*) as n from kernel_person where name = '张三'")).toBe(2);
  for (const q of ["张", "张三", "1111", "15400001111", "第一中"])
    expect(await (await b.get(`/admin/people?q=${encodeURIComponent(q)}`)).text(), q).toContain("张三");
  expect(await (await b.get("/admin/people?q=2222")).text()).not.toContain("张三");
});

test("what lies outside the reach is like what never was: by URL, search, form and list", async () => {
  const teacher = await person(school, { name: "欧阳外" });
  const kinder = await person(kindergarten, { name: "欧阳内" });
  const b = await kinderOfficer();
  const nobody = newId(personId);
  const [outside, missing] = [await b.get(`/admin/people/${teacher.id}`), await b.get(`/admin/people/${nobody}`)];
  expect([outside.status, missing.status]).toEqual([404, 404]);
  const plain = (html: string) => html.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID");
  expect(plain(await outside.text())).toBe(plain(await missing.text()));
  expect((await b.get(`/admin/people/${kinder.id}`)).status).toBe(200);
  const list = await (await b.get("/admin/people?q=欧阳")).text();
  expect(list).toContain("欧阳内");
  expect(list).not.toContain("欧阳外");
  expect(await (await b.get("/admin/people?q=第一中学")).text()).not.toContain("欧阳外");
  expect((await b.get(`/admin/people?unit=${school}`)).status).toBe(404);
  expect((await b.get(`/admin/units/${school}`)).status).toBe(404);
  expect(await (await b.get("/admin/units")).text()).not.toContain("第一中学");
  expect(
    (await b.post("/admin/people", { id: newId(personId), position: newId(positionId), name: "某", unit: school, ...position({}) })).status,
  ).toBe(404);
  expect((await b.post(`/admin/people/${kinder.id}/positions`, { id: newId(positionId), unit: school, ...position({}) })).status).toBe(404);
  expect((await b.post(`/admin/people/${teacher.id}/roster`, { from: today })).status).toBe(404);
  expect(
    (await b.post("/admin/units", { id: newId(unitId), parent: root, kind: "public-school", name: "新校", status: "open", since: today }))
      .status,
  ).toBe(404);
  expect(
    (
      await b.post("/admin/units", {
        id: newId(unitId),
        parent: root,
        kind: "private-kindergarten",
        name: "新园",
        status: "open",
        since: today,
      })
    ).status,
  ).toBe(303);
});

test("learners, proctors and auditors cannot write; an auditor reads with masked phones", async () => {
  const teacher = await person(school, { phone: "15412344321" });
  for (const [given, see] of [
    [{}, 403],
    [{ grant: "proctor" as const }, 403],
    [{ grant: "auditor" as const }, 200],
  ] as const) {
    const b = await signedIn(await person(root, { ...given, password }));
    const page = await b.get(`/admin/people/${teacher.id}`);
    expect(page.status).toBe(see);
    if (see === 200) expect(await page.text()).toContain("154****4321");
    expect((await b.post(`/admin/people/${teacher.id}/correct`, { name: "改" })).status).toBe(403);
    expect((await b.post("/unit/people", {})).status).toBe(403);
  }
});

test("positions: opened, one main, closed with the past kept, transferred; the session ends with the last one", async () => {
  const b = await officer();
  const who = await person(school, { name: "诸葛调", password });
  const theirs = await signedIn(who);
  const second = newId(positionId);
  expect(
    (await b.post(`/admin/people/${who.id}/positions`, { id: second, unit: other, ...position({ nature: "part-time", main: "1" }) }))
      .status,
  ).toBe(303);
  expect(await count("select count(*) as n from kernel_position where person = ? and main = 1", who.id)).toBe(1);
  expect((await b.post(`/admin/people/${who.id}/positions/${second}/close`, { until: "2025-01-01" })).status).toBe(422);
  expect((await b.post(`/admin/people/${who.id}/positions/${second}/close`, { until: addDays(today, -1) })).status).toBe(303);
  expect((await b.post(`/admin/people/${who.id}/positions/${second}/close`, { until: today })).status).toBe(409);
  const first =
    (await env.DB.prepare("select id from kernel_position where person = ? and until_day is null").bind(who.id).first<string>("id")) ?? "";
  const third = newId(positionId);
  expect(
    (await b.post(`/admin/people/${who.id}/positions/${first}/transfer`, { id: third, unit: other, ...position({ from: today }) })).status,
  ).toBe(303);
  expect(await env.DB.prepare("select until_day from kernel_position where id = ?").bind(first).first<string>("until_day")).toBe(
    addDays(today, -1),
  );
  expect((await theirs.get("/account")).status).toBe(200);
  expect((await b.post(`/admin/people/${who.id}/positions/${third}/close`, { until: addDays(today, 0) })).status).toBe(303);
  expect((await theirs.get("/account")).status).toBe(200);
  await env.DB.prepare("update kernel_position set until_day = ? where id = ?").bind(addDays(today, -1), third).run();
  expect((await theirs.get("/account")).status).toBe(401);
  const page = await (await b.get(`/admin/people/${who.id}`)).text();
  expect(page).toContain("第一中学");
});

test("units move with all below, never under themselves, and their status has a history", async () => {
  const b = await officer();
  const a = newId(unitId);
  const made = async (id: string, parent: string, name: string, more = {}) =>
    (await b.post("/admin/units", { id, parent, kind: "public-school", name, status: "preparing", since: "2026-01-01", ...more })).status;
  expect(await made(a, root, "甲校", { code: unitCodeFrom("12999999QH2000000") })).toBe(303);
  expect(await made(newId(unitId), root, "甲校")).toBe(422);
  expect(
    await made(newId(unitId), root, "乙校", {
      code: "12999999QH2000000Z".replace("Z", unitCodeFrom("12999999QH2000000").endsWith("1") ? "2" : "1"),
    }),
  ).toBe(422);
  const child = newId(unitId);
  expect(await made(child, a, "甲校东校区")).toBe(303);
  expect((await b.post(`/admin/units/${a}/move`, { parent: child })).status).toBe(409);
  expect((await b.post(`/admin/units/${a}/move`, { parent: a })).status).toBe(409);
  expect((await b.post(`/admin/units/${a}/move`, { parent: other })).status).toBe(303);
  const depths = await env.DB.prepare("select ancestor, depth from kernel_unit_closure where descendant = ? order by depth")
    .bind(child)
    .all();
  expect(depths.results).toEqual([
    { ancestor: child, depth: 0 },
    { ancestor: a, depth: 1 },
    { ancestor: other, depth: 2 },
    { ancestor: root, depth: 3 },
  ]);
  expect((await b.post(`/admin/units/${a}/status`, { status: "open", since: "2026-03-01" })).status).toBe(303);
  expect(await count("select count(*) as n from kernel_unit_status where unit = ?", a)).toBe(2);
  expect(await env.DB.prepare("select status from kernel_unit where id = ?").bind(a).first<string>("status")).toBe("open");
  expect((await b.post(`/admin/units/${root}/move`, { parent: other })).status).toBe(409);
});

test("身份证 is kept encrypted, and reading it asks a reason that the audit keeps", async () => {
  const b = await officer();
  const who = await person(school);
  expect((await b.post(`/admin/people/${who.id}/id-number`, { idNumber: "110101199003070000" })).status).toBe(422);
  expect((await b.post(`/admin/people/${who.id}/id-number`, { idNumber: "11010519491231002x" })).status).toBe(303);
  expect(await count("select count(*) as n from kernel_person where id_number like '%11010519491231002X%'")).toBe(0);
  expect((await b.post(`/admin/people/${who.id}/id-number/read`, { reason: "" })).status).toBe(422);
  expect(await (await b.post(`/admin/people/${who.id}/id-number/read`, { reason: "核对证书" })).text()).toContain("11010519491231002X");
  expect(
    await count(
      "select count(*) as n from kernel_audit where command = 'people.id-number.read' and object_id = ? and note = '核对证书'",
      who.id,
    ),
  ).toBe(1);
});

test("roles are given by administrators, never beyond their own reach, and somebody stays administrator", async () => {
  const chief = await person(root, { grant: "administrator", password });
  const b = await signedIn(chief);
  const who = await person(school);
  const grant = (more: Record<string, string>) => ({ id: newId(grantId), role: "author", from: today, reason: "出题", ...more });
  expect((await b.post(`/admin/people/${who.id}/grants`, grant({ unit: school, kinds: "public-school" }))).status).toBe(303);
  expect((await (await officer()).post(`/admin/people/${who.id}/grants`, grant({}))).status).toBe(403);
  const small = await signedIn(await person(school, { grant: "administrator", grantUnit: school, password }));
  expect((await small.post(`/admin/people/${who.id}/grants`, grant({}))).status).toBe(403);
  expect((await small.post(`/admin/people/${who.id}/grants`, grant({ unit: other }))).status).toBe(404);
  expect((await small.post(`/admin/people/${who.id}/grants`, grant({ unit: school }))).status).toBe(303);
  const own = (await env.DB.prepare("select id from kernel_grant where person = ?").bind(chief.id).first<string>("id")) ?? "";
  expect((await b.post(`/admin/people/${chief.id}/grants/${own}/end`, { until: today })).status).toBe(409);
});

test("a head adds, corrects and closes own people, 待确认; never another unit's, never a post with a role", async () => {
  const b = await signedIn(await person(school, { post: "principal", password }));
  const id = newId(personId);
  const mine = newId(positionId);
  const add = (more: Record<string, string>) => ({
    id,
    position: mine,
    unit: school,
    name: "新来的",
    ...position({ from: today }),
    ...more,
  });
  expect((await b.post("/unit/people", add({ unit: other }))).status).toBe(404);
  expect((await b.post("/unit/people", add({ post: "principal" }))).status).toBe(403);
  expect((await b.post("/unit/people", add({ post: "liaison" }))).status).toBe(403);
  expect((await b.post("/unit/people", add({}))).status).toBe(303);
  expect((await b.post("/unit/people", add({}))).status).toBe(303);
  const list = await (await b.get("/unit/people")).text();
  expect(list).toContain("新来的");
  expect(list).toContain("待确认");
  const stranger = await person(other);
  const strangersPosition =
    (await env.DB.prepare("select id from kernel_position where person = ?").bind(stranger.id).first<string>("id")) ?? "";
  expect((await b.post(`/unit/people/positions/${strangersPosition}/close`, { until: today })).status).toBe(404);
  expect((await b.post(`/unit/people/${stranger.id}/correct`, { name: "改" })).status).toBe(404);
  const shared = await person(school, { name: "两处的" });
  const elsewhere = newId(positionId);
  await env.DB.prepare(
    "insert into kernel_position (id, person, unit, nature, post, from_day, main, unconfirmed) values (?, ?, ?, 'part-time', 'teaching', '2020-01-01', 0, 0)",
  )
    .bind(elsewhere, shared.id, other)
    .run();
  expect((await b.post(`/unit/people/${shared.id}/correct`, { name: "改" })).status).toBe(403);
  expect((await b.post(`/unit/people/positions/${elsewhere}/close`, { until: today })).status).toBe(404);
  expect((await b.post(`/unit/people/${id}/correct`, { name: "新来的", phone: "15400002222" })).status).toBe(303);

  const o = await officer();
  const waiting = await (await o.get("/admin/people/unconfirmed")).text();
  expect(waiting).toContain("新来的");
  expect(await (await (await kinderOfficer()).get("/admin/people/unconfirmed")).text()).not.toContain("新来的");
  expect((await (await kinderOfficer()).post(`/admin/people/${id}/confirm`, {})).status).toBe(404);
  expect((await o.post(`/admin/people/${id}/confirm`, { back: "/admin/people/unconfirmed" })).status).toBe(303);
  expect(await count("select count(*) as n from kernel_position where person = ? and unconfirmed = 1", id)).toBe(0);
  expect((await b.post(`/unit/people/positions/${mine}/close`, { until: today })).status).toBe(303);
  expect(await count("select count(*) as n from kernel_position where id = ? and unconfirmed = 1 and until_day = ?", mine, today)).toBe(1);
});

test("an officer sends back what a head entered: it never counted, the head sees why, and it is in the audit", async () => {
  const b = await signedIn(await person(school, { post: "principal", password }));
  const [id, mine] = [newId(personId), newId(positionId)];
  await b.post("/unit/people", { id, position: mine, unit: school, name: "不该来的", ...position({ from: today }) });
  const o = await officer();
  expect(await (await o.get("/admin/people/unconfirmed")).text()).toContain(`/positions/${mine}/reject`);
  const reject = (as: typeof o, reason: string) => as.post(`/admin/people/${id}/positions/${mine}/reject`, { reason });
  expect((await reject(await kinderOfficer(), "不是本局的人")).status).toBe(404);
  expect((await reject(b, "自己退自己")).status).toBe(403);
  expect((await reject(o, "")).status).toBe(422);
  expect((await reject(o, "此人已调离本区")).status).toBe(303);
  expect(await count("select count(*) as n from kernel_position where id = ? and until_day < from_day and unconfirmed = 0", mine)).toBe(1);
  expect(await (await o.get("/admin/people/unconfirmed")).text()).not.toContain("不该来的");
  expect(await (await o.get(`/admin/people/${id}`)).text()).toContain("已退回");
  const list = await (await b.get("/unit/people")).text();
  expect(list).toContain("退回不该来的（");
  expect(list).toContain("：此人已调离本区");
  expect(list).not.toContain(`/unit/people/positions/${mine}/close`);
  expect(await count("select count(*) as n from kernel_audit where command = 'people.own.reject' and note = '此人已调离本区'")).toBe(1);
  expect((await reject(o, "再退一次")).status).toBe(409);
  // What an officer confirmed is no longer sent back.
  const [kept, place] = [newId(personId), newId(positionId)];
  await b.post("/unit/people", { id: kept, position: place, unit: school, name: "该来的", ...position({ from: today }) });
  expect((await o.post(`/admin/people/${kept}/confirm`, {})).status).toBe(303);
  expect((await o.post(`/admin/people/${kept}/positions/${place}/reject`, { reason: "晚了" })).status).toBe(409);
});

test("lists go on by key and hold everybody once", async () => {
  const big = await unit("大校", "public-school", root);
  for (let n = 0; n < 60; n++) await person(big, { name: n % 3 === 0 ? "重名" : `学员${n}` });
  const b = await officer();
  const first = await (await b.get(`/admin/people?unit=${big}`)).text();
  const next = /rel="next" href="([^"]+)"/.exec(first)?.[1]?.replaceAll("&amp;", "&") ?? "";
  const second = await (await b.get(next)).text();
  const ids = [...`${first}${second}`.matchAll(/<td><a href="\/admin\/people\/([0-9a-f-]+)"/g)].map((m) => m[1]);
  expect(ids.length).toBe(60);
  expect(new Set(ids).size).toBe(60);
});

test("a head sees at the row what was done and what was refused, is asked before a position closes, and may take it back", async () => {
  const b = await signedIn(await person(school, { post: "principal", password }));
  const [id, mine] = [newId(personId), newId(positionId)];
  const added = await b.post("/unit/people", { id, position: mine, unit: school, name: "李雯雯", ...position({ from: today }) });
  const where = added.headers.get("location") ?? "";
  expect(where).toBe(`/unit/people?did=added&at=${mine}#p-${mine}`);
  expect(await (await b.get(where)).text()).toMatch(/已新增李雯雯，登录号 x\d{8}。/);
  // What stands in the address is looked up within the own reach, and says nothing else.
  const stranger = await person(other, { name: "外人甲" });
  const theirs = (await env.DB.prepare("select id from kernel_position where person = ?").bind(stranger.id).first<string>("id")) ?? "";
  expect(await (await b.get(`/unit/people?did=closed&at=${theirs}`)).text()).not.toContain("外人甲");

  const refused = await b.post(`/unit/people/${id}/correct`, { name: "李雯雯", phone: "123", at: mine });
  expect(refused.status).toBe(422);
  const html = await refused.text();
  const row = html.slice(html.indexOf(`id="p-${mine}"`));
  expect(row.slice(0, row.indexOf("</li>"))).toMatch(/<details open[\s\S]*“123”不是电话号码[\s\S]*value="123"/);
  expect(html).not.toContain('name="anyway"');
  expect((await b.post(`/unit/people/${id}/correct`, { name: "李雯", at: mine })).headers.get("location")).toContain("did=corrected");

  const close = `/unit/people/positions/${mine}/close`;
  const early = await b.get(`${close}?until=2020-01-01`);
  expect([early.status, (await early.text()).includes("结束日期早于任职开始日期")]).toEqual([422, true]);
  const asked = await b.get(`${close}?until=${today}`);
  expect(await asked.text()).toMatch(/结束李雯的任职？[\s\S]*第一中学[\s\S]*确认结束任职/);
  expect(await count("select count(*) as n from kernel_position where id = ? and until_day is null", mine)).toBe(1);
  const closed = (await b.post(close, { until: today })).headers.get("location") ?? "";
  const after = await (await b.get(closed)).text();
  expect(after).toMatch(/person ended/);
  expect(after).toContain(`/unit/people/positions/${mine}/reopen`);
  const reopen = `/unit/people/positions/${mine}/reopen`;
  expect((await b.post(reopen, {})).headers.get("location")).toContain("did=reopened");
  expect(await count("select count(*) as n from kernel_position where id = ? and until_day is null", mine)).toBe(1);
  expect(await count("select count(*) as n from kernel_audit where command = 'people.own.reopen' and object_id = ?", mine)).toBe(1);
  expect((await b.post(reopen, {})).status).toBe(409);
  expect((await b.post(`/unit/people/positions/${theirs}/reopen`, {})).status).toBe(404);
  // What an officer confirmed stays closed.
  await b.post(close, { until: today });
  expect((await (await officer()).post(`/admin/people/${id}/confirm`, {})).status).toBe(303);
  expect((await b.post(reopen, {})).status).toBe(409);
});

test("a transfer to the same place or of a day to come, and a grant that ends before it begins, are refused with words", async () => {
  const b = await officer();
  const who = await person(school, { name: "司徒调", post: "teaching" });
  const at = await env.DB.prepare("select id from kernel_position where person = ?").bind(who.id).first<string>("id");
  const move = async (more: Record<string, string>) => {
    const answer = await b.post(`/admin/people/${who.id}/positions/${at}/transfer`, {
      id: newId(positionId),
      ...position({ unit: other, from: today, ...more }),
    });
    return [answer.status, await answer.text()] as const;
  };
  const [same, sameWords] = await move({ unit: school });
  expect([same, sameWords.includes("都没有变")]).toEqual([422, true]);
  const [later, laterWords] = await move({ from: addDays(today, 1) });
  expect([later, laterWords.includes("请到那一天再登记")]).toEqual([422, true]);
  expect(await count("select count(*) as n from kernel_position where person = ?", who.id)).toBe(1);
  const admin = await signedIn(await person(root, { grant: "administrator", password }));
  const granted = await admin.post(`/admin/people/${who.id}/grants`, {
    id: newId(grantId),
    role: "auditor",
    from: today,
    until: addDays(today, -1),
    reason: "试一试",
  });
  expect(granted.status).toBe(422);
  expect(await granted.text()).toContain("授权的最后一天早于第一天");
  expect(await count("select count(*) as n from kernel_grant where person = ?", who.id)).toBe(0);
});
test("who has left is offered no link", async () => {
  const b = await officer();
  const gone = await person(school, { name: "司徒离", until: addDays(today, -1) });
  for (const path of [`/admin/people/${gone.id}`, "/admin/people?q=司徒离"]) {
    const html = await (await b.get(path)).text();
    expect(html).toContain("司徒离");
    expect(html).not.toContain(`/admin/people/${gone.id}/link`);
  }
});
