/** 各单位学法考试情况统计表: each number against SQL by hand, names for whoever may chase, a file that prints across A4. */
import { readXlsx } from "hucre/xlsx";
import { beforeAll, expect, test } from "vitest";
import type { PersonId, RequirementId, UnitId } from "#kernel";
import { seeForm, seeYearForm } from "../../../src/plugins/requirements/service/form.ts";
import { count, person, unit } from "../people/world.ts";
import { as, assign, did, password, requirement, signedIn, today } from "./world-due.ts";

let school: UnitId, training: UnitId;
let officer: { id: PersonId; login: string }, auditor: { id: PersonId; login: string };
let rule: RequirementId;
beforeAll(async () => {
  const bureau = await unit("清河区教育局", "office", null);
  school = await unit("清河三中", "public-school", bureau);
  training = await unit("启明培训", "training", bureau);
  officer = await person(bureau, { name: "周科长", grant: "administrator", password });
  auditor = await person(bureau, { grant: "auditor", password });
  rule = await requirement("年度学法", officer.id);
  const make = async (name: string, at: UnitId[], excuse?: "exempt" | "deferred") => {
    const { id } = await person(at[0] ?? school, { name });
    for (const place of at)
      for (const slot of ["study", "exam"] as const)
        await assign(rule, slot, id, place, slot === "exam" && excuse !== undefined ? { excuse, leaves: true } : {});
    return id;
  };
  const [both] = [await make("两校人", [school, training]), await make("缺考人", [school]), await make("免考人", [school], "exempt")];
  await make("缓考人", [training], "deferred");
  await did(both, "completed");
  await did(both, "sat");
  await did(both, "passed");
  await did(both, "excelled");
});
test("each unit has its numbers and names, the total counts different people, and each is that of SQL by hand", async () => {
  const [block] = (await seeForm(await as(officer.id), rule)).blocks;
  expect(block?.rows).toEqual([
    ["清河三中", 3, 3, 1, "33.3%", 2, 1, 0, 1, "50%", 1, 1, "缺考人"],
    ["启明培训", 1, 2, 1, "50%", 1, 0, 1, 1, "100%", 1, 1, ""],
    ["合计（不同人数）", 4, 4, 1, "25%", 2, 1, 1, 1, "50%", 1, 1, "共 1 人"],
  ]);
  const hand = (which: string) =>
    count(`select count(distinct person) as n from kernel_assignment where requirement = ? and ended_at is null and ${which}`, rule);
  expect(block?.rows.at(-1)?.slice(5, 9)).toEqual([
    await hand("kind = 'exam' and leaves = 0"),
    await hand("kind = 'exam' and excuse = 'exempt'"),
    await hand("kind = 'exam' and excuse = 'deferred'"),
    await hand("kind = 'exam' and leaves = 0 and sat_at is not null"),
  ]);
  expect(await count("select count(*) as n from kernel_audit where command = 'requirements.form'")).toBe(1);
});
test("each number opens just so many people", async () => {
  const b = await signedIn(officer);
  const html = await (await b.get(`/admin/requirements/${rule}/form`)).text();
  const figures = [...html.matchAll(/class="fig" href="([^"]+)"[^>]*>(\d+)</g)].map(([, path = "", n]) => [
    path.replaceAll("&amp;", "&"),
    n,
  ]);
  expect(figures).toHaveLength(3 * 8);
  for (const [path = "", n] of figures) {
    const rows = await (await b.get(path)).text();
    expect([path, /data-value="(\d+)"/.exec(rows)?.[1], rows.split("data-row=").length - 1]).toEqual([path, n, Number(n)]);
  }
});
test("an auditor reads no whole name, and the year has a block for each requirement", async () => {
  expect(JSON.stringify((await seeForm(await as(auditor.id), rule)).blocks)).not.toContain("缺考人");
  await requirement("只学不考", officer.id, { exam: null });
  const year = Number(today.slice(0, 4));
  expect((await seeYearForm(await as(officer.id), year)).blocks.map(({ name }) => name)).toEqual(["年度学法", "只学不考"]);
  expect((await seeYearForm(await as(officer.id), year - 1)).blocks).toEqual([]);
  const html = await (await (await signedIn(officer)).get(`/admin/form?year=${year}`)).text();
  for (const words of ["统计口径", "截至时间", "填表人：周科长", "审核人", "本要求不含考试", "合计"]) expect(html).toContain(words);
});
test("the file has a title over all columns, its rows, and A4 across", async () => {
  const answer = await (await signedIn(officer)).get(`/admin/requirements/${rule}/form/export`);
  expect(answer.headers.get("content-disposition")).toContain(encodeURIComponent("各单位学法考试情况统计表"));
  const { sheets } = await readXlsx(new Uint8Array(await answer.arrayBuffer()));
  const [sheet] = sheets;
  expect(sheet?.merges?.[0]).toEqual({ startRow: 0, startCol: 0, endRow: 0, endCol: 12 });
  expect(sheet?.pageSetup).toMatchObject({ paperSize: "a4", orientation: "landscape", fitToWidth: 1 });
  expect(sheet?.rows[3]?.slice(0, 3)).toEqual(["单位", "在册", "应学"]);
  expect(sheet?.rows[4]?.at(-1)).toBe("缺考人");
});
test("a year of nothing that is on answers a page, and no file", async () => {
  const b = await signedIn(officer);
  expect((await b.get("/admin/form?year=2001")).status).toBe(200);
  expect((await b.get("/admin/form/export?year=2001")).status).toBe(404);
});
