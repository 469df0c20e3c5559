/** The first day: pages with nothing in them say what will be there, and have the one button that starts it. */
import { expect, test } from "vitest";
import { ask, somebody } from "./world.ts";

test("empty pages of exams and certificates teach, and name no page that one may not open", async () => {
  const [officer, proctor, auditor, who] = [
    await somebody({ role: "officer" }),
    await somebody({ role: "proctor" }),
    await somebody({ role: "auditor" }),
    await somebody(),
  ];
  const emptyOf = async (...[person, path]: [Parameters<typeof ask>[0], string]) => {
    const page = await (await ask(person, path)).text();
    const empty = page.slice(page.indexOf('<div class="empty">')).replace(/<\/div>.*/s, "");
    return { words: empty.replace(/<[^>]+>/g, ""), links: [...empty.matchAll(/href="([^"]+)"/g)].map(([, href]) => href) };
  };
  const mine = await emptyOf(who, "/exams");
  expect(mine.words).toContain("这里会列出开考和截止时间");
  expect(mine.links).toEqual(["/courses"]);
  const plan = await emptyOf(officer, "/admin/exams");
  expect(plan.words).toContain("蓝图");
  expect(plan.links).toEqual(["#new"]);
  expect((await emptyOf(proctor, "/admin/exams")).links).toEqual([]);
  const issued = await emptyOf(officer, "/admin/certificates");
  expect(issued.words).toContain("自动发证");
  expect(issued.links).toEqual(["/admin/exams"]);
  expect((await emptyOf(auditor, "/admin/certificates")).links).toEqual([]);
  expect(await emptyOf(auditor, "/admin/certificates?name=%E6%9F%90")).toMatchObject({ links: ["/admin/certificates"] });
});
