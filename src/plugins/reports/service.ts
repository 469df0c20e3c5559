/** Reports and figures: reading only; each number with its moment and the way to its rows. */
import { day, evidence, measure, notFound, say, type Context, type Day, type EvidenceRow, type Figure, type Filter, type Measured } from "#kernel";
import { sections } from "./figures.ts";
import type { FigureInput } from "./input.ts";
import { seeReports } from "./terms.ts";
import { text } from "./text.ts";

type Range = { from?: Day | undefined; to?: Day | undefined };
/** The calendar year of today, up to its end. */
const yearOf = (ctx: Context, range: Range) => {
  const year = ctx.today.slice(0, 4);
  return { from: range.from ?? day.parse(`${year}-01-01`), to: range.to ?? day.parse(`${year}-12-31`) };
};
const filterOf = (ctx: Context, input: Range & { unit?: Filter["unit"]; object?: string | undefined }): Filter => ({ ...yearOf(ctx, input), unit: input.unit, object: input.object, reach: ctx.reach(seeReports) });

export type Shown = { figure: Figure; measured: Measured; filter: Filter };
export type Section = { title: (typeof sections)[number]["title"]; shown: Shown[] };
/** The one report of the ground floor, its figures measured now. @throws {NotFound} there is no such report */
export const seeReport = async (ctx: Context, input: { report: string; unit?: Filter["unit"] } & Range): Promise<{ id: string; filter: Filter; sections: Section[] }> => {
  const filter = filterOf(ctx, input);
  if (input.report !== "annual") return notFound();
  const made: Section[] = [];
  for (const section of sections) made.push({ title: section.title, shown: await Promise.all(section.figures.map(async (figure) => ({ figure, measured: await measure(ctx, figure, filter), filter }))) });
  return { id: "annual", filter, sections: made };
};
/** One figure measured now. @throws {NotFound} no plugin has it */
export const seeFigure = async (ctx: Context, input: FigureInput): Promise<Shown> => {
  const filter = filterOf(ctx, input);
  const figure = ctx.registry.figures.get(input.figure) ?? notFound();
  return { figure, measured: await measure(ctx, figure, filter), filter };
};
export const rowsAPage = 100;
/** A page of the rows behind a figure. */
export const seeEvidence = (ctx: Context, shown: Shown, after: string): Promise<EvidenceRow[]> => evidence(ctx, shown.figure, shown.filter, after, rowsAPage);

/** The address of a figure's rows. */
export const rowsPath = ({ figure, filter }: Shown): string => {
  const query = new URLSearchParams({ from: filter.from, to: filter.to, ...(filter.unit === undefined ? {} : { unit: filter.unit }), ...(filter.object === undefined ? {} : { object: filter.object }) });
  return `/admin/figures/${figure.id}?${query}`;
};
/** A figure as the API tells it. */
export const asAnswer = (ctx: Context, shown: Shown) => ({
  id: shown.figure.id,
  title: say(ctx.language, shown.figure.words.title),
  definition: say(ctx.language, shown.figure.words.definition),
  measure: shown.figure.measure,
  value: shown.measured.value,
  whole: shown.measured.whole,
  from: shown.filter.from,
  to: shown.filter.to,
  at: shown.measured.at,
  position: shown.measured.position,
  rows: rowsPath(shown),
});
export const reportTitle = text.annual;
