/** Checks of questions: right in form, cited, and not to be guessed by who has not learnt. */
import { citationsIn, mentionsIn, type Articles } from "../../src/plugins/statutes/rules.ts";
import type { QuestionFile } from "../../src/plugins/courses/input.ts";
import type { Problems } from "./problem.ts";
import type { Course, Placed } from "./read.ts";

const allOrNone = /以上(都|皆|全|均)|以上(说法|选项)?(都|均)?(对|错|不对|不正确|正确)|(A|B|C|D)(和|与|、)(A|B|C|D)(都|均)/;
const absolute = /一律|任何情况下?|绝对|永远|必然|无论如何|完全不|从不|唯一|只要.*就(可以|行)/;
const number = /\d|[一二三四五六七八九十百千万两]+(日|天|个|月|年|倍|元|人|次|周岁|小时|学时|分钟)/;
/** How often, at the most, the longest option may be the key of single choices; chance alone is a quarter. */
const longestIsKey = 0.4;
/** A key this much longer than the next gives itself away. */
const muchLonger = 1.5;
const oneLetter = 0.45;
const truths = [0.3, 0.7] as const;

const bare = (text: string) => text.replace(/\{\{[^{}]*\}\}/g, "");
/** What two texts do not share at beginning and end. */
const middles = (a: string, b: string): [string, string] => {
  let from = 0;
  while (from < Math.min(a.length, b.length) && a[from] === b[from]) from++;
  let to = 0;
  while (to < Math.min(a.length, b.length) - from && a[a.length - 1 - to] === b[b.length - 1 - to]) to++;
  return [a.slice(from, a.length - to), b.slice(from, b.length - to)];
};
/** Two options that differ in one word: the rest is as long as ten signs, what differs at most two. */
const differInOneWord = (a: string, b: string): boolean => {
  const [x, y] = middles(a, b);
  return Math.max(x.length, y.length) <= 2 && Math.min(a.length, b.length) >= 10;
};

const checkOptions = (question: Placed<Exclude<QuestionFile, { type: "truefalse" }>>, problems: Problems): void => {
  const { file, line, value } = question;
  const options = Object.entries(value.options).map(([key, text]) => [key, bare(text)] as const);
  const keys = [...value.answer];
  for (const key of keys) if (value.options[key] === undefined) problems.error(file, line(["answer"]), `答案 ${key} 不在选项里`);
  if (new Set(keys).size < keys.length || keys.toSorted().join("") !== value.answer)
    problems.error(file, line(["answer"]), "答案的字母要按顺序，不重复");
  if (options.map(([key]) => key).join("") !== "ABCDEFGH".slice(0, options.length))
    problems.error(file, line(["options"]), "选项要从 A 起依次排列");
  if (options.length < (value.type === "single" ? 3 : 4)) problems.error(file, line(["options"]), `只有 ${options.length} 个选项`);
  if (value.type === "multiple" && keys.length < 2) problems.error(file, line(["answer"]), "多选题至少两个答案");
  for (const [key, text] of options) {
    if (allOrNone.test(text)) problems.error(file, line(["options", key]), `选项 ${key}：“${allOrNone.exec(text)?.[0]}”`);
    if (absolute.test(text) && !keys.includes(key))
      problems.hint(file, line(["options", key]), `错误选项 ${key} 用了绝对化的词“${absolute.exec(text)?.[0]}”，容易被猜出`);
    if (keys.includes(key) && mentionsIn(value.options[key] ?? "").some((m) => m.is === "named"))
      problems.error(file, line(["options", key]), "点名的规定不能作答案");
    for (const [other, words] of options)
      if (other > key && differInOneWord(text, words)) problems.error(file, line(["options", other]), `选项 ${key} 与 ${other} 只差一个词`);
    if (options.some(([other, words]) => other > key && words === text))
      problems.error(file, line(["options", key]), `选项 ${key} 与另一个相同`);
  }
  if (value.type === "single") {
    const numbered = options.filter(([, text]) => number.test(text));
    if (numbered.length === 1 && numbered[0]?.[0] === value.answer)
      problems.error(file, line(["options", value.answer]), "只有答案带数字，容易被猜出");
    const lengths = options.map(([, text]) => text.length).toSorted((a, b) => b - a);
    const own = bare(value.options[value.answer] ?? "").length;
    if (own === lengths[0] && own >= (lengths[1] ?? 0) * muchLonger && own > 12)
      problems.error(file, line(["options", value.answer]), "答案比别的选项长得多");
  }
};

const checkTogether = (course: Course, problems: Problems): void => {
  const { file, line } = course.file;
  const all = course.questions.map((q) => q.value);
  const singles = all.filter((q) => q.type === "single");
  const percent = (part: number, whole: number) => `${Math.round((part / whole) * 100)}%`;
  const telling = singles.filter((q) => {
    const [first, second] = Object.entries(q.options)
      .map(([key, text]) => ({ key, length: bare(text).length }))
      .toSorted((a, b) => b.length - a.length);
    return first?.key === q.answer && first.length > (second?.length ?? 0);
  });
  if (singles.length >= 10 && telling.length > singles.length * longestIsKey)
    problems.error(
      file,
      line(["id"]),
      `最长的选项就是答案：${telling.length}/${singles.length} 道单选（${percent(telling.length, singles.length)}）：${telling.map((q) => q.id).join(" ")}`,
    );
  for (const letter of "ABCD") {
    const n = singles.filter((q) => q.answer === letter).length;
    if (singles.length >= 10 && n > singles.length * oneLetter)
      problems.error(file, line(["id"]), `单选的答案 ${letter} 占 ${percent(n, singles.length)}`);
    if (singles.length >= 10 && n === 0) problems.error(file, line(["id"]), `单选没有一道的答案是 ${letter}`);
  }
  const judged = all.filter((q) => q.type === "truefalse");
  const right = judged.filter((q) => q.answer).length;
  if (judged.length >= 6 && (right < judged.length * truths[0] || right > judged.length * truths[1]))
    problems.error(file, line(["id"]), `判断题里正确的占 ${percent(right, judged.length)}`);
  const many = all.filter((q) => q.type === "multiple");
  const every = many.filter((q) => q.answer.length === Object.keys(q.options).length);
  if (many.length >= 6 && every.length > many.length / 3)
    problems.error(file, line(["id"]), `多选题全选为答案的有 ${every.length}/${many.length} 道：${every.map((q) => q.id).join(" ")}`);
};

/** All questions of a course, one by one and together. */
export const checkQuestions = (course: Course, articles: Articles, problems: Problems): void => {
  const seen = new Map<string, string>();
  const stems = new Map<string, string>();
  for (const question of course.questions) {
    const { file, line, value } = question;
    const twin = seen.get(value.id);
    if (twin !== undefined) problems.error(file, line(["id"]), `题目 ${value.id} 已经在 ${twin} 用过`);
    seen.set(value.id, `${file}:${line(["id"])}`);
    const same = stems.get(bare(value.stem));
    if (same !== undefined) problems.error(file, line(["stem"]), `题干与 ${same} 相同`);
    stems.set(bare(value.stem), value.id);
    if (!course.file.value.lessons.includes(value.lesson)) problems.error(file, line(["lesson"]), `没有课时 ${value.lesson}`);
    if (course.file.value.topics[value.topic] === undefined) problems.error(file, line(["topic"]), `没有主题 ${value.topic}`);
    if (citationsIn(value.explanation).length === 0) problems.error(file, line(["explanation"]), "解析没有引用条文");
    for (const [where, words] of [["stem", value.stem], ...(value.type === "truefalse" ? [] : Object.entries(value.options))] as const)
      if (mentionsIn(words).some((m) => m.is !== "named"))
        problems.error(file, where === "stem" ? line(["stem"]) : line(["options", where]), "题干和选项里不放引用，放在解析里");
    if (allOrNone.test(value.stem)) problems.error(file, line(["stem"]), "题干里有“以上”");
    if (value.use === "check" && !course.lessons.some((l) => l.head.value.id === value.lesson && l.head.value.checks.includes(value.id)))
      problems.error(file, line(["id"]), "小测题没有被课时用上");
    if (value.type === "truefalse" && !value.answer && absolute.test(bare(value.stem)))
      problems.hint(file, line(["stem"]), `错误的判断题用了绝对化的词“${absolute.exec(bare(value.stem))?.[0]}”`);
    if (value.type !== "truefalse") checkOptions({ ...question, value }, problems);
    // A key that rests on what is only named: nothing cited says it.
    const named = mentionsIn(value.stem + value.explanation).filter((m) => m.is === "named");
    const cited = citationsIn(value.explanation).some((c) => articles.has(c.replace(/\..*$/, "")));
    if (named.length > 0 && !cited) problems.error(file, line(["explanation"]), "点名的规定不能作答案的依据");
  }
  checkTogether(course, problems);
};
