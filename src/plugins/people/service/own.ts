/** The roster of one's own unit: a head or unit officer adds, corrects and closes; an officer of the bureau confirms later. */
import { commit, Conflict, Forbidden, Invalid, notFound, roleOfPost, type Context, type Day, type PositionId, type Reach } from "#kernel";
import type { z } from "zod";
import type { ownAddForm, ownCorrectForm } from "../input.ts";
import { nameOf } from "../rules.ts";
import { addPeople, addPositions, type PositionRow } from "../store-bulk.ts";
import { endPosition, findPerson, findPosition, isWhollyIn, namesakesAt, putPerson, reopenPosition } from "../store-people.ts";
import { markEndedWith, reopenMark } from "../store-marks.ts";
import { closedToday, countReleased, findOwn, type OwnRow } from "../store-search.ts";
import { findUnit } from "../store-units.ts";
import { keepOwnPeople, personChanged } from "../terms.ts";
import { text } from "../text.ts";
import { freshLogins, phoneGiven } from "./person.ts";
import { ending } from "./position.ts";

/** @throws {Forbidden} the post gives more than a learner has */
const plain = (post: PositionRow["post"]) => {
  if (roleOfPost(post) !== null) throw new Forbidden(text.postOfOfficers);
};

/**
 * Adds a person to one's own unit, at once and 待确认. Sent again, it changes nothing.
 * @throws {NotFound} another's unit @throws {Forbidden} a post with a role @throws {Invalid} somebody of this name is there
 */
export const addOwn = async (ctx: Context, given: z.output<typeof ownAddForm>): Promise<void> => {
  const reach = ctx.reach(keepOwnPeople);
  const unit = (await findUnit(ctx, reach, given.unit)) ?? notFound();
  plain(given.post);
  const name = nameOf(given.name);
  const there = await namesakesAt(ctx, unit.id, name);
  if (there.some((p) => p.id !== given.id) && !given.anyway) throw new Invalid(text.namesake, { name, unit: unit.name });
  const [login = ""] = await freshLogins(ctx, 1);
  const position: PositionRow = {
    id: given.position,
    person: given.id,
    unit: unit.id,
    nature: given.nature,
    post: given.post,
    from: given.from,
    unconfirmed: true,
  };
  await commit(ctx, {
    statements: [
      ...addPeople(ctx, [
        { id: given.id, login, name, phone: phoneGiven(given.phone), category: given.category ?? null, unconfirmed: true },
      ]),
      ...addPositions(ctx, [position]),
    ],
    signals: [personChanged({ person: given.id })],
    audit: { command: "people.own.add", object: { kind: "person", id: given.id }, unit: unit.id, after: given },
  });
};
/**
 * Corrects name and phone of a person who belongs to one's own unit alone; 待确认.
 * @throws {NotFound} not one's own @throws {Forbidden} the bureau keeps this person's facts
 */
export const correctOwn = async (ctx: Context, given: z.output<typeof ownCorrectForm>): Promise<void> => {
  const reach = ctx.reach(keepOwnPeople);
  const person = (await findPerson(ctx, reach, given.person)) ?? notFound();
  if (!(await isWhollyIn(ctx, reach, person.id))) throw new Forbidden(text.factsOfOfficers);
  const facts = { name: nameOf(given.name), phone: phoneGiven(given.phone) };
  await commit(ctx, {
    statements: [...putPerson(ctx, person.id, { ...facts, unconfirmed: true })],
    audit: {
      command: "people.own.correct",
      object: { kind: "person", id: person.id },
      before: { name: person.name, phone: person.phone },
      after: facts,
    },
  });
};
type Closing = { position: PositionId; until: Day };
const findClosing = async (ctx: Context, reach: Reach, given: Closing) => {
  const position = (await findPosition(ctx, reach, given.position)) ?? notFound();
  plain(position.post);
  if (given.until < position.from) throw new Invalid(text.endsBeforeBegin);
  return position;
};
/** What closing a position would do. Throws as `closeOwn`. */
export const lookAtClosing = async (ctx: Context, given: Closing): Promise<{ row: OwnRow; released: number }> => {
  const reach = ctx.reach(keepOwnPeople);
  const position = await findClosing(ctx, reach, given);
  return { row: (await findOwn(ctx, reach, position.id)) ?? notFound(), released: await countReleased(ctx, position, given.until) };
};
/** Closes a position in one's own unit; 待确认. @throws {NotFound} another's @throws {Forbidden} a post with a role @throws {Invalid} before it began */
export const closeOwn = async (ctx: Context, given: Closing): Promise<void> => {
  const position = await findClosing(ctx, ctx.reach(keepOwnPeople), given);
  // Sent again: it ends that day already.
  if (position.until === given.until) return;
  const ends = await ending(ctx, position, given.until);
  await commit(ctx, {
    statements: [...endPosition(ctx, position.id, given.until, true), ...ends.statements],
    signals: ends.signals,
    audit: {
      command: "people.own.close",
      object: { kind: "position", id: position.id },
      unit: position.unit,
      before: position,
      after: { ...given, ...ends.after },
      // What it takes to take it back.
      ...(position.until === null ? {} : { note: position.until }),
    },
  });
};
/**
 * Takes back a closing of today, with what was due. @throws {NotFound} another's
 * @throws {Conflict} it was not closed today by its unit, or an officer has confirmed it
 */
export const reopenOwn = async (ctx: Context, given: { position: PositionId }): Promise<void> => {
  const position = (await findPosition(ctx, ctx.reach(keepOwnPeople), given.position)) ?? notFound();
  plain(position.post);
  const until = await closedToday(ctx, position.id);
  if (position.until === null || until === undefined) throw new Conflict(text.closedForGood);
  const marked = await markEndedWith(ctx, position.person, position.until);
  const { id, person } = position;
  await commit(ctx, {
    statements: [...reopenPosition(ctx, id, position.until, until), ...(marked ? [reopenMark(ctx, person, position.until)] : [])],
    signals: [personChanged({ person })],
    audit: {
      command: "people.own.reopen",
      object: { kind: "position", id: position.id },
      unit: position.unit,
      before: position,
      after: { ...position, until, ...(marked ? { rosterUntil: null } : {}) },
    },
  });
};
