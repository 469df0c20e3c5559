import { env } from "cloudflare:workers";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import {
  catalogue,
  commit,
  count,
  evidence,
  makeContext,
  measure,
  newId,
  personId,
  positionId,
  record,
  recordId,
  registryOf,
  rowsOf,
  run,
  unitId,
  verb,
  type Day,
} from "#kernel";

const words = catalogue("test", { studied: ["学习", "studied"] });
const studied = verb("studied", { iri: "https://example.org/studied", words: words.studied });
const registry = registryOf([{ id: "test", verbs: [studied] }]);
const now = Date.UTC(2026, 10, 24, 4);
const world = async () => {
  const ctx = makeContext({ env, registry, now });
  const unit = newId(unitId);
  const person = newId(personId);
  await commit(ctx, {
    statements: [
      run(sql`insert into kernel_unit (id, kind, name, status, created_at) values (${unit}, 'office', '法规科', 'open', ${now})`),
      run(sql`insert into kernel_person (id, login, name, created_at) values (${person}, ${person.slice(-10)}, '李雯', ${now})`),
      run(
        sql`insert into kernel_position (id, person, unit, nature, post, from_day) values (${newId(personId)}, ${person}, ${unit}, 'personnel', 'bureau-staff', '2020-01-01')`,
      ),
    ],
    audit: null,
  });
  return { ctx, unit, person };
};
const fact = (person: Parameters<typeof record>[0]["person"], id: string) =>
  record({ verb: studied, object: { kind: "lesson", id }, person, once: [id, person] });
const everything = { all: true, areas: [] };
const year = { from: "2026-01-01" as Day, to: "2026-12-31" as Day, reach: everything };

test("a fact recorded twice counts once, and nothing else of the second commit is written", async () => {
  const { ctx, person, unit } = await world();
  expect(await commit(ctx, { statements: [fact(person, "a")], audit: { command: "test.study" } })).toBe("done");
  expect(
    await commit(ctx, {
      statements: [fact(person, "a"), run(sql`update kernel_unit set name = 'x' where id = ${unit}`)],
      audit: { command: "test.study" },
    }),
  ).toBe("again");
  expect(await rowsOf(ctx, sql`select name from kernel_unit where id = ${unit}`)).toEqual([{ name: "法规科" }]);
  expect(await rowsOf(ctx, sql`select unit from kernel_record where person = ${person}`)).toEqual([{ unit }]);
});

test("a record is refused every way of being changed", async () => {
  const { ctx, person } = await world();
  const id = newId(recordId);
  await commit(ctx, {
    statements: [record({ id, verb: studied, object: { kind: "lesson", id: "b" }, person, once: ["b", person] })],
    audit: null,
  });
  const columns = "(id, verb, object_kind, object_id, at, day, recorded_at, source, once, void, salt, leaf)";
  const values = `('${id}', 'forged', 'lesson', 'b', 1, '2026-01-01', 1, 'own', 'other', 0, '', '')`;
  for (const attack of [
    `update kernel_record set score = 1 where id = '${id}'`,
    `delete from kernel_record where id = '${id}'`,
    `insert or replace into kernel_record ${columns} values ${values}`,
    `insert or ignore into kernel_record ${columns} values ${values}`,
    `insert into kernel_record ${columns} values ${values} on conflict (id) do update set verb = 'forged'`,
    `insert or replace into kernel_record (seq, ${columns.slice(1)} select seq, 'x', 'forged', 'lesson', 'b', 1, '2026-01-01', 1, 'own', 'other2', 0, '', '' from kernel_record where id = '${id}'`,
  ])
    await expect(env.DB.prepare(attack).run(), attack).rejects.toThrow();
  expect(await rowsOf(ctx, sql`select verb from kernel_record where id = ${id}`)).toEqual([{ verb: "studied" }]);
});

test("a figure's number equals its rows, before and after a correction", async () => {
  const { ctx, person } = await world();
  const figure = count("test.studied", {
    words: { title: words.studied, definition: words.studied },
    measure: "times",
    verb: studied,
    objectKind: "lesson",
  });
  const first = newId(recordId);
  await commit(ctx, {
    statements: [record({ id: first, verb: studied, object: { kind: "lesson", id: "c" }, person, once: ["c", person] }), fact(person, "d")],
    audit: null,
  });
  const both = async () => [(await measure(ctx, figure, year)).value, (await evidence(ctx, figure, year, "", 1000)).length];
  const [before, rows] = await both();
  expect(before).toBe(rows);
  await commit(ctx, {
    statements: [
      record({ verb: studied, object: { kind: "lesson", id: "c" }, person, once: ["c", person, "void"], corrects: first, void: true }),
    ],
    audit: null,
  });
  expect(await both()).toEqual([(before ?? 0) - 1, (rows ?? 0) - 1]);
});

test("a select with equal column names keeps them apart, alone and in a batch", async () => {
  const { ctx, person, unit } = await world();
  const { people, positions, units } = await import("#kernel/schema");
  const { eq } = await import("drizzle-orm");
  const query = () =>
    ctx.db
      .select({ person: people.id, unit: units.id, position: positions.id })
      .from(positions)
      .innerJoin(people, eq(people.id, positions.person))
      .innerJoin(units, eq(units.id, positions.unit))
      .where(eq(people.id, person));
  const alone = await query();
  const [batched] = await ctx.db.batch([query()]);
  expect(alone).toEqual(batched);
  expect(alone[0]).toMatchObject({ person, unit });
  expect(ctx.meter.rowsRead).toBeGreaterThan(0);
});

test("a record of a given unit names the position there on that day", async () => {
  const { ctx, person, unit } = await world();
  const [other, second, gone] = [newId(unitId), newId(positionId), newId(positionId)];
  const position = (id: string, from: string, until: string | null) =>
    run(
      sql`insert into kernel_position (id, person, unit, nature, post, from_day, until_day) values (${id}, ${person}, ${other}, 'part-time', 'principal', ${from}, ${until})`,
    );
  await commit(ctx, {
    statements: [
      run(sql`insert into kernel_unit (id, kind, name, status, created_at) values (${other}, 'training', '启航培训', 'open', ${now})`),
      position(gone, "2020-01-01", "2021-12-31"),
      position(second, "2022-01-01", null),
    ],
    audit: null,
  });
  const at = (of: typeof unit, id: string) => record({ verb: studied, object: { kind: "exam", id }, person, unit: of, once: [id, person] });
  await commit(ctx, { statements: [at(other, "there"), at(newId(unitId), "nowhere")], audit: null });
  const told = await rowsOf(ctx, sql`select object_id, unit, position from kernel_record where person = ${person} order by object_id desc`);
  expect(told).toMatchObject([
    { object_id: "there", unit: other, position: second },
    { object_id: "nowhere", position: null },
  ]);
});
