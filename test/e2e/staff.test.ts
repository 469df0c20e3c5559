/** A member of staff, on a phone: a lesson, the yearly exam, the certificate, its verification, the record of it. */
import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { bare, knownAnswers, type Known } from "./answers.ts";
import { access, open, root, shoot, shots, signIn } from "./browser.ts";

let page: Page;
let answers: ReadonlyMap<string, Known>;
beforeAll(async () => {
  answers = await knownAnswers();
  ({ page } = await open({ size: "phone" }));
}, 120_000);

const knownOf = async (fieldset: ReturnType<Page["locator"]>): Promise<Known> => {
  const stem = (await fieldset.locator(".stem").textContent()) ?? "";
  const known = answers.get(bare(stem));
  if (known === undefined) throw new Error(`the bank does not know: ${stem}`);
  return known;
};
/** Chooses what is right in a fieldset, by what its options say. */
const answer = async (fieldset: ReturnType<Page["locator"]>, { type, right }: Known) => {
  const inputs = fieldset.locator('input[type="radio"], input[type="checkbox"]');
  if (type === "truefalse") return inputs.nth(Number(right[0])).check();
  const labels = await fieldset.locator("label").all();
  for (const label of labels) {
    const words = bare((await label.textContent()) ?? "");
    if (right.some((text) => words.endsWith(bare(text)))) await label.locator("input").check();
  }
};

test("signs in, and sees what is due and the one next step", async () => {
  await signIn(page, "staff");
  await page.waitForURL("**/me");
  expect(await page.locator("h1").count()).toBe(1);
  expect(await page.locator(".sheet.next, .sheet .btn.go").count()).toBeGreaterThan(0);
  await shoot(page, "staff-1-me");
});

test("reads a lesson, opens an article, and answers its three questions", async () => {
  await page.goto("/courses/xingzheng-chufa");
  await page.locator('a.btn.go, main a[href*="/courses/xingzheng-chufa/"]').first().click();
  // To a lesson, whatever comes next in this person's course.
  const lesson = new URL(page.url()).pathname.includes("/cases/")
    ? "/courses/xingzheng-chufa/guanxia-lian"
    : new URL(page.url()).pathname.replace(/\/check$/, "");
  await page.goto(lesson);
  expect(await page.locator("article").first().textContent()).toBeTruthy();
  const citation = page.locator("article .cite, article a[href^='/statutes/']").first();
  expect(await citation.count()).toBe(1);
  await shoot(page, "staff-2-lesson");
  if (process.env["README_SHOTS"] !== undefined) {
    await page.screenshot({ path: join(shots, "lesson-phone.png") });
    await mkdir(join(root, "docs"), { recursive: true });
    await copyFile(join(shots, "lesson-phone.png"), join(root, "docs/lesson-phone.png"));
  }
  const read = page.locator('form[action$="/read"] button');
  if ((await read.count()) > 0) await read.click();
  await page.goto(`${lesson}/check`);
  for (let n = 0; n < 12; n++) {
    const form = page.locator('form[action$="/check"]');
    if ((await form.count()) === 0) break;
    await answer(form, await knownOf(form));
    await form.locator("button.go").click();
    const on = page.locator('a.btn.go[href$="/check"]');
    if ((await on.count()) > 0) await on.click();
  }
  expect(await page.locator('form[action$="/check"]').count()).toBe(0);
  await shoot(page, "staff-3-checked");
});

test("pledges, sits the yearly exam in the room, and passes", async () => {
  await page.goto("/exams");
  await page.locator('main a[href^="/exams/"]', { hasText: "年度学法用法考试" }).first().click();
  await page.locator('input[name="pledge"]').check();
  await shoot(page, "staff-4-pledge");
  await page.locator('form[action$="/room"] button.go').click();
  await page.locator("fieldset.item").first().waitFor();
  await shoot(page, "staff-5-room");
  for (let n = 0; n < 100; n++) {
    for (const fieldset of await page.locator("fieldset.item").all()) {
      await answer(fieldset, await knownOf(fieldset));
    }
    const next = page.locator("footer.foot button").last();
    await next.click();
    if (await page.locator("dialog[open]").isVisible()) break;
  }
  // Each answer was acknowledged before it may be handed in.
  await page.locator(".save.done").waitFor();
  await page.locator("dialog[open] button.go").click();
  await page.waitForURL("**/result**");
  await shoot(page, "staff-6-result");
  expect(await page.locator("main").textContent()).toContain("100");
});

test("holds a certificate that anybody can verify, and a record of each step", async () => {
  await page.goto("/certificates");
  await page.locator('main a[href^="/certificates/"]').first().click();
  await page.locator("svg.certificate").waitFor();
  await shoot(page, "staff-7-certificate");
  // As a printer gets it: one sheet, with the letters on it.
  await page.goto(`${new URL(page.url()).pathname}/print`);
  const sheet = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  expect(sheet.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  expect(sheet).toContain("/Font");
  await page.goBack();
  const number = decodeURIComponent(new URL(page.url()).pathname.split("/")[2] ?? "");
  expect(number).toMatch(/^[A-Z]+-\d{4}-[A-Z]{2}-\d{9}-\d$/);

  const stranger = await open({ size: "phone" });
  await stranger.page.goto("/verify");
  await stranger.page.locator('input[name="number"]').fill(number);
  await stranger.page.locator("main form button").first().click();
  expect(await stranger.page.locator("main").textContent()).toContain("有效");
  await shoot(stranger.page, "staff-8-verified");
  const forged = number.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10));
  await stranger.page.goto(`/verify/${forged}`);
  expect(await stranger.page.locator("main").textContent()).toContain("校验位不对");

  await page.goto("/records");
  const file = (await page.locator("main").textContent()) ?? "";
  expect(file).toContain("证书");
  expect(file).toContain("年度学法用法考试");
  // Whose file it is stands on paper alone.
  expect(await page.locator("dl.print-only").isVisible()).toBe(false);
  await page.emulateMedia({ media: "print" });
  expect(await page.locator("dl.print-only").isVisible()).toBe(true);
  await page.emulateMedia({ media: "screen" });
  await shoot(page, "staff-9-records");
  expect(access().url).toMatch(/^http:\/\/127\.0\.0\.1:/);
});
