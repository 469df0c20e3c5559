/** Writing an import in one batch. */
import { commit, Conflict, Invalid, type Context, type Signal } from "#kernel";
import type { ImportId } from "../schema.ts";
import { listTold, moveImport, type Import, type Told } from "../store-import.ts";
import { writePeople, writeUnits } from "../store-import-write.ts";
import { positionEnded, positionOpened, rosterMarked, rosterUnmarked } from "../terms.ts";
import { text } from "../text.ts";
import { findOwnImport, reachOfImport, scopeOf, startJob } from "./import-file.ts";

/** What a plan tells other plugins. */
const told = (ctx: Context, plan: Told): Signal[] => {
  const signals: Signal[] = [];
  const { person, position, place, closes, mark } = plan;
  if (closes) signals.push(positionEnded({ person, position: closes.position, until: closes.until }));
  if (place && position !== null) {
    const { to, before } = place;
    const runs = to.until === null || to.until >= ctx.today;
    if (
      runs &&
      (before === null || before.post !== to.post || before.nature !== to.nature || before.from !== to.from || before.until !== null)
    )
      signals.push(positionOpened({ person, unit: to.unit, position, from: to.from, post: to.post, nature: to.nature }));
    if (to.until !== null && to.until !== before?.until) signals.push(positionEnded({ person, position, until: to.until }));
  }
  const here =
    place && position !== null && (place.to.until === null || place.to.until >= ctx.today)
      ? { unit: place.to.unit, position, post: place.to.post, nature: place.to.nature }
      : null;
  if (mark?.act === "new") signals.push(rosterMarked({ person, from: mark.day, place: here }));
  if (mark?.act === "end") signals.push(rosterUnmarked({ person, until: mark.day }));
  return signals;
};
/** The signals of an import, read some rows at a time. */
export const gather = async (ctx: Context, id: ImportId, of: (plan: Told) => Signal[]): Promise<Signal[]> => {
  const signals: Signal[] = [];
  let after = 0;
  for (;;) {
    const rows = await listTold(ctx, id, after, 300);
    for (const row of rows) signals.push(...of(row));
    const last = rows.at(-1);
    if (rows.length < 300 || !last) return signals;
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
    signals: people ? await gather(ctx, found.id, (plan) => told(ctx, plan)) : [],
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
