/** Checks of a course's parts: its order, its lessons, its cases. */
import { checkCase } from "../../src/plugins/courses/rules.ts";
import { citationsIn, mentionsIn, type Articles } from "../../src/plugins/statutes/rules.ts";
import { checkQuestions } from "./check-questions.ts";
import { checkText } from "./check-text.ts";
import type { Problems } from "./problem.ts";
import { textsOf, type Course, type Lesson } from "./read.ts";

/** Reading: 300 signs a minute, and a minute a decision (courses/README.md). */
const signsAMinute = 300;
const minutesOff = 2;
const fewestExam = 30;
const fewestCases = 2;

/** A picture in a lesson: what it shows in words, and its path in the course's folder. */
export const imagePattern = /!\[([^\]]*)\]\(([^)]*)\)/g;

/** Minutes that a lesson takes by its length: Chinese characters and digits, without punctuation and citations. */
export const minutesOf = (body: string): number =>
  (body.replace(/\{\{[^{}]*\}\}/g, "").match(/[\p{Script=Han}\d]/gu)?.length ?? 0) / signsAMinute +
  (body.match(/^:::think/gm)?.length ?? 0);

const checkLesson = (lesson: Lesson, course: Course, problems: Problems): void => {
  const { head, body, file } = lesson;
  const { id, minutes, checks } = head.value;
  if (!file.endsWith(`/${id}.md`)) problems.error(file, head.line(["id"]), `id ${id} 与文件名不同`);
  if (!body.trimStart().startsWith(":::scene")) problems.error(file, lesson.line(0), "课时要从情境（:::scene）开始");
  for (const check of checks) {
    const question = course.questions.find((q) => q.value.id === check)?.value;
    if (question === undefined) problems.error(file, head.line(["checks"]), `没有题目 ${check}`);
    else if (question.use !== "check" || question.lesson !== id) problems.error(file, head.line(["checks"]), `${check} 不是这一课的小测题`);
  }
  if (new Set(checks).size < checks.length) problems.error(file, head.line(["checks"]), "三道小测题有重复");
  const named = mentionsIn(body).filter((m) => m.is === "named");
  for (const third of named.slice(2)) problems.error(file, lesson.line(third.at), "一课最多点名两处");
  const takes = minutesOf(body);
  if (takes < 8 - 0.5 || takes > 15.5)
    problems.error(file, head.line(["minutes"]), `按长度算要 ${takes.toFixed(1)} 分钟，一课应在 8 到 15 分钟`);
  if (Math.abs(takes - minutes) > minutesOff)
    problems.error(file, head.line(["minutes"]), `写的是 ${minutes} 分钟，按长度算是 ${takes.toFixed(1)} 分钟`);
  if ((body.match(/^:::think/gm)?.length ?? 0) < 2) problems.hint(file, lesson.line(0), "少于两处“先想一想”");
  if (!/^:::trap/m.test(body)) problems.hint(file, lesson.line(0), "没有“常见误解”");
  for (const image of body.matchAll(imagePattern))
    if (!course.images.has(image[2] ?? "")) problems.error(file, lesson.line(image.index), `没有图片 ${image[2] ?? ""}`);
  if (citationsIn(body).length === 0) problems.error(file, lesson.line(0), "没有一处引用");
};

/** All that one course must hold. */
export const checkCourse = (course: Course, articles: Articles, problems: Problems): void => {
  const { value, file, line } = course.file;
  if (value.id !== course.id) problems.error(file, line(["id"]), `id ${value.id} 与文件夹名 ${course.id} 不同`);
  for (const [list, there] of [
    ["lessons", course.lessons.map((l) => l.head.value.id)],
    ["cases", course.cases.map((c) => c.value.id)],
  ] as const) {
    value[list].forEach((id, n) => there.includes(id) || problems.error(file, line([list, n]), `没有文件 ${list}/${id}`));
    for (const id of there) if (!value[list].includes(id)) problems.error(file, line([list]), `${list}/${id} 不在 course.yaml 的顺序里`);
  }
  if (value.lessons.includes("cases")) problems.error(file, line(["lessons"]), "课时的 id 不能叫 cases");
  for (const lesson of course.lessons) checkLesson(lesson, course, problems);
  for (const story of course.cases) {
    if (!story.file.endsWith(`/${story.value.id}.yaml`))
      problems.error(story.file, story.line(["id"]), `id ${story.value.id} 与文件名不同`);
    for (const { at, words } of checkCase(story.value, (text) => citationsIn(text))) problems.error(story.file, story.line(at), words);
    story.value.endings.forEach(
      (ending, n) => citationsIn(ending.text).length > 0 || problems.error(story.file, story.line(["endings", n]), "结局没有引用条文"),
    );
  }
  checkQuestions(course, articles, problems);
  for (const text of textsOf(course)) {
    const question =
      text.kind === "option" || text.kind === "stem" ? course.questions.find((q) => q.value.id === text.of)?.value.explanation : undefined;
    checkText(text, question ?? text.text, articles, problems);
  }
  const exam = course.questions.filter((q) => q.value.use === "exam").length;
  if (exam < fewestExam) problems.error(file, line(["id"]), `只有 ${exam} 道考试题，至少要 ${fewestExam} 道`);
  if (course.cases.length < fewestCases)
    problems.error(file, line(["cases"]), `只有 ${course.cases.length} 个案例，至少要 ${fewestCases} 个`);
};
