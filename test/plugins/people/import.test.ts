import { env } from "cloudflare:workers";
import { zipSync, strToU8 } from "fflate";
import { readXlsx, writeXlsx } from "hucre/xlsx";
import { beforeAll, expect, test } from "vitest";
import { jobId, newId, work, type UnitId } from "#kernel";
import { browser, context, count, origin, person, unit } from "./world.ts";
import { exports } from "cloudflare:workers";
import { importId, type ImportAnswer, type UndoAnswer } from "../../../src/plugins/people/input.ts";

const password = "correct-horse-9";
let token: string;
let root: UnitId;
beforeAll(async () => {
  root = await unit("试验区教育局", "office", null);
  await unit("第一中学", "public-school", root);
  await unit("第二中学", "public-school", root);
  token = await tokenOf((await person(root, { grant: "officer", password })).login);
});
const tokenOf = async (login: string): Promise<string> =>
  (await (await browser().api("POST", "/session", { username: login, password })).json<{ token: string }>()).token;

type Sent = Uint8Array | string;
const send = (path: string, file: Sent, bearer = token, answers?: Record<string, string>) => {
  let body: BodyInit = typeof file === "string" ? file : new Uint8Array(file);
  if (answers) {
    const form = new FormData();
    form.set("file", new File([typeof file === "string" ? file : new Uint8Array(file)], "名册.xlsx"));
    form.set("answers", JSON.stringify(answers));
    body = form;
  }
  return exports.default.fetch(
    new Request(`${origin}/api/v1${path}`, { method: "POST", headers: { authorization: `Bearer ${bearer}` }, body }),
  );
};
/** What the job of a 202 came to. */
const later = async <T>(answer: Response, bearer = token): Promise<T> => {
  const at = answer.headers.get("location") ?? "";
  for (let n = 0; n < 200; n++) {
    const job = (await (
      await exports.default.fetch(new Request(origin + at, { headers: { authorization: `Bearer ${bearer}` } }))
    ).json()) as { state: string; result: T };
    if (job.state === "done") return job.result;
    if (job.state === "failed") throw new Error(JSON.stringify(job));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the job is not done");
};
const done = async (path: string, file: Sent, bearer?: string, answers?: Record<string, string>): Promise<ImportAnswer> => {
  const answer = await send(path, file, bearer, answers);
  if (answer.status === 202) return later<ImportAnswer>(answer, bearer);
  if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
  return answer.json<ImportAnswer>();
};
const sheet = (
  rows: (string | number | Date | null)[][],
  merges?: { startRow: number; startCol: number; endRow: number; endCol: number }[],
) => writeXlsx({ sheets: [{ name: "名册", rows, ...(merges ? { merges } : {}) }] });
const adds = (a: ImportAnswer) => expect(a.new + a.changed + a.unchanged + a.refused, JSON.stringify(a)).toBe(a.rows);
const counts = ({ rows, new: fresh, changed, unchanged, refused }: ImportAnswer) => [rows, fresh, changed, unchanged, refused];

test("a roster as bureaux keep it: title above, merged units, notes below, odd headers, full-width digits, spaces in names, dates of all kinds", async () => {
  const file = await sheet(
    [
      ["试验区教育系统工作人员花名册", null, null, null, null, null],
      ["填报单位：试验区教育局", null, null, null, "2026年11月", null],
      ["序号", "名 字", "学校（全称）", "联系电话*", "来校时间", "职务"],
      [1, "张 三", "第一中学", "１３８００００１１１１", 45352, "语文教师"],
      [2, "李　四", null, 13800002222, "2019年9月", "副校长"],
      [3, "王五", null, null, "2020.3.5", "校长"],
      [4, "阿依古丽•买买提", "第二中学", "138-0000-3333", "2021/1/9", "工勤"],
      [null, null, null, null, null, null],
      ["合计", "4人", null, null, null, null],
      ["注：1. 本表由各单位填报。", null, null, null, null, null],
      ["填表人：某某　　审核人：某某", null, null, null, null, null],
    ],
    [
      { startRow: 0, startCol: 0, endRow: 0, endCol: 5 },
      { startRow: 3, startCol: 2, endRow: 5, endCol: 2 },
      { startRow: 9, startCol: 0, endRow: 9, endCol: 5 },
    ],
  );
  const dry = await done("/people/import?dry_run=1", file);
  expect(dry.problems).toEqual([]);
  expect(counts(dry)).toEqual([4, 4, 0, 0, 0]);
  expect(dry.committed).toBe(false);
  expect(await count("select count(*) as n from kernel_person where name = '张三'")).toBe(0);
  const real = await done("/people/import", file);
  expect(real.committed).toBe(true);
  const rows = await env.DB.prepare(
    "select p.name, p.phone, u.name as unit, x.from_day as day, x.post from kernel_person p join kernel_position x on x.person = p.id join kernel_unit u on u.id = x.unit where p.name in ('张三', '李四', '王五', '阿依古丽·买买提') order by p.name",
  ).all();
  expect(rows.results).toEqual(
    [
      { name: "张三", phone: "13800001111", unit: "第一中学", day: "2024-03-01", post: "teaching" },
      { name: "李四", phone: "13800002222", unit: "第一中学", day: "2019-09-01", post: "management" },
      { name: "王五", phone: null, unit: "第一中学", day: "2020-03-05", post: "principal" },
      { name: "阿依古丽·买买提", phone: "13800003333", unit: "第二中学", day: "2021-01-09", post: "other" },
    ].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  );
  const again = await done("/people/import", file);
  expect(counts(again)).toEqual([4, 0, 0, 4, 0]);
});

test("csv in every encoding, and a header of two storeys", async () => {
  const csv = "姓名,工作单位,工号\n孙一,第一中学,C001\n孙二,第二中学,C002\n";
  const utf16 = (little: boolean) => {
    const bytes = new Uint8Array(2 + csv.length * 2);
    bytes.set(little ? [0xff, 0xfe] : [0xfe, 0xff]);
    [...csv].forEach((c, n) => {
      const code = c.charCodeAt(0);
      bytes.set(little ? [code & 255, code >> 8] : [code >> 8, code & 255], 2 + n * 2);
    });
    return bytes;
  };
  // GB18030 of the same text.
  const gb = Uint8Array.from(atob("0NXD+yy5pNf3taXOuyy5pLrFCsvvB7ss0ruy0w==".slice(0, 0)), (c) => c.charCodeAt(0));
  expect(gb.length).toBe(0);
  const gbBytes = new Uint8Array([
    0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xb5, 0xa5, 0xce, 0xbb, 0x0a, 0xcb, 0xef, 0xb6, 0xfe, 0x2c, 0xb5, 0xda, 0xb6, 0xfe, 0xd6, 0xd0, 0xd1,
    0xa7, 0x0a,
  ]);
  const first = await done("/people/import", csv);
  expect(counts(first)).toEqual([2, 2, 0, 0, 0]);
  for (const file of ["\uFEFF" + csv, utf16(true), utf16(false), csv.replaceAll(",", "\t"), csv.replaceAll("\n", "\r\n")])
    expect(counts(await done("/people/import?dry_run=1", file))).toEqual([2, 0, 0, 2, 0]);
  expect(counts(await done("/people/import?dry_run=1", gbBytes))).toEqual([1, 0, 0, 1, 0]);
  const two = await sheet(
    [
      ["姓名", "单位", "联系方式", null],
      [null, null, "手机", "邮箱"],
      ["孙三", "第一中学", "13811112222", "sun3@example.org"],
    ],
    [
      { startRow: 0, startCol: 0, endRow: 1, endCol: 0 },
      { startRow: 0, startCol: 1, endRow: 1, endCol: 1 },
      { startRow: 0, startCol: 2, endRow: 0, endCol: 3 },
    ],
  );
  expect(counts(await done("/people/import", two))).toEqual([1, 1, 0, 0, 0]);
  expect(
    await count("select count(*) as n from kernel_person where name = '孙三' and phone = '13811112222' and email = 'sun3@example.org'"),
  ).toBe(1);
});

test("each refused row names row, column, value and the mend; all or nothing, or the good rows only", async () => {
  const file = await sheet([
    ["姓名", "单位", "手机", "身份证号", "人员类别", "入职日期"],
    ["周一", "第一中学", "13900000001", null, null, null],
    ["周二", "第一", "13900000002", null, null, null],
    ["周三", "第一中学", "1390000", null, null, null],
    [null, "第一中学", "13900000004", null, null, null],
    ["周五", null, null, null, null, null],
    ["周六", "第一中学", null, "1.10105E+17", null, null],
    ["周七", "第一中学", null, "110105194912310021", null, null],
    ["周八", "第一中学", null, null, "老师傅", null],
    ["周九", "第一中学", null, null, null, "3/4/2020"],
    ["12345", "第一中学", null, null, null, null],
  ]);
  const all = await done("/people/import", file);
  adds(all);
  expect(counts(all)).toEqual([10, 1, 0, 0, 9]);
  expect(all.committed).toBe(false);
  expect(await count("select count(*) as n from kernel_person where name like '周%'")).toBe(0);
  expect(all.problems.map((p) => [p.row, p.column, p.code])).toEqual([
    [3, "单位", "unitUnknown"],
    [4, "手机", "badPhone"],
    [5, "姓名", "missing"],
    [6, "单位", "unitMissing"],
    [7, "身份证号", "idNumberLost"],
    [8, "身份证号", "badIdNumber"],
    [9, "人员类别", "badChoice"],
    [10, "入职日期", "badDate"],
    [11, "姓名", "badName"],
  ]);
  expect(all.problems[0]?.message).toContain("是不是“第一中学”？");
  expect(all.problems[1]?.message).toMatch(/第 4 行“手机”：“1390000”.*11 位/);
  const good = await done("/people/import?good_rows=1", file);
  expect(good.committed).toBe(true);
  expect(good.note).toBeUndefined();
  expect(await count("select count(*) as n from kernel_person where name like '周%'")).toBe(1);
});

test("identity: 工号, phone and unit decide; a doubt is a question with candidates, settled by answers; nobody is merged", async () => {
  const two = "姓名,单位,手机,工号\n吴同,第一中学,13700000001,W1\n吴同,第一中学,13700000002,W2\n吴异,第一中学,13700000003,\n";
  expect(counts(await done("/people/import", two))).toEqual([3, 3, 0, 0, 0]);
  expect(counts(await done("/people/import", two))).toEqual([3, 0, 0, 3, 0]);
  // The name alone fits two: a question. Another phone, another 工号, another unit with the same phone: questions too.
  const doubt = "姓名,单位,手机,工号\n吴同,第一中学,,\n吴异,第一中学,13700009999,\n吴异,第二中学,13700000003,\n吴不同,第一中学,,W1\n";
  const asked = await done("/people/import?good_rows=1", doubt);
  adds(asked);
  expect(asked.problems.map((p) => p.code)).toEqual(["who", "who", "who"]);
  expect(asked.unchanged).toBe(1);
  const wuYi = (await env.DB.prepare("select id from kernel_person where name = '吴异'").first<string>("id")) ?? "";
  expect(asked.problems[0]?.candidates?.map((c) => c.id)).toEqual([wuYi]);
  const settled = await done("/people/import", doubt, token, { "3": wuYi, "4": "new", "5": "new" });
  expect(settled.problems.map((p) => p.code)).toEqual(["employeeNoTaken"]);
  const settled2 = await done("/people/import?good_rows=1", doubt, token, { "3": wuYi, "4": "new" });
  expect(counts(settled2)).toEqual([4, 1, 1, 1, 1]);
  expect(await env.DB.prepare("select phone from kernel_person where id = ?").bind(wuYi).first<string>("phone")).toBe("13700009999");
  expect(await count("select count(*) as n from kernel_person where name = '吴异'")).toBe(2);
});

test("the same person in two rows is one; without a mark that tells, it is a question", async () => {
  const file = "姓名,单位,手机\n郑重,第一中学,13600000001\n郑重,第一中学,13600000001\n郑无,第一中学,\n郑无,第一中学,\n";
  const answer = await done("/people/import?good_rows=1", file);
  expect(counts(answer)).toEqual([4, 2, 0, 1, 1]);
  expect(answer.problems[0]).toMatchObject({ row: 5, code: "who", candidates: [{ id: "row:4" }] });
  const again = await done("/people/import?good_rows=1", file, token, { "5": "new" });
  expect(again.new).toBe(1);
  expect(counts(await done("/people/import", file))).toEqual([4, 0, 0, 4, 0]);
  expect(await count("select count(*) as n from kernel_person where name = '郑无'")).toBe(2);
});

test("a transfer says so; a leaver does not come back by the old file", async () => {
  expect(counts(await done("/people/import", "姓名,单位,工号\n冯调,第一中学,F1\n冯离,第一中学,F2\n"))).toEqual([2, 2, 0, 0, 0]);
  const unclear = await done("/people/import", "姓名,单位,工号\n冯调,第二中学,F1\n");
  expect(unclear.problems[0]?.code).toBe("natureNeeded");
  await env.DB.prepare("update kernel_position set from_day = '2020-01-01'").run();
  const moved = await done("/people/import", "姓名,单位,工号,任职性质,任职日期\n冯调,第二中学,F1,人事关系所在,2026-09-01\n");
  expect(counts(moved)).toEqual([1, 0, 1, 0, 0]);
  const places = await env.DB.prepare(
    "select u.name, x.until_day from kernel_position x join kernel_unit u on u.id = x.unit join kernel_person p on p.id = x.person where p.name = '冯调' order by x.from_day",
  ).all();
  expect(places.results).toEqual([
    { name: "第一中学", until_day: "2026-08-31" },
    { name: "第二中学", until_day: null },
  ]);
  await env.DB.prepare(
    "update kernel_position set until_day = '2026-06-30' where person = (select id from kernel_person where name = '冯离')",
  ).run();
  const stale = await done("/people/import", "姓名,单位,工号\n冯离,第一中学,F2\n");
  expect(stale.problems[0]?.code).toBe("leftBefore");
  expect(stale.problems[0]?.message).toContain("2026-06-30");
});

test("undo takes the last import back whole, and is refused with the list of what depends on it", async () => {
  const officer = await person(root, { grant: "officer", password });
  const b = browser();
  await b.post("/sign-in", { username: officer.login, password });
  const mine = await tokenOf(officer.login);
  await done("/people/import", "姓名,单位,工号,手机\n褚留,第一中学,U1,13500000001\n", mine);
  const before = await env.DB.prepare(
    "select (select group_concat(name || coalesce(phone, '')) from (select * from kernel_person order by id)) as p, (select group_concat(id || coalesce(until_day, '')) from (select * from kernel_position order by id)) as x",
  ).first();
  const answer = await done(
    "/people/import",
    "姓名,单位,工号,手机\n褚留,第一中学,U1,13500009999\n褚新,第一中学,U2,\n褚新,第二中学,U2,\n",
    mine,
  );
  expect(answer).toMatchObject({ committed: false, note: expect.stringContaining("没有写入任何内容") as string });
  const second = await done("/people/import?good_rows=1", "姓名,单位,工号,手机\n褚留,第一中学,U1,13500009999\n褚新,第一中学,U2,\n", mine);
  expect(counts(second)).toEqual([2, 1, 1, 0, 0]);
  const fresh = (await env.DB.prepare("select id from kernel_person where name = '褚新'").first<string>("id")) ?? "";
  await env.DB.prepare("insert into kernel_user (id, name, email, email_verified, created_at, updated_at) values (?1, 'x', ?1, 0, 0, 0)")
    .bind(fresh)
    .run();
  const refused = await b.post(`/admin/imports/${second.import}/undo`, {});
  expect(refused.status).toBe(409);
  expect(await refused.text()).toContain("第 3 行 褚新（第一中学）：本人已经登录过");
  await env.DB.prepare("delete from kernel_user where id = ?").bind(fresh).run();
  await env.DB.prepare("update kernel_person set phone = '13511111111' where name = '褚留'").run();
  expect(await (await b.post(`/admin/imports/${second.import}/undo`, {})).text()).toContain("第 2 行 褚留（第一中学）：之后又更正过");
  await env.DB.prepare("update kernel_person set phone = '13500009999' where name = '褚留'").run();
  const twice = await Promise.all([1, 2].map(() => b.post(`/admin/imports/${second.import}/undo`, {})));
  expect(twice.map((answer) => answer.status)).toEqual([303, 303]);
  const after = await env.DB.prepare(
    "select (select group_concat(name || coalesce(phone, '')) from (select * from kernel_person order by id)) as p, (select group_concat(id || coalesce(until_day, '')) from (select * from kernel_position order by id)) as x",
  ).first();
  expect(after).toEqual(before);
  expect((await b.post(`/admin/imports/${second.import}/undo`, {})).status, "sent again, it answers as the first time").toBe(303);
  expect(await count("select count(*) as n from kernel_audit where command = 'people.import.undo' and object_id = ?", second.import)).toBe(
    1,
  );
});

test("units: kinds, parents further down, codes; the same file again changes nothing, and undo", async () => {
  const b = browser();
  const officer = await person(root, { grant: "officer", password });
  await b.post("/sign-in", { username: officer.login, password });
  const mine = await tokenOf(officer.login);
  const file = await sheet([
    ["附件2：各类学校一览表", null, null, null, null],
    ["机构名称", "类别", "上级单位", "办学状态", "成立时间"],
    ["启明培训学校东校区", "培训机构", "启明培训学校", "正常", "2020年5月"],
    ["启明培训学校", "校外培训机构", null, "在办", "2019-01-01"],
    ["彩虹幼儿园", "民办园", null, "筹建", null],
    ["无类学校", null, null, null, null],
    ["怪类学校", "神秘", null, null, null],
  ]);
  const dry = await done("/units/import?dry_run=1", file, mine);
  expect(counts(dry)).toEqual([5, 3, 0, 0, 2]);
  expect(dry.problems.map((p) => [p.row, p.column, p.code])).toEqual([
    [6, "类别", "missing"],
    [7, "类别", "badChoice"],
  ]);
  const good = await done("/units/import?good_rows=1", file, mine);
  expect(good.committed).toBe(true);
  expect(good.note).toBeUndefined();
  expect(
    await count(
      "select count(*) as n from kernel_unit_closure c join kernel_unit u on u.id = c.descendant where u.name = '启明培训学校东校区'",
    ),
  ).toBe(3);
  expect(counts(await done("/units/import?good_rows=1", file, mine))).toEqual([5, 0, 0, 3, 2]);
  const closing = await done("/units/import", "机构名称,状态,变更日期\n彩虹幼儿园,停办,2026-10-01\n", mine);
  expect(counts(closing)).toEqual([1, 0, 1, 0, 0]);
  expect(await env.DB.prepare("select status from kernel_unit where name = '彩虹幼儿园'").first<string>("status")).toBe("paused");
  expect((await b.post(`/admin/imports/${good.import}/undo`, {})).status).toBe(409);
  expect((await b.post(`/admin/imports/${closing.import}/undo`, {})).status).toBe(303);
  expect(await env.DB.prepare("select status from kernel_unit where name = '彩虹幼儿园'").first<string>("status")).toBe("preparing");
});

test("a unit moves where its code says so or an officer does; all below goes with it, the closure is right, and undo restores it", async () => {
  const b = browser();
  const officer = await person(root, { grant: "officer", password });
  await b.post("/sign-in", { username: officer.login, password });
  const mine = await tokenOf(officer.login);
  const [east, west] = [await unit("东片教育指导中心", "office", root), await unit("西片教育指导中心", "office", root)];
  const school = await unit("永安小学", "public-school", east);
  const branch = await unit("永安小学教务处", "public-school", school);
  await env.DB.prepare("update kernel_unit set code = '91350100M000100Y43' where id = ?").bind(school).run();
  const closure = async () =>
    (
      await env.DB.prepare("select ancestor || descendant || depth as k from kernel_unit_closure order by 1").all<{ k: string }>()
    ).results.map((row) => row.k);
  /** The closure as the parents say. */
  const wanted = async () =>
    (
      await env.DB.prepare(
        "with recursive up (d, a, n) as (select id, id, 0 from kernel_unit union all select up.d, u.parent, up.n + 1 from up join kernel_unit u on u.id = up.a where u.parent is not null) select a || d || n as k from up order by 1",
      ).all<{ k: string }>()
    ).results.map((row) => row.k);
  const parentOf = (of: UnitId) => env.DB.prepare("select parent from kernel_unit where id = ?").bind(of).first<string>("parent");
  const before = await closure();

  // By its name alone it is a question; below itself, or the body itself, it is refused.
  const asked = await done("/units/import?dry_run=1", "机构名称,上级单位\n永安小学教务处,西片教育指导中心\n", mine);
  expect(asked.problems.map((p) => [p.code, p.candidates?.map((c) => c.id)])).toEqual([["who", [branch]]]);
  const below = await done(
    "/units/import?dry_run=1",
    "机构名称,上级单位,统一社会信用代码\n永安小学,永安小学教务处,91350100M000100Y43\n试验区教育局,永安小学,\n",
    mine,
  );
  expect(below.problems.map((p) => p.code)).toEqual(["parentMoves", "parentMoves"]);

  // Shown before it is written, and written under a unit of the same file.
  const id = newId(importId);
  const file =
    "机构名称,类别,上级单位,统一社会信用代码\n永安小学,,西片新片区,91350100M000100Y43\n西片新片区,机关科室,西片教育指导中心,\n永安小学分校,公办学校,永安小学,\n";
  const form = new FormData();
  form.set("id", id);
  form.set("kind", "units");
  form.set("file", new File([file], "单位.csv"));
  expect((await b.post("/admin/imports", form)).status).toBe(303);
  const preview = await (await b.get(`/admin/imports/${id}`)).text();
  expect(preview).toContain("改变隶属的单位");
  expect(preview).toMatch(/永安小学<\/td><td>东片教育指导中心<\/td><td>西片新片区/);
  expect((await b.post(`/admin/imports/${id}/write`, {})).status).toBe(303);
  expect(await closure()).toEqual(await wanted());
  expect(await count("select count(*) as n from kernel_unit_closure where ancestor = ? and descendant = ?", west, branch)).toBe(1);
  expect(await count("select count(*) as n from kernel_unit_closure where ancestor = ? and descendant = ?", east, school)).toBe(0);
  expect(counts(await done("/units/import?dry_run=1", file, mine)), "the same file again").toEqual([3, 0, 0, 3, 0]);
  expect((await b.post(`/admin/imports/${id}/undo`, {})).status).toBe(303);
  expect([await parentOf(school), await closure()]).toEqual([east, before]);

  const settled = await done("/units/import", "机构名称,上级单位\n永安小学教务处,西片教育指导中心\n", mine, { 2: branch });
  expect(counts(settled)).toEqual([1, 0, 1, 0, 0]);
  expect([await parentOf(branch), await closure()]).toEqual([west, await wanted()]);
});

test("bad files get a clear refusal before they are parsed", async () => {
  const b = await send("/people/import", "");
  expect(b.status).toBe(415);
  const code = async (file: Sent) => {
    const answer = await send("/people/import?dry_run=1", file);
    return [answer.status, (await answer.json<{ code: string }>()).code];
  };
  expect(await code(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]))).toEqual([415, "people.fileXls"]);
  expect(await code("%PDF-1.7\n…")).toEqual([415, "people.filePdf"]);
  expect(await code("<html><table><tr><td>姓名</td></tr></table></html>")).toEqual([415, "people.fileHtml"]);
  expect(await code(zipSync({ "a.txt": strToU8("hello") }))).toEqual([415, "people.fileZip"]);
  expect(await code(new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3]))).toEqual([415, "people.fileBroken"]);
  expect(await code(new Uint8Array([1, 0, 2, 0, 0, 3, 200, 201]))).toEqual([415, "people.fileBinary"]);
  const book = (sheetXml: Uint8Array) =>
    zipSync({
      "[Content_Types].xml": strToU8('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
      "_rels/.rels": strToU8(
        '<Relationships xmlns="x"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
      ),
      "xl/workbook.xml": strToU8('<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'),
      "xl/_rels/workbook.xml.rels": strToU8(
        '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
      ),
      "xl/worksheets/sheet1.xml": sheetXml,
    });
  expect(await code(book(strToU8(`<worksheet><sheetData>${'<row r="1"></row>'.repeat(1_000_000)}</sheetData></worksheet>`)))).toEqual([
    413,
    "people.fileRows",
  ]);
  expect(await code(book(new Uint8Array(130 * 1024 * 1024).fill(32)))).toEqual([413, "people.fileBomb"]);
  expect(await code("a,b\n1,2\n")).toEqual([422, "people.noHeader"]);
  expect(await count("select count(*) as n from people_import where state = 'reading'")).toBe(0);
});

test("who imports what: officers within their reach, heads for their own unit and 待确认, nobody else", async () => {
  const kinder = await unit("童谣幼儿园", "private-kindergarten", root);
  const limited = await tokenOf((await person(root, { grant: "officer", kinds: ["private-kindergarten"], password })).login);
  const answer = await done("/people/import?good_rows=1", "姓名,单位\n卫内,童谣幼儿园\n卫外,第一中学\n", limited);
  expect(answer.problems.map((p) => p.code)).toEqual(["unitUnknown"]);
  const units = await done("/units/import?good_rows=1", "名称,类别\n新园,民办幼儿园\n新校,公办学校\n", limited);
  expect(units.problems.map((p) => p.code)).toEqual(["outside"]);
  const head = await tokenOf((await person(kinder, { post: "principal", password })).login);
  expect((await send("/units/import", "名称,类别\n又园,民办幼儿园\n", head)).status).toBe(403);
  const own = await done("/people/import?good_rows=1", "姓名,单位,职务\n蒋新,,教师\n蒋权,童谣幼儿园,园长\n蒋外,第一中学,教师\n", head);
  expect(counts(own)).toEqual([3, 1, 0, 0, 2]);
  expect(own.problems.map((p) => p.code)).toEqual(["postOfOfficers", "unitUnknown"]);
  // A head adds no units, so the words do not say so.
  expect(own.problems[1]?.message).toContain("不是您的机构");
  expect(
    await count(
      "select count(*) as n from kernel_person p join kernel_position x on x.person = p.id where p.name = '蒋新' and p.unconfirmed = 1 and x.unconfirmed = 1 and x.unit = ?",
      kinder,
    ),
  ).toBe(1);
  const learner = await tokenOf((await person(kinder, { password })).login);
  expect((await send("/people/import", "姓名\n某\n", learner)).status).toBe(403);
  const job = await env.DB.prepare("select id from kernel_job order by created_at limit 1").first<string>("id");
  expect(
    (await exports.default.fetch(new Request(`${origin}/api/v1/jobs/${job}`, { headers: { authorization: `Bearer ${learner}` } }))).status,
  ).toBe(404);
});

test("through the pages: upload, see the guess, change a column, answer, write, take the refused rows as a file", async () => {
  const officer = await person(root, { grant: "officer", password });
  const b = browser();
  await b.post("/sign-in", { username: officer.login, password });
  const upload = async (bytes: Uint8Array, name: string) => {
    const form = new FormData();
    const id = (/name="id" value="([^"]+)"/.exec(await (await b.get("/admin/imports")).text()) ?? [])[1] ?? "";
    form.set("id", id);
    form.set("kind", "people");
    form.set("file", new File([new Uint8Array(bytes)], name));
    return { id, answer: await b.post("/admin/imports", form) };
  };
  const bad = await upload(new TextEncoder().encode("%PDF-1.7"), "名册.xlsx");
  expect(bad.answer.status).toBe(415);
  expect(await bad.answer.text()).toContain("这是 PDF 文件");
  const { id, answer } = await upload(
    await sheet([
      ["姓名", "单位", "传呼"],
      ["沈上", "第一中学", "13400000001"],
      ["=1+1", "第一中学", null],
    ]),
    "名册.xlsx",
  );
  expect(answer.headers.get("location")).toBe(`/admin/imports/${id}`);
  const page = await (await b.get(`/admin/imports/${id}`)).text();
  expect(page).toContain("“传呼”是");
  expect(page).toContain("列的对应：姓名 → 姓名；单位 → 单位；传呼 → ");
  const two = await upload(
    await writeXlsx({
      sheets: ["一小", "二小"].map((name) => ({
        name,
        rows: [
          ["姓名", "单位"],
          [`某${name}`, "第一中学"],
        ],
      })),
    }),
    "两张.xlsx",
  );
  expect(await (await b.get(`/admin/imports/${two.id}`)).text()).toContain("读的是工作表“一小”。另外的工作表（二小）没有导入");
  expect(
    (await b.post(`/admin/imports/${id}/check`, { header: "1", "column.0": "name", "column.1": "unit", "column.2": "phone" })).status,
  ).toBe(303);
  expect((await b.post(`/admin/imports/${id}/write`, {})).status).toBe(422);
  const file = await b.get(`/admin/imports/${id}/refused.xlsx`);
  const rows = (await readXlsx(new Uint8Array(await file.arrayBuffer()))).sheets[0]?.rows ?? [];
  expect(rows[0]).toEqual(["姓名", "单位", "传呼", "行号", "原因"]);
  expect(rows[1]?.[0]).toBe("'=1+1");
  expect(String(rows[1]?.[4])).toContain("第 3 行“姓名”");
  expect((await b.post(`/admin/imports/${id}/write`, { goodRows: "1" })).status).toBe(303);
  expect(await count("select count(*) as n from kernel_person where name = '沈上' and phone = '13400000001'")).toBe(1);
  expect(await (await b.get(`/admin/imports/${id}`)).text()).toContain("撤销这次导入");
  const other = browser();
  await other.post("/sign-in", { username: (await person(root, { grant: "officer", kinds: ["training"], password })).login, password });
  expect((await other.get(`/admin/imports/${id}`)).status).toBe(404);
});

test("20,000 rows", { timeout: 120_000 }, async () => {
  const lines = ["姓名,单位,工号,手机,入职日期,人员类别"];
  for (let n = 0; n < 20_000; n++)
    lines.push(
      `林${String.fromCharCode(0x4e00 + (n % 3000))}${String.fromCharCode(0x5000 + Math.floor(n / 3000))},${n % 2 === 0 ? "第一中学" : "第二中学"},B${n},139${String(n).padStart(8, "0")},2020-0${(n % 9) + 1}-01,事业专技岗`,
    );
  const from = Date.now();
  const answer = await done("/people/import", lines.join("\n"));
  console.log("20,000 rows in", Date.now() - from, "ms");
  expect(counts(answer)).toEqual([20_000, 20_000, 0, 0, 0]);
  const again = Date.now();
  expect(counts(await done("/people/import", lines.join("\n")))).toEqual([20_000, 0, 0, 20_000, 0]);
  console.log("again in", Date.now() - again, "ms");

  // Undone by a job: refused with what depends on it, all of it where nothing does, and once where its worker was killed.
  const undo = () =>
    exports.default.fetch(
      new Request(`${origin}/api/v1/imports/${answer.import}/undo`, { method: "POST", headers: { authorization: `Bearer ${token}` } }),
    );
  const there = () => count("select count(*) as n from kernel_person where employee_no like 'B%' and length(name) = 3");
  const state = () => env.DB.prepare("select state from people_import where id = ?").bind(answer.import).first<string>("state");
  const fresh = (await env.DB.prepare("select id from kernel_person where employee_no = 'B7'").first<string>("id")) ?? "";
  await env.DB.prepare("insert into kernel_user (id, name, email, email_verified, created_at, updated_at) values (?1, 'x', ?1, 0, 0, 0)")
    .bind(fresh)
    .run();
  const refused = await undo();
  expect(refused.status).toBe(202);
  expect(await later<UndoAnswer>(refused)).toMatchObject({ undone: false, problems: [{ row: 9, code: "signedIn" }] });
  expect([await state(), await there()]).toEqual(["done", 20_000]);
  const officer = browser();
  await officer.post("/sign-in", { username: (await person(root, { grant: "officer", password })).login, password });
  expect(await (await officer.get(`/admin/imports/${answer.import}`)).text()).toMatch(/第 9 行 林.*：本人已经登录过/);
  await env.DB.prepare("delete from kernel_user where id = ?").bind(fresh).run();

  const taken = await undo();
  expect(taken.status).toBe(202);
  const again2 = await undo();
  expect(again2.status === 202 ? again2.headers.get("location") : taken.headers.get("location")).toBe(taken.headers.get("location"));
  expect(await later<UndoAnswer>(taken)).toEqual({ import: answer.import, undone: true, problems: [] });
  expect([await state(), await there()]).toEqual(["undone", 0]);
  const job = (taken.headers.get("location") ?? "").split("/").at(-1) ?? "";
  await env.DB.prepare("update kernel_job set state = 'running', lease_until = 0, result = null where id = ?").bind(job).run();
  expect(await work(context(), jobId.parse(job))).toBe("done");
  expect(await later<UndoAnswer>(taken)).toMatchObject({ undone: true });
  expect((await undo()).status).toBe(200);
  expect(await count("select count(*) as n from kernel_audit where command = 'people.import.undo' and object_id = ?", answer.import)).toBe(
    1,
  );
});
