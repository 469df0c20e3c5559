/** Figures of the demonstration, narrowed by kind, category, post and source: the API, the page with its rows, and the breakdown say the same. */
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { figures } from "../../../src/plugins/reports/figures.ts";
import { demonstration, type Demonstration } from "../../support/demonstration.ts";

const answer = z.object({ value: z.int(), whole: z.int().nullable(), rows: z.string() });
let shown: Demonstration;
const ask = (path: string) => shown.ask(shown.people.find(({ role }) => role === "administrator") ?? null, path);
const figure = async (id: string, query = "") => answer.parse(await (await ask(`/api/v1/figures/${id}?${query}`)).json());
/** Rows behind a number, page by page. */
const rowsAt = async (path: string): Promise<string[]> => {
  const keys: string[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const html = await (await ask(next)).text();
    keys.push(...[...html.matchAll(/data-row="([^"]*)"/g)].map((m) => m[1] ?? ""));
    next = /<a\b[^>]*\brel="next"[^>]*>/
      .exec(html)?.[0]
      .match(/href="([^"]*)"/)?.[1]
      ?.replaceAll("&amp;", "&");
  }
  return keys;
};
const sql = async (query: string) => (await shown.env.DB.prepare(query).first<number>("n")) ?? -1;
const standing =
  "from kernel_record r where r.day between '2026-01-01' and '2026-12-31' and r.void = 0 and not exists (select 1 from kernel_record c where c.corrects = r.id)";

beforeAll(async () => {
  shown = await demonstration();
}, 120_000);

test("at least 25 figures are counted, each with a definition of its own", () => {
  expect(figures.length).toBeGreaterThan(25);
  expect(new Set(figures.map(({ words }) => words.definition.zh)).size).toBe(figures.length);
  expect(new Set(figures.map(({ words }) => words.title.zh)).size).toBe(figures.length);
});
test("a number narrowed in any way is what SQL counts, and has as many rows", async () => {
  const cases = [
    [
      "reports.learners",
      "categories=civil-servant&categories=reference-civil-servant",
      "count(distinct person)",
      "verb = 'completed' and exists (select 1 from kernel_person p where p.id = r.person and p.category in ('civil-servant', 'reference-civil-servant'))",
    ],
    [
      "reports.courses-completed",
      "posts=principal",
      "count(*)",
      "verb = 'completed' and exists (select 1 from kernel_position p where p.id = r.position and p.post = 'principal')",
    ],
    [
      "reports.heads-trained",
      "kinds=training",
      "count(distinct person)",
      "verb = 'completed' and exists (select 1 from kernel_position p where p.id = r.position and p.post = 'principal') and exists (select 1 from kernel_unit u where u.id = r.unit and u.kind = 'training')",
    ],
    [
      "reports.units-sat",
      "kinds=office&source=own",
      "count(distinct unit)",
      "verb = 'sat' and source = 'own' and exists (select 1 from kernel_unit u where u.id = r.unit and u.kind = 'office')",
    ],
    [
      "reports.exams-passed",
      "kinds=office&categories=civil-servant&posts=bureau-staff",
      "count(*)",
      "verb = 'passed' and exists (select 1 from kernel_unit u where u.id = r.unit and u.kind = 'office') and exists (select 1 from kernel_person p where p.id = r.person and p.category = 'civil-servant') and exists (select 1 from kernel_position p where p.id = r.position and p.post = 'bureau-staff')",
    ],
    ["reports.outside-sat", "", "count(*)", "verb = 'sat' and source = 'external'"],
  ] as const;
  for (const [id, query, counted, where] of cases) {
    const { value, rows } = await figure(id, query);
    expect(value, `${id} ${query}`).toBe(await sql(`select ${counted} as n ${standing} and ${where}`));
    const keys = await rowsAt(rows);
    expect([keys.length, new Set(keys).size], rows).toEqual([value, value]);
  }
}, 60_000);
test("heads are counted as people and as units apart", async () => {
  const people = (await figure("reports.heads-trained")).value;
  const units = (await figure("reports.head-units")).value;
  expect(people).toBeGreaterThan(0);
  expect(units).toBeGreaterThanOrEqual((await figure("reports.institutions-trained")).value);
  expect((await figure("reports.new-private-trained")).value).toBeLessThanOrEqual(units);
});
test("a rate is not narrowed by whom; a value that there is not is refused", async () => {
  expect((await ask("/api/v1/figures/requirements.studied-rate?posts=principal")).status).toBe(422);
  expect((await ask("/api/v1/figures/reports.learners?posts=king")).status).toBe(422);
  expect((await ask("/api/v1/figures/reports.learners?post=principal")).status).toBe(422);
  expect((await ask("/admin/reports/breakdown?by=star")).status).toBe(422);
  expect((await ask("/admin/reports/breakdown?figure=reports.no-such")).status).toBe(404);
});
test.each(["kind", "category", "post", "lesson"])(
  "each number of the breakdown by %s opens to as many rows",
  async (by) => {
    const html = await (await ask(`/admin/reports/breakdown?by=${by}`)).text();
    const links = [...html.matchAll(/<a\b[^>]*class="fig"[^>]*href="([^"]*)"[^>]*>(\d+)/g)];
    expect(links.length).toBeGreaterThan(8);
    // One of each column, and the last: the total.
    for (const [, href = "", number] of [...links.slice(0, 8), ...links.slice(-1)])
      expect((await rowsAt(href.replaceAll("&amp;", "&"))).length, href).toBe(Number(number));
  },
  60_000,
);
test("groups of records add up to their total, and so do categories of people", async () => {
  for (const [by, id] of [
    ["kind", "reports.exams-sat"],
    ["post", "reports.lessons-studied"],
    ["category", "reports.learners"],
  ] as const) {
    const html = await (await ask(`/admin/reports/breakdown?by=${by}&figure=${id}`)).text();
    const numbers = [...html.matchAll(/class="fig"[^>]*>(\d+)/g)].map(([, n]) => Number(n));
    const total = numbers.pop();
    expect(numbers.reduce((sum, n) => sum + n, 0)).toBe(total);
    expect(total).toBe((await figure(id)).value);
  }
});
