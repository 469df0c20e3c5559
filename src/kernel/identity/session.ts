/** From a request to the person behind it: a bearer token, or the cookie. A bearer request ignores cookies. */
import { parseSigned } from "hono/utils/cookie";
import type { Context } from "../context.ts";
import { actorOfToken, type Actor } from "./actor.ts";
import { authOf } from "./auth.ts";

/** The session's token. The cookie is signed by better-auth, as Hono signs; what was altered is no cookie. */
const tokenOf = async (ctx: Context, request: Request): Promise<string | null> => {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) return /^bearer\s+([\w-]+)\s*$/i.exec(authorization)?.[1] ?? null;
  const cookie = request.headers.get("cookie");
  if (cookie?.includes("session_token") !== true) return null;
  const { secret, authCookies } = await (await authOf(ctx.env)).$context;
  const { name } = authCookies.sessionToken;
  const value = (await parseSigned(cookie, secret, name))[name];
  return typeof value === "string" ? value : null;
};

/** Who asked within the last minute, by token: of this isolate, and of no use to another. */
const lately = new Map<string, { actor: Actor; at: number }>();
const minute = 60_000;
/** When it holds so many, it starts anew. */
const most = 5_000;

/**
 * The actor of a request, or null. One whose last position and grant have ended is nobody.
 * @param recent Whether who one was a minute ago will do. For what is sent again and again within something that asked
 *   anew when it began and has a proof of its own (an answer, with its attempt's session), so that it costs D1 nothing.
 */
export const actorOfRequest = async (ctx: Context, request: Request, recent: boolean): Promise<Actor | null> => {
  const token = await tokenOf(ctx, request);
  if (token === null) return null;
  const known = lately.get(token);
  if (recent && known !== undefined && ctx.now - known.at < minute) return known.actor;
  const actor = await actorOfToken(ctx.db, token, ctx.now, ctx.today);
  if (actor === null) lately.delete(token);
  else if (recent) {
    if (lately.size >= most) lately.clear();
    lately.set(token, { actor, at: ctx.now });
  }
  return actor;
};
