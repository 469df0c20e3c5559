/** `npm start`: what a person sees, and what they find when something is in the way. */
import { createHash } from "node:crypto";
import { readdir, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { z } from "zod";
import { expectRefusal, folder, json, readJson, refused, text, until, up } from "./support.ts";

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
const accessFile = z.strictObject({
  url: z.string(),
  token: z.string().optional(),
  first_run: z.string().optional(),
  accounts: z.array(z.strictObject({ role: z.string(), username: z.string(), password: z.string() })),
});
const readAccess = async (state: string) => accessFile.parse(await readJson(join(state, "access.json")));

test("an empty folder becomes the demonstration: accounts are printed and kept in access.json, mode 600", async () => {
  const state = await folder();
  const server = await up("start", state);
  const access = await readAccess(state);
  expect(access.url).toBe(server.url);
  expect(access.accounts).toHaveLength(1);
  expect(await modeOf(join(state, "access.json"))).toBe("600");
  expect(await modeOf(join(state, "root-secret"))).toBe("600");
  expect(server.said()).toContain(access.accounts[0]?.password);
  expect(server.said()).toContain(access.token);
  expect(server.complained()).toBe("");
  expect(await json(`${server.url}/healthz`)).toEqual({ ok: true, version: "fixture" });
  expect(await json(`${server.url}/environment`)).toMatchObject({
    origin: server.url,
    zone: "Asia/Shanghai",
    demo: JSON.stringify({ password: access.accounts[0]?.password, token: access.token }),
  });
  expect(await text(`${server.url}/asset.txt`)).toBe("An asset.\n");
});

test("the second start seeds nothing, and has the same accounts and secret", async () => {
  const state = await folder();
  const first = await up("start", state);
  const before = await readAccess(state);
  first.signal("SIGTERM");
  await first.ended;
  const second = await up("start", state);
  expect(await readAccess(state)).toEqual({ ...before, url: second.url });
  expect(await json(`${second.url}/events`)).toContainEqual({ kind: "cron @demo", n: 1 });
});

test("--empty seeds nobody, prints one link whose code is in the database only as a digest, and later adds the token", async () => {
  const state = await folder();
  const server = await up("start", state, ["--empty"]);
  const access = await readAccess(state);
  expect(access).toMatchObject({ url: server.url, accounts: [] });
  const code = access.first_run?.split("/first-run/")[1] ?? "";
  expect(code).toMatch(/^[0-9a-f]{32,}$/);
  expect(server.said()).toContain(access.first_run);
  const stored = z.object({ value: z.string() }).parse(await json(`${server.url}/setting?key=first-run`));
  expect(JSON.parse(stored.value)).toBe(createHash("sha256").update(code).digest("hex"));
  expect(await json(`${server.url}/environment`)).toMatchObject({ demo: null });

  await text(`${server.url}/first-run`);
  await until(async () => (await readAccess(state)).token === "token-of-first-run");
  expect(await json(`${server.url}/setting?key=first-run.token`)).toBeNull();
});

test("crons run at the start, an alarm fires, a message is delivered", async () => {
  const server = await up("start", await folder());
  await text(`${server.url}/wake?ms=200`);
  await text(`${server.url}/send`);
  await until(async () => {
    const kinds = z
      .array(z.object({ kind: z.string() }))
      .parse(await json(`${server.url}/events`))
      .map(({ kind }) => kind);
    return ["alarm", "queue", "cron * * * * *", "cron 17 19 * * *"].every((kind) => kinds.includes(kind));
  });
});

test("a port that is taken gets one sentence", async () => {
  const other = createServer();
  await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
  const address = other.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const ended = await refused("start", ["--state", await folder(), "--port", String(port)]);
  other.close();
  expectRefusal(ended, new RegExp(`^端口 ${port} 已被`));
});

test("a second server on the same state gets one sentence, and the first goes on", async () => {
  const state = await folder();
  const first = await up("start", state);
  expectRefusal(await refused("start", ["--state", state, "--port", "0"]), /^数据目录.*已有一个服务在用/);
  expect(await json(`${first.url}/healthz`)).toMatchObject({ ok: true });
});

test("a state folder that cannot be written gets one sentence", async () => {
  // A file in the folder's place: root could write into any folder.
  const inTheWay = join(await folder(), "state");
  await writeFile(inTheWay, "");
  expectRefusal(await refused("start", ["--state", inTheWay, "--port", "0"]), /^数据目录.*不能写入/);
});

test("an option that is unknown, and a port that is none, get one sentence each", async () => {
  expectRefusal(await refused("start", ["--prot", "1"]), /--prot.*Usage/);
  expectRefusal(await refused("start", ["--port", "eighty"]), /^端口应为/);
});

test("a demonstration is neither emptied by --empty nor served by serve", async () => {
  const state = await folder();
  const server = await up("start", state);
  server.signal("SIGTERM");
  await server.ended;
  expectRefusal(await refused("start", ["--state", state, "--port", "0", "--empty"]), /^数据目录.*演示数据/);
  expectRefusal(await refused("serve", ["--state", state, "--port", "0"]), /^数据目录.*演示数据/);
});

test("a seeding that was cut off begins again from nothing", async () => {
  const state = await folder();
  const server = await up("start", state);
  server.signal("SIGTERM");
  await server.ended;
  const demo = join(state, "demo.json");
  await writeFile(demo, JSON.stringify({ ...z.record(z.string(), z.unknown()).parse(await readJson(demo)), seeded: false }));
  const again = await up("start", state);
  expect(await json(`${again.url}/events`)).toContainEqual({ kind: "cron @demo", n: 1 });
});

test("another root secret than the data was written with is refused", async () => {
  const state = await folder();
  const server = await up("start", state, ["--empty"]);
  server.signal("SIGTERM");
  await server.ended;
  await writeFile(join(state, "root-secret"), "x".repeat(43));
  expectRefusal(await refused("start", ["--state", state, "--port", "0"]), /^这个根密钥/);
});

test("data of a newer program is refused, and migrations carry triggers whole", async () => {
  const state = await folder();
  const server = await up("start", state, ["--empty"]);
  server.signal("SIGTERM");
  await server.ended;
  const databases = join(state, "data/d1/miniflare-D1DatabaseObject");
  const file = (await readdir(databases)).find((name) => name.endsWith(".sqlite") && name !== "metadata.sqlite") ?? "none";
  const database = new DatabaseSync(join(databases, file));
  expect(
    database
      .prepare("select name from d1_migrations order by id")
      .all()
      .map((row) => row["name"]),
  ).toEqual(["0000_tables.sql", "0001_triggers.sql"]);
  expect(() => database.exec("insert into note values ('n', 'b'); delete from note")).toThrow("kept; always");
  database.exec("insert into d1_migrations (name) values ('9999_later.sql')");
  database.close();
  expectRefusal(await refused("start", ["--state", state, "--port", "0"]), /^数据由更新的版本写入/);
});
