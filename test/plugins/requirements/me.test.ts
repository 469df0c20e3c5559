/** What stands on /me: overdue first, lessons by their next one, and nothing that one need not do. */
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { addDays, type PersonId, type UnitId } from "#kernel";
import { dueOf, myDue } from "../../../src/plugins/requirements/service/due.ts";
import { person, unit } from "../people/world.ts";
import { as, assign, password, requirement, signedIn, today } from "./world-due.ts";

let school: UnitId;
let officer: { id: PersonId; login: string };
beforeAll(async () => {
  const bureau = await unit("清河区教育局", "office", null);
  school = await unit("清河三中", "public-school", bureau);
  officer = await person(bureau, { grant: "administrator", password });
});
const sitting = async (exam: string, closes: number) => {
  await env.DB.prepare(
    "insert into exams_sitting (id, exam, title, opens_at, closes_at, minutes, tries, pass, excellent, counts, who, after, pledge, shuffle, per_page, review, shards, due, revision, published_at) values (?1, ?1, '场次', 0, ?2, 30, 1, 6000, 9000, 'best', ?3, '{}', 1, '{}', 1, '{}', 1, 0, 1, 1)",
  )
    .bind(exam, closes, JSON.stringify({ kinds: [], posts: [], areas: null, categories: [], roster: false, assigned: false }))
    .run();
};
test("what is overdue comes first; an exam that is over, one that one is excused from, and an exemption are not due", async () => {
  const liwen = await person(school, { name: "李雯", password });
  const [past, coming] = ["exam-past", "exam-coming"];
  await sitting(past, Date.now() - 86_400_000);
  await sitting(coming, Date.now() + 86_400_000);
  const make = (name: string, exam: string) => requirement(name, officer.id, { course: null, exam });
  await assign(await make("来日", coming), "exam", liwen.id, school, { object: coming, due: addDays(today, 3) });
  await assign(await make("过期", past), "exam", liwen.id, school, { object: past, due: addDays(today, -3) });
  await assign(await make("免考", "exam-exempt"), "exam", liwen.id, school, { object: "exam-exempt", excuse: "exempt", leaves: true });
  await assign(await make("缓考", "exam-deferred"), "exam", liwen.id, school, {
    object: "exam-deferred",
    excuse: "deferred",
    due: addDays(today, 40),
  });
  await assign(await requirement("迟了", officer.id, { exam: null }), "study", liwen.id, school, { due: addDays(today, -4) });
  const ctx = await as(liwen.id);
  expect((await myDue(ctx)).rows.map(({ name }) => name)).toEqual(["迟了", "来日", "缓考"]);
  expect(await dueOf(ctx, liwen.id)).toHaveLength(5);
  const html = await (await (await signedIn(liwen)).get("/me")).text();
  expect(html.indexOf("已逾期 4 天")).toBeLessThan(html.indexOf("还有 3 天"));
  expect(html).toContain("还有 40 天");
});
