/** Whatever the file: the counts add up, the ledger holds what was accepted and no more, twice is once, and undo takes it back. */
import { env } from "cloudflare:workers";
import * as fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { commit, type PersonId, type UnitId } from "#kernel";
import { carryOn, finish } from "../../../src/plugins/outside/service/write.ts";
import { putImport } from "../../../src/plugins/outside/store.ts";
import { count, person, unit } from "../people/world.ts";
import { as, counts, look, register, undo, upload, write } from "./world.ts";

let root: UnitId, school: UnitId;
let officer: PersonId;
beforeAll(async () => {
  root = await unit("试验区教育局", "office", null);
  school = await unit("甲校", "public-school", root);
  const other = await unit("乙校", "public-school", root);
  officer = (await person(root, { grant: "officer", name: "局里人" })).id;
  await person(school, { name: "张伟", employeeNo: "A", phone: "13800000001" });
  await person(school, { name: "张伟" });
  await person(other, { name: "王芳", until: "2025-06-30" });
  await person(other, { name: "张晓明" });
});
const cell = (...values: readonly string[]) => fc.constantFrom(...values);
const line = fc.tuple(
  cell("张伟", "张 伟", "王芳", "张晓明", "张小明", ""),
  cell("A", "B", ""),
  cell("甲校", "乙校", "丙校", ""),
  cell("13800000001", "1380", ""),
  cell("2025", "2025年度", "", "今年"),
  cell("统考", "《统 考》", "别的"),
  cell("60", "89.5", "90", "101", "缺考", "完成", "合格"),
  cell("2025-05-01", "2025年12月4日", "45995", "2025-13-01", ""),
  cell("市司法局", ""),
);
const sat = (exam: string, verb = "sat") =>
  count(
    "select count(*) as n from kernel_record r where r.object_id = ? and r.verb = ? and r.source = 'external' and r.void = 0 and not exists (select 1 from kernel_record c where c.corrects = r.id)",
    exam,
    verb,
  );
let made = 0;
test("counts add up; records are accepted rows; twice is once; undo takes all back, and the file can come again", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 8 }), async (cells) => {
      const title = `统考${++made}`;
      const exam = await register(officer, title);
      const lines = cells.map((row) => row.map((text) => text.replace(/统 ?考/, title)).join(","));
      const send = async () => {
        const id = await upload(officer, lines);
        const checked = (await counts(id)) ?? expect.fail("not checked");
        expect(checked.new + checked.changed + checked.unchanged + checked.refused).toBe(checked.rows);
        if (checked.new + checked.changed > 0) {
          await write(officer, id);
          expect(await counts(id)).toEqual(checked);
        }
        return { id, ...checked };
      };
      const first = await send();
      expect(await sat(exam)).toBe(first.new);
      expect(await sat(exam, "passed")).toBeLessThanOrEqual(first.new);
      expect(await count("select coalesce(sum(count), 0) as n from kernel_tally where verb = 'sat' and object_id = ?", exam)).toBe(
        first.new,
      );
      const second = await send();
      expect([second.new, second.changed, second.refused]).toEqual([0, 0, first.refused]);
      expect(await sat(exam)).toBe(first.new);
      if (first.new === 0) return;
      await undo(officer, first.id);
      expect([await sat(exam), await sat(exam, "passed"), await sat(exam, "excelled")]).toEqual([0, 0, 0]);
      expect((await send()).new).toBe(first.new);
      expect(await sat(exam)).toBe(first.new);
    }),
    { numRuns: 25 },
  );
}, 240_000);

test("stopped between two batches it carries on where it was, and a worker that comes late writes nothing", async () => {
  const exam = await register(officer, "大统考");
  const people = Array.from({ length: 700 }, (_, n) => `人员${String.fromCodePoint(0x4e00 + n)}`);
  await env.DB.batch([
    env.DB.prepare(
      "insert into kernel_person (id, login, name, created_at) select 'p' || key, 'l' || key, value, 0 from json_each(?)",
    ).bind(JSON.stringify(people)),
    env.DB.prepare(
      "insert into kernel_position (id, person, unit, nature, post, from_day, main) select 'x' || key, 'p' || key, ?, 'personnel', 'other', '2020-01-01', 0 from json_each(?)",
    ).bind(school, JSON.stringify(people)),
  ]);
  const id = await upload(
    officer,
    people.map((name) => `${name},,甲校,,2025,大统考,88,2025-12-04,市司法局`),
  );
  expect(await counts(id)).toMatchObject({ new: 700, refused: 0 });
  const ctx = await as(officer);
  const take = async (statements: Parameters<Parameters<typeof carryOn>[2]>[0]) => commit(ctx, { statements, audit: null });
  await take([putImport(ctx, id, { state: "committing", cursor: 0 })]);
  const before = await look(id);
  expect(await carryOn(ctx, before, take)).toMatchObject({ more: true });
  const written = await sat(exam);
  expect(written).toBe(300);
  await expect(carryOn(ctx, before, take)).rejects.toThrow("moved on");
  expect(await sat(exam)).toBe(written);
  while ((await carryOn(ctx, await look(id), take)).more);
  await finish(ctx, await look(id));
  expect([await sat(exam), (await look(id)).state]).toEqual([700, "done"]);
  expect(await counts(id)).toMatchObject({ new: 700 });
  await undo(officer, id);
  expect(await sat(exam)).toBe(0);
});
