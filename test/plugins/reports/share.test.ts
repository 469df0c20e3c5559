/** A rate belongs to one requirement, and a person counts once in it. */
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { demonstration, type Demonstration } from "../../support/demonstration.ts";

const figure = z.object({
  id: z.string(),
  title: z.string(),
  value: z.int(),
  whole: z.int().nullable(),
  rows: z.string(),
  requirement: z.object({ id: z.string(), name: z.string() }).nullable(),
});
let shown: Demonstration;
const ask = (path: string) => shown.ask(shown.people.find(({ role }) => role === "administrator") ?? null, path);
const shares = async () =>
  z
    .object({ figures: z.array(figure) })
    .parse(await (await ask("/api/v1/reports/annual")).json())
    .figures.filter(({ requirement }) => requirement !== null);
const sat = "sat_at is not null";
/** What each rate is, by hand: its part, and its whole. */
const rates: Readonly<Record<string, readonly [string, string]>> = {
  "requirements.studied-rate": ["slot = 'study' and done_at is not null", "slot = 'study'"],
  "requirements.sat-rate": [sat, "slot = 'exam'"],
  "requirements.passed-rate": [`${sat} and done_at is not null`, sat],
  "requirements.excellent-rate": [`${sat} and done_at is not null and excelled_at is not null`, sat],
  "requirements.pass-of-due": [`${sat} and done_at is not null`, "slot = 'exam'"],
};
const counted = async (id: string, requirement: string) => {
  const [part, whole] = rates[id] ?? ["0", "0"];
  return shown.env.DB.prepare(
    `select count(distinct iif(${whole}, person, null)) as whole, count(distinct iif(${part}, person, null)) as value from kernel_assignment where requirement = ? and ended_at is null and leaves = 0`,
  )
    .bind(requirement)
    .first<{ whole: number; value: number }>();
};

beforeAll(async () => {
  shown = await demonstration();
}, 120_000);

test("the report has a rate for each requirement, of distinct persons", async () => {
  const found = await shares();
  const courses = found.filter(({ id }) => id === "requirements.studied-rate");
  expect(courses.length).toBeGreaterThan(1);
  expect(new Set(courses.map(({ title }) => title)).size).toBe(courses.length);
  for (const { id, requirement, value, whole } of found) {
    expect({ value, whole }).toEqual(await counted(id, requirement?.id ?? ""));
    expect(whole).toBeGreaterThan(0);
  }
  const assignments = await shown.env.DB.prepare("select count(*) as n from kernel_assignment where ended_at is null").first<number>("n");
  const due = found.filter(({ id }) => id === "requirements.studied-rate" || id === "requirements.sat-rate");
  expect(due.reduce((sum, { whole }) => sum + (whole ?? 0), 0)).toBeLessThan(assignments ?? 0);
});
test("its rows are its persons", async () => {
  for (const { rows, whole, value } of await shares()) {
    const keys: string[] = [];
    let parts = 0;
    for (let next: string | undefined = rows; next !== undefined;) {
      const html = await (await ask(next)).text();
      keys.push(...[...html.matchAll(/data-row="([^"]*)"/g)].map((m) => m[1] ?? ""));
      parts += html.match(/data-part="1"/g)?.length ?? 0;
      next = /<a\b[^>]*\brel="next"[^>]*>/
        .exec(html)?.[0]
        .match(/href="([^"]*)"/)?.[1]
        ?.replaceAll("&amp;", "&");
    }
    expect([new Set(keys).size, keys.length, parts]).toEqual([whole, whole, value]);
  }
});
test("which requirement must be said where there are several; what is none is not found", async () => {
  const refused = await ask("/api/v1/figures/requirements.studied-rate");
  expect(refused.status).toBe(422);
  expect(JSON.stringify(await refused.json())).toContain("requirement");
  const [first] = await shares();
  const one = await ask(`/api/v1/figures/${first?.id ?? ""}?requirement=${first?.requirement?.id ?? ""}`);
  expect(figure.parse(await one.json())).toMatchObject({ value: first?.value, whole: first?.whole, title: first?.title });
  expect((await ask("/api/v1/figures/requirements.studied-rate?requirement=01890a5d-ac96-774b-bcce-b302099a8057")).status).toBe(404);
  expect((await ask("/admin/figures/requirements.studied-rate")).status).toBe(422);
});
