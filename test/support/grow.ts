/** A bureau ten times as large: every row of people, units and what they did, nine times more, each with ids of its own. */
import type { Bindings } from "#kernel";

/** Rows that triggers write, that files own, that are of the body and not of its people, or that are no part of the bureau. */
const left = new Set([
  "kernel_tally",
  "kernel_due",
  "exams_count",
  "reports_entered",
  "kernel_job",
  "kernel_setting",
  "kernel_session",
  "kernel_verification",
  "d1_migrations",
]);
/** First digits of a moment that no id of these centuries has, one a copy; so an original is known by its 0, and a copy is an id too. */
const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;
const isId = (value: unknown) =>
  typeof value === "string" && /^0[0-9a-f]{7}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(value);
const pattern = "0???????-????-7???-????-????????????";

type Column = { name: string; type: string; pk: number };

/** What a body has few of, however large it is: the root of its tree, its exams and their sittings, its rules. */
const few = [
  "select id from kernel_unit where parent is null",
  "select id from exams_exam",
  "select id from exams_sitting",
  "select id from requirements_requirement",
];

/** Copies each table's rows; what is unique but no id gets the copy's digit at its end. */
export const growTenfold = async ({ DB }: Pick<Bindings, "DB">): Promise<void> => {
  const rows = async <T>(sql: string) => (await DB.prepare(sql).all<T>()).results;
  const kept = (await rows<{ id: string }>(few.join(" union all "))).map(({ id }) => `'${id}'`).join(", ");
  const tables = (
    await rows<{ name: string }>(
      "select name from sqlite_schema where type = 'table' and name not glob 'sqlite_*' and name not glob '_cf_*'",
    )
  )
    .map(({ name }) => name)
    .filter((name) => !left.has(name));
  const copies: { name: string; statement: (digit: string) => string }[] = [];
  for (const name of tables) {
    const columns = await rows<Column>(`select name, type, pk from pragma_table_info('${name}')`);
    const [sample] = await rows<Record<string, unknown>>(`select * from "${name}" limit 1`);
    if (sample === undefined) continue;
    const ids = columns.filter((column) => isId(sample[column.name]));
    const key = columns.filter((column) => column.pk > 0);
    const counted = key.length === 1 && key[0]?.type.toLowerCase() === "integer";
    if (!(counted ? ids : key).some((column) => isId(sample[column.name]))) continue;
    const marked = new Set<string>();
    for (const { index } of await rows<{ index: string }>(
      `select name as "index" from pragma_index_list('${name}') where "unique" = 1 and origin <> 'pk'`,
    )) {
      const within = (await rows<{ name: string }>(`select name from pragma_index_info('${index}')`)).map((each) => each.name);
      const text = within.find((column) => columns.some((each) => each.name === column && each.type.toLowerCase() === "text"));
      if (text !== undefined && !within.some((column) => isId(sample[column]))) marked.add(text);
    }
    const copied = columns.filter((column) => !(counted && column.pk > 0));
    const original = counted ? ids[0] : key.find((column) => isId(sample[column.name]));
    const value = ({ name: column }: Column, digit: string) => {
      const id = `when "${column}" glob '${pattern}' and "${column}" not in (${kept}) then '${digit}' || substr("${column}", 2)`;
      return `case ${id} else ${marked.has(column) ? `"${column}" || '~${digit}'` : `"${column}"`} end`;
    };
    // In the order they were written where they are numbered: a correction stands after what it corrects.
    copies.push({
      name,
      statement: (digit) =>
        `insert or ignore into "${name}" (${copied.map((column) => `"${column.name}"`).join(", ")}) select ${copied.map((column) => value(column, digit)).join(", ")} from "${name}" where "${original?.name ?? ""}" glob '${pattern}'${counted ? " order by rowid" : ""}`,
    });
  }
  for (const digit of digits)
    await DB.batch([DB.prepare("pragma defer_foreign_keys = on"), ...copies.map(({ statement }) => DB.prepare(statement(digit)))]);
};
