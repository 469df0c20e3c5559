/** Reminding: once, nobody twice a day by accident, within the reach, remembered, and seen by who was reminded. */
import { readXlsx } from "hucre/xlsx";
import { beforeAll, expect, test } from "vitest";
import { addDays, newId, recordId, type PersonId, type RequirementId, type UnitId } from "#kernel";
import { myNotices, previewReminder, remind, seeHistory } from "../../../src/plugins/requirements/service/chase.ts";
import { count, person, unit } from "../people/world.ts";
import { as, assign, did, password, requirement, signedIn, today } from "./world-due.ts";

type Who = { id: PersonId; login: string };
let bureau: UnitId, first: UnitId, second: UnitId;
let officer: Who, head: Who, liwen: Who, wang: Who, zhao: Who;
let rule: RequirementId;
const open = { people: [], late: false };
const use = () => newId(recordId);
beforeAll(async () => {
  bureau = await unit("清河区教育局", "office", null);
  first = await unit("启明一部", "training", bureau);
  second = await unit("晨光幼儿园", "private-kindergarten", bureau);
  officer = await person(bureau, { name: "周科长", grant: "administrator", password });
  head = await person(first, { name: "孙校长", post: "principal", phone: "15400003333", password });
  liwen = await person(first, { name: "李雯", phone: "15400001111", password });
  wang = await person(first, { name: "王芳" });
  zhao = await person(second, { name: "=赵敏" });
  rule = await requirement("年度学法", officer.id, { exam: null });
  await assign(rule, "study", liwen.id, first, { due: addDays(today, -2) });
  await assign(rule, "study", wang.id, first);
  await assign(rule, "study", zhao.id, second);
});
const reminders = () => count("select count(*) as n from requirements_reminder");
const records = () => count("select count(*) as n from kernel_record where verb = 'reminded' and void = 0");

test("a head reminds the own two people by notice; a double click counts once, and who reads it sees who, what and by when", async () => {
  const b = await signedIn(head);
  const preview = await (await b.get(`/remind?people=${liwen.id}&people=${wang.id}&people=${zhao.id}`)).text();
  expect(preview).toContain("将催办 2 人");
  expect(preview).not.toContain("赵敏");
  const fields = new FormData();
  for (const [name, value] of [
    ["people", liwen.id],
    ["people", wang.id],
    ["use", use()],
    ["how", "notice"],
  ] as const)
    fields.append(name, value);
  const [one, two] = [await b.post("/remind", fields), await b.post("/remind", fields)];
  expect([one.status, two.status]).toEqual([303, 303]);
  expect(two.headers.get("location")).toBe(one.headers.get("location"));
  expect([await reminders(), await records()]).toEqual([2, 2]);
  expect(await (await b.get(one.headers.get("location") ?? "")).text()).toContain("已催办 2 人");
  const mine = await signedIn(liwen);
  const page = await (await mine.get("/me")).text();
  for (const words of ["有人提醒您", "孙校长", "依法办学", "已逾期 2 天", "知道了"]) expect(page).toContain(words);
  expect(page.indexOf("有人提醒您")).toBeLessThan(page.indexOf("今天只做这一步"));
  await mine.post("/me/notices", {});
  expect(await (await mine.get("/me")).text()).not.toContain("有人提醒您");
});
test("who was reminded today is left out and named, by whomever, and reminded again only on purpose", async () => {
  const ctx = await as(officer.id);
  const { now, left } = await previewReminder(ctx, { ...open, requirement: rule });
  expect([now.map((t) => t.personName), left.map((t) => t.personName).toSorted()]).toEqual([["=赵敏"], ["李雯", "王芳"].toSorted()]);
  await remind(ctx, { ...open, requirement: rule, use: use(), how: "copy", again: false });
  expect(await reminders()).toBe(3);
  await expect(remind(ctx, { ...open, requirement: rule, use: use(), how: "copy", again: false })).rejects.toThrow();
  await remind(ctx, { ...open, requirement: rule, use: use(), how: "notice", again: true });
  expect([await reminders(), await records()]).toEqual([6, 6]);
});
test("reminded of one thing, nobody is reminded of another on the same day but on purpose; who reminds is told of the own", async () => {
  const another = await requirement("补学", officer.id, { exam: null });
  for (const one of [wang, officer]) await assign(another, "study", one.id, one === wang ? first : bureau);
  const { now, left, self } = await previewReminder(await as(officer.id), { ...open, requirement: another });
  expect([now, left.map(({ person: one }) => one), self]).toEqual([[], [wang.id], true]);
});
test("the words are grouped by unit, each with what is open and until when, and a link that lands on it", async () => {
  const b = await signedIn(officer);
  const given = use();
  const answer = await b.post("/remind", { requirement: rule, use: given, how: "copy", again: "1" });
  const page = await (await b.get(answer.headers.get("location") ?? "")).text();
  // 补学 asks the same by the same day: said once.
  expect(page.match(/王芳：[^<\n]*/)?.[0].split("《依法办学》")).toHaveLength(2);
  for (const words of ["【启明一部】", "【晨光幼儿园】", "李雯：《依法办学》", "已逾期 2 天", "/me/next"]) expect(page).toContain(words);
  expect((await (await signedIn(head)).get(`/remind/${given}`)).status).toBe(404);
});
test("the list as a file has unit, head, phones, person, what, deadline and days overdue, and no formula; it is audited", async () => {
  const b = await signedIn(officer);
  const before = await count("select count(*) as n from kernel_audit where command = 'requirements.remind'");
  const answer = await b.post("/remind", { late: "1", use: use(), how: "xlsx", again: "1" });
  expect(answer.headers.get("content-disposition")).toContain(encodeURIComponent("催办名单"));
  const { sheets } = await readXlsx(new Uint8Array(await answer.arrayBuffer()));
  expect(sheets[0]?.rows.slice(2)).toEqual([
    ["单位", "负责人", "负责人电话", "姓名", "电话", "要做的事", "截止日期", "逾期天数"],
    ["启明一部", "孙校长", "15400003333", "李雯", "15400001111", "依法办学", addDays(today, -2), 2],
  ]);
  const all = await b.post("/remind", { requirement: rule, use: use(), how: "xlsx", again: "1" });
  expect(JSON.stringify((await readXlsx(new Uint8Array(await all.arrayBuffer()))).sheets[0]?.rows)).toContain("'=赵敏");
  expect(await count("select count(*) as n from kernel_audit where command = 'requirements.remind'")).toBe(before + 2);
});
test("a head reminds nobody of another unit, and a member nobody at all", async () => {
  const b = await signedIn(head);
  const before = await reminders();
  expect((await b.post("/remind", { people: zhao.id, use: use(), how: "notice", again: "1" })).status).toBe(422);
  expect((await (await signedIn(liwen)).get("/remind")).status).toBe(403);
  expect(await reminders()).toBe(before);
});
test("what was done needs no reminder and shows none; the requirement and the file say when and how often", async () => {
  const ctx = await as(officer.id);
  const { counted, rows } = await seeHistory(ctx, { id: rule });
  expect(counted.n).toBe(await reminders());
  expect(rows).toHaveLength(counted.n);
  expect(await (await (await signedIn(officer)).get(`/admin/people/${wang.id}`)).text()).toContain("催办记录");
  await remind(ctx, { ...open, people: [wang.id], use: use(), how: "notice", again: true });
  expect(await myNotices(await as(wang.id))).toHaveLength(1);
  await did(wang.id, "completed");
  expect(await myNotices(await as(wang.id))).toBeNull();
  expect((await previewReminder(ctx, { ...open, people: [wang.id] })).now).toEqual([]);
});
