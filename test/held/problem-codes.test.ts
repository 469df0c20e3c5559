/**
 * The codes of problem documents, which clients compare: test/held/problem-codes.txt is their catalogue. A code that goes
 * or changes its type breaks a client; `vitest -u` rewrites the file, and the diff is read.
 */
import { expect, test } from "vitest";
import { argumentsOf, nameOf, propertyOf, sourcesBelow, stringOf, walk } from "./tree.ts";

const types: Readonly<Record<string, string>> = {
  Invalid: "invalid",
  NotFound: "not-found",
  notFound: "not-found",
  Forbidden: "forbidden",
  Unauthenticated: "unauthenticated",
  Conflict: "conflict",
  Busy: "busy",
  TooLarge: "too-large",
  Unreadable: "unreadable",
};

const codes = new Map<string, Set<string>>();
const add = (code: string, type: string) => codes.set(code, (codes.get(code) ?? new Set()).add(type));
/** The prefix of each catalogue by the name that it is imported under: `text` is the plugin's own, `contractText` has none. */
const prefixOf = (path: string, catalogue: string): string =>
  catalogue === "contractText"
    ? ""
    : `${catalogue === "text" ? (/^src\/plugins\/([^/]+)/.exec(path)?.[1] ?? "ui") : catalogue.replace(/Text$/, "")}.`;

for (const file of sourcesBelow("src")) {
  /** Tables from which the words are chosen: `const flawWords = { short: text.passwordShort, … }`. */
  const tables = new Map<string, unknown>();
  walk(file.program, (node) => void (node.type === "VariableDeclarator" && tables.set(nameOf(node["id"]) ?? "", node["init"])));
  const collect = (from: unknown, type: string): void =>
    walk(from, (node) => {
      // `text.over`, or `text["taken-over"]`.
      const quoted = node.type === "MemberExpression" && node["computed"] === true ? stringOf(node["property"]) : null;
      const [catalogue, key] = quoted === null ? (nameOf(node) ?? "").split(".") : [nameOf(node["object"]) ?? "", quoted];
      if (node.type === "MemberExpression" && catalogue !== undefined && key !== undefined && /[tT]ext$/.test(catalogue))
        add(`${prefixOf(file.path, catalogue)}${key}`, type);
      else if (node.type === "MemberExpression" && node["computed"] === true) collect(tables.get(nameOf(node["object"]) ?? ""), type);
    });
  walk(file.program, (node) => {
    if (node.type === "NewExpression" || node.type === "CallExpression") {
      const type = types[nameOf(node["callee"]) ?? ""];
      if (type !== undefined) collect(argumentsOf(node)[0], type);
    }
    // A detail of one field or row.
    if (node.type === "ObjectExpression" && propertyOf(node, "words") !== null) {
      const code = stringOf(propertyOf(node, "code"));
      if (code !== null) add(code, "detail");
      // What stands in somebody's way (exams' barriers), thrown by who asks.
      else if (propertyOf(node, "facts") !== null && propertyOf(node, "code") === null) collect(propertyOf(node, "words"), "conflict");
    }
  });
}

test("a save that comes too late or from a device that was left has the codes that clients were promised", () => {
  expect([codes.get("taken-over"), codes.get("over")]).toEqual([new Set(["conflict"]), new Set(["conflict"])]);
});
test("the written catalogue of problem codes is this one", async () => {
  expect(codes.size).toBeGreaterThan(5);
  await expect(
    `${[...codes]
      .map(([code, kinds]) => `${code} ${[...kinds].toSorted().join(" ")}`)
      .toSorted()
      .join("\n")}\n`,
  ).toMatchFileSnapshot("./problem-codes.txt");
});
