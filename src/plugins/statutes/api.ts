/** Statutes over the API. */
import { anyone, endpoints } from "#kernel";
import { importAnswer, onInput, statuteAnswer, statuteInput } from "./input.ts";
import { importStatute, statuteOn } from "./service.ts";
import { keepStatutes } from "./terms.ts";

export const api = endpoints()
  .on(
    "POST",
    "/statutes/import",
    keepStatutes,
    { summary: "Import one version of a statute; answers what it changed and what was flagged", body: statuteInput, answer: importAnswer },
    ({ ctx }, { body }) => importStatute(ctx, body),
  )
  .on(
    "GET",
    "/statutes/:id",
    anyone,
    { summary: "A statute's text in force on a day", query: onInput, answer: statuteAnswer },
    ({ ctx }, { query }) => statuteOn(ctx, query.id, query.on ?? ctx.today),
  );
