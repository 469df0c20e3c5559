/** The migrated database is the one that the schemas describe: tables, columns, keys and indexes. */
import { env } from "cloudflare:workers";
import { getTableName, is, isTable } from "drizzle-orm";
import { getTableConfig, SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import { expect, test } from "vitest";
import { plugins } from "../../../src/plugins.ts";

/** Every `schema.ts` of the sources, so that a table which no manifest names is found too. */
const modules = import.meta.glob<Record<string, unknown>>("/src/**/schema.ts", { eager: true });
const tables = [
  ...new Map(
    Object.values(modules).flatMap((module) =>
      Object.values(module)
        .filter((each): each is SQLiteTable => isTable(each) && is(each, SQLiteTable))
        .map((table) => [getTableName(table), table]),
    ),
  ).values(),
];

type Column = { name: string; type: string; notnull: number; pk: number };
type Index = { name: string; unique: number; origin: string };
const columnsOf = async (table: string) =>
  (await env.DB.prepare(`select name, type, "notnull", pk from pragma_table_xinfo('${table}') order by name`).all<Column>()).results.map(
    ({ name, type, notnull, pk }) =>
      `${name} ${type.toLowerCase().replace(" generated always", "")}${notnull === 1 || pk > 0 ? " not null" : ""}${pk > 0 ? " key" : ""}`,
  );
const indexesOf = async (table: string) => {
  const { results } = await env.DB.prepare(
    `select name, "unique", origin from pragma_index_list('${table}') where origin = 'c' order by name`,
  ).all<Index>();
  return Promise.all(
    results.map(async ({ name, unique }) => {
      const columns = await env.DB.prepare(`select name from pragma_index_info('${name}') order by seqno`).all<{ name: string | null }>();
      return `${name} (${columns.results.map((column) => column.name ?? "…").join(", ")})${unique === 1 ? " unique" : ""}`;
    }),
  );
};
const described = (table: SQLiteTable) => {
  const { columns, indexes, primaryKeys } = getTableConfig(table);
  const key = new Set(
    [...columns.filter((column) => column.primary), ...primaryKeys.flatMap((primary) => primary.columns)].map(({ name }) => name),
  );
  return {
    columns: columns
      .map(
        (column) =>
          `${column.name} ${column.getSQLType()}${column.notNull || key.has(column.name) ? " not null" : ""}${key.has(column.name) ? " key" : ""}`,
      )
      .toSorted(),
    indexes: [
      ...columns.filter((column) => column.isUnique).map((column) => `${column.uniqueName} (${column.name}) unique`),
      ...indexes.map(
        ({ config }) =>
          `${config.name} (${config.columns.map((column) => (is(column, SQLiteColumn) ? column.name : "…")).join(", ")})${config.unique ? " unique" : ""}`,
      ),
    ].toSorted(),
  };
};

test("each table is as its schema says", async () => {
  expect(tables.length).toBeGreaterThan(10);
  for (const table of tables) {
    const name = getTableName(table);
    expect({ columns: (await columnsOf(name)).toSorted(), indexes: (await indexesOf(name)).toSorted() }, name).toEqual(described(table));
  }
});
test("no table stands in the database without a schema", async () => {
  const { results } = await env.DB.prepare(
    "select name from sqlite_schema where type = 'table' and name not glob 'sqlite_*' and name not glob '_cf_*' and name <> 'd1_migrations' order by name",
  ).all<{ name: string }>();
  expect(results.map(({ name }) => name)).toEqual(tables.map(getTableName).toSorted());
});
test("each manifest lists the tables of its schema", () => {
  for (const plugin of plugins) {
    const own = Object.entries(modules).find(([path]) => path === `/src/plugins/${plugin.id}/schema.ts`)?.[1] ?? {};
    const names = (given: Readonly<Record<string, unknown>>) => Object.values(given).filter(isTable).map(getTableName).toSorted();
    expect(names(plugin.tables ?? {}), plugin.id).toEqual(names(own));
  }
});
