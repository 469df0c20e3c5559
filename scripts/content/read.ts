/** Reads a folder of courses: files into the shapes of their schemas, each value with the line on which it stands. */
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { isScalar, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { caseFile, courseFile, lessonHead, questionFile, type CaseFile, type QuestionFile } from "../../src/plugins/courses/input.ts";
import type { Problems } from "./problem.ts";

export type Path = readonly (string | number)[];
/** A value of a YAML file that knows its lines. */
export type Placed<T> = {
  readonly value: T;
  readonly file: string;
  /** The line of a value, or of a place within a text. */ line(path: Path, index?: number): number;
};
export type Lesson = {
  readonly file: string;
  readonly head: Placed<z.infer<typeof lessonHead>>;
  readonly body: string;
  /** The line of a place in the body. */ line(index: number): number;
};
export type Course = {
  readonly id: string;
  readonly file: Placed<z.infer<typeof courseFile>>;
  readonly lessons: readonly Lesson[];
  readonly cases: readonly Placed<CaseFile>[];
  readonly questions: readonly Placed<QuestionFile>[];
  /** What stands in its `images/`, by the path that a lesson writes: as a data URL, so that a version keeps its pictures. */
  readonly images: ReadonlyMap<string, string>;
};
/** Any text of a course, with what it is and where it stands. */
export type Text = {
  readonly file: string;
  readonly text: string;
  readonly kind: "lesson" | "case" | "stem" | "option" | "explanation" | "title";
  /** The lesson, case or question. */ readonly of: string;
  line(index: number): number;
};

const lineBreaks = (text: string, until: number) => text.slice(0, until).split("\n").length - 1;
/** `root` is where the shown file names begin. */
const yamlOf = <S extends z.ZodType>(
  source: string,
  file: string,
  first: number,
  schema: S,
  problems: Problems,
): Placed<z.output<S>> | null => {
  const lineCounter = new LineCounter();
  const document = parseDocument(source, { lineCounter, prettyErrors: false, uniqueKeys: true });
  const at = (offset: number) => first - 1 + lineCounter.linePos(offset).line;
  for (const error of document.errors) problems.error(file, at(error.pos[0]), error.message);
  if (document.errors.length > 0) return null;
  const line = (path: Path, index = 0): number => {
    for (let depth = path.length; depth >= 0; depth--) {
      const node: unknown = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
      const range = node !== null && typeof node === "object" && "range" in node && Array.isArray(node.range) ? node.range : null;
      const start: unknown = range?.[0];
      if (typeof start !== "number") continue;
      const block = isScalar(node) && (node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED") && typeof node.value === "string";
      return at(start) + (block && depth === path.length ? 1 + lineBreaks(String(node.value), index) : 0);
    }
    return first;
  };
  const result = schema.safeParse(document.toJS());
  if (!result.success) {
    for (const issue of result.error.issues) {
      const path = issue.path.filter((p) => typeof p !== "symbol");
      problems.error(file, line(path), `${path.join(".")}: ${issue.message}`);
    }
    return null;
  }
  return { value: result.data, file, line };
};

const lessonOf = (source: string, file: string, problems: Problems): Lesson | null => {
  const found = /^---\n([\s\S]*?)\n---\n/.exec(source);
  if (!found) {
    problems.error(file, 1, "课时要以 --- 之间的 id、title、minutes、checks 开头");
    return null;
  }
  const head = yamlOf(found[1] ?? "", file, 2, lessonHead, problems);
  const first = lineBreaks(source, found[0].length) + 1;
  const body = source.slice(found[0].length);
  return head && { file, head, body, line: (index) => first + lineBreaks(body, index) };
};

const questionsOf = (source: string, file: string, problems: Problems): Placed<QuestionFile>[] => {
  const list = yamlOf(source, file, 1, questionFile.array(), problems);
  return list === null ? [] : list.value.map((value, n) => ({ value, file, line: (path, index) => list.line([n, ...path], index) }));
};

const names = async (folder: string, ending: string): Promise<string[]> => {
  const found = await readdir(folder).catch(() => []);
  return found.filter((name) => name.endsWith(ending)).toSorted();
};
/** A picture is part of a page that a phone loads, bytes. */
const largestImage = 60_000;
const imageTypes: Readonly<Record<string, string>> = { png: "image/png", jpg: "image/jpeg", webp: "image/webp" };
const imagesOf = async (home: string, shown: (path: string) => string, problems: Problems): Promise<Map<string, string>> => {
  const images = new Map<string, string>();
  for (const name of await names(join(home, "images"), "")) {
    const path = join(home, "images", name);
    const type = imageTypes[name.split(".").at(-1) ?? ""];
    const bytes = await readFile(path);
    if (type === undefined) problems.error(shown(path), 1, "图片只能是 png、jpg 或 webp");
    else if (bytes.length > largestImage)
      problems.error(shown(path), 1, `图片有 ${Math.ceil(bytes.length / 1000)} kB，最多 ${largestImage / 1000} kB`);
    else images.set(`images/${name}`, `data:${type};base64,${bytes.toString("base64")}`);
  }
  return images;
};
/** The courses below a folder. What cannot be read is a problem, and left out. */
export const readCourses = async (root: string, folder: string, problems: Problems): Promise<Course[]> => {
  const courses: Course[] = [];
  const shown = (path: string) => relative(root, path);
  const read = async (path: string) => (await readFile(path, "utf8")).replace(/^\uFEFF/, "").replace(/\r\n/g, "\n");
  for (const entry of (await readdir(folder, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!entry.isDirectory() || entry.name === "statutes") continue;
    const home = join(folder, entry.name);
    const path = join(home, "course.yaml");
    const source = await read(path).catch(() => null);
    if (source === null) {
      problems.error(shown(home), 1, "没有 course.yaml");
      continue;
    }
    const file = yamlOf(source, shown(path), 1, courseFile, problems);
    const lessons = await Promise.all(
      (await names(join(home, "lessons"), ".md")).map(async (name) =>
        lessonOf(await read(join(home, "lessons", name)), shown(join(home, "lessons", name)), problems),
      ),
    );
    const cases = await Promise.all(
      (await names(join(home, "cases"), ".yaml")).map(async (name) =>
        yamlOf(await read(join(home, "cases", name)), shown(join(home, "cases", name)), 1, caseFile, problems),
      ),
    );
    const questions = await Promise.all(
      (await names(join(home, "questions"), ".yaml")).map(async (name) =>
        questionsOf(await read(join(home, "questions", name)), shown(join(home, "questions", name)), problems),
      ),
    );
    if (file === null) continue;
    const order = (id: string, list: readonly string[]) => (list.includes(id) ? list.indexOf(id) : list.length);
    courses.push({
      id: entry.name,
      file,
      lessons: lessons
        .filter((l) => l !== null)
        .toSorted((a, b) => order(a.head.value.id, file.value.lessons) - order(b.head.value.id, file.value.lessons)),
      cases: cases.filter((c) => c !== null).toSorted((a, b) => order(a.value.id, file.value.cases) - order(b.value.id, file.value.cases)),
      questions: questions.flat(),
      images: await imagesOf(home, shown, problems),
    });
  }
  return courses;
};

/** Every text of a course that a learner reads. */
export const textsOf = (course: Course): Text[] => [
  ...(["title", "audience", "summary"] as const).map((name): Text => ({
    file: course.file.file,
    text: course.file.value[name],
    kind: "title",
    of: course.id,
    line: () => course.file.line([name]),
  })),
  ...course.lessons.flatMap((lesson): Text[] => [
    { file: lesson.file, text: lesson.head.value.title, kind: "title", of: lesson.head.value.id, line: () => lesson.head.line(["title"]) },
    { file: lesson.file, text: lesson.body, kind: "lesson", of: lesson.head.value.id, line: lesson.line },
  ]),
  ...course.cases.flatMap((story) => {
    const text = (path: Path, words: string): Text => ({
      file: story.file,
      text: words,
      kind: "case",
      of: story.value.id,
      line: (index) => story.line(path, index),
    });
    return [
      text(["title"], story.value.title),
      text(["role"], story.value.role),
      ...story.value.scenes.flatMap((scene, s) => [
        text(["scenes", s, "title"], scene.title),
        text(["scenes", s, "text"], scene.text),
        ...(scene.also ?? []).map((also, n) => text(["scenes", s, "also", n, "text"], also.text)),
        ...scene.choices.map((choice, n) => text(["scenes", s, "choices", n, "text"], choice.text)),
      ]),
      ...story.value.endings.flatMap((ending, e) => [
        text(["endings", e, "title"], ending.title),
        text(["endings", e, "text"], ending.text),
      ]),
    ];
  }),
  ...course.questions.flatMap((question) => {
    const text = (kind: Text["kind"], path: Path, words: string): Text => ({
      file: question.file,
      text: words,
      kind,
      of: question.value.id,
      line: (index) => question.line(path, index),
    });
    return [
      text("stem", ["stem"], question.value.stem),
      ...(question.value.type === "truefalse"
        ? []
        : Object.entries(question.value.options).map(([key, words]) => text("option", ["options", key], words))),
      text("explanation", ["explanation"], question.value.explanation),
    ];
  }),
];
