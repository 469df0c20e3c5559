/** `npm run backup` and `npm run restore`: one file while the server runs, and all of it back, or nothing. */
import { readdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { expectRefusal, folder, json, program, refused, text, up } from "./support.ts";

const post = (url: string, body: string) => text(url, { method: "POST", body });

/** What a state folder holds, but for the lock. */
const within = async (state: string) => (await readdir(state)).filter((name) => !name.startsWith("lock")).toSorted();

/** A server that is written to without a pause until told to end; answers how many notes were acknowledged. */
function writing(url: string): { end: () => Promise<number> } {
  const ending = new AbortController();
  const done = (async () => {
    let n = 0;
    for (; !ending.signal.aborted; n += 1) {
      await post(`${url}/room`, `line ${n}`);
      await post(`${url}/note`, `busy ${String(n).padStart(6, "0")}`);
    }
    return n;
  })();
  return {
    end: () => {
      ending.abort();
      return done;
    },
  };
}

/** A state with something in each store, backed up while it is written to. */
async function backedUp(...argv: string[]) {
  const dir = await folder();
  const state = join(dir, "state");
  const file = join(dir, "backup.tar.gz");
  const server = await up("start", state, ["--empty"]);
  await post(`${server.url}/note`, "first note");
  await post(`${server.url}/room?room=two`, "first line");
  const large = "文".repeat(400_000);
  await post(`${server.url}/file?key=small`, "a small file");
  await post(`${server.url}/file?key=large`, large);
  await text(`${server.url}/first-run`);
  const busy = writing(server.url);
  const { code, out, err } = await program("backup", "--state", state, "--out", file, ...argv).ended;
  const acknowledged = await busy.end();
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return { dir, state, file, server, large, acknowledged, said: out };
}

test("a backup taken while the server is written to comes back with everything of before it, rooms no older than D1", async () => {
  const { dir, file, server, large, acknowledged, said } = await backedUp("--with-secret");
  expect(acknowledged).toBeGreaterThan(5);
  expect(said).toContain("内含根密钥");
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const other = join(dir, "other");
  expect(await program("restore", "--from", file, "--state", other).ended).toMatchObject({ code: 0, err: "" });
  expect(await within(other)).toEqual(["data", "root-secret", "root-secret.check"]);

  const again = await up("serve", other);
  const notes = await json(`${again.url}/note`);
  const lines = await json(`${again.url}/room`);
  expect(notes).toContain("first note");
  expect(await json(`${again.url}/room?room=two`)).toEqual(["first line"]);
  expect(await text(`${again.url}/file?key=small`)).toBe("a small file");
  expect(await text(`${again.url}/file?key=large`)).toBe(large);
  // A line goes to the room before its note goes to D1, so no note may be without its line.
  if (!Array.isArray(notes) || !Array.isArray(lines)) throw new Error("not lists");
  expect(lines.length).toBeGreaterThanOrEqual(notes.length - 1);
  expect(JSON.stringify(await json(`${again.url}/setting?key=rooms.resend`))).toMatch(/"value":"\d{13}"/);
  expect(await json(`${server.url}/setting?key=rooms.resend`)).toBeNull();
});

test("without --with-secret it says that the secret is missing, and the restored state asks for it", async () => {
  const { dir, state, file, said } = await backedUp();
  expect(said).toContain("不含根密钥");
  const other = join(dir, "other");
  const { out } = await program("restore", "--from", file, "--state", other).ended;
  expect(out).toContain("根密钥不在其中");
  for (const command of ["start", "serve"] as const) {
    expectRefusal(await refused(command, ["--state", other, "--port", "0"]), /根密钥/);
  }
  const again = await up("serve", other, ["--secret-file", join(state, "root-secret")]);
  expect(await json(`${again.url}/healthz`)).toMatchObject({ ok: true });
});

test("a state that holds data is overwritten only with --force, and never under a running server", async () => {
  const { state, file, server } = await backedUp("--with-secret");
  const restore = (...argv: string[]) => program("restore", "--from", file, "--state", state, ...argv).ended;
  expectRefusal(await restore("--force"), /^数据目录.*已有一个服务在用/);
  await post(`${server.url}/note`, "after the backup");
  server.signal("SIGTERM");
  await server.ended;
  expectRefusal(await restore(), /^数据目录.*--force/);
  expect(await restore("--force")).toMatchObject({ code: 0, err: "" });
  const again = await up("start", state);
  expect(await json(`${again.url}/note`)).not.toContain("after the backup");
  expect(await json(`${again.url}/note`)).toContain("first note");
});

test("a file that is cut short, changed or something else is refused, and nothing is written", async () => {
  const { dir, file } = await backedUp();
  const whole = await readFile(file);
  const other = join(dir, "other");
  const broken = join(dir, "broken.tar.gz");
  const damage: Record<string, () => Promise<void>> = {
    "cut in half": () => truncate(broken, Math.floor(whole.length / 2)),
    "cut by one byte": () => truncate(broken, whole.length - 1),
    empty: () => truncate(broken, 0),
    "one byte turned": () => {
      const turned = Buffer.from(whole);
      turned[Math.floor(whole.length / 2)] = (turned[Math.floor(whole.length / 2)] ?? 0) ^ 0xff;
      return writeFile(broken, turned);
    },
    "something else": () => writeFile(broken, "hello"),
  };
  for (const [what, make] of Object.entries(damage)) {
    await writeFile(broken, whole);
    await make();
    expectRefusal(await program("restore", "--from", broken, "--state", other).ended, /^备份文件.*不完整或已损坏/);
    expect([what, await within(other)]).toEqual([what, []]);
  }
});

test("an existing file is left alone, and a folder without data is said so", async () => {
  const dir = await folder();
  const out = join(dir, "there");
  await writeFile(out, "mine");
  const server = await up("start", join(dir, "state"), ["--empty"]);
  expectRefusal(await program("backup", "--state", join(dir, "state"), "--out", out).ended, /已经存在/);
  expect(await readFile(out, "utf8")).toBe("mine");
  expect(await readdir(join(dir, "state"))).not.toContain("backup");
  server.signal("SIGTERM");
  await server.ended;
  expectRefusal(await program("backup", "--state", join(dir, "none"), "--out", join(dir, "x")).ended, /^找不到数据目录/);
});
