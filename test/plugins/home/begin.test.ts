/** An empty bureau offers one next step to whoever can take it. */
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { registryOf, makeContext, newId, personId, unitId, type Actor, type Role } from "#kernel";
import { plugins } from "../../../src/plugins.ts";
import { lackingFirst } from "../../../src/plugins/home/service.ts";

const registry = registryOf(plugins);
const now = Date.UTC(2026, 10, 24, 4);
const as = (role: Role) => {
  const actor: Actor = {
    person: newId(personId),
    session: "test",
    strength: "password",
    name: "赵敏",
    login: "zhaomin",
    noticeShown: 1,
    roles: new Set([role]),
    positions: [],
    grants: [],
  };
  return makeContext({ env, registry, now, actor });
};
const unit = () =>
  env.DB.prepare("insert into kernel_unit (id, kind, name, status, created_at) values (?, 'office', '科', 'open', 0)")
    .bind(newId(unitId))
    .run();
const person = (login: string) =>
  env.DB.prepare("insert into kernel_person (id, login, name, created_at) values (?, ?, '甲', 0)").bind(newId(personId), login).run();

test("units are imported first, then people; an auditor, who cannot, is not asked to", async () => {
  await unit();
  await person("first");
  expect(await lackingFirst(as("administrator"))).toBe("units");
  expect(await lackingFirst(as("auditor"))).toBeNull();
  await unit();
  expect(await lackingFirst(as("administrator"))).toBe("people");
  await person("second");
  expect(await lackingFirst(as("administrator"))).toBeNull();
});
