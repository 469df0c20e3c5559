/** Statements: writes that have not run, and the guards between them. */
import { sql, type SQL } from "drizzle-orm";
import { SQLiteAsyncDialect } from "drizzle-orm/sqlite-core";
import type { Context } from "../context.ts";

/** A write that has not run: whatever drizzle can turn into SQL. */
export type Statement = { toSQL(): { sql: string; params: unknown[] } };
const dialect = new SQLiteAsyncDialect();
/** A statement from raw SQL. */
export const run = (query: SQL): Statement => ({
  toSQL: () => {
    const made = dialect.sqlToQuery(query);
    return { sql: made.sql, params: made.params };
  },
});
/** A conditional write and its guard: unless it changed exactly one row, the whole commit fails with `Conflict`. */
export const must = (statement: Statement): readonly [Statement, Statement] => [
  statement,
  run(sql`select case when changes() = 1 then 1 else json('conflict') end as held`),
];
/** A guard on its own: unless the condition holds, the whole commit fails with `Conflict`. */
export const mustHold = (condition: SQL): Statement => run(sql`select case when ${condition} then 1 else json('conflict') end as held`);
/** The rows of several reads that do not depend on each other, in one round trip, metered. */
export const rowsOfEach = async <T extends readonly Record<string, unknown>[]>(
  ctx: Context,
  queries: { readonly [K in keyof T]: SQL },
): Promise<{ [K in keyof T]: T[K][] }> => {
  const results = await ctx.d1.batch(
    queries.map((query) => {
      const made = dialect.sqlToQuery(query);
      return ctx.d1.prepare(made.sql).bind(...made.params);
    }),
  );
  // One result a query, in their order; each row's shape is its query's, as in `rowsOf`.
  return results.map(({ results: rows }) => rows) as { [K in keyof T]: T[K][] };
};
/** The rows that a statement yields, metered. */
export const rowsOf = async <T extends Record<string, unknown>>(ctx: Context, query: SQL): Promise<T[]> => {
  const made = dialect.sqlToQuery(query);
  return (
    await ctx.d1
      .prepare(made.sql)
      .bind(...made.params)
      .all<T>()
  ).results;
};
