/**
 * Citations and articles: how a pointer to an article is written, resolved and worded; how two texts differ; and how
 * Markdown with citations becomes HTML. Pure, and free of the kernel, so that scripts read content by the same rules.
 */
import MarkdownIt, { type Env, type RendererRule } from "markdown-it";
import container from "markdown-it-container";

/** A numbered article of a version; `sub` is n of 之n, else 0. */
export type ArticleRef = { readonly statute: string; readonly version: string; readonly number: number; readonly sub: number };
/** A pointer from content to an article, or to a paragraph (款) or item (项) of it. */
export type Citation = ArticleRef & { readonly paragraph: number | null; readonly item: number | null };
/** An article as it stands, with what a reader needs to know of its statute. */
export type CitedArticle = ArticleRef & {
  readonly label: string;
  readonly text: string;
  readonly title: string;
  readonly shortTitle: string;
  readonly effective: string | null;
  readonly effectiveSource: string | null;
};
/** A paragraph: its own line, and the items （一）（二） that follow it. */
export type Paragraph = { readonly text: string; readonly items: readonly string[] };

const form = /^([a-z][a-z0-9-]*)@(\d{4}-\d{2}-\d{2})#(\d{1,4})(?:-(\d{1,2}))?(?:\.(\d{1,2})(?:\.(\d{1,3}))?)?$/;
/** `xingzhengchufafa@2021-01-22#33.1.2`; null for anything else, and for numbers that count from 0. */
export const parseCitation = (text: string): Citation | null => {
  const found = form.exec(text);
  if (!found) return null;
  const [, statute = "", version = "", number, sub, paragraph, item] = found;
  const counted = [number, sub, paragraph, item].filter((n) => n !== undefined);
  if (counted.some((n) => n.startsWith("0"))) return null;
  return {
    statute,
    version,
    number: Number(number),
    sub: Number(sub ?? 0),
    paragraph: paragraph === undefined ? null : Number(paragraph),
    item: item === undefined ? null : Number(item),
  };
};
/** `33`, `37-1`: the article as it stands in addresses and citations. */
export const articleSlug = ({ number, sub }: Pick<ArticleRef, "number" | "sub">): string =>
  sub === 0 ? String(number) : `${number}-${sub}`;
/** The article that a citation points into: `xingfa@2023-12-29#37-1`. */
export const articleKey = (ref: ArticleRef): string => `${ref.statute}@${ref.version}#${articleSlug(ref)}`;
/** The citation as content writes it; `parseCitation` reads it back. */
export const citationText = (c: Citation): string =>
  `${articleKey(c)}${c.paragraph === null ? "" : `.${c.paragraph}${c.item === null ? "" : `.${c.item}`}`}`;
/** The address of the article's page, at the cited paragraph. */
export const statutePath = (c: ArticleRef & Partial<Pick<Citation, "paragraph" | "item">>): string =>
  `/statutes/${c.statute}/${c.version}/${articleSlug(c)}${c.paragraph == null ? "" : `#k${c.paragraph}${c.item == null ? "" : `-${c.item}`}`}`;

/** What stands between double braces in content. */
export type Mention = { readonly raw: string; readonly at: number } & (
  | { readonly is: "citation"; readonly citation: Citation; readonly short: boolean }
  | { readonly is: "named"; readonly name: string }
  | { readonly is: "malformed" }
);
const braces = /\{\{([^{}]*)\}\}/g;
const mentionOf = (raw: string, inside: string, at: number): Mention => {
  if (inside.startsWith("named:")) {
    const name = inside
      .slice("named:".length)
      .replace(/^《|》$/g, "")
      .trim();
    return name === "" ? { raw, at, is: "malformed" } : { raw, at, is: "named", name };
  }
  const short = /[|~]short$/.test(inside);
  const citation = parseCitation(short ? inside.slice(0, -"|short".length) : inside);
  return citation === null ? { raw, at, is: "malformed" } : { raw, at, is: "citation", citation, short };
};
/** Every mention of a text, in order. */
export const mentionsIn = (text: string): Mention[] => [...text.matchAll(braces)].map((m) => mentionOf(m[0], m[1] ?? "", m.index));
/** The mention at the very place, if there is one. */
const mentionAt = (text: string, at: number): Mention | null => {
  const end = text.indexOf("}}", at);
  return text.startsWith("{{", at) && end > at ? mentionOf(text.slice(at, end + 2), text.slice(at + 2, end), at) : null;
};
/** The citations of some texts, each once, in order of appearance. */
export const citationsIn = (...texts: readonly string[]): string[] => [
  ...new Set(texts.flatMap(mentionsIn).flatMap((m) => (m.is === "citation" ? [citationText(m.citation)] : []))),
];

const digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
/** 1 to 9999 in Chinese, as statutes count: 十, 二十一, 一百零五, 一千二百六十. */
export const chineseNumber = (n: number): string => {
  let words = "";
  let gap = false;
  for (const [unit, name] of [
    [1000, "千"],
    [100, "百"],
    [10, "十"],
    [1, ""],
  ] as const) {
    const digit = Math.floor(n / unit) % 10;
    if (digit === 0) {
      gap = words !== "";
      continue;
    }
    words += `${gap ? "零" : ""}${unit === 10 && digit === 1 && n < 20 ? "" : digits[digit]}${name}`;
    gap = false;
  }
  return words;
};
/** The number that such words say; null for anything else. */
export const chineseValue = (words: string): number | null => {
  let total = 0;
  let digit = 0;
  for (const sign of words) {
    const unit = sign === "千" ? 1000 : sign === "百" ? 100 : sign === "十" ? 10 : 0;
    const at = digits.indexOf(sign);
    if (unit > 0) {
      total += (digit === 0 ? 1 : digit) * unit;
      digit = 0;
    } else if (at >= 0) digit = at;
    else return null;
  }
  const value = total + digit;
  return value > 0 && chineseNumber(value) === words ? value : null;
};

const itemMark = /^（[零一二三四五六七八九十百]+）/;
/** The paragraphs of an article: a line that does not begin with （一） opens one, items stay with the one they follow. */
export const paragraphsOf = (text: string): Paragraph[] => {
  const paragraphs: { text: string; items: string[] }[] = [];
  for (const line of text.split("\n")) {
    const open = paragraphs.at(-1);
    if (itemMark.test(line) && open) open.items.push(line);
    else paragraphs.push({ text: line, items: [] });
  }
  return paragraphs;
};
/** Why a citation does not resolve within its article; null where it does. */
export const unresolved = (c: Citation, article: Pick<CitedArticle, "text">): "paragraph" | "item" | null => {
  if (c.paragraph === null) return null;
  const paragraph = paragraphsOf(article.text)[c.paragraph - 1];
  if (!paragraph) return "paragraph";
  return c.item !== null && c.item > paragraph.items.length ? "item" : null;
};

/** 第三十三条之一 */
export const articleLabel = ({ number, sub }: Pick<ArticleRef, "number" | "sub">): string =>
  `第${chineseNumber(number)}条${sub === 0 ? "" : `之${chineseNumber(sub)}`}`;
/**
 * 第三十三条第一款第（二）项; of an article with a single paragraph the 款 is not said. Without the article (not at hand)
 * the 款 is said as written.
 */
export const placeWords = (c: Citation, article: Pick<CitedArticle, "text"> | undefined): string => {
  const single = article !== undefined && paragraphsOf(article.text).length === 1;
  const paragraph = c.paragraph === null || single ? "" : `第${chineseNumber(c.paragraph)}款`;
  return `${articleLabel(c)}${paragraph}${c.item === null ? "" : `第（${chineseNumber(c.item)}）项`}`;
};
/** 《行政处罚法》第三十三条第一款第（二）项 */
export const citationWords = (c: Citation, article: Pick<CitedArticle, "text" | "shortTitle"> | undefined): string =>
  `《${article?.shortTitle ?? c.statute}》${placeWords(c, article)}`;

/** How one article of a version became another's: its text changed, it is new, or it is gone. */
export type ArticleChange = { readonly number: number; readonly sub: number; readonly change: "changed" | "added" | "removed" };
type Numbered = Pick<CitedArticle, "number" | "sub" | "text">;
/** Blank differences do not count: copies of one text differ in them. */
const plain = (text: string) => text.replace(/\s+/g, "");
/**
 * What differs between two versions, article by article, in order of number.
 * @param partial the older text holds cited articles only, so what it lacks is not new
 */
export const diffArticles = (before: readonly Numbered[], after: readonly Numbered[], partial: boolean): ArticleChange[] => {
  const old = new Map(before.map((a) => [articleSlug(a), a]));
  const made = new Map(after.map((a) => [articleSlug(a), a]));
  const changes: ArticleChange[] = [];
  for (const { number, sub, text } of after) {
    const was = old.get(articleSlug({ number, sub }));
    if (was === undefined ? !partial : plain(was.text) !== plain(text))
      changes.push({ number, sub, change: was === undefined ? "added" : "changed" });
  }
  for (const { number, sub } of before) if (!made.has(articleSlug({ number, sub }))) changes.push({ number, sub, change: "removed" });
  return changes.toSorted((a, b) => a.number - b.number || a.sub - b.sub);
};

/** A version by its days. */
export type DatedVersion = { readonly version: string; readonly effective: string | null };
/** From when it counts: its effective day, or, where that is not known, the day of its adoption. */
const since = (v: DatedVersion): string => v.effective ?? v.version;
/** Of the versions at hand, the one in force on a day; null before the first. */
export const versionOn = <V extends DatedVersion>(versions: readonly V[], on: string): V | null =>
  versions
    .filter((v) => since(v) <= on)
    .reduce<V | null>(
      (best, v) => (best === null || since(v) > since(best) || (since(v) === since(best) && v.version > best.version) ? v : best),
      null,
    );
/** Whether an effective date was read from the text itself; else a page says that it is unverified. */
export const isVerified = (effectiveSource: string | null): boolean =>
  effectiveSource !== null && (effectiveSource.startsWith("text") || effectiveSource === "preface");

/** Articles at hand, by `articleKey`. */
export type Articles = ReadonlyMap<string, CitedArticle>;
/** What one rendering carries along. */
const renderings = new WeakMap<Env, { articles: Articles; sections: number; tables: number }>();
/** Titles of blocks that have none of their own. Content is Chinese whatever the interface's language. */
const blocks = { scene: "", think: "先想一想", trap: "常见误解", note: "请注意" } as const;
export type Block = keyof typeof blocks;
/** Whether content may open such a block. */
export const isBlock = (name: string): name is Block => name in blocks;

const markdown = new MarkdownIt({ html: false });
const { escapeHtml } = markdown.utils;
const Inline = markdown.inline.State;
const cjk = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef“”‘’—…]/u;
/** Emphasis beside Chinese signs: CommonMark's flanking rules know words by blanks, which Chinese has none of. */
markdown.inline.State = class extends Inline {
  override scanDelims(start: number, canSplitWord: boolean): ReturnType<InstanceType<typeof Inline>["scanDelims"]> {
    const scanned = super.scanDelims(start, canSplitWord);
    const [last, next] = [this.src[start - 1] ?? " ", this.src[start + scanned.length] ?? " "];
    if (this.src[start] !== "*" || !(cjk.test(last) || cjk.test(next))) return scanned;
    return { ...scanned, can_open: next.trim() !== "", can_close: last.trim() !== "" };
  }
};
markdown.inline.ruler.before("link", "mention", (state, silent) => {
  const mention = mentionAt(state.src, state.pos);
  if (mention === null || mention.is === "malformed") return false;
  if (!silent) state.push("mention", "", 0).content = mention.raw;
  state.pos += mention.raw.length;
  return true;
});
const mentionHtml = (mention: Mention, articles: Articles): string => {
  if (mention.is === "named") return `《${escapeHtml(mention.name)}》`;
  if (mention.is === "malformed") return escapeHtml(mention.raw);
  const { citation, short } = mention;
  const article = articles.get(articleKey(citation));
  const words = escapeHtml(short ? placeWords(citation, article) : citationWords(citation, article));
  return article === undefined ? words : `<a class="cite" href="${statutePath(citation)}">${words}</a>`;
};
markdown.renderer.rules["mention"] = (tokens, at, _options, env) => {
  const mention = mentionAt(tokens[at]?.content ?? "", 0);
  return mention === null ? "" : mentionHtml(mention, (env && renderings.get(env)?.articles) ?? new Map());
};
/** Sections have anchors, by which reading is resumed. */
markdown.renderer.rules["heading_open"] = (tokens, at, _options, env) => {
  const token = tokens[at];
  const rendering = env && renderings.get(env);
  if (token?.tag !== "h2" || !rendering) return `<${token?.tag ?? "p"}>`;
  return `<h2 id="s${++rendering.sections}">`;
};
/** A table scrolls by itself; each region has a name of its own. */
markdown.renderer.rules["table_open"] = (_tokens, _at, _options, env) => {
  const rendering = env && renderings.get(env);
  return `<div class="scroll" tabindex="0" role="region" aria-label="表格${rendering ? ++rendering.tables : ""}"><table>\n`;
};
markdown.renderer.rules["table_close"] = () => "</table></div>\n";
for (const [name, words] of Object.entries(blocks)) {
  const render: RendererRule = (tokens, at, _options, env) => {
    const token = tokens[at];
    const opens = token?.nesting === 1;
    const title = token?.info.trim().slice(name.length).trim() || words;
    const shown = title === "" ? "" : markdown.renderInline(title, env);
    if (name === "think") return opens ? `<details class="think"><summary>${shown}</summary>\n` : "</details>\n";
    const tag = name === "scene" ? "div" : "aside";
    return opens
      ? `<${tag} class="${name}">\n${shown === "" ? "" : `<p class="block-title"><strong>${shown}</strong></p>\n`}`
      : `</${tag}>\n`;
  };
  container(markdown, name, { render });
}

/** Markdown of content as HTML: no raw HTML, citations as links to their articles, sections with anchors s1, s2, … */
export const renderMarkdown = (articles: Articles, source: string): string => {
  const env: Env = {};
  renderings.set(env, { articles, sections: 0, tables: 0 });
  // In a table a bar parts cells, so the one within a mention is written otherwise before tables are read.
  return markdown.render(source.replace(/\|short\}\}/g, "~short}}"), env);
};
