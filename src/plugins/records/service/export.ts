/** What files hold: every record that a filter finds, page by page, as of one position of the ledger. */
import type { Context, Reach } from "#kernel";
import type { FileFormat, FilterInput } from "../input.ts";
import { readCursor } from "../rules.ts";
import { kernelTitles, listByDay, pathFor, positionNow, type Filter, type Path, type Row, type Shape } from "../store.ts";
import { ownRecords } from "../terms.ts";
import { everything, masked, shown, unmask, type Names, type Shown } from "./list.ts";

/** Small, since what is read at once is what memory grows by; at two or three queries a page, 300,000 rows a request and more. */
const filePage = 1000;
/** A file: the moment it is as of, and its rows in pages. */
export type Pages = { position: number; pages: AsyncGenerator<Shown[]> };
/** What a file reads; the permission is asked for before the first byte is sent. */
const pagesOf = async (ctx: Context, reach: Reach, filter: Filter, format: FileFormat, names: Names): Promise<Pages> => {
  const position = await positionNow(ctx);
  return {
    position,
    pages: everyPage(ctx, reach, filter, names, {
      position,
      path: await pathFor(ctx, reach, filter),
      shape: format === "ndjson" ? "lines" : "sheet",
    }),
  };
};
/** So many names and titles at the most are kept from page to page. */
const mostKnown = 20_000;
/** Names that rows were read without, from what is known or in one query a kind. */
const nameRows = async (
  ctx: Context,
  rows: readonly Row[],
  known: { person: Map<string, string>; unit: Map<string, string> },
): Promise<void> => {
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
async function* everyPage(
  ctx: Context,
  reach: Reach,
  filter: Filter,
  names: Names,
  { position, path, shape }: { position: number; path: Path; shape: Shape },
): AsyncGenerator<Shown[]> {
  const titles = new Map<string, string>();
  const known = { person: new Map<string, string>(), unit: new Map<string, string>() };
  for (let after = readCursor(undefined); ;) {
    const rows = await listByDay(ctx, reach, filter, { path, order: "oldest", shape, after, limit: filePage, position });
    if (titles.size > mostKnown) titles.clear();
    await nameRows(ctx, rows, known);
    if (rows.length > 0) yield await shown(ctx, rows, names, titles);
    const last = rows.at(-1);
    if (rows.length < filePage || last === undefined) return;
    after = last;
  }
}
/** The ledger within the reach as a file, oldest first. Throws as `checkAsked`, whole names as `unmask`. */
export const exportRecords = async (ctx: Context, filter: FilterInput, format: FileFormat, names: Names, reason?: string): Promise<Pages> =>
  pagesOf(ctx, names === "whole" ? await unmask(ctx, filter, format, reason) : await masked(ctx, filter), filter, format, names);
/** One's own file. */
export const exportMine = (ctx: Context, format: FileFormat): Promise<Pages> =>
  pagesOf(ctx, everything, { person: ctx.allow(ownRecords).person }, format, "whole");
