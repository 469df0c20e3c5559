/** The shapes of course files (courses/README.md), of what the build makes of them, and of what pages are asked. Only zod: scripts read files by it. */
import { z } from "zod";

const slug = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "lower-case letters, digits and hyphens")
  .max(60);
const words = z.string().trim().min(1);

export const courseFile = z.strictObject({
  id: slug,
  title: words.max(60),
  audience: words.max(200),
  summary: words.max(400),
  /** Declared 学时 (classes of 45 minutes), credited on completion. */
  hours: z.number().positive().max(100),
  topics: z.record(slug, words.max(60)),
  lessons: z.array(slug).min(1),
  cases: z.array(slug),
});
export const lessonHead = z.strictObject({
  id: slug,
  title: words.max(60),
  minutes: z.int().min(8).max(15),
  checks: z.array(slug).length(3),
});

const optionKey = z.string().regex(/^[A-H]$/, "one letter, A to H");
const common = {
  id: slug,
  use: z.enum(["check", "exam"]),
  lesson: slug,
  topic: slug,
  difficulty: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  stem: words,
  explanation: words,
};
const options = z.record(optionKey, words);
/** The file's format; what a type makes of it at grading is the bank's own. */
export const questionFile = z.discriminatedUnion("type", [
  z.strictObject({ ...common, type: z.literal("single"), options, answer: optionKey }),
  z.strictObject({ ...common, type: z.literal("multiple"), options, answer: z.string().regex(/^[A-H]{1,8}$/, "letters, such as ABD") }),
  z.strictObject({ ...common, type: z.literal("truefalse"), answer: z.boolean() }),
]);
export type QuestionFile = z.infer<typeof questionFile>;

const value = z.union([z.boolean(), z.int(), z.string()]);
const when = z.record(z.string(), z.union([value, z.strictObject({ atLeast: z.int() })]));
export const caseFile = z.strictObject({
  id: slug,
  title: words.max(60),
  role: words.max(200),
  start: slug,
  /** What the reader carries along, as it is at the start. */
  state: z.record(z.string(), value),
  scenes: z.array(
    z.strictObject({
      id: slug,
      title: words.max(60),
      text: words,
      /** Paragraphs added where the state is so. */
      also: z.array(z.strictObject({ when, text: words })).optional(),
      choices: z.array(
        z.strictObject({
          text: words.max(120),
          to: slug,
          when: when.optional(),
          set: z.record(z.string(), value).optional(),
          add: z.record(z.string(), z.int()).optional(),
        }),
      ),
    }),
  ),
  endings: z.array(z.strictObject({ id: slug, title: words.max(60), grade: z.enum(["lawful", "flawed", "unlawful"]), text: words })),
});
export type CaseFile = z.infer<typeof caseFile>;
export type CaseState = CaseFile["state"];
export type Condition = z.infer<typeof when>;

/** A case as built: its file, and all that it cites. */
export type BuiltCase = CaseFile & { readonly citations: readonly string[] };
export type BuiltLesson = {
  readonly id: string;
  readonly title: string;
  readonly minutes: number;
  readonly markdown: string;
  /** Ids of the questions that end it. */ readonly checks: readonly string[];
  readonly citations: readonly string[];
};
export type BuiltQuestion = {
  readonly id: string;
  readonly use: "check" | "exam";
  readonly lesson: string;
  readonly topic: string;
  readonly type: QuestionFile["type"];
  readonly difficulty: 1 | 2 | 3;
  readonly stem: string;
  /** As in the file; empty for truefalse. */
  readonly options: Readonly<Record<string, string>>;
  /** `B`, `ABD`, or true and false. */
  readonly answer: string | boolean;
  readonly explanation: string;
  readonly citations: readonly string[];
};
/** A course as `#content` holds it. `hash` covers all of it: a changed comma is a new version. */
export type BuiltCourse = {
  readonly id: string;
  readonly hash: string;
  readonly title: string;
  readonly audience: string;
  readonly summary: string;
  readonly hours: number;
  /** Names by id, in order. */
  readonly topics: Readonly<Record<string, string>>;
  readonly lessons: readonly BuiltLesson[];
  readonly cases: readonly BuiltCase[];
  readonly questions: readonly BuiltQuestion[];
};

const id = z.uuid({ version: "v7" }).lowercase();
export const courseInput = z.object({ course: slug });
export const lessonInput = z.object({ course: slug, lesson: slug });
export const checkInput = z.object({ course: slug, lesson: slug, q: slug.optional() });
export const answerInput = z.object({ course: slug, lesson: slug, question: slug, answer: z.array(z.string().max(40)).max(26) });
export type AnswerInput = z.infer<typeof answerInput>;
/** `n` rises with each beat of a person; 0 says only where the reader is. */
export const beatInput = z.object({
  course: slug,
  lesson: slug,
  n: z.int().min(0).max(1_000_000_000),
  anchor: z
    .string()
    .regex(/^(s\d{1,2})?(\.\d{1,3})?$/)
    .default(""),
});
export type BeatInput = z.infer<typeof beatInput>;
export const againInput = z.object({ course: slug, id });
export const caseInput = z.object({ course: slug, case: slug });
/** `upto`: how many steps of the last way are kept. */
export const startInput = z.object({ course: slug, case: slug, id, upto: z.int().min(0).max(50).default(0) });
export type StartInput = z.infer<typeof startInput>;
export const chooseInput = z.object({ course: slug, case: slug, walk: id, step: z.int().min(0).max(50), choice: z.int().min(0).max(20) });
export type ChooseInput = z.infer<typeof chooseInput>;
export const reviewInput = z.object({
  course: slug,
  kind: z.enum(["lesson", "case"]),
  part: slug,
  article: z.string().max(200),
  note: z.string().trim().min(2).max(500),
});
export type ReviewInput = z.infer<typeof reviewInput>;
