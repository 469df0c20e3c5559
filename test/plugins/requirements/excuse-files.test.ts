/** Exemptions and deferrals as a file: previewed, refused row by row, approved at once, the same again, taken back. */
import { env } from "cloudflare:workers";
import { readXlsx, writeXlsx } from "hucre/xlsx";
import { beforeAll, expect, test } from "vitest";
import { newId, type RequirementId, type UnitId } from "#kernel";
import { excuseId } from "../../../src/plugins/requirements/input-excuses.ts";
import { seeStandings } from "../../../src/plugins/requirements/service/rates.ts";
import { count, person, unit } from "../people/world.ts";
import { as, assign, password, requirement, signedIn } from "./world-due.ts";

let bureau: UnitId, school: UnitId, training: UnitId;
let officer: Awaited<ReturnType<typeof person>>, kindergartens: Awaited<ReturnType<typeof person>>;
let rule: RequirementId;
const kinds = ["退休", "病假", "产假", "出国", "挂职"] as const;
const head = ["姓名", "单位", "登录号", "免或缓", "范围", "原因", "起始日期", "结束日期", "缓考新截止日", "说明"];
const people: Awaited<ReturnType<typeof person>>[] = [];
const nameOf = (n: number) => `赵${"甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳"[n] ?? ""}`;
beforeAll(async () => {
  bureau = await unit("清河区教育局", "office", null);
  school = await unit("清河三中", "public-school", bureau);
  training = await unit("启明培训", "training", bureau);
  officer = await person(bureau, { name: "陈立", grant: "administrator", password });
  kindergartens = await person(bureau, { grant: "officer", kinds: ["private-kindergarten"], password });
  rule = await requirement("年度学法", officer.id);
  for (let n = 0; n < 16; n++) {
    const one = await person(n < 12 ? school : training, { name: nameOf(n) });
    people.push(one);
    for (const slot of ["study", "exam"] as const) await assign(rule, slot, one.id, n < 12 ? school : training);
  }
  await assign(rule, "exam", officer.id, bureau);
});
const xlsx = async (rows: readonly (readonly string[])[]) =>
  new File([new Uint8Array(await writeXlsx({ sheets: [{ name: "名单", rows: [head, ...rows].map((row) => [...row]) }] }))], "免考.xlsx");
const send = async (rows: readonly (readonly string[])[], by = officer, of = rule) => {
  const b = await signedIn(by);
  const id = newId(excuseId);
  const sent = new FormData();
  sent.append("id", id);
  sent.append("requirement", of);
  sent.append("file", await xlsx(rows));
  const answer = await b.post("/admin/excuses/files", sent);
  return { b, id, answer, page: async () => (await b.get(`/admin/excuses/files/${id}`)).text() };
};
/** 14 people of 5 kinds, from the exam alone. */
const fourteen = () =>
  Array.from({ length: 14 }, (_, n) => [
    nameOf(n),
    n < 12 ? "清河三中" : "启明培训",
    "",
    "免",
    "考试",
    kinds[n % 5] ?? "",
    "2026-03-01",
    "",
    "",
    "",
  ]);
const exam = async () =>
  (await seeStandings(await as(officer.id))).find(({ id }) => id === rule)?.slots.find(({ slot }) => slot === "exam")?.counts;

test("fourteen of five kinds: nothing is written before the word, all of them with it, nothing by the same file again", async () => {
  const before = await exam();
  const { b, id, answer, page } = await send(fourteen());
  expect(answer.headers.get("location")).toBe(`/admin/excuses/files/${id}`);
  expect(await page()).toContain('data-value="14"');
  const listed = async () => {
    const list = await (await b.get("/admin/excuses/files")).text();
    const [, after = ""] = list.split(`/admin/excuses/files/${id}"`);
    return /等待确认|已写入|已整批撤回/.exec(after)?.[0];
  };
  expect(await listed()).toBe("等待确认");
  expect(await exam()).toEqual(before);
  expect((await b.post(`/admin/excuses/files/${id}/write`, {})).status).toBe(303);
  expect(await listed()).toBe("已写入");
  const after = await exam();
  expect(after).toMatchObject({ whole: (before?.whole ?? 0) - 14, exempt: 14 });
  expect(await count("select count(*) as n from kernel_record where verb = 'excused' and object_id = ?", rule)).toBe(14);
  expect(await count("select count(distinct kind) as n from requirements_excuse where batch = ? and state = 'approved'", id)).toBe(5);
  // Pressed twice, and sent again: as it was.
  expect((await b.post(`/admin/excuses/files/${id}/write`, {})).status).toBe(303);
  const again = await send(fourteen());
  expect(await again.page()).toContain("14 行已按同样内容批准");
  expect((await again.b.post(`/admin/excuses/files/${again.id}/write`, {})).status).toBe(422);
  expect(await exam()).toEqual(after);
  // Taken back: as before the file, with a correction each.
  expect((await b.post(`/admin/excuses/files/${id}/undo`, { reason: "名单弄错了" })).status).toBe(303);
  expect(await exam()).toEqual(before);
  expect(await listed()).toBe("已整批撤回");
  expect(await (await (await signedIn(kindergartens)).get("/admin/excuses/files")).text()).not.toContain(id);
  expect(
    await count("select count(*) as n from kernel_record where verb = 'excused' and object_id = ? and corrects is not null", rule),
  ).toBe(14);
  expect(await page()).toContain("其中 0 人有效，14 人已撤回");
  expect((await b.post(`/admin/excuses/files/${id}/undo`, { reason: "名单弄错了" })).status).toBe(303);
});
test("what is wrong is refused row by row, with why; the rest is approved, a deferral with its new deadline", async () => {
  const login = people[15]?.login ?? "";
  const rows = [
    [nameOf(0), "清河三中", "", "缓", "全部", "长病", "2026-03-01", "", "2099-06-30", ""],
    ["查无此人", "清河三中", "", "免", "", "产假", "", "", "", ""],
    [nameOf(1), "启明培训", "", "免", "", "产假", "", "", "", ""],
    [nameOf(2), "清河三中", "", "不", "", "产假", "", "", "", ""],
    [nameOf(3), "清河三中", "", "免", "", "心情不好", "", "", "", ""],
    [nameOf(4), "清河三中", "", "免", "", "出国", "三月", "", "", ""],
    [nameOf(5), "清河三中", "", "缓", "", "长病", "", "", "", ""],
    [nameOf(6), "清河三中", "", "免", "", "出国", "2026-03-02", "2026-03-01", "", ""],
    ["名字不符", "", login, "免", "", "挂职", "", "", "", ""],
    [nameOf(0), "清河三中", "", "免", "", "产假", "", "", "", ""],
    [nameOf(15), "", login, "免", "考试", "挂职", "", "", "", ""],
  ];
  const { b, id, page } = await send(rows);
  const html = await page();
  expect(html).toContain('data-value="2"');
  for (const why of [
    "没有这个人的这项任务",
    "不在这个单位",
    "写“免”或“缓”",
    "写当年退休、长病",
    "不是一个日期",
    "姓名对不上",
    "前面的行已经写了这个人",
  ])
    expect(html).toContain(why);
  const refused = await readXlsx(new Uint8Array(await (await b.get(`/admin/excuses/files/${id}/refused.xlsx`)).arrayBuffer()));
  expect(refused.sheets[0]?.rows).toHaveLength(1 + 9);
  await b.post(`/admin/excuses/files/${id}/write`, {});
  const deferred = await env.DB.prepare("select distinct due_day from kernel_assignment where requirement = ? and person = ?")
    .bind(rule, people[0]?.id ?? "")
    .all<{ due_day: string }>();
  expect(deferred.results).toEqual([{ due_day: "2099-06-30" }]);
  expect(await exam()).toMatchObject({ exempt: 1, deferred: 1 });
  await b.post(`/admin/excuses/files/${id}/undo`, { reason: "试" });
  expect(await exam()).toMatchObject({ exempt: 0, deferred: 0 });
});
test("nobody reaches beyond: not another kind of unit, not oneself, not another's file, no roster without a header", async () => {
  const row = [nameOf(12), "启明培训", "", "免", "", "产假", "", "", "", ""];
  const other = await send([row], kindergartens);
  expect(await other.page()).toContain("没有这个人的这项任务");
  const own = await send([["陈立", "", officer.login, "免", "", "产假", "", "", "", ""]]);
  expect(await own.page()).toContain("不能批准自己");
  expect((await (await signedIn(kindergartens)).get(`/admin/excuses/files/${own.id}`)).status).toBe(404);
  const b = await signedIn(officer);
  const sent = new FormData();
  sent.append("id", newId(excuseId));
  sent.append("requirement", rule);
  sent.append("file", new File(["一,二\n三,四\n"], "x.csv"));
  const answer = await b.post("/admin/excuses/files", sent);
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain("没有找到表头");
  const many = await send(Array.from({ length: 501 }, () => row));
  expect(many.answer.status).toBe(413);
  expect(await many.answer.text()).toContain("超过 500 行");
});
