/** The demonstration bureau in a test's own database, at a moment that never changes, and a client for each of its roles. */
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { z } from "zod";
import { authOf, compose, loadActor, personId, readSetting, roles, rowsOf, type Actor, type App, type Bindings, type Demo, type PersonId } from "#kernel";
import { shell } from "#ui";
import { sql } from "drizzle-orm";
import { seedDemo } from "../../src/kernel/demo.ts";
import { plugins } from "../../src/plugins.ts";

export const demos: readonly Demo[] = Object.values(import.meta.glob<{ demo: Demo }>("/src/plugins/*/demo.ts", { eager: true })).map(({ demo }) => demo);
/** A Tuesday morning in Shanghai. */
export const morning = Date.UTC(2026, 10, 24, 2);

/** A role account of the demonstration, or null: nobody signed in. */
export type Someone = { readonly role: string; readonly actor: Actor };
export type Demonstration = {
  readonly app: App;
  readonly env: Bindings;
  readonly people: readonly Someone[];
  /** Asks as somebody, in a session of its own where `fresh`. */
  ask(who: Someone | null, path: string, init?: RequestInit & { fresh?: boolean }): Promise<Response>;
};

const accountsShape = z.object({ accounts: z.array(z.object({ role: z.string(), username: z.string() })) });

/** Seeds it, or what the named plugins add to it; the clock stands at `morning` from then on. */
export const demonstration = async (only?: readonly string[]): Promise<Demonstration> => {
  vi.useFakeTimers({ now: morning, toFake: ["Date"] });
  const bindings: Bindings = { ...env, DEMO: JSON.stringify({ password: "four-words-for-a-demonstration", token: "the token of a demonstration" }) };
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
  const open = async (person: PersonId) => (await auth.api.openSession({ body: { person, strength: "password", address: null } })).token;
  const tokens = new Map<PersonId, string>();
  return {
    app,
    env: bindings,
    people,
    async ask(who, path, { fresh = false, ...init } = {}) {
      const headers = new Headers(init.headers);
      if (who !== null) {
        const token = (fresh ? undefined : tokens.get(who.actor.person)) ?? (await open(who.actor.person));
        if (!fresh) tokens.set(who.actor.person, token);
        headers.set("authorization", `Bearer ${token}`);
      }
      const execution = createExecutionContext();
      const answer = await app.fetch(new Request(new URL(path, "https://xuefa.test"), { redirect: "manual", ...init, headers }), bindings, execution);
      // Read to its end, so that a streamed export does its work and its cost is known.
      const body = await answer.arrayBuffer();
      await waitOnExecutionContext(execution);
      return new Response([204, 304].includes(answer.status) ? null : body, { status: answer.status, headers: answer.headers });
    },
  };
};

/** The roles that the demonstration must have an account for. */
export const rolesShown = roles;

export type Way = { readonly plugin: string; readonly method: string; readonly path: string; readonly permission: import("#kernel").Permission; readonly page: boolean };
/** Every route, pages first. */
export const ways: readonly Way[] = plugins.flatMap((plugin) => [
  ...(plugin.pages?.list ?? []).map(({ method, path, permission }) => ({ plugin: plugin.id, method, path, permission, page: true })),
  ...(plugin.api?.list ?? []).map(({ method, path, permission }) => ({ plugin: plugin.id, method, path: `/api/v1${path}`, permission, page: false })),
]);
const walked = new Map(demos.flatMap((demo) => Object.entries(demo.paths ?? {})));
/** What stands for each parameter in the walked addresses, so that the API is asked for the same things as the pages. */
const values = new Map(
  [...walked].flatMap(([route, address]) => {
    const given = address.replace(/\?.*/, "").split("/");
    return route.split("/").flatMap((part, index) => (part.startsWith(":") ? [[part.slice(1), given[index] ?? ""] as const] : []));
  }),
);
/** An address of the route: the one that its demonstration tells, else one made of the same values, or of what names nothing. */
export const addressOf = ({ path }: Way): string => walked.get(path) ?? path.replace(/:(\w+)/g, (_, name: string) => values.get(name) ?? "01890a5d-ac96-774b-bcce-b302099a8057");
