/**
 * `npm run content`: checks everything below courses/ and says file and line; prints what is there. Errors end it with 1;
 * hints are for an author to look at. Laws are taken from courses/statutes alone.
 */
import { join } from "node:path";
import { articleKey, citationsIn, mentionsIn } from "../src/plugins/statutes/rules.ts";
import { checkCourse, minutesOf } from "./content/check-course.ts";
import { Problems } from "./content/problem.ts";
import { readCourses, textsOf, type Course } from "./content/read.ts";
import { articlesOf, nameOf, readCited } from "./content/statutes.ts";
import { run } from "./host/plain.ts";

const root = join(import.meta.dirname, "..");

/** One course as its author wants to see it. */
function inventory(course: Course): string {
  const { title, hours } = course.file.value;
  const questions = course.questions.map((q) => q.value);
  const count = (use: "check" | "exam") =>
    ["single", "multiple", "truefalse"]
      .map(
        (type) =>
          `${{ single: "单选", multiple: "多选", truefalse: "判断" }[type]} ${questions.filter((q) => q.use === use && q.type === type).length}`,
      )
      .join("、");
  const difficulty = [1, 2, 3].map((d) => questions.filter((q) => q.use === "exam" && q.difficulty === d).length).join("/");
  const cited = citationsIn(...textsOf(course).map((t) => t.text));
  const lines = [
    `${title}（${course.id}，${hours} 学时）`,
    `  ${course.lessons.length} 课，${course.cases.length} 个案例，${questions.length} 题，${cited.length} 处引用（${new Set(cited.map((c) => c.split("@")[0])).size} 部法律）`,
    `  小测：${count("check")}；考试：${count("exam")}（易/中/难 ${difficulty}）`,
    ...course.lessons.map(
      ({ head, body }) =>
        `    ${head.value.id}  ${head.value.title}  ${head.value.minutes} 分钟（按长度 ${minutesOf(body).toFixed(1)}），引用 ${citationsIn(body).length} 处`,
    ),
    ...course.cases.map(({ value }) => `    ${value.id}  ${value.title}  ${value.scenes.length} 个场景，${value.endings.length} 个结局`),
  ];
  return lines.join("\n");
}

run(async () => {
  const problems = new Problems();
  const folder = join(root, "courses");
  const statutes = await readCited(join(folder, "statutes"));
  const articles = articlesOf(statutes);
  const courses = await readCourses(root, folder, problems);
  for (const course of courses) checkCourse(course, articles, problems);
  const cited = new Set(
    courses
      .flatMap((c) => textsOf(c))
      .flatMap((t) => mentionsIn(t.text))
      .flatMap((m) => (m.is === "citation" ? [articleKey(m.citation)] : [])),
  );
  for (const [key, article] of articles)
    if (!cited.has(key))
      problems.error(
        `courses/statutes/${nameOf({ id: article.statute, version: article.version })}`,
        1,
        `没有课程引用${article.label}（重新运行 npm run cite）`,
      );

  const order = problems.list.toSorted((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
  for (const { level, file, line, words } of order)
    process.stdout.write(`${file}:${line} ${level === "error" ? "错误" : "提示"} ${words}\n`);
  const unverified = statutes.filter((s) => s.effectiveSource === "memory" || s.effectiveSource === null);
  process.stdout.write(
    `${courses.map(inventory).join("\n")}\n法律：${statutes.length} 部的文本，${articles.size} 条；施行日期未核实的 ${unverified.length} 部${unverified.length > 0 ? `：${unverified.map((s) => s.shortTitle).join("、")}` : ""}\n`,
  );
  process.stdout.write(`${problems.errors.length} 个错误，${problems.list.length - problems.errors.length} 个提示\n`);
  if (problems.errors.length > 0) process.exitCode = 1;
});
