/** The commands of statutes: importing a text, reading one as of a day, rendering content that cites. */
import { commit, digest, Invalid, notFound, type Context, type Day, type Detail } from "#kernel";
import type { ArticleInput, ImportAnswer, ListInput, StatuteAnswer, StatuteInput, TextInput } from "./input.ts";
import {
  articleKey,
  articleLabel,
  articleSlug,
  citationsIn,
  diffArticles,
  isVerified,
  renderMarkdown,
  versionOn,
  type ArticleChange,
} from "./rules.ts";
import {
  findArticle,
  findArticles,
  findChapterStarts,
  findOldArticles,
  findText,
  findVersions,
  listStatutes,
  putVersion,
  type Article,
  type Found,
  type Listed,
  type OldArticle,
  type Version,
} from "./store.ts";
import { keepStatutes, statuteAmended, type Amendment } from "./terms.ts";
import { text } from "./text.ts";

/** A version's articles in one list, each with its chapter's place. @throws {Invalid} a number stands twice */
const articlesOf = (input: StatuteInput): Article[] => {
  const list = input.chapters.flatMap((c, chapter) =>
    c.articles.map((a) => ({ number: a.number, sub: a.sub, label: a.label, chapter, section: a.section ?? null, text: a.text })),
  );
  const seen = new Set<string>();
  const problems: Detail[] = [];
  for (const article of list) {
    const slug = articleSlug(article);
    if (seen.has(slug)) problems.push({ field: slug, code: "twice", words: text.twice, facts: { label: article.label } });
    seen.add(slug);
  }
  if (problems.length > 0) throw new Invalid(text.badFile, { why: "" }, problems);
  return list;
};

/** What a new text makes stale: articles of older texts here, and of its own earlier copy, that stand otherwise in it. */
export const staleArticles = (
  statute: string,
  old: readonly OldArticle[],
  made: readonly Pick<Article, "number" | "sub" | "text">[],
  whole: boolean,
): string[] =>
  [...Map.groupBy(old, (a) => a.version)].flatMap(([version, before]) =>
    diffArticles(before, made, true)
      .filter((c) => c.change === "changed" || (whole && c.change === "removed"))
      .map(({ number, sub }) => articleKey({ statute, version, number, sub })),
  );
/** The text before, of those here: what a reader would compare with. */
const versionBefore = (old: readonly OldArticle[], version: string): Day | null =>
  old
    .map((a) => a.version)
    .filter((v) => v < version)
    .at(-1) ?? null;
const labelled = (changes: readonly ArticleChange[]): ImportAnswer["changes"] => changes.map((c) => ({ ...c, label: articleLabel(c) }));

/**
 * Imports one version whole, in the place of an excerpt or an earlier copy of it. What cites an article that stands
 * otherwise now is flagged in the same commit. The same text again changes nothing.
 * @throws {Invalid} an article stands twice
 */
export async function importStatute(ctx: Context, input: StatuteInput): Promise<ImportAnswer> {
  ctx.allow(keepStatutes);
  const articles = articlesOf(input);
  const made = await digest(input);
  const [versions, old] = [await findVersions(ctx, input.id), await findOldArticles(ctx, input.id, input.version)];
  const was = versions.find((v) => v.version === input.version);
  const before = versionBefore(old, input.version);
  const partial = versions.find((v) => v.version === before)?.whole === false;
  const changes =
    before === null
      ? []
      : diffArticles(
          old.filter((a) => a.version === before),
          articles,
          partial,
        );
  const answer = { statute: input.id, version: input.version, articles: articles.length, before, changes: labelled(changes) };
  if (was?.digest === made) return { ...answer, unchanged: true, flagged: [] };

  const amendment: Amendment = {
    statute: input.id,
    version: input.version,
    articles: staleArticles(input.id, old, articles, true),
    flagged: [],
  };
  await commit(ctx, {
    statements: putVersion(ctx, {
      statute: input.id,
      version: input.version,
      title: input.title,
      shortTitle: input.shortTitle,
      category: input.category,
      issuer: input.issuer,
      effective: input.effective as Day | null,
      effectiveSource: input.effectiveSource,
      whole: true,
      history: input.history,
      preamble: input.preamble ?? null,
      annex: input.annex ?? null,
      chapters: input.chapters.map((c) => ({ title: c.title, part: c.part ?? null })),
      digest: made,
      articles,
    }),
    signals: amendment.articles.length > 0 ? [statuteAmended(amendment)] : [],
    audit: {
      command: "statutes.import",
      object: { kind: "statute", id: `${input.id}@${input.version}` },
      ...(was ? { before: was.digest } : {}),
      after: made,
    },
  });
  return { ...answer, unchanged: false, flagged: [...amendment.flagged] };
}

const pageSize = 60;
/** A page of statutes, and the key of the next. Anyone may read the law. */
export async function listPage(ctx: Context, { q = "", after = "" }: ListInput): Promise<{ rows: Listed[]; next: string | null }> {
  const rows = await listStatutes(ctx, q.trim(), after, pageSize + 1);
  const shown = rows.slice(0, pageSize);
  return { rows: shown, next: rows.length > pageSize ? (shown.at(-1)?.statute ?? null) : null };
}

/** Longer texts are shown a chapter at a time. */
const longest = 120;
export type TextPage = {
  version: Version;
  versions: readonly Version[];
  inForce: Day | null;
  articles: readonly Article[];
  starts: readonly { chapter: number; first: string; last: string; n: number }[];
  chapter: number | null;
  on: string;
};
/**
 * A statute's text on a day (today unless said), or a version of it by name; a long one by chapters.
 * @throws {NotFound} no such statute, or none in force on that day
 */
export async function readStatute(ctx: Context, { statute, on = ctx.today, version: named, chapter }: TextInput): Promise<TextPage> {
  const versions = await findVersions(ctx, statute);
  const inForce = versionOn(versions, ctx.today)?.version ?? null;
  const version = (named === undefined ? versionOn(versions, on) : versions.find((v) => v.version === named)) ?? notFound(text.notThere);
  const starts = await findChapterStarts(ctx, statute, version.version);
  const total = starts.reduce((sum, s) => sum + s.n, 0);
  const one = total > longest ? (starts.some((s) => s.chapter === chapter) ? (chapter ?? null) : (starts[0]?.chapter ?? null)) : null;
  return { version, versions, inForce, articles: await findText(ctx, statute, version.version, one), starts, chapter: one, on };
}
/** A statute on a day, whole, for the API. @throws {NotFound} */
export async function statuteOn(ctx: Context, statute: string, on: string): Promise<StatuteAnswer> {
  const versions = await findVersions(ctx, statute);
  const found = versionOn(versions, on) ?? notFound(text.notThere);
  const articles = await findText(ctx, statute, found.version);
  return {
    id: found.statute,
    title: found.title,
    shortTitle: found.shortTitle,
    category: found.category,
    issuer: found.issuer,
    version: found.version,
    effective: found.effective,
    effectiveSource: found.effectiveSource,
    effectiveVerified: isVerified(found.effectiveSource),
    whole: found.whole,
    versions: versions.map(({ version, effective, whole }) => ({ version, effective, whole })),
    articles: articles.map((a) => ({
      number: a.number,
      sub: a.sub,
      label: a.label,
      chapter: a.chapter === null ? null : (found.chapters[a.chapter]?.title ?? null),
      text: a.text,
    })),
  };
}

export type ArticlePage = Omit<Found, "everywhere"> & {
  version: Version;
  versions: readonly Version[];
  inForce: Day | null;
  article: Found["everywhere"][number] & { number: number; sub: number };
  elsewhere: readonly { version: Day; same: boolean }[];
};
/** An article by its permalink. @throws {NotFound} */
export async function readArticle(ctx: Context, { statute, version: named, article: slug }: ArticleInput): Promise<ArticlePage> {
  const [number = 0, sub = 0] = slug.split("-").map(Number);
  const versions = await findVersions(ctx, statute);
  const version = versions.find((v) => v.version === named) ?? notFound(text.notThere);
  const { everywhere, before, after } = await findArticle(ctx, { statute, version: version.version, number, sub });
  const article = everywhere.find((a) => a.version === version.version) ?? notFound(text.notThere);
  const same = (other: { text: string }) =>
    diffArticles([{ number, sub, text: article.text }], [{ number, sub, text: other.text }], true).length === 0;
  return {
    version,
    versions,
    inForce: versionOn(versions, ctx.today)?.version ?? null,
    article: { ...article, number, sub },
    before,
    after,
    elsewhere: everywhere.filter((a) => a.version !== version.version).map((a) => ({ version: a.version, same: same(a) })),
  };
}

/** What a version changed against the text before it, as far as both are here. @throws {NotFound} */
export async function compareVersion(
  ctx: Context,
  statute: string,
  named: string,
): Promise<{ version: Version; before: Day | null; articles: number; changes: ImportAnswer["changes"] }> {
  ctx.allow(keepStatutes);
  const versions = await findVersions(ctx, statute);
  const version = versions.find((v) => v.version === named) ?? notFound(text.notThere);
  const old = await findOldArticles(ctx, statute, named);
  const before = versionBefore(old, named);
  const made = await findText(ctx, statute, named);
  const changes =
    before === null
      ? []
      : diffArticles(
          old.filter((a) => a.version === before),
          made,
          versions.find((v) => v.version === before)?.whole === false || !version.whole,
        );
  return { version, before, articles: made.length, changes: labelled(changes) };
}
/** Texts of content as HTML, their citations as links; one query for all of them. */
export async function renderTexts<const T extends readonly string[]>(ctx: Context, texts: T): Promise<{ [K in keyof T]: string }> {
  const articles = await findArticles(ctx, citationsIn(...texts));
  // Sound: map keeps the length of a tuple.
  return texts.map((source) => renderMarkdown(articles, source)) as { [K in keyof T]: string };
}
