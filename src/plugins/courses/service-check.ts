/** The commands of check questions: one at a time, graded by the bank, and with the last one right the lesson is done. */
import { commit, Conflict, Invalid, notFound, record, type Context, type Pending, type Signal } from "#kernel";
import { answerFromForm, gradeAnswer, isAnswered, questionTypes } from "#plugins/bank";
import { renderTexts } from "#plugins/statutes";
import type { AnswerInput, BuiltQuestion } from "./input.ts";
import { isLessonDone, nextCheck } from "./rules.ts";
import { doneOf } from "./rules-steps.ts";
import { completion, openedLesson } from "./service.ts";
import { findAnswers, markDone, putAnswer, type Answered, type Standing } from "./store.ts";
import { studied, study } from "./terms.ts";
import { text } from "./text.ts";

/** The key of a check question, as its type keeps it. */
const keyOf = (question: BuiltQuestion): unknown => questionTypes[question.type].import(question.answer);
export type CheckPage = {
  standing: Standing;
  lesson: string;
  title: string;
  right: number;
  all: number;
  done: boolean;
  question: BuiltQuestion | null;
  /** The answer just given, to be looked at. */ given: Answered | null;
  /** The question was answered wrong before. */ again: boolean;
  explanation: string;
  /** The question as its type draws it. */ fieldset: ReturnType<(typeof questionTypes)["single"]["render"]> | null;
};
/**
 * The check questions of a lesson, one at a time: the one that comes next, or the answer to one that was just given.
 * @throws {NotFound} no such lesson
 * @throws {Conflict} it was not read yet
 */
export async function seeCheck(
  ctx: Context,
  { course, lesson, q }: { course: string; lesson: string; q?: string | undefined },
): Promise<CheckPage> {
  const { standing, progress, opened, part } = await openedLesson(ctx, course, lesson);
  if (opened.readAt === null) throw new Conflict(text.readFirst);
  const answers = await findAnswers(ctx, progress.id, lesson);
  const ids = part.body.checks.map((c) => c.id);
  const given = q === undefined ? undefined : answers.get(q);
  const id =
    given?.question ?? nextCheck(ids, new Map([...answers].map(([key, a]) => [key, { right: a.rightAt !== null, at: a.answeredAt }])));
  const question = part.body.checks.find((c) => c.id === id) ?? null;
  const [explanation] = await renderTexts(ctx, [given && question ? question.explanation : ""]);
  const options = Object.entries(question?.options ?? {}).map(([key, words]) => ({ key, text: words }));
  const fieldset =
    question &&
    questionTypes[question.type].render({
      shown: { stem: question.stem, options },
      name: "answer",
      language: ctx.language,
      ...(given ? { value: given.value, right: keyOf(question) } : {}),
    });
  return {
    standing,
    lesson,
    title: part.title,
    right: ids.filter((one) => answers.get(one)?.rightAt != null).length,
    all: ids.length,
    done: opened.doneAt !== null,
    question,
    given: given ?? null,
    again: given === undefined && id !== null && answers.has(id),
    explanation,
    fieldset,
  };
}
/**
 * Answers one check question. With the last one right the lesson is done, and perhaps the course.
 * @throws {Invalid} nothing was chosen
 * @throws {NotFound} no such question in this lesson
 * @throws {Conflict} the lesson was not read yet
 */
export async function answerCheck(ctx: Context, { course, lesson, question: id, answer }: AnswerInput): Promise<void> {
  const { person } = ctx.allow(study);
  const { standing, progress, opened, part } = await openedLesson(ctx, course, lesson);
  const question = part.body.checks.find((c) => c.id === id) ?? notFound();
  if (opened.readAt === null) throw new Conflict(text.readFirst);
  const value = answerFromForm(question.type, answer);
  if (!isAnswered(question.type, value)) throw new Invalid(text.chooseOne);

  const answers = await findAnswers(ctx, progress.id, lesson);
  const right = gradeAnswer({ type: question.type, key: keyOf(question) }, value) === 1;
  const known = new Set([...answers.values()].filter((a) => a.rightAt !== null).map((a) => a.question));
  const statements: Pending[] = [putAnswer(ctx, { progress: progress.id, lesson, question: id, value, right })];
  let signals: readonly Signal[] = [];
  if (
    opened.doneAt === null &&
    isLessonDone(
      opened.readAt,
      part.body.checks.map((c) => c.id),
      right ? known.add(id) : known,
    )
  ) {
    const done = doneOf(standing);
    const after = completion(ctx, person, standing, progress, { ...done, lessons: new Set([...done.lessons, lesson]) });
    statements.push(
      ...markDone(ctx, progress.id, lesson),
      record({
        verb: studied,
        object: { kind: "lesson", id: `${course}/${lesson}` },
        person,
        seconds: opened.seconds,
        once: [progress.id, lesson],
      }),
      ...after.statements,
    );
    signals = after.signals;
  }
  await commit(ctx, {
    statements,
    signals,
    audit: { command: "courses.answer", object: { kind: "lesson", id: `${course}/${lesson}` }, after: { id, value, right } },
  });
}
