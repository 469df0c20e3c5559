/** The product itself, built and started as a newcomer does. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { freePort } from "../../scripts/host/port.ts";
import { expectRefusal, folder, json, program, ready, root, text } from "./support.ts";

const built = (name: string) => readFile(join(root, "dist", name), "utf8");

test("the build has every stylesheet and island, and no demonstration", async () => {
  expect(await program("build").ended).toMatchObject({ code: 0, err: "" });
  expect(await built("worker.js")).not.toContain("seedDemo");
  expect(await built("assets/_headers")).toContain("Cache-Control");
  expect((await built("assets/xuefa.css")).length).toBeGreaterThan(100);
  const islands = (await readdir(join(root, "src"), { recursive: true }))
    .filter((path) => path.endsWith(".island.tsx"))
    .map((path) => path.replace(/^.*\/(.*)\.island\.tsx$/, "$1.js"));
  if (islands.length > 0) expect(await readdir(join(root, "dist/assets/islands"))).toEqual(expect.arrayContaining(islands));
});

test("start seeds the demonstration, serves it, and leaves at SIGTERM; serve refuses that folder", async () => {
  const state = await folder();
  const port = await freePort(0);
  const running = program("start", "--state", state, "--port", String(port));
  await ready(running);
  const url = `http://127.0.0.1:${port}`;
  expect(running.complained()).toBe("");
  expect(await json(`${url}/healthz`)).toMatchObject({ ok: true });
  expect(await text(`${url}/xuefa.css`)).toBe(await built("assets/xuefa.css"));
  const [island = ""] = (await readdir(join(root, "dist/assets/islands"))).filter((name) => name.endsWith(".js"));
  const file = await fetch(`${url}/islands/${island}`);
  expect(file.headers.get("cache-control")).toBe("public, max-age=0, must-revalidate");
  expect(await file.text()).toBe(await built(`assets/islands/${island}`));
  expect((await fetch(`${url}/islands/${island}`, { headers: { "if-none-match": file.headers.get("etag") ?? "" } })).status).toBe(304);
  expect((await fetch(`${url}/islands/none.js`)).status).toBe(404);
  // What only begins like a file is the program's.
  expect(await text(`${url}/islands`)).toContain("<html");
  expect(await built("worker.demo.js")).toContain("seedDemo");
  running.signal("SIGTERM");
  expect(await running.ended).toMatchObject({ code: 0, err: "" });
  expectRefusal(await program("serve", "--state", state, "--port", "0").ended, /演示数据/);
});

test("link is the way back for an administrator who forgot the password, while the server runs and when it does not", async () => {
  const state = await folder();
  const port = await freePort(0);
  const link = (login: string, at = port) => program("link", "--state", state, "--port", String(at), "--login", login).ended;
  const up = async () => {
    const running = program("start", "--empty", "--state", state, "--port", String(port));
    await ready(running);
    return running;
  };
  const running = await up();
  const url = `http://127.0.0.1:${port}`;
  const code = /first-run\/([0-9a-f]+)/.exec(running.said())?.[1];
  const body = JSON.stringify({ code, body: "试验区教育局", name: "赵一", password: "a long enough one" });
  const headers = { "content-type": "application/json" };
  const { login } = z.object({ login: z.string() }).parse(await json(`${url}/api/v1/first-run`, { method: "POST", headers, body }));

  const opens = async (said: string) => {
    const at = said.trimEnd().split("\n").at(-1) ?? "";
    expect(at).toMatch(new RegExp(`^${url}/sign-in/[a-z0-9]{17}$`));
    const form = new URLSearchParams({ page: "a-page-of-this-machine" });
    return (await fetch(at, { method: "POST", body: form, redirect: "manual", headers: { origin: url } })).headers.get("set-cookie");
  };
  const first = await link(login);
  expect(first).toMatchObject({ code: 0, err: "" });
  expect(await opens(first.out)).toContain("session");
  expectRefusal(await link("x00000000"), /没有登录号.*x00000000/);
  expectRefusal(await link(login, await freePort(0)), /--port/);

  running.signal("SIGTERM");
  await running.ended;
  const second = await link(login);
  expect(second).toMatchObject({ code: 0, err: "" });
  const again = await up();
  expect(await opens(second.out)).toContain("session");
  again.signal("SIGTERM");
  await again.ended;
});
