/** A breakdown: the numbers of several figures by kind, category, post or lesson, all of them in one batch. */
import { notFound, numbersOf, type Context, type Figure } from "#kernel";
import { byLesson, byPerson } from "./figures.ts";
import type { BreakdownInput } from "./input.ts";
import { countsRecords, dimensionOf, filterOfGroup, mostLessons, type Asked, type Breakdown } from "./rules.ts";
import { filterOf } from "./service.ts";
import { seeReports } from "./terms.ts";

type Counting = Exclude<Figure, { is: "share" }>;
export type Cell = { figure: Counting; value: number; filter: Asked };
export type Line = { group: string; cells: Cell[] };
export type Broken = { by: Breakdown; filter: Asked; figures: readonly Counting[]; lines: Line[]; position: number; totals: Cell[] };

/** The numbers by group, the largest first; throws as `filterOf`. @throws {NotFound} no such figure counts records */
export const seeBreakdown = async (ctx: Context, input: BreakdownInput): Promise<Broken> => {
  ctx.allow(seeReports);
  const { by } = input;
  const chosen = input.figure === undefined ? (by === "lesson" ? byLesson : byPerson) : [input.figure];
  const figures = chosen.flatMap((id) => ctx.registry.figures.get(id) ?? []).filter(countsRecords);
  if (figures.length === 0) return notFound();
  const filter = await filterOf(ctx, input);
  const [told, whole] = await Promise.all([numbersOf(ctx, figures, filter, dimensionOf(by)), numbersOf(ctx, figures, filter)]);
  const lines = told.groups
    .map((group) => ({
      group,
      cells: figures.map((figure) => ({ figure, value: told.of(figure.id, group), filter: { ...filter, ...filterOfGroup(by, group) } })),
    }))
    .toSorted((a, b) => (b.cells[0]?.value ?? 0) - (a.cells[0]?.value ?? 0) || (a.group < b.group ? -1 : 1));
  return {
    by,
    filter,
    figures,
    lines: by === "lesson" ? lines.slice(0, mostLessons) : lines,
    position: told.position,
    totals: figures.map((figure) => ({ figure, value: whole.of(figure.id), filter })),
  };
};
