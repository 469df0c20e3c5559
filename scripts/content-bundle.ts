/** Courses and cited statutes as modules for the Worker: `#content`. Each module is named by the hash of what it holds. */
import { createHash } from "node:crypto";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { citationsIn } from "../src/plugins/statutes/rules.ts";
import type { BuiltCourse, BuiltQuestion, QuestionFile } from "../src/plugins/courses/input.ts";
import { imagePattern } from "./content/check-course.ts";
import { Problems } from "./content/problem.ts";
import { readCourses, textsOf, type Course } from "./content/read.ts";
import { readCited, type CitedStatute } from "./content/statutes.ts";
import { Refusal } from "./host/plain.ts";

const root = join(import.meta.dirname, "..");
const hashOf = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);

const questionOf = (question: QuestionFile): BuiltQuestion => {
  const { type, answer, explanation, stem } = question;
  const options = type === "truefalse" ? {} : question.options;
  return {
    id: question.id,
    use: question.use,
    lesson: question.lesson,
    topic: question.topic,
    type,
    difficulty: question.difficulty,
    stem,
    options,
    answer,
    explanation,
    citations: citationsIn(stem, ...Object.values(options), explanation),
  };
};
const withImages = (body: string, images: Course["images"]): string =>
  body.replace(imagePattern, (_, words: string, path: string) => `![${words}](${images.get(path) ?? path})`);
/** A course as the Worker gets it. */
export const builtCourse = (course: Course): BuiltCourse => {
  const { id, title, audience, summary, hours, topics } = course.file.value;
  const made = {
    id,
    title,
    audience,
    summary,
    hours,
    topics,
    lessons: course.lessons.map(({ head, body }) => ({
      ...head.value,
      markdown: withImages(body, course.images),
      citations: citationsIn(body),
    })),
    cases: course.cases.map(({ value }) => ({
      ...value,
      citations: citationsIn(
        ...textsOf(course)
          .filter((t) => t.kind === "case" && t.of === value.id)
          .map((t) => t.text),
      ),
    })),
    questions: course.questions.map(({ value }) => questionOf(value)),
  };
  return { ...made, hash: hashOf(made) };
};
/** A cited version as the Worker gets it. */
const builtStatute = (statute: CitedStatute) => ({ ...statute, hash: hashOf(statute) });

const types = `import type { BuiltCourse } from "../../src/plugins/courses/input.ts";
/** A version of a statute with its cited articles alone. */
export type BuiltStatute = {
  readonly id: string; readonly version: string; readonly title: string; readonly shortTitle: string; readonly category: string; readonly issuer: string;
  readonly effective: string | null; readonly effectiveSource: string | null; readonly hash: string;
  readonly articles: readonly { readonly number: number; readonly sub: number; readonly label: string; readonly text: string }[];
};
export type { BuiltCase, BuiltCourse, BuiltLesson, BuiltQuestion } from "../../src/plugins/courses/input.ts";
export declare const courses: readonly BuiltCourse[];
export declare const statutes: readonly BuiltStatute[];
`;

/** Writes dist/content. What is left from another build goes last. @throws {Refusal} a file that does not fit its shape */
export async function bundleContent(outDir: string): Promise<void> {
  const problems = new Problems();
  const folder = join(root, "courses");
  const courses = (await readCourses(root, folder, problems)).map(builtCourse);
  if (problems.errors.length > 0) throw new Refusal(problems.errors.map((p) => `${p.file}:${p.line} ${p.words}`).join("\n"));
  const statutes = (await readCited(join(folder, "statutes"))).map(builtStatute);

  const files = new Map<string, string>();
  const lines: string[] = [];
  const names = courses.map((course, n) => {
    const file = `${course.id}.${course.hash}.js`;
    files.set(file, `export default ${JSON.stringify(course)};\n`);
    lines.push(`import course${n} from "./${file}";`);
    return `course${n}`;
  });
  const file = `statutes.${hashOf(statutes)}.js`;
  files.set(file, `export default ${JSON.stringify(statutes)};\n`);
  lines.push(`import statutes from "./${file}";`, `export const courses = [${names.join(", ")}];`, "export { statutes };", "");
  files.set("index.d.ts", types);
  files.set("index.js", lines.join("\n"));

  await mkdir(outDir, { recursive: true });
  for (const [name, contents] of files) {
    const draft = join(outDir, `${name}.${process.pid}.tmp`);
    await writeFile(draft, contents);
    await rename(draft, join(outDir, name));
  }
  for (const name of await readdir(outDir)) if (!files.has(name)) await rm(join(outDir, name), { force: true });
}
