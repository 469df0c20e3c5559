/** Commands and reads of requirements. */
import {
  commit,
  Forbidden,
  Invalid,
  isAllowed,
  notFound,
  type Actor,
  type Context,
  type Day,
  type PersonId,
  type Reach,
  type RequirementId,
} from "#kernel";
import { findStandings, onlyLessons, stepOf, titlesOf as courseTitles } from "#plugins/courses";
import type { Step } from "#ui";
import { closedTo, titlesOf as examTitles } from "#plugins/exams";
import type { CreateInput } from "./input.ts";
import { courseOf, lessonsOf } from "./rules.ts";
import { dueTo, ofUnits, type Due } from "./store.ts";
import { standingsOf, type Standing } from "./store-rates.ts";
import { countReminders } from "./store-chase.ts";
import {
  assignByRule,
  countHits,
  findRequirement,
  insertRequirement,
  listRequirements,
  moveState,
  removeDraft,
  withdraw,
  type HitKind,
  type HitTotal,
  type Requirement,
} from "./store-rules.ts";
import { manageRequirements, ownAssignments, seeRequirements, unitAssignments } from "./terms.ts";
import { text } from "./text.ts";

/**
 * A rule hits by kind of unit and post, in the whole body: so whoever reaches a part of it may see what was made due there,
 * and neither make nor end a rule.
 * @throws {Forbidden} the actor reaches a part of the body only
 */
const wholeBody = (ctx: Context): { actor: Actor; reach: Reach } => {
  const actor = ctx.allow(manageRequirements);
  const reach = ctx.reach(manageRequirements);
  if (!reach.all) throw new Forbidden(text.wholeBodyOnly);
  return { actor, reach };
};

/** Whom a rule hits today, in all and by kind of unit: what activation will do. */
export type Preview = HitTotal & { kinds: HitKind[] };

/**
 * A new rule as a draft. Sent again with the same content, it answers as the first time.
 * @throws {Invalid} the due day is before the first day, it asks nothing, or there is no such course or exam
 */
export const createRequirement = async (ctx: Context, input: CreateInput): Promise<RequirementId> => {
  const { actor } = wholeBody(ctx);
  if (input.due < input.from) throw new Invalid(text.dueBeforeFrom);
  const { course, exam } = input;
  if (course === undefined && exam === undefined) throw new Invalid(text.asksNothing);
  const studyTitle = course === undefined ? null : (await courseTitles(ctx, [course])).get(course);
  const examTitle = exam === undefined ? null : (await examTitles(ctx, [exam])).get(exam);
  if (studyTitle === undefined || examTitle === undefined) throw new Invalid(text.noSuchThing);
  const some = <T>(list: readonly T[]): T[] | null => (list.length === 0 ? null : [...list]);
  const row: Requirement = {
    id: input.id,
    name: input.name,
    studyKind: course === undefined ? null : "course",
    studyObject: course ?? null,
    studyTitle,
    exam: exam ?? null,
    examTitle,
    kinds: some(input.kinds),
    statuses: null,
    unit: null,
    foundedFrom: null,
    foundedTo: null,
    posts: some(input.posts),
    natures: null,
    categories: null,
    roster: input.roster,
    tookFrom: null,
    tookTo: null,
    each: !input.roster,
    period: "calendar",
    year: Number(input.from.slice(0, 4)),
    from: input.from,
    dueBy: "day",
    due: input.due,
    days: null,
    repeats: false,
    follows: null,
    state: "draft",
    createdBy: actor.person,
    createdAt: ctx.now,
  };
  await commit(ctx, {
    statements: [insertRequirement(ctx, row)],
    audit: { command: "requirements.create", object: { kind: "requirement", id: input.id }, after: input },
  });
  return input.id;
};
/** One rule: while a draft with its preview, then with how it stands and how often people were reminded. @throws {NotFound} */
export const seeRequirement = async (
  ctx: Context,
  id: RequirementId,
): Promise<{ requirement: Requirement; preview: Preview | null; standing: Standing | null; reminded: { n: number; last: Day | null } }> => {
  const reach = ctx.reach(seeRequirements);
  const requirement = (await findRequirement(ctx, id)) ?? notFound();
  const isDraft = requirement.state === "draft";
  const [[standing], reminded] = await Promise.all([isDraft ? [] : standingsOf(ctx, reach, 1, id), countReminders(ctx, reach, id)]);
  return { requirement, preview: isDraft ? await countHits(ctx, id, reach) : null, standing: standing ?? null, reminded };
};
/** All rules, newest first: what the body asks is no secret of a unit. */
export const seeRequirementList = (ctx: Context): Promise<Requirement[]> => {
  ctx.allow(seeRequirements);
  return listRequirements(ctx);
};
/**
 * Switches a rule on, or assigns to who fits by now; what is assigned already stays.
 * @throws {NotFound}
 * @throws {Conflict} it has ended
 */
export const activateRequirement = async (ctx: Context, id: RequirementId): Promise<void> => {
  wholeBody(ctx);
  const requirement = (await findRequirement(ctx, id)) ?? notFound();
  await commit(ctx, {
    statements: [...moveState(id, ["draft", "active"], "active"), assignByRule(ctx, id, "", "~")],
    audit: {
      command: "requirements.activate",
      object: { kind: "requirement", id },
      before: { state: requirement.state },
      after: { state: "active" },
    },
  });
};
/** Ends a rule and withdraws its assignments. @throws {Conflict} it was not on */
export const endRequirement = async (ctx: Context, id: RequirementId): Promise<void> => {
  wholeBody(ctx);
  await commit(ctx, {
    statements: [...moveState(id, ["active", "draft"], "ended"), withdraw(ctx, id)],
    audit: { command: "requirements.end", object: { kind: "requirement", id }, after: { state: "ended" } },
  });
};
/** Deletes a rule that was never on. @throws {Conflict} it is no draft */
export const deleteDraft = async (ctx: Context, id: RequirementId): Promise<void> => {
  wholeBody(ctx);
  const before = (await findRequirement(ctx, id)) ?? notFound();
  await commit(ctx, {
    statements: removeDraft(ctx, id),
    audit: { command: "requirements.delete", object: { kind: "requirement", id }, before, note: before.name },
  });
};
/** For what is one's own: there the person is the limit. */
const everything: Reach = { all: true, areas: [] };
/** What is due to a person, for their file: one's own whole, another's within the reach; null where the actor may not see it. */
export const dueOf = async (ctx: Context, person: PersonId): Promise<Due[] | null> => {
  const actor = ctx.allow(ownAssignments);
  if (actor.person === person) return dueTo(ctx, everything, person);
  return isAllowed(actor, seeRequirements) ? dueTo(ctx, ctx.reach(seeRequirements), person) : null;
};
/**
 * What is due to the actor, overdue first, and where each course of it goes on. What one is excused from is not due; nor is an
 * exam that one cannot sit any more, or may not.
 */
export const myDue = async (ctx: Context): Promise<{ rows: Due[]; steps: Map<string, Step> }> => {
  const { person } = ctx.allow(ownAssignments);
  const asked = (await dueTo(ctx, everything, person)).filter(
    ({ done, excuse, leaves }) => done === 1 || (leaves === 0 && excuse !== "exempt"),
  );
  const open = asked.filter(({ done }) => done === 0);
  const exams = [...new Set(open.flatMap(({ kind, object }) => (kind === "exam" ? [object] : [])))];
  const courses = [...new Set(open.flatMap((due) => courseOf(due) ?? []))];
  const [closed, standings] = await Promise.all([
    exams.length === 0 ? new Set<string>() : closedTo(ctx, person, exams),
    courses.length === 0 ? [] : findStandings(ctx, person, courses),
  ]);
  const rows = asked.filter(({ done, kind, object }) => done === 1 || kind !== "exam" || !closed.has(object));
  const steps = open.flatMap((due): [string, Step][] => {
    const course = courseOf(due);
    const whole = standings.find(({ id }) => id === course);
    if (course === null || whole === undefined) return [];
    const standing =
      due.kind === "lessons" ? onlyLessons(whole, new Set(lessonsOf(due.object).map((lesson) => lesson.slice(course.length + 1)))) : whole;
    const step = stepOf(ctx.language, standing, whole);
    return step === null ? [] : [[due.object, step]];
  });
  return { rows, steps: new Map(steps) };
};
/** What the actor's own units have done and not. */
export const unitDue = (ctx: Context) => ofUnits(ctx, ctx.reach(unitAssignments), 500);
/** The same whole, for print. */
export const unitFile = (ctx: Context) => ofUnits(ctx, ctx.reach(unitAssignments), 5000);
