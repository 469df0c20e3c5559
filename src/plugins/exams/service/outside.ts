/** Exams that are sat elsewhere: an officer registers them, so that results can be imported and requirements can name them. */
import { commit, Conflict, Invalid, notFound, type Context } from "#kernel";
import type { ExamId, OutsideForm } from "../input.ts";
import { hundredths } from "../rules.ts";
import { findPlanned, insertExam, type Outside } from "../store.ts";
import { changeOutside, listTargets, removeOutside, type Target } from "../store-outside.ts";
import { planExams } from "../terms.ts";
import { text } from "../text.ts";
import { newExam } from "./plan.ts";

/** Exams that results from outside may belong to, newest first. */
export const listResultTargets = (ctx: Context): Promise<Target[]> => listTargets(ctx, 1000);

/** @throws {Invalid} lines without a total, above it, or the wrong way round */
const factsOf = (input: OutsideForm): Outside => {
  const points = (given: number | undefined) => (given === undefined ? null : hundredths(given));
  const [total, pass, excellent] = [points(input.total), points(input.pass), points(input.excellent)];
  const fits =
    total === null
      ? pass === null && excellent === null
      : pass !== null && pass <= total && (excellent ?? pass) >= pass && (excellent ?? 0) <= total;
  if (!fits) throw new Invalid(text.outsideLines, {}, [{ field: "pass", code: "outside-lines", words: text.outsideLines }]);
  return { year: input.year, organiser: input.organiser, total, pass, excellent };
};
/**
 * Registers an exam that is sat elsewhere. Sent again, it answers as the first time.
 * @throws {Invalid} its lines do not fit @throws {Conflict} the id is taken
 */
export async function registerOutside(ctx: Context, input: OutsideForm): Promise<{ id: ExamId }> {
  const actor = ctx.allow(planExams);
  const outside = factsOf(input);
  const draft = newExam(ctx, actor, { id: input.id, title: input.title, notice: input.notice ?? "", certificate: false, blueprint: [] });
  await commit(ctx, {
    statements: [insertExam({ ...draft, state: "published", publishedAt: ctx.now, outside })],
    audit: { command: "exams.register", object: { kind: "exam", id: input.id }, after: input },
  });
  return { id: input.id };
}
/** @throws {NotFound} none such within the reach, or one of ours */
const outsideExam = async (ctx: Context, id: ExamId, changed: number) => {
  const actor = ctx.allow(planExams);
  const found = (await findPlanned(ctx, id, actor.person, ctx.reach(planExams))) ?? notFound();
  return found.outside === null ? notFound() : { ...found, outside: found.outside, changed };
};
/** Title, notice and organiser put right; year and lines stay as results were judged by them. @throws {Conflict} changed in between */
export async function changeOutsideExam(
  ctx: Context,
  { exam, changed, title, notice, organiser }: { exam: ExamId; changed: number; title: string; notice: string; organiser: string },
): Promise<void> {
  const found = await outsideExam(ctx, exam, changed);
  await commit(ctx, {
    statements: [...changeOutside(found, { title, notice, organiser })],
    audit: {
      command: "exams.change-outside",
      object: { kind: "exam", id: exam },
      before: { title: found.title, notice: found.notice, organiser: found.outside.organiser },
      after: { title, notice, organiser },
    },
  });
}
/** Takes out one that nothing speaks of. @throws {Conflict} results or assignments do */
export async function dropOutsideExam(ctx: Context, { exam, changed }: { exam: ExamId; changed: number }): Promise<void> {
  const found = await outsideExam(ctx, exam, changed);
  try {
    await commit(ctx, {
      statements: [...removeOutside(found)],
      audit: { command: "exams.drop-outside", object: { kind: "exam", id: exam }, before: found, after: null },
    });
  } catch (error) {
    throw error instanceof Conflict ? new Conflict(text.outsideInUse) : error;
  }
}
