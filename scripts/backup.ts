/** `npm run backup`: one file with everything that a home keeps, taken while the server runs. */
import { copyFile, mkdir, rm } from "node:fs/promises";
import { constants, setPriority } from "node:os";
import { basename, join, resolve } from "node:path";
import { pack } from "./host/archive.ts";
import { optionsOf } from "./host/args.ts";
import { codeOf, Refusal, run } from "./host/plain.ts";
import { snapshot } from "./host/snapshot.ts";
import { findState, stagingIn } from "./host/state.ts";

const usage = "npm run backup -- --out FILE [--state .state] [--with-secret]";

async function main(argv: readonly string[]): Promise<void> {
  const options = optionsOf(
    argv,
    { out: { type: "string" }, state: { type: "string", default: ".state" }, "with-secret": { type: "boolean", default: false } },
    usage,
  );
  if (options.out === undefined) throw new Refusal(`请用 --out 给出备份文件名。用法 / Usage: ${usage}`);
  const out = resolve(options.out);
  // An exam may be running on the same two cores.
  setPriority(constants.priority.PRIORITY_LOW);
  const state = await findState(options.state);
  const staging = await stagingIn(state);
  try {
    const takenAt = Date.now();
    await mkdir(join(staging, "data"));
    await snapshot(state, join(staging, "data"));
    const beside = [state.secretCheck, state.demo];
    if (options["with-secret"]) beside.push(state.secret);
    for (const path of beside)
      await copyFile(path, join(staging, basename(path))).catch((error: unknown) => {
        if (codeOf(error) !== "ENOENT") throw error;
        if (path === state.secret)
          throw new Refusal(`数据目录里没有根密钥,--with-secret 无从备份。(The root secret is not in the state folder.)`);
      });
    await pack(staging, takenAt, out);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  const secret = options["with-secret"]
    ? "内含根密钥,请妥善保管 (with the root secret: keep it safe)"
    : "不含根密钥,请另行保管,没有它数据无法解读 (without the root secret: keep that too)";
  process.stdout.write(`已备份到 ${out};${secret}。\n`);
}

run(() => main(process.argv.slice(2)));
