/** The page of a refusal: where it lets one go on to. */
import { env, exports } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import type { UnitId } from "#kernel";
import { browser, origin, person, unit } from "../plugins/people/world.ts";

const password = "correct-horse-9";
let school: UnitId;
beforeAll(async () => {
  school = await unit("第一中学", "public-school", await unit("试验区教育局", "office", null));
});
const links = (html: string) =>
  [...(/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? "").matchAll(/<a class="btn[^>]*href="([^"]+)"[^>]*>([^<]+)/g)].map((m) => [m[1], m[2]]);
/** A head on a one-time link, who has no password yet. */
const onLink = async () => {
  const head = await person(school, { post: "principal", password });
  const b = browser();
  await b.post("/sign-in", { username: head.login, password });
  await env.DB.prepare("update kernel_session set strength = 'link' where user_id = ?").bind(head.id).run();
  return { b, head };
};

test("who must set a password first is sent to do so, and then back to a page that opens", async () => {
  const { b, head } = await onLink();
  const page = await (await b.get("/unit/people?after=x")).text();
  expect(links(page)).toEqual([["/set-password?then=%2Funit%2Fpeople%3Fafter%3Dx", "设置密码"]]);
  const path = `/unit/people/${head.id}/link`;
  expect(links(await (await b.post(path, {}, { referer: `${origin}/unit` })).text())).toEqual([["/set-password?then=%2Funit", "设置密码"]]);
  for (const referer of [`${origin}${path}`, "https://elsewhere.test/unit", "no address"])
    expect(links(await (await b.post(path, {}, { referer })).text())).toEqual([["/set-password?then=%2Fme", "设置密码"]]);
});
test("whoever is not signed in finds the form at once, and goes on to the page that the form came from", async () => {
  const page = await browser().get("/me");
  expect(page.status).toBe(401);
  const html = await page.text();
  expect(html).toContain('action="/sign-in"');
  expect(html).toContain('name="then" value="/me"');
  const late = await (await browser().post("/unit/people", { name: "某" }, { referer: `${origin}/unit/people` })).text();
  expect(late).toContain('name="then" value="/unit/people"');
});
test("a form that was refused leads back to its page first", async () => {
  const head = await person(school, { post: "principal", password });
  const b = browser();
  await b.post("/sign-in", { username: head.login, password });
  const refused = await b.post("/unit/people/positions/nothing/close", { until: "2026-01-01" }, { referer: `${origin}/unit/people` });
  expect(refused.status).toBe(422);
  const html = await refused.text();
  expect(links(html)).toEqual([
    ["/unit/people", "返回修改"],
    ["/me", "回到“今天”"],
  ]);
  expect(html).not.toContain("问询编号");
  expect(links(await (await b.get("/nowhere")).text())).toEqual([["/me", "回到“今天”"]]);
  expect((await exports.default.fetch(new Request(`${origin}/nowhere`))).status).toBe(404);
});
