/** Exams that a person need not look at any more. */
import { sql } from "drizzle-orm";
import { rowsOf, type Context, type PersonId } from "#kernel";
import { eligible } from "./store-who.ts";

/**
 * Of some exams those that have sittings, none of which a person may sit now or later: all are past, or for others. One without
 * sittings is sat elsewhere, or not planned yet (exams_sitting_exam).
 */
export const closedTo = async (ctx: Context, person: PersonId, exams: readonly string[]): Promise<Set<string>> => {
  const sitting = sql`from exams_sitting s where s.exam = j.value and s.published_at is not null`;
  const rows = await rowsOf<{ exam: string }>(
    ctx,
    sql`select j.value as exam from json_each(${JSON.stringify(exams)}) j where exists (select 1 ${sitting})
      and not exists (select 1 ${sitting} and s.closes_at > ${ctx.now} and ${eligible(sql`${person}`, ctx.today)})`,
  );
  return new Set(rows.map(({ exam }) => exam));
};
