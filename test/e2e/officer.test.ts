/** An officer at a desk: a roster as bureaux keep it, an undo, a figure of the report and its rows, a person found. */
import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { open, root, shoot, shots, signIn } from "./browser.ts";

let page: Page;
beforeAll(async () => {
  ({ page } = await open({ size: "desk" }));
  await signIn(page, "officer", "/admin");
});

/** Title rows above, full-width digits, spaces in a name, an empty phone, the same person twice, a unit that is not there. */
const roster = [
  "清河区教育系统人员名册,,,",
  "填表日期：2026年11月,,,",
  "单位名称,姓 名,手机号码,工号",
  "清河区教育局,端木试甲,１３９００００１１１１,SHI001",
  "清河区教育局,端木 试乙,,SHI002",
  "清河区教育局,端木试甲,13900001111,SHI001",
  "没有这个单位,端木试丙,,SHI003",
  "注：以上为在编人员,,,",
].join("\n");

test("imports a roster with a preview, a refused row and its reason; the same file again changes nothing", async () => {
  for (const round of ["first", "again"]) {
    await page.goto("/admin/imports");
    await page
      .locator('input[name="file"]')
      .setInputFiles({ name: "名册.csv", mimeType: "text/csv", buffer: Buffer.from(`\uFEFF${roster}`) });
    await page.locator('form[enctype="multipart/form-data"] button').click();
    await page.waitForURL(/\/admin\/imports\/.+/);
    await page.locator('form[action$="/check"]').waitFor({ state: "attached", timeout: 60_000 });
    const preview = (await page.locator("main").textContent()) ?? "";
    expect(preview).toContain("没有这个单位");
    await shoot(page, `officer-1-preview-${round}`);
    const write = page.locator('form[action$="/write"] button');
    if (round === "again") {
      expect(await write.count(), "nothing is left to write").toBe(0);
      continue;
    }
    await write.click();
    await page.locator('form[action$="/undo"]').waitFor({ timeout: 60_000 });
    await shoot(page, "officer-2-imported");
  }
});

test("finds who was imported, and undoes the import with one click", async () => {
  await page.goto(`/admin/people?q=${encodeURIComponent("端木试乙")}`);
  expect(await page.locator("main").textContent()).toContain("端木试乙");
  await page.goto("/admin/imports");
  // The newest but one: the second look at the file wrote nothing.
  for (const link of await page.locator('main a[href^="/admin/imports/"]').all()) {
    const href = await link.getAttribute("href");
    const found = await page.request.get(href ?? "");
    if (!(await found.text()).includes('/undo"')) continue;
    await link.click();
    break;
  }
  await page.locator('form[action$="/undo"] button').click();
  await page.waitForLoadState();
  await page.goto(`/admin/people?q=${encodeURIComponent("端木试乙")}`);
  expect(await page.locator("main table, main ul.rows").allTextContents()).not.toContain("端木试乙");
});

test("opens a figure of the report: its rows are as many as it says", async () => {
  await page.goto("/admin/reports/annual");
  await shoot(page, "officer-3-report");
  if (process.env["README_SHOTS"] !== undefined) {
    await page.screenshot({ path: join(shots, "report-desk.png") });
    await mkdir(join(root, "docs"), { recursive: true });
    await copyFile(join(shots, "report-desk.png"), join(root, "docs/report-desk.png"));
  }
  const figure = page.locator('a.fig[href*="units-sat"]');
  const says = await figure.textContent();
  await figure.click();
  const number = page.locator("[data-value]");
  expect(await number.textContent()).toBe(says);
  expect(await page.locator("[data-row]").count()).toBe(Number(await number.getAttribute("data-value")));
  await shoot(page, "officer-4-rows");
});
