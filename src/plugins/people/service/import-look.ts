/** What an import looks like: its answer for the API, its page, its refused rows as a file. */
import { kindText, notFound, say, unitKinds, type Context, type UnitId } from "#kernel";
import { undoAnswer, type ImportAnswer } from "../input.ts";
import type { ImportKind } from "../rules-headers.ts";
import { columnName, problemWords } from "../rules-words.ts";
import type { ImportId } from "../schema.ts";
import { findImport, listImports, listGood, listRefused, type Import, type RefusedRow } from "../store-import.ts";
import { listMoves } from "../store-import-write.ts";
import { findJob } from "../store.ts";
import { unitChoices } from "../store-units.ts";
import { importPeople, importRoster } from "../terms.ts";
import { text } from "../text.ts";
import { findOwnImport, reachOfImport, scopeOf } from "./import-file.ts";
import { dependsWords } from "./import-undo.ts";

/** Problems that an answer lists; all of them are in the file of refused rows. */
const mostProblems = 1000;
const problemOf = (ctx: Context, found: Import, row: RefusedRow): ImportAnswer["problems"][number] => ({
  row: row.n,
  column: columnName(found, row.problem.field),
  value: row.problem.field === "idNumber" ? "" : row.problem.value.slice(0, 100),
  code: row.problem.code,
  message: problemWords(ctx.language, found, row.n, row.problem),
  ...(row.problem.candidates ? { candidates: row.problem.candidates } : {}),
});
/** What the API answers of an import. */
export const answerOf = async (ctx: Context, id: ImportId): Promise<ImportAnswer> => {
  const found = (await findImport(ctx, id)) ?? notFound();
  const counts = found.counts ?? { rows: 0, new: 0, changed: 0, unchanged: 0, refused: 0 };
  const refused = counts.refused === 0 ? [] : await listRefused(ctx, id, 0, mostProblems);
  const committed = found.state === "done";
  const note = say(ctx.language, counts.refused > 0 ? text.importNotWritten : text.importOnlyChecked, { count: counts.refused });
  return { import: id, committed, ...(committed ? {} : { note }), ...counts, problems: refused.map((row) => problemOf(ctx, found, row)) };
};

export const refusedAtOnce = 100;
/** How many good rows a preview shows. */
const goodShown = 10;
/** An import's page. @throws {NotFound} another's */
export const showImport = async (ctx: Context, id: ImportId, after: number) => {
  const found = await findOwnImport(ctx, id);
  const reach = reachOfImport(ctx, found.scope);
  const [job, refused, units, moves, good] = await Promise.all([
    found.job === null ? null : findJob(ctx, found.job),
    found.state === "ready" || found.state === "done" ? listRefused(ctx, id, after, refusedAtOnce + 1) : [],
    found.kind === "people" && found.state === "ready" ? unitChoices(ctx, reach) : [],
    found.kind === "units" && found.state === "ready" ? listMoves(ctx, id, refusedAtOnce) : [],
    found.state === "ready" ? listGood(ctx, id, goodShown) : [],
  ]);
  const undo = found.state === "done" ? undoAnswer.safeParse(job?.result) : null;
  return {
    found,
    job: job ?? null,
    /** Why it was not undone, where that was wanted. */
    depends: undo?.success ? dependsWords(ctx, undo.data.problems) : [],
    refused: refused.slice(0, refusedAtOnce),
    next: refused.length > refusedAtOnce ? String(refused[refusedAtOnce - 1]?.n ?? "") : null,
    units,
    moves,
    good,
  };
};
/** Imports of the bureau, or one's own. */
export const listOwnImports = (ctx: Context) => {
  const actor = ctx.allow(importPeople);
  const all = scopeOf(ctx, "people") === "bureau" && ctx.reach(importRoster).all;
  return listImports(ctx, all ? null : actor.person, 50);
};
/** The refused rows as they came, with their number and the reason; read some at a time. */
export async function* refusedRows(ctx: Context, found: Import): AsyncGenerator<string[]> {
  let after = 0;
  for (;;) {
    const rows = await listRefused(ctx, found.id, after, 1000);
    for (const row of rows)
      yield [...found.titles.map((_, at) => row.cells[at] ?? ""), String(row.n), problemWords(ctx.language, found, row.n, row.problem)];
    const last = rows.at(-1);
    if (rows.length < 1000 || !last) return;
    after = last.n;
  }
}
/** Where rows go that do not say: a unit for people, a kind for units. */
export const fallbackChoices = (
  ctx: Context,
  kind: ImportKind,
  units: readonly { id: UnitId; name: string }[],
): { value: string; words: string }[] =>
  kind === "people"
    ? units.map((u) => ({ value: u.id, words: u.name }))
    : unitKinds.map((value) => ({ value, words: say(ctx.language, kindText[value]) }));
