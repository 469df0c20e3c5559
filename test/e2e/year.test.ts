/** The officer's year as far as it is walked: a requirement, who is due, who is chased, the rates; and a head's ten minutes on a phone. */
import { beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { accessibilityOf, as, open, shoot, sideways } from "./browser.ts";

const rule = "培训机构教职员工学法";
let officer: Page, phone: Page;
beforeAll(async () => {
  ({ page: officer } = await as("administrator"));
  const { page } = await open({ size: "phone" });
  await page.setViewportSize({ width: 390, height: 844 });
  phone = page;
});

test("an officer makes a requirement, and switches it on after seeing whom it hits", async () => {
  await officer.goto("/admin/requirements");
  const form = officer.locator('form[action="/admin/requirements"]');
  if (!(await form.isVisible())) await officer.locator("details:has(form[action='/admin/requirements']) > summary").click();
  await form.locator('input[name="name"]').fill(rule);
  await form.locator('select[name="course"]').selectOption("peixun-yifa-banxue");
  await form.locator('input[name="kinds"][value="training"]').check();
  await form.locator("button.go").click();
  await officer.waitForURL(/requirements\/[0-9a-f-]{36}$/);
  expect(await officer.locator("main").textContent()).toContain("将涉及");
  await officer.locator('form[action$="/activate"] button').click();
  await officer.waitForLoadState();
  expect(await officer.locator(".four .fig").count()).toBe(3);
  expect(await accessibilityOf(officer)).toEqual([]);
});
test("a number opens its people, and those who are behind are reminded once", async () => {
  const one = officer.url();
  await officer.locator('.four a.fig[href*="show=due"]').first().click();
  const due = Number(await officer.locator(".figure-number").getAttribute("data-value"));
  expect(due).toBeGreaterThan(2);
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
test("the rates stand on the first page, and the standing form has the requirement", async () => {
  await officer.goto("/admin");
  const strip = officer.locator("section.sheet", { hasText: rule });
  expect(await strip.textContent()).toContain("—（本要求不含考试）");
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
