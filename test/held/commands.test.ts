/**
 * Commands, as the sources show them: each exported function of a service that reaches `commit` states a permission and
 * leaves an audit line. test/held/commands.txt is the written table of them; `vitest -u` rewrites it, and the diff is read.
 * That each refuses whom it should is tried in worker/commands.test.ts.
 */
import { expect, test } from "vitest";
import { argumentsOf, nameOf, propertyOf, resolve, sourcesBelow, walk, type Node, type Source } from "./tree.ts";

/** Commands that nobody need be allowed, each with the reason. */
const open: Readonly<Record<string, string>> = {
  "people.signIn": "whoever knows a password",
  "people.enterLine": "whoever knows a password",
  "people.lookInLine": "whoever holds a place in the line",
  "people.openSession": "a right that its caller has established",
  "people.signInByLink": "whoever holds a one-time link",
  "people.firstRun": "whoever holds the code that the terminal printed",
  "people.giveOperatorLink": "whoever proves to hold the root secret",
  "exams.flushBatch": "a room, which recorded what it graded",
  "people.chooseDisplay": "anyone, and kept for the account where one is signed in",
};
/** Commands whose commit has no line of its own, each with the reason. */
const quiet: Readonly<Record<string, string>> = {
  "people.openSession": "the line is written by the command that established the right",
  "courses.beatLesson": "twice a minute a person; the standing that it changes is its own trace",
  "courses.openLesson": "where somebody resumes is no act",
};

type Function = {
  readonly file: Source;
  readonly name: string;
  readonly exported: boolean;
  readonly calls: readonly string[];
  readonly permissions: readonly string[];
  readonly commits: number;
  readonly silent: readonly number[];
};

const pluginOf = (path: string) => path.split("/")[2] ?? "";
const isService = (path: string) => /^src\/plugins\/[^/]+\/service(-[\w-]+)?(\/[^/]+)?\.ts$/.test(path);
const services = sourcesBelow("src/plugins").filter(({ path }) => isService(path));

/** The declared functions of a file, and what each calls. */
const functionsOf = (file: Source): Function[] => {
  const found: Function[] = [];
  const read = (name: string, body: unknown) => {
    const calls = new Set<string>();
    const permissions = new Set<string>();
    const silent: number[] = [];
    let commits = 0;
    walk(body, (node) => {
      // A function handed on by its name counts as called.
      if (node.type === "Identifier" && typeof node["name"] === "string") calls.add(node["name"]);
      if (node.type !== "CallExpression") return;
      const callee = nameOf(node["callee"]) ?? "";
      if (/(^|\.)(allow|reach)$/.test(callee))
        permissions.add(
          file.text.slice((argumentsOf(node)[0] as Node | undefined)?.start ?? 0, (argumentsOf(node)[0] as Node | undefined)?.end ?? 0),
        );
      if (callee !== "commit") return;
      commits++;
      const audit = propertyOf(argumentsOf(node)[1], "audit");
      if (audit === null || (audit.type === "Literal" && audit["value"] === null)) silent.push(file.lineAt(node.start));
    });
    found.push({
      file,
      name,
      exported: file.exports.some((each) => each.name === name),
      calls: [...calls],
      permissions: [...permissions],
      commits,
      silent,
    });
  };
  walk(file.program, (node, parents) => {
    if (node.type === "FunctionDeclaration" && parents.length <= 2) return (read(nameOf(node["id"]) ?? "", node["body"]), false);
    if (node.type === "VariableDeclarator" && parents.length <= 3) return (read(nameOf(node["id"]) ?? "", node["init"]), false);
    return undefined;
  });
  return found;
};
const functions = services.flatMap(functionsOf);
/** The function that a name means in a file: its own, or one that it imports from a service of the same plugin. */
const meaning = (file: Source, name: string): Function | undefined => {
  const imported = file.imports.find(({ local, isType }) => local === name && !isType);
  const path = imported === undefined ? file.path : resolve(file.path, imported.from);
  return functions.find((each) => each.file.path === path && each.name === (imported?.name ?? name));
};
/** A function and all that it reaches. */
const reached = (from: Function, seen = new Set<Function>()): Set<Function> => {
  if (seen.has(from)) return seen;
  seen.add(from);
  for (const name of from.calls) {
    const next = meaning(from.file, name);
    if (next !== undefined) reached(next, seen);
  }
  return seen;
};

const commands = functions
  .filter(({ exported }) => exported)
  .map((each) => {
    const all = [...reached(each)];
    return {
      id: `${pluginOf(each.file.path)}.${each.name}`,
      permissions: [...new Set(all.flatMap(({ permissions }) => permissions))].toSorted(),
      writes: all.some(({ commits }) => commits > 0),
      silent: all.flatMap(({ file, silent }) => silent.map((line) => `${file.path}:${line}`)),
    };
  })
  .filter(({ writes }) => writes)
  .toSorted((a, b) => (a.id < b.id ? -1 : 1));
const none = (breaches: readonly string[]) => expect(breaches.join("\n")).toBe("");

test("each command states a permission", () => {
  none(
    commands
      .filter(({ id, permissions }) => permissions.length === 0 && open[id] === undefined)
      .map(({ id }) => `${id} writes and asks ctx.allow or ctx.reach for no permission`),
  );
});
test("each command leaves an audit line", () => {
  none(
    commands
      .filter(({ id, silent }) => silent.length > 0 && quiet[id] === undefined && open[id] === undefined)
      .map(({ id, silent }) => `${id} commits without an audit line at ${silent.join(", ")}`),
  );
});
test("no exception is kept for what is gone", () => {
  none([...new Set([...Object.keys(open), ...Object.keys(quiet)])].filter((id) => !commands.some((command) => command.id === id)));
});
test("the written table of commands is this one", async () => {
  expect(commands.length).toBeGreaterThan(0);
  await expect(
    `${commands.map(({ id, permissions }) => `${id} ${permissions.length > 0 ? permissions.join(" ") : `(${open[id] ?? "no permission"})`}`).join("\n")}\n`,
  ).toMatchFileSnapshot("./commands.txt");
});
