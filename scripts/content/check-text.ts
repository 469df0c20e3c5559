/** Checks that hold for every text: citations resolve, quotations are whole or marked, blocks close, typography is Chinese. */
import {
  articleKey,
  citationText,
  isBlock,
  mentionsIn,
  paragraphsOf,
  renderMarkdown,
  unresolved,
  type Articles,
} from "../../src/plugins/statutes/rules.ts";
import { findSlips } from "./law-words.ts";
import type { Problems } from "./problem.ts";
import type { Text } from "./read.ts";

/** Quotations from here on are taken for an article's own words rather than for a term, in signs. */
const quotation = 20;
/** A share of a quotation's six-sign pieces found in one article: it means to quote it. */
const resembles = 0.7;

const checkMentions = (text: Text, articles: Articles, problems: Problems): void => {
  const mentions = mentionsIn(text.text);
  const bare = text.text.replace(/\{\{[^{}]*\}\}/g, (m) => " ".repeat(m.length));
  for (const stray of bare.matchAll(/\{\{|\}\}/g)) problems.error(text.file, text.line(stray.index), "双花括号没有成对");
  for (const mention of mentions) {
    const line = text.line(mention.at);
    if (mention.is === "malformed") problems.error(text.file, line, `看不懂的引用 ${mention.raw}`);
    else if (mention.is === "named") {
      const after = text.text.slice(mention.at + mention.raw.length, mention.at + mention.raw.length + 14);
      const before = text.text.slice(Math.max(0, mention.at - 8), mention.at);
      if (
        /^[^。；，、）]{0,4}(第[零一二三四五六七八九十百千\d]+[条款]|“|规定：)/.test(after) ||
        /第[零一二三四五六七八九十百千\d]+条$/.test(before)
      )
        problems.error(text.file, line, `${mention.name} 不在手边的法律之列：只可点名，不可引条文或者原话`);
      if ([...articles.values()].some((a) => a.shortTitle === mention.name || a.title === mention.name))
        problems.error(text.file, line, `${mention.name} 就在手边的法律里，请引条文`);
    } else {
      const article = articles.get(articleKey(mention.citation));
      if (article === undefined)
        problems.error(text.file, line, `courses/statutes 里没有 ${citationText(mention.citation)}（先运行 npm run cite）`);
      else {
        const lacking = unresolved(mention.citation, article);
        if (lacking !== null)
          problems.error(
            text.file,
            line,
            `${article.shortTitle}${article.label}没有所引的${lacking === "paragraph" ? "款" : "项"}：${citationText(mention.citation)}`,
          );
      }
    }
  }
  // Law that is told by number without a citation that can be followed.
  for (const loose of bare.matchAll(/《[^》]{2,30}》第[零一二三四五六七八九十百千\d]+条/g))
    problems.error(text.file, text.line(loose.index), `${loose[0]}：条文要用 {{…}} 引用`);
};

const bone = (words: string) => words.replace(/[\s，。；：、！？“”‘’（）《》…]/g, "");
const checkQuotations = (text: Text, articles: Articles, problems: Problems): void => {
  const cited = new Map(
    mentionsIn(text.text).flatMap((m) =>
      m.is === "citation" && articles.has(articleKey(m.citation))
        ? [[articleKey(m.citation), articles.get(articleKey(m.citation))] as const]
        : [],
    ),
  );
  let at = 0;
  for (const paragraph of text.text.split(/\n(?=\s*\n)/)) {
    for (const quote of paragraph.matchAll(/“([^“”]+)”|^>\s?(.+)$/gm)) {
      const words = bone((quote[1] ?? quote[2] ?? "").replace(/\{\{[^{}]*\}\}/g, ""));
      if (words.length < quotation) continue;
      const line = text.line(at + quote.index);
      for (const article of cited.values()) {
        if (article === undefined) continue;
        const whole = bone(article.text);
        if (whole.includes(words)) {
          const units = paragraphsOf(article.text).flatMap((p) => [
            p.text,
            ...p.items.map((i) => i.replace(/^（[^）]*）/, "")),
            [p.text, ...p.items].join(""),
          ]);
          const sentences = units.flatMap((u) => u.split(/(?<=。)/));
          if (![...units, ...sentences, article.text].some((u) => bone(u) === words) && !paragraph.includes("节录"))
            problems.error(text.file, line, `引了${article.shortTitle}${article.label}的半句话，没有注明“节录”`);
          break;
        }
        const pieces = Array.from({ length: words.length - 5 }, (_, n) => words.slice(n, n + 6));
        if (pieces.filter((p) => whole.includes(p)).length >= pieces.length * resembles)
          problems.hint(
            text.file,
            line,
            `这句话像是引${article.shortTitle}${article.label}，但与原文不同：“${(quote[1] ?? quote[2] ?? "").slice(0, 30)}…”`,
          );
      }
    }
    at += paragraph.length + 1;
  }
};

const checkMarkdown = (text: Text, articles: Articles, problems: Problems): void => {
  const lines = text.text.split("\n");
  let open: number | null = null;
  let offset = 0;
  for (const line of lines) {
    const at = text.line(offset);
    const block = /^:::\s*(.*)$/.exec(line);
    if (block) {
      const name = (block[1] ?? "").trim().split(/\s+/)[0] ?? "";
      if (name === "") {
        if (open === null) problems.error(text.file, at, "多了一个 :::");
        open = null;
      } else {
        if (open !== null) problems.error(text.file, at, "上一个 ::: 块还没有关上");
        if (!isBlock(name)) problems.error(text.file, at, `没有 ${name} 这种块：只有 scene、think、trap、note`);
        open = offset;
      }
    }
    if (/^#\s/.test(line)) problems.error(text.file, at, "小标题从 ## 开始");
    if (/<\/?[a-z][^>]*>/i.test(line)) problems.error(text.file, at, "不能用 HTML");
    for (const image of line.matchAll(/!\[([^\]]*)\]\(/g)) {
      if ((image[1] ?? "").trim() === "") problems.error(text.file, at, "图片没有替代文字");
      if (text.kind !== "lesson") problems.error(text.file, at, "图片只能放在课时里");
    }
    offset += line.length + 1;
  }
  if (open !== null) problems.error(text.file, text.line(open), "::: 块没有关上");
  const html = renderMarkdown(articles, text.text);
  for (const left of html.matchAll(/\*\*|(?<!\w)__|:::|\[[^\]]*\]\([^)]*\)/g))
    problems.error(
      text.file,
      text.line(0),
      `Markdown 没有排出来：${html.slice(Math.max(0, left.index - 12), left.index + 12).replace(/\n/g, " ")}`,
    );
};

const checkTypography = (text: Text, problems: Problems): void => {
  const bare = text.text.replace(/\{\{[^{}]*\}\}/g, (m) => "〇".repeat(m.length)).replace(/^\|[\s:|-]+\|$/gm, (m) => " ".repeat(m.length));
  for (const half of bare.matchAll(/[\u4e00-\u9fff][,;:?!][\u4e00-\u9fff“”]|[\u4e00-\u9fff]\([^)]*\)|"[^"]*[\u4e00-\u9fff][^"]*"/g))
    problems.error(text.file, text.line(half.index), `半角标点：${half[0].slice(0, 20)}`);
  for (const gap of bare.matchAll(/[\u4e00-\u9fff] [\u4e00-\u9fff]/g))
    if (!/^:::|^#|^\d+\. /m.test(bare.slice(bare.lastIndexOf("\n", gap.index) + 1, gap.index + 1)))
      problems.hint(text.file, text.line(gap.index), `汉字之间的空格：${gap[0]}`);
};

/** @param around what stands around a short text (a question's explanation around its options) */
export const checkText = (text: Text, around: string, articles: Articles, problems: Problems): void => {
  checkMentions(text, articles, problems);
  if (["lesson", "case", "explanation"].includes(text.kind)) {
    checkQuotations(text, articles, problems);
    checkMarkdown(text, articles, problems);
  }
  checkTypography(text, problems);
  for (const { at, words, level } of findSlips(text.text, around)) problems[level](text.file, text.line(at), words);
};
