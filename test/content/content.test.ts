/** The checks of course files: each rule of courses/README.md and of what writers get wrong is broken once, and found with file and line. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { builtCourse } from "../../scripts/content-bundle.ts";
import { checkCourse } from "../../scripts/content/check-course.ts";
import { findSlips } from "../../scripts/content/law-words.ts";
import { Problems } from "../../scripts/content/problem.ts";
import { readCourses } from "../../scripts/content/read.ts";
import { renderMarkdown } from "../../src/plugins/statutes/rules.ts";
import { articlesOf, takeArticles, type CitedStatute } from "../../scripts/content/statutes.ts";

const made: string[] = [];
afterAll(async () => Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true }))));

const statutes: CitedStatute[] = [
  {
    id: "fa",
    version: "2021-01-22",
    title: "中华人民共和国某某法",
    shortTitle: "某某法",
    category: "法律",
    issuer: "会",
    effective: "2021-07-15",
    effectiveSource: "text",
    articles: [
      {
        number: 1,
        sub: 0,
        label: "第一条",
        text: "违法行为在二年内未被发现的，不再给予行政处罚；涉及公民生命健康安全且有危害后果的，期限延长至五年。\n前款规定的期限，从违法行为发生之日起计算。",
      },
      { number: 2, sub: 0, label: "第二条", text: "有下列情形的：\n（一）甲；\n（二）乙。" },
    ],
  },
];
const C = "{{fa@2021-01-22#1}}";
/** About ten minutes: 2,400 signs and two decisions. */
const prose = "他把材料交给科长看了一遍又一遍。".repeat(160);
const lesson = (body: string, head = "minutes: 10\nchecks: [a-1, a-2, a-3]") => `---\nid: a\ntitle: 课\n${head}\n---\n${body}`;
const goodBody = `:::scene\n一天晚上。\n:::\n\n${prose}${C}\n\n## 小题\n\n:::think 能吗？\n不能。\n:::\n\n:::think 再想想？\n好。\n:::\n\n:::trap 误解\n不对。\n:::\n`;
const option = ["去现场看一看再定下一步", "先电话问清楚对方的说法", "报告负责人之后再去现场", "把材料退回去请他们补正"];
const question = (id: string, n: number, over = "") =>
  over ||
  `- id: ${id}\n  use: ${id.startsWith("a-") ? "check" : "exam"}\n  lesson: a\n  topic: t\n  type: single\n  difficulty: 1\n  stem: 第${n}个情形，怎么办？\n  options:\n    A: ${option[n % 4]}\n    B: ${option[(n + 1) % 4]}\n    C: ${option[(n + 2) % 4]}\n    D: ${option[(n + 3) % 4]}\n  answer: ${"ABCD"[n % 4]}\n  explanation: 因为${C}\n`;
const questions = (...more: string[]) =>
  [
    ...["a-1", "a-2", "a-3"].map((id, n) => question(id, n)),
    ...Array.from({ length: 30 }, (_, n) => question(`e${n}`, n + 3)),
    ...more,
  ].join("");
const story = `id: s\ntitle: 案\nrole: 你\nstart: a\nstate: { seen: false }\nscenes:\n${["a", "b", "c", "d", "e"].map((id, n) => `  - id: ${id}\n    title: ${id}\n    text: 场景\n    choices:\n      - { text: 走, to: ${"bcdef"[n]}${id === "a" ? ", set: { seen: true }" : ""} }\n${id === "a" ? "      - { text: 绕, to: b }\n" : ""}`).join("")}  - id: f\n    title: f\n    text: 场景\n    choices:\n      - { text: 好, to: good, when: { seen: true } }\n      - { text: 坏, to: bad }\nendings:\n  - { id: good, title: 好, grade: lawful, text: "依法${C}" }\n  - { id: bad, title: 坏, grade: unlawful, text: "违法{{fa@2021-01-22#2.1.1}}" }\n`;

/** What the checks say of a course with some files other than the good ones. */
const problemsOf = async (files: Record<string, string> = {}): Promise<string[]> => {
  const root = await mkdtemp(join(tmpdir(), "courses-"));
  made.push(root);
  const all: Record<string, string> = {
    "ke/course.yaml": "id: ke\ntitle: 课程\naudience: 大家\nsummary: 简介\nhours: 2\ntopics: { t: 主题 }\nlessons: [a]\ncases: [s, s2]\n",
    "ke/lessons/a.md": lesson(goodBody),
    "ke/questions/q.yaml": questions(),
    "ke/cases/s.yaml": story,
    "ke/cases/s2.yaml": story.replace("id: s\n", "id: s2\n"),
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  const problems = new Problems();
  for (const course of await readCourses(root, root, problems)) checkCourse(course, articlesOf(statutes), problems);
  return problems.list.map((p) => `${p.level} ${p.file}:${p.line} ${p.words}`);
};
const finds = async (files: Record<string, string>, what: string, where?: string) => {
  const found = (await problemsOf(files)).filter((line) => line.includes(what));
  expect(found, what).not.toEqual([]);
  if (where !== undefined) expect(found.join("\n")).toContain(where);
};

test("a lesson's picture goes with it, so that a version keeps its own", async () => {
  const files = { "ke/lessons/a.md": lesson(`${goodBody}\n![流程图](images/a.png)\n`), "ke/images/a.png": "x" };
  expect(await problemsOf(files)).toEqual([]);
  const root = made.at(-1) ?? "";
  const [course] = await readCourses(root, root, new Problems());
  if (course === undefined) throw new Error("no course");
  const markdown = builtCourse(course).lessons[0]?.markdown ?? "";
  expect(renderMarkdown(articlesOf(statutes), markdown)).toContain('<img src="data:image/png;base64,eA==" alt="流程图">');
});

test("a good course has no problem", async () => expect(await problemsOf()).toEqual([]));

test("files that do not fit are named with their line", async () => {
  await finds({ "ke/questions/q.yaml": questions("- id: x\n  : :\n") }, "", "ke/questions/q.yaml:");
  await finds({ "ke/course.yaml": "id: ke\ntitle: 课程\n" }, "audience");
  await finds(
    { "ke/questions/q.yaml": questions(question("x", 1).replace("difficulty: 1", "difficulty: 9")) },
    "difficulty",
    "ke/questions/q.yaml:468",
  );
  await finds({ "ke/lessons/a.md": lesson(goodBody, "minutes: 10\nchecks: [a-1, a-2]") }, "checks", "ke/lessons/a.md:5");
  await finds({ "ke/lessons/a.md": goodBody }, "以 --- 之间");
});

test("citations resolve, to the paragraph and the item", async () => {
  const with_ = (text: string) => ({ "ke/lessons/a.md": lesson(`${goodBody}\n${text}\n`) });
  const line = 6 + goodBody.split("\n").length;
  await finds(with_("看{{fa@2021-01-22#9}}"), "没有 fa@2021-01-22#9", `a.md:${line + 1}`);
  await finds(with_("看{{fa@2021-01-22#1.3}}"), "没有所引的款");
  await finds(with_("看{{fa@2021-01-22#2.1.3}}"), "没有所引的项");
  await finds(with_("看{{fa@2021-01-22}}"), "看不懂的引用");
  await finds(with_("看{{fa@2021-01-22#1"), "没有成对");
  await finds(with_("看《某某法》第三条"), "要用 {{…}} 引用");
  await finds({ "ke/questions/q.yaml": questions(question("x", 1).replace(`因为${C}`, "因为我说的")) }, "解析没有引用条文");
});

test("what is only named is named twice at most, and neither quoted nor cited", async () => {
  const with_ = (text: string) => ({ "ke/lessons/a.md": lesson(`${goodBody}\n${text}\n`) });
  expect(await problemsOf(with_("看{{named:某办法}}。又看{{named:另一办法}}。"))).toEqual([]);
  await finds(with_("{{named:甲}}，{{named:乙}}，{{named:丙}}。"), "最多点名两处");
  await finds(with_("按{{named:某办法}}第三条。"), "只可点名");
  await finds(with_("按{{named:某办法}}：“不得收费”。"), "只可点名");
  await finds(with_("按{{named:某某法}}办。"), "就在手边的法律里");
  await finds(
    { "ke/questions/q.yaml": questions(question("x", 0).replace(`A: ${option[0]}`, "A: 按{{named:某办法}}办理手续")) },
    "不能作答案",
  );
});

test("Markdown is whole: blocks close, images speak, no HTML", async () => {
  const with_ = (text: string) => ({ "ke/lessons/a.md": lesson(`${goodBody}\n${text}\n`) });
  await finds(with_(":::think 还没完"), "没有关上");
  await finds(with_(":::box\n里\n:::"), "没有 box 这种块");
  await finds(with_(":::"), "多了一个");
  await finds(with_("# 大标题"), "从 ## 开始");
  await finds(with_("<b>粗</b>"), "不能用 HTML");
  await finds(with_("![](images/a.png)"), "替代文字", "ke/lessons/a.md:");
  await finds(with_("![图](images/none.png)"), "没有图片 images/none.png", "ke/lessons/a.md:");
  await finds({ "ke/images/a.bmp": "" }, "png、jpg 或 webp", "ke/images/a.bmp:1");
  await finds({ "ke/images/a.png": "x".repeat(60_001) }, "最多 60 kB", "ke/images/a.png:1");
  await finds({ "ke/cases/s.yaml": story.replace("text: 场景", "text: 场景![图](images/a.png)") }, "图片只能放在课时里");
  await finds(with_("他说:“好”"), "半角标点");
});

test("a lesson opens with a situation, takes its minutes and ends with its own checks", async () => {
  await finds({ "ke/lessons/a.md": lesson(goodBody.replace(/^:::scene[\s\S]*?:::\n/, "")) }, "从情境");
  await finds({ "ke/lessons/a.md": lesson(goodBody, "minutes: 14\nchecks: [a-1, a-2, a-3]") }, "写的是 14 分钟");
  await finds({ "ke/lessons/a.md": lesson(goodBody.replace(prose, "短。")) }, "8 到 15 分钟");
  await finds({ "ke/lessons/a.md": lesson(goodBody, "minutes: 10\nchecks: [a-1, a-2, e1]") }, "e1 不是这一课的小测题");
  await finds(
    {
      "ke/course.yaml":
        "id: ke\ntitle: 课程\naudience: 大家\nsummary: 简介\nhours: 2\ntopics: { t: 主题 }\nlessons: [a, b]\ncases: [s, s2]\n",
    },
    "没有文件 lessons/b",
    "course.yaml:7",
  );
});

test("a half-quoted article is marked, and one misquoted is asked about", async () => {
  const quote = (words: string, note = "") => ({ "ke/lessons/a.md": lesson(`${goodBody}\n法律说“${words}”${note}${C}。\n`) });
  const half = "违法行为在二年内未被发现的，不再给予行政处罚；涉及公民生命健康安全";
  await finds(quote(half), "没有注明“节录”");
  expect(await problemsOf(quote(half, "（节录）"))).toEqual([]);
  expect(
    await problemsOf(quote("违法行为在二年内未被发现的，不再给予行政处罚；涉及公民生命健康安全且有危害后果的，期限延长至五年。")),
  ).toEqual([]);
  await finds(quote("违法行为在三年内未被发现的，不再给予行政处罚；涉及公民生命健康安全且有危害后果的"), "与原文不同");
});

test("questions give nothing away", async () => {
  const with_ = (text: string) => ({ "ke/questions/q.yaml": questions(text) });
  const changed = (from: string, to: string) => with_(question("x", 0).replace(from, to));
  await finds(changed("answer: A", "answer: E"), "答案 E 不在选项里");
  await finds(changed(`D: ${option[3]}`, "D: 以上都对"), "“以上都");
  await finds(changed(`A: ${option[0]}`, "A: 五日内去现场看一看再说"), "只有答案带数字");
  await finds(changed(`A: ${option[0]}`, `A: ${option[0]}，并且把每一步都写进笔录里请当事人签字`), "长得多");
  await finds(changed(`B: ${option[1]}`, `B: ${option[0]?.replace("现场", "家里")}`), "只差一个词");
  await finds(changed(`B: ${option[1]}`, "B: 任何情况下一律先罚款"), "绝对化");
  await finds(changed("stem: 第0个情形，怎么办？", "stem: 第0个情形，依照{{fa@2021-01-22#1}}怎么办？"), "题干和选项里不放引用");
  await finds(with_(question("e1", 4)), "已经在");
  await finds({ "ke/questions/q.yaml": questions().replace(/answer: [BCD]/g, "answer: A") }, "答案 A 占");
  const long = Array.from({ length: 12 }, (_, n) =>
    question(`l${n}`, n).replace(`${"ABCD"[n % 4]}: ${option[(2 * n) % 4]}`, `${"ABCD"[n % 4]}: ${option[(2 * n) % 4]}好`),
  ).join("");
  await finds({ "ke/questions/q.yaml": [...["a-1", "a-2", "a-3"].map((id, n) => question(id, n)), long].join("") }, "最长的选项就是答案");
});

test("a case that breaks a rule is found at its line", async () => {
  await finds({ "ke/cases/s.yaml": story.replace("to: c }", "to: nowhere }") }, "没有场景或结局 nowhere", "cases/s.yaml:17");
  await finds({ "ke/cases/s.yaml": story.replace("grade: unlawful", "grade: lawful") }, "法律上不同");
});

test("old names, old numbers, wrong days and wrong parties", () => {
  const found = (text: string) =>
    findSlips(text)
      .map((f) => f.words)
      .join("；");
  const chu = (n: string) => `{{xingzhengchufafa@2021-01-22#${n}}}`;
  expect(found("报公安消防机构处理。")).toContain("消防救援机构");
  expect(found("转给工商局。")).toContain("市场监督管理");
  expect(found("这里过去归工商局管。")).toBe("");
  expect(found(":::trap 老说法\n归工商局管。\n:::")).toBe("");
  expect(found(`当场作出处罚决定（${chu("33")}）。`)).toContain("第五十一条");
  expect(found(`可以不予处罚（${chu("33.1")}）。`)).toBe("");
  expect(found(`重大案件要经法制审核（${chu("38")}）。`)).toContain("第五十八条");
  expect(found(`对公民可以当场处五十元以下罚款（${chu("51")}）。`)).toContain("二百元");
  expect(found(`应当在三日内要求听证（${chu("64")}）。`)).toContain("五日");
  expect(found(`有人员（${chu("42")}），该听证的听证了（${chu("63")}）。`)).toBe("");
  expect(found(`十五个工作日内缴纳（${chu("67")}）。`)).toContain("八十五条");
  expect(found(`在七个自然日内送达（${chu("61")}）。`)).toContain("工作日");
  expect(found("学校要被罚款（{{minbanjiaoyucujinfa@2018-12-29#64}}）。")).toContain("举办者");
  expect(found("对举办者处罚款（{{minbanjiaoyucujinfa@2018-12-29#64}}）。")).toBe("");
  expect(found("不办登记的处罚（{{shehuibaoxianfa@2018-12-29#86}}）。")).toContain("第八十四条");
});

test("cite takes the cited articles alone, and names what a folder lacks", async () => {
  const folder = await mkdtemp(join(tmpdir(), "laws-"));
  made.push(folder);
  const { articles, ...about } = statutes[0] ?? { articles: [] };
  await writeFile(
    join(folder, "fa.2021-01-22.json"),
    JSON.stringify({
      ...about,
      source: {},
      chapters: [{ title: "", articles: [...articles, { number: 3, sub: 0, label: "第三条", section: "节", text: "没人引。" }] }],
    }),
  );
  const ref = (statute: string, number: number) => ({ statute, version: "2021-01-22", number, sub: 0 });
  const taken = await takeArticles(folder, [ref("fa", 2), ref("fa", 9), ref("none", 1)]);
  expect(taken.statutes).toEqual([{ ...about, articles: [articles[1]] }]);
  expect(taken.missing.map((m) => `${m.statute}${m.number}`)).toEqual(["fa9", "none1"]);
});
