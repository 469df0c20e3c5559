/** Writing an import to the ledger, and taking it back: some rows at a time, in a job that carries on where it was stopped. */
import { commit, Conflict, Invalid, newId, record, recordId, type Context, type Pending, type Verb } from "#kernel";
import { completed } from "#plugins/courses";
import { excelled, passed, sat } from "#plugins/exams";
import { findJob } from "#plugins/people";
import { isUntouched, movesTo, saysSame, type ImportId, type Move, type Plan, type VerbId } from "../rules.ts";
import {
  advance,
  correctedSince,
  countOutcomes,
  ledgerOf,
  listPlanned,
  moveImport,
  settleRows,
  type Import,
  type Ledger,
  type Staged,
} from "../store.ts";
import { importOutside } from "../terms.ts";
import { text } from "../text.ts";
import { noonOf } from "./check.ts";
import { findOwn, startJob } from "./file.ts";

/** Rows that are written in one batch. */
const atOnce = 300;
/** How often a batch is made anew where another import was quicker. */
const races = 3;
const verbOf: Record<VerbId, Verb> = { sat, passed, excelled, completed };

/** What the ledger is told, so that it says what is wanted. `ids`: of the records, where they are known before. */
const recordsOf = (ctx: Context, plan: Plan, { told }: Ledger, moves: readonly Move[], ids: Plan["ids"] | null): Pending[] =>
  moves.map(({ fact, evidence, corrects, void: voids }) =>
    record({
      id: ids?.[fact.verb] ?? newId(recordId, noonOf(ctx, plan.day)),
      verb: verbOf[fact.verb],
      object: { kind: plan.kind, id: plan.object },
      person: plan.person,
      at: noonOf(ctx, plan.day),
      source: "external",
      evidence,
      ...(fact.score === null ? {} : { score: fact.score }),
      ...(corrects === null
        ? // Told again after it was voided, it is the next telling of the same fact.
          { once: ["outside", plan.kind, plan.object, plan.person, plan.day, String(told[fact.verb] ?? 0)] }
        : { once: ["correction", corrects.id], corrects: corrects.id }),
      ...(corrects?.unit == null ? {} : { unit: corrects.unit }),
      ...(corrects?.unit == null || corrects.position === null ? {} : { position: corrects.position }),
      ...(voids ? { void: true as const } : {}),
    }),
  );

type Batch = { statements: Pending[]; settled: Pick<Staged, "n" | "outcome" | "problem">[] };
const writing = (ctx: Context, found: Import, rows: readonly { n: number; plan: Plan }[], ledger: readonly Ledger[]): Batch => {
  const batch: Batch = { statements: [], settled: [] };
  for (const [at, { n, plan }] of rows.entries()) {
    const now = ledger[at] ?? { standing: [], told: {} };
    const facts = plan.facts.map((fact) => ({ ...fact, evidence: found.evidence }));
    const ids = new Set<string>(Object.values(plan.ids));
    // Written before this very work was stopped.
    if (now.standing.some((s) => ids.has(s.id))) continue;
    if (saysSame(now.standing, facts)) batch.settled.push({ n, outcome: "unchanged" });
    else if (!isUntouched(now.standing, plan.before))
      batch.settled.push({ n, outcome: "refused", problem: { code: "moved", field: "result", value: "" } });
    else batch.statements.push(...recordsOf(ctx, plan, now, movesTo(now.standing, facts), plan.ids));
  }
  return batch;
};
/** Rows whose records somebody corrected since stay as that correction says. */
const undoing = (ctx: Context, rows: readonly { n: number; plan: Plan }[], ledger: readonly Ledger[]): Batch => {
  const statements = rows.flatMap(({ plan }, at) => {
    const now = ledger[at] ?? { standing: [], told: {} };
    const ours = new Set([...Object.values(plan.ids), ...plan.before.map((b) => b.id)]);
    return now.standing.every((s) => ours.has(s.id)) ? recordsOf(ctx, plan, now, movesTo(now.standing, plan.before), null) : [];
  });
  return { statements, settled: [] };
};
type Write = (statements: readonly Pending[]) => Promise<"done" | "again">;
/** Where another worker holds the same job by now, this is no refusal: the queue tries again. */
const take = async (write: Write, statements: readonly Pending[]): Promise<"done" | "again"> => {
  try {
    return await write(statements);
  } catch (error) {
    throw error instanceof Conflict ? new Error("the rows moved on while they were written", { cause: error }) : error;
  }
};
/**
 * The job's part: the next rows of an import that is written or undone, in one batch with the cursor.
 * @returns how far it is, and whether there is more
 */
export const carryOn = async (ctx: Context, found: Import, write: Write): Promise<{ at: number; more: boolean }> => {
  ctx.allow(importOutside);
  for (let race = 0; ; race++) {
    const rows = await listPlanned(ctx, found.id, found.cursor, atOnce);
    const last = rows.at(-1);
    if (last === undefined) return { at: found.cursor, more: false };
    const ledger = await ledgerOf(
      ctx,
      rows.map((row) => row.plan),
    );
    const { statements, settled } = found.state === "undoing" ? undoing(ctx, rows, ledger) : writing(ctx, found, rows, ledger);
    const done = await take(write, [...advance(found, last.n), ...statements, ...settleRows(found.id, settled)]);
    if (done === "done") return { at: last.n, more: rows.length === atOnce };
    // A record of it was there already: another import of the same results was quicker, and the ledger is read again.
    if (race >= races) throw new Error("the same results were written by others, again and again");
  }
};
/** All rows are through: the import is done, or undone. */
export const finish = async (ctx: Context, found: Import): Promise<void> => {
  ctx.allow(importOutside);
  const undone = found.state === "undoing";
  const counts = undone ? found.counts : await countOutcomes(ctx, found.id);
  await commit(ctx, {
    statements: undone
      ? moveImport(ctx, found.id, ["undoing"], { state: "undone", undoneAt: ctx.now })
      : moveImport(ctx, found.id, ["committing"], { state: "done", counts, committedAt: ctx.now }),
    audit: {
      command: undone ? "outside.undone" : "outside.written",
      object: { kind: "outside-import", id: found.id },
      after: { ...counts, evidence: found.evidence },
      note: found.name,
    },
  });
};

/** Work whose job failed goes on where it stopped; while the job runs, it is the same work. */
const goOn = async (ctx: Context, found: Import, what: "write" | "undo"): Promise<void> => {
  const job = found.job === null ? undefined : await findJob(ctx, found.job);
  if (job?.state === "failed")
    await startJob(ctx, found, what, (id) => moveImport(ctx, found.id, [found.state], { job: id, problem: null }));
};
/** An officer's word from the preview. @throws {Invalid} rows are refused and only all were wanted @throws {Conflict} not waiting for it */
export const decideImport = async (ctx: Context, given: { import: ImportId; goodRows: boolean }): Promise<void> => {
  const found = await findOwn(ctx, given.import);
  if (found.state === "done") return;
  if (found.state === "committing") return goOn(ctx, found, "write");
  if (found.state !== "ready") throw new Conflict(text.notReady);
  const refused = found.counts?.refused ?? 0;
  if (refused > 0 && !given.goodRows) throw new Invalid(text.needsAll, { count: refused });
  await startJob(ctx, found, "write", (job) =>
    moveImport(ctx, found.id, ["ready"], { state: "committing", job, cursor: 0, goodRows: given.goodRows, problem: null }),
  );
};
/** Takes an import back, whole. @throws {Conflict} some of its records were corrected since: which rows */
export const undoImport = async (ctx: Context, id: ImportId): Promise<void> => {
  const found = await findOwn(ctx, id);
  if (found.state === "undone") return;
  if (found.state === "undoing") return goOn(ctx, found, "undo");
  if (found.state !== "done") throw new Conflict(text.notReady);
  const later = await correctedSince(ctx, id, 20);
  if (later.length > 0) throw new Conflict(text.undoDepends, { rows: later.map((row) => `${row.n}（${row.label}）`).join("；") });
  await startJob(ctx, found, "undo", (job) => moveImport(ctx, id, ["done"], { state: "undoing", job, cursor: 0, problem: null }));
};
