/** From a reference in a report's text to its number, measured now: counted, entered by hand, or empty. */
import {
  measure,
  measureAll,
  percent,
  requirementId,
  say,
  type Context,
  type Figure,
  type Measured,
  type RequirementId,
  type Slot,
} from "#kernel";
import { requirementsDue } from "#plugins/requirements";
import { enterableOf } from "../rules-enterable.ts";
import { enteredInWords, measureWords, type Entered } from "../rules-entered.ts";
import { enteredKey, enteredPath, peopleIn, referencesOf, type Reference, type Resolved } from "../rules-report.ts";
import { countsRecords, rowsPath, type Asked } from "../rules.ts";
import type { Content } from "../store-report.ts";
import { text as figureText } from "../text.ts";
import { text } from "../text-report.ts";
import { enteredFor } from "./entered.ts";

/** Documents are Chinese, whatever the reader's language. */
const zh = (words: Parameters<typeof say>[1], facts?: Parameters<typeof say>[2]) => say("zh", words, facts);
/** Reports are of the whole body. */
const everything = { all: true, areas: [] };
/** 人次, 人, 家, 份 */
const unitOf = (figure: Figure): string => (figure.measure === "percent" ? "%" : zh(figureText[figure.measure], { n: "" }).trim());
const numberOf = (figure: Figure, { value, whole }: Measured): string =>
  figure.measure === "percent" ? percent(value, whole ?? 0) : zh(figureText[figure.measure], { n: value });

/** Names of the requirements of the period that a share may be of, by id. */
type Named = ReadonlyMap<string, string>;
const requirementsOf = async (ctx: Context, content: Content, slots: readonly Slot[]): Promise<Named> =>
  new Map(
    (await Promise.all([...new Set(slots)].map((slot) => requirementsDue(ctx, slot, content.from, content.to))))
      .flat()
      .map(({ id, name }) => [id, name]),
  );
/** Which requirement a share is of: the reference's own, else the one that the report chose. */
const requirementOf = (figure: Figure, asked: Reference, content: Content): string | null =>
  figure.is === "share" ? (asked.requirement ?? (figure.slot === "exam" ? content.exam : content.study)) : null;

const empty = (
  asked: Reference,
  content: Content,
  given: { title: string; definition: string; measure: string; path: string },
): Resolved => ({
  key: asked.key,
  figure: asked.figure,
  state: "empty",
  number: "",
  part: "",
  whole: "",
  name: "",
  value: 0,
  total: null,
  scope: "",
  from: content.from,
  to: content.to,
  requirement: null,
  at: 0,
  position: null,
  origin: zh(text.originEmpty),
  entered: null,
  ...given,
});

const resolveCounted = async (
  ctx: Context,
  figure: Figure,
  asked: Reference,
  content: Content,
  { named, editPath, measured: known }: { named: Named; editPath: string; measured: Measured | undefined },
): Promise<Resolved> => {
  const title = zh(figure.words.title);
  const definition = zh(figure.words.definition);
  const wanted = requirementOf(figure, asked, content);
  const of = wanted === null ? undefined : named.get(wanted);
  if (figure.is === "share" && of === undefined) return empty(asked, content, { title, definition, measure: "%", path: editPath });
  const requirement: RequirementId | undefined = of === undefined ? undefined : requirementId.parse(wanted);
  const filter: Asked = {
    from: content.from,
    to: content.to,
    requirement,
    reach: everything,
    unitName: null,
    requirementName: of ?? null,
  };
  const measured = known ?? (await measure(ctx, figure, filter));
  // A rate of nobody is no number.
  if (measured.whole === 0) return empty(asked, content, { title, definition, measure: "%", path: editPath });
  return {
    key: asked.key,
    figure: figure.id,
    state: "counted",
    title: of === undefined ? title : zh(text.titleOf, { title, requirement: of }),
    number: numberOf(figure, measured),
    part: measured.whole === null ? "" : peopleIn(measured.value),
    whole: measured.whole === null ? "" : peopleIn(measured.whole),
    name: of ?? "",
    value: measured.value,
    total: measured.whole,
    measure: unitOf(figure),
    definition,
    scope: zh(text.scopeWhole),
    from: content.from,
    to: content.to,
    requirement: requirement ?? null,
    at: measured.at,
    position: measured.position,
    origin: zh(text.originCounted, { position: measured.position }),
    path: rowsPath({ figure, filter }),
    entered: null,
  };
};

/** What was entered by hand; Chinese documents have no space between a number and its measure. */
const resolveEntered = (asked: Reference, content: Content, key: string, row: Entered | undefined): Resolved => {
  const thing = enterableOf(key);
  const path = enteredPath(key, content.from, content.to);
  const title = thing === undefined ? key : zh(thing.title);
  if (row === undefined)
    return empty(asked, content, { title, definition: thing === undefined ? "" : zh(thing.definition), measure: "", path });
  return {
    ...empty(asked, content, { title, definition: row.definition, measure: zh(measureWords[row.measure], { n: "" }).trim(), path }),
    state: "entered",
    number: enteredInWords("zh", row).replace(" ", ""),
    value: row.number,
    scope: zh(text.scopeWhole),
    at: row.at,
    origin: zh(row.statement === null ? text.originEntered : text.originNil),
    entered: { id: row.id, responsible: row.responsible, statement: row.statement, file: row.file },
  };
};

/** Whether some plugin counts a figure of this name, or it can be entered. */
export const isFigure = (ctx: Context, { figure }: Reference): boolean => {
  const key = enteredKey(figure);
  return key === null ? ctx.registry.figures.has(figure) : enterableOf(key) !== undefined;
};
/** Whether what is told of a figure is there: only a rate has a numerator, a denominator and a requirement. */
export const hasPart = (ctx: Context, { figure, part }: Reference): boolean =>
  part === "" || ctx.registry.figures.get(figure)?.is === "share";

/**
 * Figures that a text names, measured now: all of them, in the order of the text, or those asked for. Those that count records
 * are measured in one batch. `editPath`: where the report's requirements are chosen.
 */
export const resolveAll = async (
  ctx: Context,
  content: Content,
  editPath: string,
  asked: readonly Reference[] = referencesOf(content.blocks),
): Promise<Resolved[]> => {
  const figures = asked.flatMap(({ figure }) => ctx.registry.figures.get(figure) ?? []);
  const shares = figures.flatMap((figure) => (figure.is === "share" ? [figure.slot] : []));
  const records = figures.filter(countsRecords);
  const { from, to } = content;
  const [named, entered, counted] = await Promise.all([
    shares.length === 0 ? new Map<string, string>() : requirementsOf(ctx, content, shares),
    asked.some(({ figure }) => enteredKey(figure) !== null) ? enteredFor(ctx, { from, to }) : new Map<string, Entered>(),
    records.length === 0 ? new Map<string, Measured>() : measureAll(ctx, records, { from, to, reach: everything }),
  ]);
  return Promise.all(
    asked.map(async (each) => {
      const key = enteredKey(each.figure);
      if (key !== null) return resolveEntered(each, content, key, entered.get(key));
      const figure = ctx.registry.figures.get(each.figure);
      return figure === undefined
        ? empty(each, content, { title: each.figure, definition: "", measure: "", path: editPath })
        : resolveCounted(ctx, figure, each, content, { named, editPath, measured: counted.get(figure.id) });
    }),
  );
};
