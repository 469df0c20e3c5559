/** Where units are many, one is typed: by code, by name, or by a part that only it has; nothing outside the reach is found. */
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { newId, personId, positionId, unitId, type UnitId } from "#kernel";
import { browser, count, person, unit } from "./world.ts";

const password = "correct-horse-9";
let root: UnitId, third: UnitId, garden: UnitId;
beforeAll(async () => {
  root = await unit("试验区教育局", "office", null);
  third = await unit("试验区第三中学", "public-school", root);
  await unit("试验区第三中学西校区", "public-school", root);
  garden = await unit("试验区彩虹幼儿园", "private-kindergarten", root);
  await unit("试验区晨光幼儿园", "private-kindergarten", root);
  for (let n = 0; n < 60; n++) await unit(`试验区第${n}培训学校`, "training", root);
  await env.DB.prepare("update kernel_unit set code = '911200000000000000' where id = ?").bind(garden).run();
});
const signedIn = async (kinds?: "private-kindergarten"[]) => {
  const { login } = await person(root, { grant: "officer", password, ...(kinds === undefined ? {} : { kinds }) });
  const b = browser();
  await b.post("/sign-in", { username: login, password });
  return b;
};
type B = Awaited<ReturnType<typeof signedIn>>;
let made = 0;
/** The unit where a person made with this typed unit is; null and why, where it is refused. */
const placed = async (b: B, typed: string): Promise<string | null> => {
  const id = newId(personId);
  const answer = await b.post("/admin/people", {
    id,
    position: newId(positionId),
    name: `打字${"甲乙丙丁戊己庚辛壬癸"[made++ % 10]}${made}`,
    unit: typed,
    nature: "personnel",
    post: "teaching",
    from: "2026-01-01",
  });
  if (answer.status !== 303) return `${answer.status} ${/(没有叫|叫)[^<]*/.exec(await answer.text())?.[0]}`;
  return env.DB.prepare("select unit from kernel_position where person = ?").bind(id).first<string>("unit");
};

test("an exact name, a code, an id, or a part that one unit has", async () => {
  const b = await signedIn();
  expect(await placed(b, "试验区第三中学")).toBe(third);
  expect(await placed(b, " 彩虹 ")).toBe(garden);
  expect(await placed(b, "911200000000000000")).toBe(garden);
  expect(await placed(b, third)).toBe(third);
  expect(await placed(b, "幼儿园")).toBe("422 叫“幼儿园”的不止一个单位：试验区彩虹幼儿园、试验区晨光幼儿园。请写全称或统一社会信用代码");
  expect(await placed(b, "%")).toContain("422 没有叫“%”的单位");
});
test("what lies outside the reach is like what never was", async () => {
  const b = await signedIn(["private-kindergarten"]);
  expect(await placed(b, "试验区第三中学")).toBe("422 没有叫“试验区第三中学”的单位，或者不在您的管理范围内");
  expect(await placed(b, "试验区没有的学校")).toBe("422 没有叫“试验区没有的学校”的单位，或者不在您的管理范围内");
});
test("few units are a list, many are typed; what was typed stays where it is refused", async () => {
  const few = await (await (await signedIn(["private-kindergarten"])).get("/admin/people/new")).text();
  expect(few).toContain('<select id="f-unit" name="unit"');
  const b = await signedIn();
  for (const [path, name] of [
    ["/admin/people/new", "unit"],
    [`/admin/people/new?unit=${third}`, "unit"],
    ["/admin/units/new", "parent"],
    ["/admin/people/links", "unit"],
  ] as const) {
    const html = await (await b.get(path)).text();
    expect(html, path).toContain(`<input id="f-${name}" name="${name}" type="text"`);
    expect(html.length, path).toBeLessThan(30_000);
  }
  expect(await (await b.get(`/admin/people/new?unit=${third}`)).text()).toContain('value="试验区第三中学"');
});
test("a unit is hung under one that is typed, or under the body, which is proposed", async () => {
  const b = await signedIn();
  expect(await (await b.get("/admin/units/new")).text()).toContain('value="试验区教育局"');
  const id = newId(unitId);
  const fields = { id, name: "试验区第三中学分部", kind: "public-school", parent: "试验区第三中学", status: "open", since: "2026-01-01" };
  expect((await b.post("/admin/units", fields)).status).toBe(303);
  expect(await count("select count(*) as n from kernel_unit where id = ? and parent = ?", id, third)).toBe(1);
  expect((await b.post(`/admin/units/${id}/move`, { parent: "教育局" })).status).toBe(303);
  expect(await count("select count(*) as n from kernel_unit where id = ? and parent = ?", id, root)).toBe(1);
});
