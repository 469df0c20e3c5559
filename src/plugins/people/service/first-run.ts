/** The first run of an empty deployment: the code from the terminal makes the body, its first person and administrator. */
import {
  commit,
  hasherOf,
  Invalid,
  NotFound,
  newId,
  grantId,
  personId,
  positionId,
  sha256,
  unitId,
  writeSetting,
  type Context,
} from "#kernel";
import { nameOf, passwordFlaw } from "../rules.ts";
import { addGrants, addPeople, addPositions, addUnits } from "../store-bulk.ts";
import { addToken, isFirstRun, useFirstRun } from "../store-links.ts";
import { ensureUser, putPassword } from "../store-sign-in.ts";
import { text } from "../text.ts";
import { freshLogins } from "./person.ts";
import { flawWords, openSession, type Opened } from "./session.ts";

const yearMs = 366 * 86_400_000;
export type FirstRun = { token: string; opened: Opened; login: string; unit: string };

/**
 * Makes the root unit, the person, a position and the grant of everything; the code is used up in the same batch.
 * @throws {NotFound} the code is wrong or used @throws {Invalid} the password is too weak
 */
export const firstRun = async (ctx: Context, given: { code: string; body: string; name: string; password: string }): Promise<FirstRun> => {
  const flaw = passwordFlaw(given.password, [given.name]);
  if (flaw !== null) throw new Invalid(flawWords[flaw]);
  const code = await sha256(given.code.trim());
  if (!(await isFirstRun(ctx, code))) throw new NotFound(text.firstRunGone);
  const [login = ""] = await freshLogins(ctx, 1);
  const hash = await hasherOf(ctx.env).hash(given.password);
  const unit = newId(unitId);
  const person = newId(personId);
  const body = given.body.trim();
  const token = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24))))
    .replaceAll("+", "-")
    .replaceAll("/", "_");
  await commit(ctx, {
    statements: [
      ...useFirstRun(code),
      ...addUnits(ctx, [{ id: unit, parent: null, kind: "office", name: body, status: "open", since: ctx.today }]),
      ...addPeople(ctx, [{ id: person, login, name: nameOf(given.name) }]),
      ...addPositions(ctx, [{ id: newId(positionId), person, unit, nature: "personnel", post: "bureau-staff", from: ctx.today }]),
      ...addGrants(ctx, [
        { id: newId(grantId), person, role: "administrator", unit: null, kinds: null, from: ctx.today, reason: "first run", by: null },
      ]),
      ensureUser(ctx, person, login),
      ...putPassword(ctx, person, hash),
      addToken(ctx, person, token, ctx.now + yearMs, "API"),
      writeSetting(ctx, "body", { name: body, issuer: "XF", contact: "", icp: "", police: "" }),
      writeSetting(ctx, "first-run.token", token),
    ],
    audit: { command: "people.first-run", object: { kind: "unit", id: unit }, unit, after: { body, name: given.name } },
  });
  return { token, opened: await openSession(ctx, person, login, "password"), login, unit };
};
