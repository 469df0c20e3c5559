/** Taking an import back, whole, in a job. */
import { commit, Conflict, notFound, say, type Context, type Detail, type JobId } from "#kernel";
import { undoAnswer, type UndoAnswer } from "../input.ts";
import type { ImportId } from "../schema.ts";
import { laterImports, moveImport, type Import } from "../store-import.ts";
import {
  dependentsOfPeople,
  dependentsOfUnits,
  peopleStay,
  unitsStay,
  unwritePeople,
  unwriteUnits,
  type Dependent,
} from "../store-import-write.ts";
import { findJob } from "../store.ts";
import { text } from "../text.ts";
import { findOwnImport, reachOfImport, scopeOf, startJob } from "./import-file.ts";
import { changedBy } from "./import-write.ts";

const whyWords = {
  signedIn: text.undo_signedIn,
  records: text.undo_records,
  grants: text.undo_grants,
  positions: text.undo_positions,
  changed: text.undo_changed,
  people: text.undo_people,
  units: text.undo_units,
  assigned: text.undo_assigned,
} satisfies Record<Dependent["why"], Detail["words"]>;
/** What depends on an import, row by row, in the reader's words. */
export const dependsWords = (ctx: Context, problems: UndoAnswer["problems"]): string[] =>
  problems.map(({ row, value, code }) => say(ctx.language, whyWords[code], { row, label: value }));

/**
 * Takes the last import back by a job; a small one is done at once. Sent again, it is the same undo.
 * @returns the job where it goes on; null: it is undone
 * @throws {Conflict} something depends on it by now: with the list of what, row by row; or a later one was written
 */
export const undoImport = async (ctx: Context, id: ImportId): Promise<JobId | null> => {
  const found = await findOwnImport(ctx, id);
  scopeOf(ctx, found.kind);
  if (found.state === "undone") return null;
  if (found.state === "undoing") return found.job;
  if (found.state !== "done" || found.committedAt === null) throw new Conflict(text.importNotReady);
  const [later] = await laterImports(ctx, found.committedAt);
  if (later) throw new Conflict(text.undoLater, { name: later.name });
  await startJob(ctx, found, { then: "all", work: "undo", small: (found.counts?.rows ?? 0) <= 1000 }, (job) =>
    moveImport(ctx, id, ["done"], { state: "undoing", job, problem: null }),
  );
  // Of a double click both hear of the job that was first.
  const { job: begun } = await findOwnImport(ctx, id);
  const job = (begun && (await findJob(ctx, begun))) ?? notFound();
  if (job.state === "failed") throw new Conflict(text.importFailed, { why: job.problem ?? "" });
  if (job.state !== "done") return job.id;
  const { undone, problems } = undoAnswer.parse(job.result);
  if (!undone)
    throw new Conflict(
      text.undoDepends,
      {},
      problems.map(({ row, value, code }): Detail => ({ row, value, code, words: whyWords[code], facts: { row, label: value } })),
    );
  return null;
};
/**
 * The job's part: all of it in one batch, or nothing and what depends on it.
 * @throws {Conflict} something came to depend on it in this very moment
 */
export const unwriteImport = async (ctx: Context, found: Import): Promise<UndoAnswer> => {
  reachOfImport(ctx, found.scope);
  const { id } = found;
  if (found.state === "undone") return { import: id, undone: true, problems: [] };
  const people = found.kind === "people";
  const depends = await (people ? dependentsOfPeople : dependentsOfUnits)(ctx, id, 200);
  if (depends.length > 0) {
    const problems = depends.map(({ n, label, why }) => ({
      row: n,
      value: label,
      code: why,
      message: say(ctx.language, whyWords[why], { row: n, label }),
    }));
    return { import: id, undone: false, problems };
  }
  await commit(ctx, {
    statements: [
      ...moveImport(ctx, id, ["undoing"], { state: "undone", undoneAt: ctx.now }),
      ...(people ? [...peopleStay(id), ...unwritePeople(id)] : [...unitsStay(id), ...unwriteUnits(id)]),
    ],
    signals: await changedBy(ctx, found),
    audit: { command: "people.import.undo", object: { kind: "import", id }, after: { state: "undone" }, note: found.name },
  });
  return { import: id, undone: true, problems: [] };
};
