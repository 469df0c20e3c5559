/** What is due, in a person's file: whole for the person, within the reach for an officer, for nobody else. */
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { assignmentId, newId, requirementId, type PersonId, type UnitId } from "#kernel";
import { dueOf } from "../../../src/plugins/requirements/service/due.ts";
import { as, person, unit } from "../records/world.ts";

let school: UnitId, kindergarten: UnitId, liwen: PersonId, kindergartens: PersonId, all: PersonId, neighbour: PersonId;
beforeAll(async () => {
  const bureau = await unit("office", "清河区教育局");
  school = await unit("public-school", "清河三中", bureau);
  kindergarten = await unit("private-kindergarten", "晨光幼儿园", bureau);
  liwen = await person("李雯", school);
  neighbour = await person("王芳", school);
  all = await person("赵敏", bureau, { role: "officer" });
  kindergartens = await person("钱学", bureau, { role: "officer", kinds: ["private-kindergarten"] });
  const requirement = newId(requirementId);
  await env.DB.prepare(
    "insert into requirements_requirement (id, name, study_kind, study_object, study_title, kinds, posts, roster, from_day, due_day, state, created_by, created_at) values (?, '规则', 'course', 'c', '课程', null, null, 0, '2026-01-01', '2026-12-31', 'active', ?, 0)",
  )
    .bind(requirement, all)
    .run();
  for (const where of [school, kindergarten])
    await env.DB.prepare(
      "insert into kernel_assignment (id, requirement, kind, object, verb, person, unit, from_day, due_day) values (?, ?, 'course', 'c', 'completed', ?, ?, '2026-01-01', '2026-12-31')",
    )
      .bind(newId(assignmentId), requirement, liwen, where)
      .run();
});
const seenBy = async (who: PersonId) => (await dueOf(await as(who), liwen))?.map((due) => due.unitName).toSorted() ?? null;

test("one's own is whole, an officer's is what the reach holds, a colleague sees nothing", async () => {
  expect(await seenBy(liwen)).toEqual(["晨光幼儿园", "清河三中"].toSorted());
  expect(await seenBy(all)).toHaveLength(2);
  expect(await seenBy(kindergartens)).toEqual(["晨光幼儿园"]);
  expect(await seenBy(neighbour)).toBeNull();
});
