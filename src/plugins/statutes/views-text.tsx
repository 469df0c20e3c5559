/** A statute's text as of a day: contents, chapters, articles, versions. */
import type { Context } from "#kernel";
import { Field, Notice } from "#ui";
import { articleSlug, statutePath } from "./rules.ts";
import type { TextPage } from "./service.ts";
import type { Article, Version } from "./store.ts";
import { text } from "./text.ts";
import { adopted, ArticleText, effectiveWords, Sources, Standing, t } from "./views.tsx";

/** A longer table of contents opens by a click. */
const longestContents = 20;
const Contents = ({ ctx, page, here }: { ctx: Context; page: TextPage; here: string }) => (
  <details class="contents" open={page.chapter !== null && page.starts.length <= longestContents}>
    <summary>{t(ctx, text.chapters)}</summary>
    <ul lang="zh-CN">
      {page.starts.map(({ chapter, first, last }) => {
        const heading = page.version.chapters[chapter];
        return (
          <li>
            <a
              href={page.chapter === null ? `#c${chapter}` : `${here}&chapter=${chapter}`}
              {...(page.chapter === chapter ? { "aria-current": "true" } : {})}
            >
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
/** An article's heading stands one below what it is under: a section, a chapter, or the statute itself. */
const levelOf = (version: Version, article: Article) => {
  const chaptered = article.chapter !== null && (version.chapters[article.chapter]?.title ?? "") !== "";
  return chaptered ? (article.section === null ? "h3" : "h4") : "h2";
};
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
        const Label = levelOf(version, article);
        return (
          <>
            {heading !== undefined && heading.title !== "" && (
              <h2 id={`c${article.chapter}`}>{[heading.part, heading.title].filter((s) => s).join(" · ")}</h2>
            )}
            {opens !== null && <h3>{opens}</h3>}
            <section class="article" id={`a${articleSlug(article)}`}>
              <Label class="label">
                <a href={statutePath({ statute: version.statute, version: version.version, number: article.number, sub: article.sub })}>
                  {article.label}
                </a>
              </Label>
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
          {version.issuer}，{adopted(ctx, version.version)}，{effectiveWords(ctx, version)}{" "}
          <Standing ctx={ctx} version={version} inForce={page.inForce} versions={versions} />
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
                <a
                  href={`/statutes/${v.statute}?version=${v.version}`}
                  {...(v.version === version.version ? { "aria-current": "true" } : {})}
                >
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
