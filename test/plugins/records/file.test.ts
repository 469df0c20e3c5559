import { env } from "cloudflare:workers";
import { readXlsx } from "hucre/xlsx";
import Papa from "papaparse";
import { beforeAll, expect, test } from "vitest";
import { type PersonId, type UnitId } from "#kernel";
import { csvLine, harmless, localTimes } from "../../../src/plugins/records/rules.ts";
import { client, fact, now, passed, person, unit } from "./world.ts";

const many = 20_000;
let bureau: UnitId, admin: PersonId;
let asAdmin: Awaited<ReturnType<typeof client>>;
beforeAll(async () => {
  bureau = await unit("office", '=清河区,"教育局"');
  admin = await person("赵敏", bureau, { role: "administrator" });
  asAdmin = await client(admin);
  const dangerous = await person("@SUM(A1)", bureau);
  await fact(dangerous, '=HYPERLINK("http://x")', { score: 8850, seconds: 61, at: Date.UTC(2020, 0, 1, 16, 0, 5) });
  await env.DB.prepare(
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${many - 1})
     insert into kernel_record (id, verb, object_kind, object_id, person, unit, at, day, recorded_at, score, source, once, void, salt, leaf)
     select printf('%08x-0000-7000-8000-%012x', i, i), 'studied', 'lesson', 'l' || (i % 16), ?1, ?2, ?3 - i * 60000, date((?3 - i * 60000) / 1000, 'unixepoch', '+8 hours'), ?3, null, 'own', 'many/' || i, 0, '', '' from n`,
  )
    .bind(dangerous, bureau, now)
    .run();
});
const parsed = async (query: string) =>
  Papa.parse<string[]>((await (await asAdmin(`/admin/records/export?format=csv&${query}`)).text()).trim()).data;

test("what might be a formula is made harmless; everything else stays", () => {
  for (const text of ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠a"])
    expect(harmless(text)).toBe(`'${text}`);
  for (const text of ["李雯", "1-1", "", "a=b", "行政处罚法"]) expect(harmless(text)).toBe(text);
  expect(csvLine(['=a"b', -5, null, "x,y"])).toBe(`"'=a""b",-5,,"x,y"\r\n`);
});
test("local times", () => {
  const local = localTimes("Asia/Shanghai");
  expect(csvLine([local(Date.UTC(2026, 10, 24, 16, 0, 1, 999))])).toBe("2026-11-25 00:00:01\r\n");
  expect(csvLine([localTimes("America/New_York")(Date.UTC(2026, 2, 8, 7))])).toBe("2026-03-08 03:00:00\r\n");
});

test("CSV begins with a BOM, holds no formula, and every row once", async () => {
  const answer = await asAdmin("/admin/records/export?format=csv");
  expect(answer.headers.get("content-disposition")).toContain("attachment");
  const bytes = new Uint8Array(await answer.clone().arrayBuffer());
  expect(bytes.slice(0, 3)).toEqual(new Uint8Array([0xef, 0xbb, 0xbf]));
  const rows = await parsed("");
  expect(rows).toHaveLength(many + 1);
  expect(new Set(rows.map((row) => row[0])).size).toBe(many + 1);
  expect(rows.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
  expect(rows[1]?.slice(1, 9)).toEqual([
    "2020-01-02 00:00:05",
    "'@*******",
    '\'=清河区,"教育局"',
    "学完",
    "课时",
    '\'=HYPERLINK("http://x")',
    "88.5",
    "61",
  ]);
});
test("a file's filters are the page's", async () => {
  expect(await parsed("to=2020-12-31")).toHaveLength(2);
  expect(await parsed("kind=lesson&object=l3")).toHaveLength(many / 16 + 1);
});
test("XLSX opens with every row and its types", async () => {
  const book = await readXlsx(new Uint8Array(await (await asAdmin("/admin/records/export?format=xlsx")).arrayBuffer()));
  const rows = book.sheets[0]?.rows ?? [];
  expect(rows).toHaveLength(many + 1);
  expect(rows[0]?.slice(0, 3)).toEqual(["序号", "发生时间", "人员"]);
  expect(rows[1]?.slice(2, 8)).toEqual(["@*******", '=清河区,"教育局"', "学完", "课时", '=HYPERLINK("http://x")', 88.5]);
});
test("NDJSON has one record a line, and costs a few queries", async () => {
  const answer = await asAdmin("/api/v1/records?format=ndjson");
  const lines = new TextDecoder()
    .decode(await answer.arrayBuffer())
    .trim()
    .split("\n");
  expect(lines).toHaveLength(many);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ verb: "studied", score: 88.5, person: { name: "@*******" }, day: "2020-01-02" });
});
test.each(["csv", "xlsx", "ndjson"])("a %s stream that is dropped half-way ends", async (format) => {
  const reader = (await asAdmin(`/admin/records/export?format=${format}`)).body?.getReader();
  await reader?.read();
  await reader?.read();
  await reader?.cancel();
});
test("a page of the ledger costs few rows whatever it holds: with a verb, at most those of one day", async () => {
  const answer = await asAdmin("/admin/records");
  expect(Number(answer.headers.get("x-d1-rows-read"))).toBeLessThan(400);
  const byVerb = await asAdmin("/admin/records?verb=studied&from=2026-11-01");
  expect(Number(byVerb.headers.get("x-d1-rows-read"))).toBeLessThan(2000);
});
test("what is rare is read by its index, by number too, and not by going through the ledger", async () => {
  const rare = await person("李雯", bureau);
  await fact(rare, "考试甲", { verb: passed, object: { kind: "exam", id: "考试甲" }, score: 9000, at: Date.UTC(2021, 4, 2, 3) });
  const object = encodeURIComponent("考试甲");
  for (const path of [
    "/api/v1/records?verb=passed",
    "/api/v1/records?kind=exam",
    `/api/v1/records?kind=exam&object=${object}`,
    "/api/v1/records?from=2021-05-01&to=2021-05-03",
    "/admin/records?kind=exam",
    "/admin/records?verb=passed",
  ]) {
    const answer = await asAdmin(path);
    expect(answer.status).toBe(200);
    expect(Number(answer.headers.get("x-d1-rows-read")), path).toBeLessThan(100);
    expect(await answer.text()).toContain("考试甲");
  }
  const all = await asAdmin("/api/v1/records?verb=studied&limit=100");
  expect(Number(all.headers.get("x-d1-rows-read"))).toBeLessThan(3000);
});

test("the own file says on paper whose it is, and offers what its reader can open", async () => {
  const school = await unit("public-school", "清河区第五中学");
  const who = await person("李雯", school);
  await fact(who, "one");
  const page = await (await client(who))("/records");
  const html = await page.text();
  expect(html).toMatch(/<dl class="facts print-only">.*李雯.*清河区第五中学.*<\/dl>/s);
  expect(html).toContain("format=xlsx");
  expect(html).not.toContain("format=ndjson");
});
