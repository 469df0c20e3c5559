/** The head of training institutions, on a phone: the own step first, a case to its end, who is behind, the own people. */
import { beforeAll, expect, test } from "vitest";
import type { Locator, Page } from "playwright-core";
import { accessibilityOf, open, shoot, signIn } from "./browser.ts";

let page: Page;
beforeAll(async () => {
  ({ page } = await open({ size: "phone" }));
});

test("signs in and sees what is due", async () => {
  await signIn(page, "head");
  expect(await page.locator("main").textContent()).toContain("校外培训机构依法办学");
  await shoot(page, "head-1-me");
});

test("decides a case to one of its endings", async () => {
  await page.goto("/courses/peixun-yifa-banxue");
  await page.locator('a[href*="/cases/"]').first().click();
  await page.waitForURL("**/cases/*");
  const begin = page.locator('form[action$="/start"] button');
  // Counted on the page that the press brings, not on the one that goes.
  const press = (button: Locator) => Promise.all([page.waitForEvent("load"), button.first().click()]);
  await page.waitForLoadState();
  if ((await page.locator("form.choice").count()) === 0) await press(begin);
  const seen = new Set<string>();
  for (let n = 0; n < 30 && (await page.locator("form.choice").count()) > 0; n++) {
    seen.add((await page.locator("main").textContent()) ?? "");
    await press(page.locator("form.choice button"));
  }
  expect(await page.locator("form.choice").count()).toBe(0);
  expect(seen.size).toBeGreaterThan(2);
  expect(await page.locator("main a[href^='/statutes/'], main .cite").count()).toBeGreaterThan(0);
  await shoot(page, "head-2-ending");
});

test("sees who of the institution is behind", async () => {
  await page.goto("/unit");
  expect(await page.locator("h1").count()).toBe(1);
  await shoot(page, "head-3-unit");
});

test("adds somebody, who waits to be confirmed", async () => {
  await page.goto("/unit/people");
  const form = page.locator('form[action="/unit/people"]');
  if (!(await form.isVisible())) await page.locator("details:has(form[action='/unit/people']) > summary").click();
  await form.locator('input[name="name"]').fill("欧阳试新");
  await form.locator("button").last().click();
  await page.waitForLoadState();
  const list = (await page.locator("main").textContent()) ?? "";
  expect(list).toContain("欧阳试新");
  expect(list).toContain("待确认");
  await shoot(page, "head-4-people");
});

test("goes back from a refused form to what was typed", async () => {
  await page.goto("/unit/people");
  const details = page.locator("details:has(form[action='/unit/people'])");
  await details.locator("summary").click();
  const form = page.locator('form[action="/unit/people"]');
  await form.locator('input[name="name"]').fill("欧阳又新");
  // What a page of yesterday may hold: a unit that is none any more.
  await form.locator('[name="unit"]').evaluate((field) => {
    if (field.tagName === "SELECT") field.append(new Option("", "gone", true, true));
    else field.setAttribute("value", "gone");
  });
  await form.locator("button").last().click();
  await page.locator("main a", { hasText: "返回修改" }).click();
  await page.waitForURL("**/unit/people");
  expect(await form.locator('input[name="name"]').inputValue()).toBe("欧阳又新");
});

test("is asked before a position closes, and takes it back", async () => {
  await page.goto("/unit/people");
  const row = page.locator("li.person", { hasText: "欧阳试新" });
  await row.locator("summary").click();
  await row.locator('form[action$="/close"] button').click();
  await page.waitForURL("**/close?*");
  expect(await page.locator("h1").textContent()).toBe("结束欧阳试新的任职？");
  expect(await accessibilityOf(page)).toEqual([]);
  await shoot(page, "head-5-closing");
  await page.locator("main button.go").click();
  await page.waitForURL("**did=closed**");
  expect(await row.getAttribute("class")).toContain("ended");
  expect(await accessibilityOf(page)).toEqual([]);
  await row.locator('form[action$="/reopen"] button').click();
  await page.waitForURL("**did=reopened**");
  expect(await row.getAttribute("class")).not.toContain("ended");
});
