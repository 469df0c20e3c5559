/** `npm run restore`: a backup into a state folder. Nothing is changed before the whole file was read and found sound. */
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { unpack } from "./host/archive.ts";
import { optionsOf } from "./host/args.ts";
import { readIfThere } from "./host/files.ts";
import { codeOf, Refusal, run } from "./host/plain.ts";
import { endRuntimes, runtimesOf } from "./host/processes.ts";
import { lockState, type State } from "./host/state.ts";

const usage = "npm run restore -- --from FILE [--state .state] [--force]";

/** The file is there or was there: whether a rename had something to move. */
const moved = (from: string, to: string): Promise<boolean> =>
  rename(from, to).then(
    () => true,
    (error: unknown) => {
      if (codeOf(error) === "ENOENT") return false;
      throw error;
    },
  );

const holdsData = async (state: State): Promise<boolean> =>
  (await readdir(state.data).catch(() => [])).length > 0 || (await readIfThere(state.demo)) !== null;

/** Tells the product that its rooms may be older or newer than D1: each sends its numbered batches again. */
async function askRoomsToResend(data: string, now: number): Promise<void> {
  const folder = join(data, "d1", "miniflare-D1DatabaseObject");
  for (const name of (await readdir(folder)).filter((file) => file.endsWith(".sqlite") && file !== "metadata.sqlite")) {
    const database = new DatabaseSync(join(folder, name));
    database
      .prepare(
        "insert into kernel_setting (key, value, updated_at) values ('rooms.resend', ?1, ?2) on conflict (key) do update set value = ?1, updated_at = ?2",
      )
      .run(JSON.stringify(now), now);
    database.close();
  }
}

/** Puts what was unpacked in the place of what was there; only renames, so it is quick. */
async function swap(state: State, fresh: string): Promise<void> {
  await mkdir(state.replaced, { mode: 0o700 });
  await moved(state.data, join(state.replaced, "data"));
  await rename(join(fresh, "data"), state.data);
  for (const path of [state.secretCheck, state.demo]) {
    await moved(path, join(state.replaced, basename(path)));
    await moved(join(fresh, basename(path)), path);
  }
  await moved(join(fresh, basename(state.secret)), state.secret);
  // Both are about the data of before.
  await rm(state.access, { force: true });
  await rm(state.crons, { force: true });
}

async function main(argv: readonly string[]): Promise<void> {
  const options = optionsOf(
    argv,
    { from: { type: "string" }, state: { type: "string", default: ".state" }, force: { type: "boolean", default: false } },
    usage,
  );
  if (options.from === undefined) throw new Refusal(`请用 --from 给出备份文件。用法 / Usage: ${usage}`);
  const state = await lockState(options.state);
  if (!options.force && (await holdsData(state)))
    throw new Refusal(`数据目录“${state.dir}”里已有数据;确要覆盖,请加 --force。(The state folder holds data; add --force to replace it.)`);
  // What a killed server left running would go on writing into the files that are moved away.
  await endRuntimes(await runtimesOf(state.dir), state.dir, 5_000);

  const fresh = join(state.dir, "restore");
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { mode: 0o700 });
  let takenAt: number;
  try {
    takenAt = (await unpack(resolve(options.from), fresh)).takenAt;
    await askRoomsToResend(join(fresh, "data"), Date.now());
    await rm(state.replaced, { recursive: true, force: true });
    await swap(state, fresh);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  await rm(state.replaced, { recursive: true, force: true });
  const secret =
    (await readIfThere(state.secret)) === null
      ? ` 根密钥不在其中:请放到“${state.secret}”,或启动时另行给出 (put the root secret back before you start)。`
      : "";
  process.stdout.write(`已恢复 ${new Date(takenAt).toISOString()} 的备份 (restored) → ${state.dir}。${secret}\n`);
}

run(() => main(process.argv.slice(2)));
