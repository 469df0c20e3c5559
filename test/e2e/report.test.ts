/** A report's whole way in a browser: drafted, a figure entered, reviewed, signed and checked by three persons, public, withdrawn. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { accessibilityOf, account, as, open, shoot, sideways } from "./browser.ts";

const password = () => account("officer").password;
let drafter: Page;
let reviewer: Page;
let signer: Page;
let reader: Page;
let path = "";
let year = "";
beforeAll(async () => {
  drafter = (await as("administrator")).page;
  reviewer = (await as("officer")).page;
  signer = (await as("leader", { size: "phone" })).page;
  reader = (await open({ size: "phone" })).page;
});
afterAll(async () => {
  for (const page of [drafter, reviewer, signer, reader]) await page.context().close();
});

const words = (page: Page) => page.locator("main").innerText();
const step = async (page: Page, name: string, fill: (page: Page) => Promise<void> = async () => {}) => {
  await page.goto(path);
  const form = page.locator(`form[action="${path}/${name}"]`);
  const folded = page.locator("details", { has: form });
  if ((await folded.count()) > 0 && (await folded.getAttribute("open")) === null) await folded.locator("summary").click();
  await fill(page);
  await form.locator('input[name="password"]').fill(password());
  await form.locator("button").click();
  await page.waitForLoadState();
};

test("a draft lists what it lacks, and each lack leads to where it is entered", async () => {
  await drafter.goto("/admin/reports/new");
  year = await drafter.locator('form[method="post"] input[name="year"]').inputValue();
  await drafter.locator('input[value="government"]').check();
  await drafter.locator('form[action="/admin/reports"] button').click();
  await drafter.waitForURL(/\/admin\/reports\/0/);
  path = new URL(drafter.url()).pathname;
  expect(await words(drafter)).toContain("【缺：行政执法检查】");
  expect(await drafter.locator(`form[action="${path}/submit"]`).count()).toBe(0);
  expect(await accessibilityOf(drafter)).toEqual([]);
  await shoot(drafter, "report-1-draft");
  await drafter.locator(".missing-list a", { hasText: "行政执法检查" }).click();
  await drafter.locator('input[name="number"]').fill("86");
  await drafter.locator('input[name="responsible"]').fill("周正言");
  await drafter
    .locator('input[name="file"]')
    .setInputFiles({ name: "检查汇总.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n%%EOF\n") });
  await drafter.locator('main form[method="post"] button').click();
  await drafter.goto(path);
  expect(await words(drafter)).toContain("开展行政执法检查86次");
});

test("words are edited by paragraph; what is no figure is refused with nothing lost", async () => {
  await drafter.goto(`${path}/edit`);
  const boxes = drafter.locator('textarea[name^="text."]');
  const said = [
    "一、执法情况",
    "开展行政执法检查{{entered.inspections}}，作出行政处罚决定{{entered.penalties}}。",
    "参加考试{{reports.exams-sat}}，合格率{{reports.pas-rate}}。",
  ];
  for (let n = 0; n < (await boxes.count()); n++) await boxes.nth(n).fill(said[n] ?? "");
  await drafter.locator('select[name="exam"]').selectOption({ index: 1 });
  await drafter.locator(`form[action="${path}/edit"] button`).click();
  await drafter.waitForLoadState();
  expect(await words(drafter)).toContain("第3段：没有 {{reports.pas-rate}} 这个指标");
  expect(await boxes.nth(1).inputValue()).toBe(said[1]);
  await boxes.nth(2).fill("参加考试{{reports.exams-sat}}，合格率{{requirements.passed-rate}}。");
  await drafter.locator(`form[action="${path}/edit"] button`).click();
  await drafter.waitForURL((url) => url.pathname === path);
  expect(await drafter.locator(".missing-list").count()).toBe(0);
  await drafter.goto(`${path}/versions`);
  expect(await drafter.locator("del").count()).toBeGreaterThan(0);
  expect(await accessibilityOf(drafter)).toEqual([]);
});

test("each number of it opens as many rows as it says", async () => {
  await drafter.goto(path);
  const figure = drafter.locator('.paper a.fig[href*="exams-sat"]');
  const says = await figure.innerText();
  await figure.click();
  expect(await drafter.locator("[data-value]").innerText()).toBe(says);
});

test("who drafted cannot approve; who reviewed cannot sign; a third signs, on a phone", async () => {
  await step(drafter, "submit");
  expect(await words(drafter)).toContain("您参与起草了这份报告");
  expect(await drafter.locator(`form[action="${path}/review"]`).count()).toBe(0);
  await step(reviewer, "review");
  expect(await words(reviewer)).toContain("您是这一版的审核人");
  await step(signer, "sign");
  expect(await words(signer)).toContain("待公开审查");
  expect(await sideways(signer)).toBe(0);
  await shoot(signer, "report-2-signed");
});

test("after the public check it is frozen and public; nobody outside sees a row or a name", async () => {
  await step(reviewer, "check", async (page) => {
    await page.locator('input[name="secrets"]').check();
    await page.locator('input[name="personal"]').check();
    await page.locator('textarea[name="word"]').fill("不含国家秘密和个人信息，可以公开");
  });
  await reviewer.locator(".tag.done").waitFor({ timeout: 60_000 });
  await shoot(reviewer, "report-3-published");
  await reader.goto("/");
  await reader.locator('main a[href="/disclosure"]').click();
  await reader.locator(`main a[href="/disclosure/${year}"]`).first().click();
  const said = await words(reader);
  expect(said).toContain("开展行政执法检查86次");
  expect(said).not.toContain("周正言");
  expect(await reader.locator('main a[href^="/admin"]').count()).toBe(0);
  expect(await accessibilityOf(reader)).toEqual([]);
  expect(await sideways(reader)).toBe(0);
  await shoot(reader, "report-4-public");
  await reviewer.goto(path);
  await reviewer.locator('.paper a.fig[href$="/figures/3"]').click();
  expect(await reviewer.locator("[data-row]").count()).toBeGreaterThan(0);
  expect(await accessibilityOf(reviewer)).toEqual([]);
});

test("withdrawn, its reason stands in the public place of its text", async () => {
  await step(signer, "withdraw", (page) => page.locator(`form[action="${path}/withdraw"] textarea`).fill("检查次数有误，更正后重新公开"));
  await reader.goto(`/disclosure/${year}`);
  const said = await words(reader);
  expect(said).toContain("检查次数有误，更正后重新公开");
  expect(said).not.toContain("开展行政执法检查86次");
  await signer.goto(path);
  expect(await words(signer)).toContain("开展行政执法检查86次");
});
