/** From a request to the person behind it: a bearer token, or the cookie. A bearer request ignores cookies. */
import type { Context } from "../context.ts";
import { personId } from "../ids.ts";
import { loadActor, type Actor } from "./actor.ts";
import { authOf } from "./auth.ts";

/** The actor of a request, or null. One whose last position and grant have ended is nobody. */
export const personOfRequest = async (ctx: Context, request: Request): Promise<{ actor: Actor } | null> => {
  const authorization = request.headers.get("authorization");
  const cookie = request.headers.get("cookie");
  if (authorization === null && !(cookie ?? "").includes("session_token")) return null;
  const headers = new Headers(authorization !== null ? { authorization } : { cookie: cookie ?? "" });
  const auth = await authOf(ctx.env);
  const found = await auth.api.getSession({ headers, query: { disableRefresh: true } });
  if (!found) return null;
  const person = personId.safeParse(found.user.id);
  if (!person.success) return null;
  const actor = await loadActor(ctx.db, person.data, found.session.id, found.session.strength === "link" ? "link" : "password", ctx.today);
  return actor && { actor };
};
