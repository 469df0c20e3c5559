import { Conflict, endpoints, Invalid, newId, parsed, readParts, type Call, type Context } from "#kernel";
import { findJob } from "#plugins/people";
import { z } from "zod";
import { answersPart, importAnswer, importId, importParts, importQuery } from "./input.ts";
import { findOwn, takeFile } from "./service/file.ts";
import { answerOf } from "./service/look.ts";
import { importOutside } from "./terms.ts";
import { text } from "./text.ts";

export const api = endpoints().on(
  "POST",
  "/outside/import",
  importOutside,
  {
    summary:
      "Imports results earned elsewhere: a form with the parts `file` (xlsx or csv), `evidence` (required) and `answers`. Larger files answer 202 with a job",
    query: importQuery,
    parts: importParts,
    later: true,
    answer: importAnswer,
  },
  async (call, { query }) => {
    const { ctx } = call;
    const { file, evidence, answers } = await readFiles(call);
    const id = newId(importId);
    await takeFile(ctx, {
      id,
      name: file.name,
      bytes: await bytesOf(file),
      evidence,
      day: query.day ?? null,
      then: query.dry_run === true ? "preview" : query.good_rows === true ? "good" : "all",
      answers,
    });
    return answered(ctx, id);
  },
);
const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer());
/** At once where the work took no longer than a moment; else where to look. */
const answered = async (ctx: Context, id: z.output<typeof importId>): Promise<Response> => {
  const { job } = await findOwn(ctx, id);
  const state = job === null ? undefined : await findJob(ctx, job);
  if (state?.state === "failed") throw new Conflict(text.failed, { why: state.problem ?? "" });
  if (state !== undefined && state.state !== "done")
    return Response.json({ job: state.id }, { status: 202, headers: { location: `/api/v1/jobs/${state.id}` } });
  return Response.json(await answerOf(ctx, id));
};
const readFiles = async ({ ctx, http }: Call): Promise<{ file: File; evidence: File; answers: Record<string, string> }> => {
  const form = await readParts(http.req.raw);
  const [file, evidence, part] = [form.get("file"), form.get("evidence"), form.get("answers")];
  if (!(evidence instanceof File)) throw new Invalid(text.evidenceMissing);
  if (!(file instanceof File)) throw new Invalid(text.fileMissing);
  const { answers } = parsed(z.object({ answers: answersPart }), { answers: safely(typeof part === "string" ? part : "{}") }, ctx.language);
  return { file, evidence, answers };
};
const safely = (words: string): unknown => {
  try {
    return JSON.parse(words);
  } catch {
    return undefined;
  }
};
