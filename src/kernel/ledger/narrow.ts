/** What narrows the records that a figure counts, as SQL over `kernel_record r`: one condition for numbers, breakdowns and rows. */
import { sql, type SQL } from "drizzle-orm";
import type { UnitId } from "../ids.ts";
import type { Category, Post, UnitKind } from "../identity/kinds.ts";
import { within, type Reach } from "../identity/permission.ts";
import type { Day } from "../text/time.ts";
import type { Verb } from "./record.ts";

/** Stands for a record whose person has no category, or that has no position or unit. */
export const unsaid = "none";
export const recordSources = ["own", "external", "entered"] as const;
/** Of whom: kinds of units, categories of persons (as of today), posts of the position whose assignment it served. */
export type Narrow = {
  readonly kinds?: readonly (UnitKind | typeof unsaid)[] | undefined;
  readonly categories?: readonly (Category | typeof unsaid)[] | undefined;
  readonly posts?: readonly (Post | typeof unsaid)[] | undefined;
  readonly source?: (typeof recordSources)[number] | undefined;
};
/** Which records a figure counts: of a verb on one kind of object, net of corrections. */
export type OfRecords = {
  readonly verb: Verb;
  readonly objectKind: string;
  /** Of these alone. */
  readonly only?: Narrow;
  /** Of units alone whose 许可决定 falls within the days (新设立). */
  readonly founded?: true;
  /** A further condition of its plugin, over `kernel_record r`. */
  readonly also?: SQL;
};
/** What is asked of records: days (inclusive), a subtree, one object, what the reader may see, and what narrows them further. */
export type RecordFilter = Narrow & {
  from: Day;
  to: Day;
  unit?: UnitId | undefined;
  object?: string | undefined;
  reach: Reach;
};
/** By what the numbers of a breakdown are told apart. */
export type Dimension = "kind" | "category" | "post" | "object";

/** The group of a row, by primary keys; `r` or `t` is its alias. */
export const groupOf = (by: Dimension, alias: SQL): SQL => {
  switch (by) {
    case "kind":
      return sql`coalesce((select u.kind from kernel_unit u where u.id = ${alias}.unit), ${unsaid})`;
    case "category":
      return sql`coalesce((select p.category from kernel_person p where p.id = ${alias}.person), ${unsaid})`;
    case "post":
      return sql`coalesce((select p.post from kernel_position p where p.id = ${alias}.position), ${unsaid})`;
    case "object":
      return sql`${alias}.object_id`;
  }
};
const oneOf = (by: Dimension, alias: SQL, values: readonly string[] | undefined): SQL[] =>
  values === undefined || values.length === 0
    ? []
    : [sql`${groupOf(by, alias)} in (select value from json_each(${JSON.stringify(values)}))`];
/** All of them. */
export const all = (conditions: readonly SQL[]): SQL => (conditions.length === 0 ? sql`1 = 1` : sql.join([...conditions], sql` and `));
export const byKind = (narrow: Narrow, alias: SQL): SQL[] => oneOf("kind", alias, narrow.kinds);
/** What no tally keeps. */
export const byRecord = (narrow: Narrow): SQL[] => [
  ...oneOf("category", sql`r`, narrow.categories),
  ...oneOf("post", sql`r`, narrow.posts),
  ...(narrow.source === undefined ? [] : [sql`r.source = ${narrow.source}`]),
];
/** The days, the subtree, the object and the reach, over records (`r`) and tallies (`t`) alike. */
export const placed = (f: RecordFilter, alias: SQL): SQL[] => [
  sql`${alias}.day >= ${f.from} and ${alias}.day <= ${f.to}`,
  ...(f.object === undefined ? [] : [sql`${alias}.object_id = ${f.object}`]),
  ...(f.unit === undefined ? [] : [sql`${alias}.unit in (select descendant from kernel_unit_closure where ancestor = ${f.unit})`]),
  ...(f.reach.all ? [] : [within(f.reach, sql`${alias}.unit`)]),
];
/** SQL that is true for a record that stands: neither a voiding correction nor corrected since. */
export const stands = (alias: SQL): SQL =>
  sql`(${alias}.void = 0 and not exists (select 1 from kernel_record c where c.corrects = ${alias}.id))`;
