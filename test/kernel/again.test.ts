import { env } from "cloudflare:workers";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import {
  commit,
  Conflict,
  makeContext,
  must,
  newId,
  personId,
  registryOf,
  rowsOf,
  run,
  unitId,
  type Actor,
  type Context,
  type UnitId,
} from "#kernel";

const registry = registryOf([]);
const now = Date.UTC(2026, 10, 24, 4);
const minute = 60_000;
const someone = (): Actor => ({
  person: newId(personId),
  session: "test",
  strength: "password",
  name: "李雯",
  login: "liwen",
  noticeShown: 1,
  roles: new Set(),
  positions: [],
  grants: [],
});
const at = (actor: Actor, when = now): Context => makeContext({ env, registry, now: when, actor });
const unit = async (): Promise<UnitId> => {
  const id = newId(unitId);
  await commit(makeContext({ env, registry, now }), {
    statements: [run(sql`insert into kernel_unit (id, kind, name, status, created_at) values (${id}, 'office', '法规科', 'open', ${now})`)],
    audit: null,
  });
  return id;
};
/** Closes a unit that is open, with a guard, as forms do. */
const close = (ctx: Context, id: UnitId, since = "2026-11-24") =>
  commit(ctx, {
    statements: [...must(run(sql`update kernel_unit set status = 'terminated' where id = ${id} and status = 'open'`))],
    audit: { command: "test.close", object: { kind: "unit", id }, after: { since } },
  });
const lines = (id: UnitId) => rowsOf<{ n: number }>(at(someone()), sql`select count(*) as n from kernel_audit where object_id = ${id}`);

test("a change sent twice by one person answers as the first time, and is written once", async () => {
  const [who, id] = [someone(), await unit()];
  expect(await close(at(who), id)).toBe("done");
  expect(await close(at(who, now + minute), id)).toBe("again");
  expect(await lines(id)).toEqual([{ n: 1 }]);
});

test("it is a conflict where another person did it, something else was wanted or done since, or it is long ago", async () => {
  const [who, id] = [someone(), await unit()];
  await close(at(who), id);
  await expect(close(at(someone(), now + minute), id)).rejects.toThrow(Conflict);
  await expect(close(at(who, now + minute), id, "2026-11-25")).rejects.toThrow(Conflict);
  await expect(close(at(who, now + 25 * 60 * minute), id)).rejects.toThrow(Conflict);
  await commit(at(who, now + minute), {
    statements: [],
    audit: { command: "test.close", object: { kind: "unit", id }, after: { since: "2026-11-26" } },
  });
  await expect(close(at(who, now + 2 * minute), id)).rejects.toThrow(Conflict);
});

test("it is a conflict where another person changed the same thing in between, by whatever command", async () => {
  const [who, other, id] = [someone(), someone(), await unit()];
  await close(at(who), id);
  await commit(at(other, now + minute), {
    statements: [...must(run(sql`update kernel_unit set status = 'paused' where id = ${id}`))],
    audit: { command: "test.pause", object: { kind: "unit", id } },
  });
  await expect(close(at(who, now + 2 * minute), id)).rejects.toThrow(Conflict);
});
