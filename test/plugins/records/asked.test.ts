/** What the ledger is asked for must exist and fit together: nothing is left out of a question in silence. */
import { beforeAll, expect, test } from "vitest";
import { newId, personId, unitId, type PersonId, type UnitId } from "#kernel";
import { audited, client, fact, passed, person, unit } from "./world.ts";

type Ask = Awaited<ReturnType<typeof client>>;
type Problem = { status: number; code: string; problems?: { field: string }[] };
let bureau: UnitId, school: UnitId, kindergarten: UnitId, liwen: PersonId, wangfang: PersonId;
let asAdmin: Ask, asKindergartens: Ask;

beforeAll(async () => {
  bureau = await unit("office", "清河区教育局");
  school = await unit("public-school", "清河三中", bureau);
  kindergarten = await unit("private-kindergarten", "晨光幼儿园", bureau);
  liwen = await person("李雯", school);
  wangfang = await person("王芳芳", kindergarten);
  asAdmin = await client(await person("赵敏", bureau, { role: "administrator" }));
  asKindergartens = await client(await person("钱学", bureau, { role: "officer", kinds: ["private-kindergarten"] }));
  await fact(liwen, "考试甲", { verb: passed, object: { kind: "exam", id: "考试甲" }, score: 9150 });
  await fact(wangfang, "第一课");
});

/** What each way of asking answers: the API, its files, the page and its files. */
const ways = ["/api/v1/records?", "/api/v1/records?format=csv&", "/admin/records?", "/admin/records/export?"];
const answered = (ask: Ask, query: string) => Promise.all(ways.map(async (way) => (await ask(way + query)).status));
const refusal = async (ask: Ask, query: string): Promise<Problem> => (await ask(`/api/v1/records?${query}`)).json();
const object = encodeURIComponent("考试甲");

test.each([
  ["verb=no-such-verb", "verb"],
  ["kind=no-such-kind", "kind"],
  ["kind=exam&object=no-such-exam", "object"],
  ["object=x", "kind"],
  ["from=2026-06-30&to=2026-01-01", "to"],
])("%s is refused, and %s is named", async (query, field) => {
  expect(await answered(asAdmin, query)).toEqual([422, 422, 422, 422]);
  expect((await refusal(asAdmin, query)).problems?.map((p) => p.field)).toEqual([field]);
});

test("a filter that there is not is refused, and not left out", async () => {
  expect((await asAdmin("/api/v1/records?persn=x")).status).toBe(422);
  expect(JSON.stringify(await refusal(asAdmin, "persn=x"))).toContain("persn");
});

test("a unit or person outside the reach looks like one that never was", async () => {
  for (const [field, outside, never] of [
    ["unit", school, newId(unitId)],
    ["person", liwen, newId(personId)],
  ] as const) {
    expect(await answered(asKindergartens, `${field}=${outside}`)).toEqual([404, 404, 404, 404]);
    expect(await answered(asKindergartens, `${field}=${never}`)).toEqual([404, 404, 404, 404]);
    const told = async (id: string) =>
      JSON.stringify(await refusal(asKindergartens, `${field}=${id}`)).replace(/"reference":"[^"]*"|[0-9a-f-]{36}/g, "");
    expect(await told(outside)).toBe(await told(never));
    expect((await refusal(asKindergartens, `${field}=${never}`)).problems?.map((p) => p.field)).toEqual([field]);
  }
});

test("what there is is answered, be it with nothing", async () => {
  const fine = [200, 200, 200, 200];
  expect(await answered(asKindergartens, `unit=${kindergarten}`)).toEqual(fine);
  expect(await answered(asKindergartens, `person=${wangfang}&verb=passed`)).toEqual(fine);
  expect(await answered(asAdmin, `kind=exam&object=${object}&from=2026-01-01&to=2026-01-01`)).toEqual(fine);
  // Recorded elsewhere: whoever may not see that is told no more than of one that never was.
  expect(await answered(asKindergartens, `kind=exam&object=${object}`)).toEqual([422, 422, 422, 422]);
});

test("whole names of what there is not leave no line in the audit", async () => {
  const before = (await audited()).length;
  const reason = encodeURIComponent("接受检查");
  expect((await asAdmin(`/api/v1/records?names=whole&reason=${reason}&verb=no-such-verb`)).status).toBe(422);
  expect((await asAdmin("/admin/records", { form: { format: "csv", reason: "接受检查", unit: newId(unitId) } })).status).toBe(404);
  expect(await audited()).toHaveLength(before);
});

test("a figure and a report ask alike", async () => {
  const figures = ["/api/v1/figures/reports.exams-sat?", "/admin/figures/reports.exams-sat?"];
  const reports = ["/api/v1/reports/annual?", "/admin/reports/annual?"];
  const all = async (ask: Ask, query: string, paths = [...figures, ...reports]) => [
    ...new Set(await Promise.all(paths.map(async (path) => (await ask(path + query)).status))),
  ];
  expect(await all(asAdmin, "from=2026-06-30&to=2026-01-01")).toEqual([422]);
  expect(await all(asAdmin, "object=no-such-exam", figures)).toEqual([422]);
  expect(await all(asAdmin, "objct=x", ["/api/v1/figures/reports.exams-sat?", "/api/v1/reports/annual?"])).toEqual([422]);
  expect(await all(asKindergartens, `unit=${school}`)).toEqual([404]);
  expect(await all(asKindergartens, `unit=${newId(unitId)}`)).toEqual([404]);
  expect(await all(asKindergartens, `unit=${kindergarten}`)).toEqual([200]);
  expect(await all(asAdmin, `object=${object}`, figures)).toEqual([200]);
});

test("a report says of which units it is: a part does not pass for the whole", async () => {
  const said = async (ask: Ask, path: string) =>
    /全部单位|只含您管理范围内的单位|只含[^<·]*及其下级单位/.exec(await (await ask(path)).text())?.[0];
  for (const path of ["/admin/reports/annual", "/admin/figures/reports.exams-sat"]) {
    expect(await said(asAdmin, path)).toBe("全部单位");
    expect(await said(asKindergartens, path)).toBe("只含您管理范围内的单位");
    expect(await said(asAdmin, `${path}?unit=${school}`)).toBe("只含清河三中及其下级单位");
  }
});
