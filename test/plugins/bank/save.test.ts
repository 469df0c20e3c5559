/** A question of the bureau's own: what it cites must be there, and no two options are the same. */
import { beforeAll, expect, test } from "vitest";
import { newId, recordId } from "#kernel";
import { browser, count, person, unit } from "../people/world.ts";

const password = "correct-horse-9";
const b = browser();
beforeAll(async () => {
  const author = await person(await unit("试验区教育局", "office", null), { grant: "author", password });
  await b.post("/sign-in", { username: author.login, password });
  const file = new FormData();
  const law = {
    id: "ceshifa",
    title: "测试法",
    shortTitle: "测试法",
    category: "law",
    issuer: "",
    version: "2020-01-01",
    effective: "2020-02-01",
    effectiveSource: null,
    chapters: [{ title: "第一章　总则", articles: [{ number: 1, sub: 0, label: "第一条", text: "只有一款。" }] }],
  };
  file.set("file", new File([JSON.stringify(law)], "law.json"));
  expect((await b.post("/admin/statutes/import", file)).status).toBe(303);
});
const save = async (more: Record<string, string>) => {
  const answer = await b.post("/admin/questions", {
    question: newId(recordId),
    base: "",
    type: "single",
    topic: "bureau/own",
    use: "exam",
    difficulty: "2",
    stem: "下列说法正确的是哪一项？",
    A: "甲",
    B: "乙",
    answer: "A",
    explanation: "依据 {{ceshifa@2020-01-01#1}}。",
    ...more,
  });
  return [answer.status, await answer.text()] as const;
};
test("an article that no statute here has is refused with words, down to its paragraph", async () => {
  for (const citation of ["ceshifa@2020-01-01#2", "ceshifa@2020-01-01#1.7", "meiyoufa@2020-01-01#1", "ceshifa@2019-01-01#1"]) {
    const [status, html] = await save({ explanation: `依据 {{${citation}}}。` });
    expect([status, html.includes(`库里没有 ${citation} 这一条款`)], citation).toEqual([422, true]);
  }
  expect(await count("select count(*) as n from bank_question where owner = 'bureau'")).toBe(0);
});
test("two equal options are refused", async () => {
  const [status, html] = await save({ B: " 甲" });
  expect([status, html.includes("两个选项的内容一样")]).toEqual([422, true]);
});
test("what fits is kept", async () => {
  const [status] = await save({});
  expect([status, await count("select count(*) as n from bank_question where owner = 'bureau'")]).toEqual([303, 1]);
});
test("a file that is no statute is refused in Chinese alone", async () => {
  for (const [content, words] of [
    ["PDF", "文件内容不是 JSON"],
    ["[]", "应当是一组带名称的值"],
    ["{}", "少了一项：id"],
  ] as const) {
    const file = new FormData();
    file.set("file", new File([content], "law.json"));
    const answer = await b.post("/admin/statutes/import", file);
    const html = await answer.text();
    expect([answer.status, html.includes(words)], content).toEqual([422, true]);
    expect(html).not.toMatch(/expected|Invalid|undefined/);
  }
});
