import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { makeContext, rowsOf } from "#kernel";
import { demo } from "../../../src/plugins/exams/demo.ts";
import { demonstration, morning } from "../../support/demonstration.ts";

test("the demonstration has an exam that is over with retakes and failures, one that is open, and one after a course", async () => {
  const { app, env, people, ask } = await demonstration();
  const ctx = makeContext({ env, registry: app.registry, now: morning });
  const rows = await rowsOf<{ attempts: number; people: number; passed: number; excellent: number; again: number }>(
    ctx,
    sql`select count(a.id) as attempts, count(distinct a.person) as people, sum(a.passed) as passed, sum(a.excellent) as excellent, sum(a.n > 1) as again
      from exams_exam e left join exams_attempt a on a.exam = e.id group by e.id order by e.id`,
  );
  expect(rows).toHaveLength(3);
  for (const row of rows) {
    expect(row.attempts).toBeGreaterThan(10);
    expect(row.passed).toBeLessThan(row.attempts);
    expect(row.excellent).toBeGreaterThan(0);
    expect(row.again).toBeGreaterThan(0);
  }
  const [records] = await rowsOf<{ sat: number; passed: number }>(
    ctx,
    sql`select sum(verb = 'sat') as sat, sum(verb = 'passed') as passed from kernel_record where object_kind = 'exam'`,
  );
  expect(records).toEqual({ sat: rows.reduce((sum, r) => sum + r.attempts, 0), passed: rows.reduce((sum, r) => sum + r.passed, 0) });
  const as = (role: string) => people.find((p) => p.role === role) ?? null;
  const result = await (await ask(as("learner"), demo.paths?.["/exams/:exam/result"] ?? "")).text();
  expect(result).toContain("85");
  expect(result).toContain("答卷回顾");
  for (const [route, path] of Object.entries(demo.paths ?? {}))
    expect([path, (await ask(as(route.startsWith("/admin") ? "officer" : "learner"), path)).status]).toEqual([path, 200]);
}, 120_000);
