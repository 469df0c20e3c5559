/** Who may sit, as SQL: one definition for one person, for lists and for counts. */
import { sql, type SQL } from "drizzle-orm";
import { mainPositionOn, type Day } from "#kernel";

const asksNothing = (group: string) => sql`json_array_length(s.who, ${`$.${group}`}) = 0`;
/**
 * SQL that is true where a person may sit the sitting `s` on a day: one definition for one person, for lists and for
 * counts. `ignoreAssigned`: for counting who might come, before anything is assigned.
 */
export const eligible = (person: SQL, today: Day, ignoreAssigned = false): SQL => sql`(
  exists (select 1 from kernel_position h join kernel_unit u on u.id = h.unit
    where h.person = ${person} and h.from_day <= ${today} and (h.until_day is null or h.until_day >= ${today})
    and (${asksNothing("kinds")} or u.kind in (select value from json_each(s.who, '$.kinds')))
    and (${asksNothing("posts")} or h.post in (select value from json_each(s.who, '$.posts')))
    and (json_type(s.who, '$.areas') = 'null' or exists (select 1 from json_each(s.who, '$.areas') r
      where (json_type(r.value, '$.unit') = 'null' or exists (select 1 from kernel_unit_closure c where c.ancestor = r.value ->> 'unit' and c.descendant = h.unit))
      and (json_type(r.value, '$.kinds') = 'null' or u.kind in (select value from json_each(r.value, '$.kinds'))))))
  and (${asksNothing("categories")} or (select category from kernel_person where id = ${person}) in (select value from json_each(s.who, '$.categories')))
  and (not (s.who ->> 'roster') or exists (select 1 from kernel_roster_mark m where m.person = ${person} and m.from_day <= ${today} and (m.until_day is null or m.until_day >= ${today})))
  ${ignoreAssigned ? sql`` : sql`and (not (s.who ->> 'assigned') or exists (select 1 from kernel_assignment a where a.person = ${person} and a.ended_at is null and a.kind = 'exam' and a.object = s.exam))`}
)`;
/**
 * The unit for which a person sits the sitting `s`: that of the duty (kernel_assignment_person), else of the main position. By it an attempt is written,
 * who is due is counted, and candidates are listed, so that every reach has the same number as names.
 */
export const placeAt = (person: SQL, today: Day): SQL =>
  sql`coalesce((select a.unit from kernel_assignment a where a.person = ${person} and a.ended_at is null and a.kind = 'exam' and a.object = s.exam order by a.due_day, a.id limit 1), ${mainPositionOn("unit", person, sql`${today}`)})`;
