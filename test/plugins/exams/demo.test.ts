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
      from exams_exam e left join exams_attempt a on a.exam = e.id where e.origin = 'own' group by e.id order by e.id`,
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
    sql`select sum(verb = 'sat') as sat, sum(verb = 'passed') as passed from kernel_record where object_kind = 'exam' and source = 'own'`,
  );
  expect(records).toEqual({ sat: rows.reduce((sum, r) => sum + r.attempts, 0), passed: rows.reduce((sum, r) => sum + r.passed, 0) });
  const as = (role: string) => people.find((p) => p.role === role) ?? null;
  const result = await (await ask(as("learner"), demo.paths?.["/exams/:exam/result"] ?? "")).text();
  expect(result).toContain("85");
  expect(result).toContain("答卷回顾");
  // A year of certificates; one was taken back, with a reason, as an officer does.
  const states = await rowsOf<{ state: string; n: number; months: number }>(
    ctx,
    sql`select state, count(*) as n, count(distinct strftime('%m', issued_at / 1000, 'unixepoch')) as months from certificates_certificate group by state order by state`,
  );
  expect(states.map(({ state }) => state)).toEqual(["revoked", "superseded", "valid"]);
  expect([states[0]?.n, (states[2]?.n ?? 0) > 100, (states[2]?.months ?? 0) >= 3]).toEqual([1, true, true]);
  const [taken] = await rowsOf<{ number: string; reason: string; note: string; records: number }>(
    ctx,
    sql`select c.number, c.reason, a.note, (select count(*) from kernel_record r where r.verb = 'certificate-revoked' and r.object_id = c.number) as records
      from certificates_certificate c join kernel_audit a on a.object_id = c.number and a.command = 'certificates.revoke' where c.state = 'revoked'`,
  );
  expect(taken).toMatchObject({ reason: "经核查，该次考试由他人代考，成绩无效", note: "经核查，该次考试由他人代考，成绩无效", records: 1 });
  const number = taken?.number ?? "";
  expect(await (await ask(null, `/verify/${number}`)).text()).toContain("已撤销");
  expect(await (await ask(null, `/api/v1/certificates/${number}`)).json()).toMatchObject({ status: "revoked" });
  const listed = await (await ask(as("officer"), "/admin/certificates?state=revoked")).text();
  expect(listed).toContain(number);
  expect(await (await ask(as("officer"), `/certificates/${number}`)).text()).toContain("代考");
  for (const [route, path] of Object.entries(demo.paths ?? {}))
    expect([path, (await ask(as(route.startsWith("/admin") ? "officer" : "learner"), path)).status]).toEqual([path, 200]);
}, 120_000);
