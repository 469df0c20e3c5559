/** Reading the ledger: pages, one record, one's own file. */
import { commit, Invalid, isAllowed, leafOf, maskName, notFound, type Context, type PersonId, type Reach, type RecordId } from "#kernel";
import type { ApiInput, FileFormat, FilterInput, ListInput, RecordAnswer, WholeInput } from "../input.ts";
import { cursorWords, readCursor, stateOf, type State } from "../rules.ts";
import { findRecord, kernelTitles, listByDay, listBySeq, pathFor, positionNow, reasonsOf, unitName, unitsOfPerson, yearsOf, type Filter, type Path, type Row, type Shape, type Whole } from "../store.ts";
import { correctRecords, ownRecords, seeRecords, unmaskRecords } from "../terms.ts";
import { text } from "../text.ts";
import { thingKey, titlesOfThings } from "./titles.ts";

/** A row as it is shown: with its state, the title of its object, and the name as far as it may be seen. */
export type Shown<R extends Row = Row> = R & { state: State; title: string; name: string };
export type Names = "masked" | "whole";
export const pageSize = 50;
const mineSize = 200;
/** Small enough that 200,000 rows stay within 128 MB over idle; at two or three queries a page, 300,000 rows a request and more. */
const filePage = 1000;
const everything: Reach = { all: true, areas: [] };

/** Rows with titles (in place), in one query a kind. */
export const shown = async <R extends Row>(ctx: Context, rows: readonly R[], names: Names, known = new Map<string, string>()): Promise<Shown<R>[]> => {
  const things = rows.map((row) => ({ kind: row.objectKind, id: row.objectId }));
  const titles = await titlesOfThings(ctx, things.filter((thing) => !known.has(thingKey(thing))));
  // What has no title is called by its id, and not asked for again.
  for (const thing of things) {
    const key = thingKey(thing);
    if (!known.has(key)) known.set(key, titles.get(key) ?? thing.id);
  }
  return rows.map((row) =>
    Object.assign(row, {
      state: stateOf(row),
      title: known.get(thingKey({ kind: row.objectKind, id: row.objectId })) ?? row.objectId,
      name: row.personName === null ? "" : names === "whole" ? row.personName : maskName(row.personName),
    }),
  );
};

export type Listed = { rows: Shown[]; next: string | null; position: number; names: Names; unit: string | null };
const listed = async (ctx: Context, reach: Reach, input: ListInput, names: Names): Promise<Listed> => {
  const position = await positionNow(ctx);
  const rows = await listByDay(ctx, reach, input, { path: await pathFor(ctx, reach, input), order: "newest", shape: "page", after: readCursor(input.after), limit: pageSize + 1, position });
  const page = rows.slice(0, pageSize);
  const last = page.at(-1);
  return {
    rows: await shown(ctx, page, names),
    next: rows.length > pageSize && last !== undefined ? cursorWords(last) : null,
    position,
    names,
    unit: input.unit === undefined ? null : await unitName(ctx, reach, input.unit),
  };
};
/** A page of the ledger within the reach, names masked. */
export const listRecords = (ctx: Context, input: ListInput): Promise<Listed> => listed(ctx, ctx.reach(seeRecords), input, "masked");
/** The same with whole names, for a reason. Throws as `unmask`. */
export const listWhole = async (ctx: Context, input: WholeInput): Promise<Listed> => listed(ctx, await unmask(ctx, input, input.format, input.reason), input, "whole");

/**
 * Leave to see whole names: the reach of it, after the audit has the reason.
 * @throws {Forbidden} the permission is not held
 * @throws {Invalid} no reason was given
 */
export const unmask = async (ctx: Context, filter: FilterInput, format: string, reason: string | undefined): Promise<Reach> => {
  const reach = ctx.reach(unmaskRecords);
  const given = (reason ?? "").trim();
  if (given.length < 2) throw new Invalid(text.reasonNeeded, {}, [{ field: "reason", code: "reason", words: text.reasonNeeded }]);
  const { from, to, unit, verb, kind, object, person, standing } = filter;
  const told = Object.entries({ format, from, to, unit, verb, kind, object, person, standing }).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]));
  await commit(ctx, { statements: [], audit: { command: "records.unmask", object: { kind: "ledger", id: format }, unit: unit ?? null, after: { ...filter, format }, note: `${given}（${told.join(" ")}）` } });
  return reach;
};

/** A file: the moment it is as of, and its rows in pages. */
export type Pages = { position: number; pages: AsyncGenerator<Shown[]> };
/** What a file reads; the permission is asked for before the first byte is sent. */
const pagesOf = async (ctx: Context, reach: Reach, filter: Filter, format: FileFormat, names: Names): Promise<Pages> => {
  const position = await positionNow(ctx);
  return { position, pages: everyPage(ctx, reach, filter, names, { position, path: await pathFor(ctx, reach, filter), shape: format === "ndjson" ? "lines" : "sheet" }) };
};
/** So many names and titles at the most are kept from page to page. */
const mostKnown = 20_000;
/** Names that rows were read without, from what is known or in one query a kind. */
const nameRows = async (ctx: Context, rows: readonly Row[], known: { person: Map<string, string>; unit: Map<string, string> }): Promise<void> => {
  for (const kind of ["person", "unit"] as const) {
    if (known[kind].size > mostKnown) known[kind].clear();
    const missing = new Set(rows.flatMap((row) => (row[kind] === null || known[kind].has(row[kind]) ? [] : [row[kind]])));
    if (missing.size > 0) for (const { id, name } of await kernelTitles(ctx, kind, [...missing])) known[kind].set(id, name);
  }
  for (const row of rows) {
    row.personName = row.person === null ? null : (known.person.get(row.person) ?? null);
    row.unitName = row.unit === null ? null : (known.unit.get(row.unit) ?? null);
  }
};
async function* everyPage(ctx: Context, reach: Reach, filter: Filter, names: Names, { position, path, shape }: { position: number; path: Path; shape: Shape }): AsyncGenerator<Shown[]> {
  const titles = new Map<string, string>();
  const known = { person: new Map<string, string>(), unit: new Map<string, string>() };
  for (let after = readCursor(undefined); ; ) {
    const rows = await listByDay(ctx, reach, filter, { path, order: "oldest", shape, after, limit: filePage, position });
    if (titles.size > mostKnown) titles.clear();
    await nameRows(ctx, rows, known);
    if (rows.length > 0) yield await shown(ctx, rows, names, titles);
    const last = rows.at(-1);
    if (rows.length < filePage || last === undefined) return;
    after = last;
  }
}
/** The ledger within the reach as a file, oldest first. Whole names throw as `unmask`. */
export const exportRecords = async (ctx: Context, filter: FilterInput, format: FileFormat, names: Names, reason?: string): Promise<Pages> =>
  pagesOf(ctx, names === "whole" ? await unmask(ctx, filter, format, reason) : ctx.reach(seeRecords), filter, format, names);
/** One's own file. */
export const exportMine = (ctx: Context, format: FileFormat): Promise<Pages> => pagesOf(ctx, everything, { person: ctx.allow(ownRecords).person }, format, "whole");

/** For who follows the ledger by number. Whole names throw as `unmask`. */
export const followRecords = async (ctx: Context, input: ApiInput): Promise<{ position: number; records: RecordAnswer[]; next: number | null }> => {
  const names = input.names ?? "masked";
  const reach = names === "whole" ? await unmask(ctx, input, "json", input.reason) : ctx.reach(seeRecords);
  const limit = input.limit ?? 100;
  const position = await positionNow(ctx);
  const rows = await listBySeq(ctx, reach, input, { after: input.after ?? 0, limit: limit + 1, position });
  const page = rows.slice(0, limit);
  return { position, records: (await shown(ctx, page, names)).map(answerOf), next: rows.length > limit ? (page.at(-1)?.seq ?? null) : null };
};
/** A record as the API tells it. */
export const answerOf = (row: Shown): RecordAnswer => ({
  seq: row.seq,
  id: row.id,
  verb: row.verb,
  object: { kind: row.objectKind, id: row.objectId, title: row.title },
  person: row.person === null ? null : { id: row.person, name: row.name },
  unit: row.unit === null ? null : { id: row.unit, name: row.unitName ?? "" },
  at: row.at,
  day: row.day,
  recorded_at: row.recordedAt,
  score: row.score === null ? null : row.score / 100,
  seconds: row.seconds,
  source: row.source,
  evidence: row.evidence,
  state: row.state,
  corrects: row.corrects,
  corrected_by: row.correctedBy,
  leaf: row.leaf,
});

export type One = { row: Shown<Whole>; holds: boolean; reasons: Awaited<ReturnType<typeof reasonsOf>>; units: Awaited<ReturnType<typeof unitsOfPerson>> | null };
const opened = async (ctx: Context, found: Whole | null, names: Names, corrects: Reach | null): Promise<One> => {
  if (found === null) return notFound();
  const { id, verb, objectKind, objectId, person, unit, at, score, source, evidence, once, corrects: corrected, salt } = found;
  const leaf = await leafOf({ id, verb, objectKind, objectId, person, unit, at, score, source, evidence, once, corrects: corrected, void: found.void, salt });
  const [row] = await shown(ctx, [found], names);
  if (row === undefined) return notFound();
  const reasons = row.correctedBy === null && row.corrects === null ? [] : await reasonsOf(ctx, row.corrects ?? row.id);
  return { row, holds: leaf === found.leaf, reasons, units: corrects === null || person === null || row.correctedBy !== null ? null : await unitsOfPerson(ctx, corrects, person) };
};
/** One record whole, name masked. @throws {NotFound} it does not exist, or lies outside the reach */
export const seeRecord = async (ctx: Context, id: RecordId): Promise<One> => {
  const actor = ctx.allow(seeRecords);
  const mayCorrect = isAllowed(actor, correctRecords);
  const found = await findRecord(ctx, ctx.reach(seeRecords), id);
  return opened(ctx, found, "masked", mayCorrect && found?.person !== actor.person ? ctx.reach(correctRecords) : null);
};
/** One of one's own. @throws {NotFound} it does not exist, or is another's */
export const seeMine = async (ctx: Context, id: RecordId): Promise<One> => {
  const { person } = ctx.allow(ownRecords);
  const found = await findRecord(ctx, everything, id);
  return opened(ctx, found?.person === person ? found : null, "whole", null);
};

export type Mine = { rows: Shown[]; next: string | null; years: ReadonlyMap<string, number>; person: PersonId };
/** Everything recorded on oneself, newest first, with the number of each year. */
export const myRecords = async (ctx: Context, after: string | undefined): Promise<Mine> => {
  const { person } = ctx.allow(ownRecords);
  const rows = await listByDay(ctx, everything, { person }, { path: "kernel_record_person", order: "newest", shape: "page", after: readCursor(after), limit: mineSize + 1, position: await positionNow(ctx) });
  const page = rows.slice(0, mineSize);
  const last = page.at(-1);
  return {
    rows: await shown(ctx, page, "whole"),
    next: rows.length > mineSize && last !== undefined ? cursorWords(last) : null,
    years: new Map((await yearsOf(ctx, person)).map(({ year, count }) => [year, count])),
    person,
  };
};
