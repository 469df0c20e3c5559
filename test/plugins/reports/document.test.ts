/** A report on its way: drafted, reviewed, signed and checked by the persons who may, frozen, public, withdrawn. */
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import {
  commit,
  Conflict,
  makeContext,
  newId,
  record,
  recordId,
  work,
  jobId,
  type PersonId,
  type RecordId,
  type UnitId,
  type UnitKind,
} from "#kernel";
import { sat } from "#plugins/exams";
import { reportId } from "../../../src/plugins/reports/input-report.ts";
import type { ReportId } from "../../../src/plugins/reports/schema.ts";
import { moveReport, sets } from "../../../src/plugins/reports/store-report.ts";
import { app } from "../../../src/worker.ts";
import { browser, context, count, person, unit } from "../people/world.ts";

const password = "correct-horse-9";
const day = 86_400_000;
type Browser = ReturnType<typeof browser>;
type Officer = { id: PersonId; as: Browser };
let root: UnitId;
let drafter: Officer;
let reviewer: Officer;
let signer: Officer;
const candidates: { id: PersonId }[] = [];
const sittings: RecordId[] = [];

const officer = async (name: string, kinds?: UnitKind[]): Promise<Officer> => {
  const { id, login } = await person(root, { name, password, grant: "officer", ...(kinds === undefined ? {} : { kinds }) });
  const as = browser();
  expect((await as.post("/sign-in", { username: login, password })).status).toBe(303);
  return { id, as };
};
const sitOnce = async (who: PersonId, n: number): Promise<RecordId> => {
  const id = newId(recordId);
  const ctx = context();
  await commit(ctx, {
    statements: [
      record({ id, verb: sat, object: { kind: "exam", id: "e" }, person: who, unit: root, at: ctx.now - n * day, score: 8000, once: [id] }),
    ],
    audit: null,
  });
  return id;
};
beforeAll(async () => {
  root = await unit("试验区教育局", "office", null);
  [drafter, reviewer, signer] = [await officer("甲"), await officer("乙"), await officer("丙")];
  for (const name of ["李雯", "王强", "赵敏"]) candidates.push(await person(root, { name }));
  for (const [n, { id }] of candidates.entries()) sittings.push(await sitOnce(id, n));
});

const year = new Date().getFullYear();
const words = "全年参加考试{{reports.exams-sat}}，共{{reports.candidates}}。";
const save = (who: Officer, id: ReportId, version: number, boxes: string[]) =>
  who.as.post(`/admin/reports/${id}/edit`, {
    version: String(version),
    title: `${year}年度报告`,
    addressee: "区人民政府",
    signer: "试验区教育局",
    from: `${year - 1}-01-01`,
    to: `${year}-12-31`,
    ...Object.fromEntries(boxes.flatMap((text, n) => [[`kind.${n}`, n === 0 ? "h1" : "p"] as const, [`text.${n}`, text] as const])),
  });
const draft = async (who = drafter, boxes = ["一、考试", words]): Promise<ReportId> => {
  const id = newId(reportId);
  expect((await who.as.post("/admin/reports", { id, template: "government", year: String(year) })).status).toBe(303);
  expect((await save(who, id, 1, boxes)).status).toBe(303);
  return id;
};
const page = async (who: Officer, id: ReportId) => (await who.as.get(`/admin/reports/${id}`)).text();
const seenBy = async (who: Officer, id: ReportId) => /name="seen" value="([0-9a-f]{64})"/.exec(await page(who, id))?.[1] ?? "";
const act = async (who: Officer, id: ReportId, step: string, more: Record<string, string> = {}) =>
  who.as.post(`/admin/reports/${id}/${step}`, { version: "2", password, seen: await seenBy(who, id), ...more });
const stateOf = (id: ReportId) => env.DB.prepare("select state from reports_report where id = ?").bind(id).first<string>("state");
const freeze = async (id: ReportId) => {
  const job = await env.DB.prepare("select job from reports_report where id = ?").bind(id).first<string>("job");
  return work(context(), jobId.parse(job));
};
const word = { secrets: "1", personal: "1", word: "已查，可以公开" };
const publish = async (boxes?: string[]): Promise<ReportId> => {
  const id = await draft(drafter, boxes);
  for (const [who, step, more] of [
    [drafter, "submit", {}],
    [reviewer, "review", {}],
    [signer, "sign", {}],
    [reviewer, "check", word],
  ] as const)
    expect((await act(who, id, step, more)).status, step).toBe(303);
  await freeze(id);
  expect(await stateOf(id)).toBe("published");
  return id;
};

test("a template's empty figures are marked and listed, and keep the report from review", async () => {
  const id = newId(reportId);
  await drafter.as.post("/admin/reports", { id, template: "performance", year: String(year) });
  const html = await page(drafter, id);
  expect(html).toContain("【缺：");
  expect(html).toContain("【请写：");
  expect(html).not.toContain("{{");
  expect(html).not.toContain('action="/admin/reports/' + id + '/submit"');
  const refused = await drafter.as.post(`/admin/reports/${id}/submit`, { version: "1", password });
  expect(refused.status).toBe(422);
  expect(await stateOf(id)).toBe("draft");
});
test("a reference to what is no figure is refused by paragraph, and what was typed comes back", async () => {
  const id = await draft();
  const answer = await save(drafter, id, 2, ["一、考试", "我写的{{reports.no-such}}和{{reports.exams-sat"]);
  const html = await answer.text();
  expect(answer.status).toBe(422);
  expect(html).toContain("第2段：没有 {{reports.no-such}} 这个指标");
  expect(html).toContain("我写的{{reports.no-such}}和");
  expect(await count("select version as n from reports_report where id = ?", id)).toBe(2);
});
test("a number typed into the words is refused, and so is a claim of nothing", async () => {
  const id = await draft();
  const answer = await save(drafter, id, 2, [
    "一、考试",
    `党委会学法10次，另考试1{{reports.exams-sat}}。`,
    "无投诉举报。",
    "{{reports.exams-sat#part}}",
  ]);
  const html = await answer.text();
  expect(answer.status).toBe(422);
  for (const said of ["“10次", "第2段的“1”", "“无投诉”说的是没有", "第4段：没有 {{reports.exams-sat#part}} 这个指标"])
    expect(html).toContain(said);
  expect(await count("select version as n from reports_report where id = ?", id)).toBe(2);
});
test("two who edit at once: the second is told, and loses nothing; versions are compared", async () => {
  const id = await draft();
  expect((await save(reviewer, id, 2, ["一、考试", `${words}第二稿`])).status).toBe(303);
  const late = await save(drafter, id, 2, ["一、考试", `${words}我的一稿`]);
  expect(late.status).toBe(409);
  expect(await late.text()).toContain("我的一稿");
  const compared = await (await drafter.as.get(`/admin/reports/${id}/versions?from=2&to=3`)).text();
  expect(compared.replace(/<span class="visually-hidden">[^<]*<\/span>/g, "")).toContain("<ins>第二稿</ins>");
});
test("who drafted neither reviews nor signs, and who reviewed does not sign", async () => {
  const id = await draft();
  await act(drafter, id, "submit");
  expect(await page(drafter, id)).toContain("您参与起草了这份报告");
  expect((await act(drafter, id, "review", { seen: "0".repeat(64) })).status).toBe(403);
  expect(await stateOf(id)).toBe("review");
  expect((await act(reviewer, id, "review")).status).toBe(303);
  expect((await act(reviewer, id, "sign", { seen: "0".repeat(64) })).status).toBe(403);
  expect((await act(drafter, id, "sign", { seen: "0".repeat(64) })).status).toBe(403);
  expect(await stateOf(id)).toBe("sign");
  expect((await act(signer, id, "sign")).status).toBe(303);
});
test("the database holds it, too, whatever a command would let through", async () => {
  const id = await draft();
  await act(drafter, id, "submit");
  const move = (who: Officer, from: "review" | "sign", set: "reviewed" | "signed") => {
    const ctx = context();
    return commit(ctx, {
      statements: moveReport(
        id,
        { version: 2, from: [from], fresh: { person: who.id, notReviewer: set === "signed" } },
        set === "signed" ? sets.signed(who.id, ctx.today, {}) : sets.reviewed(who.id, {}),
      ),
      audit: null,
    });
  };
  await expect(move(drafter, "review", "reviewed")).rejects.toThrow(Conflict);
  expect(await move(reviewer, "review", "reviewed")).toBe("done");
  await expect(move(reviewer, "sign", "signed")).rejects.toThrow(Conflict);
  await expect(move(drafter, "sign", "signed")).rejects.toThrow(Conflict);
  expect(await move(signer, "sign", "signed")).toBe("done");
});
test("a wrong password counts like a failed sign-in and moves nothing", async () => {
  const id = await draft();
  const tries = () => count("select coalesce(sum(failures), 0) as n from people_try");
  const before = await tries();
  const refused = await act(drafter, id, "submit", { password: "not this one" });
  expect(refused.status).toBe(422);
  expect(await tries()).toBe(before + 1);
  expect(await stateOf(id)).toBe("draft");
  expect(await count("select count(*) as n from kernel_audit where command = 'people.password.refused' and actor = ?", drafter.id)).toBe(1);
});
test("sent twice it is one step", async () => {
  const id = await draft();
  const form = { version: "2", password, seen: await seenBy(drafter, id) };
  for (const _ of [1, 2]) expect((await drafter.as.post(`/admin/reports/${id}/submit`, form)).status).toBe(303);
  expect(await count("select count(*) as n from reports_step where report = ?", id)).toBe(1);
  expect((await drafter.as.post(`/admin/reports/${id}/submit`, { ...form, version: "1" })).status).toBe(409);
});
test("sent back with a reason it is a draft again, and its next version goes the whole way anew", async () => {
  const id = await draft();
  await act(drafter, id, "submit");
  await act(reviewer, id, "review");
  expect((await act(signer, id, "return", { reason: "数字口径请核对" })).status).toBe(303);
  expect(await stateOf(id)).toBe("draft");
  expect(await page(drafter, id)).toContain("数字口径请核对");
  expect((await act(signer, id, "sign", { seen: "0".repeat(64) })).status).not.toBe(303);
});
test("published, a figure keeps its rows as they were, and says which were corrected since", async () => {
  const id = await publish();
  const rows = await (await drafter.as.get(`/admin/reports/${id}/figures/1`)).text();
  expect([...rows.matchAll(/data-row="/g)]).toHaveLength(3);
  expect(rows).toContain('data-value="3"');
  expect(rows).toContain("李雯");
  await sitOnce(candidates[0]?.id ?? newId(recordId as never), 5);
  const first = sittings[0];
  if (first === undefined) throw new Error("nobody sat");
  const ctx = context();
  await commit(ctx, {
    statements: [
      record({
        verb: sat,
        object: { kind: "exam", id: "e" },
        person: candidates[0]?.id ?? drafter.id,
        unit: root,
        once: ["void", first],
        corrects: first,
        void: true,
      }),
    ],
    audit: null,
  });
  const later = await (await drafter.as.get(`/admin/reports/${id}/figures/1`)).text();
  expect([...later.matchAll(/data-row="/g)]).toHaveLength(3);
  expect(later).toContain("已作废");
  await sitOnce(candidates[1]?.id ?? drafter.id, 6);
  expect(await page(drafter, id)).toContain("发布后新增 1，数字将为 4人次（公开的是 3人次）");
});
test("anyone reads what is public, without names and rows; withdrawn, the reason alone", async () => {
  const id = await publish();
  const nobody = browser();
  expect(await (await nobody.get("/disclosure")).text()).toContain(`${year}年度报告`);
  const html = await (await nobody.get(`/disclosure/${year}`)).text();
  expect(html).toContain("全年参加考试");
  expect(html).toContain("依据摘要");
  for (const hidden of ["李雯", "/admin/", 'class="fig"']) expect(html, hidden).not.toContain(hidden);
  expect((await nobody.get(`/admin/reports/${id}/figures/1`)).status).toBe(401);
  const part = await officer("学前科", ["public-kindergarten"]);
  expect((await part.as.get(`/admin/reports/${id}/figures/1`)).status).toBe(403);
  expect((await part.as.get(`/admin/reports/${id}`)).status).toBe(403);
  expect(await (await part.as.get(`/disclosure/${year}`)).text()).not.toContain(`/figures/1"`);
  await env.DB.prepare("update reports_report set published_at = null where id <> ?").bind(id).run();
  expect((await act(signer, id, "withdraw", { reason: "口径有误，更正后重新公开" })).status).toBe(303);
  const gone = await (await nobody.get(`/disclosure/${year}`)).text();
  expect(gone).toContain("已撤回");
  expect(gone).toContain("口径有误，更正后重新公开");
  expect(gone).not.toContain("全年参加考试");
  expect(await page(drafter, id)).toContain("全年参加考试");
});
test("what is signed is what is published: a number that moved after signing stops it", async () => {
  const id = await draft();
  await act(drafter, id, "submit");
  await act(reviewer, id, "review");
  await act(signer, id, "sign");
  const seen = await seenBy(reviewer, id);
  await sitOnce(candidates[2]?.id ?? drafter.id, 7);
  expect((await act(reviewer, id, "check", { ...word, seen })).status).toBe(409);
  expect(await page(reviewer, id)).toContain("签发之后数字有变化");
  expect(await stateOf(id)).toBe("check");
});
test("a number that moved after the review is not signed", async () => {
  const id = await draft();
  await act(drafter, id, "submit");
  await act(reviewer, id, "review");
  await sitOnce(candidates[0]?.id ?? expect.fail("nobody"), 0);
  expect(await page(signer, id)).toContain("审核、签发之后数字有变化");
  expect((await act(signer, id, "sign")).status).toBe(409);
  expect(await stateOf(id)).toBe("sign");
  expect((await act(signer, id, "return", { reason: "数字有变化" })).status).toBe(303);
});
test("who wrote any version of a published report is a drafter of its copy; a draft is not copied", async () => {
  const before = await draft();
  expect((await signer.as.post(`/admin/reports/${before}/copy`, { id: newId(reportId) })).status).toBe(409);
  const id = newId(reportId);
  expect((await signer.as.post(`/admin/reports/${await publish()}/copy`, { id })).status).toBe(303);
  expect((await act(signer, id, "submit")).status).toBe(303);
  expect((await act(drafter, id, "review", { seen: "0".repeat(64) })).status).toBe(403);
  expect((await act(reviewer, id, "review")).status).toBe(303);
});
test("freezing killed between two figures goes on where it stood", async () => {
  const id = await draft();
  await act(drafter, id, "submit");
  await act(reviewer, id, "review");
  await act(signer, id, "sign");
  await act(reviewer, id, "check", word);
  const row = await env.DB.prepare("select id, input from kernel_job where id = (select job from reports_report where id = ?)")
    .bind(id)
    .first<{ id: string; input: string }>();
  const ctx = makeContext({ env, registry: app.registry, now: Date.now() });
  const step = await app.registry.jobs
    .get("reports.freeze")
    ?.step(ctx, { id: jobId.parse(row?.id), input: JSON.parse(row?.input ?? "{}"), cursor: null });
  // The step's work was done and nothing of it written: the same again.
  expect(step).toMatchObject({ done: 1, total: 3 });
  expect(await stateOf(id)).toBe("freezing");
  expect(await (await browser().get("/disclosure")).text()).not.toContain(id);
  await freeze(id);
  expect(await stateOf(id)).toBe("published");
  expect(await count("select count(*) as n from reports_frozen where report = ?", id)).toBe(2);
});
test("a draft that was never sent can be deleted, another not", async () => {
  const id = await draft();
  expect((await drafter.as.post(`/admin/reports/${id}/drop`, { reason: "建错了年度" })).status).toBe(303);
  expect((await drafter.as.get(`/admin/reports/${id}`)).status).toBe(404);
  const sent = await draft();
  await act(drafter, sent, "submit");
  await act(reviewer, sent, "return", { reason: "请改" });
  expect((await drafter.as.post(`/admin/reports/${sent}/drop`, { reason: "建错了年度" })).status).toBe(409);
  expect(await count("select count(*) as n from reports_version where report = ?", sent)).toBe(2);
});
test("the file and the API tell the same document", async () => {
  const id = await draft();
  const file = await drafter.as.get(`/admin/reports/${id}/docx`);
  expect(file.headers.get("content-type")).toContain("wordprocessingml");
  expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(1000);
  expect((await browser().get(`/admin/reports/${id}/docx`)).status).toBe(401);
  const told = await drafter.as.get(`/api/v1/reports/${id}`);
  expect(await told.text()).toContain("全年参加考试");
  expect((await drafter.as.get(`/api/v1/reports/${id}?format=docx`)).headers.get("content-type")).toContain("wordprocessingml");
  expect((await drafter.as.get("/api/v1/reports/annual?format=docx")).status).toBe(404);
});
test("a figure of more rows than a page is frozen page by page, a killed one from where it stood, and is read the same way", async () => {
  const ctx = context();
  const many = 2300;
  await env.DB.prepare(
    `insert into kernel_record (id, verb, object_kind, object_id, person, unit, at, day, recorded_at, source, once, void, salt, leaf)
      with recursive n(i) as (select 1 union all select i + 1 from n where i < ?1)
      select printf('01900000-0000-7000-8000-%012d', i), 'sat', 'exam', 'many', ?2, ?3, ?4, ?5, ?4, 'own', 'sat/many/' || i, 0, 's', 'l' from n`,
  )
    .bind(many, candidates[0]?.id ?? "", root, ctx.now, ctx.today)
    .run();
  const id = await draft();
  await act(drafter, id, "submit");
  await act(reviewer, id, "review");
  await act(signer, id, "sign");
  await act(reviewer, id, "check", word);
  const job = await env.DB.prepare("select job from reports_report where id = ?").bind(id).first<string>("job");
  const step = app.registry.jobs.get("reports.freeze")?.step;
  const first = await step?.(ctx, { id: jobId.parse(job), input: { report: id }, cursor: null });
  expect(first).toMatchObject({ done: 0, cursor: { rows: 1000 } });
  await freeze(id);
  expect(await stateOf(id)).toBe("published");
  const frozen = await env.DB.prepare("select value, rows from reports_frozen where report = ? and n = 1")
    .bind(id)
    .first<{ value: number; rows: number }>();
  expect(frozen?.rows).toBe(frozen?.value);
  expect(frozen?.rows).toBeGreaterThan(many);
  const keys = new Set<string>();
  for (let after = 0; after < (frozen?.rows ?? 0); after += 100) {
    const html = await (await drafter.as.get(`/admin/reports/${id}/figures/1?after=${after}`)).text();
    for (const [, key = ""] of html.matchAll(/data-row="([^"]*)"/g)) keys.add(key);
  }
  expect(keys.size).toBe(frozen?.rows);
}, 60_000);
