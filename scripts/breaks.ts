/**
 * `npm run breaks`: shows that what is held can break. Each test/breaks/NAME.patch breaks one rule in a copy of the
 * repository; the test that it names must fail, and say why. `npm run breaks -- NAME…` runs those alone.
 *
 * The first lines of a patch say what it is about:
 *   Rule: the rule that it breaks
 *   Run: the command that must fail, as after `npx`
 *   Says: what its output must contain (a regular expression)
 */
import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { basename, delimiter, join } from "node:path";
import { performance } from "node:perf_hooks";
import { copyRepository } from "./host/copy.ts";
import { Refusal, run } from "./host/plain.ts";

const root = join(import.meta.dirname, "..");
const folder = join(root, "test/breaks");

type Break = {
  readonly name: string;
  readonly path: string;
  readonly rule: string;
  readonly command: readonly string[];
  readonly says: RegExp;
};
type Ran = { readonly code: number; readonly out: string };

const execute = (command: readonly string[], dir: string): Promise<Ran> =>
  new Promise((done) => {
    const [file = "", ...argv] = command;
    const env = {
      ...process.env,
      PATH: `${join(root, "node_modules/.bin")}${delimiter}${process.env["PATH"] ?? ""}`,
      NO_COLOR: "1",
      CI: "1",
    };
    const child = execFile(file, argv, { cwd: dir, env, maxBuffer: 64 * 1024 * 1024, timeout: 600_000 }, (error, out, err) =>
      done({ code: error === null ? 0 : typeof error.code === "number" ? error.code : 1, out: out + err }),
    );
    child.stdin?.end();
  });

const readBreak = async (path: string): Promise<Break> => {
  const text = await readFile(path, "utf8");
  const field = (name: string): string => {
    const value = new RegExp(`^${name}: (.+)$`, "m").exec(text)?.[1];
    if (value === undefined) throw new Refusal(`${path} lacks a line “${name}: …”`);
    return value;
  };
  return { name: basename(path, ".patch"), path, rule: field("Rule"), command: field("Run").split(" "), says: new RegExp(field("Says")) };
};

run(async () => {
  const wanted = process.argv.slice(2);
  const names = (await readdir(folder))
    .filter((name) => name.endsWith(".patch") && (wanted.length === 0 || wanted.includes(basename(name, ".patch"))))
    .toSorted();
  if (names.length === 0) throw new Refusal("没有可以试的补丁。(No such patch in test/breaks.)");
  const breaks = await Promise.all(names.map((name) => readBreak(join(folder, name))));
  const copy = await copyRepository(root);
  const failures: string[] = [];
  try {
    await execute(["node", "--import", "tsx", "scripts/build.ts", "--content"], copy.dir);
    for (const { name, path, rule, command, says } of breaks) {
      const began = performance.now();
      const verdict = await (async (): Promise<string | null> => {
        // Without a repository around it, git applies a patch to the files as they are.
        const applied = await execute(["git", "apply", "--unidiff-zero", "--recount", path], copy.dir);
        if (applied.code !== 0) return `the patch does not apply any more: ${applied.out.trim()}`;
        const { code, out } = await execute(command, copy.dir);
        const undone = await execute(["git", "apply", "--unidiff-zero", "--recount", "-R", path], copy.dir);
        if (undone.code !== 0) throw new Error(`${name} cannot be taken back: ${undone.out}`);
        if (code === 0) return "nothing failed";
        return says.test(out) ? null : `it failed, but not with ${says}:\n${out.slice(-2_000)}`;
      })();
      process.stdout.write(
        `${verdict === null ? "✓" : "✗"} ${name.padEnd(26)}${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${rule}\n`,
      );
      if (verdict !== null) {
        process.stdout.write(`    ${verdict}\n    (${command.join(" ")})\n`);
        failures.push(name);
      }
    }
  } finally {
    await copy.remove();
  }
  if (failures.length > 0) throw new Refusal(`这些规则破坏后没有被发现 (broken, and nothing noticed): ${failures.join(", ")}`);
  process.stdout.write(`每一条规则都能被破坏并被发现 (all ${breaks.length} breaks were noticed)\n`);
});
