/** Lists of exemptions and deferrals: what was asked for, and who is excused from a requirement. */
import { notFound, type Context, type RequirementId } from "#kernel";
import type { ExcusedInput, ExcuseId, ListInput } from "../input-excuses.ts";
import { findUnitName } from "../store.ts";
import { countAsked, countExcused, excusedCounts, excusedOf, listExcuses, type Excused, type Listed } from "../store-excuses.ts";
import { findRequirement, listRequirements, type Requirement } from "../store-rules.ts";
import { askExcuses, decideOnExcuses, seeRequirements } from "../terms.ts";

const pageSize = 50;
const nextOf = (rows: readonly Listed[]): ExcuseId | null => (rows.length === pageSize ? (rows.at(-1)?.id ?? null) : null);
export type ExcuseList = { rows: Listed[]; next: ExcuseId | null };
/** What was asked for within the reach; without a state, what is to be decided. With the requirements to filter by. */
export const seeExcuses = async (ctx: Context, input: ListInput): Promise<ExcuseList & { requirements: Requirement[] }> => {
  const reach = ctx.reach(decideOnExcuses);
  const state = input.state === "any" ? undefined : (input.state ?? "asked");
  const rows = await listExcuses(ctx, reach, { requirement: input.requirement, kind: input.kind, state }, input.after, pageSize);
  return { rows, next: nextOf(rows), requirements: await listRequirements(ctx) };
};
/** What one's own units asked for, whatever became of it. */
export const seeOwnExcuses = async (ctx: Context, after: ExcuseId | undefined): Promise<ExcuseList> => {
  const rows = await listExcuses(ctx, ctx.reach(askExcuses), {}, after, pageSize);
  return { rows, next: nextOf(rows) };
};
/** How many wait for the actor's decision. */
export const countToDecide = (ctx: Context): Promise<number> => countAsked(ctx, ctx.reach(decideOnExcuses));
/** How many of one's own units wait for a decision. */
export const countOwnAsked = (ctx: Context): Promise<number> => countAsked(ctx, ctx.reach(askExcuses));
/** How many people are excused from what a requirement asks, within the reach. */
export const seeExcusedCounts = (ctx: Context, id: RequirementId) => excusedCounts(ctx, id, ctx.reach(seeRequirements));
export type ExcusedPage = { requirement: Requirement; asked: ExcusedInput; n: number; rows: Excused[]; next: string | null };
/** The excused of a requirement with their number. @throws {NotFound} there is no such requirement, or the unit is outside the reach */
export const seeExcused = async (ctx: Context, asked: ExcusedInput): Promise<ExcusedPage> => {
  const reach = ctx.reach(seeRequirements);
  const requirement = (await findRequirement(ctx, asked.id)) ?? notFound();
  const { unit } = asked;
  if (unit !== undefined && (await findUnitName(ctx, unit, reach)) === null) return notFound();
  const rows = await excusedOf(ctx, asked, reach, pageSize);
  return {
    requirement,
    asked,
    n: await countExcused(ctx, asked, reach),
    rows,
    next: rows.length === pageSize ? (rows.at(-1)?.key ?? null) : null,
  };
};
