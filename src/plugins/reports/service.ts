/** Reports and figures: reading only; each number with its moment and the way to its rows. */
import { evidence, Invalid, measure, notFound, say, type Context, type Day, type EvidenceRow, type Figure, type Filter } from "#kernel";
import { checkAsked } from "#plugins/records";
import { requirementsDue } from "#plugins/requirements";
import { sections } from "./figures.ts";
import type { FigureInput } from "./input.ts";
import { rowsPath, titleOf, yearOf, type Asked, type Shown } from "./rules.ts";
import { seeReports } from "./terms.ts";
import { text } from "./text.ts";

type Range = { from?: Day | undefined; to?: Day | undefined };
/** What is asked, of what exists; `kind` is that of the figure's objects. Throws as `checkAsked`. */
const filterOf = async (
  ctx: Context,
  input: Range & { unit?: Filter["unit"]; object?: string | undefined },
  kind?: string,
): Promise<Asked> => {
  const { unit, object } = input;
  const filter = { ...yearOf(ctx, input), unit, object, reach: ctx.reach(seeReports) };
  const checked = await checkAsked(ctx, filter.reach, { from: filter.from, to: filter.to, unit, object, kind });
  return { ...filter, ...checked, requirementName: null };
};
/** The filters by which a figure is measured in a report: a share once for each requirement of its kind, anything else once. */
const filtersFor = async (ctx: Context, figure: Figure, filter: Asked): Promise<Asked[]> =>
  figure.is === "share"
    ? (await requirementsDue(ctx, figure.slot, filter.from, filter.to)).map(({ id, name }) => ({
        ...filter,
        requirement: id,
        requirementName: name,
      }))
    : [filter];
const shownBy = async (ctx: Context, figure: Figure, filter: Asked): Promise<Shown> => ({
  figure,
  measured: await measure(ctx, figure, filter),
  filter,
});

export type Section = { title: (typeof sections)[number]["title"]; shown: Shown[] };
/** The one report of the ground floor, its figures measured now. Throws as `checkAsked`. @throws {NotFound} there is no such report */
export const seeReport = async (
  ctx: Context,
  input: { report: string; unit?: Filter["unit"] } & Range,
): Promise<{ id: string; filter: Asked; sections: Section[] }> => {
  const filter = await filterOf(ctx, input);
  if (input.report !== "annual") return notFound();
  const made: Section[] = [];
  for (const section of sections)
    made.push({
      title: section.title,
      shown: (
        await Promise.all(
          section.figures.map(async (figure) =>
            Promise.all((await filtersFor(ctx, figure, filter)).map((each) => shownBy(ctx, figure, each))),
          ),
        )
      ).flat(),
    });
  return { id: "annual", filter, sections: made };
};
/**
 * One figure measured now. Throws as `checkAsked`.
 * @throws {NotFound} no plugin has it, or no such requirement is due within the days
 * @throws {Invalid} a share, and which of several requirements it is of is not said
 */
export const seeFigure = async (ctx: Context, input: FigureInput): Promise<Shown> => {
  ctx.allow(seeReports);
  const figure = ctx.registry.figures.get(input.figure) ?? notFound();
  const filter = await filterOf(ctx, input, figure.is === "share" ? (figure.slot === "exam" ? "exam" : "course") : figure.objectKind);
  const all = await filtersFor(ctx, figure, filter);
  if (input.requirement !== undefined && figure.is === "share")
    return shownBy(ctx, figure, all.find(({ requirement }) => requirement === input.requirement) ?? notFound());
  if (all.length > 1) {
    const choices = all.map(({ requirement, requirementName }) => `${requirementName ?? ""}（${requirement ?? ""}）`).join("、");
    throw new Invalid(text.whichRequirement, { choices }, [
      { field: "requirement", code: "asked", words: text.whichRequirement, facts: { choices } },
    ]);
  }
  return shownBy(ctx, figure, all[0] ?? filter);
};
const rowsAPage = 100;
/** A page of the rows behind a figure, and the key after which the next one begins. */
export const seeEvidence = async (ctx: Context, shown: Shown, after: string): Promise<{ rows: EvidenceRow[]; next: string | null }> => {
  const rows = await evidence(ctx, shown.figure, shown.filter, after, rowsAPage);
  return { rows, next: rows.length === rowsAPage ? (rows.at(-1)?.key ?? null) : null };
};

/** A figure as the API tells it. */
export const asAnswer = (ctx: Context, shown: Shown) => ({
  id: shown.figure.id,
  title: titleOf(ctx.language, shown),
  definition: say(ctx.language, shown.figure.words.definition),
  measure: shown.figure.measure,
  requirement: shown.filter.requirement === undefined ? null : { id: shown.filter.requirement, name: shown.filter.requirementName ?? "" },
  value: shown.measured.value,
  whole: shown.measured.whole,
  from: shown.filter.from,
  to: shown.filter.to,
  at: shown.measured.at,
  position: shown.measured.position,
  rows: rowsPath(shown),
});
