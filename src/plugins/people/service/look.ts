/** What pages show of units and people, each within the reach of the permission that it stands under. */
import { notFound, type Context, type PersonId, type PositionId, type UnitId } from "#kernel";
import type { z } from "zod";
import type { peopleList, unitList } from "../input.ts";
import { findPerson, grantsOf, marksOf, positionsOf } from "../store-people.ts";
import { findOwn, listOwn, listPeople, listRejected, listUnconfirmed } from "../store-search.ts";
import { ancestorsOf, childrenOf, findUnit, listUnits, namesOfUnits, statusesOf, unitChoices } from "../store-units.ts";
import { hasPassword } from "./session.ts";
import { keepOwnPeople, managePeople, seeRoster } from "../terms.ts";

export const pageSize = 50;
/** The key of the last row of a page, for the address of the next; null on the last page. */
const nextKey = <T>(rows: readonly T[], key: (row: T) => string): string | null => {
  const last = rows.length > pageSize ? rows[pageSize - 1] : undefined;
  return last === undefined ? null : key(last);
};
const separator = "\u001f";
const keyOf = (after: string | undefined): { name: string; id: string } => {
  const [name = "", id = ""] = (after ?? "").split(separator);
  return { name, id };
};

/** A page of units. */
export const searchUnits = async (ctx: Context, f: z.output<typeof unitList>) => {
  const rows = await listUnits(ctx, ctx.reach(seeRoster), f, keyOf(f.after), pageSize + 1);
  return { rows: rows.slice(0, pageSize), next: nextKey(rows, (row) => row.name + separator + row.id) };
};
/** A page of people; with the unit that the filter names. */
export const searchPeople = async (ctx: Context, f: z.output<typeof peopleList>) => {
  const reach = ctx.reach(seeRoster);
  const unit = f.unit === undefined ? null : ((await findUnit(ctx, reach, f.unit)) ?? notFound());
  const rows = await listPeople(ctx, reach, f, keyOf(f.after), pageSize + 1);
  return { unit, rows: rows.slice(0, pageSize), next: nextKey(rows, (row) => row.name + separator + row.id) };
};
/** A unit whole: where it hangs, what hangs below, its statuses. @throws {NotFound} outside the reach */
export const showUnit = async (ctx: Context, id: UnitId) => {
  const reach = ctx.reach(seeRoster);
  const unit = (await findUnit(ctx, reach, id)) ?? notFound();
  const [above, children, statuses] = await Promise.all([ancestorsOf(ctx, id), childrenOf(ctx, reach, id), statusesOf(ctx, id)]);
  const path = await namesOfUnits(ctx, reach, above.slice(1).toReversed());
  return { unit, path, children, statuses };
};
/** A person whole, as far as the reach goes. @throws {NotFound} outside the reach */
export const showPerson = async (ctx: Context, id: PersonId) => {
  const reach = ctx.reach(seeRoster);
  const person = (await findPerson(ctx, reach, id)) ?? notFound();
  const [positions, marks, grants, password] = await Promise.all([
    positionsOf(ctx, reach, id),
    marksOf(ctx, id),
    grantsOf(ctx, id),
    hasPassword(ctx, id),
  ]);
  return { person, positions, marks, grants: ctx.actor?.roles.has("administrator") === true ? grants : [], password };
};
/** What waits for an officer's word. */
export const listWaiting = async (ctx: Context, after: string) => {
  const rows = await listUnconfirmed(ctx, ctx.reach(managePeople), after, pageSize + 1);
  const people = [...new Set(rows.map((row) => row.person))];
  const shown = new Set(people.slice(0, pageSize));
  return { rows: rows.filter((row) => shown.has(row.person)), next: people.length > pageSize ? (people[pageSize - 1] ?? null) : null };
};
/** How long a unit sees what was sent back, ms. */
const rejectedFor = 60 * 86_400_000;
/** The units of one's own, the people who hold a position there, and what the bureau sent back lately. */
export const showOwn = async (ctx: Context, after: string | undefined, at?: PositionId) => {
  const reach = ctx.reach(keepOwnPeople);
  const [units, rows, rejected, about] = await Promise.all([
    unitChoices(ctx, reach, 100),
    listOwn(ctx, reach, keyOf(after), 201),
    listRejected(ctx, reach, ctx.now - rejectedFor, 20),
    at === undefined ? undefined : findOwn(ctx, reach, at),
  ]);
  const last = rows.length > 200 ? rows[199] : undefined;
  return {
    units,
    rejected,
    about: about ?? null,
    rows: rows.slice(0, 200),
    next: last === undefined ? null : last.unitName + separator + last.position,
  };
};
