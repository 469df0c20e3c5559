/** One place where a refusal becomes a problem document; the shell makes the page of it. */
import type { Context } from "../context.ts";
import { Refusal } from "../errors.ts";
import { say } from "../text/text.ts";
import { kernelText } from "../text/words.ts";

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
