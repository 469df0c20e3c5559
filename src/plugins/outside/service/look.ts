/** What imports and their results look like. */
import { isAllowed, notFound, type Context } from "#kernel";
import { titlesOf as courseTitles } from "#plugins/courses";
import { registerOutside, titlesOf as examTitles, type ExamId } from "#plugins/exams";
import { findJob } from "#plugins/people";
import type { ImportAnswer, newExamForm } from "../input.ts";
import type { z } from "zod";
import { whatKey, type ImportId } from "../rules.ts";
import { columnName, rowWords } from "../rules-words.ts";
import { listGood, listImports, listRefused, listResults, listUnknownNames, type Import } from "../store.ts";
import { importOutside, seeOutside } from "../terms.ts";
import { targets } from "./check.ts";
import { checkAgain, findOwn, findSeen } from "./file.ts";

const refusedAtOnce = 100;
const goodShown = 10;
/** Results a page. */
const pageSize = 30;
/** Imports: one's own, or all for whoever sees everything. */
export const listSeen = async (ctx: Context) => {
  const actor = ctx.allow(seeOutside);
  return {
    list: await listImports(ctx, ctx.reach(seeOutside).all ? null : actor.person, 50),
    imports: isAllowed(actor, importOutside),
    things: (await targets(ctx)).filter((t) => t.origin === "external"),
  };
};
/** An import's page. @throws {NotFound} another's */
export const showImport = async (ctx: Context, id: ImportId, after: number) => {
  const found = await findSeen(ctx, id);
  const actor = ctx.allow(seeOutside);
  const ready = found.state === "ready";
  const [job, refused, good, names] = [
    found.job === null ? null : ((await findJob(ctx, found.job)) ?? null),
    ready || found.state === "done" ? await listRefused(ctx, id, after, refusedAtOnce + 1) : [],
    ready ? await listGood(ctx, id, goodShown) : [],
    ready && (found.counts?.refused ?? 0) > 0 ? await listUnknownNames(ctx, id) : [],
  ];
  return {
    found,
    job,
    refused: refused.slice(0, refusedAtOnce),
    next: refused.length > refusedAtOnce ? String(refused[refusedAtOnce - 1]?.n ?? "") : null,
    good,
    names,
    things: names.length > 0 ? await targets(ctx) : [],
    imports: isAllowed(actor, importOutside),
  };
};
/** The refused rows as they came, with number and reason; read some at a time. */
export async function* refusedRows(ctx: Context, found: Import): AsyncGenerator<string[]> {
  let after = 0;
  for (;;) {
    const rows = await listRefused(ctx, found.id, after, 1000);
    for (const row of rows)
      yield [...found.titles.map((_, at) => row.cells[at] ?? ""), String(row.n), rowWords(ctx.language, found, row.n, row.problem)];
    const last = rows.at(-1);
    if (rows.length < 1000 || !last) return;
    after = last.n;
  }
}
/** Problems that an answer lists; all of them are in the file of refused rows. */
const mostProblems = 1000;
/** What the API answers of an import. @throws {NotFound} another's */
export const answerOf = async (ctx: Context, id: ImportId): Promise<ImportAnswer> => {
  const found = await findSeen(ctx, id);
  const counts = found.counts ?? { rows: 0, new: 0, changed: 0, unchanged: 0, refused: 0 };
  const refused = counts.refused === 0 ? [] : await listRefused(ctx, id, 0, mostProblems);
  return {
    import: id,
    committed: found.state === "done",
    evidence: found.evidence,
    ...counts,
    problems: refused.map(({ n, problem }) => ({
      row: n,
      column: columnName(found, problem.field),
      value: problem.value.slice(0, 100),
      code: problem.code,
      message: rowWords(ctx.language, found, n, problem),
      ...(problem.candidates === undefined ? {} : { candidates: problem.candidates }),
    })),
  };
};
/** Results of an exam or course within the reach, a page. @throws {NotFound} no such thing */
export const seeResults = async (ctx: Context, input: { of: string; after?: string | undefined }) => {
  const actor = ctx.allow(seeOutside);
  const reach = ctx.reach(seeOutside);
  const [kind = "", id = ""] = input.of.split(":");
  const title = (await (kind === "course" ? courseTitles : examTitles)(ctx, [id])).get(id) ?? notFound();
  const [day = "", person = ""] = (input.after ?? "").split(".");
  const rows = await listResults(
    ctx,
    reach,
    { kind, id },
    reach.all ? null : actor.person,
    input.after === undefined ? null : { day, person },
    pageSize + 1,
  );
  const shown = rows.slice(0, pageSize);
  return { title, course: kind === "course", rows: shown, next: rows.length > pageSize ? (shown.at(-1)?.key ?? null) : null };
};
/** Registers an external exam for a name of the file, and checks again. */
export const nameNewExam = async (ctx: Context, { import: id, key, ...exam }: z.output<typeof newExamForm>): Promise<ExamId> => {
  const found = await findOwn(ctx, id);
  const made = await registerOutside(ctx, exam);
  await checkAgain(ctx, id, { whats: { ...found.whats, [whatKey(exam.year, key)]: `exam:${made.id}` } });
  return made.id;
};
