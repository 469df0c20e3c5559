/** What an officer does before: draw up the blueprint and the sittings, and publish. */
import { commit, Conflict, Invalid, isAllowed, mainPosition, notFound, type Actor, type Context, type Detail, type Reach } from "#kernel";
import { typeIds } from "#plugins/bank";
import { listCourses } from "#plugins/courses";
import type { ExamId, ExamInput, SittingForm, SittingId, SittingInput } from "../input.ts";
import { hundredths, instantIn, isDisjoint, totalOf } from "../rules.ts";
import type { Line } from "../schema.ts";
import {
  changeDraft,
  expected,
  findPlanned,
  hasSittings,
  insertExam,
  listPlanned,
  listPublished,
  putSittings,
  removeDraft,
  removeSitting,
  sittingsOf,
  titles,
  type Exam,
  type ListedExam,
  type Sitting,
} from "../store.ts";
import { planExams, watchExams } from "../terms.ts";
import { text } from "../text.ts";

const pageSize = 30;
/** A page of exams, newest first. */
export const listExamsPage = async (ctx: Context, after: string | undefined): Promise<{ rows: ListedExam[]; next: string | null }> => {
  const actor = ctx.allow(watchExams);
  const [at = "", id = ""] = (after ?? "").split(".");
  const rows = await listPlanned(
    ctx,
    actor.person,
    { watches: ctx.reach(watchExams), plans: isAllowed(actor, planExams) ? ctx.reach(planExams) : null },
    after === undefined ? null : { at: Number(at), id },
    pageSize + 1,
  );
  const shown = rows.slice(0, pageSize);
  return { rows: shown, next: rows.length > pageSize ? (shown.at(-1)?.key ?? null) : null };
};
/** Published exams, for those who make requirements of them. */
export const listExams = (ctx: Context): Promise<{ id: string; title: string }[]> => listPublished(ctx, 200);
/** Titles of exams by id. */
export const titlesOf = async (ctx: Context, ids: readonly string[]): Promise<Map<string, string>> =>
  new Map((ids.length === 0 ? [] : await titles(ctx, ids)).map((row) => [row.id, row.title]));

/** An exam with its sittings, as a planner sees it. @throws {NotFound} outside the reach */
export const seePlan = async (ctx: Context, exam: ExamId): Promise<{ exam: Exam; sittings: Sitting[] }> => {
  const actor = ctx.allow(planExams);
  const found = (await findPlanned(ctx, exam, actor.person, ctx.reach(planExams))) ?? notFound();
  return { exam: found, sittings: await sittingsOf(ctx, found.id) };
};
/** The same for its page: on a draft each sitting with how many may come, counted as publishing counts. */
export const seePlanPage = async (ctx: Context, id: ExamId): Promise<{ exam: Exam; sittings: Sitting[] }> => {
  const plan = await seePlan(ctx, id);
  if (plan.exam.state === "published") return plan;
  const due = await expected(ctx, id);
  return { ...plan, sittings: plan.sittings.map((s) => ({ ...s, due: due.get(s.id) ?? 0 })) };
};
const draftOf = async (ctx: Context, id: ExamId, changed: number): Promise<Exam> => {
  const actor = ctx.allow(planExams);
  const found = (await findPlanned(ctx, id, actor.person, ctx.reach(planExams))) ?? notFound();
  if (found.state === "published") throw new Conflict(text["published-already"]);
  return { ...found, changed };
};

/* Rules of a plan, as refusals */

const linesOf = (blueprint: ExamInput["blueprint"]): Line[] => {
  if (!isDisjoint(blueprint)) throw new Invalid(text.twice, {}, [{ field: "blueprint", code: "twice", words: text.twice }]);
  return blueprint.map(({ topic, type, difficulty, count, points }) => ({
    topic,
    type,
    ...(difficulty === undefined ? {} : { difficulty }),
    count,
    points: hundredths(points),
  }));
};
/** @throws {Invalid} window or lines do not fit; lines are checked where there is a blueprint */
const sittingOf = (exam: ExamId, given: SittingInput, blueprint: readonly Line[], reach: Reach, place: number): Sitting => {
  const { points } = totalOf(blueprint);
  const problems: Detail[] = [];
  const { id, title, opens, closes, minutes, tries, counts, who, after, pledge, shuffle, perPage, review } = given;
  const pass = hundredths(given.pass);
  const excellent = given.excellent === null ? null : hundredths(given.excellent);
  if (closes <= opens) problems.push({ field: `sittings.${place}.closes`, code: "window", words: text.window });
  if ((blueprint.length > 0 && (pass > points || (excellent ?? 0) > points)) || (excellent !== null && excellent < pass))
    problems.push({ field: `sittings.${place}.pass`, code: "lines", words: text.lines, facts: { total: points / 100 } });
  const [first] = problems;
  if (first) throw new Invalid(first.words, first.facts ?? {}, problems);
  return {
    id,
    exam,
    title,
    opensAt: opens,
    closesAt: closes,
    minutes,
    tries,
    pass,
    excellent,
    counts,
    who: { ...who, areas: reach.all ? null : [...reach.areas] },
    after,
    pledge,
    shuffle,
    perPage,
    review,
    shards: null,
    due: null,
    revision: 0,
    publishedAt: null,
  };
};
/** @throws {Invalid} a sitting asks for a course that nobody can complete, naming it */
const mustKnowCourses = async (ctx: Context, sittings: readonly Pick<Sitting, "after">[]): Promise<void> => {
  if (sittings.every((s) => s.after.length === 0)) return;
  const known = new Set((await listCourses(ctx)).map((course) => course.id));
  const problems = sittings.flatMap((s, place) =>
    s.after
      .filter((course) => !known.has(course))
      .map((course): Detail => ({ field: `sittings.${place}.after`, code: "course", words: text["no-course"], facts: { course } })),
  );
  const [first] = problems;
  if (first) throw new Invalid(text["no-course"], first.facts, problems);
};
/** A draft of the officer's own unit. */
export const newExam = (
  ctx: Context,
  actor: Actor,
  given: { id: ExamId; title: string; notice: string; certificate: boolean; blueprint: Line[] },
): Exam => ({
  ...given,
  outside: null,
  state: "draft",
  unit: mainPosition(actor.positions)?.unit ?? null,
  createdBy: actor.person,
  createdAt: ctx.now,
  changed: 1,
  publishedAt: null,
});

/* Commands */

/**
 * A whole exam at once. Sent again by the same officer with the same content, it answers as the first time.
 * @throws {Conflict} the id of the exam or of a sitting is taken
 */
export async function createExam(ctx: Context, input: ExamInput): Promise<{ id: string; state: "draft" }> {
  const actor = ctx.allow(planExams);
  const reach = ctx.reach(planExams);
  const blueprint = linesOf(input.blueprint);
  const sittings = input.sittings.map((s, place) => sittingOf(input.id, s, blueprint, reach, place));
  await mustKnowCourses(ctx, sittings);
  await commit(ctx, {
    statements: [
      insertExam(newExam(ctx, actor, { ...input, blueprint })),
      ...putSittings(sittings),
      hasSittings(input.id, sittings.length),
    ],
    audit: { command: "exams.create", object: { kind: "exam", id: input.id }, after: input },
  });
  return { id: input.id, state: "draft" };
}
/** An empty draft with a name. */
export async function beginExam(ctx: Context, input: { id: ExamId; title: string }): Promise<void> {
  const actor = ctx.allow(planExams);
  await commit(ctx, {
    statements: [insertExam(newExam(ctx, actor, { ...input, notice: "", certificate: true, blueprint: [] }))],
    audit: { command: "exams.create", object: { kind: "exam", id: input.id }, after: input },
  });
}
/** Title, notice and certificate of a draft. @throws {Conflict} changed in between */
export async function changeExam(
  ctx: Context,
  input: { exam: ExamId; changed: number; title: string; notice: string; certificate: boolean },
): Promise<void> {
  const draft = await draftOf(ctx, input.exam, input.changed);
  const { title, notice, certificate } = input;
  await commit(ctx, {
    statements: [...changeDraft(draft, { title, notice, certificate })],
    audit: {
      command: "exams.change",
      object: { kind: "exam", id: draft.id },
      before: { title: draft.title, notice: draft.notice, certificate: draft.certificate },
      after: { title, notice, certificate },
    },
  });
}
/** A grid of counts (`n.TOPIC.TYPE`) and points (`p.TYPE`), as the form has it. */
export const linesOfGrid = (grid: Readonly<Record<string, unknown>>): ExamInput["blueprint"] => {
  const numberIn = (name: string): number => {
    const value = Number(grid[name]);
    return Number.isFinite(value) && value > 0 ? value : 0;
  };
  return Object.keys(grid).flatMap((name) => {
    const found = /^n\.(.+)\.(single|multiple|truefalse)$/.exec(name);
    const type = typeIds.find((t) => t === found?.[2]);
    const topic = found?.[1];
    const count = Math.floor(numberIn(name));
    return topic === undefined || type === undefined || count === 0
      ? []
      : [{ topic, type, count, points: Math.max(0.01, Math.round(numberIn(`p.${type}`) * 100) / 100) }];
  });
};
/** The blueprint of a draft, whole. @throws {Conflict} changed in between */
export async function changeBlueprint(
  ctx: Context,
  input: { exam: ExamId; changed: number } & Readonly<Record<string, unknown>>,
): Promise<void> {
  const draft = await draftOf(ctx, input.exam, input.changed);
  const blueprint = linesOf(linesOfGrid(input));
  await commit(ctx, {
    statements: [...changeDraft(draft, { blueprint })],
    audit: { command: "exams.blueprint", object: { kind: "exam", id: draft.id }, before: draft.blueprint, after: blueprint },
  });
}
/** Adds or changes a sitting of a draft. @throws {Conflict} changed in between */
export async function changeSitting(ctx: Context, input: SittingForm): Promise<void> {
  const draft = await draftOf(ctx, input.exam, input.changed);
  const {
    kinds,
    posts,
    categories,
    roster,
    assigned,
    reviewWhen,
    reviewKey,
    sitting: id,
    opens,
    closes,
    excellent = null,
    ...rest
  } = input;
  const given = {
    ...rest,
    id,
    excellent,
    opens: instantIn(opens, ctx.zone),
    closes: instantIn(closes, ctx.zone),
    who: { kinds, posts, categories, roster, assigned },
    review: { when: reviewWhen, key: reviewKey },
  };
  const sitting = sittingOf(input.exam, given, draft.blueprint, ctx.reach(planExams), 0);
  await mustKnowCourses(ctx, [sitting]);
  await commit(ctx, {
    statements: [...changeDraft(draft, {}), ...putSittings([sitting])],
    audit: { command: "exams.sitting", object: { kind: "sitting", id }, after: sitting },
  });
}
/** Removes a sitting of a draft. @throws {Conflict} changed in between */
export async function dropSitting(ctx: Context, input: { exam: ExamId; changed: number; sitting: SittingId }): Promise<void> {
  const draft = await draftOf(ctx, input.exam, input.changed);
  await commit(ctx, {
    statements: [...changeDraft(draft, {}), ...removeSitting(draft.id, input.sitting)],
    audit: { command: "exams.drop-sitting", object: { kind: "sitting", id: input.sitting }, after: null },
  });
}
/** Deletes a draft that nothing refers to. */
export async function dropExam(ctx: Context, input: { exam: ExamId; changed: number }): Promise<void> {
  const draft = await draftOf(ctx, input.exam, input.changed);
  await commit(ctx, {
    statements: [...removeDraft(draft)],
    audit: { command: "exams.drop", object: { kind: "exam", id: draft.id }, before: draft, after: null },
  });
}
