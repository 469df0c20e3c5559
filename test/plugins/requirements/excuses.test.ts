/** Exemptions and deferrals: who asks, who decides, and what they do to what is due, to rates and to the ledger. */
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import {
  commit,
  loadActor,
  makeContext,
  newId,
  positionId,
  record,
  requirementId,
  type AssignmentId,
  type Context,
  type Day,
  type PersonId,
  type RequirementId,
  type UnitId,
} from "#kernel";
import { excuseId, type AskInput, type ExcuseId } from "../../../src/plugins/requirements/input-excuses.ts";
import type { ExcuseKind } from "../../../src/plugins/requirements/rules-excuses.ts";
import { askExcuse, enterExcuse } from "../../../src/plugins/requirements/service/excuse-ask.ts";
import { decideExcuses, withdrawApproval } from "../../../src/plugins/requirements/service/excuse-decide.ts";
import { changeLeaving } from "../../../src/plugins/requirements/service/excuse-leaving.ts";
import { seeExcused, seeExcusedCounts } from "../../../src/plugins/requirements/service/excuse-list.ts";
import { seeRequirement } from "../../../src/plugins/requirements/service/rule.ts";
import { settlePeople } from "../../../src/plugins/requirements/store-rules.ts";
import { passed, sat } from "../../../src/plugins/exams/terms.ts";
import { addPositions } from "../../../src/plugins/people/store-bulk.ts";
import { browser, context, count, person, unit } from "../people/world.ts";

const password = "correct-horse-9";
type Somebody = { id: PersonId; login: string };
let bureau: UnitId, school: UnitId, other: UnitId;
let officer: Somebody, administrator: Somebody, head: Somebody, stranger: Somebody;

const as = async ({ id }: { id: PersonId }, now = Date.now()): Promise<Context> => {
  const ctx = context(now);
  return makeContext({ env, registry: ctx.registry, now, actor: await loadActor(ctx.db, id, "test", "password", ctx.today) });
};
const signedIn = async (who: Somebody) => {
  const b = browser();
  await b.post("/sign-in", { username: who.login, password });
  return b;
};
/** A rule that is on, asking a course and an exam of all who work in units below one, and who fits it is assigned. */
const rule = async (below: UnitId, people: readonly PersonId[], more: { each?: boolean; days?: number } = {}): Promise<RequirementId> => {
  const id = newId(requirementId);
  await env.DB.prepare(
    "insert into requirements_requirement (id, name, study_kind, study_object, study_title, exam, exam_title, unit, roster, each_unit, year, from_day, due_day, days, state, created_by, created_at) values (?1, '年度学法', 'course', 'c', '依法办学', ?1, '年度考试', ?2, 0, ?3, 2026, '2026-01-01', '2099-06-30', ?4, 'active', ?5, 0)",
  )
    .bind(id, below, more.each === true ? 1 : 0, more.days ?? null, officer.id)
    .run();
  const ctx = context();
  await commit(ctx, { statements: [settlePeople(ctx, people)], audit: null });
  return id;
};
const assignmentOf = async (requirement: RequirementId, who: PersonId, kind = "exam") =>
  (await env.DB.prepare(
    "select id, excuse, leaves, due_day as due, unit from kernel_assignment where requirement = ? and person = ? and kind = ? and ended_at is null order by unit",
  )
    .bind(requirement, who, kind)
    .first<{ id: AssignmentId; excuse: string | null; leaves: number; due: string; unit: UnitId }>()) ?? {
    id: "" as AssignmentId,
    excuse: null,
    leaves: 0,
    due: "",
    unit: "" as UnitId,
  };
const asking = async (requirement: RequirementId, who: PersonId, more: Partial<AskInput> = {}): Promise<AskInput> => ({
  id: newId(excuseId),
  assignment: (await assignmentOf(requirement, who)).id,
  what: "exempt",
  of: "all",
  kind: "illness",
  from: "2026-03-01" as Day,
  note: "",
  ...more,
});
const stateOf = async (id: ExcuseId) =>
  env.DB.prepare("select state, leaves from requirements_excuse where id = ?").bind(id).first<{ state: string; leaves: number }>();
const sits = async (who: PersonId, exam: string, passes: boolean) => {
  const ctx = context();
  const fact = (verb: typeof sat) => record({ verb, object: { kind: "exam", id: exam }, person: who, once: [newId(excuseId)] });
  await commit(ctx, { statements: passes ? [fact(sat), fact(passed)] : [fact(sat)], audit: null });
};

beforeAll(async () => {
  bureau = await unit("清河区教育局", "office", null);
  school = await unit("清河三中", "public-school", bureau);
  other = await unit("星河学校", "private-school", bureau);
  officer = await person(bureau, { name: "周正言", grant: "officer", grantUnit: bureau, password });
  administrator = await person(bureau, { name: "何知节", grant: "administrator", password });
  head = await person(school, { name: "孙校长", post: "principal", password });
  stranger = await person(bureau, { name: "钱科员", grant: "officer", kinds: ["private-kindergarten"], password });
});

test("14 exemptions of 5 kinds: rates leave out only what the kind says, list them, and are what a count by hand finds", async () => {
  const people: PersonId[] = [];
  for (let n = 0; n < 40; n++) people.push((await person(n % 2 === 0 ? school : other)).id);
  const requirement = await rule(bureau, people);
  const ctx = await as(officer);
  for (const [n, who] of people.entries()) if (n % 4 !== 3) await sits(who, requirement, n % 4 !== 2);
  const kinds: ExcuseKind[] = ["retiring", "illness", "maternity", "abroad", "other"];
  const excused = new Map<PersonId, ExcuseKind>();
  for (let n = 0; n < 14; n++) {
    const [who, kind] = [people[n * 2 + (n % 2)], kinds[n % 5]];
    if (who === undefined || kind === undefined) continue;
    excused.set(who, kind);
    await enterExcuse(ctx, await asking(requirement, who, { kind, of: n % 3 === 0 ? "exam" : "all" }));
  }
  expect(excused.size).toBe(14);
  const left = [...excused.values()].filter((kind) => kind !== "other").length;
  // By hand, from people, records and what was approved; no flag of an assignment is asked.
  const byHand = async (more: string) =>
    count(
      `select count(distinct a.person) as n from kernel_assignment a where a.requirement = ?1 and a.kind = 'exam' and not exists (select 1 from requirements_excuse e where e.requirement = ?1 and e.person = a.person and e.state = 'approved' and e.kind <> 'other') ${more}`,
      requirement,
    );
  const whole = await byHand("");
  const part = await byHand(
    "and exists (select 1 from kernel_record r where r.person = a.person and r.verb = 'sat' and r.object_id = ?1) and exists (select 1 from kernel_record r where r.person = a.person and r.verb = 'passed' and r.object_id = ?1)",
  );
  const satByHand = await byHand(
    "and exists (select 1 from kernel_record r where r.person = a.person and r.verb = 'sat' and r.object_id = ?1)",
  );
  const { standing } = await seeRequirement(ctx, requirement);
  const exam = standing?.slots.find(({ slot }) => slot === "exam")?.counts;
  const owing = await count("select count(distinct person) as n from kernel_assignment where requirement = ?", requirement);
  expect(whole).toBe(owing - left);
  expect(exam).toMatchObject({ whole, part });
  expect(part).toBeLessThan(whole);
  expect(await count("select sat as n from kernel_due where requirement = ? and unit = '' and slot = 'exam'", requirement)).toBe(satByHand);
  // Everyone excused is listed, and so is whether they are left out.
  const numbers = await seeExcusedCounts(ctx, requirement);
  expect(numbers.find(({ slot, what }) => slot === "exam" && what === "exempt")?.n).toBe(14);
  expect(numbers.find(({ slot, what }) => slot === "study" && what === "exempt")?.n).toBe(14 - 5);
  const list = await seeExcused(ctx, { id: requirement, slot: "exam", what: "exempt" });
  expect(list.n).toBe(14);
  expect(new Map(list.rows.map((row) => [row.person, row.kind]))).toEqual(excused);
  expect(list.rows.filter((row) => row.leaves === 1)).toHaveLength(left);
  const inOther = await seeExcused(ctx, { id: requirement, slot: "exam", what: "exempt", unit: other });
  expect(inOther.rows).toHaveLength(inOther.n);
  // The ledger counts each, without a word of why.
  expect(
    await count(
      "select count(*) as n from kernel_record where verb = 'excused' and object_kind = 'requirement' and object_id = ?",
      requirement,
    ),
  ).toBe(14);
});

test("who is exempt and sat all the same counts in neither; taking the approval back counts them in both", async () => {
  const who = await person(school);
  const requirement = await rule(school, [who.id]);
  const ctx = await as(officer);
  const before = await seeRequirement(ctx, requirement);
  const input = await asking(requirement, who.id);
  await enterExcuse(ctx, input);
  await sits(who.id, requirement, true);
  const of = async () => (await seeRequirement(ctx, requirement)).standing?.slots.find(({ slot }) => slot === "exam")?.counts;
  const wholeBefore = before.standing?.slots.find(({ slot }) => slot === "exam")?.counts.whole ?? 0;
  expect(await of()).toMatchObject({ whole: wholeBefore - 1, part: 0 });
  await withdrawApproval(ctx, { id: input.id, reason: "提前返岗" });
  expect(await of()).toMatchObject({ whole: wholeBefore, part: 1 });
  expect(await stateOf(input.id)).toMatchObject({ state: "withdrawn" });
  expect(await count("select coalesce(sum(count), 0) as n from kernel_tally where verb = 'excused' and object_id = ?", requirement)).toBe(
    0,
  );
});

test("a deferral moves the day, is due still, and taking it back restores the day of the rule for that person", async () => {
  const joiner = await person(school, { from: "2026-05-01" });
  const requirement = await rule(school, [joiner.id], { days: 30_000 });
  const own = (await assignmentOf(requirement, joiner.id)).due;
  expect(own > "2099-06-30").toBe(true);
  const ctx = await as(officer);
  const early = await asking(requirement, joiner.id, { what: "deferred", kind: "maternity", due: "2099-07-01" as Day });
  await expect(enterExcuse(ctx, early)).rejects.toMatchObject({ status: 422 });
  const input = await asking(requirement, joiner.id, { what: "deferred", kind: "maternity", due: "2120-01-31" as Day });
  await enterExcuse(ctx, input);
  expect(await assignmentOf(requirement, joiner.id)).toMatchObject({ excuse: "deferred", leaves: 0, due: "2120-01-31" });
  // Settling does not move it back.
  await commit(context(), { statements: [settlePeople(context(), [joiner.id])], audit: null });
  expect((await assignmentOf(requirement, joiner.id)).due).toBe("2120-01-31");
  await withdrawApproval(ctx, { id: input.id, reason: "登记错了" });
  expect(await assignmentOf(requirement, joiner.id)).toMatchObject({ excuse: null, due: own });
});

test("an excuse goes along to a new unit, and holds at each unit", async () => {
  const who = await person(school);
  const requirement = await rule(bureau, [who.id], { each: true });
  const ctx = await as(officer);
  const exempt = await asking(requirement, who.id, { kind: "abroad", of: "exam" });
  await enterExcuse(ctx, exempt);
  const add = context();
  await commit(add, {
    statements: [
      ...addPositions(add, [
        { id: newId(positionId), person: who.id, unit: other, nature: "part-time", post: "other", from: "2026-02-01" as Day, until: null },
      ]),
      settlePeople(add, [who.id]),
    ],
    audit: null,
  });
  const flags = async () =>
    (
      await env.DB.prepare("select kind, excuse, leaves from kernel_assignment where requirement = ? and person = ? order by kind, unit")
        .bind(requirement, who.id)
        .all()
    ).results;
  const [study, exam] = [
    { kind: "course", excuse: null, leaves: 0 },
    { kind: "exam", excuse: "exempt", leaves: 1 },
  ];
  expect(await flags()).toEqual([study, study, exam, exam]);
  await withdrawApproval(ctx, { id: exempt.id, reason: "未成行" });
  expect(await flags()).toEqual([study, study, { ...exam, excuse: null, leaves: 0 }, { ...exam, excuse: null, leaves: 0 }]);
});

test("what the setting says at approval stays; a change holds for later ones, of its year alone", async () => {
  const [one, two] = [await person(school), await person(school)];
  const requirement = await rule(school, [one.id, two.id]);
  const ctx = await as(administrator);
  const first = await asking(requirement, one.id, { kind: "other" });
  await enterExcuse(ctx, first);
  await changeLeaving(ctx, { year: 2026, exempt: ["other"], deferred: true });
  const second = await asking(requirement, two.id, { kind: "other" });
  await enterExcuse(ctx, second);
  expect(await stateOf(first.id)).toMatchObject({ leaves: 0 });
  expect(await stateOf(second.id)).toMatchObject({ leaves: 1 });
  await changeLeaving(ctx, { year: 2026, exempt: ["retiring", "illness", "maternity", "abroad", "posted"], deferred: false });
  expect(await stateOf(second.id)).toMatchObject({ leaves: 1 });
  expect((await assignmentOf(requirement, two.id)).leaves).toBe(1);
  await expect(changeLeaving(await as(officer), { year: 2026, exempt: [], deferred: true })).rejects.toMatchObject({ status: 403 });
});

test("the unit asks for its own alone; an officer decides within the reach, not on the own, and once", async () => {
  const [mine, away] = [await person(school, { name: "李雯" }), await person(other)];
  const requirement = await rule(bureau, [mine.id, away.id, officer.id]);
  const asHead = await as(head);
  await expect(askExcuse(asHead, await asking(requirement, away.id))).rejects.toMatchObject({ status: 404 });
  const input = await asking(requirement, mine.id);
  await askExcuse(asHead, input);
  await askExcuse(asHead, input);
  await expect(askExcuse(asHead, await asking(requirement, mine.id))).rejects.toMatchObject({ status: 422 });
  // Asked for is not approved.
  expect(await assignmentOf(requirement, mine.id)).toMatchObject({ excuse: null });
  await expect(decideExcuses(asHead, { ids: [input.id], decision: "approve", reason: "" })).rejects.toMatchObject({ status: 403 });
  await expect(decideExcuses(await as(stranger), { ids: [input.id], decision: "approve", reason: "" })).rejects.toMatchObject({
    status: 404,
  });
  const asOfficer = await as(officer);
  await expect(decideExcuses(asOfficer, { ids: [input.id], decision: "refuse", reason: "" })).rejects.toMatchObject({ status: 422 });
  // One's own is another officer's to decide, also among others.
  const own = await asking(requirement, officer.id);
  await expect(enterExcuse(asOfficer, own)).rejects.toMatchObject({ status: 403 });
  const principal = await person(bureau, { name: "局办主任", post: "principal" });
  await askExcuse(await as(principal), own);
  await expect(decideExcuses(asOfficer, { ids: [input.id, own.id], decision: "approve", reason: "" })).rejects.toMatchObject({
    status: 403,
  });
  await decideExcuses(asOfficer, { ids: [input.id], decision: "approve", reason: "" });
  await decideExcuses(asOfficer, { ids: [input.id], decision: "approve", reason: "" });
  await expect(decideExcuses(await as(administrator), { ids: [input.id], decision: "refuse", reason: "迟了" })).rejects.toMatchObject({
    status: 409,
  });
  await decideExcuses(await as(administrator), { ids: [own.id], decision: "refuse", reason: "已返岗" });
  expect(await assignmentOf(requirement, mine.id)).toMatchObject({ excuse: "exempt", leaves: 1 });
  expect(await assignmentOf(requirement, officer.id)).toMatchObject({ excuse: null });
  // Refused, it may be asked for again.
  await askExcuse(await as(principal), { ...own, id: newId(excuseId) });
  expect(
    await count("select count(*) as n from kernel_audit where command = 'requirements.excuse.approve' and object_id = ?", input.id),
  ).toBe(1);
});

test("by the pages: asked for with proof, ticked and approved, shown in the own file, listed, withdrawn; the proof is its bytes", async () => {
  await env.DB.prepare("update requirements_requirement set state = 'ended'").run();
  const [li, wang] = [await person(school, { name: "李雯", password }), await person(school, { name: "王芳" })];
  const requirement = await rule(school, [li.id, wang.id]);
  const b = await signedIn(head);
  expect(await (await b.get("/unit")).text()).toContain("申请免考、免学或缓考");
  const form = async (who: PersonId, file: File | null) => {
    const sent = new FormData();
    for (const [name, value] of Object.entries({ ...(await asking(requirement, who)), from: "2026-03-01" }))
      sent.append(name, String(value));
    if (file !== null) sent.append("file", file);
    return sent;
  };
  const fake = await b.post(`/unit/excuses?person=${li.id}`, await withPerson(form, li.id, new File(["MZ not a document"], "证明.pdf")));
  expect(fake.status).toBe(415);
  expect(await fake.text()).toContain("文件只收 PDF");
  const large = await b.post(
    `/unit/excuses?person=${li.id}`,
    await withPerson(form, li.id, new File([new Uint8Array(10 * 1024 * 1024 + 1)], "a.pdf")),
  );
  expect(large.status).toBe(413);
  const proof = "%PDF-1.4 一份证明";
  const sent = await withPerson(form, li.id, new File([proof], "../诊断 证明.PDF"));
  expect((await b.post("/unit/excuses", sent)).headers.get("location")).toBe("/unit/excuses");
  expect((await b.post("/unit/excuses", await withPerson(form, wang.id, null))).status).toBe(303);
  const id = String(sent.get("id"));
  const officers = await signedIn(officer);
  const html = await (await officers.get(`/admin/excuses?requirement=${requirement}`)).text();
  expect(html).toContain("诊断 证明.pdf");
  const ids = [...html.matchAll(/name="ids" value="([^"]+)"/g)].map(([, value = ""]) => value);
  expect(ids).toHaveLength(2);
  const ticked = new FormData();
  for (const each of ids) ticked.append("ids", each);
  ticked.append("decision", "approve");
  expect((await officers.post("/admin/excuses/decide", ticked)).headers.get("location")).toBe("/admin/excuses");
  const lis = await signedIn(li);
  const own = await (await lis.get("/records")).text();
  expect(own).toContain("已批准免考：长病");
  expect(own).toContain("已批准免学：长病");
  // What one need not do is not on the page of today.
  expect(await (await lis.get("/me")).text()).not.toContain("年度考试");
  const unitPage = await (await b.get("/unit")).text();
  expect(unitPage.slice(unitPage.indexOf('id="behind"'))).toContain("已批准免考：长病");
  // The file, for who decides and for the unit; not for another officer, nor for a learner.
  const got = await officers.get(`/excuses/${id}/file`);
  expect(new TextDecoder().decode(await got.arrayBuffer())).toBe(proof);
  expect(got.headers.get("content-type")).toBe("application/pdf");
  expect((await b.get(`/excuses/${id}/file`)).status).toBe(200);
  expect((await (await signedIn(stranger)).get(`/excuses/${id}/file`)).status).toBe(404);
  expect((await (await signedIn(li)).get(`/excuses/${id}/file`)).status).toBe(403);
  expect((await (await signedIn(stranger)).post(`/admin/excuses/${id}/withdraw`, { reason: "x" })).status).toBe(404);
  const listed = await (await officers.get(`/admin/requirements/${requirement}/excused?slot=exam&what=exempt`)).text();
  expect(listed).toContain('data-value="2"');
  expect(listed.match(/data-row=/g)).toHaveLength(2);
  expect((await officers.post(`/admin/excuses/${id}/withdraw`, { reason: "已返岗" })).status).toBe(303);
  expect(await (await lis.get("/records")).text()).not.toContain("已批准免考");
});
const withPerson = async (make: (who: PersonId, file: File | null) => Promise<FormData>, who: PersonId, file: File | null) => {
  const sent = await make(who, file);
  sent.append("person", who);
  return sent;
};
