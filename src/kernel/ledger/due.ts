/** How many owe what, and have done it: by the kept counts for now, by the assignments themselves for a moment that has passed. */
import { sql, type SQL } from "drizzle-orm";
import type { UnitId } from "../ids.ts";
import { within, type Reach } from "../identity/permission.ts";
import type { Day, Instant } from "../text/time.ts";

/** What a requirement asks: to study something, or to pass an exam. */
export type Slot = "study" | "exam";
/**
 * What is counted of a requirement: who owes it; who has done it (of an exam: sat and passed); who sat; who passed as
 * excellent; who is exempt or deferred. Each but the last two is a part of the first.
 */
export type Counted = "whole" | "part" | "sat" | "excelled" | "exempt" | "deferred";
/** The flag of an assignment `a` for each of them. */
const flagOf = {
  whole: sql`a.is_due`,
  part: sql`a.is_done`,
  sat: sql`a.is_sat`,
  excelled: sql`a.is_excelled`,
  exempt: sql`a.is_exempt`,
  deferred: sql`a.is_deferred`,
} satisfies Record<Counted, SQL>;
/**
 * SQL that is 1 where an assignment `a` is counted: now (`on` null), or as it stood at the end of a day. Exemptions and
 * corrections hold whenever they were made; a release does not reach back.
 */
export const countedOn = (of: Exclude<Counted, "exempt" | "deferred">, on: { day: Day; until: Instant } | null): SQL => {
  if (on === null) return flagOf[of];
  const due = sql`(a.leaves = 0 and a.since_day <= ${on.day} and (a.ended_at is null or a.ended_at >= ${on.until}))`;
  const by = (column: "done_at" | "sat_at" | "excelled_at") => sql`coalesce(a.${sql.raw(column)} < ${on.until}, 0)`;
  const done = sql`(${due} and ${by("done_at")} and (a.kind <> 'exam' or ${by("sat_at")}))`;
  switch (of) {
    case "whole":
      return due;
    case "part":
      return done;
    case "sat":
      return sql`(${due} and ${by("sat_at")})`;
    case "excelled":
      return sql`(${done} and ${by("excelled_at")})`;
  }
};

/** Where they are counted: the units of a reach, and below one unit where it is given. */
export type Where = { reach: Reach; unit?: UnitId | undefined };
/** SQL that is true for a unit column there. */
export const isThere = (column: SQL, { reach, unit }: Where): SQL =>
  sql`${unit === undefined ? sql`1 = 1` : sql`${column} in (select descendant from kernel_unit_closure where ancestor = ${unit})`} and ${within(reach, column)}`;

/**
 * A scalar: how many different persons are counted of a requirement now. In all it is one row of kernel_due; of a part the sum
 * of its units, unless somebody owes it at two units: then the assignments are read (kernel_assignment_requirement).
 */
export const dueCount = (of: Counted, requirement: SQL, slot: Slot, where: Where): SQL => {
  const kept = sql.raw(of);
  const ofRequirement = sql`d.requirement = ${requirement} and d.slot = ${slot}`;
  if (where.reach.all && where.unit === undefined)
    return sql`coalesce((select d.${kept} from kernel_due d where ${ofRequirement} and d.unit = ''), 0)`;
  return sql`iif(exists (select 1 from kernel_due d where ${ofRequirement} and d.unit = '' and d.extra > 0),
    (select count(distinct a.person) from kernel_assignment a where a.requirement = ${requirement} and a.ended_at is null and a.slot = ${slot} and ${flagOf[of]} and ${isThere(sql`a.unit`, where)}),
    coalesce((select sum(d.${kept}) from kernel_due d where ${ofRequirement} and d.unit <> '' and ${isThere(sql`d.unit`, where)}), 0))`;
};
