/** A file of results arrives with its evidence: both are looked at, kept in R2, and the file is handed to the job that checks it. */
import { commit, enqueue, Invalid, notFound, wake, work, type Context, type Day, type JobId, type Statement } from "#kernel";
import { asRefusal, guessTable, inspect, keptProof, readProof, type Proof } from "#plugins/people";
import { z } from "zod";
import { importId } from "../input.ts";
import type { ImportId } from "../rules.ts";
import { headers } from "../rules-row.ts";
import { addImport, findImport, moveImport, type Import } from "../store.ts";
import { importOutside, seeOutside } from "../terms.ts";
import { text } from "../text.ts";

/** What the job is told. */
export const jobInput = z.object({
  import: importId,
  work: z.enum(["check", "write", "undo"]),
  /** After checking: wait for a word, write if no row is refused, or write the good rows. */
  then: z.enum(["preview", "all", "good"]),
});
type Work = z.output<typeof jobInput>["work"];
export type Then = z.output<typeof jobInput>["then"];
/** Where R2 keeps the file of an import. */
export const fileKey = (id: ImportId): string => `outside/imports/${id}`;
/** Where R2 keeps evidence: under its digest. */
export const evidenceKey = (digest: string): string => `outside/evidence/${digest}`;
/** The file again. @throws {NotFound} it was forgotten */
export const fileOf = async (ctx: Context, id: ImportId): Promise<Uint8Array> => {
  const found = await ctx.env.FILES.get(fileKey(id));
  return found === null ? notFound() : new Uint8Array(await found.arrayBuffer());
};
/** Takes the file of an import away; its evidence stays. */
export const forgetFile = (ctx: Context, id: ImportId): Promise<void> => ctx.env.FILES.delete(fileKey(id));

/** One's own import, or any for whoever sees everything. @throws {NotFound} another's */
export const findSeen = async (ctx: Context, id: ImportId): Promise<Import> => {
  const actor = ctx.allow(seeOutside);
  const found = (await findImport(ctx, id)) ?? notFound();
  return found.by === actor.person || ctx.reach(seeOutside).all ? found : notFound();
};
/** The same, for whoever goes on with it. @throws {NotFound} another's */
export const findOwn = async (ctx: Context, id: ImportId): Promise<Import> => {
  const actor = ctx.allow(importOutside);
  const found = (await findImport(ctx, id)) ?? notFound();
  return found.by === actor.person || ctx.reach(importOutside).all ? found : notFound();
};

/** Rows up to which checking, writing and undoing is done within the request. */
const soon = 1000;
/** Puts a piece of work into a job; a small one is done at once. */
export const startJob = async (
  ctx: Context,
  found: Pick<Import, "id" | "counts" | "name">,
  what: Work,
  statements: (job: JobId) => readonly Statement[],
  then: Then = "preview",
): Promise<void> => {
  ctx.allow(importOutside);
  const job = enqueue(ctx, { kind: "outside.import", input: { import: found.id, work: what, then } });
  const done = await commit(ctx, {
    statements: [...statements(job.id), job.statement],
    audit: { command: `outside.${what}`, object: { kind: "outside-import", id: found.id }, after: { work: what }, note: found.name },
  });
  if (done === "again") return;
  if ((found.counts?.rows ?? 0) <= soon) await work(ctx, job.id);
  else await wake(ctx, job.id);
};

/** The evidence, looked at. @throws {Invalid} there is none @throws {Unreadable} none of what is taken @throws {TooLarge} over 10 MB */
const evidenceOf = async (file: File): Promise<Proof> => {
  const proof = file.size === 0 ? null : await readProof(file, { field: "evidence", otherwise: "依据" });
  const words = text.evidenceMissing;
  if (proof === null) throw new Invalid(words, {}, [{ field: "evidence", code: "evidence-missing", words }]);
  return proof;
};
export type NewImport = {
  id: ImportId;
  name: string;
  bytes: Uint8Array;
  evidence: File;
  day: Day | null;
  /** Somebody looks at the preview and can say where the header is; else what to do after the check. */
  then: Then;
  answers: Record<string, string>;
};
/**
 * Takes a file and its evidence in. The same id again is the same import.
 * @throws {Unreadable} one of them is no file of its kind @throws {TooLarge}
 */
export const takeFile = async (ctx: Context, given: NewImport): Promise<void> => {
  const actor = ctx.allow(importOutside);
  const there = await findImport(ctx, given.id);
  if (there) return there.by === actor.person ? undefined : notFound();
  const evidence = await evidenceOf(given.evidence);
  let table: Awaited<ReturnType<typeof guessTable>>;
  try {
    table = await guessTable(headers, given.bytes, await inspect(given.bytes));
  } catch (error) {
    throw asRefusal(error);
  }
  const { sheet, guess } = table;
  await Promise.all([ctx.env.FILES.put(fileKey(given.id), given.bytes), ctx.env.FILES.put(evidenceKey(evidence.digest), evidence.bytes)]);
  const row = {
    id: given.id,
    by: actor.person,
    name: given.name.slice(0, 120),
    sheet,
    header: guess.header,
    columns: guess.columns,
    titles: guess.titles,
    day: given.day,
    answers: given.answers,
    whats: {},
    evidence: evidence.digest,
    evidenceName: evidence.name,
    evidenceType: evidence.type,
    evidenceSize: evidence.bytes.length,
    createdAt: ctx.now,
  };
  if (guess.header === 0 && given.then !== "preview") throw new Invalid(text.noHeader);
  if (guess.header === 0) {
    await commit(ctx, {
      statements: [addImport(ctx, { ...row, state: "ready" })],
      audit: { command: "outside.take", object: { kind: "outside-import", id: given.id }, note: given.name },
    });
    return;
  }
  // A file of up to some 1,000 rows; its rows are not counted yet.
  const rows = given.bytes.length <= 150_000 ? 0 : soon + 1;
  const counts = { rows, new: 0, changed: 0, unchanged: 0, refused: 0 };
  await startJob(ctx, { ...row, counts }, "check", (job) => [addImport(ctx, { ...row, state: "reading", job })], given.then);
};

/** Checks again, with other columns or answers. @throws {Conflict} it was written meanwhile */
export const checkAgain = async (
  ctx: Context,
  id: ImportId,
  change: Partial<Pick<Import, "sheet" | "header" | "columns" | "titles" | "day" | "answers" | "whats">>,
): Promise<void> => {
  const found = await findOwn(ctx, id);
  await startJob(ctx, found, "check", (job) =>
    moveImport(ctx, id, ["ready", "failed"], { ...change, state: "reading", job, problem: null }),
  );
};

/** The evidence file for whoever sees the import; each reading leaves a line in the audit. @throws {NotFound} */
export const readEvidence = async (ctx: Context, id: ImportId): Promise<Omit<Proof, "digest">> => {
  const found = await findSeen(ctx, id);
  const bytes = await keptProof(ctx, evidenceKey(found.evidence), found.evidence);
  await commit(ctx, {
    statements: [],
    audit: { command: "outside.evidence", object: { kind: "outside-import", id }, note: found.evidence },
  });
  return { bytes, name: found.evidenceName, type: found.evidenceType };
};
