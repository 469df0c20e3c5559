/** A rule is switched on for 20,000 people while the power goes again and again: everybody is hit once, and the counts are right. */
import { setTimeout as sleep } from "node:timers/promises";
import { v7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { changeD1, inD1 } from "./disk.ts";
import { mortal, type Mortal } from "./mortal.ts";

const crowd = 20_000;
const kills = 4;
const rule = v7();

let server: Mortal;
beforeAll(async () => {
  server = await mortal();
  await server.stop();
  // Written into the file, since an import of so many is tried elsewhere: what is tried here is the job.
  changeD1(server.state, (change) => {
    change(
      `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${crowd})
       insert into kernel_person (id, login, name, created_at) select printf('00000000-0000-7000-8000-%012d', i), printf('9%07d', i), '人员' || i, 0 from n`,
    );
    change(
      `insert into kernel_position (id, person, unit, nature, post, from_day, main)
       select replace(id, '-7000-', '-7001-'), id, (select unit from kernel_position limit 1), 'personnel', 'teaching', '2020-01-01', 1 from kernel_person where created_at = 0 and name like '人员%'`,
    );
    change(
      `insert into requirements_requirement (id, name, study_kind, study_object, study_title, exam, exam_title, roster, year, from_day, due_day, state, created_by, created_at)
       select ?, '全员学法', 'course', c.id, '课程', e.id, e.title, 0, '2026', '2026-01-01', '2099-12-31', 'draft', p.id, 0
       from (select id from courses_course limit 1) c, (select id, title from exams_exam limit 1) e, (select id from kernel_person limit 1) p`,
      rule,
    );
  });
  await server.revive();
});
afterAll(() => server[Symbol.asyncDispose]());

const progress = () =>
  inD1(server.state, (ask) => {
    const [job] = ask(
      "select j.state, j.done, j.total from requirements_requirement r join kernel_job j on j.id = r.job where r.id = ?",
      rule,
    );
    return { state: String(job?.["state"]), done: Number(job?.["done"]), total: Number(job?.["total"]) };
  });

test(`${crowd} people, ${kills} kills`, { timeout: 180_000 }, async () => {
  const answer = await fetch(`${server.access.url}/admin/requirements/${rule}/activate`, {
    method: "POST",
    redirect: "manual",
    headers: { authorization: `Bearer ${server.access.token}`, "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ id: rule }),
  });
  expect(answer.status).toBe(303);
  const seen: number[] = [];
  let up: Promise<unknown> = Promise.resolve();
  for (let killed = 0; killed < kills; killed++) {
    const before = seen.at(-1) ?? 0;
    const further = before + 1000 + Math.random() * 3000;
    for (const end = Date.now() + 60_000; progress().done < further; await sleep(10))
      if (Date.now() > end) throw new Error(`stands still: ${JSON.stringify(progress())}`);
    await sleep(Math.random() * 60);
    await server.kill();
    await up;
    const { done, total } = progress();
    expect(done).toBeGreaterThan(before);
    expect(total).toBeGreaterThan(crowd);
    seen.push(done);
    // As though a minute had passed in the dark: a step that died holds its lease so long.
    changeD1(server.state, (change) => change("update kernel_job set lease_until = 0 where state = 'running'"));
    // It goes on while it starts, and may be killed then.
    up = server.revive().catch(() => undefined);
  }
  await up;
  for (const end = Date.now() + 90_000; progress().state !== "done"; await sleep(200))
    if (Date.now() > end) throw new Error(`not done: ${JSON.stringify(progress())}`);
  console.warn(`a rule for ${progress().done} people; killed when it had come to ${seen.join(", ")}`);
  expect(seen.every((done) => done < progress().total)).toBe(true);
  await server.stop();
  inD1(server.state, (ask) => {
    expect(
      ask(
        "select count(*) as rows, count(distinct person) as people from kernel_assignment where requirement = ? and ended_at is null and slot = 'study' and person like '00000000-0000-7000-%'",
        rule,
      ),
    ).toEqual([{ rows: crowd, people: crowd }]);
    for (const slot of ["study", "exam"])
      expect(ask("select whole from kernel_due where requirement = ? and unit = '' and slot = ?", rule, slot)).toEqual(
        ask(
          "select count(distinct person) as whole from kernel_assignment where requirement = ? and ended_at is null and leaves = 0 and slot = ?",
          rule,
          slot,
        ),
      );
  });
});
