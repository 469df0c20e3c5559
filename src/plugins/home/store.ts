/** What home itself reads. */
import { sql } from "drizzle-orm";
import { rowsOf, type Context } from "#kernel";

/** Whether there is more than one unit, and more than one person: who opens an empty bureau makes one of each (two rows of each at most). */
export const beyondTheFirst = async (ctx: Context): Promise<{ units: boolean; people: boolean }> => {
  const [row] = await rowsOf<{ units: number; people: number }>(
    ctx,
    sql`select (select count(*) from (select 1 from kernel_unit limit 2)) as units, (select count(*) from (select 1 from kernel_person limit 2)) as people`,
  );
  return { units: (row?.units ?? 0) > 1, people: (row?.people ?? 0) > 1 };
};
