/** How the law looks: an article on its serif sheet, with title, number and date. */
import { dayWords, say, type Context, type Day, type Facts, type Words } from "#kernel";
import { Notice, Tag } from "#ui";
import { isVerified, paragraphsOf, statutePath } from "./rules.ts";
import type { ArticlePage } from "./service.ts";
import type { Version } from "./store.ts";
import { text } from "./text.ts";

/** A message of this plugin in the reader's language. */
export const t = (ctx: Context, words: Words, facts?: Facts) => say(ctx.language, words, facts);
type Dated = { effective: Day | null; effectiveSource: string | null };
/** 2021年7月15日起施行, and where it is so, that nobody verified it. */
export const effectiveWords = (ctx: Context, { effective, effectiveSource }: Dated): string =>
  effective === null
    ? t(ctx, text.fromUnknown)
    : t(ctx, isVerified(effectiveSource) ? text.from : text.fromUnverified, { day: dayWords(effective, ctx.language) });
/** 2021年1月22日通过的文本 */
export const adopted = (ctx: Context, version: Day) => t(ctx, text.versionOf, { day: dayWords(version, ctx.language) });

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
/** In force, not yet, or superseded by what is here. */
export const Standing = ({
  ctx,
  version,
  inForce,
  versions,
}: {
  ctx: Context;
  version: Version;
  inForce: Day | null;
  versions: readonly { version: Day; effective: Day | null }[];
}) => {
  if (version.version === inForce) return <Tag tone="done">{t(ctx, text.inForce)}</Tag>;
  const later = version.effective !== null && version.effective > ctx.today;
  return (
    <Tag tone={later ? "due" : ""}>
      {t(ctx, later ? text.notYet : versions.some((v) => v.version > version.version) ? text.past : text.notYet)}
    </Tag>
  );
};
/** What a reader must know of where a text comes from. */
export const Sources = ({ ctx, version, newest }: { ctx: Context; version: Version; newest: Day | undefined }) => (
  <div class="small soft">
    {!isVerified(version.effectiveSource) && version.effective !== null && <p>{t(ctx, text.unverified)}</p>}
    {newest !== undefined && <p>{t(ctx, text.latestHere, { day: dayWords(newest, ctx.language) })}</p>}
    <p>{t(ctx, text.notOfficial)}</p>
  </div>
);

/** An article on its sheet: what the permalink shows, and what the popover takes from there. */
export const ArticleView = ({ ctx, page }: { ctx: Context; page: ArticlePage }) => {
  const { version, article, before, after, elsewhere } = page;
  const path = (other: { number: number; sub: number }) =>
    statutePath({ statute: version.statute, version: version.version, number: other.number, sub: other.sub });
  const newer = elsewhere.filter((e) => e.version > version.version && !e.same).at(-1);
  const chapter = article.chapter === null ? undefined : version.chapters[article.chapter];
  return (
    <div class="reading">
      {newer && (
        <Notice tone="due">
          <a href={statutePath({ statute: version.statute, version: newer.version, number: article.number, sub: article.sub })}>
            {t(ctx, text.newestDiffers, { day: dayWords(newer.version, ctx.language) })}
          </a>
        </Notice>
      )}
      <article class="sheet statute" id="article">
        <header>
          <p class="statute-title" lang="zh-CN">
            {version.title}
          </p>
          <h1 lang="zh-CN">{article.label}</h1>
          <p class="small soft">
            {adopted(ctx, version.version)}，{effectiveWords(ctx, version)}{" "}
            <Standing ctx={ctx} version={version} inForce={page.inForce} versions={page.versions} />
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
        <a
          class="btn"
          href={`/statutes/${version.statute}?version=${version.version}${article.chapter === null ? "" : `&chapter=${article.chapter}`}`}
        >
          {t(ctx, version.whole ? text.wholeText : text.excerptText)}
        </a>
      </nav>
      {elsewhere.length > 0 && (
        <section>
          <h2>{t(ctx, text.elsewhere)}</h2>
          <ul class="rows">
            {elsewhere.map((e) => (
              <li>
                <a href={statutePath({ statute: version.statute, version: e.version, number: article.number, sub: article.sub })}>
                  {adopted(ctx, e.version)}
                </a>
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
