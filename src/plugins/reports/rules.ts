/** A figure with its number, and where its rows are. */
import { day, say, type Context, type Day, type Figure, type Filter, type Language, type Measured } from "#kernel";

/** The days that are asked for; where they are left out, those of today's calendar year. */
export const yearOf = (
  { today }: Pick<Context, "today">,
  range: { from?: Day | undefined; to?: Day | undefined },
): { from: Day; to: Day } => {
  const year = today.slice(0, 4);
  return { from: range.from ?? day.parse(`${year}-01-01`), to: range.to ?? day.parse(`${year}-12-31`) };
};
/** `unitName`: of the unit that narrows it; `requirementName`: of the requirement that a share is of. */
export type Asked = Filter & { unitName: string | null; requirementName: string | null };
export type Shown = { figure: Figure; measured: Measured; filter: Asked };
/** What a figure is called: a share with its requirement. */
export const titleOf = (language: Language, { figure, filter }: Shown): string =>
  `${say(language, figure.words.title)}${filter.requirementName === null ? "" : ` · ${filter.requirementName}`}`;
/** The address of a figure's rows: the same filter as its number. */
export const rowsPath = ({ figure, filter }: Shown): string => {
  const query = new URLSearchParams({
    from: filter.from,
    to: filter.to,
    ...(filter.unit === undefined ? {} : { unit: filter.unit }),
    ...(filter.object === undefined ? {} : { object: filter.object }),
    ...(filter.requirement === undefined ? {} : { requirement: filter.requirement }),
  });
  return `/admin/figures/${figure.id}?${query.toString()}`;
};
