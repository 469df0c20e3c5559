/** The demonstration bureau in a test's own database, at a moment that never changes, and a client for each of its roles. */
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { z } from "zod";
import {
  authOf,
  compose,
  loadActor,
  personId,
  readSetting,
  anyone,
  everyone,
  rowsOf,
  type Actor,
  type App,
  type Bindings,
  type Demo,
  type Permission,
  type PersonId,
  type Role,
} from "#kernel";
import { shell } from "#ui";
import { sql } from "drizzle-orm";
import { seedDemo } from "../../src/kernel/demo.ts";
import { plugins } from "../../src/plugins.ts";
import { discover } from "./links.ts";

export const demos: readonly Demo[] = Object.values(import.meta.glob<{ demo: Demo }>("/src/plugins/*/demo.ts", { eager: true })).map(
  ({ demo }) => demo,
);
/** A Tuesday morning in Shanghai. */
export const morning = Date.UTC(2026, 10, 24, 2);

export type Way = {
  readonly plugin: string;
  readonly method: string;
  readonly path: string;
  readonly permission: Permission;
  readonly page: boolean;
};
/** Every route, pages first. */
export const ways: readonly Way[] = plugins.flatMap((plugin) => [
  ...(plugin.pages?.list ?? []).map(({ method, path, permission }) => ({ plugin: plugin.id, method, path, permission, page: true })),
  ...(plugin.api?.list ?? []).map(({ method, path, permission }) => ({
    plugin: plugin.id,
    method,
    path: `/api/v1${path}`,
    permission,
    page: false,
  })),
]);
/** What the demonstrations tell of pages with parameters. */
const told = new Map(demos.flatMap((demo) => Object.entries(demo.paths ?? {})));
/** Who walks a page, the likeliest first. */
const walkers = ["learner", "head", "officer", "administrator", "author", "proctor", "auditor", "unit-officer"] as const;
/** The roles that a permission lets in, the likeliest to walk it first; nobody where anybody may. */
export const mayWalk = (permission: Permission): readonly (Role | null)[] =>
  permission === anyone ? [null, "learner"] : walkers.filter((role) => permission.by === everyone || permission.by.includes(role));
/** An id that names nothing. */
export const nothing = "01890a5d-ac96-774b-bcce-b302099a8057";

/** A role account of the demonstration, or null: nobody signed in. */
export type Someone = { readonly role: string; readonly actor: Actor };
export type Demonstration = {
  readonly app: App;
  readonly env: Bindings;
  readonly people: readonly Someone[];
  /** An address of a route: as its demonstration tells, as a link shows, or of what names nothing. */
  addressOf(way: Way): string;
  /** Asks as somebody, in a session of its own where `fresh`. */
  ask(who: Someone | null, path: string, init?: RequestInit & { fresh?: boolean }): Promise<Response>;
};

const accountsShape = z.object({ accounts: z.array(z.object({ role: z.string(), username: z.string() })) });

/** Seeds it, or what the named plugins add to it; the clock stands at `morning` from then on. */
export const demonstration = async (only?: readonly string[]): Promise<Demonstration> => {
  vi.useFakeTimers({ now: morning, toFake: ["Date"] });
  const bindings: Bindings = {
    ...env,
    DEMO: JSON.stringify({ password: "four-words-for-a-demonstration", token: "the token of a demonstration" }),
  };
  const app = compose(plugins, shell);
  await seedDemo(app, only === undefined ? demos : demos.filter(({ plugin }) => only.includes(plugin)), bindings, morning);
  const ctx = app.context(bindings, morning);
  const { accounts } = await readSetting(ctx, "demo", accountsShape, { accounts: [] });
  const people: Someone[] = [];
  for (const { role, username } of accounts) {
    const [row] = await rowsOf<{ id: string }>(ctx, sql`select id from kernel_person where login = ${username}`);
    const actor = row === undefined ? null : await loadActor(ctx.db, personId.parse(row.id), "test", "password", ctx.today);
    if (actor !== null && !people.some((known) => known.role === role)) people.push({ role, actor });
  }
  const auth = await authOf(bindings);
  const open = async (person: PersonId) =>
    (await auth.api.openSession({ body: { person, strength: "password", address: null, agent: null } })).token;
  const tokens = new Map<PersonId, string>();
  const ask: Demonstration["ask"] = async (who, path, { fresh = false, ...init } = {}) => {
    const headers = new Headers(init.headers);
    if (who !== null) {
      const token = (fresh ? undefined : tokens.get(who.actor.person)) ?? (await open(who.actor.person));
      if (!fresh) tokens.set(who.actor.person, token);
      headers.set("authorization", `Bearer ${token}`);
    }
    const execution = createExecutionContext();
    const answer = await app.fetch(
      new Request(new URL(path, "https://xuefa.test"), { redirect: "manual", ...init, headers }),
      bindings,
      execution,
    );
    // Read to its end, so that a streamed export does its work and its cost is known.
    const body = await answer.arrayBuffer();
    await waitOnExecutionContext(execution);
    return new Response([204, 304].includes(answer.status) ? null : body, { status: answer.status, headers: answer.headers });
  };
  const routes = ways
    .filter(({ method, page }) => page && method === "GET")
    .map(({ path, permission }) => ({ path, mayWalk: mayWalk(permission) }));
  const addresses = await discover(routes, told, async (role, address) => {
    const answer = await ask(people.find((person) => person.role === role) ?? null, address);
    return answer.ok && (answer.headers.get("content-type") ?? "").startsWith("text/html") ? answer.text() : null;
  });
  // What stands for each parameter, so that the API is asked for the same things as the pages.
  const values = new Map<string, string>();
  for (const [route, address] of addresses) {
    const given = address.replace(/\?.*/, "").split("/");
    for (const [index, part] of route.split("/").entries())
      if (part.startsWith(":")) values.set(part.slice(1), decodeURIComponent(given[index] ?? ""));
  }
  return {
    app,
    env: bindings,
    people,
    ask,
    addressOf: ({ path }) =>
      addresses.get(path) ?? told.get(path) ?? path.replace(/:(\w+)/g, (_, name: string) => values.get(name) ?? nothing),
  };
};
