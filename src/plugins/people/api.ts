import { anyone, Conflict, endpoints, Invalid, newId, parsed, readParts, type Call, type Context, type JobId } from "#kernel";
import { z } from "zod";
import {
  answersPart,
  firstRunAnswer,
  firstRunBody,
  importAnswer,
  importId,
  importParts,
  importQuery,
  jobAnswer,
  jobPath,
  operatorLinkAnswer,
  operatorLinkBody,
  sessionAnswer,
  sessionBody,
  undoAnswer,
  undoPath,
  unitsImportQuery,
} from "./input.ts";
import type { ImportKind } from "./rules-headers.ts";
import { firstRun } from "./service/first-run.ts";
import { takeFile } from "./service/import-file.ts";
import { answerOf } from "./service/import-look.ts";
import { undoImport } from "./service/import-undo.ts";
import { lookAtJob } from "./service/job.ts";
import { giveOperatorLink } from "./service/link.ts";
import { signIn, signOut } from "./service/session.ts";
import { importPeople, importRoster, ownAccount } from "./terms.ts";
import { text } from "./text.ts";

const sheetTypes = ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv", "application/octet-stream"];

export const api = endpoints()
  .on(
    "POST",
    "/session",
    anyone,
    { summary: "Signs in by 登录号, 工号 or phone; answers a token and sets the session cookie", body: sessionBody, answer: sessionAnswer },
    async ({ ctx, http }, { body }) => {
      const opened = await signIn(ctx, body);
      const { actor } = opened;
      const headers = new Headers({ "content-type": "application/json; charset=utf-8" });
      for (const cookie of opened.cookies) headers.append("set-cookie", cookie);
      http.header("cache-control", "no-store");
      return new Response(
        JSON.stringify({
          token: opened.token,
          person: actor.person,
          name: actor.name,
          login: actor.login,
          roles: [...actor.roles],
          notice_due: opened.noticeDue,
        }),
        { headers },
      );
    },
  )
  .on(
    "DELETE",
    "/session",
    ownAccount,
    { summary: "Signs out: the token or cookie is no longer worth anything", status: 204 },
    async ({ ctx, http }) => {
      const headers = new Headers();
      for (const cookie of await signOut(ctx, http.req.raw)) headers.append("set-cookie", cookie);
      return new Response(null, { status: 204, headers });
    },
  )
  .on(
    "POST",
    "/first-run",
    anyone,
    {
      summary: "Makes the body, its first person and administrator, with the code that the terminal printed",
      body: firstRunBody,
      answer: firstRunAnswer,
    },
    async ({ ctx }, { body }) => {
      const { token, opened, login, unit } = await firstRun(ctx, body);
      return { token, person: opened.actor.person, login, unit };
    },
  )
  .on(
    "POST",
    "/operator/link",
    anyone,
    {
      summary: "A one-time link for one person, for `npm run link`: whoever runs the machine proves to hold the root secret",
      body: operatorLinkBody,
      answer: operatorLinkAnswer,
    },
    async ({ ctx }, { body }) => {
      const { name, login, url, words } = await giveOperatorLink(ctx, body);
      return { name, login, url, until: words.until };
    },
  )
  .on(
    "POST",
    "/people/import",
    importPeople,
    {
      summary:
        'Imports a roster of people: the file as the body, or a form with the parts `file` and `answers` (JSON: row → person id, "row:N" or "new"). Larger files answer 202 with a job',
      query: importQuery,
      file: sheetTypes,
      parts: importParts,
      later: true,
      answer: importAnswer,
    },
    async (call, { query }) =>
      importFile(call, "people", { dry: query.dry_run === true, good: query.good_rows === true, fallback: query.unit ?? null }),
  )
  .on(
    "POST",
    "/units/import",
    importRoster,
    {
      summary: "Imports a roster of units, as /people/import",
      query: unitsImportQuery,
      file: sheetTypes,
      parts: importParts,
      later: true,
      answer: importAnswer,
    },
    async (call, { query }) =>
      importFile(call, "units", { dry: query.dry_run === true, good: query.good_rows === true, fallback: query.kind ?? null }),
  )
  .on(
    "POST",
    "/imports/:id/undo",
    importPeople,
    {
      summary: "Takes an import back, whole; 409 with what depends on it by now, row by row. A larger one answers 202 with a job",
      query: undoPath,
      later: true,
      answer: undoAnswer,
    },
    async ({ ctx }, { query }) => {
      const job = await undoImport(ctx, query.id);
      return job === null ? { import: query.id, undone: true, problems: [] } : accepted(job);
    },
  )
  .on(
    "GET",
    "/jobs/:id",
    ownAccount,
    { summary: "How far long work is; `result` is what the answer would have held", query: jobPath, answer: jobAnswer },
    async ({ ctx }, { query }) => {
      const job = await lookAtJob(ctx, query.id);
      return {
        state: job.state,
        done: job.done,
        total: job.total,
        result: job.result,
        ...(job.problem === null ? {} : { problem: job.problem }),
      };
    },
  );

/** It takes longer: where to look. */
const accepted = (job: JobId): Response => Response.json({ job }, { status: 202, headers: { location: `/api/v1/jobs/${job}` } });
/** Takes the file, and answers at once where checking it took no longer than a moment. */
const importFile = async (
  { ctx, http }: Call,
  kind: ImportKind,
  given: { dry: boolean; good: boolean; fallback: string | null },
): Promise<Response> => {
  const { bytes, name, answers } = await readFile(ctx, http.req.raw);
  const id = newId(importId);
  const job = await takeFile(ctx, {
    id,
    kind,
    name,
    bytes,
    fallback: given.fallback,
    answers,
    then: given.dry ? "preview" : given.good ? "good" : "all",
    watched: false,
  });
  const state = job === null ? null : await lookAtJob(ctx, job);
  if (state?.state === "failed") throw new Conflict(text.importFailed, { why: state.problem ?? "" });
  if (state !== null && state.state !== "done") return accepted(state.id);
  return Response.json(await answerOf(ctx, id));
};
const readFile = async (ctx: Context, request: Request): Promise<{ bytes: Uint8Array; name: string; answers: Record<string, string> }> => {
  if (!(request.headers.get("content-type") ?? "").startsWith("multipart/form-data"))
    return { bytes: new Uint8Array(await request.arrayBuffer()), name: "API", answers: {} };
  const form = await readParts(request);
  const file = form.get("file");
  if (!(file instanceof File)) throw new Invalid(text.fileEmpty);
  const part = form.get("answers");
  const words = part instanceof File ? await part.text() : (part ?? "{}");
  const { answers } = parsed(z.object({ answers: answersPart }), { answers: safely(words) }, ctx.language);
  return { bytes: new Uint8Array(await file.arrayBuffer()), name: file.name, answers };
};
const safely = (words: string): unknown => {
  try {
    return JSON.parse(words);
  } catch {
    return undefined;
  }
};
