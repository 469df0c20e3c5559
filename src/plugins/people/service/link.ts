/** One-time links: given to people without a password (or who forgot it), used once, by a button. */
import { z } from "zod";
import {
  addDays,
  commit,
  endOfDay,
  Forbidden,
  Invalid,
  loadActor,
  macHex,
  newCode,
  notFound,
  NotFound,
  readBody,
  readSetting,
  sha256,
  type Actor,
  type AuditDraft,
  type Context,
  type Day,
  type PersonId,
  type UnitId,
} from "#kernel";
import { signInName } from "../rules.ts";
import { addCodes, findAddressee, findCode, listAddressees, seeCode, useCode, type Addressee } from "../store-links.ts";
import { findSignIn } from "../store-sign-in.ts";
import { findUnit } from "../store-units.ts";
import { giveLinks } from "../terms.ts";
import { text } from "../text.ts";
import { openSession, type Opened } from "./session.ts";

/** Days that a link holds; a setting. */
export const linkDays = (ctx: Context): Promise<number> => readSetting(ctx, "people.link-days", z.number().int().min(1).max(365), 30);
/** How many at once: slips are one page of print, a table one file. */
export const slipsAtOnce = 400;
export const tableAtOnce = 5000;

/** A link as it goes out, shown once. */
export type Link = {
  person: PersonId;
  name: string;
  login: string;
  unit: string;
  url: string;
  words: { body: string; name: string; until: Day; link: string };
};

const macOf = (ctx: Context, code: string) => macHex(ctx.env, "code", `link/${code.toLowerCase().replace(/[^a-z0-9]/g, "")}`);
const holdsEverything = (actor: Actor) => actor.grants.some((g) => g.role === "administrator" && g.unit === null && g.kinds === null);

const make = async (
  ctx: Context,
  addressees: readonly Omit<Addressee, "ok">[],
  audit: Pick<AuditDraft, "command" | "object" | "unit" | "note">,
): Promise<Link[]> => {
  const [days, body] = await Promise.all([linkDays(ctx), readBody(ctx)]);
  const until = addDays(ctx.today, days);
  const made = await Promise.all(
    addressees.map(async (a) => {
      const code = newCode(17);
      return { a, code, mac: await macOf(ctx, code) };
    }),
  );
  await commit(ctx, {
    statements: addCodes(
      ctx,
      made.map(({ a, mac }) => ({ mac, person: a.id })),
      endOfDay(until, ctx.zone),
    ),
    audit: { note: String(made.length), ...audit, after: made.map(({ a }) => a.id) },
  });
  return made.map(({ a, code }) => {
    const url = `${ctx.origin}/sign-in/${code}`;
    return {
      person: a.id,
      name: a.name,
      login: a.login,
      unit: a.unitName,
      url,
      words: { body: body.name, name: a.name, until, link: url },
    };
  });
};

/**
 * Makes a link for each person of a unit and below, whom the giver may give one.
 * @throws {NotFound} the unit is outside the reach @throws {Invalid} too many at once, or nobody
 */
export const giveLinksTo = async (
  ctx: Context,
  given: { unit: UnitId; whom: "without-password" | "all"; as: "slips" | "xlsx" },
): Promise<{ links: Link[]; skipped: number }> => {
  const actor = ctx.allow(giveLinks);
  const reach = ctx.reach(giveLinks);
  const unit = (await findUnit(ctx, reach, given.unit)) ?? notFound();
  const limit = given.as === "slips" ? slipsAtOnce : tableAtOnce;
  const found = await listAddressees(
    ctx,
    reach,
    holdsEverything(actor),
    { unit: unit.id, withoutPassword: given.whom === "without-password" },
    limit + 1,
  );
  const fit = found.filter((a) => a.ok === 1);
  if (found.length > limit) throw new Invalid(text.linksMany, { limit, count: `${limit}+` });
  if (fit.length === 0) throw new Invalid(text.linksNone);
  const links = await make(ctx, fit, { command: "people.links.give", object: { kind: "unit", id: unit.id }, unit: unit.id });
  return { links, skipped: found.length - fit.length };
};
/**
 * Makes a link for one person; how a forgotten password is replaced, too.
 * @throws {NotFound} outside the reach, or no longer in a position there @throws {Forbidden} their roles go beyond the giver's
 */
export const giveLinkTo = async (ctx: Context, given: { person: PersonId }): Promise<Link> => {
  const actor = ctx.allow(giveLinks);
  const found = (await findAddressee(ctx, ctx.reach(giveLinks), holdsEverything(actor), given.person)) ?? notFound();
  if (found.ok !== 1) throw new Forbidden(text.linkAbove);
  const [link] = await make(ctx, [found], { command: "people.links.give", object: { kind: "person", id: found.id } });
  return link ?? notFound();
};
/** How far the operator's clock may be off, ms. */
const proofHolds = 5 * 60_000;
/**
 * Makes a link for one person at the word of whoever runs the machine (`npm run link`): the way back where the only
 * administrator forgot the password. Holding the root secret is proved by an HMAC of the name and the moment.
 * @throws {Forbidden} the proof is of another secret, or old @throws {NotFound} nobody who may sign in has this name
 */
export const giveOperatorLink = async (ctx: Context, given: { login: string; at: number; proof: string }): Promise<Link> => {
  const proof = await macHex(ctx.env, "code", `operator/${given.at}/${given.login}`);
  // Digests are compared, so that the time it takes tells nothing of the proof.
  if ((await sha256(proof)) !== (await sha256(given.proof)) || Math.abs(ctx.now - given.at) > proofHolds)
    throw new Forbidden(text.operatorUnproven);
  const found = await findSignIn(ctx, signInName(given.login));
  const actor = found && (await loadActor(ctx.db, found.person, "", "link", ctx.today));
  if (!actor) throw new NotFound(text.operatorNobody, { login: given.login });
  const [link] = await make(ctx, [{ id: actor.person, name: actor.name, login: actor.login, unitName: "" }], {
    command: "people.links.give-by-operator",
    object: { kind: "person", id: actor.person },
    note: "本机操作员 npm run link",
  });
  return link ?? notFound();
};

/** What opening a link leads to: its button; on, for who came in by it before; nothing, for anybody else's, wrong or lapsed: all the same. */
export const lookAtLink = async (ctx: Context, code: string): Promise<"button" | "on" | "gone"> => {
  const found = await seeCode(ctx, await macOf(ctx, code));
  if (found?.usable === 1) return "button";
  return found !== undefined && found.person === ctx.actor?.person ? "on" : "gone";
};
/** Uses a code up and signs in. The same page may send it twice within a minute. @throws {NotFound} wrong, used or lapsed: all the same */
export const signInByLink = async (ctx: Context, { code, page }: { code: string; page: string }): Promise<Opened> => {
  const mac = await macOf(ctx, code);
  const found = await findCode(ctx, mac, page);
  if (!found) throw new NotFound(text.linkGone);
  await commit(ctx, {
    statements: [...useCode(ctx, mac, page)],
    audit: { command: "people.sign-in.link", object: { kind: "person", id: found.person } },
  });
  return openSession(ctx, found.person, found.login, "link");
};
