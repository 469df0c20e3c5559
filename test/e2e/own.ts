/** A browser at a server of a test's own, on a phone; and what its tests do over and over. */
import type { BrowserContext, Page } from "playwright-core";
import { open } from "./browser.ts";
import type { Access } from "./server.ts";

type State = Awaited<ReturnType<BrowserContext["storageState"]>>;
/** The cookies of those who signed in at a server. */
const signedIn = new Map<string, State>();

/** A page in a context of its own, signed in by the form as a person would be. `at`: another way to the same server. */
export const visit = async (access: Access, username: string, at = access.url): Promise<{ page: Page; context: BrowserContext }> => {
  const name = `${username} ${access.url}`;
  let state = signedIn.get(name);
  if (state === undefined) {
    const { page, context } = await open({ size: "phone" });
    const account = access.accounts.find((one) => one.username === username);
    if (account === undefined) throw new Error(`the demonstration has no account ${username}`);
    await page.goto(`${access.url}/sign-in`);
    await page.locator('input[name="username"]').fill(account.username);
    await page.locator('input[name="password"]').fill(account.password);
    await page.locator('form[action="/sign-in"] button').click();
    await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
    if (new URL(page.url()).pathname === "/notice") await page.locator('form[action="/notice"] button').click();
    state = await context.storageState();
    signedIn.set(name, state);
    await context.close();
  }
  const { page, context } = await open({ size: "phone", state: { ...state, origins: [] } });
  await page.goto(`${at}/me`);
  return { page, context };
};

/** Asks the API. @throws where it refuses */
export const api = async (access: Access, method: string, path: string, body?: unknown, token = access.token): Promise<unknown> => {
  const answer = await fetch(`${access.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
};
