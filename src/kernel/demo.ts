/** The demonstration bureau: collected into the entry of `npm start` alone. */
import type { App } from "./compose.ts";
import { syncContent } from "./content.ts";
import type { Bindings, Context } from "./context.ts";
import type { Role } from "./identity/kinds.ts";

/** What the plugins' demonstrations share, in their order: the moment, chance from a fixed seed, and what was made so far. */
export type DemoWorld = {
  readonly now: number;
  /** A number in [0, 1), the same at each run. */
  readonly chance: () => number;
  /** Passwords of the accounts, and the administrator's token. */
  readonly secrets: { password: string; token: string };
  readonly accounts: { role: Role | "other"; username: string; password: string; name: string; note: string }[];
  /** What an earlier plugin leaves for later ones. */
  readonly made: Map<string, unknown>;
};
export type Demo = {
  readonly plugin: string;
  readonly seed?: (ctx: Context, world: DemoWorld) => Promise<void>;
  /** For each page with parameters, how tests walk it. */ readonly paths?: Readonly<Record<string, string>>;
};

/** mulberry32: small, even, and the same everywhere. */
const chanceFrom = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
};

/** Writes the content, seeds all plugins' demonstrations, in the order of the plugins, and leaves the accounts in the setting `demo`. */
export const seedDemo = async (app: App, demos: readonly Demo[], env: Bindings, now: number): Promise<void> => {
  const secrets = JSON.parse(env.DEMO ?? "{}") as DemoWorld["secrets"];
  const world: DemoWorld = { now, chance: chanceFrom(20_261_124), secrets, accounts: [], made: new Map() };
  await syncContent(app.context(env, now));
  for (const plugin of app.registry.plugins) await demos.find((d) => d.plugin === plugin.id)?.seed?.(app.context(env, now), world);
  await env.DB.prepare(
    "insert into kernel_setting (key, value, updated_at) values ('demo', ?1, ?2) on conflict (key) do update set value = excluded.value",
  )
    .bind(JSON.stringify({ accounts: world.accounts, token: secrets.token }), now)
    .run();
};
