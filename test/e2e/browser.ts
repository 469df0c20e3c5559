/** Chromium for a file of tests: signed in as each role, on a phone and on a desk, with axe at hand. */
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { existsSync } from "node:fs";
import type { AxeResults } from "axe-core";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { afterAll, inject } from "vitest";
import type { Access } from "./server.ts";

export const root = join(import.meta.dirname, "../..");
/** Pictures of each page walked; ignored by git. */
export const shots = join(import.meta.dirname, "shots");
export const sizes = { phone: { width: 360, height: 740 }, desk: { width: 1280, height: 800 } } as const;
export type Size = keyof typeof sizes;

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
let browser: Browser | undefined;
const contexts = new Set<BrowserContext>();
/** The cookies of each account that signed in, so that it does so once a file. */
const signedIn = new Map<string, Awaited<ReturnType<BrowserContext["storageState"]>>>();
afterAll(async () => {
  await browser?.close();
  browser = undefined;
});

export const access = () => inject("access");
/** The demonstration's account of a role; one of several is named by its username. */
export const account = (name: string, at: Access = access()) => {
  const found = at.accounts.find(({ username }) => username === name) ?? at.accounts.find(({ role }) => role === name);
  if (found === undefined) throw new Error(`the demonstration has no account ${name}`);
  return found;
};

type Wanted = {
  readonly at?: Access;
  readonly size?: Size;
  readonly scheme?: "light" | "dark";
  readonly script?: boolean;
  readonly state?: Awaited<ReturnType<BrowserContext["storageState"]>>;
};
/** A page in a context of its own; its errors in the console are kept. */
export const open = async ({ at = access(), size = "desk", scheme = "light", script = true, state }: Wanted = {}): Promise<{
  page: Page;
  context: BrowserContext;
  complaints: string[];
}> => {
  browser ??= await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  });
  const context = await browser.newContext({
    baseURL: at.url,
    viewport: sizes[size],
    isMobile: size === "phone",
    hasTouch: size === "phone",
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    colorScheme: scheme,
    javaScriptEnabled: script,
    // axe is put into pages whose policy forbids foreign script.
    bypassCSP: true,
    ...(state === undefined ? {} : { storageState: state }),
  });
  contexts.add(context);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${message.text()} (${message.location().url})`);
  });
  return { page, context, complaints };
};

/** Signs in by the form, as a person would, past the notice. */
export const signIn = async (page: Page, name: string, then = "/me", at: Access = access()): Promise<void> => {
  const { username, password } = account(name, at);
  await page.goto(`/sign-in?then=${encodeURIComponent(then)}`);
  await page.locator('input[name="username"]').fill(username);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('form[action="/sign-in"] button').click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  if (new URL(page.url()).pathname === "/notice") await page.locator('form[action="/notice"] button').click();
};
/** A page signed in as an account. */
export const as = async (name: string, wanted: Omit<Wanted, "state"> = {}) => {
  let state = signedIn.get(name);
  if (state === undefined) {
    const first = await open();
    await signIn(first.page, name);
    state = await first.context.storageState();
    signedIn.set(name, state);
    await first.context.close();
  }
  return open({ ...wanted, state });
};

/** A picture of the whole page below test/e2e/shots. */
export const shoot = async (page: Page, name: string): Promise<void> => {
  await mkdir(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
};

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** What axe finds on the page, one line a rule and place. */
export const accessibilityOf = async (page: Page): Promise<string[]> => {
  // The whole page at once, so that a bar fixed to the screen covers nothing but the end of it.
  const before = page.viewportSize() ?? sizes.desk;
  await page.setViewportSize({
    width: before.width,
    height: Math.max(before.height, await page.evaluate(() => document.documentElement.scrollHeight)),
  });
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run: (context: Document, options: object) => Promise<AxeResults> } }).axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }),
  );
  await page.setViewportSize(before);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary?.split("\n").slice(1, 2).join("").trim() ?? ""}`,
    ),
  );
};
/** How far the page scrolls sideways, in pixels. */
export const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
