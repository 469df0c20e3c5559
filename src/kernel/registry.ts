/** The registries that plugins make together: each id once, needs in order, tables with their prefix. */
import { getTableName, isTable } from "drizzle-orm";
import type { Permission } from "./identity/permission.ts";
import type { Figure } from "./ledger/figure.ts";
import type { Verb } from "./ledger/record.ts";
import type { Card, Handler, Job, Nav, Plugin, Registry } from "./plugin.ts";

/** By id. @throws {Error} one stands twice */
export const unique = <T>(what: string, entries: readonly (readonly [string, T])[]): Map<string, T> => {
  const made = new Map<string, T>();
  for (const [id, value] of entries) {
    if (made.has(id)) throw new Error(`${what} ${id} is declared twice`);
    made.set(id, value);
  }
  return made;
};
const checkPlugin = (plugin: Plugin, before: ReadonlySet<string>): void => {
  for (const need of plugin.needs ?? []) if (!before.has(need)) throw new Error(`needs ${need}, which does not stand before it`);
  for (const permission of plugin.permissions ?? [])
    if (!permission.id.startsWith(`${plugin.id}.`)) throw new Error(`permission ${permission.id} lacks the prefix`);
  for (const table of Object.values(plugin.tables ?? {}))
    if (isTable(table) && !getTableName(table).startsWith(`${plugin.id}_`))
      throw new Error(`table ${getTableName(table)} lacks the prefix ${plugin.id}_`);
  const stated: { permission?: Permission; path: string }[] = [...(plugin.pages?.list ?? []), ...(plugin.api?.list ?? [])];
  for (const route of stated) if (!route.permission) throw new Error(`route ${route.path} states no permission`);
};

/** @throws {Error} naming the plugin and the reason */
export const registryOf = (plugins: readonly Plugin[]): Registry => {
  const before = new Set<string>();
  for (const plugin of plugins) {
    try {
      if (before.has(plugin.id)) throw new Error("stands twice in the list");
      checkPlugin(plugin, before);
    } catch (error) {
      throw new Error(`plugin ${plugin.id}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
    before.add(plugin.id);
  }
  const all = <T>(pick: (plugin: Plugin) => readonly T[] | undefined): T[] => plugins.flatMap((plugin) => pick(plugin) ?? []);
  const handlers = new Map<string, Handler["handle"][]>();
  for (const handler of all((p) => p.on)) handlers.set(handler.kind, [...(handlers.get(handler.kind) ?? []), handler.handle]);
  const byOrder = <T extends { order: number }>(a: T, b: T) => a.order - b.order;
  return {
    plugins,
    handlers,
    verbs: unique(
      "verb",
      all<Verb>((p) => p.verbs).map((v) => [v.id, v]),
    ),
    figures: unique(
      "figure",
      all<Figure>((p) => p.figures).map((f) => [f.id, f]),
    ),
    jobs: unique(
      "job",
      all<Job>((p) => p.jobs).map((j) => [j.kind, j]),
    ),
    cards: all<Card>((p) => p.cards).toSorted(byOrder),
    nav: all<Nav>((p) => p.nav).toSorted(byOrder),
    permissions: unique(
      "permission",
      all<Permission>((p) => p.permissions).map((p) => [p.id, p]),
    ),
  };
};
