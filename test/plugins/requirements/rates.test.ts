/** Rates, the people behind them and the overdue, each against SQL by hand; every part is a part of its whole. */
import { env } from "cloudflare:workers";
import * as fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { addDays, type PersonId, type RequirementId, type UnitId } from "#kernel";
import { fourRates, showsOf, type Show } from "../../../src/plugins/requirements/rules-rates.ts";
import { requirementPeople, seeOverduePage, seeRates, seeStandings } from "../../../src/plugins/requirements/service/rates.ts";
import { count, person, unit } from "../people/world.ts";
import { as, assign, did, password, requirement, signedIn, today } from "./world-due.ts";

let bureau: UnitId, school: UnitId, training: UnitId;
let all: { id: PersonId; login: string }, schools: { id: PersonId; login: string }, auditor: { id: PersonId; login: string };
let rule: RequirementId;
const who: Record<string, PersonId> = {};
beforeAll(async () => {
  bureau = await unit("清河区教育局", "office", null);
  school = await unit("清河三中", "public-school", bureau);
  training = await unit("启明培训", "training", bureau);
  all = await person(bureau, { grant: "administrator", password });
  schools = await person(bureau, { grant: "officer", kinds: ["public-school"], password });
  auditor = await person(bureau, { grant: "auditor", password });
  await person(training, { name: "钱校长", post: "principal", phone: "15400002222" });
  rule = await requirement("年度学法", all.id);
  for (const [name, at] of [
    ["甲", [school]],
    ["乙", [school]],
    ["丙", [school, training]],
    ["丁", [training]],
    ["戊", [training]],
    ["己", [school]],
  ] as const) {
    const { id } = await person(at[0], { name: `测试${name}` });
    who[name] = id;
    for (const place of at)
      for (const slot of ["study", "exam"] as const)
        await assign(
          rule,
          slot,
          id,
          place,
          name === "戊" && slot === "exam" ? { excuse: "exempt", leaves: true } : name === "己" ? { due: addDays(today, -3) } : {},
        );
  }
  const of = (name: string): PersonId => who[name] ?? all.id;
  for (const name of ["甲", "丙", "戊"]) await did(of(name), "completed");
  for (const name of ["甲", "乙", "丙"]) await did(of(name), "sat");
  for (const name of ["甲", "丙"]) await did(of(name), "passed");
  await did(of("甲"), "excelled");
});
const byHand = (slot: "study" | "exam", which: string) =>
  count(
    `select count(distinct person) as n from kernel_assignment where requirement = ? and slot = ? and ended_at is null and ${which}`,
    rule,
    slot,
  );

test("each number of a strip is that of SQL by hand, and of two units a person counts once", async () => {
  const [standing] = await seeStandings(await as(all.id));
  const [study, exam] = standing?.slots ?? [];
  expect(study?.counts).toMatchObject({ whole: 6, part: 3 });
  expect(exam?.counts).toMatchObject({ whole: 5, part: 2, sat: 3, excelled: 1, exempt: 1, deferred: 0 });
  expect(study?.counts.whole).toBe(await byHand("study", "leaves = 0"));
  expect(exam?.counts.whole).toBe(await byHand("exam", "leaves = 0"));
  expect(exam?.counts.sat).toBe(await byHand("exam", "leaves = 0 and sat_at is not null"));
  expect(exam?.counts.part).toBe(await byHand("exam", "leaves = 0 and sat_at is not null and done_at is not null"));
  const limited = (await seeStandings(await as(schools.id)))[0]?.slots;
  expect(limited?.map(({ counts }) => [counts.whole, counts.part])).toEqual([
    [4, 2],
    [4, 2],
  ]);
});
test("every list has as many people as its number says, in all, in one unit, of one kind and by name", async () => {
  for (const reader of [all, schools])
    for (const slot of ["study", "exam"] as const)
      for (const show of showsOf(slot))
        for (const narrow of [{}, { unit: school }, { kind: "training" as const }, { q: "丙" }]) {
          const list = await requirementPeople(await as(reader.id), { id: rule, slot, show, ...narrow });
          expect([slot, show, narrow, list.rows.length]).toEqual([slot, show, narrow, list.n]);
          expect(new Set(list.rows.map((r) => r.person)).size).toBe(list.n);
        }
  const names = async (slot: "study" | "exam", show: Show) =>
    (await requirementPeople(await as(all.id), { id: rule, slot, show })).rows.map((r) => r.personName.slice(2)).toSorted();
  expect(await names("exam", "absent")).toEqual(["丁", "己"].toSorted());
  expect(await names("exam", "failed")).toEqual(["乙"]);
  expect(await names("exam", "overdue")).toEqual(["己"]);
  expect(await names("exam", "exempt")).toEqual(["戊"]);
});
test("by kind and by unit the numbers are of each, and an auditor sees no whole name", async () => {
  const { kinds, units } = await seeRates(await as(all.id), { id: rule });
  const of = (kind: string, slot: string) => kinds.find((k) => k.kind === kind && k.slot === slot);
  expect(of("public-school", "exam")).toMatchObject({ whole: 4, sat: 3, part: 2 });
  expect(of("training", "exam")).toMatchObject({ whole: 2, sat: 1, exempt: 1 });
  expect(units.find((u) => u.unit === training && u.slot === "study")).toMatchObject({ whole: 3, part: 2 });
  const html = await (await (await signedIn(auditor)).get(`/admin/requirements/${rule}/people?slot=exam&show=due`)).text();
  expect(html).not.toContain("测试甲");
  expect(html).toContain("测*");
});
test("only a list of who is behind offers to remind those on it: what it would reach is what it shows", async () => {
  const b = await signedIn(all);
  const offers = async (show: Show) =>
    (await (await b.get(`/admin/requirements/${rule}/people?slot=exam&show=${show}`)).text()).includes('href="/remind?');
  expect([await offers("open"), await offers("overdue"), await offers("absent"), await offers("failed"), await offers("sat")]).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
test("who is overdue goes by the own deadline, not by the requirement's day", async () => {
  const late = await requirement("逾期学法", all.id, { days: -5, exam: null });
  const [first, deferred] = [await person(training, { name: "迟到者" }), await person(school, { name: "延期者" })];
  await assign(late, "study", first.id, training, { due: addDays(today, -5) });
  await assign(late, "study", deferred.id, school, { due: addDays(today, 5), excuse: "deferred" });
  const { rows } = await seeOverduePage(await as(all.id), {});
  expect(rows.map((r) => [r.name, r.open, r.since, r.head, r.phone])).toEqual([
    ["启明培训", 1, addDays(today, -5), "钱校长", "15400002222"],
  ]);
  const shown = async (reader: { login: string }) => (await (await signedIn(reader)).get("/admin/overdue")).text();
  expect(await shown(all)).toContain("15400002222");
  expect(await shown(auditor)).not.toContain("15400002222");
  expect(await shown(schools)).not.toContain("启明培训");
});
test("/admin says four rates of each requirement, and of one without an exam that it asks none", async () => {
  const html = await (await (await signedIn(all)).get("/admin")).text();
  for (const words of ["参学率", "参考率", "合格率", "优秀率", "—（本要求不含考试）", "requirements.sat-rate", "截至 "])
    expect(html).toContain(words);
});

test("whatever people did, in a limited reach each numerator's people are among its denominator's", async () => {
  const moves = fc.record({
    n: fc.nat(3),
    at: fc.nat(1),
    did: fc.constantFrom("completed", "sat", "passed", "excelled", "excuse", "leave", "none"),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(moves, { maxLength: 12 }), async (steps) => {
      const own = await requirement("性质", all.id, { course: "pc", exam: "pe" });
      const people = await Promise.all([0, 1, 2, 3].map(() => person(school)));
      for (const [n, { id }] of people.entries())
        for (const slot of ["study", "exam"] as const)
          for (const place of n === 0 ? [school, training] : [school])
            await assign(own, slot, id, place, { object: slot === "study" ? `pc${own}` : `pe${own}` });
      for (const step of steps) {
        const them = people[step.n];
        const place = step.at === 0 ? school : training;
        if (them === undefined || step.did === "none") continue;
        const theirs = "where requirement = ? and person = ? and unit = ?";
        if (step.did === "excuse")
          await env.DB.prepare(`update kernel_assignment set excuse = 'exempt', leaves = 1 ${theirs}`).bind(own, them.id, place).run();
        else if (step.did === "leave")
          await env.DB.prepare(`update kernel_assignment set ended_at = 1 ${theirs}`).bind(own, them.id, place).run();
        else await did(them.id, step.did, step.did === "completed" ? `pc${own}` : `pe${own}`);
      }
      for (const reader of [all, schools]) {
        const ctx = await as(reader.id);
        const { standing } = await seeRates(ctx, { id: own });
        for (const rate of fourRates) {
          const counts = standing.slots.find(({ slot }) => slot === rate.slot)?.counts;
          const peopleOf = async (show: Show) =>
            new Set((await requirementPeople(ctx, { id: own, slot: rate.slot, show })).rows.map((r) => r.person));
          const [part, whole] = [await peopleOf(rate.partShow), await peopleOf(rate.ofShow)];
          expect([...part].filter((one) => !whole.has(one))).toEqual([]);
          expect([part.size, whole.size]).toEqual([counts?.[rate.part], counts?.[rate.of]]);
        }
      }
    }),
    { numRuns: 12 },
  );
}, 120_000);
test("ended, what was past its deadline is counted on and chased no more; what was not due yet is gone", async () => {
  const ends = await requirement("去年学法", all.id, { days: -5, exam: null });
  const late = (await person(school, { name: "逾期者", password })) satisfies { id: PersonId };
  const [done, deferred] = [await person(school), await person(school)];
  for (const one of [late, done]) await assign(ends, "study", one.id, school, { due: addDays(today, -5) });
  await assign(ends, "study", deferred.id, school);
  await did(done.id, "completed");
  const mine = await signedIn(late);
  expect(await (await mine.get("/me")).text()).toContain("已逾期 5 天");
  const b = await signedIn(all);
  expect(await (await b.get(`/admin/requirements/${ends}`)).text()).toContain("还没有到期的任务会收回");
  expect((await b.post(`/admin/requirements/${ends}/end`, { id: ends })).status).toBe(303);
  const rates = await (await b.get(`/admin/requirements/${ends}/rates`)).text();
  expect(rates).toContain("50%");
  expect((await requirementPeople(await as(all.id), { id: ends, slot: "study", show: "due" })).n).toBe(2);
  const year = today.slice(0, 4);
  expect(await (await b.get(`/admin/form?year=${year}`)).text()).toContain("去年学法");
  const figure = await b.get(`/admin/figures/requirements.studied-rate?requirement=${ends}&from=${year}-01-01&to=${year}-12-31`);
  expect(await figure.text()).toContain('data-total="2"');
  expect(await (await mine.get("/me")).text()).not.toContain("已逾期 5 天");
  expect(JSON.stringify(await seeOverduePage(await as(all.id), {}))).not.toContain("去年学法");
});
