/** The mark of 学法名册 goes with the last position of its person, and comes back with it. */
import { and, eq, sql } from "drizzle-orm";
import { day, rowsOf, startOfDay, type Context, type Day, type PersonId, type PositionId, type Statement } from "#kernel";
import { rosterMarks } from "#kernel/schema";

/**
 * The last day of a person's mark, where one runs and a position that gets a last day leaves no other without one; null:
 * the mark goes on. Indexes: the primary key of kernel_roster_mark, kernel_position_person.
 */
export const lastDayOfMark = async (ctx: Context, position: { id: PositionId; person: PersonId }, until: Day): Promise<Day | null> => {
  const others = sql`from kernel_position x where x.person = ${position.person} and x.id <> ${position.id}`;
  const [row] = await rowsOf<{ until: string }>(
    ctx,
    sql`select max(${until}, coalesce((select max(x.until_day) ${others}), '')) as until from kernel_roster_mark m
      where m.person = ${position.person} and m.until_day is null and m.from_day <= ${until} and not exists (select 1 ${others} and x.until_day is null)`,
  );
  return row === undefined ? null : day.parse(row.until);
};
/** Whether a person's mark ended with a position that is closed on this day, and nobody ended it by itself today. Index: kernel_audit_object. */
export const markEndedWith = async (ctx: Context, person: PersonId, closed: Day): Promise<boolean> =>
  (
    await rowsOf(
      ctx,
      sql`select 1 from kernel_roster_mark m where m.person = ${person} and m.until_day = ${closed}
        and not exists (select 1 from kernel_roster_mark o where o.person = m.person and o.from_day > m.from_day)
        and not exists (select 1 from kernel_audit a where a.object_kind = 'person' and a.object_id = ${person} and a.command = 'people.roster.unmark' and a.at >= ${startOfDay(ctx.today, ctx.zone)})`,
    )
  ).length > 0;
/** The mark that ended on a day runs again. */
export const reopenMark = (ctx: Context, person: PersonId, closed: Day): Statement =>
  ctx.db
    .update(rosterMarks)
    .set({ until: null })
    .where(and(eq(rosterMarks.person, person), eq(rosterMarks.until, closed)));
