import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { makeContext, rowsOf } from "#kernel";
import { demonstration, morning } from "../../support/demonstration.ts";

test("the demonstration has a finished exam with retakes, one that is open, and one after a course", async () => {
  const began = performance.now();
  const { app, env, people, ask } = await demonstration();
  const ctx = makeContext({ env, registry: app.registry, now: morning });
  const rows = await rowsOf<{ title: string; attempts: number; people: number; passed: number; excellent: number; certificates: number }>(ctx, sql`select e.title, count(a.id) as attempts, count(distinct a.person) as people, sum(a.passed) as passed, sum(a.excellent) as excellent, count(a.certificate) as certificates from exams_exam e left join exams_attempt a on a.exam = e.id group by e.id order by e.id`);
  console.log(rows, Math.round(performance.now() - began));
  expect(rows).toHaveLength(3);
  for (const row of rows) expect(row.attempts).toBeGreaterThan(10);
  const staff = people.find((p) => p.role === "learner") ?? null;
  for (const path of ["/exams", "/exams/01980000-0000-7000-8000-000000000101", "/exams/01980000-0000-7000-8000-000000000101/result", "/exams/01980000-0000-7000-8000-000000000102"]) {
    const answer = await ask(staff, path);
    expect([path, answer.status]).toEqual([path, 200]);
    console.log(path, (await answer.text()).replace(/<(script|style)[\s\S]*?<\/\1>/g, "").replace(/<[^>]+>/g, " ").replace(/\s+/g, " ").slice(0, 1500));
  }
  const officer = people.find((p) => p.role === "officer") ?? null;
  for (const path of ["/admin/exams", "/admin/exams/01980000-0000-7000-8000-000000000102", "/admin/exams/01980000-0000-7000-8000-000000000102/monitor", "/admin/exams/01980000-0000-7000-8000-000000000101/monitor/01980000-0000-7000-8000-000000000122", "/admin/questions"]) {
    const answer = await ask(path === "/admin/questions" ? (people.find((p) => p.role === "author") ?? null) : officer, path);
    expect([path, answer.status]).toEqual([path, 200]);
    console.log(path, (await answer.text()).replace(/<(script|style)[\s\S]*?<\/\1>/g, "").replace(/<[^>]+>/g, " ").replace(/\s+/g, " ").slice(0, 1200));
  }
});
