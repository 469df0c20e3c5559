/** Signing in and out, one's password and sessions. */
import {
  authOf,
  Busy,
  callRoom,
  commit,
  Conflict,
  Forbidden,
  Invalid,
  loadActor,
  macHex,
  nobodysHash,
  hasherOf,
  type Actor,
  type Context,
  type PersonId,
} from "#kernel";
import type { Entered } from "../room.ts";
import { passwordFlaw, signInName } from "../rules.ts";
import {
  accountsFailedFrom,
  addressFailed,
  endSession,
  endSessionsBut,
  ensureUser,
  findDisplay,
  findHash,
  findOwnFacts,
  findSignIn,
  forgetFailures,
  listSessions,
  putPassword,
  strengthen,
  takeTry,
} from "../store-sign-in.ts";
import { endCodes } from "../store-links.ts";
import { ownAccount } from "../terms.ts";
import { text } from "../text.ts";
import { readNotice } from "./notice.ts";

/** How long a failure counts against an address, and how many different accounts may fail there meanwhile. */
const addressWindow = 15 * 60_000;
const addressAccounts = 600;

/** A session that was opened: its token, the cookies that carry it, and whose it is. */
export type Opened = {
  token: string;
  cookies: string[];
  actor: Actor;
  noticeDue: boolean;
  display: { care: number; language: string | null } | null;
};
/** What goes through the line beside the password. */
type About = { person: PersonId | null; login: string; account: string };

/** Opens a session for a person whose right is established. @throws {Forbidden} every position and grant has ended */
export const openSession = async (ctx: Context, person: PersonId, login: string, strength: "password" | "link"): Promise<Opened> => {
  const actor = await loadActor(ctx.db, person, "", strength, ctx.today);
  if (actor === null) throw new Forbidden(text.ended);
  if (strength === "link") await commit(ctx, { statements: [ensureUser(ctx, person, login)], audit: null });
  const auth = await authOf(ctx.env);
  const { headers, response } = await auth.api.openSession({
    body: { person, strength, address: ctx.request.address, agent: ctx.request.agent?.slice(0, 400) ?? null },
    returnHeaders: true,
  });
  const [notice, display] = await Promise.all([readNotice(ctx), findDisplay(ctx, person)]);
  return {
    token: response.token,
    cookies: headers.getSetCookie(),
    actor: { ...actor, session: response.id },
    noticeDue: actor.noticeShown !== notice.version,
    display: display ?? null,
  };
};

/** Takes a try and joins the line. An unknown name goes the same way, with a hash that no password has. */
const begin = async (ctx: Context, typed: string): Promise<{ about: About; hash: string }> => {
  const name = signInName(typed);
  const found = await findSignIn(ctx, name);
  const account = await macHex(ctx.env, "code", `account/${found?.person ?? name}`);
  const { waitUntil } = await takeTry(ctx, account);
  if (waitUntil !== null) throw new Busy(text.tooManyTries, { seconds: Math.max(1, Math.ceil((waitUntil - ctx.now) / 1000)) });
  const { address } = ctx.request;
  if (address !== null && (await accountsFailedFrom(ctx, address, ctx.now - addressWindow)) >= addressAccounts)
    throw new Busy(text.addressBusy);
  return { about: { person: found?.person ?? null, login: found?.login ?? "", account }, hash: found?.hash ?? nobodysHash };
};
/** What follows from the password's being right or wrong. @throws {Invalid} the same words for an unknown name and a wrong password */
const conclude = async (ctx: Context, about: About, ok: boolean): Promise<Opened> => {
  const { address } = ctx.request;
  if (!ok || about.person === null) {
    await commit(ctx, {
      statements: address === null ? [] : [addressFailed(address, about.account, ctx.now)],
      audit: { command: "people.sign-in.refused", ...(about.person === null ? {} : { object: { kind: "person", id: about.person } }) },
    });
    throw new Invalid(text.signInRefused);
  }
  const opened = await openSession(ctx, about.person, about.login, "password");
  await commit(ctx, {
    statements: forgetFailures(ctx, about.account, address),
    audit: { command: "people.sign-in", object: { kind: "person", id: about.person } },
  });
  return opened;
};

/**
 * Signs in and waits for it, however long the line is; for programs.
 * @throws {Invalid} unknown name or wrong password @throws {Busy} too many failures, or too long a line
 */
export const signIn = async (ctx: Context, { username, password }: { username: string; password: string }): Promise<Opened> => {
  const { about, hash } = await begin(ctx, username);
  return conclude(ctx, about, await hasherOf(ctx.env).verify({ hash, password }));
};
/** Signs in, or takes a place in the line and answers with its ticket; for pages. Throws as `signIn`. */
export const enterLine = async (
  ctx: Context,
  { username, password }: { username: string; password: string },
): Promise<Opened | { ticket: string; ahead: number }> => {
  const { about, hash } = await begin(ctx, username);
  return fromLine(ctx, await callRoom<Entered>(ctx.env.HASHER, "hasher", "enter", { hash, password, about: JSON.stringify(about) }));
};
/** Looks at a place in the line. @throws {Conflict} it has lapsed; else as `signIn` */
export const lookInLine = async (ctx: Context, ticket: string): Promise<Opened | { ticket: string; ahead: number }> =>
  fromLine(ctx, await callRoom<Entered>(ctx.env.HASHER, "hasher", "look", { ticket }));

const fromLine = async (ctx: Context, entered: Entered): Promise<Opened | { ticket: string; ahead: number }> => {
  switch (entered.state) {
    case "gone":
      throw new Conflict(text.waitGone);
    case "waiting":
      return entered;
    case "done": {
      // Ours: written by `enterLine` alone.
      const about = JSON.parse(entered.about) as About;
      return conclude(ctx, about, entered.ok);
    }
  }
};

/** Ends the session of a request; answers the cookies that forget it. */
export const signOut = async (ctx: Context, request: Request): Promise<string[]> => {
  const actor = ctx.allow(ownAccount);
  const auth = await authOf(ctx.env);
  const authorization = request.headers.get("authorization");
  const { headers } = await auth.api.signOut({
    headers: new Headers(authorization === null ? { cookie: request.headers.get("cookie") ?? "" } : { authorization }),
    returnHeaders: true,
  });
  await commit(ctx, { statements: [], audit: { command: "people.sign-out", object: { kind: "person", id: actor.person } } });
  return headers.getSetCookie();
};

/** Where one is signed in. */
export const listOwnSessions = (ctx: Context) => listSessions(ctx, ctx.allow(ownAccount).person);
/** Ends one of one's own sessions. @throws {Conflict} it is not there */
export const endOwnSession = async (ctx: Context, session: string): Promise<void> => {
  const actor = ctx.allow(ownAccount);
  await commit(ctx, {
    statements: [...endSession(ctx, actor.person, session)],
    audit: { command: "people.session.end", object: { kind: "person", id: actor.person } },
  });
};
/** Ends all of one's own sessions but this one. */
export const endOtherSessions = async (ctx: Context): Promise<void> => {
  const actor = ctx.allow(ownAccount);
  await commit(ctx, {
    statements: [endSessionsBut(ctx, actor.person, actor.session)],
    audit: { command: "people.session.end-others", object: { kind: "person", id: actor.person } },
  });
};

export const flawWords = {
  short: text.passwordShort,
  long: text.passwordLong,
  plain: text.passwordPlain,
  personal: text.passwordPersonal,
} as const;
/**
 * Sets one's password. On a link it needs no current one (that is how a forgotten password is replaced); otherwise the
 * current one is asked, with the delays of signing in. Every other session ends.
 * @throws {Invalid} too weak, not repeated alike, or the current one is wrong
 */
export const setOwnPassword = async (
  ctx: Context,
  { password, repeat, current }: { password: string; repeat: string; current?: string | undefined },
): Promise<void> => {
  const actor = ctx.allow(ownAccount);
  if (password !== repeat) throw new Invalid(text.passwordsDiffer);
  const facts = await findOwnFacts(ctx, actor.person);
  const flaw = passwordFlaw(password, [actor.login, actor.name, facts?.employeeNo ?? null, facts?.phone ?? null]);
  if (flaw !== null) throw new Invalid(flawWords[flaw]);
  const hasher = hasherOf(ctx.env);
  const account = await macHex(ctx.env, "code", `account/${actor.person}`);
  const old = await findHash(ctx, actor.person);
  if (actor.strength === "password" && old !== null) {
    const { waitUntil } = await takeTry(ctx, account);
    if (waitUntil !== null) throw new Busy(text.tooManyTries, { seconds: Math.max(1, Math.ceil((waitUntil - ctx.now) / 1000)) });
    if (!(await hasher.verify({ hash: old, password: current ?? "" }))) throw new Invalid(text.currentWrong);
  }
  const hash = await hasher.hash(password);
  await commit(ctx, {
    statements: [
      ensureUser(ctx, actor.person, actor.login),
      ...putPassword(ctx, actor.person, hash),
      strengthen(ctx, actor.session),
      endSessionsBut(ctx, actor.person, actor.session),
      endCodes(ctx, actor.person),
      ...forgetFailures(ctx, account, ctx.request.address),
    ],
    audit: { command: "people.password.set", object: { kind: "person", id: actor.person }, note: actor.strength },
  });
};
/** Whether a person has a password to sign in with. */
export const hasPassword = async (ctx: Context, person: PersonId): Promise<boolean> => (await findHash(ctx, person)) !== null;
