/** Nothing is lost, and nothing is done twice, where a person fills in a form: double click, reload, back, a server that dies. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { open } from "./browser.ts";
import { inD1, type Row } from "./disk.ts";
import { mortal, type Mortal } from "./mortal.ts";
import { api, visit } from "./own.ts";

let server: Mortal;
beforeAll(async () => {
  server = await mortal();
});
afterAll(() => server[Symbol.asyncDispose]());

const d1 = (query: string, ...values: (string | number)[]): Row[] => inD1(server.state, (ask) => ask(query, ...values));
const go = (page: Page, path: string) => page.goto(`${server.access.url}${path}`);
const pathOf = (page: Page) => new URL(page.url()).pathname;
const heading = (page: Page) => page.locator("h1").first().innerText();

type Values = Record<string, string | boolean | string[]>;
/** Puts values into the fields of a form, opening what hides them. */
const fill = (page: Page, form: string, values: Values) =>
  page.evaluate(
    ([selector, given]) => {
      const found = document.querySelector<HTMLFormElement>(selector);
      if (found === null) throw new Error(`no form ${selector}`);
      for (let up: Element | null = found; up !== null; up = up.parentElement) if (up instanceof HTMLDetailsElement) up.open = true;
      for (const [name, value] of Object.entries(given))
        for (const field of found.querySelectorAll<HTMLInputElement>(`[name="${name}"]`)) {
          if (field.type === "checkbox" || field.type === "radio")
            field.checked = typeof value === "boolean" ? value : value.includes(field.value);
          else if (typeof value === "string") field.value = value;
        }
    },
    [form, values] as const,
  );
/** Sends a form as it stands twice at once, and once more: how each is answered. */
const thrice = (page: Page, form: string) =>
  page.evaluate(async (selector) => {
    const found = document.querySelector<HTMLFormElement>(selector);
    if (found === null) throw new Error(`no form ${selector}`);
    const pressed = found.querySelector<HTMLButtonElement>("button");
    const send = async () => {
      const data = new FormData(found, pressed);
      const body =
        found.enctype === "multipart/form-data"
          ? data
          : new URLSearchParams([...data].map(([name, value]): [string, string] => [name, String(value)]));
      const answer = await fetch(found.action, { method: "POST", body });
      const title = /<h1[^>]*>(.*?)<\/h1>/s.exec(await answer.text())?.[1] ?? "";
      return `${answer.status} ${new URL(answer.url).pathname} ${answer.ok ? "" : title}`.trim();
    };
    return [...(await Promise.all([send(), send()])), await send()];
  }, form);
/** Fills in a form on a page and sends it thrice; what is not answered alike is told. */
const told: string[] = [];
const alike = async (page: Page, at: string, form: string, values: Values = {}, later?: RegExp) => {
  if (pathOf(page) !== at) await go(page, at);
  else await page.reload();
  await fill(page, form, values);
  await alikeHere(page, form, later);
};
/** `later`: what all but one of the three may say in place of the same, where that is true and plain. */
const alikeHere = async (page: Page, form: string, later?: RegExp) => {
  const answers = await thrice(page, form);
  const [done, ...others] = answers.toSorted();
  if (done?.startsWith("200 ") !== true || others.some((answer) => answer !== done && later?.test(answer) !== true))
    told.push(`${pathOf(page)} ${form}: ${answers.join(" | ")}`);
};
const allAlike = () => expect(told.splice(0)).toEqual([]);
const idIn = (page: Page, form: string, name = "id") => page.locator(`${form} input[name="${name}"]`).inputValue();

/* Creating */

const requirementForm = 'form[action="/admin/requirements"]';
const requirement = { name: "双击学习要求", course: "xingzheng-chufa", kinds: ["office"] };
test("a requirement: a double click makes one; activating and ending it again changes nothing", async () => {
  const { page, context } = await visit(server.access, "officer");
  await go(page, "/admin/requirements/new");
  await fill(page, requirementForm, requirement);
  await page.locator(`${requirementForm} button.go`).dblclick();
  await page.waitForURL(/\/admin\/requirements\/[0-9a-f-]{36}$/);
  expect(await heading(page)).toBe(requirement.name);
  const one = pathOf(page);
  await alike(page, "/admin/requirements/new", requirementForm, { ...requirement, name: "三次学习要求" });
  await alike(page, one, `form[action="${one}/activate"]`);
  const due = d1("select count(*) as n from kernel_assignment where requirement = ?", one.split("/").at(-1) ?? "");
  expect(Number(due[0]?.["n"])).toBeGreaterThan(10);
  await alike(page, one, `form[action="${one}/end"]`);
  allAlike();
  expect(
    d1(
      "select name, count(*) as n from requirements_requirement where name like '%次学习要求' or name = ? group by name order by name",
      requirement.name,
    ),
  ).toEqual([
    { name: "三次学习要求", n: 1 },
    { name: requirement.name, n: 1 },
  ]);
  await context.close();
});

test("a requirement that is refused: what was typed is there again", async () => {
  const { page, context } = await visit(server.access, "officer");
  await go(page, "/admin/requirements/new");
  await fill(page, requirementForm, { ...requirement, name: "日期不对的要求", from: "2031-03-02", due: "2031-03-01" });
  await page.locator(`${requirementForm} button.go`).click();
  await page.locator("h1").waitFor();
  // On the page itself, or one step back.
  if ((await page.locator(requirementForm).count()) === 0) await page.goBack();
  await page.locator(requirementForm).waitFor({ state: "attached" });
  expect(await page.locator(`${requirementForm} [name="name"]`).inputValue()).toBe("日期不对的要求");
  expect(await page.locator(`${requirementForm} [name="due"]`).inputValue()).toBe("2031-03-01");
  await context.close();
});

test("a person: a double click makes one; refused, what was typed stays; and each change sent again changes nothing", async () => {
  const { page, context } = await visit(server.access, "officer");
  const form = 'form[method="post"][action="/admin/people"]';
  await go(page, "/admin/people/new");
  const unit = "基础教育科";
  const person = { name: "双击人", employeeNo: "SJ0001", post: "safety", nature: "part-time", from: "2026-02-03", unit };
  await fill(page, form, { ...person, phone: "12" });
  const id = await idIn(page, form);
  await page.locator(`${form} button.go`).click();
  await page.locator(".notice").first().waitFor();
  for (const [name, typed] of Object.entries(person)) expect(await page.locator(`${form} [name="${name}"]`).inputValue(), name).toBe(typed);
  expect(await idIn(page, form)).toBe(id);
  await fill(page, form, { phone: "15400000001" });
  await page.locator(`${form} button.go`).dblclick();
  await page.waitForURL(`**/admin/people/${id}`);
  expect(await heading(page)).toContain("双击人");
  await alike(page, "/admin/people/new", form, { ...person, name: "三次人", employeeNo: "SJ0002" });
  const base = `/admin/people/${id}`;
  const position = String(d1("select id from kernel_position where person = ?", id)[0]?.["id"]);
  await alike(page, base, `form[action="${base}/correct"]`, { name: "改名人" });
  await alike(page, base, `form[action="${base}/roster"]`, {}, /已经在学法名册里/);
  await alike(page, base, `form[action="${base}/roster/end"]`);
  await alike(page, base, `form[action="${base}/positions"]`, { post: "management", nature: "part-time", unit });
  await alike(page, base, `form[action="${base}/positions/${position}/main"]`);
  await alike(page, base, `form[action="${base}/positions/${position}/close"]`);
  allAlike();
  expect(
    d1(
      "select name, (select count(*) from kernel_position x where x.person = p.id) as positions from kernel_person p where employee_no in ('SJ0001', 'SJ0002') order by employee_no",
    ),
  ).toEqual([
    { name: "改名人", positions: 2 },
    { name: "三次人", positions: 1 },
  ]);
  await context.close();
});

test("a grant, given and ended: sent again it changes nothing", async () => {
  const { page, context } = await visit(server.access, "administrator");
  const id = String(d1("select id from kernel_person where login = 'staff'")[0]?.["id"]);
  const base = `/admin/people/${id}`;
  await alike(page, base, `form[action="${base}/grants"]`, { role: "author", reason: "双击授权" });
  const grants = d1("select id from kernel_grant where person = ? and reason = '双击授权'", id);
  expect(grants).toHaveLength(1);
  await alike(page, base, `form[action="${base}/grants/${String(grants[0]?.["id"])}/end"]`);
  allAlike();
  await context.close();
});

test("a unit: a double click makes one; refused, what was typed stays; and each change sent again changes nothing", async () => {
  const { page, context } = await visit(server.access, "officer");
  const form = 'form[action="/admin/units"]';
  await go(page, "/admin/units/new");
  const unit = {
    name: "双击培训学校",
    kind: "training",
    parent: "基础教育科",
    status: "preparing",
    since: "2026-02-03",
    permit: "教民双击号",
  };
  await fill(page, form, { ...unit, code: "123" });
  const id = await idIn(page, form);
  await page.locator(`${form} button.go`).click();
  await page.locator(".notice").first().waitFor();
  for (const [name, typed] of Object.entries(unit)) expect(await page.locator(`${form} [name="${name}"]`).inputValue(), name).toBe(typed);
  await fill(page, form, { code: "" });
  await page.locator(`${form} button.go`).dblclick();
  await page.waitForURL(`**/admin/units/${id}`);
  const base = `/admin/units/${id}`;
  await alike(page, base, `form[action="${base}/correct"]`, { name: "改名培训学校" });
  await alike(page, base, `form[action="${base}/status"]`, { status: "paused" });
  const [other] = d1("select id from kernel_unit where parent is null");
  await alike(page, base, `form[action="${base}/move"]`, { parent: String(other?.["id"]) });
  allAlike();
  expect(d1("select name, status from kernel_unit where id = ? or name = ?", id, unit.name)).toEqual([
    { name: "改名培训学校", status: "paused" },
  ]);
  await context.close();
});

test("one's own unit: refused, what was typed stays; a person added, corrected and closed by a double click", async () => {
  const { page, context } = await visit(server.access, "liaison");
  const form = 'form[action="/unit/people"]';
  await go(page, "/unit/people");
  const person = { name: "本单位双击人", post: "safety", nature: "part-time", from: "2026-02-03", category: "contract" };
  await fill(page, form, { ...person, phone: "12" });
  const id = await idIn(page, form);
  await page.locator(`${form} button.go`).click();
  await page.locator(".notice").first().waitFor();
  for (const [name, typed] of Object.entries(person)) expect(await page.locator(`${form} [name="${name}"]`).inputValue(), name).toBe(typed);
  await fill(page, form, { phone: "15400000002" });
  await page.locator(`${form} button.go`).dblclick();
  await page.locator(`form[action="/unit/people/${id}/correct"]`).waitFor({ state: "attached" });
  await alike(page, "/unit/people", `form[action="/unit/people/${id}/correct"]`, { phone: "15400000003" });
  const position = String(d1("select id from kernel_position where person = ?", id)[0]?.["id"]);
  await go(page, `/unit/people/positions/${position}/close?until=2026-02-04`);
  await alikeHere(page, `form[action="/unit/people/positions/${position}/close"]`);
  allAlike();
  expect(d1("select phone from kernel_person where name = '本单位双击人'")).toEqual([{ phone: "15400000003" }]);
  await context.close();
});

test("an exam: a double click makes one; each step sent again changes nothing", async () => {
  const { page, context } = await visit(server.access, "officer");
  const form = 'form[action="/admin/exams"]';
  await go(page, "/admin/exams");
  await fill(page, form, { title: "双击考试" });
  const id = await idIn(page, form);
  await page.locator(`${form} button.go`).dblclick();
  await page.waitForURL(`**/admin/exams/${id}`);
  const base = `/admin/exams/${id}`;
  await alike(page, base, `form[action="${base}"]`, { title: "改名考试" });
  await alike(page, base, `form[action="${base}/blueprint"]`, { "n.xingzheng-chufa/lian.single": "2", "p.single": "50" });
  await alike(page, `${base}/sitting`, `form[action="${base}/sittings"]`, {
    title: "第一场",
    opens: "2031-03-01T09:00",
    closes: "2031-03-02T09:00",
    minutes: "60",
    tries: "1",
    pass: "60",
    excellent: "",
  });
  await alike(page, base, `form[action="${base}/publish"]`);
  await alike(page, base, `form[action="${base}/accommodations"]`, { whom: "staff", percent: "150", reason: "双击" });
  await go(page, "/admin/exams");
  await fill(page, form, { title: "要删的考试" });
  const gone = `/admin/exams/${await idIn(page, form)}`;
  await page.locator(`${form} button.go`).click();
  await page.waitForURL(`**${gone}`);
  await alike(page, gone, `form[action="${gone}/remove"]`, {}, /没有这一页/);
  allAlike();
  expect(
    d1(
      "select e.title, e.state, count(s.id) as sittings from exams_exam e left join exams_sitting s on s.exam = e.id where e.id = ? or e.title in ('双击考试', '要删的考试') group by e.id",
      id,
    ),
  ).toEqual([{ title: "改名考试", state: "published", sittings: 1 }]);
  await context.close();
});

test("a question of the bureau's own: what is refused stays, a double click makes one", async () => {
  const { page, context } = await visit(server.access, "author");
  const form = 'form[action="/admin/questions"]';
  const question = {
    type: "single",
    stem: "双击提交的表单，应当算几次？",
    A: "一次",
    B: "两次",
    answer: "A",
    explanation: "同一张表单只算一次。{{xingzhengchufafa@2021-01-22#33.1}}",
  };
  await go(page, "/admin/questions/new");
  await fill(page, form, { ...question, answer: "Q" });
  await page.locator(`${form} button.go`).click();
  await page.locator("h1").waitFor();
  if ((await page.locator(form).count()) === 0) await page.goBack();
  expect(await page.locator(`${form} [name="stem"]`).inputValue()).toBe(question.stem);
  expect(await page.locator(`${form} [name="B"]`).inputValue()).toBe(question.B);
  await fill(page, form, question);
  await page.locator(`${form} button.go`).dblclick();
  await page.waitForURL("**/admin/questions/one?*");
  expect(d1("select count(*) as n from bank_question where owner = 'bureau' and copy_of is null")).toEqual([{ n: 1 }]);
  await alike(page, "/admin/questions/new", form, { ...question, stem: "三次提交的表单，应当算几次？" });
  allAlike();
  await context.close();
});

/* Imports */

test("a roster: uploaded by a double click it is one import; the preview outlives reload and back; writing and undoing count once", async () => {
  const { page, context } = await visit(server.access, "officer");
  const form = 'form[action="/admin/imports"]';
  const [school] = d1("select name from kernel_unit where kind = 'public-school' and status = 'open' limit 1");
  const rows = Array.from(
    { length: 30 },
    (_, n) =>
      `王${"甲乙丙丁戊己庚辛壬癸"[n % 10] ?? ""}${"金木水"[Math.floor(n / 10)] ?? ""},${String(school?.["name"])},1541111${String(1000 + n)}`,
  );
  await go(page, "/admin/imports");
  const id = await idIn(page, form);
  await fill(page, form, { kind: "people" });
  await page.locator(`${form} input[type="file"]`).setInputFiles({
    name: "花名册.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(`姓名,单位,手机\n${rows.join("\n")}\n李土,没有这个单位,15411119999\n`),
  });
  await page.locator(`${form} button.go`).dblclick();
  const base = `/admin/imports/${id}`;
  await page.waitForURL(`**${base}`);
  const write = `form[action="${base}/write"]`;
  await page.locator(write).waitFor();
  const preview = await page.locator("main dl.facts").first().innerText();
  expect(preview).toContain("30");
  await page.reload();
  expect(await page.locator("main dl.facts").first().innerText()).toBe(preview);
  await page.goBack();
  await page.locator(`a[href="${base}"]`).click();
  expect(await page.locator("main dl.facts").first().innerText()).toBe(preview);
  expect(d1("select count(*) as n from people_import where name = '花名册.csv'")).toEqual([{ n: 1 }]);
  const before = Number(d1("select count(*) as n from kernel_person")[0]?.["n"]);
  await alike(page, base, write);
  await expect.poll(() => Number(d1("select count(*) as n from kernel_person")[0]?.["n"])).toBe(before + 30);
  await alike(page, base, `form[action="${base}/undo"]`);
  await expect.poll(() => Number(d1("select count(*) as n from kernel_person")[0]?.["n"])).toBe(before);
  allAlike();
  await context.close();
});

/* Study */

const bank = async (): Promise<Map<string, { key: string | string[] | boolean; type: string }>> =>
  new Map(
    z
      .array(z.object({ id: z.string(), type: z.string(), key: z.union([z.string(), z.array(z.string()), z.boolean()]) }))
      .parse(await api(server.access, "GET", "/questions/export?format=json"))
      .map((q) => [q.id, q]),
  );
test("check questions: a double click answers once, reload and back change nothing, and the lesson is done once", async () => {
  const keys = await bank();
  const { page, context } = await visit(server.access, "proctor");
  await go(page, "/courses/xingzheng-chufa");
  await page.locator('main a[href^="/courses/xingzheng-chufa/"]').first().click();
  const lesson = pathOf(page);
  await page.locator(`form[action="${lesson}/read"] button`).dblclick();
  await page.waitForURL(`**${lesson}/check`);
  const form = `form[action="${lesson}/check"]`;
  for (let n = 0; n < 3; n++) {
    const question = await idIn(page, form, "question");
    const { key } = keys.get(`xingzheng-chufa/${question}`) ?? { key: "A" };
    await fill(page, form, { answer: typeof key === "boolean" ? [String(key)] : [...key] });
    if (n === 1) await alikeHere(page, form);
    await page.locator(`${form} button.go`).dblclick();
    await page.waitForURL(/\?q=/);
    expect(await page.locator(".notice.done").count()).toBe(1);
    await page.reload();
    expect(await page.locator(".notice.done").count()).toBe(1);
    if (n === 0) {
      // Back to the question, answered anew: what was right stays right.
      await page.goBack();
      await page.goForward();
      expect(await page.locator(".notice.done").count()).toBe(1);
    }
    await page.locator(`main a.go[href="${lesson}/check"]`).click();
    await page.waitForURL((url) => url.search === "");
  }
  allAlike();
  const id = String(d1("select id from kernel_person where login = 'proctor'")[0]?.["id"]);
  expect(
    d1(
      "select verb, object_id as object, count(*) as n from kernel_record where person = ? and object_kind = 'lesson' group by verb, object_id",
      id,
    ),
  ).toEqual([{ verb: "studied", object: lesson.split("/").slice(2).join("/"), n: 1 }]);
  await context.close();
});

test("a case: a double click takes one step; back and choosing otherwise says where the way has gone", async () => {
  const { page, context } = await visit(server.access, "proctor");
  const here = "/courses/xingzheng-chufa/cases/yeban-jiaoshi";
  await go(page, here);
  await page.locator(`form[action="${here}/start"] button`).dblclick();
  const form = `form[action="${here}"]`;
  await page.locator(form).waitFor();
  // Choices that lead on for more than three steps.
  for (const [step, choice] of [0, 1, 0].entries()) {
    expect(await page.locator(`${form} input[name="step"]`).inputValue()).toBe(String(step));
    if (step === 2) await alikeHere(page, form);
    await page.locator(`${form} button`).nth(choice).dblclick();
    await page.locator(`${form} input[name="step"][value="${step + 1}"]`).waitFor({ state: "attached" });
  }
  const path = () => d1("select path from courses_walk order by rowid desc limit 1");
  const before = path();
  await page.reload();
  expect(await page.locator(`${form} input[name="step"]`).inputValue()).toBe("3");
  // An old page that is still open chooses otherwise: refused with words, and the way stands.
  const stale = await context.newPage();
  await go(stale, here);
  await page.locator(`${form} button`).first().click();
  await page.waitForLoadState();
  const after = path();
  if ((await stale.locator(`${form} button`).count()) > 1) {
    await stale.locator(`${form} button`).last().click();
    await stale.locator("h1").waitFor();
    expect(await heading(stale)).not.toContain("出错");
  }
  expect(path()).toEqual(after);
  expect(after).not.toEqual(before);
  allAlike();
  await context.close();
});

/* Certificates, records */

test("revoking a certificate and correcting a record count once", async () => {
  const { page, context } = await visit(server.access, "officer");
  const [certificate] = d1("select number from certificates_certificate where state = 'valid' limit 1");
  const number = String(certificate?.["number"]);
  await alike(page, `/certificates/${number}`, `form[action="/admin/certificates/${number}/revoke"]`, { reason: "双击撤销" }, /已经撤销/);
  const [record] = d1(
    "select id from kernel_record where corrects is null and verb = 'sat' and id not in (select corrects from kernel_record where corrects is not null) limit 1",
  );
  const id = String(record?.["id"]);
  await alike(page, `/admin/records/${id}`, `form[action="/admin/records/${id}/correct"]`, { how: ["void"], reason: "双击更正" });
  allAlike();
  expect(d1("select count(*) as n from kernel_record where corrects = ?", id)).toEqual([{ n: 1 }]);
  await context.close();
});

/* A server that dies */

test("the server dies under a form: one step back what was typed is there, and it counts once", { timeout: 120_000 }, async () => {
  const { page, context } = await visit(server.access, "officer");
  const form = 'form[method="post"][action="/admin/people"]';
  await go(page, "/admin/people/new");
  const unit = "基础教育科";
  const person = { name: "断电人", employeeNo: "SJ0009", post: "safety", nature: "part-time", unit };
  await fill(page, form, person);
  await server.kill();
  await page.locator(`${form} button.go`).click();
  await page.waitForURL(/chrome-error|admin\/people$/);
  await server.revive();
  // Back to the form: what was typed is there.
  await page.goBack();
  for (const [name, typed] of Object.entries(person)) expect(await page.locator(`${form} [name="${name}"]`).inputValue(), name).toBe(typed);
  await page.locator(`${form} button.go`).click();
  await page.waitForURL(/\/admin\/people\/[0-9a-f-]{36}$/);
  expect(await heading(page)).toContain("断电人");
  expect(d1("select count(*) as n from kernel_person where employee_no = 'SJ0009'")).toEqual([{ n: 1 }]);
  await context.close();
});

test("a one-time link: pressed twice it signs in, and the password is set once", async () => {
  const officer = await visit(server.access, "officer");
  const person = String(
    d1(
      "select p.id from kernel_person p join kernel_position x on x.person = p.id where x.post = 'teaching' and x.until_day is null and p.id not in (select id from kernel_user) limit 1",
    )[0]?.["id"],
  );
  await go(officer.page, `/admin/people/${person}`);
  await officer.page.locator(`form[action="/admin/people/${person}/link"] button`).click();
  const link = /http\S+\/sign-in\/[a-z0-9]+/i.exec(await officer.page.locator("main").innerText())?.[0] ?? "";
  await officer.context.close();
  const { page, context } = await open({ size: "phone" });
  await page.goto(link);
  await page.locator('form[action^="/sign-in/"] button').dblclick();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  if (pathOf(page) === "/notice") await page.locator('form[action="/notice"] button').dblclick();
  await page.waitForURL("**/me");
  const form = 'form[action="/set-password"]';
  await go(page, "/set-password");
  await fill(page, form, { password: "xiao-he-88-chun-yu", repeat: "xiao-he-88-chun-yu" });
  await page.locator(`${form} button.go`).dblclick();
  await page.waitForURL("**/me");
  const login = String(d1("select login from kernel_person where id = ?", person)[0]?.["login"]);
  await api(server.access, "POST", "/session", { username: login, password: "xiao-he-88-chun-yu" }, "");
  await context.close();
});

/* Last: what signs people out */

test("a password: set by a double click it is set, and one signs in with it", async () => {
  const { page, context } = await visit(server.access, "auditor");
  const old = server.access.accounts.find((a) => a.username === "auditor")?.password ?? "";
  const form = 'form[action="/set-password"]';
  await go(page, "/set-password");
  await fill(page, form, { current: old, password: "hong-qiao-42-mian-bao", repeat: "hong-qiao-42-mian-bao" });
  await page.locator(`${form} button.go`).dblclick();
  await page.waitForURL((url) => url.pathname !== "/set-password", { timeout: 10_000 });
  expect(pathOf(page)).toBe("/admin");
  await alike(
    page,
    "/set-password",
    form,
    {
      current: "hong-qiao-42-mian-bao",
      password: "lan-tian-17-fei-niao",
      repeat: "lan-tian-17-fei-niao",
      // Later on the current password is the new one.
    },
    /^422/,
  );
  allAlike();
  await api(server.access, "POST", "/session", { username: "auditor", password: "lan-tian-17-fei-niao" }, "");
  await context.close();
});
