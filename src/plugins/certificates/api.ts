import { anyone, Busy, endpoints, kernelText, notFound } from "#kernel";
import { verification, verifyInput } from "./input.ts";
import { verify } from "./service.ts";

export const api = endpoints().on(
  "GET",
  "/certificates/:number",
  anyone,
  { summary: "Public verification; with code or name more is told", query: verifyInput, answer: verification },
  async ({ ctx }, { query }) => {
    if (!(await ctx.env.LIMITER.limit({ key: `verify/${ctx.request.address ?? ""}` })).success) throw new Busy(kernelText.busy);
    const verified = await verify(ctx, { number: query.number ?? "", name: query.name, code: query.code });
    return verified.state === "found" ? verified.answer : notFound();
  },
);
