/** An officer's way through the pages: upload with evidence, name what is unknown, decide who is meant, write, undo. */
import { beforeAll, expect, test } from "vitest";
import { newId, type PersonId, type UnitId } from "#kernel";
import { examId } from "#plugins/exams";
import { importId } from "../../../src/plugins/outside/input.ts";
import { browser, count, person, unit } from "../people/world.ts";
import { header, pdf, standing } from "./world.ts";

const password = "correct-horse-9";
let root: UnitId;
let who: PersonId;
let b: ReturnType<typeof browser>;
beforeAll(async () => {
  root = await unit("清河区教育局", "office", null);
  who = (await person(await unit("清河三中", "public-school", root), { name: "张晓明" })).id;
  b = browser();
  await b.post("/sign-in", { username: (await person(root, { grant: "officer", password })).login, password });
});
const send = async (id: string, lines: readonly string[], evidence: string | Uint8Array<ArrayBuffer>) => {
  const form = new FormData();
  form.set("id", id);
  form.set("file", new File([[header, ...lines].join("\n")], "成绩.csv"));
  form.set("evidence", new File([evidence], "通报.pdf"));
  form.set("day", "2025-12-04");
  return b.post("/admin/outside", form);
};

test("a file without good evidence comes back with the reason; nothing is kept", async () => {
  const answer = await send(newId(importId), ["张晓明,,清河三中,,2025,全市统考,80,,"], "no pdf");
  expect(answer.status).toBe(415);
  expect(await answer.text()).toContain("文件只收 PDF");
  expect(await count("select count(*) as n from outside_import")).toBe(0);
});

test("from the upload to the undo", async () => {
  const id = newId(importId);
  const path = `/admin/outside/${id}`;
  const lines = ["张小明,,清河三中,,2025,全市统考,91,,市司法局"];
  expect((await send(id, lines, pdf)).headers.get("location")).toBe(path);
  // The same form again is the same import.
  expect((await send(id, lines, pdf)).headers.get("location")).toBe(path);
  expect(await (await b.get(path)).text()).toContain("就是：张晓明");
  expect((await b.post(`${path}/answers`, { "answer.2": who })).status).toBe(303);
  expect(await (await b.get(path)).text()).toContain("“全市统考”（1 行）");
  const made = newId(examId);
  const exam = {
    id: made,
    key: "全市统考",
    year: "2025",
    title: "全市国家工作人员统考",
    organiser: "市司法局",
    total: "100",
    pass: "95",
    excellent: "90",
  };
  expect((await b.post(`${path}/exam`, exam)).status).toBe(422);
  expect((await b.post(`${path}/exam`, { ...exam, pass: "60" })).status).toBe(303);
  const ready = await (await b.get(path)).text();
  expect(ready).toContain("写入 1 行");
  expect(ready).toContain("成绩.csv");
  for (let twice = 0; twice < 2; twice++) expect((await b.post(`${path}/write`, {})).status).toBe(303);
  expect(await standing(who, made)).toEqual(["excelled 91", "passed 91", "sat 91"]);
  expect(await (await b.get("/admin/records")).text()).toContain("外部成绩");
  for (let twice = 0; twice < 2; twice++) expect((await b.post(`${path}/undo`, {})).status).toBe(303);
  expect(await standing(who, made)).toEqual([]);
  expect(await (await b.get(path)).text()).toContain("已撤销");
  const audit = "select count(*) as n from kernel_audit where object_id = ? and command = ?";
  for (const command of ["outside.written", "outside.undone"]) expect(await count(audit, id, command), command).toBe(1);
});
