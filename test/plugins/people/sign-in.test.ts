import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { callRoom, nobodysHash, type UnitId } from "#kernel";
import type { Entered } from "../../../src/plugins/people/room.ts";
import { browser, count, person, unit } from "./world.ts";

let root: UnitId;
beforeAll(async () => {
  root = await unit("试验区教育局", "office", null);
});
const password = "correct-horse-9";

test("signs in by 登录号, 工号 and phone, shows the 告知书 once, and signs out", async () => {
  const who = await person(root, { phone: "15412345678", employeeNo: "A001", password });
  for (const username of [who.login, "a001", "Ａ００１", "154 1234 5678", who.login.toUpperCase()]) {
    const b = browser();
    const answer = await b.post("/sign-in", { username, password, then: "/account" });
    expect(answer.status, username).toBe(303);
    expect(answer.headers.get("location")).toBe("/notice?then=%2Faccount");
    expect((await b.get("/account")).status).toBe(200);
  }
  const b = browser();
  await b.post("/sign-in", { username: who.login, password });
  expect(await (await b.get("/notice")).text()).toContain("个人信息处理告知书");
  expect((await b.post("/notice", { version: "2", then: "/me" })).headers.get("location")).toBe("/me");
  const again = browser();
  expect((await again.post("/sign-in", { username: who.login, password, then: "//evil.example" })).headers.get("location")).toBe(
    "/?enter=1",
  );
  expect((await again.post("/sign-out", {})).status).toBe(303);
  expect((await again.get("/account")).status).toBe(401);
  expect(await count("select count(*) as n from kernel_audit where command = 'people.notice.shown' and actor = ?", who.id)).toBe(1);
});

test("an unknown name and a wrong password get the same answer, and the same road through the hasher", async () => {
  const who = await person(root, { password });
  const noPassword = await person(root);
  const answers = await Promise.all(
    [who.login, "x99999999", noPassword.login].map(async (username) => {
      const answer = await browser().api("POST", "/session", { username, password: "something else" });
      const { reference: _, ...rest } = await answer.json<Record<string, unknown>>();
      return { status: answer.status, rest };
    }),
  );
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]).toEqual(answers[2]);
  const time = async (username: string) => {
    const times: number[] = [];
    for (let n = 0; n < 4; n++) {
      const from = Date.now();
      await browser().api("POST", "/session", { username, password: "something else" });
      times.push(Date.now() - from);
    }
    return times.toSorted((a, b) => a - b)[1] ?? 0;
  };
  const [known, unknown, none] = [await time(who.login), await time("x88888888"), await time(noPassword.login)];
  for (const other of [unknown, none]) expect(Math.abs(known - other)).toBeLessThan(Math.max(40, known * 0.6));
});

test("a token of the API works as bearer, and no more after DELETE", async () => {
  const who = await person(root, { password });
  const b = browser();
  const answer = await b.api("POST", "/session", { username: who.login, password });
  expect(answer.status).toBe(200);
  const { token } = await answer.json<{ token: string }>();
  expect(answer.headers.getSetCookie().some((c) => c.includes("session_token"))).toBe(true);
  const bearer = { authorization: `Bearer ${token}` };
  expect((await b.api("DELETE", "/session", undefined, bearer)).status).toBe(204);
  expect((await b.api("DELETE", "/session", undefined, bearer)).status).toBe(401);
});

test("delays go by account: another's guesses delay one account, never the neighbours behind the same address", async () => {
  const victim = await person(root, { password });
  const neighbour = await person(root, { password });
  for (let n = 0; n < 5; n++)
    expect((await browser().api("POST", "/session", { username: victim.login, password: "no" })).status).toBe(422);
  const refused = await browser("198.51.100.1").api("POST", "/session", { username: victim.login, password });
  expect(refused.status).toBe(503);
  expect((await refused.json<{ code: string }>()).code).toBe("people.tooManyTries");
  expect((await browser().api("POST", "/session", { username: neighbour.login, password })).status).toBe(200);
  await env.DB.prepare("update people_try set last_at = last_at - 40000").run();
  expect((await browser().api("POST", "/session", { username: victim.login, password })).status).toBe(200);
  expect((await browser().api("POST", "/session", { username: victim.login, password: "no" })).status).toBe(422);
});

test("a thousand guesses at once are a thousand tries", async () => {
  const victim = await person(root, { password });
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => browser().api("POST", "/session", { username: victim.login, password: "no" })),
  );
  expect(answers.filter((a) => a.status === 422).length).toBe(5);
});

test("a phone that two people share signs in neither, and tells nothing", async () => {
  await person(root, { phone: "15400000001", password });
  await person(root, { phone: "15400000001", password });
  expect((await browser().api("POST", "/session", { username: "15400000001", password })).status).toBe(422);
});

test("a session ends when the last position has ended", async () => {
  const who = await person(root, { password });
  const b = browser();
  await b.post("/sign-in", { username: who.login, password });
  expect((await b.get("/account")).status).toBe(200);
  await env.DB.prepare("update kernel_position set until_day = '2021-01-01' where person = ?").bind(who.id).run();
  expect((await b.get("/account")).status).toBe(401);
  expect((await browser().post("/sign-in", { username: who.login, password })).status).toBe(403);
});

test("a new password ends all other sessions, and the weak ones are refused", async () => {
  const who = await person(root, { password, phone: "15499990000" });
  const [here, there] = [browser(), browser()];
  await here.post("/sign-in", { username: who.login, password });
  await there.post("/sign-in", { username: who.login, password });
  for (const [weak, current] of [
    ["short", password],
    ["1234567890", password],
    ["15499990000", password],
    ["a fine new one", "wrong"],
  ] as const)
    expect((await here.post("/set-password", { password: weak, repeat: weak, current })).status, weak).toBe(422);
  expect(
    (await here.post("/set-password", { password: "a fine new one", repeat: "a fine new one", current: password, then: "/account" }))
      .status,
  ).toBe(303);
  expect((await here.get("/account")).status).toBe(200);
  expect((await there.get("/account")).status).toBe(401);
});

test("a form from another site is refused, and a cookie does not help a program that names no site", async () => {
  const who = await person(root, { password });
  const b = browser();
  await b.post("/sign-in", { username: who.login, password });
  expect((await b.post("/sign-out", {}, { origin: "https://evil.example" })).status).toBe(403);
  const cookie = [...b.jar].map(([k, v]) => `${k}=${v}`).join("; ");
  expect((await b.api("DELETE", "/session", undefined, { cookie })).status).toBe(403);
});

test("who comes when the line is long sees how many are before, on a page that works as a plain form", async () => {
  const who = await person(root, { password });
  const line = Array.from({ length: 40 }, () =>
    callRoom<Entered>(env.HASHER, "hasher", "enter", { hash: nobodysHash, password: "another", about: "" }),
  );
  await new Promise((resolve) => setTimeout(resolve, 20));
  const b = browser();
  let answer = await b.post("/sign-in", { username: who.login, password, then: "/account" });
  expect(answer.headers.get("location")).toBe("/sign-in/wait?then=%2Faccount");
  const seen: number[] = [];
  for (
    answer = await b.get("/sign-in/wait?then=%2Faccount");
    answer.status === 200;
    answer = await b.get("/sign-in/wait?then=%2Faccount")
  ) {
    seen.push(Number(/前面还有 (\d+) 人/.exec(await answer.text())?.[1]));
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  expect(seen.length).toBeGreaterThan(0);
  expect(seen).toEqual(seen.toSorted((x, y) => y - x));
  expect(answer.headers.get("location")).toBe("/notice?then=%2Faccount");
  expect((await b.get("/account")).status).toBe(200);
  expect((await b.get("/sign-in/wait")).status).toBe(409);
  await Promise.all(line);
});

test("a wrong current password is told on the account's own page; devices are named in words", async () => {
  const who = await person(root, { password });
  const b = browser();
  await b.post(
    "/sign-in",
    { username: who.login, password },
    { "user-agent": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0" },
  );
  const refused = await b.post("/account/password", { password: "a fine new one", repeat: "a fine new one", current: "wrong" });
  expect(refused.status).toBe(422);
  const html = await refused.text();
  for (const words of ["现在的密码不对", "修改密码", "已登录的设备", "手机 · 微信"]) expect(html).toContain(words);
  expect(
    (await b.post("/account/password", { password: "a fine new one", repeat: "a fine new one", current: password })).headers.get(
      "location",
    ),
  ).toBe("/account?done=1");
});
