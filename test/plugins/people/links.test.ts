import { env } from "cloudflare:workers";
import { readXlsx } from "hucre/xlsx";
import { beforeAll, expect, test } from "vitest";
import { macHex, sha256, type PersonId, type UnitId } from "#kernel";
import { browser, count, origin, person, unit } from "./world.ts";

const password = "correct-horse-9";
let root: UnitId, school: UnitId, other: UnitId, kindergarten: UnitId;
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
const linkIn = (html: string): string =>
  new URL(/https:\/\/xuefa\.test\/sign-in\/([a-z0-9]{17})/.exec(html)?.[0] ?? "https://none.test/").pathname;

test("a head gives the own people links; the link signs in by its button, opens what is due, and is used once", async () => {
  const head = await person(school, { post: "principal", password });
  const teacher = await person(school, { name: "钱小满", post: "teaching" });
  const b = await signedIn(head);
  const page = await b.post(`/unit/people/${teacher.id}/link`, {});
  expect(page.status).toBe(200);
  const html = await page.text();
  expect(html).toContain("钱小满");
  const path = linkIn(html);
  expect(await count("select count(*) as n from people_code where mac = ?", path.split("/").at(-1))).toBe(0);

  const phone = browser();
  const preview = await phone.get(path);
  expect(preview.status).toBe(200);
  const shown = await preview.text();
  expect(shown).not.toContain("钱小满");
  const nonce = /name="page" value="([^"]+)"/.exec(shown)?.[1] ?? "";
  const answer = await phone.post(path, { page: nonce });
  expect(answer.headers.get("location")).toBe("/notice?then=%2F%3Fenter%3D1");
  expect((await phone.get("/?enter=1")).headers.get("location")).toBe("/me/next");
  expect((await phone.get("/me/next")).headers.get("location")).toBe("/me");
  expect((await phone.get("/account")).status).toBe(200);
  // A double click on the same page is one use; another page is a second use.
  expect((await phone.post(path, { page: nonce })).status).toBe(303);
  expect((await browser().post(path, { page: "another-page-altogether" })).status).toBe(404);
  // Opened again: on for who came in by it, words on what to do for anybody else.
  expect((await phone.get(path)).headers.get("location")).toBe("/me");
  expect((await phone.post(path, { page: "another-page-altogether" })).headers.get("location")).toBe("/me");
  for (const b of [browser(), await signedIn(head)]) {
    const gone = await b.get(path);
    expect(gone.status).toBe(404);
    const words = await gone.text();
    expect(words).toContain('href="/sign-in"');
    expect(words).toContain("重发一条");
    expect(words).not.toContain("问询编号");
    expect(words).not.toContain("钱小满");
  }
  expect((await browser().post("/sign-in/2222222222222222x", { page: "another-page-altogether" })).status).toBe(404);

  // Others' data wants a password first; setting it makes the session a whole one, and ends the other links.
  const second = linkIn(await (await b.post(`/unit/people/${teacher.id}/link`, {})).text());
  expect((await phone.post("/set-password", { password: "my own long one", repeat: "my own long one" })).status).toBe(303);
  expect(
    await env.DB.prepare("select strength from kernel_session where user_id = ? order by created_at desc")
      .bind(teacher.id)
      .first<string>("strength"),
  ).toBe("password");
  expect((await browser().post(second, { page: "another-page-altogether" })).status).toBe(404);
});

test("a head on a link must set a password before seeing others", async () => {
  const officer = await person(root, { grant: "officer", password });
  const head = await person(school, { post: "principal" });
  const b = await signedIn(officer);
  const path = linkIn(await (await b.post(`/admin/people/${head.id}/link`, {})).text());
  const phone = browser();
  await phone.post(path, { page: "a-page-of-this-phone" });
  const refused = await phone.get("/unit/people/links");
  expect(refused.status).toBe(401);
  expect(await refused.text()).toContain("/set-password?then=");
});

test("nobody gets a link for more than the own reach: not another unit's, not an officer's, not a head's of elsewhere", async () => {
  const head = await person(school, { post: "principal", password });
  const liaison = await person(root, { post: "liaison", password });
  const officer = await person(root, { grant: "officer", password });
  const kindergartens = await person(root, { grant: "officer", kinds: ["private-kindergarten", "public-kindergarten"], password });
  const administrator = await person(root, { grant: "administrator", password });
  const stranger = await person(other);
  const teacherHere = await person(school);
  await env.DB.prepare(
    "insert into kernel_position (id, person, unit, nature, post, from_day, main, unconfirmed) values ('p-else', ?, ?, 'part-time', 'principal', '2020-01-01', 0, 0)",
  )
    .bind(teacherHere.id, other)
    .run();
  const kinder = await person(kindergarten);
  const ask = async (who: { login: string }, whom: { id: PersonId }) =>
    (await (await signedIn(who)).post(`/unit/people/${whom.id}/link`, {})).status;
  expect(await ask(head, stranger)).toBe(404);
  expect(await ask(head, { id: "01900000-0000-7000-8000-000000000000" as PersonId })).toBe(404);
  expect(await ask(head, teacherHere)).toBe(403);
  expect(await ask(liaison, administrator)).toBe(403);
  expect(await ask(officer, administrator)).toBe(403);
  expect(await ask(officer, head)).toBe(200);
  expect(await ask(kindergartens, kinder)).toBe(200);
  expect(await ask(kindergartens, head)).toBe(404);
  expect(await ask(administrator, officer)).toBe(200);
});

test("slips for those without a password, eight to a page, and the Excel with words to copy", async () => {
  const officer = await person(root, { grant: "officer", password });
  const place = await unit("第三中学", "public-school", root);
  const names = ["=cmd|' /C calc'!A0", "李一", "王二"];
  for (const name of names) await person(place, { name });
  await person(place, { name: "有密码的", password });
  const b = await signedIn(officer);
  const slips = await (await b.post("/admin/people/links", { unit: place, whom: "without-password", as: "slips" })).text();
  expect(slips.match(/<svg/g)?.length).toBe(3);
  expect(slips).not.toContain("有密码的");
  const file = await b.post("/admin/people/links", { unit: place, whom: "all", as: "xlsx" });
  const book = await readXlsx(new Uint8Array(await file.arrayBuffer()));
  const rows = book.sheets[0]?.rows ?? [];
  expect(rows.length).toBe(5);
  expect(rows.map((r) => r[1])).toContain("'=cmd|' /C calc'!A0");
  expect(String(rows[1]?.[4])).toContain(`${origin}/sign-in/`);
  expect(await count("select count(*) as n from kernel_audit where command = 'people.links.give' and object_id = ?", place)).toBe(2);
});

test("a link that lapsed is like one that never was", async () => {
  const officer = await person(root, { grant: "officer", password });
  const who = await person(school);
  const path = linkIn(await (await (await signedIn(officer)).post(`/admin/people/${who.id}/link`, {})).text());
  await env.DB.prepare("update people_code set expires_at = 1").run();
  expect((await browser().post(path, { page: "a-page-of-this-phone" })).status).toBe(404);
});

test("the first run makes the body and its administrator once", async () => {
  const code = "0123456789abcdef0123456789abcdef01234567";
  const setting = "insert or replace into kernel_setting (key, value, updated_at) values ('first-run', ?, 0)";
  const body = { code, body: "新区教育局", name: "赵一", password: "a long enough one" };
  expect((await browser().api("POST", "/first-run", body)).status).toBe(404);
  await env.DB.prepare(setting)
    .bind(JSON.stringify(await sha256(code)))
    .run();
  expect((await browser().api("POST", "/first-run", { ...body, code: "f".repeat(40) })).status).toBe(404);
  expect((await browser().api("POST", "/first-run", { ...body, password: "short" })).status).toBe(422);
  const both = await Promise.all([browser().api("POST", "/first-run", body), browser().api("POST", "/first-run", body)]);
  expect(both.map((a) => a.status).toSorted()).not.toEqual([200, 200]);
  const done = both.find((a) => a.status === 200) ?? new Response("{}");
  const { token, login } = await done.json<{ token: string; login: string }>();
  expect((await browser().post("/sign-in", { username: login, password: body.password })).status).toBe(303);
  expect(await env.DB.prepare("select value from kernel_setting where key = 'first-run.token'").first<string>("value")).toBe(
    JSON.stringify(token),
  );
  expect((await browser().api("DELETE", "/session", undefined, { authorization: `Bearer ${token}` })).status).toBe(204);
  await env.DB.prepare(setting)
    .bind(JSON.stringify(await sha256(code)))
    .run();
  const b = browser();
  const page = await b.post(`/first-run/${code}`, {
    body: "新区教育局二",
    name: "赵二",
    password: "a long enough one",
    repeat: "a long enough one",
  });
  expect(await page.text()).toMatch(/您的登录号是 x\d{8}/);
  expect((await b.get("/account")).status).toBe(200);
});

test("whoever proves to hold the root secret gets a link for anybody who may sign in, and for nobody else", async () => {
  const admin = await person(null, { name: "唯一的管理员", grant: "administrator", employeeNo: "G7" });
  const gone = await person(school, { until: "2021-01-01" });
  const ask = async (login: string, at = Date.now(), proof?: string) =>
    browser().api("POST", "/operator/link", { login, at, proof: proof ?? (await macHex(env, "code", `operator/${at}/${login}`)) });
  const answer = await ask("G7");
  expect(answer.status).toBe(200);
  const { url, login } = await answer.json<{ url: string; login: string }>();
  expect(login).toBe(admin.login);
  const phone = browser();
  expect((await phone.post(new URL(url).pathname, { page: "a-page-of-this-machine" })).status).toBe(303);
  expect((await phone.get("/account")).status).toBe(200);
  expect(
    await count(
      "select count(*) as n from kernel_audit where command = 'people.links.give-by-operator' and actor is null and object_id = ?",
      admin.id,
    ),
  ).toBe(1);
  for (const [refused, status] of [
    [await ask("nobody"), 404],
    [await ask(gone.login), 404],
    [await ask(admin.login, Date.now() - 600_000), 403],
    [await ask(admin.login, Date.now(), "0".repeat(64)), 403],
  ] as const)
    expect(refused.status).toBe(status);
});
