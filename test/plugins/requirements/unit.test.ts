/** Who of a head's institutions is behind: one line a person, with whom to call and what to send; and the file to print. */
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { assignmentId, newId, positionId, requirementId, type PersonId, type UnitId } from "#kernel";
import { browser, person, unit } from "../people/world.ts";

const password = "correct-horse-9";
let places: UnitId[], head: { id: PersonId; login: string }, other: UnitId;
beforeAll(async () => {
  const bureau = await unit("清河区教育局", "office", null);
  places = await Promise.all(["启明一部", "启明二部", "启明三部"].map((name) => unit(name, "training", bureau)));
  other = await unit("别家机构", "training", bureau);
  const [first = other] = places;
  head = await person(first, { name: "孙校长", post: "principal", password });
  const teacher = await person(first, { name: "李雯", post: "teaching", phone: "15400001111" });
  const stranger = await person(other, { name: "外人甲", post: "teaching" });
  for (const [n, place] of places.slice(1).entries())
    for (const [who, post] of [
      [head, "principal"],
      [teacher, "teaching"],
    ] as const)
      await env.DB.prepare(
        "insert into kernel_position (id, person, unit, nature, post, from_day, main, unconfirmed) values (?, ?, ?, 'part-time', ?, ?, 0, 0)",
      )
        .bind(newId(positionId), who.id, place, post, `2020-02-0${n + 1}`)
        .run();
  const requirement = newId(requirementId);
  await env.DB.prepare(
    "insert into requirements_requirement (id, name, study_kind, study_object, study_title, kinds, posts, roster, from_day, due_day, state, created_by, created_at) values (?, '规则', 'course', 'c', '依法办学', null, null, 0, '2026-01-01', '2099-12-31', 'active', ?, 0)",
  )
    .bind(requirement, head.id)
    .run();
  for (const [who, at] of [...places.map((place) => [teacher.id, place] as const), [stranger.id, other] as const])
    await env.DB.prepare(
      "insert into kernel_assignment (id, requirement, kind, object, verb, person, unit, from_day, due_day) values (?, ?, 'course', 'c', 'completed', ?, ?, '2026-01-01', '2099-12-31')",
    )
      .bind(newId(assignmentId), requirement, who, at)
      .run();
});
const asHead = async (path: string) => {
  const b = browser();
  await b.post("/sign-in", { username: head.login, password });
  return (await b.get(path)).text();
};
test("a person of three institutions is one line with three labels, a phone, a link and a reminder", async () => {
  const html = await asHead("/unit");
  const sheet = html.slice(html.indexOf('id="behind"'));
  expect(sheet.match(/<b>李雯<\/b>/g)).toHaveLength(1);
  for (const words of ["启明一部", "启明二部", "启明三部", "15400001111", "依法办学", "/link", "/remind?people=", "1 人"])
    expect(sheet).toContain(words);
  expect(html).not.toContain("外人甲");
});
test("the file to print names each unit, its day, and its people with what is done", async () => {
  const html = await asHead("/unit/file");
  expect(html.match(/<h2>启明[一二三]部，截至\d{4}年/g)).toHaveLength(3);
  expect(html.match(/<td>李雯<\/td>/g)).toHaveLength(3);
  expect(html).not.toContain("外人甲");
});
test("who has done one thing and owes another is behind alone, in no list of those who are done", async () => {
  const [first = other] = places;
  const both = await person(first, { name: "半途者", post: "teaching" });
  for (const [object, done] of [
    ["c", null],
    ["d", 1],
  ] as const) {
    const requirement = newId(requirementId);
    await env.DB.prepare(
      "insert into requirements_requirement (id, name, study_kind, study_object, study_title, kinds, posts, roster, from_day, due_day, state, created_by, created_at) values (?, '规则', 'course', ?2, '依法办学', null, null, 0, '2026-01-01', '2099-12-31', 'active', ?, 0)",
    )
      .bind(requirement, object, head.id)
      .run();
    await env.DB.prepare(
      "insert into kernel_assignment (id, requirement, kind, object, verb, person, unit, from_day, due_day, done_at) values (?, ?, 'course', ?, 'completed', ?, ?, '2026-01-01', '2099-12-31', ?)",
    )
      .bind(newId(assignmentId), requirement, object, both.id, first, done)
      .run();
  }
  expect((await asHead("/unit")).match(/<b>半途者<\/b>/g)).toHaveLength(1);
});
