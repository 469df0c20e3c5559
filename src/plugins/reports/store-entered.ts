/** Queries of entered figures: what stands for a period, and how it came to. */
import { and, desc, eq, isNull, lt, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Context, Day, Statement } from "#kernel";
import { people } from "#kernel/schema";
import type { Entered } from "./rules-entered.ts";
import { entered, type EnteredId } from "./schema.ts";

type Row = typeof entered.$inferSelect;
const later = alias(entered, "later");
const asEntered = ({ row: { evidence, fileName, fileType, fileSize, ...row }, byName }: { row: Row; byName: string | null }): Entered => ({
  ...row,
  byName: byName ?? "",
  file:
    evidence === null || fileName === null || fileType === null || fileSize === null
      ? null
      : { digest: evidence, name: fileName, type: fileType, size: fileSize },
});
const rows = (ctx: Context) =>
  ctx.db.select({ row: entered, byName: people.name }).from(entered).leftJoin(people, eq(people.id, entered.by)).$dynamic();
/** Rows that none supersedes (reports_entered_supersedes). */
const standing = (ctx: Context, where: SQL | undefined) =>
  ctx.db
    .select({ row: entered, byName: people.name })
    .from(entered)
    .leftJoin(people, eq(people.id, entered.by))
    .leftJoin(later, eq(later.supersedes, entered.id))
    .where(and(where, isNull(later.id)));

/** What stands for a period, one row a thing (reports_entered_period). */
export const enteredOf = async (ctx: Context, from: Day, to: Day): Promise<Entered[]> =>
  (await standing(ctx, and(eq(entered.from, from), eq(entered.to, to)))).map(asEntered);
/** What stands of one thing for a period (reports_entered_period). */
export const standingOf = async (ctx: Context, key: string, from: Day, to: Day): Promise<Entered | null> =>
  (await standing(ctx, and(eq(entered.from, from), eq(entered.to, to), eq(entered.key, key)))).map(asEntered)[0] ?? null;
export const findEntered = async (ctx: Context, id: EnteredId): Promise<Entered | null> =>
  (await rows(ctx).where(eq(entered.id, id))).map(asEntered)[0] ?? null;
export type Told = Entered & { superseded: boolean };
/** All that was ever told of one thing, the latest first (reports_entered_key). */
export const historyOf = async (ctx: Context, key: string, after: EnteredId | undefined, limit: number): Promise<Told[]> =>
  (
    await ctx.db
      .select({ row: entered, byName: people.name, superseded: sql<number>`${later.id} is not null` })
      .from(entered)
      .leftJoin(people, eq(people.id, entered.by))
      .leftJoin(later, eq(later.supersedes, entered.id))
      .where(and(eq(entered.key, key), ...(after === undefined ? [] : [lt(entered.id, after)])))
      .orderBy(desc(entered.id))
      .limit(limit)
  ).map((row) => ({ ...asEntered(row), superseded: row.superseded === 1 }));
export const addEntered = (ctx: Context, row: typeof entered.$inferInsert): Statement => ctx.db.insert(entered).values(row);
