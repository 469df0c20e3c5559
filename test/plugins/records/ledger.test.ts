import { beforeAll, expect, test } from "vitest";
import { newId, recordId, type PersonId, type RecordId, type UnitId } from "#kernel";
import type { RecordAnswer } from "../../../src/plugins/records/input.ts";
import { audited, client, fact, passed, person, unit } from "./world.ts";

type Ask = Awaited<ReturnType<typeof client>>;
type PageOfRecords = { position: number; records: RecordAnswer[]; next: number | null };
let bureau: UnitId, school: UnitId, kindergarten: UnitId;
let admin: PersonId, kindergartens: PersonId, auditor: PersonId, liwen: PersonId, wangfang: PersonId;
let asAdmin: Ask, asKindergartens: Ask, asAuditor: Ask, asLiwen: Ask;
let ofSchool: RecordId, ofKindergarten: RecordId;
const page = async (ask: Ask, query: string): Promise<PageOfRecords> => (await ask(`/api/v1/records?${query}`)).json();

beforeAll(async () => {
  bureau = await unit("office", "清河区教育局");
  school = await unit("public-school", "清河三中", bureau);
  kindergarten = await unit("private-kindergarten", "晨光幼儿园", bureau);
  admin = await person("赵敏", bureau, { role: "administrator" });
  kindergartens = await person("钱学", bureau, { role: "officer", kinds: ["private-kindergarten", "public-kindergarten"] });
  auditor = await person("孙审", bureau, { role: "auditor" });
  liwen = await person("李雯", school);
  wangfang = await person("王芳芳", kindergarten);
  [asAdmin, asKindergartens, asAuditor, asLiwen] = [
    await client(admin),
    await client(kindergartens),
    await client(auditor),
    await client(liwen),
  ];
  ofSchool = await fact(liwen, "第一课", { at: Date.UTC(2026, 4, 2, 3) });
  await fact(liwen, "考试甲", { verb: passed, object: { kind: "exam", id: "考试甲" }, score: 9150, at: Date.UTC(2026, 10, 20, 3) });
  ofKindergarten = await fact(wangfang, "第一课", { at: Date.UTC(2025, 8, 1, 3) });
});

test("each filter narrows by what it says", async () => {
  const ids = async (query: string) => (await page(asAdmin, query)).records.map((r) => `${r.verb} ${r.object.id} ${r.day}`);
  expect(await ids("")).toEqual(["studied 第一课 2026-05-02", "passed 考试甲 2026-11-20", "studied 第一课 2025-09-01"]);
  expect(await ids("verb=passed")).toEqual(["passed 考试甲 2026-11-20"]);
  expect(await ids("from=2026-01-01&to=2026-06-30")).toEqual(["studied 第一课 2026-05-02"]);
  expect(await ids(`unit=${kindergarten}`)).toEqual(["studied 第一课 2025-09-01"]);
  expect(await ids(`unit=${bureau}`)).toHaveLength(3);
  expect(await ids(`person=${liwen}`)).toHaveLength(2);
  expect(await ids(`kind=lesson&object=${encodeURIComponent("第一课")}`)).toHaveLength(2);
  expect((await asAdmin("/api/v1/records?from=2026-13-01")).status).toBe(422);
});

test("pages follow by key, and miss or repeat nothing", async () => {
  const first = await page(asAdmin, "limit=2");
  const second = await page(asAdmin, `limit=2&after=${first.next}`);
  expect(first.records).toHaveLength(2);
  expect(second.records).toHaveLength(1);
  expect(second.next).toBeNull();
});

test("names are masked on pages and in the API", async () => {
  const html = await (await asAdmin("/admin/records")).text();
  expect(html).toContain("王**");
  expect(html).not.toContain("王芳芳");
  expect((await page(asAdmin, "")).records.map((r) => r.person?.name)).toEqual(["李*", "李*", "王**"]);
});

test("an officer of kindergartens sees only theirs, on the page, in files and in the API", async () => {
  expect((await page(asKindergartens, "")).records.map((r) => r.id)).toEqual([ofKindergarten]);
  const html = await (await asKindergartens("/admin/records")).text();
  expect(html).toContain("晨光幼儿园");
  expect(html).not.toContain("清河三中");
  expect(await (await asKindergartens("/admin/records/export?format=csv")).text()).not.toContain("清河三中");
});

test("a record outside the reach looks like one that never was", async () => {
  for (const path of ["/api/v1/records/", "/admin/records/"]) {
    const outside = await asKindergartens(`${path}${ofSchool}`);
    const never = await asKindergartens(`${path}${newId(recordId)}`);
    expect([outside.status, never.status]).toEqual([404, 404]);
    const body = async (answer: Response) => (await answer.text()).replace(/"reference":"[^"]*"|[0-9a-f-]{36}/g, "");
    expect(await body(outside)).toBe(await body(never));
  }
});

test("who has no part in it is refused", async () => {
  expect((await asLiwen("/admin/records")).status).toBe(403);
  expect((await asLiwen("/api/v1/records")).status).toBe(403);
  expect((await (await client(null))("/api/v1/records")).status).toBe(401);
  expect((await asAuditor("/admin/records")).status).toBe(200);
});

test("whole names need the permission and a reason, and the audit keeps it", async () => {
  expect((await asAdmin("/api/v1/records?names=whole")).status).toBe(422);
  expect((await asAuditor(`/api/v1/records?names=whole&reason=${encodeURIComponent("核对名单")}`)).status).toBe(403);
  const before = await audited();
  const whole = await page(asAdmin, `names=whole&reason=${encodeURIComponent("核对名单")}&verb=passed`);
  expect(whole.records.map((r) => r.person?.name)).toEqual(["李雯"]);
  const lines = (await audited()).slice(before.length);
  expect(lines).toEqual([{ actor: admin, note: "核对名单（format=json verb=passed）" }]);
});

test("whole names on the page come by POST alone", async () => {
  expect(await (await asAdmin("/admin/records?names=whole&reason=xx&format=page")).text()).not.toContain("王芳芳");
  const shown = await asAdmin("/admin/records", { form: { format: "page", reason: "接受检查" } });
  expect(await shown.text()).toContain("王芳芳");
  expect((await asAdmin("/admin/records", { form: { format: "csv", reason: "" } })).status).toBe(422);
  const file = await asAdmin("/admin/records", { form: { format: "csv", reason: "接受检查", verb: "studied" } });
  expect(await file.text()).toContain("王芳芳");
  expect((await audited()).map((line) => line.note)).toContain("接受检查（format=csv verb=studied）");
});

test("a record's page shows its fields and that they fit its digest", async () => {
  const html = await (await asAdmin(`/admin/records/${ofSchool}`)).text();
  for (const words of ["李*", "清河三中", "学完", "与内容相符", "2026年5月2日 11:00:00"]) expect(html).toContain(words);
  expect(html).not.toContain("李雯");
});

test("one's own file has one's own records only, whole, by year", async () => {
  const html = await (await asLiwen("/records")).text();
  expect(html).toContain("2026 年，共 2 条");
  expect(html).not.toContain("晨光幼儿园");
  const csv = await (await asLiwen("/records/export?format=csv")).text();
  expect(csv.trim().split("\r\n")).toHaveLength(3);
  expect(csv).toContain("李雯");
  expect((await asLiwen(`/records/${ofSchool}`)).status).toBe(200);
  expect((await asLiwen(`/records/${ofKindergarten}`)).status).toBe(404);
});
