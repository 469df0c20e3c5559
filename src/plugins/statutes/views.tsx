/** How the law looks: a serif sheet with title, article and date; and the pages around it. */
import { dayWords, say, type Context, type Day, type Facts, type Words } from "#kernel";
import { Empty, Field, FormError, Notice, Pager, Sheet, Table, Tag } from "#ui";
import { articleSlug, isVerified, paragraphsOf, statutePath } from "./rules.ts";
import type { ArticlePage, TextPage } from "./service.ts";
import type { Article, Listed, Version } from "./store.ts";
import type { ImportAnswer } from "./input.ts";
import { text } from "./text.ts";

const t = (ctx: Context, words: Words, facts?: Facts) => say(ctx.language, words, facts);
type Dated = { effective: Day | null; effectiveSource: string | null };
/** 2021年7月15日起施行, and where it is so, that nobody verified it. */
export const effectiveWords = (ctx: Context, { effective, effectiveSource }: Dated): string =>
  effective === null ? t(ctx, text.fromUnknown) : t(ctx, isVerified(effectiveSource) ? text.from : text.fromUnverified, { day: dayWords(effective, ctx.language) });
const adopted = (ctx: Context, version: Day) => t(ctx, text.versionOf, { day: dayWords(version, ctx.language) });

/** The text of an article: each paragraph and item with an anchor, so that a citation of it lands there. */
export const ArticleText = ({ article, anchors = false }: { article: { text: string }; anchors?: boolean }) => (
  <>
    {paragraphsOf(article.text).map((paragraph, k) => (
      <>
        <p {...(anchors ? { id: `k${k + 1}` } : {})}>{paragraph.text}</p>
        {paragraph.items.map((item, n) => (
          <p class="item" {...(anchors ? { id: `k${k + 1}-${n + 1}` } : {})}>
            {item}
          </p>
        ))}
      </>
    ))}
  </>
);
const Standing = ({ ctx, version, inForce, versions }: { ctx: Context; version: Version; inForce: Day | null; versions: readonly { version: Day; effective: Day | null }[] }) => {
  if (version.version === inForce) return <Tag tone="done">{t(ctx, text.inForce)}</Tag>;
  const later = version.effective !== null && version.effective > ctx.today;
  return <Tag tone={later ? "due" : ""}>{t(ctx, later ? text.notYet : versions.some((v) => v.version > version.version) ? text.past : text.notYet)}</Tag>;
};
const Sources = ({ ctx, version, newest }: { ctx: Context; version: Version; newest: Day | undefined }) => (
  <div class="small soft">
    {!isVerified(version.effectiveSource) && version.effective !== null && <p>{t(ctx, text.unverified)}</p>}
    {newest !== undefined && <p>{t(ctx, text.latestHere, { day: dayWords(newest, ctx.language) })}</p>}
    <p>{t(ctx, text.notOfficial)}</p>
  </div>
);

/** An article on its sheet: what the permalink shows, and what the popover takes from there. */
export const ArticleView = ({ ctx, page }: { ctx: Context; page: ArticlePage }) => {
  const { version, article, before, after, elsewhere } = page;
  const path = (other: { number: number; sub: number }) => statutePath({ statute: version.statute, version: version.version, number: other.number, sub: other.sub });
  const newer = elsewhere.filter((e) => e.version > version.version && !e.same).at(-1);
  const chapter = article.chapter === null ? undefined : version.chapters[article.chapter];
  return (
    <div class="reading">
      {newer && (
        <Notice tone="due">
          <a href={statutePath({ statute: version.statute, version: newer.version, number: article.number, sub: article.sub })}>{t(ctx, text.newestDiffers, { day: dayWords(newer.version, ctx.language) })}</a>
        </Notice>
      )}
      <article class="sheet statute" id="article">
        <header>
          <p class="statute-title" lang="zh-CN">
            {version.title}
          </p>
          <h1 lang="zh-CN">{article.label}</h1>
          <p class="small soft">
            {adopted(ctx, version.version)}，{effectiveWords(ctx, version)} <Standing ctx={ctx} version={version} inForce={page.inForce} versions={page.versions} />
            {!version.whole && <Tag>{t(ctx, text.excerpt)}</Tag>}
          </p>
        </header>
        <div lang="zh-CN">
          <ArticleText article={article} anchors />
        </div>
        {(chapter || article.section !== null) && (
          <p class="small soft" lang="zh-CN">
            {[chapter?.part, chapter?.title, article.section].filter((s) => s).join(" · ")}
          </p>
        )}
      </article>
      <nav class="pager" aria-label={t(ctx, text.chapters)}>
        {before && (
          <a class="btn" rel="prev" href={path(before)}>
            {t(ctx, text.previous)} {before.label}
          </a>
        )}
        {after && (
          <a class="btn" rel="next" href={path(after)}>
            {t(ctx, text.following)} {after.label}
          </a>
        )}
        <a class="btn" href={`/statutes/${version.statute}?version=${version.version}${article.chapter === null ? "" : `&chapter=${article.chapter}`}`}>
          {t(ctx, version.whole ? text.wholeText : text.excerptText)}
        </a>
      </nav>
      {elsewhere.length > 0 && (
        <section>
          <h2>{t(ctx, text.elsewhere)}</h2>
          <ul class="rows">
            {elsewhere.map((e) => (
              <li>
                <a href={statutePath({ statute: version.statute, version: e.version, number: article.number, sub: article.sub })}>{adopted(ctx, e.version)}</a>
                <span class="soft small">{t(ctx, e.same ? text.sameText : text.otherText)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Sources ctx={ctx} version={version} newest={page.versions.at(-1)?.version} />
    </div>
  );
};

const Contents = ({ ctx, page, here }: { ctx: Context; page: TextPage; here: string }) => (
  <details class="contents" open={page.chapter !== null}>
    <summary>{t(ctx, text.chapters)}</summary>
    <ul lang="zh-CN">
      {page.starts.map(({ chapter, first, last }) => {
        const heading = page.version.chapters[chapter];
        return (
          <li>
            <a href={page.chapter === null ? `#c${chapter}` : `${here}&chapter=${chapter}`} {...(page.chapter === chapter ? { "aria-current": "true" } : {})}>
              {[heading?.part, heading?.title].filter((s) => s).join(" · ") || page.version.shortTitle}
            </a>{" "}
            <span class="small soft">
              {first}—{last}
            </span>
          </li>
        );
      })}
    </ul>
  </details>
);
const Articles = ({ version, articles }: { version: Version; articles: readonly Article[] }) => {
  let chapter: number | null = null;
  let section: string | null = null;
  return (
    <>
      {articles.map((article) => {
        const heading = article.chapter !== chapter && article.chapter !== null ? version.chapters[article.chapter] : undefined;
        if (article.chapter !== chapter) section = null;
        const opens = article.section !== null && article.section !== section ? article.section : null;
        chapter = article.chapter;
        section = article.section;
        return (
          <>
            {heading !== undefined && heading.title !== "" && <h2 id={`c${article.chapter}`}>{[heading.part, heading.title].filter((s) => s).join(" · ")}</h2>}
            {opens !== null && <h3>{opens}</h3>}
            <section class="article" id={`a${articleSlug(article)}`}>
              <h4>
                <a href={statutePath({ statute: version.statute, version: version.version, number: article.number, sub: article.sub })}>{article.label}</a>
              </h4>
              <ArticleText article={article} />
            </section>
          </>
        );
      })}
    </>
  );
};
const Lines = ({ id, words, lines }: { id: string; words: string; lines: string }) => (
  <section id={id}>
    <h2>{words}</h2>
    {lines.split("\n").map((line) => (
      <p>{line}</p>
    ))}
  </section>
);

/** A statute's text on a day. */
export const StatuteView = ({ ctx, page }: { ctx: Context; page: TextPage }) => {
  const { version, versions } = page;
  const here = `/statutes/${version.statute}?version=${version.version}`;
  const first = page.chapter === null || page.chapter === page.starts[0]?.chapter;
  const last = page.chapter === null || page.chapter === page.starts.at(-1)?.chapter;
  return (
    <div class="reading">
      <header>
        <h1 lang="zh-CN">{version.title}</h1>
        <p class="soft">
          {version.issuer}，{adopted(ctx, version.version)}，{effectiveWords(ctx, version)} <Standing ctx={ctx} version={version} inForce={page.inForce} versions={versions} />
        </p>
        {!version.whole && <Notice tone="due">{t(ctx, text.excerptWords)}</Notice>}
      </header>
      <form method="get" action={`/statutes/${version.statute}`} class="inline-form">
        <Field name="on" type="date" label={t(ctx, text.onDay)} value={page.on} />
        <button class="btn">{t(ctx, text.show)}</button>
      </form>
      {page.starts.length > 1 && <Contents ctx={ctx} page={page} here={here} />}
      <div class="sheet statute" lang="zh-CN">
        {first && version.preamble !== null && <Lines id="preamble" words={t(ctx, text.preamble)} lines={version.preamble} />}
        <Articles version={version} articles={page.articles} />
        {last && version.annex !== null && <Lines id="annex" words={t(ctx, text.annex)} lines={version.annex} />}
      </div>
      {page.chapter !== null && (
        <nav class="pager" aria-label={t(ctx, text.chapters)}>
          {page.starts
            .filter((s) => s.chapter === (page.chapter ?? 0) - 1 || s.chapter === (page.chapter ?? 0) + 1)
            .map((s) => (
              <a class="btn" rel={s.chapter < (page.chapter ?? 0) ? "prev" : "next"} href={`${here}&chapter=${s.chapter}`} lang="zh-CN">
                {version.chapters[s.chapter]?.title}
              </a>
            ))}
        </nav>
      )}
      {versions.length > 1 && (
        <section>
          <h2>{t(ctx, text.versions)}</h2>
          <ul class="rows">
            {versions.toReversed().map((v) => (
              <li>
                <a href={`/statutes/${v.statute}?version=${v.version}`} {...(v.version === version.version ? { "aria-current": "true" } : {})}>
                  {adopted(ctx, v.version)}
                </a>
                <span class="soft small">
                  {effectiveWords(ctx, v)} {!v.whole && t(ctx, text.excerpt)}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {version.history.length > 0 && (
        <details>
          <summary>{t(ctx, text.history)}</summary>
          <ul lang="zh-CN">
            {version.history.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </details>
      )}
      <Sources ctx={ctx} version={version} newest={versions.at(-1)?.version} />
    </div>
  );
};

const SearchForm = ({ ctx, action, q }: { ctx: Context; action: string; q: string }) => (
  <form method="get" action={action} class="inline-form" role="search">
    <Field name="q" type="search" label={t(ctx, text.search)} value={q} />
    <button class="btn">{t(ctx, text.find)}</button>
  </form>
);
/** All statutes, newest text each. */
export const StatuteList = ({ ctx, rows, next, q }: { ctx: Context; rows: readonly Listed[]; next: string | null; q: string }) => (
  <div class="reading">
    <h1>{t(ctx, text.title)}</h1>
    <p class="soft">{t(ctx, text.lead)}</p>
    <SearchForm ctx={ctx} action="/statutes" q={q} />
    {rows.length === 0 ? (
      <Empty>{t(ctx, q === "" ? text.empty : text.none)}</Empty>
    ) : (
      <ul class="rows">
        {rows.map((row) => {
          const [newest] = row.versions;
          return (
            <li>
              <span>
                <a class="statute-name" href={`/statutes/${row.statute}`} lang="zh-CN">
                  {row.shortTitle}
                </a>
                <br />
                <span class="small soft">
                  {row.category}
                  {newest && ` · ${effectiveWords(ctx, newest)}`}
                </span>
              </span>
              {newest?.whole === false && <Tag>{t(ctx, text.excerpt)}</Tag>}
            </li>
          );
        })}
      </ul>
    )}
    <Pager ctx={ctx} next={next} />
  </div>
);

export type Compared = { version: Version; before: Day | null; articles: number; changes: ImportAnswer["changes"] };
const Comparison = ({ ctx, compared: { version, before, articles, changes } }: { ctx: Context; compared: Compared }) => (
  <Sheet id="imported">
    <p>{t(ctx, text.imported, { title: version.shortTitle, day: dayWords(version.version, ctx.language), n: articles })}</p>
    {before !== null && (
      <>
        <p>{t(ctx, text.comparedWith, { day: dayWords(before, ctx.language) })}</p>
        {changes.length === 0 ? (
          <p>{t(ctx, text.noChanges)}</p>
        ) : (
          <ul class="rows">
            {changes.map((c) => (
              <li>
                {c.change === "removed" ? <span>{c.label}</span> : <a href={statutePath({ statute: version.statute, version: version.version, number: c.number, sub: c.sub })}>{c.label}</a>}
                <Tag tone="due">{t(ctx, text[c.change])}</Tag>
              </li>
            ))}
          </ul>
        )}
        {changes.length > 0 && <p class="soft">{t(ctx, text.flagHint)}</p>}
      </>
    )}
  </Sheet>
);
/** For authors: what is here, and the import of one version. */
export const AdminStatutes = ({ ctx, rows, next, q, compared, error }: { ctx: Context; rows: readonly Listed[]; next: string | null; q: string; compared: Compared | null; error?: string }) => (
  <>
    <h1>{t(ctx, text.adminTitle)}</h1>
    {compared && <Comparison ctx={ctx} compared={compared} />}
    <Sheet>
      <h2>{t(ctx, text.importTitle)}</h2>
      {error !== undefined && <FormError>{error}</FormError>}
      <form method="post" action="/admin/statutes/import" enctype="multipart/form-data">
        <Field name="file" type="file" accept="application/json,.json" label={t(ctx, text.file)} help={t(ctx, text.importHelp)} required />
        <button class="btn go">{t(ctx, text.importButton)}</button>
      </form>
    </Sheet>
    <SearchForm ctx={ctx} action="/admin/statutes" q={q} />
    {rows.length === 0 ? (
      <Empty>{t(ctx, q === "" ? text.empty : text.none)}</Empty>
    ) : (
      <Table caption={t(ctx, text.adminTitle)} head={[t(ctx, text.colName), t(ctx, text.colVersion), t(ctx, text.colEffective)]}>
        {rows.flatMap((row) =>
          row.versions.map((v, n) => (
            <tr>
              <td lang="zh-CN">{n === 0 ? <a href={`/statutes/${row.statute}`}>{row.shortTitle}</a> : ""}</td>
              <td>
                <a href={`/admin/statutes?statute=${row.statute}&version=${v.version}`}>{adopted(ctx, v.version)}</a> {!v.whole && <Tag>{t(ctx, text.excerpt)}</Tag>}
              </td>
              <td>{effectiveWords(ctx, v)}</td>
            </tr>
          )),
        )}
      </Table>
    )}
    <Pager ctx={ctx} next={next} />
  </>
);
