/**
 * `npm run cite -- FOLDER`: takes the articles that courses cite from a folder of statute files (one version a file, in the
 * shape of its README) into courses/statutes, and nothing else of them. With --check it writes nothing and says what differs.
 */
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { articleKey, articleLabel, mentionsIn, type ArticleRef } from "../src/plugins/statutes/rules.ts";
import { nameOf, takeArticles, textOf } from "./content/statutes.ts";
import { Refusal, run } from "./host/plain.ts";

const root = join(import.meta.dirname, "..");
const courses = join(root, "courses");
const kept = join(courses, "statutes");

/** Every article that a file of a course cites, and one file that does. */
async function citedArticles(): Promise<Map<string, { ref: ArticleRef; file: string }>> {
  const cited = new Map<string, { ref: ArticleRef; file: string }>();
  for (const file of (await readdir(courses, { recursive: true })).toSorted()) {
    if (!/^[^/]+\/.*\.(md|yaml)$/.test(file) || file.startsWith("statutes/")) continue;
    for (const mention of mentionsIn(await readFile(join(courses, file), "utf8")))
      if (mention.is === "citation")
        cited.set(articleKey(mention.citation), cited.get(articleKey(mention.citation)) ?? { ref: mention.citation, file });
  }
  return cited;
}

run(async () => {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2),
    options: { check: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const [folder] = positionals;
  if (folder === undefined) throw new Refusal("请给出法律文本的文件夹。用法 / Usage: npm run cite -- FOLDER [--check]");
  const cited = await citedArticles();
  const { statutes, missing } = await takeArticles(
    folder,
    [...cited.values()].map((c) => c.ref),
  );
  for (const ref of missing)
    process.stderr.write(
      `courses/${cited.get(articleKey(ref))?.file}: ${folder} 里没有 ${ref.statute}@${ref.version} ${articleLabel(ref)}\n`,
    );

  const wanted = new Map(statutes.map((s) => [nameOf(s), textOf(s)]));
  const present = (await readdir(kept).catch(() => [])).filter((name) => name.endsWith(".json"));
  const stale = present.filter((name) => !wanted.has(name));
  const differing: string[] = [];
  for (const [name, text] of wanted) if ((await readFile(join(kept, name), "utf8").catch(() => null)) !== text) differing.push(name);

  if (values.check) {
    for (const name of differing) process.stderr.write(`courses/statutes/${name}: 与 ${folder} 不一致\n`);
    for (const name of stale) process.stderr.write(`courses/statutes/${name}: 没有课程引用\n`);
  } else {
    await mkdir(kept, { recursive: true });
    for (const name of differing) await writeFile(join(kept, name), wanted.get(name) ?? "");
    for (const name of stale) await rm(join(kept, name));
  }
  const articles = statutes.reduce((sum, s) => sum + s.articles.length, 0);
  process.stdout.write(
    `${statutes.length} 部法律的文本，${articles} 条${values.check ? "" : `；写入 ${differing.length} 个文件，删除 ${stale.length} 个`}\n`,
  );
  if (missing.length > 0 || (values.check && differing.length + stale.length > 0)) process.exitCode = 1;
});
