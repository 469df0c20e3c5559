import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { seedDemo } from "../../../src/kernel/demo.ts";
import { demo } from "../../../src/plugins/people/demo.ts";
import { app } from "../../../src/worker.ts";
import { browser, count } from "./world.ts";

test("the demonstration: about 140 units, 1,500 people, every status, nature and kind, and accounts that sign in", async () => {
  const secrets = { password: "demo-pass-word", token: "a-token-of-twenty-four-bytes-or-so" };
  const from = Date.now();
  await seedDemo(
    { ...app, registry: { ...app.registry, plugins: app.registry.plugins.filter((p) => p.id === "people") } },
    [demo],
    { ...env, DEMO: JSON.stringify(secrets) },
    Date.now(),
  );
  console.log("seeded in", Date.now() - from, "ms");
  expect(await count("select count(*) as n from kernel_unit")).toBeGreaterThan(130);
  expect(await count("select count(*) as n from kernel_person")).toBe(1500);
  expect(await count("select count(distinct status) as n from kernel_unit")).toBe(7);
  expect(await count("select count(distinct kind) as n from kernel_unit")).toBe(8);
  expect(await count("select count(distinct nature) as n from kernel_position")).toBe(6);
  expect(await count("select count(distinct category) as n from kernel_person")).toBe(8);
  expect(await count("select count(*) as n from kernel_roster_mark")).toBeGreaterThan(100);
  // The closure holds every unit with each of its ancestors.
  expect(await count("select count(*) as n from kernel_unit_closure where depth = 0")).toBe(
    await count("select count(*) as n from kernel_unit"),
  );
  expect(
    await count(
      "select count(*) as n from kernel_unit u where not exists (select 1 from kernel_unit_closure c join kernel_unit r on r.id = c.ancestor where c.descendant = u.id and r.parent is null)",
    ),
  ).toBe(0);
  const { accounts } = JSON.parse(
    (await env.DB.prepare("select value from kernel_setting where key = 'demo'").first<string>("value")) ?? "{}",
  ) as { accounts: { username: string; role: string }[] };
  expect(new Set(accounts.map((a) => a.role)).size).toBe(8);
  for (const account of accounts)
    expect((await browser().api("POST", "/session", { username: account.username, password: secrets.password })).status, account.role).toBe(
      200,
    );
  expect((await browser().api("DELETE", "/session", undefined, { authorization: `Bearer ${secrets.token}` })).status).toBe(204);
});
