import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { newId, recordId, type PersonId, type UnitId } from "#kernel";
import { client, now, person, unit } from "./world.ts";

type Ask = Awaited<ReturnType<typeof client>>;
let bureau: UnitId, school: UnitId, other: UnitId, admin: PersonId, officer: PersonId;
let asAdmin: Ask;
const line = (
  at: number,
  actor: PersonId | null,
  command: string,
  more: { kind?: string; id?: string; unit?: UnitId; address?: string; request?: string; note?: string } = {},
) =>
  env.DB.prepare(
    "insert into kernel_audit (at, actor, command, object_kind, object_id, unit, address, request, note) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
  )
    .bind(
      at,
      actor,
      command,
      more.kind ?? null,
      more.id ?? null,
      more.unit ?? null,
      more.address ?? null,
      more.request ?? "-",
      more.note ?? null,
    )
    .run();
const notes = async (ask: Ask, query: string): Promise<string[]> =>
  [...(await (await ask(`/admin/audit?${query}`)).text()).matchAll(/note-\w+/g)].map((m) => m[0]);

beforeAll(async () => {
  bureau = await unit("office", "清河区教育局");
  school = await unit("public-school", "清河三中", bureau);
  other = await unit("training", "启明星培训学校", bureau);
  admin = await person("赵敏", bureau, { role: "administrator" });
  officer = await person("周岩", bureau, { role: "officer" });
  asAdmin = await client(admin);
  const old = Date.UTC(2024, 0, 31, 15, 59, 59);
  await line(old, officer, "people.import", { unit: school, address: "10.0.0.7", note: "note-old" });
  await line(old + 1000, officer, "people.import", { unit: other, address: "10.0.0.8", note: "note-next" });
  await line(old + 2000, null, "records.tallies-differ", { note: "note-program" });
  await line(old + 3000, admin, "records.void", { kind: "record", id: "r-1", unit: school, request: "req-77", note: "note-void" });
});

test("each filter narrows by what it says; days are those of the zone", async () => {
  expect(await notes(asAdmin, "to=2024-02-01")).toEqual(["note-void", "note-program", "note-next", "note-old"]);
  expect(await notes(asAdmin, "to=2024-01-31")).toEqual(["note-old"]);
  expect(await notes(asAdmin, "from=2024-02-01&to=2024-02-01")).toEqual(["note-void", "note-program", "note-next"]);
  expect(await notes(asAdmin, `actor=${encodeURIComponent("周岩")}`)).toEqual(["note-next", "note-old"]);
  expect(await notes(asAdmin, "command=people.import&address=10.0.0.8")).toEqual(["note-next"]);
  expect(await notes(asAdmin, "address=10.0.0.7")).toEqual(["note-old"]);
  expect(await notes(asAdmin, "kind=record&object=r-1")).toEqual(["note-void"]);
  expect(await notes(asAdmin, `unit=${encodeURIComponent("清河三中")}`)).toEqual(["note-void", "note-old"]);
  expect(await notes(asAdmin, "request=req-77")).toEqual(["note-void"]);
  expect(await notes(asAdmin, `actor=${encodeURIComponent("没有这个人")}`)).toEqual([]);
});

test("an object is asked for by kind and id together, since only so there is an index", async () => {
  for (const query of ["object=r-1", "kind=record"]) {
    const refused = await asAdmin(`/admin/audit?${query}`);
    expect([refused.status, (await refused.text()).includes("类别和编号")]).toEqual([422, true]);
  }
  expect((await asAdmin("/admin/audit?from=2024-02-02&to=2024-02-01")).status).toBe(422);
});

test("pages follow by key, and miss or repeat nothing", async () => {
  for (let n = 0; n < 120; n++) await line(now - 1_000_000_000_000, officer, "test.many", { note: `note-m${n}` });
  const seen: string[] = [];
  let path: string | null = "/admin/audit?command=test.many";
  for (let pages = 0; path !== null && pages < 10; pages++) {
    const html: string = await (await asAdmin(path)).text();
    seen.push(...[...html.matchAll(/note-m\d+/g)].map((m) => m[0]));
    path = /rel="next" href="([^"]+)"/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? null;
  }
  expect(seen).toHaveLength(120);
  expect(new Set(seen).size).toBe(120);
});

test("the reference of what was refused finds its line; the page tells it where one can do nothing oneself", async () => {
  const asOfficer = await client(officer);
  for (const [ask, path, status] of [
    [asOfficer, "/admin/audit", 403],
    [asAdmin, `/admin/records/${newId(recordId)}`, 404],
    [asAdmin, "/nowhere", 404],
    [asAdmin, "/admin/records?from=x", 422],
  ] as const) {
    const refused = await ask(path);
    expect(refused.status).toBe(status);
    const reference = refused.headers.get("x-request-id") ?? "";
    expect(reference).toMatch(/^[2-9a-z]{10}$/);
    expect((await refused.text()).includes(`问询编号 ${reference}`)).toBe(status === 403);
    const found = await (await asAdmin(`/admin/audit?request=${reference}`)).text();
    expect(found).toContain("kernel.refused");
    expect(found).toContain(path.split("?")[0]);
  }
});
test("an error page without a line shows no reference", async () => {
  const html = await (await (await client(null))("/nowhere")).text();
  expect(html).not.toContain("问询编号");
});

test("an auditor of a subtree sees its lines only", async () => {
  const ask = await client(await person("孙审", school, { role: "auditor", unit: school }));
  expect(await notes(ask, "to=2024-02-01")).toEqual(["note-void", "note-old"]);
  const seq = await env.DB.prepare("select seq from kernel_audit where note = 'note-next'").first<number>("seq");
  expect((await ask(`/admin/audit/${seq}`)).status).toBe(404);
  expect((await asAdmin(`/admin/audit/${seq}`)).status).toBe(200);
  expect((await ask("/admin/audit/999999999")).status).toBe(404);
});

test("every filter's list is read by its index, in its order", async () => {
  const { listAudit } = await import("../../../src/plugins/records/store-audit.ts");
  const { plain } = await import("./world.ts");
  const ctx = plain();
  const none = { from: null, to: null, actors: null, units: null };
  for (const f of [
    none,
    { ...none, actors: [officer] },
    { ...none, command: "test.many" },
    { ...none, address: "10.0.0.7" },
    { ...none, units: [school] },
    { ...none, kind: "record", object: "r-1" },
  ]) {
    const before = ctx.meter.rowsRead;
    await listAudit(ctx, { all: true, areas: [] }, f, null);
    expect(ctx.meter.rowsRead - before).toBeLessThan(220);
  }
});
