/** How far requirements are, and their people, within a reach. */
import { notFound, type Context } from "#kernel";
import type { PeopleInput } from "../input.ts";
import { slotsOf } from "../rules.ts";
import { countsOf, overdueUnits, peopleOf, progressOf, unitWithin, type AskedPeople, type Behind, type Counts } from "../store.ts";
import { findRequirement, type Requirement } from "../store-rules.ts";
import { seeRequirements } from "../terms.ts";

const pageSize = 50;
/**
 * The people of a requirement within the reach with their number, and the key after which the next page begins.
 * @throws {NotFound} the requirement does not exist, or the unit does not within the reach
 */
export const requirementPeople = async (
  ctx: Context,
  input: PeopleInput,
): Promise<{ requirement: Requirement; asked: AskedPeople; counts: Counts; rows: Behind[]; next: string | null }> => {
  const reach = ctx.reach(seeRequirements);
  const requirement = (await findRequirement(ctx, input.id)) ?? notFound();
  if (input.unit !== undefined && !(await unitWithin(ctx, reach, input.unit))) return notFound();
  const { id, unit, open } = input;
  const asked = { id, unit, open, slot: input.slot ?? slotsOf(requirement)[0] ?? "study" };
  const rows = await peopleOf(ctx, asked, input.after ?? "/", reach, pageSize);
  return {
    requirement,
    asked,
    counts: await countsOf(ctx, asked, reach),
    rows,
    next: rows.length === pageSize ? (rows.at(-1)?.key ?? null) : null,
  };
};
/** How far each requirement is, within the reach. */
export const seeProgress = (ctx: Context) => progressOf(ctx, ctx.reach(seeRequirements));
/** Units with overdue assignments, with whom to call. */
export const seeOverdue = (ctx: Context) => overdueUnits(ctx, ctx.reach(seeRequirements));
