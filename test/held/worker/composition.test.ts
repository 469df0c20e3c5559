/** What the plugins declare and what the homes provide are the same: objects, crons, pages with parameters, words of figures. */
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { z } from "zod";
import { anyone, registryOf, signedIn } from "#kernel";
import { plugins } from "../../../src/plugins.ts";
import worker from "../../../src/worker.ts?raw";
import { demos, ways } from "../../support/demonstration.ts";

const registry = registryOf(plugins);
const wrangler = z
  .object({
    durable_objects: z.object({ bindings: z.array(z.object({ name: z.string(), class_name: z.string() })) }),
    migrations: z.array(z.object({ new_sqlite_classes: z.array(z.string()) })),
    triggers: z.object({ crons: z.array(z.string()) }),
  })
  .parse(JSON.parse(env.WRANGLER));

test("objects: what plugins declare, worker.ts exports and wrangler.toml binds", () => {
  const declared = plugins.flatMap((plugin) => Object.keys(plugin.objects ?? {})).toSorted();
  expect(declared.length).toBeGreaterThan(0);
  expect(
    [...worker.matchAll(/export const (\w+) = durable\(app, "(\w+)"\)/g)]
      .map(([, name = "", object = ""]) => (name === object ? name : `${name} is not ${object}`))
      .toSorted(),
    "worker.ts",
  ).toEqual(declared);
  expect(wrangler.durable_objects.bindings.map((binding) => binding.class_name).toSorted(), "bindings").toEqual(declared);
  expect(wrangler.migrations.flatMap((step) => step.new_sqlite_classes).toSorted(), "migrations").toEqual(declared);
  for (const { name } of wrangler.durable_objects.bindings) expect(env, name).toHaveProperty(name);
});
test("crons: each that a job names is fired, and none is fired for nothing", () => {
  const named = new Set([...registry.jobs.values()].flatMap((job) => (job.cron === undefined ? [] : [job.cron])));
  // Each minute wakes jobs that have no lease, whether or not a job of its own runs then.
  named.add("* * * * *");
  expect([...named].toSorted()).toEqual(wrangler.triggers.crons.toSorted());
});
test("the demonstration walks pages, and asks for answers of the API, that are there", () => {
  const there = new Set(ways.filter(({ method }) => method === "GET").map(({ path }) => path));
  expect(demos.flatMap((demo) => Object.keys(demo.paths ?? {})).filter((path) => !there.has(path))).toEqual([]);
});
test("each route's permission is declared by its own plugin, or is one of the kernel's two", () => {
  for (const plugin of plugins) {
    const declared = new Set([anyone.id, signedIn.id, ...(plugin.permissions ?? []).map(({ id }) => id)]);
    const routes = [...(plugin.pages?.list ?? []), ...(plugin.api?.list ?? [])];
    expect(
      routes.filter(({ permission }) => !declared.has(permission.id)).map(({ path, permission }) => `${path}: ${permission.id}`),
      plugin.id,
    ).toEqual([]);
  }
});
test("no path is answered twice", () => {
  const all = plugins
    .flatMap((plugin) => [
      ...(plugin.pages?.list ?? []).map(({ method, path }) => `${method} ${path}`),
      ...(plugin.api?.list ?? []).map(({ method, path }) => `${method} /api/v1${path}`),
    ])
    .map((route) => route.replace(/:\w+/g, ":"));
  expect(all.filter((route, index) => all.indexOf(route) !== index)).toEqual([]);
});
