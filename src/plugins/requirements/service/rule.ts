/** Rules: made, seen, deleted while drafts. */
import { commit, Forbidden, Invalid, notFound, type Actor, type Context, type Reach, type RequirementId, type Slot } from "#kernel";
import { titlesOf as courseTitles } from "#plugins/courses";
import { titlesOf as examTitles } from "#plugins/exams";
import type { CreateInput } from "../input.ts";
import { slotsOf } from "../rules.ts";
import { countsOf, type Counts } from "../store.ts";
import {
  countHits,
  findRequirement,
  insertRequirement,
  listRequirements,
  removeDraft,
  type HitKind,
  type HitTotal,
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
/** One rule: while a draft with its preview, then with how far it is. @throws {NotFound} */
export const seeRequirement = async (
  ctx: Context,
  id: RequirementId,
): Promise<{ requirement: Requirement; preview: Preview | null; slots: { slot: Slot; counts: Counts }[] }> => {
  const reach = ctx.reach(seeRequirements);
  const requirement = (await findRequirement(ctx, id)) ?? notFound();
  return {
    requirement,
    preview: requirement.state === "draft" ? await countHits(ctx, id, reach) : null,
    slots: await Promise.all(slotsOf(requirement).map(async (slot) => ({ slot, counts: await countsOf(ctx, { id, slot }, reach) }))),
  };
};
/** All rules, newest first: what the body asks is no secret of a unit. */
export const seeRequirementList = (ctx: Context): Promise<Requirement[]> => {
  ctx.allow(seeRequirements);
  return listRequirements(ctx);
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
