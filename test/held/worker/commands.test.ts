/**
 * Whom each command refuses. The guard comes first: nobody, a session that has shown no password, and who may only read are
 * refused before anything of the input is looked at. And for whoever holds every role, but in another subtree, what is there
 * looks as if it were not. (The written table of commands is made and held by ../commands.test.ts.)
 */
import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import {
  everyone,
  Forbidden,
  grantRoles,
  isAllowed,
  makeContext,
  NotFound,
  roles,
  rowsOf,
  Unauthenticated,
  type Actor,
  type Context,
  type Permission,
  type PersonId,
  type PositionId,
  type UnitId,
} from "#kernel";
import { demonstration, nothing, type Demonstration } from "../../support/demonstration.ts";
import table from "../commands.txt?raw";

/** Commands on what belongs to no unit: whoever has the permission anywhere has it for these. */
const everywhere: Readonly<Record<string, string>> = {
  bank: "questions are the body's own",
  courses: "courses are the body's own, and study is one's own",
  statutes: "law is everybody's",
  home: "the body's settings",
  exams: "exams and sittings are the body's own; a candidate's attempt is looked for within the reach",
  "people.takeFile": "a file is its uploader's own; its rows are matched within the reach",
  "people.startJob": "a step of commands that found the import themselves",
  "people.writeImport": "a step of the job, on the import that it was begun for",
  "people.unwriteImport": "a step of the job, on the import that it was begun for",
  "outside.takeFile": "a file is its uploader's own; its rows are matched within the reach",
  "outside.startJob": "a step of commands that found the import themselves",
  "outside.finish": "a step of the job, on the import that it was begun for",
  "records.listWhole": "answers what is within the reach, and nothing else",
  "records.unmask": "answers what is within the reach, and nothing else",
  "records.exportRecords": "answers what is within the reach, and nothing else",
  "requirements.remind": "reminds of what is open within the reach, and of nothing else",
  "requirements.seeForm": "what the body asks is no secret of a unit; its rows are those within the reach",
  "requirements.seeYearForm": "the same",
  "records.followRecords": "answers what is within the reach, and nothing else",
};

type Command = (ctx: Context, given: unknown, ...rest: unknown[]) => unknown;
const services = import.meta.glob<Readonly<Record<string, unknown>>>("/src/plugins/*/{service,service-*,service/*}.ts", { eager: true });
const isCommand = (value: unknown): value is Command => typeof value === "function";
/** Commands that take the id alone. */
const byId = new Set([
  "requirements.writeBulk",
  "people.checkAgain",
  "people.undoImport",
  "outside.checkAgain",
  "outside.undoImport",
  "outside.readEvidence",
]);
/** The permissions of each plugin, by the names that its terms give them. */
const terms = import.meta.glob<Readonly<Record<string, unknown>>>("/src/plugins/*/terms.ts", { eager: true });
const isPermission = (value: unknown): value is Permission =>
  typeof value === "object" && value !== null && "by" in value && "strong" in value;

const commands = table
  .trim()
  .split("\n")
  .filter((line) => !line.includes("("))
  .map((line) => {
    const [id = "", ...names] = line.split(" ");
    const [plugin = "", name = ""] = id.split(".");
    const found = Object.entries(services).find(
      ([path, module]) => path.startsWith(`/src/plugins/${plugin}/`) && isCommand(module[name]),
    )?.[1][name];
    const permissions = names.map((each) => terms[`/src/plugins/${plugin}/terms.ts`]?.[each]).filter(isPermission);
    return { id, plugin, call: isCommand(found) ? found : undefined, permissions };
  });

let shown: Demonstration;
let reader: Actor;
/** Every role, in one unit; and what is there in another. */
let elsewhere: Actor;
let given: Readonly<Record<string, unknown>>;
const ids = new Map<string, string>();

beforeAll(async () => {
  shown = await demonstration();
  const found = shown.people.find(({ role }) => role === "auditor")?.actor;
  if (found === undefined) throw new Error("the demonstration has no auditor");
  reader = found;
  const ctx = shown.app.context(shown.env, Date.now());
  const held = await rowsOf<{ id: PositionId; person: PersonId; unit: UnitId }>(
    ctx,
    sql`select p.id, p.person, p.unit from kernel_position p join kernel_unit u on u.id = p.unit where u.kind = 'public-school' and p.until_day is null group by p.unit order by p.unit limit 2`,
  );
  const [here, there] = held;
  if (here === undefined || there === undefined) throw new Error("the demonstration has no two schools");
  elsewhere = {
    ...reader,
    person: there.person,
    positions: [
      { id: there.id, unit: there.unit, unitName: "", unitKind: "public-school", nature: "personnel", post: "principal", main: true },
      { id: there.id, unit: there.unit, unitName: "", unitKind: "public-school", nature: "personnel", post: "liaison", main: false },
    ],
    grants: grantRoles.map((role) => ({ role, unit: there.unit, kinds: null })),
    roles: new Set(roles),
  };
  const one = async (text: string) =>
    (await shown.env.DB.prepare(text)
      .first<string>("id")
      .catch(() => null)) ?? nothing;
  ids.set("requirements", await one(`select requirement as id from kernel_assignment where unit = '${here.unit}' limit 1`));
  ids.set("people", await one("select id from people_import limit 1"));
  ids.set("outside", await one("select id from outside_import limit 1"));
  ids.set("records", await one(`select id from kernel_record where unit = '${here.unit}' limit 1`));
  given = {
    person: here.person,
    position: here.id,
    unit: here.unit,
    parent: here.unit,
    to: here.unit,
    grant: await one(`select id from kernel_grant limit 1`),
    record: ids.get("records"),
    assignment: await one(`select id from kernel_assignment where unit = '${here.unit}' and ended_at is null limit 1`),
    ids: [await one(`select id from requirements_excuse where unit <> '${there.unit}' limit 1`)],
    import: ids.get("people"),
    number: await one(`select number as id from certificates_certificate where unit = '${here.unit}' limit 1`),
    name: "李雯",
    reason: "试",
    from: ctx.today,
    until: ctx.today,
    since: ctx.today,
    day: ctx.today,
    status: "open",
    kind: "public-school",
    post: "other",
    nature: "personnel",
    role: "proctor",
    whom: "all",
    as: "slips",
    anyway: true,
  };
}, 180_000);

const contextOf = (actor: Actor | null) => makeContext({ env: shown.env, registry: shown.app.registry, now: Date.now(), actor });
/** What a command answers or throws; a stream is begun. */
const outcome = async (call: Command, ctx: Context, input: unknown): Promise<unknown> => {
  try {
    const answer: unknown = await call(ctx, input, ctx.today);
    if (typeof answer === "object" && answer !== null && "next" in answer && typeof answer.next === "function")
      await (answer as AsyncGenerator).next();
    return "done";
  } catch (error) {
    return error;
  }
};
const said = (value: unknown) => (value instanceof Error ? `${value.constructor.name}: ${value.message}` : String(value));

test("each command of the table is found, with its permissions", () => {
  expect(commands.length).toBeGreaterThan(20);
  expect(commands.filter(({ call, permissions }) => call === undefined || permissions.length === 0).map(({ id }) => id)).toEqual([]);
});
test("nobody is let in", async () => {
  const wrong: string[] = [];
  for (const { id, call } of commands) {
    const answer = call && (await outcome(call, contextOf(null), {}));
    if (!(answer instanceof Unauthenticated)) wrong.push(`${id}: ${said(answer)}`);
  }
  expect(wrong).toEqual([]);
});
test("a one-time link opens nothing that needs a password", async () => {
  const wrong: string[] = [];
  for (const { id, call, permissions } of commands.filter((command) => command.permissions.every(({ strong }) => strong))) {
    const answer = call && (await outcome(call, contextOf({ ...elsewhere, strength: "link" }), {}));
    if (!(answer instanceof Unauthenticated)) wrong.push(`${id} (${permissions.map((each) => each.id).join(" ")}): ${said(answer)}`);
  }
  expect(wrong).toEqual([]);
});
test("who may only read writes nothing", async () => {
  const wrong: string[] = [];
  for (const { id, call, permissions } of commands.filter((command) => command.permissions.every(({ by }) => by !== everyone))) {
    if (permissions.some((permission) => isAllowed(reader, permission))) continue;
    const answer = call && (await outcome(call, contextOf(reader), {}));
    if (!(answer instanceof Forbidden)) wrong.push(`${id}: ${said(answer)}`);
  }
  expect(wrong).toEqual([]);
});
test("in another subtree there is nothing", async () => {
  const wrong: string[] = [];
  const before = await shown.env.DB.prepare("select count(*) as n from kernel_audit").first<number>("n");
  for (const { id, plugin, call, permissions } of commands) {
    if (everywhere[id] !== undefined || everywhere[plugin] !== undefined || permissions.every(({ by }) => by === everyone)) continue;
    const answer =
      call && (await outcome(call, contextOf(elsewhere), byId.has(id) ? ids.get(plugin) : { ...given, id: ids.get(plugin) ?? nothing }));
    if (!(answer instanceof NotFound) && !(answer instanceof Forbidden)) wrong.push(`${id}: ${said(answer)}`);
  }
  expect(wrong).toEqual([]);
  expect(await shown.env.DB.prepare("select count(*) as n from kernel_audit").first<number>("n"), "nothing was written").toBe(before);
});
