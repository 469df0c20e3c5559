/** What is public of reports, and the rows behind a published figure for whoever may see them. */
import { notFound, type Context } from "#kernel";
import { documentShape, frozenPageShape, frozenListShape, type FrozenPage } from "../input-report.ts";
import type { ReportDocument } from "../rules-document.ts";
import { enteredInWords } from "../rules-entered.ts";
import { enteredKey, type EnteredProof } from "../rules-report.ts";
import type { ReportId } from "../schema.ts";
import { correctedOf, erasedOf, findFrozen, findReport, listFrozenOf, listPublic, standingNow, type Frozen } from "../store-report.ts";
import { seeReports } from "../terms.ts";
import { enteredFor } from "./entered.ts";
import { kept } from "./kept.ts";
import { pageRows } from "./report-freeze.ts";
import { seesReports, wholeBody } from "./report-draft.ts";

export type PublicLine = Awaited<ReturnType<typeof listPublic>>[number];
/** What was published, and what of it was withdrawn. */
export const seeDisclosed = (ctx: Context): Promise<PublicLine[]> => listPublic(ctx, null);
/** A published report whole; of a withdrawn one the line alone. */
export type Disclosed = { line: PublicLine; document: ReportDocument | null; figures: readonly Frozen[] };
/**
 * The reports of a year. Which lines have rows behind them is told to whoever may open these, and to nobody else.
 * @throws {NotFound} none was published
 */
export const seeDisclosedYear = async (ctx: Context, year: number): Promise<Disclosed[]> => {
  const lines = await listPublic(ctx, year);
  if (lines.length === 0) return notFound();
  const open = lines.flatMap(({ id, state }) => (state === "published" ? [id] : []));
  const figures = open.length > 0 && seesReports(ctx) ? await listFrozenOf(ctx, open) : [];
  return Promise.all(
    lines.map(async (line) => ({
      line,
      document: line.state === "published" && line.digest !== null ? await kept(ctx, line.digest, documentShape) : null,
      figures: figures.filter(({ report }) => report === line.id),
    })),
  );
};

/** What became of a published row: corrected, declared never to have been, an assignment ended or done by now; null: as it was. */
export type Since = "corrected" | "void" | "ended" | "done" | "undone" | null;
export type FrozenRow = FrozenPage[number] & { since: Since };
/** The number by which an entry was corrected since, in words; null where it stands. */
const correctedTo = async (ctx: Context, { figure, from, to }: Frozen, { id }: EnteredProof): Promise<string | null> => {
  const key = enteredKey(figure);
  const stands = key === null ? undefined : (await enteredFor(ctx, { from, to })).get(key);
  return stands === undefined || stands.id === id ? null : enteredInWords(ctx.language, stands);
};
/** Of a share: how its people stand by now. */
const standingOf = async (ctx: Context, frozen: Frozen, page: FrozenPage): ReturnType<typeof standingNow> => {
  const figure = ctx.registry.figures.get(frozen.figure);
  if (figure?.is !== "share" || frozen.requirement === null) return new Map();
  const of = { requirement: frozen.requirement, slot: figure.slot, part: figure.part };
  return standingNow(
    ctx,
    of,
    page.flatMap(({ person }) => person ?? []),
  );
};
/** Rows that one look shows. */
const look = 100;
/**
 * A published figure, and the page of its rows as they were shown, each with what was corrected since.
 * @param from the number of rows before the page
 * @throws {NotFound} there is no such figure
 */
export const seeFrozen = async (
  ctx: Context,
  id: ReportId,
  n: number,
  from: number,
): Promise<{ figure: Frozen; rows: FrozenRow[]; entered: EnteredProof | null; now: string | null; next: string | null }> => {
  ctx.allow(seeReports);
  wholeBody(ctx.reach(seeReports));
  if ((await findReport(ctx, id))?.publishedAt == null) return notFound();
  const figure = (await findFrozen(ctx, id, n)) ?? notFound();
  const { pages, entered } = await kept(ctx, figure.digest, frozenListShape);
  const digest = pages[Math.floor(from / pageRows)];
  const page = digest === undefined ? [] : (await kept(ctx, digest, frozenPageShape)).slice(from % pageRows, (from % pageRows) + look);
  const [corrected, standing, erased] = await Promise.all([
    correctedOf(
      ctx,
      page.flatMap(({ record }) => record ?? []),
    ),
    standingOf(ctx, figure, page),
    erasedOf(
      ctx,
      page.flatMap(({ person }) => person ?? []),
    ),
  ]);
  const since = (row: FrozenPage[number]): Since => {
    if (row.record !== null) return corrected.get(row.record) ?? null;
    const now = row.person === null ? undefined : standing.get(row.person);
    if (now === undefined) return null;
    return now.ended ? "ended" : now.part === (row.part === true) ? null : now.part ? "done" : "undone";
  };
  return {
    figure,
    rows: page.map((row) => ({
      ...row,
      personName: row.person !== null && erased.has(row.person) ? null : row.personName,
      since: since(row),
    })),
    entered,
    now: entered === null ? null : await correctedTo(ctx, figure, entered),
    next: from + look < figure.rows ? String(from + look) : null,
  };
};
