/** Writing an import in one batch, and taking it back. */
import { addDays, commit, Conflict, Invalid, type Context, type Detail, type Signal } from "#kernel";
import type { ImportId } from "../schema.ts";
import { laterImports, listTold, moveImport, type Import, type Told } from "../store-import.ts";
import {
  dependentsOfPeople,
  dependentsOfUnits,
  peopleStay,
  unitsStay,
  unwritePeople,
  unwriteUnits,
  writePeople,
  writeUnits,
  type Dependent,
} from "../store-import-write.ts";
import { positionEnded, positionOpened } from "../terms.ts";
import { text } from "../text.ts";
import { findOwnImport, reachOfImport, scopeOf, startJob } from "./import-file.ts";

/** What a plan tells other plugins. */
const told = (ctx: Context, plan: Told): Signal[] => {
  const signals: Signal[] = [];
  const { person, position, place, closes } = plan;
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
  return signals;
};
/** What taking it back tells them. */
const untold = (ctx: Context, plan: Told): Signal[] => {
  const signals: Signal[] = [];
  const { person, position, place, closes } = plan;
  if (place && position !== null) {
    if (place.before === null) signals.push(positionEnded({ person, position, until: addDays(place.to.from, -1) }));
    else if (place.before.until === null || place.before.until >= ctx.today)
      signals.push(
        positionOpened({
          person,
          unit: place.before.unit,
          position,
          from: place.before.from,
          post: place.before.post,
          nature: place.before.nature,
        }),
      );
  }
  if (closes) signals.push(positionOpened({ person, position: closes.position, ...closes.was }));
  return signals;
};
const gather = async (ctx: Context, id: ImportId, of: (plan: Told) => Signal[]): Promise<Signal[]> => {
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
  await startJob(ctx, found, { then: given.goodRows ? "good" : "all", write: true, small: (found.counts?.rows ?? 0) <= 1000 }, (job) =>
    moveImport(ctx, found.id, ["ready"], { state: "committing", job, problem: null }),
  );
};

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
/**
 * Takes the last import back, whole.
 * @throws {Conflict} something depends on it by now: with the list of what, row by row; or a later one was written
 */
export const undoImport = async (ctx: Context, id: ImportId): Promise<void> => {
  const found = await findOwnImport(ctx, id);
  scopeOf(ctx, found.kind);
  if (found.state === "undone") return;
  if (found.state !== "done" || found.committedAt === null) throw new Conflict(text.importNotReady);
  const [later] = await laterImports(ctx, found.committedAt);
  if (later) throw new Conflict(text.undoLater, { name: later.name });
  const people = found.kind === "people";
  const depends = await (people ? dependentsOfPeople : dependentsOfUnits)(ctx, id, 200);
  if (depends.length > 0)
    throw new Conflict(
      text.undoDepends,
      {},
      depends.map((d): Detail => ({ row: d.n, value: d.label, code: d.why, words: whyWords[d.why], facts: { row: d.n, label: d.label } })),
    );
  const signals = people ? await gather(ctx, id, (plan) => untold(ctx, plan)) : [];
  await commit(ctx, {
    statements: [
      ...moveImport(ctx, id, ["done"], { state: "undone", undoneAt: ctx.now }),
      ...(people ? [...peopleStay(id), ...unwritePeople(id)] : [...unitsStay(id), ...unwriteUnits(id)]),
    ],
    signals,
    audit: { command: "people.import.undo", object: { kind: "import", id }, after: { state: "undone" }, note: found.name },
  });
};
