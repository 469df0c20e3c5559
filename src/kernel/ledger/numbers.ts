/** Numbers of records: many figures at once, whole or by group, from tallies where these know enough, else from one index. */
import { sql, type SQL } from "drizzle-orm";
import type { Context } from "../context.ts";
import { rowsOfEach } from "../db/statement.ts";
import { all, byKind, byRecord, groupOf, placed, stands, type Dimension, type OfRecords, type RecordFilter } from "./narrow.ts";

/** How records are counted: each, or the different persons or units that they are of. */
export type RecordFigure = OfRecords & { readonly id: string } & (
    | { readonly is: "count" }
    | { readonly is: "distinct"; readonly of: "person" | "unit" }
  );
/** A figure's own condition over `kernel_record r`. */
const ownCondition = (figure: RecordFigure, f: RecordFilter): SQL => {
  const only = figure.only ?? {};
  return all([
    sql`r.verb = ${figure.verb.id} and r.object_kind = ${figure.objectKind}`,
    ...byKind(only, sql`r`),
    ...byRecord(only),
    ...(figure.founded === true
      ? [sql`exists (select 1 from kernel_unit u where u.id = r.unit and u.founded_on >= ${f.from} and u.founded_on <= ${f.to})`]
      : []),
    ...(figure.also === undefined ? [] : [figure.also]),
  ]);
};
/** What the filter asks, over `kernel_record r`. */
const asked = (f: RecordFilter): SQL => all([...placed(f, sql`r`), ...byKind(f, sql`r`), ...byRecord(f), stands(sql`r`)]);

/** True for a record `r` that a figure counts: for the rows behind its number. */
export const counts = (figure: RecordFigure, f: RecordFilter): SQL => sql`${ownCondition(figure, f)} and ${asked(f)}`;

/** Whether tallies, which know day, unit, verb and object alone, can tell a figure's number. */
const isTallied = (figure: RecordFigure, f: RecordFilter, by: Dimension | null): boolean =>
  figure.is === "count" &&
  figure.only === undefined &&
  figure.also === undefined &&
  figure.founded === undefined &&
  byRecord(f).length === 0 &&
  by !== "category" &&
  by !== "post";
const verbsOf = (figures: readonly RecordFigure[]): string => JSON.stringify([...new Set(figures.map(({ verb }) => verb.id))]);
const grouping = (by: Dimension | null, alias: SQL): { what: SQL; end: SQL } =>
  by === null ? { what: sql`''`, end: sql`` } : { what: groupOf(by, alias), end: sql`group by 1` };

/** Primary key of kernel_tally. */
const fromTallies = (figures: readonly RecordFigure[], f: RecordFilter, by: Dimension | null): SQL => {
  const { what, end } = grouping(by, sql`t`);
  const each = figures.map(
    (figure, n) =>
      sql`coalesce(sum(iif(t.verb = ${figure.verb.id} and t.object_kind = ${figure.objectKind}, t.count, 0)), 0) as ${sql.raw(`f${n}`)}`,
  );
  return sql`select ${what} as g, ${sql.join(each, sql`, `)} from kernel_tally t
    where t.verb in (select value from json_each(${verbsOf(figures)})) and ${all([...placed(f, sql`t`), ...byKind(f, sql`t`)])} ${end}`;
};
/** kernel_record_verb_day: the verbs' records of the days, whatever else the ledger holds. */
const fromRecords = (figures: readonly RecordFigure[], f: RecordFilter, by: Dimension | null): SQL => {
  const { what, end } = grouping(by, sql`r`);
  const each = figures.map((figure, n) => {
    const counted = figure.is === "count" ? sql`1` : figure.of === "person" ? sql`r.person` : sql`r.unit`;
    const once = figure.is === "count" ? sql`` : sql`distinct `;
    return sql`count(${once}iif(${ownCondition(figure, f)}, ${counted}, null)) as ${sql.raw(`f${n}`)}`;
  });
  return sql`select ${what} as g, ${sql.join(each, sql`, `)} from kernel_record r indexed by kernel_record_verb_day
    where r.verb in (select value from json_each(${verbsOf(figures)})) and ${asked(f)} ${end}`;
};

/** Figures that one statement asks for, so that its parameters stay within D1's limit. */
const atOnce = 10;
/** Numbers by figure and group (`""`: all together), as of one position of the ledger. */
export type Numbers = { position: number; of(figure: string, group?: string): number; groups: readonly string[] };
/**
 * The numbers of figures, whole or told apart by a group: few queries in one batch, however many figures. A group of which
 * no figure counts anything is missing.
 */
export const numbersOf = async (
  ctx: Context,
  figures: readonly RecordFigure[],
  f: RecordFilter,
  by: Dimension | null = null,
): Promise<Numbers> => {
  const tallied = figures.filter((figure) => isTallied(figure, f, by));
  // Those of one verb stand together, so that each verb's records are read once.
  const read = figures.filter((figure) => !tallied.includes(figure)).toSorted((a, b) => (a.verb.id < b.verb.id ? -1 : 1));
  const parts = (list: readonly RecordFigure[]) =>
    Array.from({ length: Math.ceil(list.length / atOnce) }, (_, n) => list.slice(n * atOnce, (n + 1) * atOnce));
  const asks = [
    ...parts(tallied).map((some) => ({ some, query: fromTallies(some, f, by) })),
    ...parts(read).map((some) => ({ some, query: fromRecords(some, f, by) })),
  ];
  const [last, ...answers] = await rowsOfEach<Record<string, string | number>[]>(ctx, [
    sql`select coalesce(max(seq), 0) as position from kernel_record`,
    ...asks.map(({ query }) => query),
  ]);
  const found = new Map<string, number>();
  const groups = new Set<string>();
  for (const [n, rows] of answers.entries())
    for (const row of rows)
      for (const [at, { id }] of (asks[n]?.some ?? []).entries()) {
        const number = Number(row[`f${at}`] ?? 0);
        if (number === 0) continue;
        groups.add(String(row["g"]));
        found.set(`${id}/${row["g"] ?? ""}`, number);
      }
  return {
    position: Number(last?.[0]?.["position"] ?? 0),
    of: (figure, group = "") => found.get(`${figure}/${group}`) ?? 0,
    groups: [...groups],
  };
};
