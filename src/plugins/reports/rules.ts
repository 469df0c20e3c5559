/** A figure with its number, and where its rows are. */
import {
  categoryText,
  day,
  kindText,
  categories,
  postText,
  posts,
  say,
  unitKinds,
  unsaid,
  type Context,
  type Day,
  type Dimension,
  type Figure,
  type Filter,
  type Language,
  type Measured,
  type Words,
} from "#kernel";
import { figureText as text } from "./text-figures.ts";

/** By what numbers are told apart: the kind of the unit, the category of the person, the post of the position, or the lesson. */
export const dimensions = ["kind", "category", "post", "lesson"] as const;
export type Breakdown = (typeof dimensions)[number];
/** By what the ledger's records are told apart for it. */
export const dimensionOf = (by: Breakdown): Dimension => (by === "lesson" ? "object" : by);
/** Lessons that a breakdown shows. */
export const mostLessons = 50;
/** The filter of one group of a breakdown: what its numbers' links ask. */
export const filterOfGroup = (by: Breakdown, group: string): Pick<Filter, "kinds" | "categories" | "posts" | "object"> => {
  const one = <T extends string>(values: readonly T[]): readonly (T | typeof unsaid)[] => values.filter((value) => value === group);
  switch (by) {
    case "kind":
      return { kinds: group === unsaid ? [unsaid] : one(unitKinds) };
    case "category":
      return { categories: group === unsaid ? [unsaid] : one(categories) };
    case "post":
      return { posts: group === unsaid ? [unsaid] : one(posts) };
    case "lesson":
      return { object: group };
  }
};
const named: Readonly<Record<string, Readonly<Record<string, Words>>>> = { kinds: kindText, categories: categoryText, posts: postText };
/** What a value of a field is called. */
export const groupWords = (language: Language, field: "kinds" | "categories" | "posts", value: string): string =>
  say(language, named[field]?.[value] ?? text.unsaid);
/** Whether anything but days, unit and object narrows a figure. */
export const isNarrowed = ({ kinds, categories, posts, source }: Filter): boolean =>
  [kinds, categories, posts].some((values) => values !== undefined && values.length > 0) || source !== undefined;
/** What narrows a figure, in words; none where nothing does. */
export const narrowWords = (language: Language, filter: Omit<Filter, "reach">): string[] => [
  ...(["kinds", "categories", "posts"] as const).flatMap((field) =>
    filter[field] === undefined || filter[field].length === 0
      ? []
      : [filter[field].map((value) => groupWords(language, field, value)).join("、")],
  ),
  ...(filter.source === undefined ? [] : [say(language, sourceWords[filter.source])]),
];
const sourceWords = { own: text.sourceOwn, external: text.sourceExternal, entered: text.sourceEntered } as const;
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
/** Whether a figure counts records: many of them are measured in one batch. */
export const countsRecords = (figure: Figure): figure is Exclude<Figure, { is: "share" }> => figure.is !== "share";
/** What a figure is called: a share with its requirement. */
export const titleOf = (language: Language, { figure, filter }: Shown): string =>
  `${say(language, figure.words.title)}${filter.requirementName === null ? "" : ` · ${filter.requirementName}`}`;
/** A filter as a query string. */
const queryOf = (filter: Asked): URLSearchParams => {
  const { from, to, unit, object, requirement, source } = filter;
  const query = new URLSearchParams({ from, to });
  for (const [name, value] of Object.entries({ unit, object, requirement, source })) if (value !== undefined) query.set(name, value);
  for (const field of ["kinds", "categories", "posts"] as const) for (const value of filter[field] ?? []) query.append(field, value);
  return query;
};
/** The address of a figure's rows: the same filter as its number. */
export const rowsPath = ({ figure, filter }: Pick<Shown, "figure" | "filter">): string =>
  `/admin/figures/${figure.id}?${queryOf(filter).toString()}`;
/** The address of a breakdown, of one figure where it is named; the object is what lessons are told apart by. */
export const breakdownPath = (by: Breakdown, filter: Asked, figure?: string): string => {
  const query = queryOf(by === "lesson" ? { ...filter, object: undefined } : filter);
  query.set("by", by);
  if (figure !== undefined) query.set("figure", figure);
  return `/admin/reports/breakdown?${query.toString()}`;
};
