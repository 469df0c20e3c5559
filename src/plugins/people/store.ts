/** Reads that others use too. */
import { sql } from "drizzle-orm";
import { chunkJson, rowsOf, type Context, type PersonId } from "#kernel";

/** Names of people, by id. One json_each query a chunk; index: the primary key. */
export const titlesOf = async (ctx: Context, ids: readonly PersonId[]): Promise<Map<PersonId, string>> => {
  const names = new Map<PersonId, string>();
  for (const chunk of ids.length > 0 ? chunkJson(ids) : [])
    for (const row of await rowsOf<{ id: PersonId; name: string }>(ctx, sql`select id, name from kernel_person where id in (select value from json_each(${chunk}))`)) names.set(row.id, row.name);
  return names;
};
