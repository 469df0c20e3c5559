/** Any table of any page, taken whole: what the page shows to its reader, to the end of its list, and a line of the audit. */
import { beforeAll, describe, expect, test } from "vitest";
import { readXlsx } from "hucre/xlsx";
import { demonstration, type Demonstration } from "../support/demonstration.ts";

let shown: Demonstration;
const as = (role: string) => shown.people.find((person) => person.role === role) ?? null;
const ask = (path: string, role = "officer") => shown.ask(as(role), path);
const take = async (path: string, role = "officer") => {
  const answer = await ask(path, role);
  expect([path, answer.status]).toEqual([path, 200]);
  const rows = (await readXlsx(new Uint8Array(await answer.arrayBuffer()))).sheets[0]?.rows ?? [];
  return { title: rows[0]?.[0], lines: rows.slice(1, 5).map(([line]) => String(line)), head: rows[5], rows: rows.slice(6), answer };
};
const entities: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };
const plain = (html: string) =>
  html
    .replace(/<(button|form)\b[\s\S]*?<\/\1>|<a class="btn"[\s\S]*?<\/a>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity)
    .replace(/\s+/g, "");
/** The rows of a page's table and of all pages after it, as a reader sees them. */
const readPages = async (path: string, role = "officer") => {
  const rows: string[][] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const html = await (await ask(next, role)).text();
    const body = /<table data-sheet="1">[\s\S]*?<tbody>([\s\S]*?)<\/tbody>/.exec(html)?.[1] ?? "";
    for (const [, row = ""] of body.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/g))
      rows.push([...row.matchAll(/<td[^>]*>([\s\S]*?)<\/td>/g)].map(([, cell = ""]) => plain(cell)));
    next = /<a\b[^>]*\brel="next"[^>]*>/
      .exec(html)?.[0]
      .match(/href="([^"]*)"/)?.[1]
      ?.replaceAll("&amp;", "&");
  }
  return rows;
};
const squeezed = (rows: readonly (readonly unknown[])[]) => rows.map((row) => row.map((cell) => String(cell ?? "").replace(/\s+/g, "")));
const linkIn = (html: string, n = 1) => new RegExp(`<a href="([^"]*\\bsheet=${n})"`).exec(html)?.[1]?.replaceAll("&amp;", "&") ?? "";

beforeAll(async () => {
  shown = await demonstration();
}, 120_000);

const audited = async () =>
  (
    await shown.env.DB.prepare("select actor, note from kernel_audit where command = 'kernel.export' order by rowid desc").all<{
      actor: string;
      note: string;
    }>()
  ).results;

describe("a file holds the rows of its page, to the end of the list", () => {
  test("people, narrowed to a kind of unit", async () => {
    const page = "/admin/people?kind=training&show=here";
    const file = await take(linkIn(await (await ask(page)).text()));
    const rows = await readPages(page);
    expect(rows.length).toBeGreaterThan(50);
    // The last column holds buttons alone.
    expect(squeezed(file.rows)).toEqual(rows.map((row) => row.slice(0, -1)));
    expect([file.title, file.head]).toEqual(["人员", ["姓名", "单位", "岗位", "手机", "登录号"]]);
    expect(file.lines).toEqual([
      "单位：清河区教育局；范围：全部单位",
      `数据截至：2026年11月24日 10:00；导出人：${as("officer")?.actor.name}`,
      "筛选：机构类别：培训机构；显示：在任",
      "页面：https://xuefa.test/admin/people?kind=training&show=here",
    ]);
    expect(decodeURIComponent(file.answer.headers.get("content-disposition") ?? "")).toContain("人员-2026-11-24.xlsx");
    // One query a page of its list, beside what any page costs, and one line of the audit.
    expect(Number(file.answer.headers.get("x-d1-queries"))).toBeLessThan(rows.length / 50 + 10);
    expect(Number(file.answer.headers.get("x-d1-rows-written"))).toBe(9);
  });
  test("the ledger of a verb: its scores are numbers", async () => {
    const page = "/admin/records?verb=passed";
    // From a later page it is the whole list all the same.
    const later = /href="([^"]*\bafter=[^"]*)"/.exec(await (await ask(page)).text())?.[1]?.replaceAll("&amp;", "&") ?? "";
    const file = await take(linkIn(await (await ask(later)).text()));
    expect(squeezed(file.rows)).toEqual(await readPages(page));
    expect(file.head?.[6]).toBe("成绩");
    expect(new Set(file.rows.map((row) => typeof row[6]))).toEqual(new Set(["number"]));
  });
  test("the people of a requirement", async () => {
    const { id } = (await shown.env.DB.prepare(
      "select requirement as id from kernel_assignment group by requirement order by count(*) desc limit 1",
    ).first<{ id: string }>()) ?? { id: "" };
    const page = `/admin/requirements/${id}/people`;
    const file = await take(linkIn(await (await ask(page)).text()));
    const rows = await readPages(page);
    expect(rows.length).toBeGreaterThan(100);
    expect(squeezed(file.rows)).toEqual(rows);
  });
  test("of several tables of a page, the one that was pressed", async () => {
    const html = await (await ask("/admin/reports/annual")).text();
    const rates = await take(linkIn(html, 3));
    expect(rates.title).toBe("谁执法谁普法年度数据 · 各项学习要求的完成情况");
    expect(rates.rows.length).toBeGreaterThan(1);
    for (const [, , part, whole, rate] of rates.rows)
      expect([typeof part, typeof whole, String(rate).endsWith("%")]).toEqual(["number", "number", true]);
  });
  test("beyond 5,000 rows it is cut, and says so in its last row", async () => {
    const file = await take("/admin/records?sheet=1");
    expect(Number(file.answer.headers.get("x-d1-queries"))).toBeLessThan(900);
    expect(file.rows).toHaveLength(5001);
    expect(file.rows.at(-1)?.[0]).toBe("只有前 5000 行，后面还有。请在页面上用筛选缩小范围，分几次导出。");
  });
});

test("each file leaves one line in the audit: who took what", async () => {
  const before = (await audited()).length;
  await take("/admin/people?show=left&sheet=1");
  const after = await audited();
  expect(after).toHaveLength(before + 1);
  expect(after[0]?.actor).toBe(as("officer")?.actor.person);
  expect(after[0]?.note).toMatch(/^\/admin\/people\?show=left: 人员, \d+$/);
});
test("nobody gets more than the page gives them", async () => {
  const before = (await audited()).length;
  const refused = async (path: string, role: string) => (await ask(path, role)).status;
  expect(await refused("/admin/people?sheet=1", "learner")).toBe(await refused("/admin/people", "learner"));
  expect((await shown.ask(null, "/admin/people?sheet=1")).status).toBe(401);
  expect((await shown.ask(null, "/?sheet=1")).status).toBe(401);
  expect(await refused("/admin/people?sheet=9", "officer")).toBe(404);
  expect(await refused(`/admin/people?sheet=${encodeURIComponent('1"],*')}`, "officer")).toBe(404);
  expect(await audited()).toHaveLength(before);
  for (const role of shown.people.map((person) => person.role))
    for (const page of ["/admin/people?kind=training", "/admin/records?verb=passed", "/unit", "/me"]) {
      const seen = await ask(page, role);
      const html = await seen.text();
      if (!seen.ok || !html.includes("data-sheet")) continue;
      expect([role, page, squeezed((await take(linkIn(html), role)).rows).slice(0, 20)]).toEqual([
        role,
        page,
        (await readPages(page, role)).slice(0, 20).map((row) => (page.startsWith("/admin/people") ? row.slice(0, -1) : row)),
      ]);
    }
});
test("on paper it is the same table, with what it is of above it", async () => {
  const page = "/admin/people?kind=training";
  const answer = await ask(`${page}&sheet=1&print=1`);
  const html = await answer.text();
  expect(answer.headers.get("content-type")).toContain("text/html");
  for (const words of ["单位：清河区教育局；范围：全部单位", "数据截至：2026年11月24日 10:00", "筛选：机构类别：培训机构"])
    expect([words, html.includes(words)]).toEqual([words, true]);
  expect([...html.matchAll(/<tr>/g)].length - 1).toBe((await readPages(page)).length);
  expect(html.includes('@bottom-left{content:"清河区教育局"')).toBe(true);
  expect(linkIn(html)).toBe("");
});
