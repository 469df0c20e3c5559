/** The words of the interface: complete in both languages, written as Chinese is written, and none left over. */
import { expect, test } from "vitest";
import { argumentsOf, nameOf, resolve, sourcesBelow, stringOf, walk, type Node, type Source } from "./tree.ts";

type Entry = { readonly key: string; readonly zh: string; readonly en: string; readonly line: number };
type Catalogue = { readonly file: Source; readonly local: string; readonly prefix: string; readonly entries: readonly Entry[] };

const sources = sourcesBelow("src");
const none = (breaches: readonly string[]) => expect(breaches.join("\n")).toBe("");

/** `export const text = catalogue("people", { key: ["中文", "English"] })`, wherever it stands. */
const cataloguesOf = (file: Source): Catalogue[] => {
  const found: Catalogue[] = [];
  walk(file.program, (node) => {
    const call = node.type === "VariableDeclarator" ? (node["init"] as Node | null) : null;
    if (call?.type !== "CallExpression" || nameOf(call["callee"]) !== "catalogue") return;
    const [prefix, object] = argumentsOf(call);
    const entries: Entry[] = [];
    for (const property of (object as { properties?: Node[] } | undefined)?.properties ?? []) {
      const pair = (property["value"] as { elements?: unknown[] } | undefined)?.elements ?? [];
      entries.push({
        key: nameOf(property["key"]) ?? stringOf(property["key"]) ?? "",
        zh: stringOf(pair[0]) ?? "",
        en: stringOf(pair[1]) ?? "",
        line: file.lineAt(property.start),
      });
    }
    found.push({ file, local: nameOf(node["id"]) ?? "", prefix: stringOf(prefix) ?? "", entries });
  });
  return found;
};
const catalogues = sources.flatMap(cataloguesOf);
const everyEntry = catalogues.flatMap((catalogue) =>
  catalogue.entries.map((entry) => ({ ...entry, at: `${catalogue.file.path}:${entry.line} ${entry.key}` })),
);

test("there are catalogues, and each key stands once", () => {
  expect(catalogues.length).toBeGreaterThan(1);
  const ids = catalogues.flatMap(({ prefix, entries }) => entries.map(({ key }) => `${prefix}.${key}`));
  none(ids.filter((id, index) => ids.indexOf(id) !== index));
});
test("each entry has words in both languages", () => {
  none(everyEntry.filter(({ zh, en }) => zh.trim() === "" || en.trim() === "").map(({ at }) => `${at} lacks a language`));
  none(everyEntry.filter(({ zh, en }) => zh !== zh.trim() || en !== en.trim()).map(({ at }) => `${at} begins or ends with a space`));
});
test("both languages have the same placeholders", () => {
  const placeholders = (words: string) => [...new Set(words.match(/\{\w+\}/g))].toSorted().join(" ");
  const plurals = (words: string) => [...words.matchAll(/\{(\w+):/g)].map(([, name = ""]) => `{${name}}`);
  none(
    everyEntry
      .filter(({ zh, en }) => placeholders(zh) !== placeholders(en))
      .map(({ at, zh, en }) => `${at}: ${placeholders(zh)} is not ${placeholders(en)}`),
  );
  none(
    everyEntry.flatMap(({ at, zh, en }) =>
      plurals(en).flatMap((name) => (zh.includes(name) ? [] : [`${at}: ${name} is in English alone`])),
    ),
  );
});
test("Chinese takes full-width punctuation", () => {
  const han = String.raw`[\u3400-\u9fff《》“”（）、。，：；？！]`;
  const narrow = new RegExp(String.raw`${han} ?[,;:?!.()"']|[,;:?!()"'] ?${han}`);
  none(everyEntry.flatMap(({ at, zh }) => (narrow.test(zh) && /[\u3400-\u9fff]/.test(zh) ? [`${at}: ${zh}`] : [])));
});
test("no entry is left over", () => {
  const strings = new Set<string>();
  const beginnings = new Set<string>();
  for (const file of sources)
    walk(file.program, (node) => {
      const value = stringOf(node);
      if (value === null) return;
      if (node.type === "Literal") strings.add(value);
      else if (value !== "") beginnings.add(value);
    });
  none(
    catalogues.flatMap((catalogue) => {
      const used = new Set<string>();
      let byName = false;
      for (const file of sources) {
        const local =
          file.path === catalogue.file.path
            ? catalogue.local
            : file.imports.find(({ from, name }) => name === catalogue.local && reaches(file, from, catalogue.file.path))?.local;
        if (local === undefined || local === null) continue;
        walk(file.program, (node) => {
          if (node.type !== "MemberExpression" || nameOf(node["object"]) !== local) return;
          const key = node["computed"] === true ? stringOf(node["property"]) : nameOf(node["property"]);
          if (key === null || (node["computed"] === true && (node["property"] as Node).type !== "Literal")) byName = true;
          else used.add(key);
        });
      }
      // Where a value chooses the words (`text[state]`), the values stand as strings somewhere.
      const mayBeNamed = (key: string) => byName && (strings.has(key) || [...beginnings].some((beginning) => key.startsWith(beginning)));
      return catalogue.entries
        .filter(({ key }) => !used.has(key) && !mayBeNamed(key))
        .map(({ key, line }) => `${catalogue.file.path}:${line} ${key} is not used`);
    }),
  );
});
/** Whether an import names a catalogue's file, directly or by a face that re-exports it. */
const reaches = (file: Source, from: string, target: string): boolean => {
  const found = resolve(file.path, from);
  return found === target || (found === "src/kernel/index.ts" && target.startsWith("src/kernel/"));
};
test("markup has no words of its own", () => {
  none(
    sources.flatMap((file) => {
      const breaches: string[] = [];
      walk(file.program, (node) => {
        // What is Chinese in every language says so: <svg lang="zh-CN">, a certificate.
        if (node.type === "JSXElement" && /^<[^>]*\blang="zh-CN"/.test(file.text.slice(node.start, node.end))) return false;
        if (node.type === "JSXText" && typeof node["value"] === "string" && /[\u3400-\u9fff]/.test(node["value"]))
          breaches.push(`${file.path}:${file.lineAt(node.start)} ${node["value"].trim()}`);
      });
      return breaches;
    }),
  );
});
