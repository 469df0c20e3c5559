/** What begins or ends by itself is settled at night; a rule goes on when the next period begins. */
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { commit, startOfDay, type Day, type JobId } from "#kernel";
import { app } from "../../../src/worker.ts";
import { settlePeople } from "../../../src/plugins/requirements/store-rules.ts";
import { person, unit } from "../people/world.ts";
import { openOf, rule } from "./world.ts";

/** The night's run as it is on a day: all that the clock starts then. */
const night = (on: string) =>
  app.scheduled(
    { cron: "17 19 * * *", scheduledTime: startOfDay(on as Day, "Asia/Shanghai") + 4 * 3_600_000, noRetry: () => undefined },
    env,
    {} as ExecutionContext,
  );
const has = async (id: Awaited<ReturnType<typeof rule>>, who: string) => (await openOf(id)).some((a) => a.person === who);

test("a position, a mark or a status dated ahead brings and takes the assignment on its day, also when nights were missed", async () => {
  const bureau = await unit("清河区教育局", "office", null);
  const school = await unit("清河三中", "public-school", bureau);
  const closed = await unit("停办小学", "public-school", bureau);
  const [everybody, roster] = [await rule({ due: "2027-06-30" as Day }), await rule({ roster: true, due: "2027-06-30" as Day })];
  const ahead = await person(school, { from: "2026-12-03" });
  const marked = await person(school);
  await env.DB.prepare("insert into kernel_roster_mark (person, from_day) values (?, '2026-12-05')").bind(marked.id).run();
  const there = await person(closed);
  await night("2026-11-24");
  await env.DB.prepare(
    "insert into kernel_unit_status (unit, from_day, status) values (?, '2026-12-10', 'paused'), (?, '2026-12-20', 'open')",
  )
    .bind(closed, closed)
    .run();
  // Settled as of the day before, whatever is dated ahead.
  await night("2026-12-02");
  expect([await has(everybody, ahead.id), await has(roster, marked.id)]).toEqual([false, false]);
  await night("2026-12-03");
  expect([await has(everybody, ahead.id), await has(roster, marked.id)]).toEqual([true, false]);
  // Nights were missed.
  await night("2026-12-09");
  expect(await has(roster, marked.id)).toBe(true);
  await env.DB.prepare("update kernel_position set until_day = '2026-12-12' where person = ?").bind(ahead.id).run();
  const ctx = app.context(env, startOfDay("2026-12-09" as Day, "Asia/Shanghai"));
  await commit(ctx, { statements: [settlePeople(ctx, [there.id])], audit: null });
  expect(await has(everybody, there.id)).toBe(true);
  await night("2026-12-14");
  expect([await has(everybody, there.id), await has(everybody, ahead.id)]).toEqual([false, false]);
  await night("2026-12-21");
  expect(await has(everybody, there.id)).toBe(true);
});

test("a rule that repeats goes on when its period begins, once: a course at once, an exam as a draft", async () => {
  const bureau = await unit("局", "office", null);
  const who = await person(bureau);
  const course = await rule({ name: "2026年学法", unit: bureau, repeats: true, tookTo: "2024-02-29" as Day });
  const exam = await rule({ name: "2026年考试", unit: bureau, repeats: true, exam: "e", examTitle: "2026年度考试" });
  const school = await rule({
    name: "学年",
    unit: bureau,
    repeats: true,
    period: "school",
    year: 2026,
    from: "2026-09-01" as Day,
    due: "2027-08-31" as Day,
  });
  const followers = async (of: string) =>
    (
      await env.DB.prepare(
        "select id, name, state, job, year, from_day, due_day, took_to, exam, study_object from requirements_requirement where follows = ?",
      )
        .bind(of)
        .all<Record<string, string> & { id: typeof course; job: JobId }>()
    ).results;
  await night("2026-12-31");
  expect(await followers(course)).toEqual([]);
  await night("2027-01-01");
  await night("2027-01-02");
  const [next, ...more] = await followers(course);
  expect(more).toEqual([]);
  expect(next).toMatchObject({
    name: "2027年学法",
    state: "active",
    year: 2027,
    from_day: "2027-01-01",
    due_day: "2027-12-31",
    took_to: "2025-02-28",
  });
  expect((await openOf(next?.id ?? course)).map((a) => a.person)).toEqual([who.id]);
  expect(await followers(exam)).toMatchObject([{ name: "2027年考试", state: "draft", exam: null, study_object: "c" }]);
  expect(await followers(school)).toEqual([]);
  await night("2027-09-01");
  expect(await followers(school)).toMatchObject([{ year: 2027, from_day: "2027-09-01", due_day: "2028-08-31" }]);
});
