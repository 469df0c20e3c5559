/** One place where a refusal becomes a problem document; the shell makes the page of it. */
import type { Context } from "../context.ts";
import { Refusal } from "../errors.ts";
import type { Registry } from "../plugin.ts";
import { say } from "../text/text.ts";
import { kernelText } from "../text/words.ts";
import { opensByItself } from "./routes.ts";

/** What a reader of an error needs: words, details, and the reference that the audit finds. */
export type Trouble = {
  type: string;
  status: number;
  code: string;
  title: string;
  reference: string;
  wants?: "sign-in" | "password";
  problems: { field?: string; row?: number; column?: string; value?: string; code: string; message: string }[];
};

/** Puts any thrown thing into words; what is not a refusal is our own failure and says nothing of its insides. */
export const troubleOf = (error: unknown, ctx: Pick<Context, "language" | "request">): Trouble => {
  const { language, request } = ctx;
  if (!(error instanceof Refusal))
    return {
      type: "/problems/failed",
      status: 500,
      code: kernelText.failed.id,
      title: say(language, kernelText.failed),
      reference: request.id,
      problems: [],
    };
  return {
    type: `/problems/${error.type}`,
    status: error.status,
    code: error.words.id,
    title: say(language, error.words, error.facts),
    reference: request.id,
    ...("wants" in error && (error.wants === "sign-in" || error.wants === "password") ? { wants: error.wants } : {}),
    problems: error.details.map(({ words, facts, ...rest }) => ({ ...rest, message: say(language, words, facts) })),
  };
};
/**
 * Whether the audit has a line of it, so that its reference finds one: every failure of ours, and what was refused to
 * somebody. Not what nobody asked, nor "busy", which would add to the load that it tells of.
 */
export const isLogged = (trouble: Trouble, ctx: Pick<Context, "actor">): boolean =>
  trouble.status === 500 || (ctx.actor !== null && trouble.status !== 401 && trouble.status !== 503);
/** Whether a reader is told the reference: where they can do nothing themselves. What can be mended says how instead. */
export const isReported = (trouble: Trouble, ctx: Pick<Context, "actor">): boolean =>
  isLogged(trouble, ctx) && (trouble.status === 500 || trouble.status === 403);

/** From where a page was asked that could not be given: whether a form was sent, and the page that one can open anew. */
export type Came = { posted: boolean; page: string | null };
/** The page asked for itself; of a form that was sent, the page of ours that holds it. */
export const cameFrom = (request: Request, registry: Registry): Came => {
  const asked = new URL(request.url);
  const posted = request.method !== "GET" && request.method !== "HEAD";
  if (!posted) return { posted, page: asked.pathname + asked.search };
  const referer = request.headers.get("referer");
  const from = referer !== null && URL.canParse(referer) ? new URL(referer) : null;
  return { posted, page: from?.host === asked.host && opensByItself(registry, from.pathname) ? from.pathname + from.search : null };
};
export const problemResponse = (trouble: Trouble): Response => {
  const { problems, wants: _, ...rest } = trouble;
  return new Response(JSON.stringify({ ...rest, ...(problems.length > 0 ? { problems } : {}) }), {
    status: trouble.status,
    headers: {
      "content-type": "application/problem+json; charset=utf-8",
      "cache-control": "no-store",
      ...(trouble.status === 503 ? { "retry-after": "3" } : trouble.status === 401 ? { "www-authenticate": "Bearer" } : {}),
    },
  });
};
