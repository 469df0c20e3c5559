/** What no plugin counts is told by a person: with evidence, or as a nil declaration that is signed. */
import { beforeAll, expect, test } from "vitest";
import { day, makeContext, newId, sha256 } from "#kernel";
import { strToU8, zipSync } from "fflate";
import { enteredId } from "../../../src/plugins/reports/input-entered.ts";
import { enterableGroups } from "../../../src/plugins/reports/rules-enterable.ts";
import { enteredFor, seeEntered, seeOneEntered } from "../../../src/plugins/reports/service/entered.ts";
import { demonstration, type Demonstration, type Someone } from "../../support/demonstration.ts";

let shown: Demonstration;
let admin: Someone;
const period = { from: day.parse("2025-01-01"), to: day.parse("2025-12-31") };
const pdf = (words: string) => new File([`%PDF-1.7\n${words}`], "签到表.PDF.exe");
const someone = (role: string) => {
  const found = shown.people.find((each) => each.role === role);
  if (found === undefined) throw new Error(`no ${role}`);
  return found;
};
type Given = Partial<Record<"id" | "number" | "nil" | "signed" | "supersedes" | "reason" | "from" | "to" | "responsible", string>> & {
  file?: File;
};
const enter = (key: string, given: Given, who: Someone = admin) => {
  const body = new FormData();
  const fields: Given = { id: newId(enteredId), ...period, number: "1", responsible: "何知节", ...given };
  body.set("definition", "会议纪要所载次数");
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return shown.ask(who, `/admin/reports/entered/${key}`, { method: "POST", body, headers: { origin: "https://xuefa.test" } });
};
const standing = async (of = period) => enteredFor(makeContext({ env: shown.env, registry: shown.app.registry, now: Date.now() }), of);
const refused = async (answer: Response, status: number, words: string) => {
  expect(answer.status).toBe(status);
  expect(await answer.text()).toContain(words);
};

beforeAll(async () => {
  shown = await demonstration(["people", "reports"]);
  admin = someone("administrator");
}, 120_000);

test("a number needs evidence, which is judged by its content and kept under its digest", async () => {
  await refused(await enter("penalties", { number: "11" }), 422, "请附依据文件");
  await refused(await enter("penalties", { number: "11", file: new File(["MZ"], "决定书.pdf") }), 415, "文件只收");
  await refused(await enter("penalties", { number: "11", file: new File([new Uint8Array(10 * 1024 * 1024 + 1)], "大.pdf") }), 413, "10 MB");
  const macros = zipSync({
    "[Content_Types].xml": strToU8("<Types/>"),
    "word/document.xml": strToU8("<d/>"),
    "word/vbaProject.bin": strToU8("x"),
  });
  await refused(await enter("penalties", { number: "11", file: new File([macros], "a.docx") }), 415, "文件只收");
  expect((await standing()).has("penalties")).toBe(false);

  const file = pdf("决定书文号清单");
  expect((await enter("penalties", { number: "11", file })).status).toBe(303);
  const digest = await sha256(new Uint8Array(await file.arrayBuffer()));
  const told = (await standing()).get("penalties");
  expect(told).toMatchObject({ number: 11, measure: "cases", responsible: "何知节", statement: null, byName: admin.actor.name });
  expect(told?.file).toEqual({ digest, name: "签到表.PDF.pdf", type: "pdf", size: file.size });
  expect(await (await shown.env.FILES.get(`reports/evidence/${digest}`))?.text()).toBe(await file.text());
});
test("a workbook and a document are told by what they hold", async () => {
  const office = (part: string) => new File([zipSync({ "[Content_Types].xml": strToU8("<Types/>"), [part]: strToU8("<x/>") })], "附件");
  expect((await enter("corrections-ordered", { file: office("xl/workbook.xml") })).status).toBe(303);
  expect((await enter("inspections", { file: office("word/document.xml") })).status).toBe(303);
  const all = await standing();
  expect([all.get("corrections-ordered")?.file?.name, all.get("inspections")?.file?.name]).toEqual(["附件.xlsx", "附件.docx"]);
});
test("nothing is claimed without a signed statement, and the statement is kept as signed", async () => {
  await refused(await enter("complaints", { number: "0" }), 422, "零申报");
  await refused(await enter("complaints", { number: "0", file: pdf("空") }), 422, "零申报");
  await refused(await enter("complaints", { number: "0", nil: "1" }), 422, "签名要与您的姓名一致");
  await refused(await enter("complaints", { number: "0", nil: "1", signed: "别人" }), 422, "签名要与您的姓名一致");
  await refused(await enter("complaints", { number: "2", nil: "1", signed: admin.actor.name, file: pdf("x") }), 422, "不能作零申报");
  expect((await standing()).has("complaints")).toBe(false);
  expect((await enter("complaints", { number: "0", nil: "1", signed: admin.actor.name })).status).toBe(303);
  expect((await standing()).get("complaints")).toMatchObject({
    number: 0,
    file: null,
    statement: "经核对，2025年1月1日至2025年12月31日“投诉举报”为 0，本人对此负责。",
  });
});
test("a correction is a further row; what it corrects stays, and the evidence goes on where no other is given", async () => {
  const first = newId(enteredId);
  await enter("lectures", { id: first, number: "3", file: pdf("三场") });
  await refused(await enter("lectures", { number: "4", supersedes: first }), 422, "为什么更正");
  expect((await enter("lectures", { number: "4" })).status).toBe(409);
  const second = { id: newId(enteredId), number: "4", supersedes: first, reason: "补计一场" };
  expect((await enter("lectures", second)).status).toBe(303);
  expect((await enter("lectures", { number: "9", supersedes: first, reason: "晚了一步" })).status).toBe(409);
  const told = (await standing()).get("lectures");
  expect(told).toMatchObject({ id: second.id, number: 4, reason: "补计一场", file: { name: "签到表.PDF.pdf" } });
  const rows = await shown.env.DB.prepare(
    "select number from reports_entered where key = 'lectures' and from_day = '2025-01-01' order by id",
  ).all();
  expect(rows.results).toEqual([{ number: 3 }, { number: 4 }]);
  const page = await (await shown.ask(admin, "/admin/reports/entered/lectures?from=2025-01-01&to=2025-12-31")).text();
  for (const words of ["4 场", "3 场", "补计一场", "已更正"]) expect(page).toContain(words);
});
test("sent again it is the same; the same id for something else is refused", async () => {
  const given = { id: newId(enteredId), number: "7", file: pdf("七件") };
  expect((await enter("proposals-led", given)).status).toBe(303);
  expect((await enter("proposals-led", given)).status).toBe(303);
  expect((await enter("proposals-led", { ...given, number: "8" })).status).toBe(409);
  expect((await standing()).get("proposals-led")?.number).toBe(7);
});
test("it stands for its period alone; days in reverse and an unknown thing are refused", async () => {
  expect((await standing({ from: day.parse("2025-01-01"), to: day.parse("2025-06-30") })).size).toBe(0);
  await refused(await enter("branch-study", { from: "2025-12-31", to: "2025-01-01", file: pdf("x") }), 422, "结束日期早于开始日期");
  expect((await enter("no-such-thing", { file: pdf("x") })).status).toBe(404);
  expect((await shown.ask(admin, "/admin/reports/entered/no-such-thing")).status).toBe(404);
});
test("evidence opens for whoever reads figures of the whole body, and leaves a line in the audit", async () => {
  const told = (await standing()).get("penalties");
  const path = `/admin/reports/entered/penalties/${told?.id ?? ""}/file`;
  const answer = await shown.ask(someone("auditor"), path);
  expect(answer.headers.get("content-type")).toBe("application/pdf");
  expect(answer.headers.get("content-disposition")).toContain("attachment");
  expect(await sha256(new Uint8Array(await answer.arrayBuffer()))).toBe(told?.file?.digest);
  expect(
    await shown.env.DB.prepare("select count(*) as n from kernel_audit where command = 'reports.evidence.read' and object_id = ?")
      .bind(told?.id ?? "")
      .first("n"),
  ).toBe(1);
  expect((await shown.ask(null, path)).status).toBe(401);
  expect((await shown.ask(someone("learner"), path)).status).toBe(403);
  expect((await shown.ask(someone("auditor"), `/admin/reports/entered/lectures/${told?.id ?? ""}/file`)).status).toBe(404);
  expect((await enter("penalties", { file: pdf("x") }, someone("auditor"))).status).toBe(403);
});
test("who reaches a part of the body neither sees nor enters", async () => {
  const actor = {
    ...admin.actor,
    grants: [{ role: "officer" as const, unit: null, kinds: ["training" as const] }],
    roles: new Set(["officer" as const]),
  };
  const ctx = makeContext({ env: shown.env, registry: shown.app.registry, now: Date.now(), actor });
  await expect(seeEntered(ctx, period)).rejects.toThrow("reports-entered.partOnly");
  await expect(seeOneEntered(ctx, { entered: "penalties", ...period })).rejects.toThrow("reports-entered.partOnly");
});
test("the list shows each thing once, entered or empty", async () => {
  const page = await (await shown.ask(admin, "/admin/reports/entered?from=2025-01-01&to=2025-12-31")).text();
  const things = enterableGroups.flatMap(({ things: each }) => each);
  expect(new Set(things.map(({ key }) => key)).size).toBe(things.length);
  for (const { title } of things) expect(page).toContain(title.zh);
  const done = (await standing()).size;
  expect(page).toContain(`已填报 ${done} 项，未填报 ${things.length - done} 项`);
  const some = async (state: string) =>
    (await shown.ask(admin, `/admin/reports/entered?from=2025-01-01&to=2025-12-31&state=${state}`)).text();
  const links = (html: string) => [...html.matchAll(/href="\/admin\/reports\/entered\/([\w-]+)\?/g)].map(([, key]) => key);
  expect(links(await some("entered")).toSorted()).toEqual([...(await standing()).keys()].toSorted());
  expect(links(await some("empty"))).toHaveLength(things.length - done);
  const counted = await some("counted");
  expect(links(counted)).toEqual([]);
  expect(Number(/系统统计 (\d+) 项/.exec(counted)?.[1])).toBe(counted.match(/class="fig"/g)?.length);
});
test("what is a part is no more than its whole, whichever comes first", async () => {
  const of = { from: day.parse("2023-01-01"), to: day.parse("2023-12-31") };
  const file = () => pdf("清单");
  expect((await enter("proposals-handled", { ...of, number: "20", file: file() })).status).toBe(303);
  await refused(await enter("proposals-led", { ...of, number: "30", file: file() }), 422, "不能大于“承办建议提案”（已填 20）");
  expect((await enter("proposals-led", { ...of, number: "20", file: file() })).status).toBe(303);
  expect((await enter("court-visitors", { ...of, number: "5", file: file() })).status).toBe(303);
  await refused(await enter("court-visits", { ...of, number: "6", file: file() }), 422, "不能大于");
  const handled = (await standing(of)).get("proposals-handled");
  await refused(
    await enter("proposals-handled", { ...of, number: "19", file: file(), supersedes: handled?.id ?? "", reason: "数错了" }),
    422,
    "不能小于",
  );
});
test("a number that no line is for says what it is", async () => {
  const file = pdf("经费决算表");
  const given = { number: "30", file };
  const body = async (definition: string) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ id: newId(enteredId), ...period, responsible: "何知节", definition, ...given }))
      form.set(name, value);
    return shown.ask(admin, "/admin/reports/entered/other-copies", {
      method: "POST",
      body: form,
      headers: { origin: "https://xuefa.test" },
    });
  };
  await refused(await body("请写明这个数是什么、怎样数的、以什么为依据"), 422, "请在口径里写明这个数是什么");
  expect((await body("期间内印发的普法手册份数，以印制清单为依据")).status).toBe(303);
});
