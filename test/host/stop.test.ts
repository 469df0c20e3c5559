/** How a server ends: by SIGTERM it finishes what is in flight; after kill -9 the next one finds its way. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { runtimesOf } from "../../scripts/host/processes.ts";
import { folder, json, launch, ready, root, text, up } from "./support.ts";

test.each(["SIGTERM", "SIGINT"] as const)("%s answers what is in flight, takes nothing new, and leaves with 0", async (name) => {
  const state = await folder();
  const server = await up("start", state);
  const slow = text(`${server.url}/slow?ms=1500`);
  await sleep(300);
  server.signal(name);
  await sleep(300);
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
  expect(await slow).toBe("slow, but done");
  expect(await server.ended).toMatchObject({ code: 0, err: "" });
  expect(await runtimesOf(state)).toEqual([]);
  const again = await up("start", state);
  expect(await json(`${again.url}/events`)).toContainEqual({ kind: "slow", n: 1 });
});

test("SIGTERM to the whole group, as systemd sends it, answers what is in flight too", async () => {
  const state = await folder();
  const server = await up("start", state);
  const slow = text(`${server.url}/slow?ms=1500`);
  await sleep(300);
  for (const pid of [...(await runtimesOf(state)), server.pid]) process.kill(pid, "SIGTERM");
  expect(await slow).toBe("slow, but done");
  expect(await server.ended).toMatchObject({ code: 0, err: "" });
  expect(await runtimesOf(state)).toEqual([]);
});

test("Ctrl-C, which a terminal sends to the whole group, answers what is in flight too", async () => {
  const state = await folder();
  const server = await up("start", state);
  const slow = text(`${server.url}/slow?ms=1500`);
  await sleep(300);
  for (const pid of [...(await runtimesOf(state)), server.pid]) process.kill(pid, "SIGINT");
  expect(await slow).toBe("slow, but done");
  expect(await server.ended).toMatchObject({ code: 0, err: "" });
});

test("an idle connection does not hold the server up", async () => {
  const server = await up("start", await folder());
  await text(`${server.url}/healthz`); // fetch keeps the connection
  const begun = Date.now();
  server.signal("SIGTERM");
  expect((await server.ended).code).toBe(0);
  expect(Date.now() - begun).toBeLessThan(5_000);
});

test("after kill -9 what was acknowledged is there, the stray workerd is ended, and the same port is free again", async () => {
  const state = await folder();
  const server = await up("start", state);
  await text(`${server.url}/note`, { method: "POST", body: "kept" });
  await text(`${server.url}/room`, { method: "POST", body: "answered" });
  const [stray] = await runtimesOf(state);
  process.kill(server.pid, "SIGKILL");
  await server.ended;
  expect(await runtimesOf(state)).toEqual([stray]);

  const again = launch(join(root, "test/host/fixture/run.ts"), ["start", "--state", state, "--port", String(server.port)]);
  await ready(again);
  expect(await runtimesOf(state)).not.toContain(stray);
  expect(await json(`${server.url}/note`)).toEqual(["kept"]);
  expect(await json(`${server.url}/room`)).toEqual(["answered"]);
});

test("a workerd that crashes alone comes back", async () => {
  const state = await folder();
  const server = await up("start", state);
  const [pid] = await runtimesOf(state);
  process.kill(pid ?? 0, "SIGKILL");
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await fetch(`${server.url}/healthz`).catch(() => null))?.ok === true) break;
    await sleep(100);
  }
  expect(await json(`${server.url}/healthz`)).toMatchObject({ ok: true });
  expect(await runtimesOf(state)).not.toContain(pid);
  server.signal("SIGTERM");
  expect((await server.ended).code).toBe(0);
});
