/** What a candidate sees of an attempt afterwards: the result, and the paper as far as the review rules allow. */
import { callRoom, notFound, type Context, type Instant } from "#kernel";
import type { AttemptId, ExamId } from "../input.ts";
import type { Item } from "../rules-paper.ts";
import type { ReviewedPaper } from "../room.ts";
import { counting, reviewShows, type Barrier, type Shows } from "../rules.ts";
import { attemptsOf, candidaciesOf, type Attempt, type Candidacy } from "../store-attempts.ts";
import { ownExams } from "../terms.ts";
import { deadlineIn } from "./left.ts";
import { barrierTo, coursesFor } from "./sit.ts";

export type ReviewedItem = Item & { value: unknown };
export type SeenResult = {
  exam: ExamId;
  title: string;
  sitting: Candidacy;
  attempts: Attempt[];
  attempt: Attempt;
  counts: Attempt | undefined;
  waits: boolean;
  shows: Shows;
  review: ReviewedItem[] | null;
  barrier: Barrier | null;
  /** Until when the attempt runs that is under way. */
  deadline: Instant | null;
};
/**
 * One's result: the attempt asked for, or the newest; with the paper as far as the review rules allow it now.
 * @throws {NotFound} nothing of one's own there
 */
export async function seeResult(
  ctx: Context,
  { exam, attempt: wanted }: { exam: ExamId; attempt?: AttemptId | undefined },
): Promise<SeenResult> {
  const { person } = ctx.allow(ownExams);
  const sittings = await candidaciesOf(ctx, exam, person);
  const all = await attemptsOf(
    ctx,
    person,
    sittings.map((s) => s.id),
  );
  const attempt = (wanted === undefined ? all.at(-1) : all.find((a) => a.id === wanted)) ?? notFound();
  const sitting = sittings.find((s) => s.id === attempt.sitting) ?? notFound();
  const attempts = all.filter((a) => a.sitting === sitting.id);
  const running = attempts.find((a) => a.state === "running");
  const waits = attempt.state === "running";
  const shows = waits ? "nothing" : reviewShows(sitting, attempts, ctx.now);
  return {
    exam,
    title: sitting.examTitle,
    sitting,
    attempts,
    attempt,
    counts: counting(sitting.counts, attempts),
    waits,
    shows,
    review: shows === "nothing" ? null : await reviewOf(ctx, attempt),
    deadline: running && !waits ? await deadlineIn(ctx, running) : null,
    barrier: sitting.may ? barrierTo(ctx, sitting, await coursesFor(ctx, person, sitting.after)) : null,
  };
}
/** The paper with its answers: from its room, or as R2 keeps it. */
const reviewOf = async (ctx: Context, attempt: Attempt): Promise<ReviewedItem[] | null> => {
  const paper =
    (await callRoom<ReviewedPaper | null>(ctx.env.EXAM_ROOM, attempt.room, "review", { attempt: attempt.id })) ??
    (await keptPaper(ctx, attempt.id));
  if (!paper || paper.items.length === 0) return null;
  const values = new Map(paper.answers.map((a) => [a.item, a.value]));
  return paper.items.map((item) => ({ ...item, value: values.get(item.item) }));
};
const keptPaper = async (ctx: Context, attempt: string): Promise<Pick<ReviewedPaper, "items" | "answers"> | null> => {
  const kept = await ctx.env.FILES.get(`exams/papers/${attempt}.json`);
  // Written by the room alone.
  return kept ? kept.json<Pick<ReviewedPaper, "items" | "answers">>() : null;
};
