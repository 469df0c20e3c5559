/** A preview is what switching on does; and after any history, what is in force is what switching on afresh would make. */
import { env } from "cloudflare:workers";
import * as fc from "fast-check";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import {
  categories,
  commit,
  natures,
  newId,
  personId,
  positionId,
  posts,
  run,
  unitId,
  unitKinds,
  unitStatuses,
  type Context,
  type Day,
  type PersonId,
  type PositionId,
  type UnitId,
} from "#kernel";
import { personChanged, unitChanged } from "#plugins/people";
import { addPositions, addUnits } from "../../../src/plugins/people/store-bulk.ts";
import { moveUnder, putStatus } from "../../../src/plugins/people/store-units.ts";
import { assignByRule, countHits, hitUnits, type Requirement } from "../../../src/plugins/requirements/store-rules.ts";
import { at, openOf, rule } from "./world.ts";

const days = ["2025-06-01", "2026-01-01", "2026-03-01", "2026-11-01", "2026-11-23", "2026-11-24", "2026-12-10", "2027-02-01"] as Day[];
const everything = { all: true, areas: [] };
const day = fc.constantFrom(...days);
/** Mostly nothing, or hardly a rule would hit anybody. */
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
const some = <T>(of: readonly T[]) => maybe(fc.subarray([...of], { minLength: 1 }));
const units = 4;
const people = 5;
const moves = ["open", "close", "reopen", "main", "mark", "unmark", "category", "status", "kind", "founded", "move"] as const;
const move = fc.record({
  do: fc.constantFrom(...Array.from({ length: 8 }, () => "open" as const), ...moves),
  person: fc.nat(people - 1),
  unit: fc.nat(units - 1),
  to: fc.nat(units - 1),
  day,
  nature: fc.constantFrom(...natures.slice(0, 3)),
  post: fc.constantFrom(...posts.slice(2, 5)),
  kind: fc.constantFrom(...unitKinds.slice(0, 3)),
  status: fc.constantFrom(...unitStatuses.slice(0, 3)),
  category: maybe(fc.constantFrom(...categories.slice(0, 3))),
});
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;
const asked = fc.record({
  kinds: some(unitKinds.slice(0, 3)),
  statuses: some(unitStatuses.slice(0, 3)),
  unit: maybe(fc.nat(units - 1)),
  foundedFrom: maybe(day),
  posts: some(posts.slice(2, 5)),
  natures: some(natures.slice(0, 3)),
  categories: some(categories.slice(0, 3)),
  roster: fc.nat(3).map((n) => n === 0),
  tookFrom: maybe(day),
  each: fc.boolean(),
  dueBy: fc.constantFrom("day" as const, "joining" as const),
  due: fc.constantFrom("2026-11-20" as Day, "2026-12-31" as Day),
  days: maybe(fc.constantFrom(10, 60)),
  study: fc.boolean(),
  exam: fc.boolean(),
});
type Asked = typeof asked extends fc.Arbitrary<infer A> ? A : never;

/** A tree of units with people, and what may happen in it. */
const world = async () => {
  const ctx = at();
  const root = newId(unitId);
  const made = Array.from({ length: units }, () => newId(unitId));
  const who = Array.from({ length: people }, () => newId(personId));
  const row = (id: UnitId, parent: UnitId | null) => ({
    id,
    parent,
    kind: "office" as const,
    name: id,
    status: "open" as const,
    since: "2020-01-01" as Day,
  });
  await commit(ctx, {
    statements: [
      ...addUnits(ctx, [row(root, null)]),
      ...made.flatMap((id) => addUnits(ctx, [row(id, root)])),
      ...who.map((id) => run(sql`insert into kernel_person (id, login, name, created_at) values (${id}, ${id}, '甲', 0)`)),
    ],
    audit: null,
  });
  const unitAt = (n: number) => made[n] ?? root;
  const personAt = (n: number): PersonId => who[n] ?? newId(personId);
  const held = async (person: PersonId) =>
    (
      await env.DB.prepare("select id, until_day as until from kernel_position where person = ? order by id")
        .bind(person)
        .all<{ id: PositionId; until: Day | null }>()
    ).results;
  const parents = new Map<UnitId, UnitId>();
  const changed = async (m: Move, hears: boolean, now: Context) => {
    const [person, unit] = [personAt(m.person), unitAt(m.unit)];
    const put = (statements: Parameters<typeof commit>[1]["statements"], signal: Parameters<typeof commit>[1]["signals"]) =>
      commit(now, { statements, signals: hears ? (signal ?? []) : [], audit: null });
    const ofPerson = [personChanged({ person })];
    const ofUnit = [unitChanged({ unit, below: m.do === "move" })];
    switch (m.do) {
      case "open":
        return put(addPositions(now, [{ id: newId(positionId), person, unit, nature: m.nature, post: m.post, from: m.day }]), ofPerson);
      case "close":
        return put(
          [run(sql`update kernel_position set until_day = ${m.day} where person = ${person} and unit = ${unit} and from_day <= ${m.day}`)],
          ofPerson,
        );
      case "reopen":
        return put([run(sql`update kernel_position set until_day = null where person = ${person} and unit = ${unit}`)], ofPerson);
      case "main": {
        const [first] = await held(person);
        return put([run(sql`update kernel_position set main = (id = ${first?.id ?? ""}) where person = ${person}`)], ofPerson);
      }
      case "mark":
        return put(
          [run(sql`insert into kernel_roster_mark (person, from_day) values (${person}, ${m.day}) on conflict do nothing`)],
          ofPerson,
        );
      case "unmark":
        return put(
          [run(sql`update kernel_roster_mark set until_day = ${m.day} where person = ${person} and from_day <= ${m.day}`)],
          ofPerson,
        );
      case "category":
        return put([run(sql`update kernel_person set category = ${m.category} where id = ${person}`)], ofPerson);
      case "status":
        return put(putStatus(now, unit, m.day, m.status), ofUnit);
      case "kind":
        return put([run(sql`update kernel_unit set kind = ${m.kind} where id = ${unit}`)], ofUnit);
      case "founded":
        return put([run(sql`update kernel_unit set founded_on = ${m.day} where id = ${unit}`)], ofUnit);
      case "move": {
        const to = m.to === m.unit ? root : unitAt(m.to);
        for (let up: UnitId | undefined = to; up !== undefined; up = parents.get(up)) if (up === unit) return;
        parents.set(unit, to);
        return put(moveUnder(now, unit, to), ofUnit);
      }
    }
  };
  return { unitAt, root, changed };
};
const ruleOf = ({ study, exam, ...a }: Asked, unitAt: (n: number) => UnitId, root: UnitId): Partial<Requirement> => ({
  ...a,
  // Below the root of this world, so that other worlds stay outside.
  unit: a.unit === null ? root : unitAt(a.unit),
  each: a.each && !a.roster,
  days: a.dueBy === "joining" ? (a.days ?? 10) : a.days,
  due: a.dueBy === "joining" ? ("2026-12-31" as Day) : a.due,
  ...(study || !exam ? {} : { studyKind: null, studyObject: null, studyTitle: null }),
  ...(exam ? { exam: "e", examTitle: "考试" } : {}),
});
const keys = (rows: Awaited<ReturnType<typeof openOf>>) => rows.map((a) => `${a.person} ${a.unit} ${a.kind} ${a.due_day}`).toSorted();

test("what a preview counts, in all and unit by unit, is what switching on assigns, in any world; and switching on again changes nothing", async () => {
  let hit = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 8, maxLength: 25 }), asked, async (history, a) => {
      const { unitAt, root, changed } = await world();
      for (const m of history) await changed(m, false, at());
      const id = await rule({ ...ruleOf(a, unitAt, root), state: "draft" });
      const ctx = at();
      const counted = await countHits(ctx, id, everything);
      const units = await hitUnits(ctx, id, everything, "", 50);
      await commit(ctx, {
        statements: [run(sql`update requirements_requirement set state = 'active' where id = ${id}`), assignByRule(ctx, id, "", "~")],
        audit: null,
      });
      const open = await openOf(id);
      expect(new Set(open.map((x) => x.person)).size).toBe(counted.people);
      expect(new Set(open.map((x) => x.unit)).size).toBe(counted.units);
      expect(new Set(open.map((x) => `${x.person} ${x.unit}`)).size).toBe(counted.places);
      expect(units.map((x) => `${x.unit} ${x.people}`).toSorted()).toEqual(
        [...new Set(open.map((x) => x.unit))]
          .map((unit) => `${unit} ${new Set(open.filter((x) => x.unit === unit).map((x) => x.person)).size}`)
          .toSorted(),
      );
      await commit(ctx, { statements: [assignByRule(ctx, id, "", "~")], audit: null });
      expect(await openOf(id)).toEqual(open);
      hit += open.length;
    }),
    { numRuns: 120 },
  );
  expect(hit).toBeGreaterThan(60);
});

test("after any history of positions, marks, categories and units, what is not due yet is what switching on afresh would make", async () => {
  let [held, released] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 10, maxLength: 30 }), fc.nat(10), asked, async (history, when, a) => {
      const { unitAt, root, changed } = await world();
      const given = ruleOf(a, unitAt, root);
      for (const m of history.slice(0, when)) await changed(m, false, at());
      const id = await rule(given);
      const ctx = at();
      await commit(ctx, { statements: [assignByRule(ctx, id, "", "~")], audit: null });
      for (const m of history.slice(when)) await changed(m, true, at());
      const fresh = await rule(given);
      await commit(at(), { statements: [assignByRule(at(), fresh, "", "~")], audit: null });
      const lived = await openOf(id);
      const stays = new Set(lived.filter((x) => x.due_day < ctx.today).map((x) => x.person));
      const comparable = (rows: typeof lived) =>
        keys(rows.filter((x) => x.due_day >= ctx.today && (given.each === true || !stays.has(x.person))));
      expect(comparable(lived)).toEqual(comparable(await openOf(fresh)));
      await env.DB.prepare("update requirements_requirement set state = 'ended' where id in (?, ?)").bind(id, fresh).run();
      held += lived.length;
      released +=
        (await env.DB.prepare("select count(*) as n from kernel_assignment where requirement = ? and ended_at is not null")
          .bind(id)
          .first<number>("n")) ?? 0;
    }),
    { numRuns: 120 },
  );
  // It is about something.
  expect(held).toBeGreaterThan(60);
  expect(released).toBeGreaterThan(3);
});
