/** Positions: opened, closed, moved to another unit, marked as main; and grants of roles. */
import {
  addDays,
  commit,
  Forbidden,
  Invalid,
  mustHold,
  notFound,
  kernelText,
  type Context,
  type Day,
  type GrantId,
  type PersonId,
  type PositionId,
} from "#kernel";
import type { z } from "zod";
import type { grantForm, openPositionForm, transferForm } from "../input.ts";
import { coversGrant } from "../rules.ts";
import { addGrants, addPositions, type PositionRow } from "../store-bulk.ts";
import { lastDayOfMark } from "../store-marks.ts";
import {
  administratorStays,
  endGrant,
  endMark,
  endPosition,
  findGrant,
  findPerson,
  findPosition,
  markMain,
  rejectPosition,
} from "../store-people.ts";
import { ancestorsOf, findUnit } from "../store-units.ts";
import { grantRoles, managePeople, personChanged } from "../terms.ts";
import { text } from "../text.ts";

/**
 * Opens a position for a person whom one sees, in a unit that one reaches. Sent again, it changes nothing.
 * @throws {NotFound} either is outside the reach
 */
export const openPosition = async (ctx: Context, given: z.output<typeof openPositionForm>): Promise<void> => {
  const reach = ctx.reach(managePeople);
  const person = (await findPerson(ctx, reach, given.person)) ?? notFound();
  const unit = (await findUnit(ctx, reach, given.unit)) ?? notFound();
  const position: PositionRow = {
    id: given.id,
    person: person.id,
    unit: unit.id,
    nature: given.nature,
    post: given.post,
    from: given.from,
  };
  await commit(ctx, {
    statements: [...addPositions(ctx, [position]), ...(given.main ? markMain(person.id, given.id) : [])],
    signals: [personChanged({ person: person.id })],
    audit: { command: "people.position.open", object: { kind: "position", id: given.id }, unit: unit.id, after: given },
  });
};
/** What a position's last day takes with it: whoever has no other position stays on 学法名册 no longer than that. */
export const ending = async (ctx: Context, position: { id: PositionId; person: PersonId }, until: Day) => {
  const last = await lastDayOfMark(ctx, position, until);
  return {
    statements: last === null ? [] : endMark(ctx, position.person, last),
    signals: [personChanged({ person: position.person })],
    after: last === null ? {} : { rosterUntil: last },
  };
};
/** Gives a position its last day; the past stays. @throws {NotFound} @throws {Invalid} before it began @throws {Conflict} it ended earlier */
export const closePosition = async (ctx: Context, given: { position: PositionId; until: Day }): Promise<void> => {
  const position = (await findPosition(ctx, ctx.reach(managePeople), given.position)) ?? notFound();
  if (given.until < position.from) throw new Invalid(text.endsBeforeBegin);
  // Sent again: it ends that day already, and nobody has to confirm it.
  if (position.until === given.until && !position.unconfirmed) return;
  const ends = await ending(ctx, position, given.until);
  await commit(ctx, {
    statements: [...endPosition(ctx, position.id, given.until, false), ...ends.statements],
    signals: ends.signals,
    audit: {
      command: "people.position.close",
      object: { kind: "position", id: position.id },
      unit: position.unit,
      before: position,
      after: { ...given, ...ends.after },
    },
  });
};
/**
 * Sends back what a unit entered and nobody confirmed: the position never counted, and the unit's own officers see why.
 * @throws {NotFound} @throws {Conflict} an officer confirmed or closed it
 */
export const rejectEntered = async (ctx: Context, given: { position: PositionId; reason: string }): Promise<void> => {
  const position = (await findPosition(ctx, ctx.reach(managePeople), given.position)) ?? notFound();
  const until = addDays(position.from < ctx.today ? position.from : ctx.today, -1);
  await commit(ctx, {
    statements: rejectPosition(ctx, position, until),
    signals: [personChanged({ person: position.person })],
    audit: {
      command: "people.own.reject",
      object: { kind: "position", id: position.id },
      unit: position.unit,
      before: position,
      after: given,
      note: given.reason,
    },
  });
};
/**
 * Closes a position the day before another opens: a transfer. Both units lie in the reach. What is due moves at once, so
 * none is entered before its day. @throws as both @throws {Invalid} it is still to come, or changes nothing
 */
export const transfer = async (ctx: Context, given: z.output<typeof transferForm>, dayBefore: Day): Promise<void> => {
  const reach = ctx.reach(managePeople);
  const from = (await findPosition(ctx, reach, given.position)) ?? notFound();
  const unit = (await findUnit(ctx, reach, given.unit)) ?? notFound();
  if (given.from > ctx.today) throw new Invalid(text.transferToCome);
  if (unit.id === from.unit && given.post === from.post && given.nature === from.nature) throw new Invalid(text.transferNowhere);
  if (dayBefore < from.from) throw new Invalid(text.endsBeforeBegin);
  const to: PositionRow = {
    id: given.id,
    person: from.person,
    unit: unit.id,
    nature: given.nature,
    post: given.post,
    from: given.from,
    main: from.main,
  };
  await commit(ctx, {
    statements: [...endPosition(ctx, from.id, dayBefore, false), ...addPositions(ctx, [to])],
    signals: [personChanged({ person: from.person })],
    audit: { command: "people.position.transfer", object: { kind: "position", id: to.id }, unit: unit.id, before: from, after: given },
  });
};
/** Marks a position as the one that counts; no other of its person is. @throws {NotFound} */
export const setMain = async (ctx: Context, given: { position: PositionId }): Promise<void> => {
  const position = (await findPosition(ctx, ctx.reach(managePeople), given.position)) ?? notFound();
  await commit(ctx, {
    statements: markMain(position.person, position.id),
    signals: [personChanged({ person: position.person })],
    audit: { command: "people.position.main", object: { kind: "position", id: position.id }, unit: position.unit },
  });
};

/**
 * Gives a role by grant, never beyond the giver's own. Sent again, it changes nothing.
 * @throws {NotFound} person or unit is outside the reach @throws {Forbidden} more than the giver has
 * @throws {Invalid} it would end before it began
 */
export const giveGrant = async (ctx: Context, given: z.output<typeof grantForm>): Promise<void> => {
  const reach = ctx.reach(grantRoles);
  const person = (await findPerson(ctx, reach, given.person)) ?? notFound();
  if (given.unit !== undefined && !(await findUnit(ctx, reach, given.unit))) notFound();
  if (given.until !== undefined && given.until < given.from) throw new Invalid(text.grantEndsBeforeBegin);
  const kinds = given.kinds.length === 0 ? null : given.kinds;
  const unit = given.unit ?? null;
  if (!coversGrant(reach.areas, { unit, kinds }, unit === null ? [] : await ancestorsOf(ctx, unit)))
    throw new Forbidden(kernelText.forbidden);
  await commit(ctx, {
    statements: addGrants(ctx, [
      {
        id: given.id,
        person: person.id,
        role: given.role,
        unit,
        kinds,
        from: given.from,
        until: given.until ?? null,
        reason: given.reason,
        by: ctx.actor?.person ?? null,
      },
    ]),
    audit: { command: "people.grant.give", object: { kind: "grant", id: given.id }, unit, after: given, note: given.reason },
  });
};
/** Ends a grant with a day; somebody stays administrator of everything. @throws {NotFound} @throws {Conflict} it would be nobody */
export const endGrantOn = async (ctx: Context, given: { grant: GrantId; until: Day }): Promise<void> => {
  const reach = ctx.reach(grantRoles);
  const grant = (await findGrant(ctx, given.grant)) ?? notFound();
  if (!coversGrant(reach.areas, grant, grant.unit === null ? [] : await ancestorsOf(ctx, grant.unit))) notFound();
  await commit(ctx, {
    statements: [...endGrant(ctx, grant.id, given.until), mustHold(administratorStays(given.until))],
    audit: { command: "people.grant.end", object: { kind: "grant", id: grant.id }, unit: grant.unit, before: grant, after: given },
  });
};
