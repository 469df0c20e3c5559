/** Choosing a unit: from a list where they are few, by typing where they are many. */
import { Invalid, unitId, type Context, type Facts, type Permission, type UnitId, type Words } from "#kernel";
import { findRoot, findUnit, unitChoices, unitsLike } from "../store-units.ts";
import { manageUnits } from "../terms.ts";
import { text } from "../text.ts";

type Choice = { id: UnitId; name: string };
/** A choice among units: all of them where they are few (null: they are many, and one is typed), and the one that is chosen already. */
export type Units = { few: readonly Choice[] | null; chosen: Choice | null };
/** More are no list to choose from on a telephone. */
const fewUnits = 40;
/** Where nothing may be chosen. */
export const noUnits: Units = { few: [], chosen: null };
/** Units to choose from, within the reach of a permission; `given` is what an address or a form named. */
export const chooseUnits = async (ctx: Context, permission: Permission, given?: string): Promise<Units> => {
  const reach = ctx.reach(permission);
  const id = unitId.safeParse(given);
  const [units, chosen] = await Promise.all([
    unitChoices(ctx, reach, fewUnits + 1),
    id.success ? findUnit(ctx, reach, id.data) : undefined,
  ]);
  return { few: units.length > fewUnits ? null : units, chosen: chosen ?? null };
};
/** Units to hang another under: those within the reach, and the body itself. */
export const chooseParents = async (ctx: Context, given?: string): Promise<Units> => {
  const [{ few, chosen }, root] = await Promise.all([chooseUnits(ctx, manageUnits, given), findRoot(ctx)]);
  if (root === undefined) return { few, chosen };
  return {
    few: few === null || few.some((u) => u.id === root.id) ? few : [root, ...few],
    chosen: chosen ?? (given === undefined ? root : null),
  };
};
/**
 * The unit that is meant: by its id, as a list gives it, or as somebody types it.
 * @throws {Invalid} nothing within the reach is called so, or several are
 */
const unitMeant = async (ctx: Context, permission: Permission, typed: string, root = false): Promise<UnitId> => {
  const id = unitId.safeParse(typed);
  if (id.success) return id.data;
  const found = await unitsLike(ctx, ctx.reach(permission), typed, root, 6);
  const [first, second] = found;
  const fail = (words: Words, facts: Facts) => new Invalid(words, facts, [{ field: "unit", code: "unit", words, facts }]);
  if (first === undefined) throw fail(text.unitNoneLike, { name: typed });
  if (second !== undefined && (first.exact === 0 || second.exact === 1))
    throw fail(text.unitSeveral, { name: typed, names: found.map((u) => u.name).join("、") });
  return first.id;
};
/** What was entered, with the unit that is meant. Throws as `unitMeant`. */
export const withUnit = async <T extends { unit: string }>(
  ctx: Context,
  permission: Permission,
  given: T,
): Promise<T & { unit: UnitId }> => ({
  ...given,
  unit: await unitMeant(ctx, permission, given.unit),
});
/** The same with a unit to hang another under. */
export const withParent = async <T extends { parent: string }>(ctx: Context, given: T): Promise<T & { parent: UnitId }> => ({
  ...given,
  parent: await unitMeant(ctx, manageUnits, given.parent, true),
});
