/** A roster file arrives: looked at before anything parses it, kept in R2, and handed to the job that checks it. */
import { z } from "zod";
import {
  commit,
  enqueue,
  Forbidden,
  Invalid,
  kernelText,
  may,
  notFound,
  TooLarge,
  Unreadable,
  wake,
  work,
  type Context,
  type JobId,
} from "#kernel";
import { importId } from "../input.ts";
import { inspect, type Inspected } from "../rules-file.ts";
import { guessTable } from "../rules-read.ts";
import { headersOf, type ImportKind } from "../rules-headers.ts";
import { BadFile, type FileFlaw } from "../rules-zip.ts";
import type { ImportId } from "../schema.ts";
import { addImport, findImport, moveImport, type Import } from "../store-import.ts";
import { importPeople, importRoster, keepOwnPeople } from "../terms.ts";
import { text } from "../text.ts";

const flawWords: Record<FileFlaw, (typeof text)[keyof typeof text]> = {
  empty: text.fileEmpty,
  xls: text.fileXls,
  encrypted: text.fileEncrypted,
  pdf: text.filePdf,
  image: text.fileImage,
  html: text.fileHtml,
  zip: text.fileZip,
  ods: text.fileOds,
  xlsb: text.fileXlsb,
  broken: text.fileBroken,
  bomb: text.fileBomb,
  rows: text.fileRows,
  binary: text.fileBinary,
  encoding: text.fileEncoding,
};
/** A bad file in words. */
export const asRefusal = (error: unknown): unknown => {
  if (!(error instanceof BadFile)) return error;
  return error.flaw === "bomb" || error.flaw === "rows"
    ? new TooLarge(flawWords[error.flaw], error.facts)
    : new Unreadable(flawWords[error.flaw], error.facts);
};
/** Where R2 keeps the file. */
export const keyOf = (id: ImportId): string => `people/imports/${id}`;
/** The file again. @throws {NotFound} it was forgotten */
export const fileOf = async (ctx: Context, id: ImportId): Promise<Uint8Array> => {
  const found = await ctx.env.FILES.get(keyOf(id));
  return found === null ? notFound() : new Uint8Array(await found.arrayBuffer());
};
/** For whom one imports: the bureau's roster, or the own unit alone. @throws {Forbidden} neither */
export const scopeOf = (ctx: Context, kind: ImportKind): Import["scope"] => {
  if (may(ctx, importRoster)) {
    ctx.allow(importRoster);
    return "bureau";
  }
  ctx.allow(keepOwnPeople);
  if (kind === "units") throw new Forbidden(kernelText.forbidden);
  return "own";
};
/** The reach of an import, by the permission of its scope. */
export const reachOfImport = (ctx: Context, scope: Import["scope"]) => ctx.reach(scope === "bureau" ? importRoster : keepOwnPeople);
/** One's own import, or any where one may import for the bureau everywhere. @throws {NotFound} another's */
export const findOwnImport = async (ctx: Context, id: ImportId): Promise<Import> => {
  const actor = ctx.allow(importPeople);
  const found = (await findImport(ctx, id)) ?? notFound();
  return found.by === actor.person || (may(ctx, importRoster) && ctx.reach(importRoster).all) ? found : notFound();
};

/** What the job does after checking: nothing (the preview decides), or write all or the good rows. */
export type Then = z.output<typeof jobInput>["then"];
export { importId };
/** What the job is told. */
export const jobInput = z.object({
  import: importId,
  then: z.enum(["preview", "all", "good"]),
  work: z.enum(["check", "write", "undo"]),
});
type Work = z.output<typeof jobInput>["work"];
/** Files up to this size are checked within the request; larger ones by the queue. */
const soon = 150_000;

/** Puts the checking, writing or undoing into a job; a small one is done at once. */
export const startJob = async (
  ctx: Context,
  found: Pick<Import, "id">,
  given: { then: Then; work: Work; small: boolean },
  statements: (job: JobId) => Parameters<typeof commit>[1]["statements"],
): Promise<JobId> => {
  ctx.allow(importPeople);
  const job = enqueue(ctx, { kind: "people.import", input: { import: found.id, then: given.then, work: given.work } });
  await commit(ctx, {
    statements: [...statements(job.id), job.statement],
    audit: {
      command: "people.import.check",
      object: { kind: "import", id: found.id },
      ...(given.work === "check" ? {} : { after: { work: given.work, then: given.then } }),
      note: given.work === "undo" ? given.work : given.then,
    },
  });
  if (given.small) await work(ctx, job.id);
  else await wake(ctx, job.id);
  return job.id;
};

export type NewImport = {
  id: ImportId;
  kind: ImportKind;
  name: string;
  bytes: Uint8Array;
  fallback: string | null;
  answers: Record<string, string>;
  then: Then;
  /** Somebody looks at the preview and can say where the header is. */ watched: boolean;
};
/**
 * Takes a file in. The same id again is the same import.
 * @throws {Unreadable} it is no roster file @throws {TooLarge} a bomb, or too many rows
 * @throws {Invalid} no header was found and nobody is there to say where it is
 */
export const takeFile = async (ctx: Context, given: NewImport): Promise<JobId | null> => {
  const scope = scopeOf(ctx, given.kind);
  const actor = ctx.allow(importPeople);
  const there = await findImport(ctx, given.id);
  if (there) return there.by === actor.person ? there.job : notFound();
  let inspected: Inspected;
  let table: Awaited<ReturnType<typeof guessTable>>;
  try {
    inspected = await inspect(given.bytes);
    table = await guessTable(headersOf(given.kind), given.bytes, inspected);
  } catch (error) {
    throw asRefusal(error);
  }
  const { sheet, guess } = table;
  if (guess.header === 0 && !given.watched) throw new Invalid(text.noHeader, { name: headersOf(given.kind)["name"]?.[0] ?? "" });
  await ctx.env.FILES.put(keyOf(given.id), given.bytes);
  const row = {
    id: given.id,
    kind: given.kind,
    scope,
    by: actor.person,
    name: given.name.slice(0, 120),
    sheet,
    header: guess.header,
    columns: guess.columns,
    titles: guess.titles,
    fallback: given.fallback,
    answers: given.answers,
    createdAt: ctx.now,
  };
  if (guess.header === 0) {
    await commit(ctx, {
      statements: [addImport(ctx, { ...row, state: "ready" })],
      audit: { command: "people.import.take", object: { kind: "import", id: given.id }, note: given.name },
    });
    return null;
  }
  return startJob(ctx, row, { then: given.then, work: "check", small: given.bytes.length <= soon }, (job) => [
    addImport(ctx, { ...row, state: "reading", job }),
  ]);
};

/** Checks again with other columns, another sheet, or answers. @throws {Conflict} it was written meanwhile */
export const checkAgain = async (
  ctx: Context,
  id: ImportId,
  change: Partial<Pick<Import, "sheet" | "header" | "columns" | "titles" | "fallback" | "answers">>,
): Promise<void> => {
  const found = await findOwnImport(ctx, id);
  scopeOf(ctx, found.kind);
  await startJob(ctx, found, { then: "preview", work: "check", small: (found.counts?.rows ?? 1000) <= 1000 }, (job) =>
    moveImport(ctx, id, ["ready", "failed"], { ...change, state: "reading", job, problem: null }),
  );
};
