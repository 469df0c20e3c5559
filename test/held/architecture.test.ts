/** The house as src/README.md draws it: which files a plugin has, what each may import, and that imports run one way. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  argumentsOf,
  nameOf,
  pathsBelow,
  pluginIds,
  readText,
  resolve,
  root,
  source,
  sourcesBelow,
  stringOf,
  walk,
  type Import,
  type Source,
} from "./tree.ts";

/** The order of needs is that of src/plugins.ts; these eleven stand in it so. */
const fixed = ["people", "statutes", "bank", "certificates", "courses", "exams", "outside", "requirements", "records", "reports", "home"];
const order = source("src/plugins.ts").imports.flatMap(({ from }) => /^\.\/plugins\/([\w-]+)\//.exec(from)?.[1] ?? []);

/** What a file of each name may take as values, beside `terms`, `text` and the kernel's face. Types may come from anywhere in the plugin. */
const table: Readonly<Record<string, readonly string[]>> = {
  plugin: ["*"],
  index: ["service", "store", "terms", "types", "rules", "input", "figures"],
  terms: [],
  schema: ["types"],
  input: ["input", "rules", "types", "faces"],
  rules: ["rules", "types", "faces"],
  store: ["schema", "store", "rules"],
  service: ["service", "rules", "store", "input", "types", "figures", "faces"],
  pages: ["input", "service", "views", "pages", "rules", "faces"],
  api: ["input", "service", "views", "api", "rules", "faces"],
  views: ["#ui", "views", "types", "rules", "input", "faces"],
  types: ["#ui", "views", "types", "rules", "input"],
  cards: ["service", "store", "rules", "views", "#ui"],
  figures: ["service", "store", "rules", "schema", "faces"],
  jobs: ["service", "store", "rules", "schema", "faces"],
  on: ["service", "store", "rules", "schema", "faces"],
  content: ["service", "store", "rules", "schema", "input", "types", "faces"],
  demo: ["service", "store", "rules", "schema", "input", "faces"],
  room: ["room-store", "rules", "service", "input", "faces"],
  "room-store": [],
  text: [],
  island: [],
};
const kinds = Object.keys(table).filter((kind) => kind !== "island");
/** Who may talk to the database in SQL. */
const queries = new Set(["store", "schema", "room-store", "demo"]);
/** Who may write: commands, and the program's own upkeep. */
const commits = new Set(["service", "jobs", "content", "room", "demo"]);
/** The kernel's values that rules may not touch: they reach outside, or tell the time. */
const notForRules = new Set([
  "commit",
  "run",
  "rowsOf",
  "must",
  "mustHold",
  "enqueue",
  "wake",
  "waiting",
  "work",
  "makeContext",
  "authOf",
  "callRoom",
  "readSetting",
  "writeSetting",
  "readBody",
  "record",
  "newId",
  "mac",
  "macHex",
  "encrypt",
  "decrypt",
  "auditStatement",
]);
const longest = 300;
const longestManifest = 60;
const longestReadme = 60;

/** Which row of the table a plugin's file stands in: `store-sign-in.ts` and `service/grade.ts` are a store and a service, split by command. */
const kindOf = (path: string): string | null => {
  const inside = path.split("/").slice(3);
  const file = inside.at(-1) ?? "";
  if (/\.island\.tsx?$/.test(file)) return "island";
  const folder = inside.length > 1 ? inside[0] : undefined;
  if (folder !== undefined) return inside.length === 2 && (folder === "service" || folder === "types") ? folder : null;
  const name = file.replace(/\.tsx?$/, "");
  return kinds.filter((kind) => name === kind || name.startsWith(`${kind}-`)).toSorted((a, b) => b.length - a.length)[0] ?? null;
};
const pluginOf = (path: string): string | null => /^src\/plugins\/([^/]+)\//.exec(path)?.[1] ?? null;
const sources = sourcesBelow("src");
const inPlugins = sources.filter(({ path }) => pluginOf(path) !== null);
const at = ({ path }: Source, line: number, what: string) => `${path}:${line} ${what}`;

/** One line a breach, so that the whole list shows at once. */
const none = (breaches: readonly string[]) => expect(breaches.toSorted().join("\n")).toBe("");

describe("the files of a plugin", () => {
  test("each has a name of the table", () => {
    const named = (path: string) => path.endsWith("/README.md") || kindOf(path) !== null;
    none(
      pathsBelow("src/plugins")
        .filter((path) => !named(path))
        .map((path) => `${path} is none of: ${kinds.join(", ")}, *.island, service/*, types/*`),
    );
  });
  test("each plugin has a manifest, its words and a README that fits one screen", () => {
    none(
      pluginIds().flatMap((id) => {
        const missing = ["plugin.ts", "README.md"]
          .filter((file) => !existsSync(join(root, "src/plugins", id, file)))
          .map((file) => `src/plugins/${id}/${file} is missing`);
        if (missing.length > 0) return missing;
        const readme = readText(`src/plugins/${id}/README.md`).trim().split("\n").length;
        return [
          ...(source(`src/plugins/${id}/plugin.ts`).lines > longestManifest
            ? [`src/plugins/${id}/plugin.ts is longer than ${longestManifest} lines`]
            : []),
          ...(readme > longestReadme ? [`src/plugins/${id}/README.md is longer than ${longestReadme} lines`] : []),
        ];
      }),
    );
  });
  test(`none outgrows ${longest} lines; a catalogue of words may`, () => {
    none(
      sources
        .filter(({ path, lines }) => lines > longest && !/\/text[^/]*\.ts$/.test(path))
        .map(({ path, lines }) => `${path} has ${lines} lines; split it by command`),
    );
  });
  test("each says on its first line what it is for, commands and rules say why they are there, and lists name their index", () => {
    const decides = /\/(service|rules)[^/]*(\/[^/]+)?\.ts$/;
    const isFunction = (file: Source, name: string) =>
      new RegExp(`export (async )?(function\\*? ${name}\\b|const ${name}\\b[^=]*=\\s*(async\\s*)?(<[^(]*>)?\\()`).test(file.text);
    none([
      ...sources
        .filter(
          ({ path, text, exports }) =>
            (decides.test(path) || path.startsWith("src/kernel/")) && exports.length > 1 && !text.startsWith("/**"),
        )
        .map((file) => at(file, 1, "begins without a docstring")),
      ...inPlugins
        .filter(({ path }) => decides.test(path))
        .flatMap((file) =>
          file.exports
            .filter(({ name, isType, hasDoc }) => !isType && !hasDoc && isFunction(file, name))
            .map(({ name, line }) => at(file, line, `${name} has no docstring`)),
        ),
      ...inPlugins
        .filter(({ path }) => kindOf(path) === "store")
        .flatMap((file) =>
          file.exports.flatMap(({ name, line, end, doc }) =>
            /\.orderBy\(|\border by\b/.test(file.text.slice(file.text.split("\n", line - 1).join("\n").length, end)) &&
            !/\b[a-z]+_[a-z_]+\b|primary key/.test(doc)
              ? [at(file, line, `${name} orders its rows, and its docstring names no index`)]
              : [],
          ),
        ),
    ]);
  });
});

describe("imports", () => {
  const allowed = (file: Source, { from, name, isType }: Import): string | null => {
    const plugin = pluginOf(file.path);
    const kind = kindOf(file.path);
    if (plugin === null || kind === null) return null;
    const rights = table[kind] ?? [];
    if (from === "#kernel" && name === "commit" && !commits.has(kind)) return `${kind} does not write: only ${[...commits].join(", ")} do`;
    if (from === "#kernel")
      return kind === "rules" && !isType && notForRules.has(name)
        ? `rules are pure: no ${name}`
        : kind === "island" && !isType
          ? "an island takes types alone"
          : null;
    if (from === "#kernel/schema") return isType || queries.has(kind) ? null : `${kind} does not query: only ${[...queries].join(", ")} do`;
    if (from === "#content") return ["content", "demo"].includes(kind) ? null : `${kind} does not read built content`;
    if (from === "#ui") return isType || rights.includes("#ui") || rights.includes("*") ? null : `${kind} does not import #ui`;
    const face = /^#plugins\/([\w-]+)$/.exec(from)?.[1];
    if (face !== undefined)
      return isType || rights.includes("faces") || kind === "plugin" ? null : `${kind} does not import another plugin's face`;
    if (from.startsWith("#")) return `no such alias as ${from}`;
    if (!from.startsWith("."))
      return from.startsWith("drizzle-orm") && !isType && !queries.has(kind)
        ? `${kind} does not query: only ${[...queries].join(", ")} do`
        : from.startsWith("node:") && kind !== "demo"
          ? "no node: module in a plugin"
          : null;
    const target = resolve(file.path, from) ?? from;
    if (pluginOf(target) !== plugin) return `reaches into ${target}; take a face (#plugins/…), #kernel or #ui`;
    const targetKind = kindOf(target);
    if (targetKind === null) return `${target} is no file of the table`;
    if (isType) return null;
    if (kind === "island") return targetKind === "island" ? null : "an island takes types alone";
    if (["terms", "text"].includes(targetKind) && !["schema", "room-store"].includes(kind)) return null;
    return rights.includes("*") || rights.includes(targetKind) ? null : `${kind} does not import ${targetKind}`;
  };
  test("each file of a plugin takes only what the table lets it", () => {
    none(
      inPlugins.flatMap((file) =>
        file.imports.flatMap((given) => {
          const why = allowed(file, given);
          return why === null ? [] : [at(file, given.line, `${why} (${given.name} from "${given.from}")`)];
        }),
      ),
    );
  });
  test("they run one way: worker → plugins → #ui and faces → #kernel, and nothing in src knows scripts or tests", () => {
    const layer = (path: string) =>
      path.startsWith("src/kernel/")
        ? 0
        : path.startsWith("src/ui/")
          ? 1
          : path.startsWith("src/plugins/")
            ? 2
            : path === "src/plugins.ts"
              ? 3
              : 4;
    none(
      sources.flatMap((file) =>
        file.imports.flatMap(({ from, line }) => {
          const target = resolve(file.path, from);
          if (target === null) return [];
          if (!target.startsWith("src/")) return [at(file, line, `imports ${target}`)];
          if (layer(target) > layer(file.path)) return [at(file, line, `imports ${target}, which stands above it`)];
          const inner =
            layer(target) === 0 &&
            layer(file.path) > 0 &&
            !["src/kernel/index.ts", "src/kernel/schema.ts"].includes(target) &&
            file.path !== "src/worker.ts";
          return inner ? [at(file, line, "the kernel is taken by its face, #kernel")] : [];
        }),
      ),
    );
    none(
      pathsBelow("src/kernel")
        .filter((path) => path.endsWith(".tsx"))
        .map((path) => `${path}: the kernel has no markup`),
    );
    none(
      sources
        .filter(({ path, imports }) => path !== "src/worker.ts" && imports.some(({ from }) => resolve(path, from) === "src/plugins.ts"))
        .map(({ path }) => `${path} imports the list of plugins`),
    );
  });
  test("needs follow the fixed order, and say just what is imported", () => {
    none(
      pluginIds().flatMap((id) => {
        const manifest = existsSync(join(root, "src/plugins", id, "plugin.ts")) ? source(`src/plugins/${id}/plugin.ts`) : null;
        const declared: string[] = /needs:\s*\[([^\]]*)\]/.exec(manifest?.text ?? "")?.[1]?.match(/[\w-]+/g) ?? [];
        const used = new Set(
          inPlugins
            .filter(({ path }) => pluginOf(path) === id)
            .flatMap(({ imports }) => imports.flatMap(({ from }) => /^#plugins\/([\w-]+)$/.exec(from)?.[1] ?? [])),
        );
        const rank = order.indexOf(id);
        return [
          ...(rank < 0 ? [`${id} is not listed in src/plugins.ts`] : []),
          ...declared
            .filter((need) => order.indexOf(need) < 0 || order.indexOf(need) >= rank)
            .map((need) => `${id} needs ${need}, which does not stand before it`),
          ...[...used].filter((need) => !declared.includes(need)).map((need) => `${id} imports ${need} but does not need it`),
          ...declared.filter((need) => !used.has(need)).map((need) => `${id} needs ${need} but imports nothing of it`),
        ];
      }),
    );
    expect(
      order.filter((id) => fixed.includes(id)),
      "src/plugins.ts",
    ).toEqual(fixed.filter((id) => order.includes(id)));
  });
  test("values are imported in no circle", () => {
    const next = new Map(
      sources.map(({ path, imports }) => [
        path,
        [...new Set(imports.filter(({ isType }) => !isType).flatMap(({ from }) => resolve(path, from) ?? []))],
      ]),
    );
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(" → "));
      if (trail.includes(path) || done.has(path)) return;
      for (const target of next.get(path) ?? []) visit(target, [...trail, path]);
      done.add(path);
    };
    for (const path of next.keys()) visit(path, []);
    none(circles);
  });
});

describe("names", () => {
  test("what a plugin names begins with its id", () => {
    /** Which argument of which call is an id; indexes are named after their table, so they begin as it does. */
    const prefixed: Readonly<Record<string, string>> = {
      sqliteTable: "_",
      index: "_",
      uniqueIndex: "_",
      permission: ".",
      catalogue: "",
      count: ".",
      distinct: ".",
      share: ".",
      card: ".",
    };
    none(
      inPlugins.flatMap((file) => {
        const id = pluginOf(file.path) ?? "";
        const breaches: string[] = [];
        walk(file.program, (node, parents) => {
          if (node.type !== "CallExpression") return;
          const callee = nameOf(node["callee"]) ?? "";
          const separator = prefixed[callee];
          const [first] = argumentsOf(node);
          const name = stringOf(first);
          // A Durable Object's own tables are nobody else's: `room-store` creates them in SQL, without drizzle.
          if (separator === undefined || name === null) return;
          // Codes that the stable contract writes bare.
          if (callee === "catalogue" && name === "" && nameOf(parents.at(-1)?.["id"]) === "contractText") return;
          if (!(separator === "" ? name === id || name.startsWith(`${id}-`) : name.startsWith(id + separator)))
            breaches.push(at(file, file.lineAt(node.start), `${callee}("${name}") lacks the prefix ${id}${separator}`));
        });
        for (const [whole, command] of file.text.matchAll(/command:\s*"([^"]+)"/g))
          if (command !== undefined && !command.startsWith(`${id}.`)) breaches.push(`${file.path} ${whole} lacks the prefix ${id}.`);
        return breaches;
      }),
    );
  });
  test("what a plugin declares in its terms is used: each permission guards, each verb is written, each signal is sent", () => {
    none(
      pluginIds().flatMap((id) => {
        const files = inPlugins.filter(({ path }) => pluginOf(path) === id);
        const terms = files.find(({ path }) => path.endsWith("/terms.ts"));
        const others = files.filter(({ path }) => !["terms", "plugin", "index"].includes(kindOf(path) ?? ""));
        const used = (name: string) =>
          others.some(
            ({ imports, text }) =>
              imports.some((given) => given.name === name && !given.isType) && text.match(new RegExp(`\\b${name}\\b`, "g"))?.length !== 1,
          );
        return (terms?.exports ?? [])
          .filter(({ name, isType }) => !isType && !used(name))
          .map(({ name, line }) => `src/plugins/${id}/terms.ts:${line} ${name} is declared and never used`);
      }),
    );
  });
  test("no names that say nothing", () => {
    none(
      sources
        .filter(({ path }) => /(^|\/|-)(utils?|helpers?|common|misc|manager|lib)(\.|-|\/)/.test(path))
        .map(({ path }) => `${path} says nothing by its name`),
    );
  });
  test("no type is talked away", () => {
    none(
      sourcesBelow("src").flatMap((file) =>
        [...file.text.matchAll(/\bas (any|unknown as)\b|@ts-(ignore|nocheck|expect-error)/g)].map((match) =>
          at(file, file.lineAt(match.index), match[0]),
        ),
      ),
    );
  });
});
