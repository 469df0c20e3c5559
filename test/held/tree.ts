/** The sources as a parser sees them: files, what each imports and exports, and where. Read once a run. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { parseSync, type Program } from "oxc-parser";

export const root = join(import.meta.dirname, "../..");

/** One name that a file takes from elsewhere. */
export type Import = {
  readonly from: string;
  readonly name: string;
  readonly local: string | null;
  readonly isType: boolean;
  readonly line: number;
};
export type Export = {
  readonly name: string;
  readonly isType: boolean;
  readonly line: number;
  readonly end: number;
  readonly doc: string;
  readonly hasDoc: boolean;
};
export type Source = {
  /** From the root of the repository, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  readonly program: Program;
  readonly imports: readonly Import[];
  readonly exports: readonly Export[];
  readonly lineAt: (offset: number) => number;
};

/** Paths below a folder of the repository. */
export const pathsBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix.join(folder, join(entry.parentPath, entry.name).slice(join(root, folder).length + 1)))
    .toSorted();

export const readText = (path: string): string => readFileSync(join(root, path), "utf8");

const read = (path: string): Source => {
  const text = readText(path);
  const starts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
  const lineAt = (offset: number) => starts.findLastIndex((start) => start <= offset) + 1;
  const { program, module, comments, errors } = parseSync(path, text);
  if (errors[0] !== undefined) throw new Error(`${path}: ${errors[0].message}`);
  const imports: Import[] = [];
  for (const { moduleRequest, entries, start } of module.staticImports) {
    const line = lineAt(start);
    if (entries.length === 0) imports.push({ from: moduleRequest.value, name: "", local: null, isType: false, line });
    for (const { importName, localName, isType } of entries)
      imports.push({ from: moduleRequest.value, name: importName.name ?? importName.kind, local: localName.value, isType, line });
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const from = /^["'`]([^"'`]+)["'`]$/.exec(text.slice(moduleRequest.start, moduleRequest.end))?.[1];
    if (from !== undefined) imports.push({ from, name: "*", local: null, isType: false, line: lineAt(moduleRequest.start) });
  }
  const exports: Export[] = [];
  for (const { start, end, entries } of module.staticExports) {
    const before = comments.findLast((comment) => comment.end <= start);
    const doc =
      before?.type === "Block" && before.value.startsWith("*") && text.slice(before.end, start).trim() === "" ? before.value : null;
    for (const entry of entries) {
      if (entry.moduleRequest !== null)
        imports.push({
          from: entry.moduleRequest.value,
          name: entry.importName.name ?? "*",
          local: null,
          isType: entry.isType,
          line: lineAt(start),
        });
      else
        exports.push({
          name: entry.exportName.name ?? "default",
          isType: entry.isType,
          line: lineAt(start),
          end,
          doc: doc ?? "",
          hasDoc: doc !== null,
        });
    }
  }
  return { path, text, lines: text.split("\n").length - (text.endsWith("\n") ? 1 : 0), program, imports, exports, lineAt };
};

const cache = new Map<string, Source>();
export const source = (path: string): Source => {
  const found = cache.get(path) ?? read(path);
  cache.set(path, found);
  return found;
};
/** Every TypeScript file below a folder. */
export const sourcesBelow = (folder: string): Source[] =>
  pathsBelow(folder)
    .filter((path) => /(?<!\.d)\.tsx?$/.test(path))
    .map(source);

const aliases: Readonly<Record<string, string>> = {
  "#kernel": "src/kernel/index.ts",
  "#kernel/schema": "src/kernel/schema.ts",
  "#ui": "src/ui/index.ts",
};
/** The file that an import names, from the root of the repository; null for a package and for built content. */
export const resolve = (importer: string, from: string): string | null => {
  if (from.startsWith(".")) return posix.join(dirname(importer), from);
  const plugin = /^#plugins\/([\w-]+)$/.exec(from)?.[1];
  return plugin === undefined ? (aliases[from] ?? null) : `src/plugins/${plugin}/index.ts`;
};

/** The ids of the plugins that have a folder. */
export const pluginIds = (): string[] =>
  readdirSync(join(root, "src/plugins"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();

export type Node = { readonly type: string; readonly start: number; readonly end: number; readonly [key: string]: unknown };
const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

/** Calls `visit` with each node below one, and its parents outermost first; does not go below a node for which it answers false. */
export const walk = (
  from: unknown,
  visit: (node: Node, parents: readonly Node[]) => boolean | void,
  parents: readonly Node[] = [],
): void => {
  if (Array.isArray(from)) for (const each of from) walk(each, visit, parents);
  if (!isNode(from) || visit(from, parents) === false) return;
  const below = [...parents, from];
  for (const [key, value] of Object.entries(from))
    if (key !== "parent" && typeof value === "object" && value !== null) walk(value, visit, below);
};

/** The dotted name of a callee or member: `ctx.allow`, `commit`; null for anything else. */
export const nameOf = (node: unknown): string | null => {
  if (!isNode(node)) return null;
  if (node.type === "Identifier" && typeof node["name"] === "string") return node["name"];
  if (node.type !== "MemberExpression" || node["computed"] === true) return null;
  const [object, property] = [nameOf(node["object"]), nameOf(node["property"])];
  return object === null || property === null ? null : `${object}.${property}`;
};
/** A string literal's value, or the fixed beginning of a template. */
export const stringOf = (node: unknown): string | null => {
  if (!isNode(node)) return null;
  if (node.type === "Literal" && typeof node["value"] === "string") return node["value"];
  if (node.type !== "TemplateLiteral" || !Array.isArray(node["quasis"])) return null;
  const first: unknown = node["quasis"][0];
  return isNode(first) &&
    typeof first["value"] === "object" &&
    first["value"] !== null &&
    "cooked" in first["value"] &&
    typeof first["value"].cooked === "string"
    ? first["value"].cooked
    : null;
};
/** The arguments of a call. */
export const argumentsOf = (node: Node): readonly unknown[] => (Array.isArray(node["arguments"]) ? node["arguments"] : []);
/** An object literal's property by its name. */
export const propertyOf = (node: unknown, name: string): Node | null => {
  if (!isNode(node) || node.type !== "ObjectExpression" || !Array.isArray(node["properties"])) return null;
  const found: unknown = node["properties"].find(
    (each: unknown) => isNode(each) && each.type === "Property" && (nameOf(each["key"]) ?? stringOf(each["key"])) === name,
  );
  return isNode(found) && isNode(found["value"]) ? found["value"] : null;
};
