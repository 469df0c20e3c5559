/** The officer's year: a requirement, who is due, who is chased, who is excused, a result from outside, the rates; and a head's ten minutes on a phone. */
import { beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { accessibilityOf, as, open, shoot, sideways } from "./browser.ts";

const rule = "培训机构教职员工学法";
let officer: Page, phone: Page;
/** The requirement's page. */
let one: string;
const exam = "全市培训机构从业人员法律考试";
beforeAll(async () => {
  ({ page: officer } = await as("administrator"));
  const { page } = await open({ size: "phone" });
  await page.setViewportSize({ width: 390, height: 844 });
  phone = page;
});

/** The number that a strip's link opens. */
const numberOf = async (slot: string, show: string): Promise<number> => {
  await officer.goto(`${one}/people?slot=${slot}&show=${show}`);
  return Number(await officer.locator(".figure-number").getAttribute("data-value"));
};
/** The unit and the name in a row of a list of people. */
const whoIn = async (row: number): Promise<{ unit: string; name: string }> => {
  const cells = officer.locator("tbody tr").nth(row).locator("td");
  return { unit: ((await cells.nth(0).textContent()) ?? "").trim(), name: ((await cells.nth(1).textContent()) ?? "").trim() };
};

test("an officer makes a requirement of a course and the city's exam, and switches it on after seeing whom it hits", async () => {
  await officer.goto("/admin/exams");
  const register = officer.locator('form[action="/admin/exams/external"]');
  await register.evaluate((form) => form.closest("details")?.setAttribute("open", ""));
  await register.locator('input[name="title"]').fill(exam);
  await register.locator('input[name="organiser"]').fill("市司法局");
  for (const [name, value] of Object.entries({ total: "100", pass: "60", excellent: "90" }))
    await register.locator(`input[name="${name}"]`).fill(value);
  await register.locator("button").click();
  await officer.waitForLoadState();
  await officer.goto("/admin/requirements");
  await officer.locator('main a[href="/admin/requirements/new"]').click();
  await officer.locator('input[name="name"]').fill(rule);
  await officer.locator('select[name="course"]').selectOption("peixun-yifa-banxue");
  await officer.locator('select[name="exam"]').selectOption({ label: exam });
  await officer.locator('input[name="kinds"][value="training"]').check();
  await officer.locator("main form button.go").click();
  await officer.waitForURL(/requirements\/[0-9a-f-]{36}$/);
  one = officer.url();
  const preview = /将涉及\D*(\d+)/.exec((await officer.locator("main").textContent()) ?? "")?.[1];
  expect(Number(preview)).toBeGreaterThan(2);
  await officer.locator('form[action$="/activate"] button').click();
  await officer.locator('.four a.fig[href*="show=due"]').first().waitFor();
  await expect.poll(() => numberOf("study", "due"), { timeout: 30_000 }).toBe(Number(preview));
  await officer.goto(one);
  expect(await officer.locator(".four > div").count()).toBe(4);
  expect(await accessibilityOf(officer)).toEqual([]);
});
test("a number opens its people, and those who are behind are reminded once", async () => {
  await officer.goto(`${one}/people?slot=study&show=open`);
  await officer.locator('main a[href^="/remind"]').click();
  expect(await officer.locator("main").textContent()).toContain("将催办");
  await officer.locator('button[name="how"][value="copy"]').click();
  await officer.waitForURL("**/remind/*");
  expect(await officer.locator(".copy").textContent()).toContain("/me/next");
  expect(await accessibilityOf(officer)).toEqual([]);
  await officer.goto(`${one}/people?slot=study&show=open`);
  await officer.locator('main a[href^="/remind"]').click();
  expect(await officer.locator("main").textContent()).toContain("今天已经催办过");
  await officer.goto(`${one}/reminders`);
  expect(Number(await officer.locator(".figure-number").getAttribute("data-value"))).toBeGreaterThan(0);
});
test("one of them is on maternity leave: exempt from the exam alone, out of its denominator, and listed", async () => {
  const before = await numberOf("exam", "due");
  await officer.goto(`${one}/people?slot=exam&show=open`);
  const { name } = await whoIn(0);
  await officer.locator("tbody tr").first().locator("a").first().click();
  await officer.waitForURL(/people\/[0-9a-f-]{36}$/);
  await officer.locator('main a[href^="/admin/excuses/new"]').click();
  const asked = officer.locator('select[name="assignment"]');
  await asked.selectOption({ label: ((await asked.locator("option", { hasText: rule }).first().textContent()) ?? "").trim() });
  await officer.locator('input[name="what"][value="exempt"]').check();
  await officer.locator('input[name="of"][value="exam"]').check();
  await officer.locator('select[name="kind"]').selectOption("maternity");
  await officer.locator("main form button.go").click();
  await officer.waitForURL((url) => !url.pathname.endsWith("/new"));
  expect(await numberOf("exam", "due")).toBe(before - 1);
  expect(await numberOf("exam", "exempt")).toBe(1);
  expect((await whoIn(0)).name).toBe(name);
  expect(await officer.locator("tbody").textContent()).toContain("已批准免考：产假");
  expect(await numberOf("study", "due")).toBe(before);
});
test("one sat the city's exam: imported with its proof, it counts in the rates beside ours, and says where it is from", async () => {
  const [sat, passed] = [await numberOf("exam", "sat"), await numberOf("exam", "passed")];
  await officer.goto(`${one}/people?slot=exam&show=open`);
  const { unit, name } = await whoIn(0);
  const person = (await officer.locator("tbody tr").first().locator("a").first().getAttribute("href")) ?? "";
  const today = await officer.evaluate(() => new Date().toLocaleDateString("sv", { timeZone: "Asia/Shanghai" }));
  const file = ["姓名,单位,年度,考试名称,成绩,考试日期,主办单位", [name, unit, today.slice(0, 4), exam, "88", today, "市司法局"].join(",")];
  await officer.goto("/admin/outside");
  await officer.locator('input[name="file"]').setInputFiles({
    name: "市考成绩.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(`\uFEFF${file.join("\n")}`),
  });
  await officer
    .locator('input[name="evidence"]')
    .setInputFiles({ name: "成绩通报.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n%%EOF\n") });
  await officer.locator('form[action="/admin/outside"] button').click();
  await officer.waitForURL(/outside\/[0-9a-f-]{36}/);
  const write = officer.locator('form[action$="/write"] button');
  await write.waitFor({ timeout: 20_000 });
  await write.click();
  await officer.locator('form[action$="/undo"]').waitFor({ state: "attached", timeout: 20_000 });
  expect([await numberOf("exam", "sat"), await numberOf("exam", "passed")]).toEqual([sat + 1, passed + 1]);
  await officer.goto(`/admin/records?person=${person.split("/").at(-1) ?? ""}`);
  expect(await officer.locator("main tbody").textContent()).toContain("外部成绩");
});
test("the rates stand on the first page, each number opens its people, and the standing form has the requirement", async () => {
  await officer.goto("/admin");
  const strip = officer.locator("section.sheet", { hasText: rule });
  for (const show of ["due", "sat", "passed"]) {
    const link = strip.locator(`a.fig[href*="slot=exam"][href*="show=${show}"]`).first();
    const number = Number(/\d+/.exec((await link.textContent()) ?? "")?.[0]);
    await officer.goto(new URL((await link.getAttribute("href")) ?? "", officer.url()).href);
    expect(Number(await officer.locator(".figure-number").getAttribute("data-value"))).toBe(number);
    await officer.goto("/admin");
  }
  await strip.locator("h3 a").click();
  await officer.locator('main a[href$="/form"]').click();
  await officer.waitForURL("**/form");
  expect(await officer.locator("main").textContent()).toContain("合计（不同人数）");
  const pages = (await officer.pdf({ preferCSSPageSize: true })).toString("latin1");
  expect(pages).toMatch(/\/MediaBox\s*\[0 0 84\d(?:\.\d+)? 59\d/);
  await shoot(officer, "year-1-form");
});

test("a head has ten minutes: from a link to the own step, the unit, two people reminded, and the file to print", async () => {
  // A head of an overdue unit who was never here; the demonstration's head of three has a password.
  await officer.goto("/admin/overdue");
  const rows = officer.locator("tbody tr");
  const name = ((await rows.last().locator("td").nth(1).textContent()) ?? "").trim().split(" ")[0] ?? "";
  await officer.goto(`/admin/people?q=${encodeURIComponent(name)}`);
  await officer.locator("main tbody a", { hasText: name }).first().click();
  await officer.waitForURL(/people\/[0-9a-f-]{36}$/);
  await officer.locator('main form[action$="/link"] button').click();
  const link = /https?:\/\/[^\s"<]*\/sign-in\/[A-Za-z0-9-]+/.exec(await officer.content())?.[0];
  expect(link).toBeDefined();
  await phone.goto(link ?? "/");
  await phone.locator('form[action^="/sign-in/"] button').click();
  if (new URL(phone.url()).pathname === "/notice") await phone.locator('form[action="/notice"] button').click();
  await phone.waitForURL("**/courses/**");
  await shoot(phone, "year-2-own-step");
  await phone.goto("/unit");
  // Others' data ask for a password, set once.
  await phone.locator('main a[href^="/set-password"]').click();
  for (const field of ["password", "repeat"]) await phone.locator(`input[name="${field}"]`).fill("xiao-he-88-chun-yu");
  await phone.locator('form[action="/set-password"] button.go').click();
  await phone.waitForURL("**/unit");
  expect(await phone.locator("main section.sheet").first().getAttribute("class")).toContain("next");
  expect(await sideways(phone)).toBe(0);
  const boxes = phone.locator('input[name="people"]');
  expect(await boxes.count()).toBeGreaterThan(1);
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await shoot(phone, "year-3-unit");
  expect(await accessibilityOf(phone)).toEqual([]);
  await phone.locator("form#remind button").click();
  await phone.waitForURL("**/remind?**");
  // The officer's words of today reached them already: on purpose, then.
  const again = phone.locator('input[name="again"]');
  if ((await again.count()) > 0) await again.check();
  await phone.locator('button[name="how"][value="notice"]').click();
  await phone.waitForURL("**/remind/*");
  expect(await phone.locator("main").textContent()).toContain("已催办 2 人");
  await shoot(phone, "year-4-reminded");
  await phone.goto("/unit");
  await phone.locator('main a[href="/unit/file"]').click();
  await phone.waitForURL("**/unit/file");
  expect((await phone.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(1000);
});
