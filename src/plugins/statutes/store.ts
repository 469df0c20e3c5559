/** Every query of statutes. Lists run by the primary keys of statutes_version and statutes_article. */
import { sql } from "drizzle-orm";
import { chunkJson, rowsOf, run, type Context, type Day, type Statement } from "#kernel";
import { articleKey, parseCitation, type ArticleRef, type CitedArticle } from "./rules.ts";
import type { Chapter } from "./schema.ts";

/** A version without its articles. */
export type Version = {
  statute: string;
  version: Day;
  title: string;
  shortTitle: string;
  category: string;
  issuer: string;
  effective: Day | null;
  effectiveSource: string | null;
  whole: boolean;
  history: readonly string[];
  preamble: string | null;
  annex: string | null;
  chapters: readonly Chapter[];
  digest: string;
};
export type Article = { number: number; sub: number; label: string; chapter: number | null; section: string | null; text: string };

type VersionRow = Omit<Version, "whole" | "history" | "chapters"> & { whole: number; history: string; chapters: string };
const columns = sql`v.statute, v.version, v.title, v.short_title as shortTitle, v.category, v.issuer, v.effective, v.effective_source as effectiveSource, v.whole, v.history, v.preamble, v.annex, v.chapters, v.digest`;
const versionOfRow = ({ whole, history, chapters, ...row }: VersionRow): Version => ({
  ...row,
  whole: whole === 1,
  history: JSON.parse(history) as string[],
  chapters: JSON.parse(chapters) as Chapter[],
});

/** The versions of a statute, oldest first (primary key of statutes_version); none where there is no such statute. */
export const findVersions = async (ctx: Context, statute: string): Promise<Version[]> =>
  (await rowsOf<VersionRow>(ctx, sql`select ${columns} from statutes_version v where v.statute = ${statute} order by v.version`)).map(
    versionOfRow,
  );
/** The articles of a version, or of one of its chapters, by the primary key of statutes_article. */
export const findText = (ctx: Context, statute: string, version: string, chapter: number | null = null): Promise<Article[]> =>
  rowsOf<Article>(
    ctx,
    sql`select number, sub, label, chapter, section, text from statutes_article where statute = ${statute} and version = ${version} and (${chapter} is null or chapter = ${chapter}) order by number, sub`,
  );
/** Which article opens each chapter, and how many there are; a version's rows of statutes_article. */
export const findChapterStarts = (
  ctx: Context,
  statute: string,
  version: string,
): Promise<{ chapter: number; first: string; last: string; n: number }[]> =>
  rowsOf(
    ctx,
    sql`select c.chapter, c.n, a.label as first, b.label as last from (select chapter, count(*) as n, min(number * 100 + sub) as low, max(number * 100 + sub) as high from statutes_article where statute = ${statute} and version = ${version} and chapter is not null group by chapter) c
      join statutes_article a on a.statute = ${statute} and a.version = ${version} and a.number = c.low / 100 and a.sub = c.low % 100
      join statutes_article b on b.statute = ${statute} and b.version = ${version} and b.number = c.high / 100 and b.sub = c.high % 100 order by c.chapter`,
  );

export type Neighbour = { number: number; sub: number; label: string };
/** An article of every version, oldest first, and its neighbours in one of them, by the primary key of statutes_article. */
export const findArticle = async (
  ctx: Context,
  ref: ArticleRef,
): Promise<{
  everywhere: { version: Day; text: string; label: string; section: string | null; chapter: number | null }[];
  before: Neighbour | undefined;
  after: Neighbour | undefined;
}> => {
  const here = sql`statute = ${ref.statute} and version = ${ref.version}`;
  const rows = await rowsOf<{
    place: string;
    version: Day;
    number: number;
    sub: number;
    label: string;
    section: string | null;
    chapter: number | null;
    text: string;
  }>(
    ctx,
    sql`select 'here' as place, version, number, sub, label, section, chapter, text from statutes_article where statute = ${ref.statute} and number = ${ref.number} and sub = ${ref.sub}
      union all select 'before', version, number, sub, label, null, null, '' from (select * from statutes_article where ${here} and (number, sub) < (${ref.number}, ${ref.sub}) order by number desc, sub desc limit 1)
      union all select 'after', version, number, sub, label, null, null, '' from (select * from statutes_article where ${here} and (number, sub) > (${ref.number}, ${ref.sub}) order by number, sub limit 1)`,
  );
  return {
    everywhere: rows.filter((r) => r.place === "here").toSorted((a, b) => (a.version < b.version ? -1 : 1)),
    before: rows.find((r) => r.place === "before"),
    after: rows.find((r) => r.place === "after"),
  };
};
/** The same article, sought in all versions, one version's text among them. */
export type Found = Awaited<ReturnType<typeof findArticle>>;

/** The articles that some citations point into, by `articleKey`; what is not here is left out. One query. */
export const findArticles = async (ctx: Context, citations: readonly (string | ArticleRef)[]): Promise<Map<string, CitedArticle>> => {
  const refs = new Map<string, ArticleRef>();
  for (const citation of citations) {
    const ref = typeof citation === "string" ? parseCitation(citation) : citation;
    if (ref) refs.set(articleKey(ref), ref);
  }
  const found = new Map<string, CitedArticle>();
  if (refs.size === 0) return found;
  const wanted = [...refs.values()].map(({ statute, version, number, sub }) => ({ s: statute, v: version, n: number, u: sub }));
  for (const chunk of chunkJson(wanted))
    for (const row of await rowsOf<CitedArticle>(
      ctx,
      sql`select a.statute, a.version, a.number, a.sub, a.label, a.text, v.title, v.short_title as shortTitle, v.effective, v.effective_source as effectiveSource from json_each(${chunk}) j
        join statutes_article a on a.statute = j.value ->> 's' and a.version = j.value ->> 'v' and a.number = j.value ->> 'n' and a.sub = j.value ->> 'u'
        join statutes_version v on v.statute = a.statute and v.version = a.version`,
    ))
      found.set(articleKey(row), row);
  return found;
};

/** The same but for blanks, as SQL: copies of one text differ in them. */
const plain = (column: "a.text" | "b.text") => sql.raw(`replace(replace(replace(${column}, char(10), ''), ' ', ''), '　', '')`);
/** Of some articles (`statute@version#article`), those that a later text at hand changed or left out. */
export const amendedSince = async (ctx: Context, keys: readonly string[]): Promise<Set<string>> => {
  const wanted = keys.flatMap((key) => {
    const ref = parseCitation(key);
    return ref ? [{ k: articleKey(ref), s: ref.statute, v: ref.version, n: ref.number, u: ref.sub }] : [];
  });
  const found = new Set<string>();
  for (const chunk of wanted.length > 0 ? chunkJson(wanted) : [])
    for (const { k } of await rowsOf<{ k: string }>(
      ctx,
      sql`select distinct j.value ->> 'k' as k from json_each(${chunk}) j
        join statutes_article a on a.statute = j.value ->> 's' and a.version = j.value ->> 'v' and a.number = j.value ->> 'n' and a.sub = j.value ->> 'u'
        join statutes_version v on v.statute = a.statute and v.version > a.version
        left join statutes_article b on b.statute = v.statute and b.version = v.version and b.number = a.number and b.sub = a.sub
        where (b.text is null and v.whole = 1) or (b.text is not null and ${plain("b.text")} <> ${plain("a.text")})`,
    ))
      found.add(k);
  return found;
};

export type OldArticle = { version: Day; number: number; sub: number; text: string };
/** What is here of a statute up to a version, to compare a new text with: by the primary key of statutes_article. */
export const findOldArticles = (ctx: Context, statute: string, until: string): Promise<OldArticle[]> =>
  rowsOf<OldArticle>(
    ctx,
    sql`select version, number, sub, text from statutes_article where statute = ${statute} and version <= ${until} order by version, number, sub`,
  );

/** One line of the list of statutes: the newest title, and its versions. */
export type Listed = {
  statute: string;
  title: string;
  shortTitle: string;
  category: string;
  versions: { version: Day; effective: Day | null; effectiveSource: string | null; whole: boolean }[];
};
/** A page of statutes by id (pinyin; primary key of statutes_version), those whose title holds some words. */
export const listStatutes = async (ctx: Context, words: string, after: string, limit: number): Promise<Listed[]> => {
  const rows = await rowsOf<{
    statute: string;
    version: Day;
    title: string;
    shortTitle: string;
    category: string;
    effective: Day | null;
    effectiveSource: string | null;
    whole: number;
  }>(
    ctx,
    sql`select v.statute, v.version, v.title, v.short_title as shortTitle, v.category, v.effective, v.effective_source as effectiveSource, v.whole from statutes_version v
      where v.statute in (select distinct statute from statutes_version where statute > ${after} and (${words} = '' or instr(title, ${words}) > 0) order by statute limit ${limit}) order by v.statute, v.version desc`,
  );
  const listed = new Map<string, Listed>();
  for (const { version, effective, effectiveSource, whole, ...row } of rows) {
    const open = listed.get(row.statute) ?? { ...row, versions: [] };
    open.versions.push({ version, effective, effectiveSource, whole: whole === 1 });
    listed.set(row.statute, open);
  }
  return [...listed.values()];
};
/** Titles of statutes by id, of their newest version. */
export const titlesOf = async (ctx: Context, ids: readonly string[]): Promise<Map<string, string>> =>
  new Map(
    (
      await rowsOf<{ statute: string; title: string }>(
        ctx,
        sql`select statute, short_title as title, max(version) from statutes_version where statute in (select value from json_each(${JSON.stringify(ids)})) group by statute`,
      )
    ).map((row) => [row.statute, row.title]),
  );

/** What is here of some versions, for the sync: digest, and whether whole. */
export const findDigests = async (ctx: Context, ids: readonly string[]): Promise<Map<string, { digest: string; whole: boolean }>> =>
  new Map(
    (
      await rowsOf<{ name: string; digest: string; whole: number }>(
        ctx,
        sql`select statute || '@' || version as name, digest, whole from statutes_version where statute in (select value from json_each(${JSON.stringify(ids)}))`,
      )
    ).map((row) => [row.name, { digest: row.digest, whole: row.whole === 1 }]),
  );

/** Puts a version with its articles in the place of what was here of it. */
export const putVersion = (
  ctx: Context,
  { articles, ...v }: Omit<Version, "version"> & { version: string; articles: readonly Article[] },
): Statement[] => [
  run(sql`insert into statutes_version (statute, version, title, short_title, category, issuer, effective, effective_source, whole, history, preamble, annex, chapters, digest, imported_at)
    values (${v.statute}, ${v.version}, ${v.title}, ${v.shortTitle}, ${v.category}, ${v.issuer}, ${v.effective}, ${v.effectiveSource}, ${v.whole ? 1 : 0}, ${JSON.stringify(v.history)}, ${v.preamble}, ${v.annex}, ${JSON.stringify(v.chapters)}, ${v.digest}, ${ctx.now})
    on conflict (statute, version) do update set title = excluded.title, short_title = excluded.short_title, category = excluded.category, issuer = excluded.issuer, effective = excluded.effective, effective_source = excluded.effective_source,
      whole = excluded.whole, history = excluded.history, preamble = excluded.preamble, annex = excluded.annex, chapters = excluded.chapters, digest = excluded.digest, imported_at = excluded.imported_at`),
  run(
    sql`delete from statutes_article where statute = ${v.statute} and version = ${v.version} and (${v.whole ? 1 : 0} = 1 or number * 100 + sub in (select value from json_each(${JSON.stringify(articles.map((a) => a.number * 100 + a.sub))})))`,
  ),
  ...chunkJson(articles).map((chunk) =>
    run(sql`insert into statutes_article (statute, version, number, sub, label, chapter, section, text)
      select ${v.statute}, ${v.version}, value ->> 'number', value ->> 'sub', value ->> 'label', value ->> 'chapter', value ->> 'section', value ->> 'text' from json_each(${chunk}) where true`),
  ),
];
