/** A unit closes, opens again, moves and becomes of another kind: what is due to its people comes and goes with it. */
import { expect, test } from "vitest";
import { commit, run, startOfDay, type Context, type Day } from "#kernel";
import { sql } from "drizzle-orm";
import { unitChanged } from "#plugins/people";
import { moveUnder, putStatus } from "../../../src/plugins/people/store-units.ts";
import { assignByRule } from "../../../src/plugins/requirements/store-rules.ts";
import { person, unit } from "../people/world.ts";
import { at, openOf, rule } from "./world.ts";

const on = (day: string): Context => at(startOfDay(day as Day, "Asia/Shanghai") + 4 * 3_600_000);
const world = async () => {
  const bureau = await unit("清河区教育局", "office", null);
  const school = await unit("清河三中", "public-school", bureau);
  return { bureau, school, teacher: await person(school) };
};
const asks = async (given: Parameters<typeof rule>[0], day: string) => {
  const id = await rule(given);
  await commit(on(day), { statements: [assignByRule(on(day), id, "", "~")], audit: null });
  return id;
};

test("a school that closes in June releases what is not due yet, and has it again when it opens before the deadline", async () => {
  const { bureau, school, teacher } = await world();
  const due = async (id: Awaited<ReturnType<typeof rule>>) => (await openOf(id)).some((a) => a.person === teacher.id);
  const [late, early] = [await asks({ unit: bureau }, "2026-05-01"), await asks({ unit: bureau, due: "2026-05-31" as Day }, "2026-05-01")];
  const set = (status: "open" | "paused", since: string) =>
    commit(on(since), {
      statements: putStatus(on(since), school, since as Day, status),
      signals: [unitChanged({ unit: school, below: false })],
      audit: null,
    });
  await set("paused", "2026-06-10");
  // What was due in May stays, and counts.
  expect([await due(late), await due(early)]).toEqual([false, true]);
  await set("open", "2026-09-01");
  expect([await due(late), await due(early)]).toEqual([true, true]);
});
test("a school that was closed on the due day owes nothing by it when it opens later", async () => {
  const { bureau, school } = await world();
  const june = await asks({ unit: bureau, kinds: ["public-school"], due: "2026-06-30" as Day }, "2026-05-01");
  expect(await openOf(june)).toHaveLength(1);
  for (const [status, since] of [
    ["paused", "2026-06-10"],
    ["open", "2026-09-01"],
  ] as const)
    for (let twice = 0; twice < 2; twice++)
      await commit(on(since), {
        statements: putStatus(on(since), school, since as Day, status),
        signals: [unitChanged({ unit: school, below: false })],
        audit: null,
      });
  expect(await openOf(june)).toEqual([]);
});
test("a unit moved below or away, or of another kind, with all below it", async () => {
  const { bureau, school } = await world();
  const group = await unit("教育集团", "office", bureau);
  const branch = await unit("三中分校", "public-school", school);
  await person(branch);
  const [below, schools] = [
    await asks({ unit: group }, "2026-11-24"),
    await asks({ unit: bureau, kinds: ["public-school"] }, "2026-11-24"),
  ];
  const move = (to: typeof group) =>
    commit(at(), { statements: moveUnder(at(), school, to), signals: [unitChanged({ unit: school, below: true })], audit: null });
  expect([(await openOf(below)).length, (await openOf(schools)).length]).toEqual([0, 2]);
  await move(group);
  expect((await openOf(below)).map((a) => a.unit).toSorted()).toEqual([school, branch].toSorted());
  await move(bureau);
  expect(await openOf(below)).toEqual([]);
  await commit(at(), {
    statements: [run(sql`update kernel_unit set kind = 'private-school' where id = ${school}`)],
    signals: [unitChanged({ unit: school, below: false })],
    audit: null,
  });
  expect((await openOf(schools)).map((a) => a.unit)).toEqual([branch]);
});
