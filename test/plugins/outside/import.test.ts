/** Results from outside: whom and what a row means, twice, another score, undo and again, duties, certificates, reach. */
import { env, exports } from "cloudflare:workers";
import { zipSync } from "fflate";
import { beforeAll, expect, test } from "vitest";
import { completedCourses } from "#plugins/courses";
import { assignmentId, newId, requirementId, type PersonId, type UnitId } from "#kernel";
import { whatKey } from "../../../src/plugins/outside/rules.ts";
import { browser, count, origin, person, unit } from "../people/world.ts";
import { answer, as, counts, header, look, pdf, refused, register, standing, undo, upload, write } from "./world.ts";
import { takeFile } from "../../../src/plugins/outside/service/file.ts";
import { importId } from "../../../src/plugins/outside/input.ts";

const password = "correct-horse-9";
const title = "2025年全市国家工作人员学法用法考试";
let root: UnitId, school: UnitId, other: UnitId, training: UnitId, kindergarten: UnitId;
let officer: PersonId;
let exam: string;
const line = (name: string, at: string, score: string, more: { no?: string; phone?: string; what?: string; day?: string } = {}) =>
  [name, more.no ?? "", at, more.phone ?? "", "2025", more.what ?? title, score, more.day ?? "2025-12-04", "市司法局"].join(",");
const day = "2025-12-04";

beforeAll(async () => {
  root = await unit("清河区教育局", "office", null);
  school = await unit("清河三中", "public-school", root);
  other = await unit("清河五小", "public-school", root);
  training = await unit("启航培训学校", "training", root);
  kindergarten = await unit("小树苗幼儿园", "private-kindergarten", root);
  officer = (await person(root, { grant: "officer", name: "局里人", password })).id;
  exam = await register(officer, title);
});
const one = async (name: string, at = school, more: Parameters<typeof person>[1] = {}) => (await person(at, { name, ...more })).id;

test("by 工号, by name with unit, by name with unit and phone; namesakes without a phone are a question", async () => {
  const [a, b, c, d] = [
    await one("周一鸣", school, { employeeNo: "T001" }),
    await one("吴二宝"),
    await one("郑三立", school, { phone: "13800000001" }),
    await one("郑三立", school, { phone: "13800000002" }),
  ];
  const id = await upload(officer, [
    line("周一鸣", "某个简称", "88", { no: "T001" }),
    line("吴　二宝", "清河三中", "95.5分"),
    line("郑三立", "清河三中", "59.99", { phone: "138 0000 0002" }),
    line("郑三立", "清河三中", "70"),
  ]);
  expect(await refused(id)).toEqual([[5, "who"]]);
  await write(officer, id);
  expect(await counts(id)).toEqual({ rows: 4, new: 3, changed: 0, unchanged: 0, refused: 1 });
  expect(await standing(a, exam)).toEqual(["passed 88", "sat 88"]);
  expect(await standing(b, exam)).toEqual(["excelled 95.5", "passed 95.5", "sat 95.5"]);
  expect(await standing(c, exam)).toEqual([]);
  expect(await standing(d, exam)).toEqual(["sat 59.99"]);
  // At noon of the stated day, with the digest of the evidence, at the unit of that day.
  const row = await env.DB.prepare("select * from kernel_record where person = ? and verb = 'sat'").bind(a).first();
  expect(row).toMatchObject({
    source: "external",
    day,
    at: Date.parse("2025-12-04T12:00:00+08:00"),
    unit: school,
    evidence: (await look(id)).evidence,
  });
});

test("five other spellings are questions with whom they may mean, and never merged", async () => {
  const names = ["张晓明", "王雪梅", "刘国强", "陈静", "吴岩"];
  const ids = await Promise.all(names.map((name) => one(name, other)));
  const typed = ["张小明", "王雪", "劉國強", "陈婧", "吴岩（科长）"];
  const lines = typed.map((name, n) => line(name, "清河五小", String(80 + n)));
  const id = await upload(officer, lines);
  expect(await refused(id)).toEqual([2, 3, 4, 5, 6].map((n) => [n, "who"]));
  const asked = await env.DB.prepare("select n, problem ->> '$.candidates[0].id' as who from outside_row where import = ? order by n")
    .bind(id)
    .all();
  expect(asked.results.map((row) => row["who"])).toEqual(ids);
  await answer(officer, id, { answers: { 2: ids[0] ?? "", 3: ids[1] ?? "", 4: ids[2] ?? "" } });
  expect(await counts(id)).toMatchObject({ new: 3, refused: 2 });
  expect(await count("select count(*) as n from outside_row where import = ? and label like '刘国强（劉國強%'", id)).toBe(1);
  await write(officer, id);
  expect(await standing(ids[2] ?? officer, exam)).toEqual(["passed 82", "sat 82"]);
  expect(await standing(ids[3] ?? officer, exam)).toEqual([]);
  // An answer that was not offered is none.
  const again = await upload(officer, [line("陈婧", "清河五小", "90")]);
  await answer(officer, again, { answers: { 2: ids[0] ?? "" } });
  expect(await refused(again)).toEqual([[2, "who"]]);
});

test("what does not fit is refused with its reason", async () => {
  await one("钱百川");
  const id = await upload(officer, [
    ...["缺考", "缓考", "免考", "—", "未完成", "101", "九十", "完成", "-5", "80.555"].map((score) => line("钱百川", "清河三中", score)),
    line("钱百川", "清河三中", "80", { day: "2099-01-01" }),
    line("钱百川", "清河三中", "80", { day: "2024-12-04" }),
    line("钱百川", "清河三中", "80", { day: "2025-02-30" }),
    line("钱百川", "清河三中", "80", { day: "2019-12-04" }).replace(",2025,", ",2019,"),
    line("无此人", "清河三中", "80"),
    line("无此人", "没有的单位", "80"),
    line("钱百川", "清河三中", "81"),
    line("钱百川", "清河三中", "81"),
    line("钱百川", "清河三中", "82"),
  ]);
  expect((await refused(id)).map(([, code]) => code)).toEqual([
    "notTaken",
    "notTaken",
    "notTaken",
    "notTaken",
    "notTaken",
    "tooHigh",
    "badResult",
    "needsScore",
    "badResult",
    "badResult",
    "future",
    "yearDiffers",
    "badDay",
    "notThere",
    "nobody",
    "unitUnknown",
    "twice",
  ]);
  expect(await counts(id)).toEqual({ rows: 19, new: 1, changed: 0, unchanged: 1, refused: 17 });
});

test("the same file twice is unchanged; another score is asked about, and undoing the correction gives the first back", async () => {
  const who = await one("孙更正");
  const first = await upload(officer, [line("孙更正", "清河三中", "55")]);
  await write(officer, first);
  const same = await upload(officer, [line("孙更正", "清河三中", "55")]);
  expect(await counts(same)).toMatchObject({ new: 0, unchanged: 1 });
  const better = await upload(officer, [line("孙更正", "清河三中", "91")]);
  expect(await refused(better)).toEqual([[2, "otherScore"]]);
  await answer(officer, better, { answers: { 2: "correct" } });
  expect(await counts(better)).toMatchObject({ changed: 1, refused: 0 });
  await write(officer, better);
  expect(await standing(who, exam)).toEqual(["excelled 91", "passed 91", "sat 91"]);
  // The first cannot be taken back under the correction.
  await expect(undo(officer, first)).rejects.toThrow();
  await undo(officer, better);
  expect(await standing(who, exam)).toEqual(["sat 55"]);
});

test("undo voids each record, duties open again, and the same file can be imported again; no certificate of ours", async () => {
  const who = await one("李完成");
  const duty = await unit("清河八中", "public-school", root);
  const [requirement, assignment] = [newId(requirementId), newId(assignmentId)];
  await env.DB.prepare(
    "insert into kernel_assignment (id, requirement, kind, object, verb, person, unit, from_day, due_day) values (?, ?, 'exam', ?, 'passed', ?, ?, '2025-01-01', '2025-12-31')",
  )
    .bind(assignment, requirement, exam, who, duty)
    .run();
  const done = () => count("select count(*) as n from kernel_assignment where id = ? and done_at is not null", assignment);
  const lines = [line("李完成", "清河三中", "77")];
  const first = await upload(officer, lines);
  await write(officer, first);
  expect(await done()).toBe(1);
  // It serves the duty at the other school.
  expect(await count("select count(*) as n from kernel_record where person = ? and unit = ?", who, duty)).toBe(2);
  await undo(officer, first);
  expect(await done()).toBe(0);
  expect(await standing(who, exam)).toEqual([]);
  expect(await count("select count(*) as n from kernel_record where person = ?", who)).toBe(4);
  const again = await upload(officer, lines);
  expect(await counts(again)).toMatchObject({ new: 1 });
  await write(officer, again);
  expect([await done(), await standing(who, exam)]).toEqual([1, ["passed 77", "sat 77"]]);
  await undo(officer, again);
  await write(officer, await upload(officer, lines));
  expect(await done()).toBe(1);
  expect(await count("select count(*) as n from certificates_certificate")).toBe(0);
  expect(await count("select sum(count) as n from kernel_tally where verb = 'passed' and object_id = ? and unit = ?", exam, duty)).toBe(1);
});

test("a name that nothing is called by is asked about once; a course is completed; done-or-not has no score", async () => {
  const who = await one("何选课");
  await env.DB.batch([
    env.DB.prepare("insert into courses_course (id, hash, place) values ('yifa-banxue', 'h', 1)"),
    env.DB.prepare(
      "insert into courses_version (course, hash, title, audience, summary, hours, outline, created_at) values ('yifa-banxue', 'h', '依法办学', '', '', 2, '{}', 0)",
    ),
  ]);
  const online = await register(officer, "干部在线学习", {});
  const id = await upload(officer, [
    line("何选课", "清河三中", "完成", { what: "《依法办学》" }),
    line("何选课", "清河三中", "88", { what: "依法办学" }),
    line("何选课", "清河三中", "已完成", { what: "2025年度干部在线学习" }),
    line("何选课", "清河三中", "90", { what: "干部在线学习" }),
    line("何选课", "清河三中", "66", { what: "全市学法统考", day: "2025-11-01" }),
    line("何选课", "清河三中", "67", { what: "全市学法统考", day: "2025-11-02" }),
  ]);
  expect((await refused(id)).map(([, code]) => code)).toEqual(["courseResult", "noScore", "what", "what"]);
  await answer(officer, id, { whats: { [whatKey(2025, "全市学法统考")]: `exam:${exam}` } });
  expect(await counts(id)).toMatchObject({ new: 4, refused: 2 });
  await write(officer, id);
  expect(await standing(who, "yifa-banxue")).toEqual(["completed —"]);
  // A sitting that asks for the course first is open to them.
  expect((await completedCourses(await as(officer), who, ["yifa-banxue"])).has("yifa-banxue")).toBe(true);
  expect(await standing(who, online)).toEqual(["passed —", "sat —"]);
});

test("an officer of the kindergartens cannot import for a training school, and learns nothing of it", async () => {
  const kinds = (await person(root, { name: "学前科", grant: "officer", kinds: ["private-kindergarten"], password })).id;
  const [theirs, ours] = [await one("冯外人", training, { employeeNo: "Q9" }), await one("褚园长", kindergarten)];
  const id = await upload(kinds, [
    line("冯外人", "启航培训学校", "80"),
    line("冯外人", "启航培训学校", "80", { no: "Q9" }),
    line("冯外人", "", "80"),
    line("褚园长", "小树苗幼儿园", "80"),
    line("张无名", "启航培训学校", "80"),
  ]);
  const rows = await env.DB.prepare("select problem from outside_row where import = ? and outcome = 'refused' order by n")
    .bind(id)
    .all<{ problem: string }>();
  const problems = rows.results.map(({ problem }) => JSON.parse(problem) as { code: string; facts?: unknown });
  expect(problems.map(({ code }) => code)).toEqual(["unitUnknown", "unitUnknown", "nobody", "unitUnknown"]);
  // A person of the training school and somebody who never was look alike.
  expect(problems[0]?.facts).toEqual(problems[3]?.facts);
  await write(kinds, id);
  expect([await standing(theirs, exam), await standing(ours, exam)]).toEqual([[], ["passed 80", "sat 80"]]);
});

test("the evidence is required, looked at, kept by digest, and read by whoever sees the import, with a line in the audit", async () => {
  const bytes = new TextEncoder().encode(`${header}\n${line("周一鸣", "清河三中", "88", { no: "T001" })}`);
  const take = async (evidence: Uint8Array<ArrayBuffer>) =>
    takeFile(await as(officer), {
      id: newId(importId),
      name: "a.csv",
      bytes,
      evidence: new File([evidence], "依据.pdf"),
      day: null,
      then: "preview",
      answers: {},
    });
  await expect(take(new Uint8Array())).rejects.toMatchObject({ status: 422 });
  await expect(take(new Uint8Array(new TextEncoder().encode("<html>")))).rejects.toMatchObject({ status: 415 });
  await expect(take(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]))).rejects.toMatchObject({ status: 415 });
  const macros = zipSync({
    "[Content_Types].xml": new Uint8Array(),
    "xl/workbook.xml": new Uint8Array(),
    "xl/vbaProject.bin": new Uint8Array(1),
  });
  await expect(take(new Uint8Array(macros))).rejects.toMatchObject({ status: 415 });
  const large = new Uint8Array(10 * 1024 * 1024 + 1);
  large.set(pdf);
  await expect(take(large)).rejects.toMatchObject({ status: 413 });

  const signedIn = async (who: { login: string }) => {
    const b = browser();
    await b.post("/sign-in", { username: who.login, password });
    return b;
  };
  const id = await upload(officer, [line("周一鸣", "清河三中", "88", { no: "T001" })]);
  const [admin, head, narrow] = [
    await signedIn(await person(root, { grant: "administrator", password })),
    await signedIn(await person(school, { post: "principal", password })),
    await signedIn(await person(root, { grant: "officer", kinds: ["private-kindergarten"], password })),
  ];
  const path = `/admin/outside/${id}`;
  const file = await admin.get(`${path}/evidence`);
  expect([file.status, file.headers.get("content-type")]).toEqual([200, "application/pdf"]);
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(pdf);
  expect(await count("select count(*) as n from kernel_audit where command = 'outside.evidence' and object_id = ?", id)).toBe(1);
  expect([(await head.get(path)).status, (await head.get(`${path}/evidence`)).status]).toEqual([403, 403]);
  expect([(await narrow.get(path)).status, (await narrow.get(`${path}/evidence`)).status]).toEqual([404, 404]);
  // Whoever may see the results of an exam sees those within the reach alone.
  const list = await (await narrow.get(`/admin/outside/results/exam:${exam}`)).text();
  expect([list.includes("褚园长"), list.includes("周一鸣")]).toEqual([true, false]);
  expect(await (await admin.get(`/admin/outside/results/exam:${exam}`)).text()).toContain("周一鸣");
});

test("an external exam is shown with its results to whom it concerns, without a way to begin; it can be neither published nor sat", async () => {
  const [sat, stranger] = [await person(school, { name: "沈看见", password }), await person(school, { name: "韩没关系", password })];
  await write(officer, await upload(officer, [line("沈看见", "清河三中", "92")]));
  const signedIn = async (who: { login: string }) => {
    const b = browser();
    await b.post("/sign-in", { username: who.login, password });
    return b;
  };
  const mine = await signedIn(sat);
  const page = await (await mine.get(`/exams/${exam}`)).text();
  for (const words of ["外部考试：在市司法局参加，成绩由局里导入。", "外部成绩", "92"]) expect(page).toContain(words);
  expect(page).not.toContain("data-begin");
  expect(await (await mine.get("/exams")).text()).toContain("外部成绩");
  expect((await (await signedIn(stranger)).get(`/exams/${exam}`)).status).toBe(404);
  const admin = await signedIn(await person(root, { grant: "administrator", password }));
  const plan = await (await admin.get(`/admin/exams/${exam}`)).text();
  expect(plan).toContain("外部");
  for (const path of ["sitting", "monitor"]) expect((await admin.get(`/admin/exams/${exam}/${path}`)).status).toBe(404);
  expect((await admin.post(`/admin/exams/${exam}/publish`, { changed: "1" })).status).toBe(409);
  expect((await admin.post(`/admin/exams/${exam}/external/remove`, { changed: "1" })).status).toBe(409);
  const fresh = await register(officer, "登记错了的考试");
  expect((await admin.post(`/admin/exams/${fresh}/external/remove`, { changed: "1" })).status).toBe(303);
  const list = await (await admin.get("/admin/requirements/new")).text();
  expect(list).toContain(title);
});

test("the API answers as the roster import does: counts that add up, problems with their code, and no file without evidence", async () => {
  const { login } = await person(root, { grant: "officer", password });
  const b = browser();
  const { token } = (await (await b.api("POST", "/session", { username: login, password })).json()) as { token: string };
  const who = await one("朱接口");
  const send = async (query: string, evidence: boolean) => {
    const form = new FormData();
    const lines = [header, line("朱接口", "清河三中", "84"), line("朱接口", "清河三中", "缺考")];
    form.set("file", new File([lines.join("\n")], "成绩.csv"));
    if (evidence) form.set("evidence", new File([pdf], "通报.pdf"));
    const answer = await exports.default.fetch(
      new Request(`${origin}/api/v1/outside/import${query}`, { method: "POST", headers: { authorization: `Bearer ${token}` }, body: form }),
    );
    return { status: answer.status, body: await answer.json() };
  };
  expect((await send("", false)).status).toBe(422);
  for (const query of ["?dry_run=1", ""])
    expect((await send(query, true)).body).toMatchObject({
      committed: false,
      rows: 2,
      new: 1,
      refused: 1,
      problems: [{ row: 3, column: "成绩", value: "缺考", code: "notTaken" }],
    });
  expect(await standing(who, exam)).toEqual([]);
  expect((await send("?good_rows=1", true)).body).toMatchObject({ committed: true, rows: 2, new: 1, changed: 0, unchanged: 0, refused: 1 });
  expect(await standing(who, exam)).toEqual(["passed 84", "sat 84"]);
});
