import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  chineseNumber,
  chineseValue,
  citationText,
  citationWords,
  citationsIn,
  diffArticles,
  mentionsIn,
  paragraphsOf,
  parseCitation,
  placeWords,
  renderMarkdown,
  statutePath,
  unresolved,
  versionOn,
  type Citation,
  type CitedArticle,
} from "../../../src/plugins/statutes/rules.ts";

const citation = fc
  .record({
    statute: fc.stringMatching(/^[a-z][a-z0-9]{1,12}(-[a-z0-9]{1,6})?$/),
    version: fc
      .date({ min: new Date("1950-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
      .map((d) => d.toISOString().slice(0, 10)),
    number: fc.integer({ min: 1, max: 1260 }),
    sub: fc.integer({ min: 0, max: 20 }),
    place: fc.option(fc.record({ paragraph: fc.integer({ min: 1, max: 20 }), item: fc.option(fc.integer({ min: 1, max: 99 })) })),
  })
  .map(({ place, ...ref }): Citation => ({ ...ref, paragraph: place?.paragraph ?? null, item: place?.item ?? null }));
const article: CitedArticle = {
  statute: "xingzhengchufafa",
  version: "2021-01-22",
  number: 33,
  sub: 0,
  label: "第三十三条",
  title: "中华人民共和国行政处罚法",
  shortTitle: "行政处罚法",
  effective: "2021-07-15",
  effectiveSource: "text",
  text: "第一款。\n第二款，有下列情形：\n（一）甲；\n（二）乙。\n第三款。",
};
const articles = new Map([["xingzhengchufafa@2021-01-22#33", article]]);

test("a citation is read back as it was written, in braces too", () => {
  fc.assert(
    fc.property(citation, fc.boolean(), (c, short) => {
      expect(parseCitation(citationText(c))).toEqual(c);
      expect(mentionsIn(`前{{${citationText(c)}${short ? "|short" : ""}}}后`)).toMatchObject([
        { is: "citation", citation: c, short, at: 1 },
      ]);
    }),
  );
});
test("what is no citation is not taken for one", () => {
  for (const wrong of [
    "",
    "a#1",
    "a@2021-01-22",
    "a@2021-01-22#0",
    "a@2021-01-22#01",
    "a@2021-01-22#3.0",
    "A@2021-01-22#3",
    "a@2021-1-22#3",
    "a@2021-01-22#3-",
    "a@2021-01-22#3.1.2.3",
  ])
    expect(parseCitation(wrong), wrong).toBeNull();
  fc.assert(
    fc.property(fc.string(), (any) => {
      const c = parseCitation(any);
      if (c) expect(citationText(c)).toBe(any);
    }),
  );
});
test("Chinese numerals count as statutes do, and back", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9999 }), (n) => {
      expect(chineseValue(chineseNumber(n))).toBe(n);
    }),
  );
  expect([10, 12, 20, 101, 110, 1198, 1001].map(chineseNumber)).toEqual([
    "十",
    "十二",
    "二十",
    "一百零一",
    "一百一十",
    "一千一百九十八",
    "一千零一",
  ]);
  for (const wrong of ["", "一十", "百", "十十", "一二", "甲"]) expect(chineseValue(wrong), wrong).toBeNull();
});
test("an item is counted within the paragraph that it follows", () => {
  expect(paragraphsOf(article.text)).toEqual([
    { text: "第一款。", items: [] },
    { text: "第二款，有下列情形：", items: ["（一）甲；", "（二）乙。"] },
    { text: "第三款。", items: [] },
  ]);
  const at = (text: string) => unresolved(parseCitation(text) as Citation, article);
  expect(at("xingzhengchufafa@2021-01-22#33")).toBeNull();
  expect(at("xingzhengchufafa@2021-01-22#33.2.2")).toBeNull();
  expect(at("xingzhengchufafa@2021-01-22#33.2.3")).toBe("item");
  expect(at("xingzhengchufafa@2021-01-22#33.4")).toBe("paragraph");
});
test("a citation is worded as lawyers word it", () => {
  const words = (text: string, of: CitedArticle | undefined = article) => citationWords(parseCitation(text) as Citation, of);
  expect(words("xingzhengchufafa@2021-01-22#33.2.2")).toBe("《行政处罚法》第三十三条第二款第（二）项");
  expect(words("xingfa@2023-12-29#37-1.1", { ...article, shortTitle: "刑法" })).toBe("《刑法》第三十七条之一第一款");
  expect(placeWords(parseCitation("a@2021-01-22#7.1.2") as Citation, { text: "只有一款：\n（一）甲；\n（二）乙。" })).toBe(
    "第七条第（二）项",
  );
});
test("content becomes HTML with links to its articles, and no raw HTML", () => {
  const html = renderMarkdown(
    articles,
    ":::scene\n晚上。\n:::\n\n## 小题\n\n**“够格”**的人（{{xingzhengchufafa@2021-01-22#33.1}}、{{xingzhengchufafa@2021-01-22#33.2.1|short}}）。\n\n:::think 能吗？\n不能。{{named:某办法}}\n:::\n\n<script>alert(1)</script> [x](javascript:alert(1))",
  );
  expect(html).toContain(`<div class="scene">`);
  expect(html).toContain(`<h2 id="s1">小题</h2>`);
  expect(html).toContain("<strong>“够格”</strong>的人");
  expect(html).toContain(`<a class="cite" href="/statutes/xingzhengchufafa/2021-01-22/33#k1">《行政处罚法》第三十三条第一款</a>`);
  expect(html).toContain(`#k2-1">第三十三条第二款第（一）项</a>`);
  expect(html).toContain(`<details class="think"><summary>能吗？</summary>`);
  expect(html).toContain("《某办法》");
  expect(html).not.toContain("<script");
  expect(html).not.toContain('href="javascript:');
});
test("a short citation in a table does not part its cell", () => {
  const html = renderMarkdown(articles, "| 甲 | 乙 |\n| --- | --- |\n| 一 | {{xingzhengchufafa@2021-01-22#33|short}} |");
  expect(html.match(/<td>/g)).toHaveLength(2);
  expect(html).toContain(">第三十三条</a></td>");
});
test("the citations of texts come once each, in order", () => {
  expect(citationsIn("{{b@2021-01-22#2}} {{a@2021-01-22#1.1|short}}", "{{b@2021-01-22#2}} {{named:某法}} {{broken}}")).toEqual([
    "b@2021-01-22#2",
    "a@2021-01-22#1.1",
  ]);
  expect(statutePath({ statute: "a", version: "2021-01-22", number: 3, sub: 1, paragraph: null, item: null })).toBe(
    "/statutes/a/2021-01-22/3-1",
  );
});
test("versions differ by article; blanks do not count; an excerpt lacks without meaning it", () => {
  const one = [
    { number: 1, sub: 0, text: "甲 乙" },
    { number: 2, sub: 0, text: "丙" },
  ];
  const two = [
    { number: 1, sub: 0, text: "甲乙" },
    { number: 2, sub: 0, text: "丁" },
    { number: 3, sub: 0, text: "新" },
  ];
  expect(diffArticles(one, two, false)).toEqual([
    { number: 2, sub: 0, change: "changed" },
    { number: 3, sub: 0, change: "added" },
  ]);
  expect(diffArticles(one, two, true)).toEqual([{ number: 2, sub: 0, change: "changed" }]);
  expect(diffArticles(two, one, false)).toEqual([
    { number: 2, sub: 0, change: "changed" },
    { number: 3, sub: 0, change: "removed" },
  ]);
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.record({ number: fc.integer({ min: 1, max: 50 }), sub: fc.constant(0), text: fc.string() }), {
        selector: (a) => a.number,
      }),
      (list) => {
        expect(diffArticles(list, list, false)).toEqual([]);
      },
    ),
  );
});
test("of the versions at hand, the one in force on a day", () => {
  const versions = [
    { version: "2017-09-01", effective: "2018-01-01" },
    { version: "2021-01-22", effective: "2021-07-15" },
    { version: "2030-01-01", effective: null },
  ];
  const on = (day: string) => versionOn(versions, day)?.version ?? null;
  expect([on("2017-12-31"), on("2018-01-01"), on("2021-07-14"), on("2021-07-15"), on("2029-12-31"), on("2030-01-01")]).toEqual([
    null,
    "2017-09-01",
    "2017-09-01",
    "2021-01-22",
    "2021-01-22",
    "2030-01-01",
  ]);
});
