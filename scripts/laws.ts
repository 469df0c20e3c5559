/**
 * `npm run laws -- FOLDER --url https://… --token …`: imports every statute file of a folder through the API, older versions
 * first, and says what each changed. What is there already is left alone, so it may be run again. --only ID takes one statute.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { originOf } from "./host/args.ts";
import { Refusal, run } from "./host/plain.ts";

const usage = "npm run laws -- FOLDER --url http://127.0.0.1:8787 --token TOKEN [--only ID]";
const answerShape = z.object({
  unchanged: z.boolean(),
  articles: z.int(),
  changes: z.array(z.unknown()),
  flagged: z.array(z.object({ kind: z.string(), id: z.string() })),
});
const problemShape = z.object({
  title: z.string(),
  reference: z.string(),
  problems: z.array(z.object({ message: z.string() })).optional(),
});
const tries = 5;

/** One file's answer; a busy server is asked again. @throws {Refusal} the server refuses */
async function send(url: string, token: string, name: string, body: string): Promise<z.infer<typeof answerShape>> {
  for (let attempt = 1; ; attempt++) {
    const answer = await fetch(`${url}/api/v1/statutes/import`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body,
    }).catch((error: unknown) => {
      throw new Refusal(`连不上 ${url}：${error instanceof Error ? error.message : String(error)}`);
    });
    if (answer.ok) return answerShape.parse(await answer.json());
    if (answer.status === 503 && attempt < tries) {
      await setTimeout(attempt * 1000);
      continue;
    }
    const problem = problemShape.safeParse(await answer.json().catch(() => null));
    const why = problem.success
      ? [problem.data.title, ...(problem.data.problems ?? []).map((p) => p.message), `（${problem.data.reference}）`].join(" ")
      : `HTTP ${answer.status}`;
    throw new Refusal(`${name}: ${why}`);
  }
}

run(async () => {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2),
    options: { url: { type: "string" }, token: { type: "string" }, only: { type: "string" } },
    allowPositionals: true,
  });
  const [folder] = positionals;
  if (folder === undefined || values.url === undefined || values.token === undefined) throw new Refusal(`用法 / Usage: ${usage}`);
  const url = originOf(values.url);
  // `<id>.<version>.json` in order of name: of one statute, older versions come first.
  const names = (await readdir(folder))
    .filter(
      (name) =>
        /^[a-z][a-z0-9-]*\.\d{4}-\d{2}-\d{2}\.json$/.test(name) && (values.only === undefined || name.startsWith(`${values.only}.`)),
    )
    .toSorted();
  if (names.length === 0) throw new Refusal(`${folder} 里没有法律文本（id.版本.json）`);
  let made = 0;
  const flagged = new Set<string>();
  for (const name of names) {
    const answer = await send(url, values.token, name, await readFile(join(folder, name), "utf8"));
    for (const { kind, id } of answer.flagged) flagged.add(`${kind} ${id}`);
    if (!answer.unchanged) made++;
    if (!answer.unchanged)
      process.stdout.write(
        `${name}: ${answer.articles} 条${answer.changes.length > 0 ? `，与前一文本不同 ${answer.changes.length} 条` : ""}${answer.flagged.length > 0 ? `，标出 ${answer.flagged.length} 项待复核` : ""}\n`,
      );
  }
  process.stdout.write(`${names.length} 个文件：导入 ${made} 个，${names.length - made} 个没有变化；待复核 ${flagged.size} 项\n`);
  for (const one of flagged) process.stdout.write(`  ${one}\n`);
});
