/** Import against the database: whatever the file, counts add up, the same file again changes nothing, and undo restores. */
import { env } from "cloudflare:workers";
import * as fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { loadActor, makeContext, newId, type Context, type PersonId } from "#kernel";
import { importId } from "../../../src/plugins/people/input.ts";
import { takeFile } from "../../../src/plugins/people/service/import-file.ts";
import { answerOf } from "../../../src/plugins/people/service/import-look.ts";
import { undoImport } from "../../../src/plugins/people/service/import-undo.ts";
import { context, person, unit } from "./world.ts";

let officer: PersonId;
beforeAll(async () => {
  const root = await unit("试验区教育局", "office", null);
  const school = await unit("甲校", "public-school", root);
  await unit("乙校", "public-school", root);
  officer = (await person(root, { grant: "officer", name: "局里人" })).id;
  await person(school, { name: "张伟", employeeNo: "A", phone: "13800000001" });
  await person(school, { name: "张伟" });
  await person(school, { name: "王芳", until: "2026-06-30" });
});
let moment = Date.now();
const officerNow = async (): Promise<Context> => {
  const ctx = context((moment += 1000));
  return makeContext({ env, registry: ctx.registry, now: moment, actor: await loadActor(ctx.db, officer, "test", "password", ctx.today) });
};
const dump = async (): Promise<unknown> =>
  Promise.all(
    [
      "select id, login, name, employee_no, phone, phone_tail, email, category, id_number_match, id_number is null as sealed, unconfirmed from kernel_person order by id",
      "select * from kernel_position order by id",
      "select * from kernel_roster_mark order by person, from_day",
    ].map(async (query) => (await env.DB.prepare(query).all()).results),
  );
const cell = (values: readonly string[]) => fc.constantFrom(...values, "");
const line = fc
  .tuple(
    fc.constantFrom("张伟", "王芳", "李娜", "张 伟", ""),
    cell(["甲校", "乙校", "丙校"]),
    cell(["A", "B"]),
    cell(["13800000001", "138００００0002", "1380"]),
    cell(["2024-09-01", "2026年10月", "45352", "后天"]),
    cell(["教师", "校长"]),
    cell(["人事关系所在", "兼职"]),
    cell(["是", "否"]),
    cell(["11010519491231002X"]),
    cell(["2026-11-01"]),
  )
  .map((cells) => cells.join(","));
const file = fc
  .array(line, { minLength: 1, maxLength: 6 })
  .map((lines) => ["姓名,单位,工号,手机,任职日期,岗位,任职性质,学法名册,身份证号,离任日期", ...lines].join("\n"));
const send = async (text: string) => {
  const ctx = await officerNow();
  const id = newId(importId);
  await takeFile(ctx, {
    id,
    kind: "people",
    name: "名册.csv",
    bytes: new TextEncoder().encode(text),
    fallback: null,
    answers: {},
    then: "good",
    watched: false,
  });
  const answer = await answerOf(ctx, id);
  expect(answer.new + answer.changed + answer.unchanged + answer.refused, text).toBe(answer.rows);
  expect(answer.committed, text).toBe(true);
  return answer;
};

test("counts add up, twice is once, and undo restores", async () => {
  await fc.assert(
    fc.asyncProperty(file, async (text) => {
      const before = await dump();
      const first = await send(text);
      const after = await dump();
      if (first.new + first.changed === 0) expect(after).toEqual(before);
      const second = await send(text);
      expect([second.new, second.changed], text).toEqual([0, 0]);
      expect(await dump(), text).toEqual(after);
      await undoImport(await officerNow(), importId.parse(first.import));
      expect(await dump(), text).toEqual(before);
    }),
    { numRuns: 60 },
  );
}, 120_000);
