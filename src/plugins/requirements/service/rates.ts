/** How requirements stand, in numbers and in the people behind them; who is overdue, and whom to call. */
import { notFound, type Context, type RequirementId, type Slot } from "#kernel";
import type { ListInput } from "../input-rates.ts";
import { slotsOf } from "../rules.ts";
import {
  countOf,
  kindsOf,
  overdueUnits,
  peopleOf,
  standingsOf,
  unitsOf,
  type Asked,
  type KindRow,
  type Listed,
  type OverdueUnit,
  type Standing,
  type UnitRow,
} from "../store-rates.ts";
import { findUnitName } from "../store.ts";
import { findRequirement, type Requirement } from "../store-rules.ts";
import { seeRequirements } from "../terms.ts";

/** So many requirements stand on the officer's first page. */
const stripsShown = 12;
/** How each requirement that is on stands, within the reach. */
export const seeStandings = (ctx: Context): Promise<Standing[]> => standingsOf(ctx, ctx.reach(seeRequirements), stripsShown);

const pageSize = 50;
/** One requirement in all, by kind of unit, and a page of its units. @throws {NotFound} */
export const seeRates = async (
  ctx: Context,
  { id, after = "" }: { id: RequirementId; after?: string | undefined },
): Promise<{ standing: Standing; slots: Slot[]; kinds: KindRow[]; units: UnitRow[]; next: string | null }> => {
  const reach = ctx.reach(seeRequirements);
  const requirement = (await findRequirement(ctx, id)) ?? notFound();
  const [[standing], kinds, units] = await Promise.all([
    standingsOf(ctx, reach, 1, id),
    kindsOf(ctx, id, reach),
    unitsOf(ctx, id, reach, after, pageSize),
  ]);
  const isFull = new Set(units.map(({ unit }) => unit)).size === pageSize;
  return {
    standing: standing ?? notFound(),
    slots: slotsOf(requirement),
    kinds,
    units,
    next: isFull ? (units.at(-1)?.unit ?? null) : null,
  };
};

/** A list of people, with what it is of. */
export type People = {
  requirement: Requirement;
  slots: Slot[];
  asked: Asked;
  unitName: string | null;
  n: number;
  rows: Listed[];
  next: string | null;
};
/**
 * Some people of a requirement within the reach with their number, and the key after which the next page begins.
 * @throws {NotFound} the requirement does not exist, or the unit does not within the reach
 */
export const requirementPeople = async (ctx: Context, input: ListInput): Promise<People> => {
  const reach = ctx.reach(seeRequirements);
  const { id, unit, kind, q } = input;
  const requirement = (await findRequirement(ctx, id)) ?? notFound();
  const unitName = unit === undefined ? null : ((await findUnitName(ctx, unit, reach)) ?? notFound());
  const slots = slotsOf(requirement);
  const slot = input.slot ?? slots[0] ?? "study";
  const asked = { id, slot, show: input.show ?? "due", unit, kind, q };
  const [n, rows] = await Promise.all([countOf(ctx, asked, reach), peopleOf(ctx, asked, input.after ?? "/", reach, pageSize)]);
  return { requirement, slots, asked, unitName, n, rows, next: rows.length === pageSize ? (rows.at(-1)?.key ?? null) : null };
};

const worst = 8;
/** Each row of theirs counts its people. */
const overduePage = 25;
/** The units that are overdue longest, with whom to call, and whether there are more. */
export const seeOverdue = async (ctx: Context): Promise<{ rows: OverdueUnit[]; more: boolean }> => {
  const rows = await overdueUnits(ctx, ctx.reach(seeRequirements), "", worst + 1);
  return { rows: rows.slice(0, worst), more: rows.length > worst };
};
/** All of them, a page at a time. */
export const seeOverduePage = async (
  ctx: Context,
  { after = "" }: { after?: string | undefined },
): Promise<{ rows: OverdueUnit[]; next: string | null }> => {
  const rows = await overdueUnits(ctx, ctx.reach(seeRequirements), after, overduePage);
  return { rows, next: rows.length === overduePage ? (rows.at(-1)?.key ?? null) : null };
};
