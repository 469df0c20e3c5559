/** Nothing is lost in the exam room, whatever happens to the page, the network or the server; on a phone. */
import type { Page } from "playwright-core";
import { setTimeout as sleep } from "node:timers/promises";
import { v7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inD1, inRooms } from "./disk.ts";
import { mortal, type Mortal } from "./mortal.ts";
import { api, visit } from "./own.ts";
import { wireTo } from "./wire.ts";

const [exam, sitting] = [v7(), v7()];
const topics = ["lian", "diaocha", "cailiang", "dangchang"].map((topic) => `xingzheng-chufa/${topic}`);

let server: Mortal;
beforeAll(async () => {
  server = await mortal();
  await api(server.access, "POST", "/exams", {
    id: exam,
    title: "断网演练",
    blueprint: topics.flatMap((topic) => [
      { topic, type: "single", count: 2, points: 10 },
      { topic, type: "truefalse", count: 1, points: 5 },
    ]),
    sittings: [{ id: sitting, opens: Date.now() - 60_000, closes: Date.now() + 3_600_000, minutes: 60, tries: 20, pass: 60, perPage: 1 }],
  });
  await api(server.access, "POST", `/exams/${exam}/publish`);
});
afterAll(() => server[Symbol.asyncDispose]());

/* What a candidate does */

const begin = async (page: Page, at = server.access.url): Promise<void> => {
  await page.goto(`${at}/exams/${exam}`);
  await page.locator('input[name="pledge"]').check();
  await page.getByRole("button", { name: /开始考试|再考一次/ }).click();
  await page.locator("fieldset.item").waitFor();
};
const attemptOf = (page: Page): string => new URL(page.url()).searchParams.get("attempt") ?? "";
/** Chooses the option at a place, from 0, of the question that is shown. */
const choose = (page: Page, at: number) => page.locator("fieldset.item label").nth(at).click();
const next = (page: Page) => page.locator("footer.foot button.go").click();
const goTo = async (page: Page, n: number) => {
  await page.locator("button.card-open").click();
  await page
    .locator("dialog[open] ol.map button")
    .nth(n - 1)
    .click();
  await page.locator(`#q-${n}`).waitFor();
};
const said = (page: Page) => page.locator("footer.foot .save");
const saved = (page: Page, timeout = 15_000) => said(page).filter({ hasText: "已保存" }).waitFor({ timeout });
/** Answers questions from..to with the option at a place, and ends at the last of them. */
const answer = async (page: Page, from: number, to: number, at: number) => {
  await goTo(page, from);
  for (let n = from; n <= to; n++) {
    await choose(page, at);
    if (n < to) {
      await next(page);
      await page.locator(`#q-${n + 1}`).waitFor();
    }
  }
};
/** What is chosen at each question, by its value in the form, as the page shows it: leafs through the whole paper and back. */
const shown = (page: Page): Promise<(string | null)[]> =>
  page.evaluate(async () => {
    const drawn = () => new Promise((done) => setTimeout(done, 30));
    const cells = [...document.querySelectorAll<HTMLElement>("aside.side ol.map button")];
    const here = cells.find((cell) => cell.ariaCurrent !== null);
    const chosen: (string | null)[] = [];
    for (const [at, cell] of cells.entries()) {
      cell.click();
      for (let tries = 0; tries < 50 && document.getElementById(`q-${at + 1}`) === null; tries++) await drawn();
      await drawn();
      chosen.push(document.querySelector<HTMLInputElement>(`#q-${at + 1} input:checked`)?.value ?? null);
    }
    here?.click();
    await drawn();
    return chosen;
  });
/** The same as its room keeps it. */
const held = (attempt: string): (string | null)[] => {
  const [found] = inRooms(server.state, (ask) => {
    const [paper] = ask("select items from paper where attempt = ?", attempt);
    const values = new Map(
      ask("select item, value from answer where attempt = ?", attempt).map((row) => [
        String(row["item"]),
        JSON.parse(String(row["value"])) as Record<string, unknown>,
      ]),
    );
    return paper === undefined
      ? null
      : (JSON.parse(String(paper["items"])) as { item: string }[])
          .map(({ item }) => values.get(item))
          .map((value) => (value?.["choice"] ?? value?.["answer"] ?? null) as unknown);
  }).filter((one) => one !== null);
  return (found ?? []).map((value) => (value === null ? null : String(value)));
};
const attemptsOf = (username: string) =>
  inD1(server.state, (ask) =>
    ask(
      "select a.id, a.state from exams_attempt a join kernel_person p on p.id = a.person where a.exam = ? and p.login = ? order by a.n",
      exam,
      username,
    ),
  );
const handIn = async (page: Page) => {
  await goTo(page, 12);
  await next(page);
  await page.locator("dialog[open] button.go").click();
  await page.waitForURL(/\/result/);
};
/** Requests of the room that a page sends. */
const counted = (page: Page) => {
  const count = { all: 0 };
  page.on("request", (request) => {
    if (request.url().includes("/api/v1/attempts/")) count.all++;
  });
  return count;
};

/* Page */

test("a reload in the middle keeps answers, flags and the place", async () => {
  const { page, context } = await visit(server.access, "staff");
  await begin(page);
  await answer(page, 1, 4, 1);
  await page.locator("button.flag").click();
  await saved(page);
  const before = await shown(page);
  await goTo(page, 4);
  await page.reload();
  await page.locator("#q-4").waitFor();
  expect(await page.locator("button.flag").getAttribute("aria-pressed")).toBe("true");
  expect(await shown(page)).toEqual(before);
  expect(held(attemptOf(page))).toEqual(before);
  // And at once after an answer, before anybody could have seen it saved.
  await goTo(page, 9);
  await choose(page, 0);
  page.once("dialog", (dialog) => void dialog.accept());
  await page.reload();
  await page.locator("#q-9").waitFor();
  await page.locator("#q-9 input:checked").waitFor();
  await expect.poll(() => held(attemptOf(page))[8]).not.toBeNull();
  await context.close();
});

test("the back button leaves the room as it is, forward and 继续 return to it, and after handing in it does not come back", async () => {
  const { page, context } = await visit(server.access, "auditor");
  await begin(page);
  await answer(page, 1, 3, 0);
  await saved(page);
  const before = await shown(page);
  const attempt = attemptOf(page);
  await page.goBack();
  await page.getByRole("link", { name: "继续" }).click();
  await page.locator("fieldset.item").waitFor();
  expect(await shown(page)).toEqual(before);
  await page.goBack();
  await page.goForward();
  await page.locator("fieldset.item").waitFor();
  expect(await shown(page)).toEqual(before);
  await handIn(page);
  const result = page.url();
  await page.goBack();
  await sleep(1_000);
  expect(await page.locator("fieldset.item").count()).toBe(0);
  await page.goto(`${server.access.url}/exams/${exam}/room?sitting=${sitting}&attempt=${attempt}`);
  await page.waitForURL(result);
  expect(attemptsOf("auditor")).toEqual([{ id: attempt, state: "graded" }]);
  expect(held(attempt)).toEqual(before);
  await context.close();
});

test("a double click starts one attempt, loses no answer, and hands in once", async () => {
  const { page, context } = await visit(server.access, "proctor");
  await page.goto(`${server.access.url}/exams/${exam}`);
  await page.locator('input[name="pledge"]').check();
  await page.getByRole("button", { name: "开始考试" }).dblclick();
  await page.locator("fieldset.item").waitFor();
  expect(attemptsOf("proctor")).toEqual([{ id: attemptOf(page), state: "running" }]);
  for (let n = 1; n < 12; n += 2) {
    await page.locator("fieldset.item label").nth(0).dblclick();
    await page.locator("footer.foot button.go").dblclick();
  }
  // A double click on the last 下一题 may open the question whether to hand in, and no more.
  if ((await page.locator("dialog[open]").count()) > 0) await page.locator("dialog[open] button").filter({ hasText: "继续答题" }).click();
  await saved(page);
  const before = await shown(page);
  expect(before.filter((one) => one !== null).length).toBeGreaterThanOrEqual(6);
  expect(held(attemptOf(page))).toEqual(before);
  const attempt = attemptOf(page);
  await goTo(page, 12);
  await next(page);
  await page.locator("dialog[open] button.go").dblclick();
  await page.waitForURL(/\/result/);
  await page.getByRole("heading", { name: "断网演练" }).waitFor();
  expect(attemptsOf("proctor")).toEqual([{ id: attempt, state: "graded" }]);
  expect(held(attempt)).toEqual(before);
  await context.close();
});

/* Another tab, another device */

test("a second tab takes over: the first one says so and overwrites nothing", async () => {
  const { page, context } = await visit(server.access, "author");
  await begin(page);
  await answer(page, 1, 2, 0);
  await saved(page);
  const other = await context.newPage();
  await other.goto(page.url());
  await other.locator("fieldset.item").waitFor();
  await answer(other, 2, 3, 1);
  await saved(other);
  await choose(page, 2);
  await page.getByText("考试已在别处继续").waitFor();
  await page.getByText("1 题的答案没有送达").waitFor();
  const before = await shown(other);
  expect(before.slice(0, 3)).not.toContain(null);
  expect(held(attemptOf(page))).toEqual(before);
  // What was given last, and by the person's own wish, is what counts.
  await page.getByRole("button", { name: "回到这里继续" }).click();
  await page.locator("fieldset.item").waitFor();
  await saved(page);
  const after = await shown(page);
  expect(after[1]).not.toBe(before[1]);
  expect([after[0], after[2]]).toEqual([before[0], before[2]]);
  expect(held(attemptOf(page))).toEqual(after);
  // Without being touched the other learns of it within half a minute.
  await other.getByText("考试已在别处继续").waitFor({ timeout: 40_000 });
  expect(held(attemptOf(page))).toEqual(after);
  await context.close();
});

test("an older answer that one device could not send does not overwrite a newer one of another device", async () => {
  const first = await visit(server.access, "liaison");
  await begin(first.page);
  await answer(first.page, 1, 1, 0);
  await saved(first.page);
  await first.context.setOffline(true);
  await answer(first.page, 2, 3, 0);
  await said(first.page).filter({ hasText: "2 题未送达" }).waitFor();
  const second = await visit(server.access, "liaison");
  await second.page.goto(first.page.url());
  await second.page.locator("fieldset.item").waitFor();
  await answer(second.page, 2, 2, 1);
  await saved(second.page);
  const newer = (await shown(second.page))[1];
  await first.context.setOffline(false);
  await first.page.getByText("考试已在别处继续").waitFor();
  await first.page.getByRole("button", { name: "回到这里继续" }).click();
  await first.page.locator("fieldset.item").waitFor();
  await saved(first.page);
  const after = await shown(first.page);
  expect(after[1]).toBe(newer);
  expect(after[2]).not.toBeNull();
  expect(held(attemptOf(first.page))).toEqual(after);
  await first.context.close();
  await second.context.close();
});

/* Network */

test("half a minute without a network: the count of what is unsent, no false 已保存, and everything sent by itself", async () => {
  const { page, context } = await visit(server.access, "staff");
  await page.goto(`${server.access.url}/exams/${exam}`);
  await page.getByRole("link", { name: "继续" }).click();
  await page.locator("fieldset.item").waitFor();
  const before = held(attemptOf(page));
  const count = counted(page);
  await context.setOffline(true);
  const cutAt = Date.now();
  for (let n = 1; n <= 10; n++) {
    await answer(page, n, n, n > 8 ? 1 : 2);
    await said(page)
      .filter({ hasText: `${n} 题未送达` })
      .waitFor();
  }
  expect(await page.locator(".notice").getByText("网络不通").count()).toBe(1);
  expect(await said(page).filter({ hasText: "已保存" }).count()).toBe(0);
  // Handing in waits for the network.
  await goTo(page, 12);
  await next(page);
  expect(await page.locator("dialog[open] button.go").isDisabled()).toBe(true);
  await page.locator("dialog[open] button").filter({ hasText: "继续答题" }).click();
  await sleep(Math.max(0, 25_000 - (Date.now() - cutAt)));
  expect(held(attemptOf(page))).toEqual(before);
  // One line of tries, not one an answer.
  expect(count.all).toBeLessThan(30);
  const tried = count.all;
  await context.setOffline(false);
  await saved(page);
  const after = await shown(page);
  expect(after.slice(0, 10)).not.toContain(null);
  expect(held(attemptOf(page))).toEqual(after);
  await sleep(3_000);
  expect(count.all - tried).toBeLessThan(8);
  await context.close();
});

test("two minutes without a network, by the page's clock", async () => {
  const { page, context } = await visit(server.access, "head");
  await page.clock.install();
  await begin(page);
  await answer(page, 1, 1, 0);
  await saved(page);
  await context.setOffline(true);
  await answer(page, 2, 4, 1);
  await said(page).filter({ hasText: "3 题未送达" }).waitFor();
  for (let n = 0; n < 12; n++) await page.clock.runFor(10_000);
  await said(page).filter({ hasText: "3 题未送达" }).waitFor();
  await context.setOffline(false);
  await saved(page);
  const after = await shown(page);
  expect(after.slice(0, 4)).not.toContain(null);
  expect(held(attemptOf(page))).toEqual(after);
  await handIn(page);
  await context.close();
});

test("a network that goes dead without a word: requests are given up, and everything is sent by itself", { timeout: 180_000 }, async () => {
  await using wire = await wireTo(server.access.url);
  const { page, context } = await visit(server.access, "officer", wire.url);
  await begin(page, wire.url);
  await answer(page, 1, 1, 0);
  await saved(page);
  wire.cut();
  await answer(page, 2, 4, 1);
  await said(page).filter({ hasText: "3 题未送达" }).waitFor({ timeout: 40_000 });
  wire.mend();
  await saved(page, 40_000);
  const after = await shown(page);
  expect(after.slice(0, 4)).not.toContain(null);
  expect(held(attemptOf(page))).toEqual(after);
  await context.close();
});

test("a page that is closed while nothing can be sent: what was answered is sent when the room is opened again", async () => {
  const { page, context } = await visit(server.access, "preschool");
  await begin(page);
  await answer(page, 1, 1, 0);
  await saved(page);
  const room = page.url();
  await context.setOffline(true);
  await answer(page, 1, 3, 1);
  await said(page).filter({ hasText: "3 题未送达" }).waitFor();
  const before = await shown(page);
  await page.close();
  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(room);
  await again.locator("fieldset.item").waitFor();
  await saved(again);
  expect(await shown(again)).toEqual(before);
  expect(held(attemptOf(again))).toEqual(before);
  await context.close();
});

test("signed out elsewhere: the page says so, and goes on by itself after signing in again", async () => {
  const { page, context } = await visit(server.access, "preschool");
  await page.goto(`${server.access.url}/exams/${exam}`);
  await page.getByRole("link", { name: "继续" }).click();
  await page.locator("fieldset.item").waitFor();
  const cookies = await context.cookies();
  await context.clearCookies();
  await answer(page, 5, 6, 0);
  await page.getByRole("alert").getByText("请在新页面重新登录").waitFor();
  await said(page).filter({ hasText: "2 题未送达" }).waitFor();
  await context.addCookies(cookies);
  await saved(page, 20_000);
  expect(held(attemptOf(page)).slice(4, 6)).not.toContain(null);
  await context.close();
});

/* Server */

test(
  "the server is killed while answering: what is unsent is counted, 已保存 was true, and the rest is sent when it is back",
  { timeout: 180_000 },
  async () => {
    const { page, context } = await visit(server.access, "administrator");
    await begin(page);
    const attempt = attemptOf(page);
    await answer(page, 1, 5, 1);
    await saved(page);
    const acknowledged = await shown(page);
    await server.kill();
    expect(held(attempt), "said to be saved").toEqual(acknowledged);
    await answer(page, 6, 8, 1);
    await said(page).filter({ hasText: "3 题未送达" }).waitFor();
    expect(await said(page).filter({ hasText: "已保存" }).count()).toBe(0);
    await server.revive();
    await saved(page, 30_000);
    const resent = await shown(page);
    expect(resent.slice(0, 8)).not.toContain(null);
    expect(held(attempt)).toEqual(resent);
    // Killed in the middle of saving: the page never says more than the room has.
    await goTo(page, 1);
    const answering = (async () => {
      for (let n = 1; n <= 12; n++) {
        await choose(page, 0);
        await sleep(40);
        if (n < 12) await next(page);
      }
    })();
    await sleep(250);
    await server.kill();
    await answering;
    await said(page).filter({ hasText: "题未送达" }).waitFor();
    await server.revive();
    await saved(page, 30_000);
    const after = await shown(page);
    expect(after).not.toContain(null);
    expect(held(attempt)).toEqual(after);
    await context.close();
  },
);

test("the server is killed while handing in: the page stays, and handing in again counts once", { timeout: 180_000 }, async () => {
  const { page, context } = await visit(server.access, "administrator");
  await page.goto(`${server.access.url}/exams/${exam}`);
  await page.getByRole("link", { name: "继续" }).click();
  await page.locator("fieldset.item").waitFor();
  const attempt = attemptOf(page);
  const before = await shown(page);
  await goTo(page, 12);
  await next(page);
  await Promise.all([server.kill(), page.locator("dialog[open] button.go").click()]);
  await sleep(1_000);
  await server.revive();
  // Either it had arrived, and the result comes by itself; or the room is there again as it was.
  await Promise.race([page.waitForURL(/\/result/, { timeout: 30_000 }), page.locator("fieldset.item").waitFor({ timeout: 30_000 })]);
  if (!page.url().includes("/result")) {
    expect(await shown(page)).toEqual(before);
    await handIn(page);
  }
  await expect.poll(() => attemptsOf("administrator")).toEqual([{ id: attempt, state: "graded" }]);
  expect(held(attempt)).toEqual(before);
  await context.close();
});
