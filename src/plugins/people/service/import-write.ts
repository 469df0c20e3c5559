/** Writing an import in one batch. */
import { commit, Conflict, Invalid, personId, unitId, type Context, type Signal } from "#kernel";
import type { ImportId } from "../schema.ts";
import { listChanged, moveImport, type Import } from "../store-import.ts";
import { writePeople, writeUnits } from "../store-import-write.ts";
import { personChanged, unitChanged } from "../terms.ts";
import { text } from "../text.ts";
import { findOwnImport, reachOfImport, scopeOf, startJob } from "./import-file.ts";

/** Whom or which units an import changes, read some rows at a time. */
export const changedBy = async (ctx: Context, found: Pick<Import, "id" | "kind">): Promise<Signal[]> => {
  const signals: Signal[] = [];
  let after = 0;
  for (;;) {
    const rows = await listChanged(ctx, found, after, 1000);
    for (const { of, moved } of rows)
      signals.push(
        found.kind === "people"
          ? personChanged({ person: personId.parse(of) })
          : unitChanged({ unit: unitId.parse(of), below: moved === 1 }),
      );
    const last = rows.at(-1);
    if (rows.length < 1000 || !last) return signals;
    after = last.n;
  }
};

/**
 * Writes the staged rows in one batch: all, or the good ones. Written already, it answers as then.
 * @throws {Invalid} rows are refused and only all were wanted @throws {Conflict} the roster changed since the check
 */
export const writeImport = async (ctx: Context, found: Import, goodRows: boolean): Promise<void> => {
  reachOfImport(ctx, found.scope);
  if (found.state === "done") return;
  const counts = found.counts ?? { rows: 0, new: 0, changed: 0, unchanged: 0, refused: 0 };
  if (counts.refused > 0 && !goodRows) throw new Invalid(text.importNeedsAll, { count: counts.refused });
  const people = found.kind === "people";
  await commit(ctx, {
    statements: [
      ...moveImport(ctx, found.id, ["ready", "committing"], { state: "done", goodRows, committedAt: ctx.now }),
      ...(people ? writePeople(ctx, found.id, found.scope === "own") : writeUnits(ctx, found.id)),
    ],
    signals: await changedBy(ctx, found),
    audit: { command: "people.import.write", object: { kind: "import", id: found.id }, after: counts, note: found.name },
  });
};
/** An officer's word from the preview: writes by a job. @throws {Invalid} @throws {Conflict} it is not waiting for it */
export const decideImport = async (ctx: Context, given: { import: ImportId; goodRows: boolean }): Promise<void> => {
  const found = await findOwnImport(ctx, given.import);
  scopeOf(ctx, found.kind);
  // Sent again while it is written, or after.
  if (found.state === "committing" || found.state === "done") return;
  if (found.state !== "ready") throw new Conflict(text.importNotReady);
  const refused = found.counts?.refused ?? 0;
  if (refused > 0 && !given.goodRows) throw new Invalid(text.importNeedsAll, { count: refused });
  await startJob(ctx, found, { then: given.goodRows ? "good" : "all", work: "write", small: (found.counts?.rows ?? 0) <= 1000 }, (job) =>
    moveImport(ctx, found.id, ["ready"], { state: "committing", job, problem: null }),
  );
};
