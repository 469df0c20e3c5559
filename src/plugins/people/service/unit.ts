/** Units: made, corrected, moved, opened and closed. */
import { commit, Invalid, NotFound, notFound, kernelText, type Context, type Day, type UnitId, type UnitStatus } from "#kernel";
import type { z } from "zod";
import type { createUnitForm, correctUnitForm, moveUnitForm, unitFields } from "../input.ts";
import { isUnitCode, nameOf, wouldReach } from "../rules.ts";
import { addUnits } from "../store-bulk.ts";
import { ancestorsOf, findRoot, findUnit, hasSibling, moveUnder, putStatus, putUnit, type UnitFacts } from "../store-units.ts";
import { manageUnits, unitChanged } from "../terms.ts";
import { text } from "../text.ts";

type Given = Omit<z.output<typeof unitFields>, "parent">;
const yes = (value: "yes" | "no" | undefined) => (value === undefined ? null : value === "yes");
/** @throws {Invalid} the 统一社会信用代码 has a wrong check character */
const factsOf = (given: Given): UnitFacts => {
  const code = given.code?.normalize("NFKC").replace(/\s/g, "").toUpperCase() ?? null;
  if (code !== null && !isUnitCode(code)) throw new Invalid(text.badUnitCode, { code });
  return {
    name: nameOf(given.name),
    kind: given.kind,
    code,
    permit: given.permit ?? null,
    permitUntil: given.permitUntil ?? null,
    authority: given.authority ?? null,
    supervisor: given.supervisor ?? null,
    academic: yes(given.academic),
    profit: yes(given.profit),
    foundedOn: given.foundedOn ?? null,
  };
};
/** A parent that one may hang units under: within the reach, or the body itself. @throws {NotFound} */
const findParent = async (ctx: Context, id: UnitId) => {
  const reach = ctx.reach(manageUnits);
  const root = await findRoot(ctx);
  return root?.id === id ? root : ((await findUnit(ctx, reach, id)) ?? notFound());
};

/**
 * Makes a unit under a parent. Sent again with the same id and content, it changes nothing.
 * @throws {NotFound} the parent, or the new unit itself, would be outside the reach
 * @throws {Invalid} a wrong code, or the name stands under this parent already
 */
export const createUnit = async (ctx: Context, given: z.output<typeof createUnitForm>): Promise<void> => {
  const reach = ctx.reach(manageUnits);
  const parent = await findParent(ctx, given.parent);
  const facts = factsOf(given);
  if (!wouldReach(reach.areas, await ancestorsOf(ctx, parent.id), facts.kind)) throw new NotFound(kernelText.notFound);
  if ((await hasSibling(ctx, parent.id, facts.name)) && !(await findUnit(ctx, reach, given.id)))
    throw new Invalid(text.unitThere, { name: facts.name });
  await commit(ctx, {
    statements: addUnits(ctx, [{ id: given.id, parent: parent.id, ...facts, status: given.status, since: given.since }]),
    audit: { command: "people.unit.create", object: { kind: "unit", id: given.id }, unit: given.id, after: given },
  });
};
/** Corrects a unit's facts. @throws {NotFound} it is, or would be, outside the reach */
export const correctUnit = async (ctx: Context, given: z.output<typeof correctUnitForm>): Promise<void> => {
  const reach = ctx.reach(manageUnits);
  const before = (await findUnit(ctx, reach, given.unit)) ?? notFound();
  const facts = factsOf(given);
  if (!wouldReach(reach.areas, await ancestorsOf(ctx, given.unit), facts.kind)) throw new NotFound(kernelText.notFound);
  await commit(ctx, {
    statements: [...putUnit(ctx, given.unit, facts)],
    signals: [unitChanged({ unit: given.unit, below: false })],
    audit: { command: "people.unit.correct", object: { kind: "unit", id: given.unit }, unit: given.unit, before, after: facts },
  });
};
/** Hangs a unit under another; records keep the unit that they name. @throws {NotFound} @throws {Conflict} below itself, or the body itself */
export const moveUnit = async (ctx: Context, given: z.output<typeof moveUnitForm>): Promise<void> => {
  const reach = ctx.reach(manageUnits);
  const unit = (await findUnit(ctx, reach, given.unit)) ?? notFound();
  const parent = await findParent(ctx, given.parent);
  if (!wouldReach(reach.areas, await ancestorsOf(ctx, parent.id), unit.kind)) throw new NotFound(kernelText.notFound);
  await commit(ctx, {
    statements: moveUnder(ctx, unit.id, parent.id),
    signals: [unitChanged({ unit: unit.id, below: true })],
    audit: { command: "people.unit.move", object: { kind: "unit", id: unit.id }, unit: unit.id, before: unit.parent, after: parent.id },
  });
};
/** Gives a unit a status from a day on. @throws {NotFound} */
export const setUnitStatus = async (ctx: Context, given: { unit: UnitId; status: UnitStatus; since: Day }): Promise<void> => {
  const unit = (await findUnit(ctx, ctx.reach(manageUnits), given.unit)) ?? notFound();
  await commit(ctx, {
    statements: putStatus(ctx, unit.id, given.since, given.status),
    signals: [unitChanged({ unit: unit.id, below: false })],
    audit: { command: "people.unit.status", object: { kind: "unit", id: unit.id }, unit: unit.id, before: unit.status, after: given },
  });
};
