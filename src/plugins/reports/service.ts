/** Reports and figures: reading only; each number with its moment and the way to its rows. */
import {
  evidence,
  Invalid,
  measure,
  measureAll,
  notFound,
  say,
  type Context,
  type Day,
  type EvidenceRow,
  type Figure,
  type Filter,
  type Narrow,
  type RequirementId,
  type Slot,
} from "#kernel";
import { checkAsked } from "#plugins/records";
import { namesOf, requirementsDue } from "#plugins/requirements";
import { sections } from "./figures.ts";
import type { FigureInput } from "./input.ts";
import { isNarrowed, rowsPath, titleOf, yearOf, type Asked, type Shown, countsRecords } from "./rules.ts";
import { seeReports } from "./terms.ts";
import { figureText } from "./text-figures.ts";
import { text } from "./text.ts";

type Range = { from?: Day | undefined; to?: Day | undefined };
/** What is asked, of what exists; `kind` is that of the figure's objects. Throws as `checkAsked`. */
export const filterOf = async (
  ctx: Context,
  input: Range & Narrow & { unit?: Filter["unit"]; object?: string | undefined },
  kind?: string,
): Promise<Asked> => {
  const { unit, object, kinds, categories, posts, source } = input;
  const filter = { ...yearOf(ctx, input), unit, object, kinds, categories, posts, source, reach: ctx.reach(seeReports) };
  const checked = await checkAsked(ctx, filter.reach, { from: filter.from, to: filter.to, unit, object, kind });
  return { ...filter, ...checked, requirementName: null };
};
/** The requirements due within the days, by what they ask. */
const dueWithin = async (ctx: Context, slot: Slot, { from, to }: Asked) => requirementsDue(ctx, slot, from, to);
/** The filters of a share: one for each requirement. */
const filtersOf = (filter: Asked, due: Awaited<ReturnType<typeof dueWithin>>): Asked[] =>
  due.map(({ id, name }) => ({ ...filter, requirement: id, requirementName: name }));
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
  const all: readonly Figure[] = sections.flatMap((section): readonly Figure[] => section.figures);
  const [counted, study, exam] = await Promise.all([
    measureAll(ctx, all.filter(countsRecords), filter),
    dueWithin(ctx, "study", filter),
    dueWithin(ctx, "exam", filter),
  ]);
  const due = { study, exam };
  const shownAs = async (figure: Figure): Promise<Shown[]> => {
    if (figure.is === "share") return Promise.all(filtersOf(filter, due[figure.slot]).map((each) => shownBy(ctx, figure, each)));
    const measured = counted.get(figure.id);
    return measured === undefined ? [] : [{ figure, measured, filter }];
  };
  const made = await Promise.all(
    sections.map(async ({ title, figures }) => ({ title, shown: (await Promise.all(figures.map(shownAs))).flat() })),
  );
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
  if (figure.is !== "share") return shownBy(ctx, figure, filter);
  if (isNarrowed(filter)) throw new Invalid(figureText.shareNarrowed);
  const all = filtersOf(filter, await dueWithin(ctx, figure.slot, filter));
  if (input.requirement !== undefined)
    return shownBy(ctx, figure, all.find(({ requirement }) => requirement === input.requirement) ?? (await notDue(ctx, input.requirement)));
  if (all.length > 1) {
    const choices = all.map(({ requirement, requirementName }) => `${requirementName ?? ""}（${requirement ?? ""}）`).join("、");
    throw new Invalid(text.whichRequirement, { choices }, [
      { field: "requirement", code: "asked", words: text.whichRequirement, facts: { choices } },
    ]);
  }
  return shownBy(ctx, figure, all[0] ?? filter);
};
/** A requirement that is due on no day of a range. @throws {NotFound} there is none @throws {Invalid} its deadline is another day */
const notDue = async (ctx: Context, id: RequirementId): Promise<never> => {
  const name = (await namesOf(ctx, [id])).get(id) ?? notFound();
  throw new Invalid(figureText.notDueWithin, { name }, [{ field: "to", code: "asked", words: figureText.notDueWithin, facts: { name } }]);
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
