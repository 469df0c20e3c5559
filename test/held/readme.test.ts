/** README's plugin, done as it says: the files from its fences, one line in src/plugins.ts, and the product runs with it. */
import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { copyRepository } from "../../scripts/host/copy.ts";
import { freePort } from "../../scripts/host/port.ts";
import { startServer } from "../e2e/server.ts";
import { readText, root } from "./tree.ts";

const mostLines = 60;
const readme = readText("README.md");
/** The fenced files: ```ts src/plugins/… */
const files = [...readme.matchAll(/^```tsx? (src\/plugins\/\S+)\n(.*?)^```$/gms)].map(([, path = "", code = ""]) => ({ path, code }));

test(`the plugin of README has at most ${mostLines} lines, and names what to add where`, () => {
  expect(files.length).toBeGreaterThan(3);
  expect(files.map(({ code }) => code.trimEnd().split("\n").length).reduce((a, b) => a + b)).toBeLessThanOrEqual(mostLines);
  expect(readme).toContain('import { pledges } from "./plugins/pledges/plugin.ts";');
});

test("a copy of the house with it holds, compiles, and answers", async () => {
  const copy = await copyRepository(root);
  onTestFinished(() => copy.remove());
  const path = `${join(root, "node_modules/.bin")}${delimiter}${process.env["PATH"] ?? ""}`;
  const execute = (file: string, ...argv: string[]) => {
    try {
      return execFileSync(file, argv, {
        cwd: copy.dir,
        env: { ...process.env, PATH: path, NO_COLOR: "1", CI: "1" },
        stdio: "pipe",
        encoding: "utf8",
      });
    } catch (error) {
      throw new Error(
        error instanceof Error && "stdout" in error && "stderr" in error
          ? `${String(error.stdout)}${String(error.stderr)}`.slice(-6_000)
          : String(error),
        { cause: error },
      );
    }
  };
  for (const { path: file, code } of files) {
    await mkdir(dirname(join(copy.dir, file)), { recursive: true });
    await writeFile(join(copy.dir, file), code);
  }
  await writeFile(join(copy.dir, "src/plugins/pledges/README.md"), "A pledge that each person signs once a year.\n");
  const list = join(copy.dir, "src/plugins.ts");
  const before = await readFile(list, "utf8");
  const after = before
    .replace("\n\n", '\nimport { pledges } from "./plugins/pledges/plugin.ts";\n\n')
    .replace(/,?\s*\];\s*$/, ", pledges];\n");
  await writeFile(list, after);
  expect(after).toMatch(/, pledges\];\n$/);

  execute("node", "--import", "tsx", "scripts/build.ts", "--content");
  execute("tsc", "-p", "tsconfig.worker.json");
  execute("vitest", "run", "--project", "node", "test/held/architecture.test.ts", "test/held/catalogues.test.ts");

  const state = join(copy.dir, ".state");
  const port = await freePort(0);
  const server = await startServer(state, port, [], copy.dir);
  onTestFinished(async () => {
    server.child.kill("SIGTERM");
    await server.ended;
  });
  const { token } = z.object({ token: z.string() }).parse(JSON.parse(await readFile(join(state, "access.json"), "utf8")));
  const ask = (address: string, init: { method?: string; body?: URLSearchParams; headers?: Record<string, string> } = {}) =>
    fetch(`http://127.0.0.1:${port}${address}`, {
      ...init,
      redirect: "manual",
      headers: { authorization: `Bearer ${token}`, ...init.headers },
    });
  expect((await ask("/pledge", { headers: { authorization: "" } })).status, "nobody").toBe(401);
  expect(await (await ask("/pledge")).text()).toContain("我承诺");
  // Signed twice, it counts once.
  for (let n = 0; n < 2; n++) expect((await ask("/pledge", { method: "POST", body: new URLSearchParams() })).status).toBe(303);
  const records = await (await ask("/api/v1/records?verb=pledged&format=ndjson")).text();
  expect(records.trim().split("\n")).toHaveLength(1);
}, 180_000);
