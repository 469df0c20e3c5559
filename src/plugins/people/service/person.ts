/** People: made with a first position, corrected, marked, confirmed; 身份证 read with a reason. */
import { commit, decrypt, encrypt, idNumberKeyVersion, Invalid, macHex, notFound, type Context, type Day, type PersonId } from "#kernel";
import type { z } from "zod";
import type { correctPersonForm, createPersonForm } from "../input.ts";
import { isIdNumber, loginFrom, nameOf, phoneOf } from "../rules.ts";
import { addPeople, addPositions, addRosterMarks } from "../store-bulk.ts";
import {
  confirmPerson,
  employeeNoTaken,
  endMark,
  findIdNumber,
  findPerson,
  hasMarkFrom,
  namesakesAt,
  putIdNumber,
  putPerson,
  takenLogins,
  type PersonFacts,
} from "../store-people.ts";
import { findUnit } from "../store-units.ts";
import { managePeople, personChanged, readIdNumbers } from "../terms.ts";
import { text } from "../text.ts";

const chance = () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;
/** Fresh 登录号 that nobody has. */
export const freshLogins = async (ctx: Context, count: number): Promise<string[]> => {
  const free = new Set<string>();
  while (free.size < count) {
    const tried = Array.from({ length: count - free.size + 5 }, () => loginFrom(chance()));
    const taken = await takenLogins(ctx, tried);
    for (const login of tried) if (!taken.has(login)) free.add(login);
  }
  return [...free].slice(0, count);
};
/** A phone as typed in one spelling; nothing stays nothing. @throws {Invalid} it is none */
export const phoneGiven = (typed: string | undefined): string | null => {
  if (typed === undefined) return null;
  const phone = phoneOf(typed);
  if (phone === null) throw new Invalid(text.badPhone, { phone: typed });
  return phone;
};
type Given = Pick<z.output<typeof createPersonForm>, "name" | "employeeNo" | "phone" | "email" | "category">;
const factsOf = (given: Given): PersonFacts => ({
  name: nameOf(given.name),
  employeeNo: given.employeeNo?.normalize("NFKC").replace(/\s/g, "") ?? null,
  phone: phoneGiven(given.phone),
  email: given.email ?? null,
  category: given.category ?? null,
});
/** A 身份证 ready to be kept: encrypted, with its HMAC for matching. @throws {Invalid} it is none */
export const sealIdNumber = async (ctx: Context, typed: string): Promise<{ sealed: string; key: number; match: string }> => {
  const number = typed.normalize("NFKC").replace(/\s/g, "").toUpperCase();
  if (!isIdNumber(number)) throw new Invalid(text.badIdNumber);
  return { sealed: await encrypt(ctx.env, number), key: idNumberKeyVersion, match: await macHex(ctx.env, "id-number", number) };
};

/**
 * Makes a person with a first position. Sent again with the same id and content, it changes nothing.
 * @throws {NotFound} the unit is outside the reach
 * @throws {Invalid} 工号 taken, phone or 身份证 malformed, or the unit has one of this name and `anyway` was not said
 */
export const createPerson = async (ctx: Context, given: z.output<typeof createPersonForm>): Promise<void> => {
  const reach = ctx.reach(managePeople);
  const unit = (await findUnit(ctx, reach, given.unit)) ?? notFound();
  const facts = factsOf(given);
  const isNew = !(await findPerson(ctx, reach, given.id));
  if (isNew && facts.employeeNo !== null && (await employeeNoTaken(ctx, facts.employeeNo, null)))
    throw new Invalid(text.employeeNoTaken, { no: facts.employeeNo });
  if (isNew && !given.anyway && (await namesakesAt(ctx, unit.id, facts.name)).length > 0)
    throw new Invalid(text.namesake, { name: facts.name, unit: unit.name });
  const [login = ""] = await freshLogins(ctx, 1);
  const idNumber = given.idNumber === undefined ? null : await sealIdNumber(ctx, given.idNumber);
  const position = { id: given.position, person: given.id, unit: unit.id, nature: given.nature, post: given.post, from: given.from };
  const { idNumber: _secret, ...after } = given;
  await commit(ctx, {
    statements: [...addPeople(ctx, [{ id: given.id, login, ...facts, idNumber }]), ...addPositions(ctx, [position])],
    signals: [personChanged({ person: given.id })],
    audit: { command: "people.person.create", object: { kind: "person", id: given.id }, unit: unit.id, after },
  });
};
/** Corrects a person's facts. @throws {NotFound} outside the reach @throws {Invalid} as `createPerson` */
export const correctPerson = async (ctx: Context, given: z.output<typeof correctPersonForm>): Promise<void> => {
  const before = (await findPerson(ctx, ctx.reach(managePeople), given.person)) ?? notFound();
  const facts = factsOf(given);
  if (facts.employeeNo !== null && (await employeeNoTaken(ctx, facts.employeeNo, given.person)))
    throw new Invalid(text.employeeNoTaken, { no: facts.employeeNo });
  await commit(ctx, {
    statements: [...putPerson(ctx, given.person, { ...facts, unconfirmed: false })],
    signals: facts.category === before.category ? [] : [personChanged({ person: given.person })],
    audit: { command: "people.person.correct", object: { kind: "person", id: given.person }, before, after: facts },
  });
};
/** Puts or takes away the 身份证. @throws {NotFound} @throws {Invalid} */
export const setIdNumber = async (ctx: Context, given: { person: PersonId; idNumber?: string | undefined }): Promise<void> => {
  const person = (await findPerson(ctx, ctx.reach(readIdNumbers), given.person)) ?? notFound();
  const sealed = given.idNumber === undefined ? null : await sealIdNumber(ctx, given.idNumber);
  await commit(ctx, {
    statements: [...putIdNumber(ctx, person.id, sealed)],
    audit: { command: "people.id-number.set", object: { kind: "person", id: person.id } },
  });
};
/** Reads the 身份证, with a reason that the audit keeps. @throws {NotFound} none is kept, or outside the reach */
export const readIdNumber = async (ctx: Context, given: { person: PersonId; reason: string }): Promise<string> => {
  const person = (await findPerson(ctx, ctx.reach(readIdNumbers), given.person)) ?? notFound();
  const kept = await findIdNumber(ctx, person.id);
  if (!kept || kept.sealed === null || kept.key === null) return notFound();
  await commit(ctx, {
    statements: [],
    audit: { command: "people.id-number.read", object: { kind: "person", id: person.id }, note: given.reason },
  });
  return decrypt(ctx.env, kept.sealed, kept.key);
};
/** 列入国家工作人员学法名册, from a day on. @throws {Invalid} a mark holds already */
export const markRoster = async (ctx: Context, given: { person: PersonId; from: Day }): Promise<void> => {
  const person = (await findPerson(ctx, ctx.reach(managePeople), given.person)) ?? notFound();
  if (await hasMarkFrom(ctx, person.id, given.from)) throw new Invalid(text.markThere);
  await commit(ctx, {
    statements: addRosterMarks(ctx, [{ person: person.id, from: given.from }]),
    signals: [personChanged({ person: person.id })],
    audit: { command: "people.roster.mark", object: { kind: "person", id: person.id }, after: given },
  });
};
/** The mark ends with a day. @throws {Conflict} there is none that runs */
export const unmarkRoster = async (ctx: Context, given: { person: PersonId; until: Day }): Promise<void> => {
  const person = (await findPerson(ctx, ctx.reach(managePeople), given.person)) ?? notFound();
  await commit(ctx, {
    statements: [...endMark(ctx, person.id, given.until)],
    signals: [personChanged({ person: person.id })],
    audit: { command: "people.roster.unmark", object: { kind: "person", id: person.id }, after: given },
  });
};
/** An officer confirms what a unit entered of a person. @throws {NotFound} */
export const confirmEntered = async (ctx: Context, given: { person: PersonId }): Promise<void> => {
  const reach = ctx.reach(managePeople);
  const person = (await findPerson(ctx, reach, given.person)) ?? notFound();
  await commit(ctx, {
    statements: confirmPerson(ctx, reach, person.id),
    audit: { command: "people.person.confirm", object: { kind: "person", id: person.id } },
  });
};
