/** A table taken from its page with the mouse: the file, and the whole list on paper. */
import { readFile } from "node:fs/promises";
import { readXlsx } from "hucre/xlsx";
import { expect, test } from "vitest";
import { as } from "./browser.ts";

const list = "/admin/people?kind=training&show=here";

test("the file holds every page of the list, narrowed as it was", async () => {
  const { page } = await as("officer");
  await page.goto(list);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "导出 Excel：人员" }).click()]);
  expect(download.suggestedFilename()).toMatch(/^人员-\d{4}-\d\d-\d\d\.xlsx$/);
  const rows = (await readXlsx(await readFile(await download.path()))).sheets[0]?.rows ?? [];
  const names: string[] = [];
  for (;;) {
    names.push(...(await page.locator("tbody tr td:first-child a").allTextContents()));
    const next = page.locator('a[rel="next"]');
    if ((await next.count()) === 0) break;
    await next.click();
  }
  expect(names.length).toBeGreaterThan(50);
  expect(rows.slice(6).map(([name]) => String(name).split(" ")[0])).toEqual(names);
  expect(String(rows[3]?.[0])).toBe("筛选：机构类别：培训机构；显示：在任");
});
test("on paper it is the whole list, with unit, moment and page numbers, and nothing to press", async () => {
  const { page, complaints } = await as("officer");
  await page.goto(list);
  await page.getByRole("link", { name: "打印：人员" }).click();
  await page.waitForURL(/print=1/);
  expect(await page.getByRole("button", { name: "打印" }).isVisible()).toBe(true);
  expect(await page.locator("tbody tr").count()).toBeGreaterThan(50);
  await page.emulateMedia({ media: "print" });
  for (const unseen of ["header.top", "footer", "button"]) expect(await page.locator(unseen).first().isVisible()).toBe(false);
  expect(await page.getByText(/^数据截至：/).isVisible()).toBe(true);
  // A4, in points.
  expect((await page.pdf({ preferCSSPageSize: true })).toString("latin1")).toMatch(/\/MediaBox \[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/);
  expect(complaints).toEqual([]);
});
