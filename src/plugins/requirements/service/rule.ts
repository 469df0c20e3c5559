/** Rules: made, seen, changed and deleted while drafts. */
import { commit, Forbidden, Invalid, notFound, type Actor, type Context, type Reach, type Day, type RequirementId } from "#kernel";
import { listLessons, titlesOf as courseTitles } from "#plugins/courses";
import { titlesOf as examTitles } from "#plugins/exams";
import { withUnit } from "#plugins/people";
import type { HitsInput, RuleInput } from "../input.ts";
import { dueOf, misfitOf } from "../rules.ts";
import { findAssignJob, type AssignJob } from "../store-clock.ts";
import { findUnitName } from "../store.ts";
import { countReminders } from "../store-chase.ts";
import { standingsOf, type Standing } from "../store-rates.ts";
import {
  changeDraft,
  countHits,
  countHitsAt,
  findRequirement,
  hitPeople,
  hitUnits,
  insertRequirement,
  listRequirements,
  removeDraft,
  type HitKind,
  type HitPerson,
  type HitTotal,
  type HitUnit,
  type Requirement,
} from "../store-rules.ts";
import { manageRequirements, seeRequirements } from "../terms.ts";
import { text } from "../text.ts";

/**
 * A rule hits by kind of unit and post, in the whole body: so whoever reaches a part of it may see what was made due there,
 * and neither make nor end a rule.
 * @throws {Forbidden} the actor reaches a part of the body only
 */
export const wholeBody = (ctx: Context): { actor: Actor; reach: Reach } => {
  const actor = ctx.allow(manageRequirements);
  const reach = ctx.reach(manageRequirements);
  if (!reach.all) throw new Forbidden(text.wholeBodyOnly);
  return { actor, reach };
};

/** Whom a rule hits today, in all and by kind of unit: what activation will do. */
export type Preview = HitTotal & { kinds: HitKind[] };

/** What a rule asks to be studied, with a title for lists. @throws {Invalid} there is no such course or lesson */
const studyOf = async (
  ctx: Context,
  { course, lessons }: RuleInput,
): Promise<Pick<Requirement, "studyKind" | "studyObject" | "studyTitle">> => {
  const of = course ?? lessons[0]?.split("/")[0];
  if (of === undefined) return { studyKind: null, studyObject: null, studyTitle: null };
  const title = (await courseTitles(ctx, [of])).get(of);
  if (title === undefined) throw new Invalid(text.noSuchThing);
  if (course !== undefined) return { studyKind: "course", studyObject: course, studyTitle: title };
  const chosen = (await listLessons(ctx)).filter((lesson) => lessons.includes(lesson.id));
  if (chosen.length < new Set(lessons).size) throw new Invalid(text.noSuchThing);
  return {
    studyKind: "lessons",
    studyObject: JSON.stringify(chosen.map(({ id }) => id)),
    studyTitle: `${title}：${chosen.map((lesson) => lesson.title).join("、")}`,
  };
};
/** What was entered, as it is kept. @throws {Invalid} its parts do not fit together, or it names what is not there */
const fieldsOf = async (ctx: Context, input: RuleInput) => {
  const misfit = misfitOf(input);
  const due = dueOf(input);
  if (misfit !== null || due === null) {
    const { field, words } = misfit ?? { field: "due", words: text.dueMissing };
    throw new Invalid(words, {}, [{ field, code: field, words, facts: {} }]);
  }
  const study = await studyOf(ctx, input);
  const examTitle = input.exam === undefined ? null : (await examTitles(ctx, [input.exam])).get(input.exam);
  if (examTitle === undefined) throw new Invalid(text.noSuchThing);
  const unit = input.unit === undefined ? null : (await withUnit(ctx, manageRequirements, { unit: input.unit })).unit;
  if (unit !== null && (await findUnitName(ctx, unit)) === null) throw new Invalid(text.noSuchUnit);
  const some = <T>(list: readonly T[]): T[] | null => (list.length === 0 ? null : [...list]);
  return {
    name: input.name,
    ...study,
    exam: input.exam ?? null,
    examTitle,
    kinds: some(input.kinds),
    statuses: some(input.statuses),
    unit,
    foundedFrom: input.foundedFrom ?? null,
    foundedTo: input.foundedTo ?? null,
    posts: some(input.posts),
    natures: some(input.natures),
    categories: some(input.categories),
    roster: input.roster,
    tookFrom: input.tookFrom ?? null,
    tookTo: input.tookTo ?? null,
    each: input.each,
    period: input.period,
    year: input.year,
    from: input.from,
    dueBy: input.dueBy,
    due,
    days: input.days ?? null,
    repeats: input.repeats,
  };
};
/**
 * A new rule as a draft. Sent again with the same content, it answers as the first time.
 * @throws {Invalid} its parts do not fit together, or it names what is not there
 */
export const createRequirement = async (ctx: Context, input: RuleInput): Promise<RequirementId> => {
  const { actor } = wholeBody(ctx);
  const row: Requirement = {
    id: input.id,
    ...(await fieldsOf(ctx, input)),
    follows: null,
    state: "draft",
    job: null,
    createdBy: actor.person,
    createdAt: ctx.now,
  };
  await commit(ctx, {
    statements: [insertRequirement(ctx, row)],
    audit: { command: "requirements.create", object: { kind: "requirement", id: input.id }, after: input },
  });
  return input.id;
};
/** Changes a draft. @throws {NotFound} @throws {Invalid} as when it is made @throws {Conflict} it was on already */
export const changeRequirement = async (ctx: Context, input: RuleInput): Promise<void> => {
  wholeBody(ctx);
  const before = (await findRequirement(ctx, input.id)) ?? notFound();
  await commit(ctx, {
    statements: changeDraft(ctx, input.id, await fieldsOf(ctx, input)),
    audit: { command: "requirements.change", object: { kind: "requirement", id: input.id }, before, after: input },
  });
};
/** One rule: while a draft with its preview, then with how it stands, how far it is assigned and how often people were reminded. @throws {NotFound} */
export const seeRequirement = async (
  ctx: Context,
  id: RequirementId,
): Promise<{
  requirement: Requirement;
  unitName: string | null;
  /** Of a successor whose exam is still to be chosen: the exam of before. */ examBefore: string | null;
  job: AssignJob | null;
  preview: Preview | null;
  standing: Standing | null;
  reminded: { n: number; last: Day | null };
}> => {
  const reach = ctx.reach(seeRequirements);
  const requirement = (await findRequirement(ctx, id)) ?? notFound();
  const isDraft = requirement.state === "draft";
  const before = requirement.follows === null || requirement.exam !== null ? undefined : await findRequirement(ctx, requirement.follows);
  const [[standing], reminded] = await Promise.all([isDraft ? [] : standingsOf(ctx, reach, 1, id), countReminders(ctx, reach, id)]);
  return {
    requirement,
    unitName: requirement.unit === null ? null : await findUnitName(ctx, requirement.unit),
    examBefore: isDraft ? (before?.examTitle ?? null) : null,
    job: requirement.job === null ? null : await findAssignJob(ctx, requirement.job),
    preview: isDraft ? await countHits(ctx, id, reach) : null,
    standing: standing ?? null,
    reminded,
  };
};
const pageSize = 50;
/**
 * Whom a draft would hit today: the units page by page, or the people of one; of what is on, its people are listed instead.
 * @throws {NotFound} there is no such draft, or the unit is not within the reach
 */
export const seeHits = async (
  ctx: Context,
  { id, unit, after = "" }: HitsInput,
): Promise<
  { requirement: Requirement; next: string | null } & (
    | { total: HitTotal; units: HitUnit[] }
    | { unitName: string; count: number; people: HitPerson[] }
  )
> => {
  const reach = ctx.reach(seeRequirements);
  const requirement = await findRequirement(ctx, id);
  if (requirement?.state !== "draft") return notFound();
  const nextOf = <T>(rows: readonly T[], key: (row: T) => string) => {
    const last = rows.at(-1);
    return rows.length < pageSize || last === undefined ? null : key(last);
  };
  if (unit === undefined) {
    const units = await hitUnits(ctx, id, reach, after, pageSize);
    return { requirement, total: await countHits(ctx, id, reach), units, next: nextOf(units, (row) => row.unit) };
  }
  const unitName = (await findUnitName(ctx, unit, reach)) ?? notFound();
  const people = await hitPeople(ctx, id, unit, after, pageSize);
  return { requirement, unitName, count: await countHitsAt(ctx, id, unit), people, next: nextOf(people, (row) => row.person) };
};
/** All rules, newest first: what the body asks is no secret of a unit. */
export const seeRequirementList = (ctx: Context): Promise<Requirement[]> => {
  ctx.allow(seeRequirements);
  return listRequirements(ctx);
};
/** A draft to be changed. @throws {NotFound} there is none */
export const seeDraft = async (ctx: Context, id: RequirementId): Promise<Requirement> => {
  wholeBody(ctx);
  const found = await findRequirement(ctx, id);
  return found?.state === "draft" ? found : notFound();
};
/** Deletes a rule that was never on. @throws {NotFound} @throws {Conflict} it is no draft */
export const deleteDraft = async (ctx: Context, id: RequirementId): Promise<void> => {
  wholeBody(ctx);
  const before = (await findRequirement(ctx, id)) ?? notFound();
  await commit(ctx, {
    statements: removeDraft(ctx, id),
    audit: { command: "requirements.delete", object: { kind: "requirement", id }, before, note: before.name },
  });
};
