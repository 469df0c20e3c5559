/** What the clock changes: who is to be looked at again, rules that go on in the next period, and long assigning. */
import { and, eq, isNull, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { rowsOf, type Context, type Day, type JobId, type PersonId } from "#kernel";
import { requirements } from "./schema.ts";

/** The next people who have or had a position, and how far they go (kernel_position_person). */
export const nextPeople = async (ctx: Context, after: string, limit: number): Promise<{ people: number; upTo: string }> =>
  (
    await rowsOf<{ people: number; upTo: string }>(
      ctx,
      sql`select count(*) as people, coalesce(max(person), '') as upTo from (select distinct p.person from kernel_position p where p.person > ${after} order by p.person limit ${limit})`,
    )
  )[0] ?? { people: 0, upTo: "" };
/** How many they are in all (kernel_position_person). */
export const countPeople = async (ctx: Context): Promise<number> =>
  (await rowsOf<{ n: number }>(ctx, sql`select count(distinct p.person) as n from kernel_position p`))[0]?.n ?? 0;
export type AssignJob = { state: "queued" | "running" | "done" | "failed"; done: number; total: number; problem: string | null };
/** How far a job is; by its primary key. */
export const findAssignJob = async (ctx: Context, id: JobId): Promise<AssignJob | null> =>
  (await rowsOf<AssignJob>(ctx, sql`select state, done, total, problem from kernel_job where id = ${id}`))[0] ?? null;
/**
 * People whose position or mark began after a day and up to today, or ended from that day on, or whose unit got another status:
 * the next of them (kernel_position_from, kernel_position_until, kernel_roster_mark_from, kernel_roster_mark_until, kernel_unit_status_from).
 */
export const changedSince = async (ctx: Context, since: Day, after: string, limit: number): Promise<PersonId[]> => {
  const begins = sql`from_day > ${since} and from_day <= ${ctx.today}`;
  const ended = sql`until_day >= ${since} and until_day < ${ctx.today}`;
  return (
    await rowsOf<{ person: PersonId }>(
      ctx,
      sql`select distinct person from (
          select person from kernel_position where ${begins} union all select person from kernel_position where ${ended}
          union all select person from kernel_roster_mark where ${begins} union all select person from kernel_roster_mark where ${ended}
          union all select p.person from kernel_unit_status s join kernel_position p on p.unit = s.unit where s.from_day > ${since} and s.from_day <= ${ctx.today}
        ) where person > ${after} order by person limit ${limit}`,
    )
  ).map(({ person }) => person);
};
/** Rules that are on, go on in each period, and have not yet (requirements_state, requirements_follows). */
export const repeating = async (ctx: Context) => {
  const next = alias(requirements, "next");
  return (
    await ctx.db
      .select({ rule: requirements })
      .from(requirements)
      .leftJoin(next, eq(next.follows, requirements.id))
      .where(and(eq(requirements.state, "active"), eq(requirements.repeats, true), isNull(next.id)))
      .limit(100)
  ).map(({ rule }) => rule);
};
