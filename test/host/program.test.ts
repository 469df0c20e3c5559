/** The product itself, built and started as a newcomer does. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
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
