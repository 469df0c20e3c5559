/** Who a request comes from: by cookie or bearer, in one round trip, and for a minute from memory where that will do. */
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { dayOf, type PersonId, type UnitId } from "#kernel";
import { actorOfRequest } from "../../src/kernel/identity/session.ts";
import { browser, context, count, person, unit } from "../plugins/people/world.ts";

const password = "correct-horse-9";
let root: UnitId;
let who: { id: PersonId; login: string };
beforeAll(async () => {
  root = await unit("试验区教育局", "office", null);
  who = await person(root, { password });
});

/** A fresh session: its token, and its cookie as a browser sends it. */
const session = async () => {
  const answer = await browser().api("POST", "/session", { username: who.login, password });
  const cookie =
    answer.headers
      .getSetCookie()
      .find((c) => c.includes("session_token"))
      ?.split(";")[0] ?? "";
  return { token: (await answer.json<{ token: string }>()).token, cookie };
};
const ask = async (headers: Record<string, string>, { recent = false, now = Date.now() } = {}) => {
  const ctx = context(now);
  const actor = await actorOfRequest(ctx, new Request("https://xuefa.test/", { headers }), recent);
  return { actor, queries: ctx.meter.queries, rowsRead: ctx.meter.rowsRead };
};

test("the cookie that better-auth signed, and the token as bearer, are the same session", async () => {
  const { token, cookie } = await session();
  const byCookie = await ask({ cookie: `a=b; ${cookie}; care=1` });
  const byBearer = await ask({ authorization: `Bearer ${token}` });
  expect(byCookie.actor?.person).toBe(who.id);
  expect(byCookie.actor?.positions).toHaveLength(1);
  expect(byBearer.actor).toEqual(byCookie.actor);
  expect(byCookie.queries).toBe(4);
  expect(byCookie.rowsRead).toBeLessThan(15);
});

test("what was altered, cut, expired or ended is nobody", async () => {
  const { token, cookie } = await session();
  const [name = "", value = ""] = cookie.split("=");
  const altered = `${value.slice(0, 4)}${value[4] === "A" ? "B" : "A"}${value.slice(5)}`;
  for (const headers of [
    { cookie: `${name}=${altered}` },
    { cookie: `${name}=${token}` },
    { cookie: `${name}=` },
    { cookie: `other=${value}` },
    { authorization: `Bearer ${token}x` },
    { authorization: `Basic ${token}` },
    { authorization: "Bearer" },
    // A bearer request ignores cookies.
    { authorization: "Bearer none", cookie },
  ])
    expect((await ask(headers as Record<string, string>)).actor, JSON.stringify(headers)).toBeNull();
  expect((await ask({ cookie }, { now: Date.now() + 15 * 86_400_000 })).actor).toBeNull();
  await browser().api("DELETE", "/session", undefined, { authorization: `Bearer ${token}` });
  expect((await ask({ cookie })).actor).toBeNull();
});

test("where a minute ago will do, it costs D1 nothing, and no longer than that", async () => {
  const { token } = await session();
  const headers = { authorization: `Bearer ${token}` };
  const now = Date.now();
  expect((await ask(headers, { recent: true, now })).queries).toBe(4);
  expect(await ask(headers, { recent: true, now: now + 59_000 })).toMatchObject({ actor: { person: who.id }, queries: 0 });
  await env.DB.prepare("delete from kernel_session where token = ?").bind(token).run();
  expect(await count("select count(*) as n from kernel_session where token = ?", token)).toBe(0);
  // Whoever asks for anything else is looked up, and then forgotten there too.
  expect((await ask(headers, { recent: true, now: now + 60_000 })).actor).toBeNull();
  expect((await ask(headers, { recent: true, now: now + 1_000 })).actor).toBeNull();
});

test("one whose last position has ended is nobody from the next day on", async () => {
  const leaver = await person(root, { password, until: dayOf(Date.now(), env.TIME_ZONE) });
  const answer = await browser().api("POST", "/session", { username: leaver.login, password });
  const headers = { authorization: `Bearer ${(await answer.json<{ token: string }>()).token}` };
  expect((await ask(headers)).actor?.person).toBe(leaver.id);
  expect((await ask(headers, { now: Date.now() + 86_400_000 })).actor).toBeNull();
});
