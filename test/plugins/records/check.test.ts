/** The nightly check: tallies against the records that they count, counters of what is due against the assignments. */
import { env } from "cloudflare:workers";
import * as fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { assignmentId, commit, newId, record, recordId, requirementId, type PersonId, type RecordId, type UnitId } from "#kernel";
import { checkStep } from "../../../src/plugins/records/service/check.ts";
import { client, fact, now, passed, person, plain, studied, unit } from "./world.ts";

let bureau: UnitId, school: UnitId, other: UnitId, officer: PersonId, liwen: PersonId;
beforeAll(async () => {
  bureau = await unit("office", "清河区教育局");
  school = await unit("public-school", "清河三中", bureau);
  other = await unit("training", "启明星培训学校", bureau);
  officer = await person("周岩", bureau, { role: "officer", unit: bureau });
  liwen = await person("李雯", school);
  await fact(liwen, "a");
});

const differing = async (size: number) => {
  const ctx = plain();
  let cursor: unknown = null;
  for (let steps = 0; steps < 10_000; steps++) {
    const step = await checkStep(ctx, cursor, size);
    if ("result" in step) {
      await commit(ctx, { statements: step.statements ?? [], audit: null });
      return step.result as { rows: number; wrong: number; example: string };
    }
    cursor = step.cursor;
  }
  throw new Error("the check never ends");
};

test("tallies equal rows, whatever was recorded and corrected, and the check finds what does not", async () => {
  const people = [liwen, await person("甲", other), await person("乙", null)];
  const units = [undefined, school, other];
  const act = fc.record({
    who: fc.nat(2),
    verb: fc.nat(1),
    object: fc.nat(2),
    back: fc.nat(800),
    place: fc.nat(2),
    corrects: fc.option(fc.nat(40)),
    void: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
      const written: { id: RecordId; open: boolean }[] = [];
      for (const a of acts) {
        const id = newId(recordId);
        const target = a.corrects === null ? undefined : written[a.corrects];
        const corrects = target?.open === true ? target : undefined;
        const unit = units[a.place];
        const who = people[a.who] ?? liwen;
        await commit(plain(), {
          statements: [
            record({
              id,
              verb: a.verb === 0 ? studied : passed,
              object: { kind: "lesson", id: `p${a.object}` },
              person: who,
              at: now - a.back * 86_400_000,
              once: [id],
              ...(unit ? { unit } : {}),
              ...(corrects ? { corrects: corrects.id, ...(a.void ? { void: true as const } : {}) } : {}),
            }),
          ],
          audit: null,
        });
        if (corrects) corrects.open = false;
        written.push({ id, open: true });
      }
      expect((await differing(7)).wrong).toBe(0);
    }),
    { numRuns: 12 },
  );
  const total = await env.DB.prepare("select count(*) as n from kernel_record").first("n");
  expect(await differing(20_000)).toMatchObject({ rows: total, wrong: 0 });

  await env.DB.prepare(
    "update kernel_tally set count = count + 1 where rowid in (select rowid from kernel_tally where object_id = 'a' limit 1)",
  ).run();
  await env.DB.prepare(
    "insert into kernel_tally (verb, day, unit, object_kind, object_id, count) values ('studied', '2019-01-01', '', 'lesson', 'never', 3)",
  ).run();
  const found = await differing(20_000);
  expect(found.wrong).toBe(2);
  expect(found.example).toContain("lesson/never");
  expect(await env.DB.prepare("select count(*) as n from kernel_audit where command = 'records.tallies-differ'").first("n")).toBe(1);
  expect(await (await (await client(officer))("/admin/records")).text()).toContain("2 处统计与记录对不上");
});

const assign = async (requirement: string, who: PersonId, where: UnitId, object: string) =>
  env.DB.prepare(
    "insert into kernel_assignment (id, requirement, kind, object, verb, person, unit, from_day, due_day) values (?, ?, 'exam', ?, 'passed', ?, ?, '2026-01-01', '2026-12-31')",
  )
    .bind(newId(assignmentId), requirement, object, who, where)
    .run();

test("the check finds a counter of assignments that was made wrong: of a unit, of all, or of what is done", async () => {
  await env.DB.prepare("delete from kernel_tally where object_id = 'never'").run();
  await env.DB.prepare("update kernel_tally set count = 1 where object_id = 'a'").run();
  const requirement = newId(requirementId);
  for (const who of [liwen, await person("甲", school)]) await assign(requirement, who, school, "k");
  await assign(requirement, await person("乙", other), other, "k");
  await fact(liwen, "k", { verb: passed, object: { kind: "exam", id: "k" }, score: 9000 });
  const of = async (size: number, sql: string, back: string) => {
    await env.DB.prepare(sql).bind(requirement).run();
    const { wrong, example } = await differing(size);
    await env.DB.prepare(back).bind(requirement).run();
    return { wrong, example };
  };
  for (const size of [1, 2, 20_000]) {
    expect((await differing(size)).wrong).toBe(0);
    const wrong = await of(
      size,
      "update kernel_due set whole = whole + 1 where requirement = ? and unit <> '' and whole = 2",
      "update kernel_due set whole = whole - 1 where requirement = ? and unit <> '' and whole = 3",
    );
    expect(wrong.wrong).toBe(1);
    expect(wrong.example).toContain(requirement);
    expect(
      await of(
        size,
        "update kernel_due set part = part + 1 where requirement = ? and unit = ''",
        "update kernel_due set part = part - 1 where requirement = ? and unit = ''",
      ),
    ).toMatchObject({ wrong: 1 });
    expect(
      await of(
        size,
        "update kernel_assignment set done_at = 1, sat_at = 1 where requirement = ? and done_at is null and unit = (select max(unit) from kernel_assignment)",
        "update kernel_assignment set done_at = null, sat_at = null where requirement = ? and done_at = 1",
      ),
    ).toMatchObject({ wrong: 1 });
  }
  await env.DB.prepare("delete from kernel_due where requirement = ? and unit <> ''").bind(requirement).run();
  expect((await differing(2)).wrong).toBe(2);
  expect(await (await (await client(officer))("/admin/records")).text()).toContain("2 处统计与记录对不上");
});
