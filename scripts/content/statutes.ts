/** The cited articles: taken from a folder of statute files (`npm run cite`), kept in courses/statutes, read by checks and bundle. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { articleKey, type ArticleRef, type CitedArticle } from "../../src/plugins/statutes/rules.ts";

const article = z.object({ number: z.int().positive(), sub: z.int().min(0), label: z.string(), text: z.string() });
const dates = { version: z.iso.date(), effective: z.iso.date().nullable(), effectiveSource: z.string().nullable() };
/** A version in a folder of statutes (laws/README.md), as far as we take it. */
const wholeStatute = z.object({
  id: z.string(),
  title: z.string(),
  shortTitle: z.string(),
  category: z.string(),
  issuer: z.string(),
  ...dates,
  chapters: z.array(z.object({ articles: z.array(article) })),
});
/** One file of courses/statutes: the cited articles of a version, official text. */
export const citedStatute = z.strictObject({
  id: z.string(),
  title: z.string(),
  shortTitle: z.string(),
  category: z.string(),
  issuer: z.string(),
  ...dates,
  articles: z.array(article.strict()),
});
export type CitedStatute = z.infer<typeof citedStatute>;

export const nameOf = (statute: Pick<CitedStatute, "id" | "version">): string => `${statute.id}@${statute.version}.json`;
export const textOf = (statute: CitedStatute): string => `${JSON.stringify(statute, null, 2)}\n`;

/** What a folder of statute files holds of the wanted articles; `missing` says what it does not. */
export const takeArticles = async (
  folder: string,
  wanted: readonly ArticleRef[],
): Promise<{ statutes: CitedStatute[]; missing: ArticleRef[] }> => {
  const byVersion = Map.groupBy(wanted, (ref) => `${ref.statute}.${ref.version}`);
  const statutes: CitedStatute[] = [];
  const missing: ArticleRef[] = [];
  for (const [name, refs] of [...byVersion].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const text = await readFile(join(folder, `${name}.json`), "utf8").catch(() => null);
    if (text === null) {
      missing.push(...refs);
      continue;
    }
    const { chapters, ...about } = wholeStatute.parse(JSON.parse(text));
    const keys = new Set(refs.map(articleKey));
    const key = ({ number, sub }: { number: number; sub: number }) =>
      articleKey({ statute: about.id, version: about.version, number, sub });
    const articles = chapters.flatMap((c) => c.articles).filter((a) => keys.has(key(a)));
    const found = new Set(articles.map(key));
    missing.push(...refs.filter((ref) => !found.has(articleKey(ref))));
    if (articles.length > 0) statutes.push({ ...about, articles });
  }
  return { statutes, missing };
};

/** What courses/statutes holds. @throws {ZodError} a file that was written by hand */
export const readCited = async (folder: string): Promise<CitedStatute[]> => {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".json")).toSorted();
  return Promise.all(names.map(async (name) => citedStatute.parse(JSON.parse(await readFile(join(folder, name), "utf8")))));
};

/** The articles at hand by key, as rendering and resolving want them. */
export const articlesOf = (statutes: readonly CitedStatute[]): Map<string, CitedArticle> =>
  new Map(
    statutes.flatMap(({ id, version, title, shortTitle, effective, effectiveSource, articles }) =>
      articles.map((a): [string, CitedArticle] => {
        const cited = { statute: id, version, title, shortTitle, effective, effectiveSource, ...a };
        return [articleKey(cited), cited];
      }),
    ),
  );
