/**
 * What a person typed is not lost: in the exam room by a reload, a second tab, a network that goes, a server that is killed;
 * elsewhere by the back button and a double click. On a server of its own, since it is killed.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "../../scripts/host/port.ts";
import { runtimesOf } from "../../scripts/host/processes.ts";
import { open, shoot, signIn } from "./browser.ts";
import { readAccess, startServer, type Access, type Server } from "./server.ts";

let state: string;
let port: number;
let server: Server;
let at: Access;
let page: Page;
let context: BrowserContext;

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), "xuefa-loss-"));
  port = await freePort(0);
  server = await startServer(state, port);
  at = await readAccess(state);
  ({ page, context } = await open({ at }));
  await signIn(page, "staff", "/me", at);
}, 180_000);
afterAll(async () => {
  server.child.kill("SIGTERM");
  await server.ended;
  await rm(state, { recursive: true, force: true });
});

const inputs = (where: Page) => where.locator("fieldset.item input");
const saved = (where: Page) => where.locator(".save.done", { hasText: /\d\d:\d\d/ }).waitFor({ timeout: 30_000 });
/** Answers the question shown with its first option, and goes on. */
const answerAndGoOn = async (where: Page) => {
  await inputs(where).first().check();
  await where.locator("footer.foot button").last().click();
};
/** How many answers the room has acknowledged, as a fresh page sees them. */
const answeredAfresh = async (): Promise<number> => {
  await page.reload();
  await page.locator("fieldset.item").first().waitFor();
  return page.locator("aside .map button.answered").count();
};

test("a double click begins one attempt", async () => {
  await page.goto("/exams");
  await page.locator('main a[href^="/exams/"]', { hasText: "年度学法用法考试" }).first().click();
  await page.locator('input[name="pledge"]').check();
  await page.locator('form[action$="/room"] button.go').dblclick();
  await page.locator("fieldset.item").first().waitFor();
  const room = new URL(page.url());
  await page.goto(room.pathname.replace(/\/room$/, ""));
  // The one that runs is gone on with; there is no second.
  expect(await page.locator('a.btn.go[href*="/room"]').count()).toBe(1);
  await page.locator('a.btn.go[href*="/room"]').click();
  await page.locator("fieldset.item").first().waitFor();
});

test("a reload and the back button lose no acknowledged answer", async () => {
  await answerAndGoOn(page);
  await answerAndGoOn(page);
  await saved(page);
  expect(await answeredAfresh()).toBe(2);
  await page.goto("/me");
  await page.goBack();
  await page.locator("fieldset.item").first().waitFor();
  expect(await page.locator("aside .map button.answered").count()).toBe(2);
});

test("a second tab takes over, with what was saved; the first is told, and can take it back", async () => {
  const second = await context.newPage();
  await second.goto(page.url());
  await second.locator("fieldset.item").first().waitFor();
  expect(await second.locator("aside .map button.answered").count()).toBe(2);
  await inputs(page).last().check();
  await page.locator("main.room-word").waitFor({ timeout: 30_000 });
  await shoot(page, "loss-taken-over");
  await second.close();
  await page.locator("main.room-word button.go").click();
  await page.locator("fieldset.item").first().waitFor();
});

test("a network that goes: answers stay, their number is shown, and they are sent by themselves", async () => {
  const before = await answeredAfresh();
  for (let n = 0; n < before; n++) await page.locator("footer.foot button").last().click();
  await context.setOffline(true);
  await answerAndGoOn(page);
  await answerAndGoOn(page);
  await page.locator(".save.late").waitFor({ timeout: 30_000 });
  expect(await page.locator(".save.late").textContent()).toContain("2");
  await shoot(page, "loss-offline");
  await context.setOffline(false);
  await saved(page);
  expect(await answeredAfresh()).toBe(before + 2);
});

test("a server killed with -9 loses no acknowledged answer, and the room goes on", async () => {
  const before = await answeredAfresh();
  for (let n = 0; n < before; n++) await page.locator("footer.foot button").last().click();
  await answerAndGoOn(page);
  await saved(page);
  server.child.kill("SIGKILL");
  for (const pid of await runtimesOf(state)) process.kill(pid, "SIGKILL");
  await server.ended;
  await answerAndGoOn(page);
  await page.locator(".save.late").waitFor({ timeout: 30_000 });
  server = await startServer(state, port);
  // What was typed while it was gone arrives by itself.
  await saved(page);
  expect(await answeredAfresh()).toBe(before + 2);
}, 240_000);

test("a form sent twice counts once, and what a refused form held is still there", async () => {
  const desk = await open({ at });
  await signIn(desk.page, "head", "/unit/people", at);
  const form = desk.page.locator('form[action="/unit/people"]');
  if (!(await form.isVisible())) await desk.page.locator("details:has(form[action='/unit/people']) > summary").click();
  await form.locator('input[name="name"]').fill("欧阳试双");
  await form.locator("button").last().dblclick();
  await desk.page.waitForLoadState();
  await desk.page.goto("/unit/people");
  expect(((await desk.page.locator("main").textContent()) ?? "").split("欧阳试双").length - 1).toBe(1);

  if (!(await form.isVisible())) await desk.page.locator("details:has(form[action='/unit/people']) > summary").click();
  await form.locator('input[name="name"]').fill("欧阳试三");
  await form.locator('input[name="phone"]').fill("12");
  await form.locator("button").last().click();
  await desk.page.waitForLoadState();
  expect(await form.locator('input[name="name"]').inputValue()).toBe("欧阳试三");
});
