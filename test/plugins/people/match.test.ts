import * as fc from "fast-check";
import { expect, test } from "vitest";
import { categories, natures, posts, newId, personId, positionId, type Day, type PersonId, type PositionId, type UnitId } from "#kernel";
import { decideAll } from "../../../src/plugins/people/rules-knots.ts";
import { type Decision, type Known, type Plan, type Row, type Rules } from "../../../src/plugins/people/rules-roll.ts";
import type { PeopleValues } from "../../../src/plugins/people/rules-values.ts";

const today = "2026-11-24" as Day;
const units = ["u1", "u2", "u3"] as UnitId[];
const optional = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null, freq: 3 });
const pick = <T>(values: readonly T[]) => fc.constantFrom(...values);
const day = pick(["2020-01-01", "2024-09-01", "2026-10-01", "2026-12-31"] as Day[]);
/** Few of everything, so that rows meet each other and the roster in every way. */
const values: fc.Arbitrary<PeopleValues> = fc.record({
  name: pick(["张伟", "王芳", "李娜"]),
  login: optional(pick(["x1", "x2", "x9"])),
  employeeNo: optional(pick(["A", "B", "C"])),
  unit: fc.constant(null),
  phone: optional(pick(["13800000001", "13800000002"])),
  email: optional(pick(["a@b.cn"])),
  category: optional(pick(categories)),
  idNumber: fc.constant(null),
  post: optional(pick(posts)),
  nature: optional(pick(natures)),
  from: optional(day),
  until: optional(pick(["2026-11-01", "2027-06-30"] as Day[])),
  roster: optional(fc.boolean()),
});
const rowsOf = fc
  .array(fc.record({ values, unit: pick(units), idMatch: optional(pick(["i1", "i2"])) }), { minLength: 1, maxLength: 8 })
  .map((rows) => rows.map((row, n): Row => ({ n: n + 2, ...row, unitName: row.unit })));
const roster = fc
  .array(
    fc.record({
      name: pick(["张伟", "王芳"]),
      employeeNo: optional(pick(["A", "B", "C", "D"])),
      phone: optional(pick(["13800000001", "13800000002"])),
      unit: pick(units),
      until: optional(pick(["2026-06-30"] as Day[])),
    }),
    { maxLength: 5 },
  )
  .map((people) => {
    const numbers = new Set<string>();
    return people.map((p, n): Known => {
      const employeeNo = p.employeeNo !== null && !numbers.has(p.employeeNo) ? p.employeeNo : null;
      if (employeeNo !== null) numbers.add(employeeNo);
      return {
        id: newId(personId),
        name: p.name,
        login: `x${n + 1}`,
        employeeNo,
        phone: p.phone,
        email: null,
        category: null,
        idMatch: null,
        roster: false,
        whole: true,
        row: null,
        places: [{ id: newId(positionId), unit: p.unit, nature: "personnel", post: "teaching", from: "2020-01-01" as Day, until: p.until }],
      };
    });
  });

const rules = (more: Partial<Rules> = {}): Rules => ({
  today,
  own: false,
  foreignNos: new Set(),
  answer: () => undefined,
  unitName: (id) => id,
  newPerson: () => newId(personId),
  newPosition: () => newId(positionId),
  ...more,
});
const copy = (known: readonly Known[]): Known[] => known.map((one) => ({ ...one, row: null, places: one.places.map((p) => ({ ...p })) }));
const check = async (known: readonly Known[], rows: readonly Row[], given: Rules): Promise<Decision[]> => {
  const decisions = new Map<number, Decision>();
  const each = async function* () {
    for (const row of rows) yield await Promise.resolve(row);
  };
  const take = (row: Row, decision: Decision) => Promise.resolve(decisions.set(row.n, decision));
  for (const { row, decision } of await decideAll(each, () => Promise.resolve(copy(known)), given, take)) decisions.set(row.n, decision);
  return rows.flatMap((row) => decisions.get(row.n) ?? []);
};
/** The roster after the plans, as the database has it. */
const write = (known: readonly Known[], rows: readonly Row[], plans: readonly Decision[]): Known[] => {
  const people = copy(known);
  let made = 0;
  plans.forEach(({ plan }, n) => {
    const row = rows[n];
    if (plan === null || row === undefined || plan.outcome === "unchanged") return;
    let one = people.find((p) => p.id === plan.person);
    if (one === undefined) {
      one = {
        id: plan.person,
        name: "",
        login: `y${made++}`,
        employeeNo: null,
        phone: null,
        email: null,
        category: null,
        idMatch: null,
        roster: false,
        whole: true,
        row: null,
        places: [],
      };
      people.push(one);
    }
    const { idNumber, ...facts } = plan.facts ?? {};
    Object.assign(one, facts, idNumber ? { idMatch: row.idMatch } : {}, plan.mark ? { roster: plan.mark.act === "new" } : {});
    for (const p of one.places) if (p.id === plan.closes?.position) p.until = plan.closes.until;
    if (plan.place?.act === "new" && plan.position !== null) one.places.push({ id: plan.position, ...plan.place.to });
    for (const p of one.places) if (plan.place?.act === "put" && p.id === plan.position) Object.assign(p, plan.place.to);
  });
  return people;
};
const writes = (decisions: readonly Decision[]): Plan[] =>
  decisions.flatMap(({ plan }) => (plan !== null && plan.outcome !== "unchanged" ? [plan] : []));

test("the same file again changes nothing, whatever the file and the roster", async () => {
  await fc.assert(
    fc.asyncProperty(roster, rowsOf, async (known, rows) => {
      const first = await check(known, rows, rules());
      const after = write(known, rows, first);
      const second = await check(after, rows, rules());
      expect(writes(second)).toEqual([]);
      expect(second.length).toBe(rows.length);
    }),
    { numRuns: 3000 },
  );
});

test("nobody is merged: no two people become one, a 工号 stays one person's, and every row is decided once", async () => {
  await fc.assert(
    fc.asyncProperty(roster, rowsOf, async (known, rows) => {
      const decisions = await check(known, rows, rules());
      const after = write(known, rows, decisions);
      expect(after.length).toBe(known.length + decisions.filter(({ plan }) => plan?.outcome === "new").length);
      const numbers = after.flatMap((one) => one.employeeNo ?? []);
      expect(new Set(numbers).size).toBe(numbers.length);
      for (const before of known)
        expect(after.find((one) => one.id === before.id)?.places.length).toBeGreaterThanOrEqual(before.places.length);
      // Without a 登录号 nobody is found under another name than the own (or the one that a row with their 登录号 gave them).
      decisions.forEach(({ plan, problem }, n) => {
        expect((plan === null) !== (problem === null)).toBe(true);
        const one = known.find((k) => k.id === plan?.person);
        const v = rows[n]?.values;
        const given = rows.flatMap(({ values: { login, name } }) => (login !== null && login === one?.login ? [name] : []));
        if (one && v && v.login === null) expect([one.name, ...given]).toContain(v.name);
      });
    }),
    { numRuns: 2000 },
  );
});

test("a unit's own file gives no role and touches nobody who belongs elsewhere too", async () => {
  await fc.assert(
    fc.asyncProperty(roster, rowsOf, async (known, rows) => {
      const shared = known.map((one) => ({ ...one, whole: false }));
      const plans = writes(await check(shared, rows, rules({ own: true })));
      for (const plan of plans) {
        expect(["principal", "liaison"]).not.toContain(plan.place?.to.post);
        expect(plan.closes).toBeNull();
        expect(plan.mark).toBeNull();
        if (plan.outcome === "changed" && shared.some((one) => one.id === plan.person)) expect(plan.facts).toBeNull();
      }
    }),
    { numRuns: 1000 },
  );
});

test("an answer settles a doubt, and only as it was asked", async () => {
  const one: Known = {
    id: "p1" as PersonId,
    name: "张伟",
    login: "x1",
    employeeNo: null,
    phone: "1",
    email: null,
    category: null,
    idMatch: null,
    roster: false,
    whole: true,
    row: null,
    places: [
      { id: "q1" as PositionId, unit: "u1" as UnitId, nature: "personnel", post: "teaching", from: "2020-01-01" as Day, until: null },
    ],
  };
  const two = {
    ...one,
    id: "p2" as PersonId,
    login: "x2",
    phone: "2",
    places: [{ ...one.places[0], id: "q2" as PositionId }] as Known["places"],
  };
  const row: Row = {
    n: 2,
    unit: "u1" as UnitId,
    unitName: "u1",
    idMatch: null,
    values: {
      name: "张伟",
      login: null,
      employeeNo: "N1",
      unit: null,
      phone: null,
      email: null,
      category: null,
      idNumber: null,
      post: null,
      nature: null,
      from: null,
      until: null,
      roster: null,
    },
  };
  const [asked] = await check([one, two], [row], rules());
  expect(asked?.problem?.code).toBe("who");
  expect(asked?.problem?.candidates?.map((c) => c.id)).toEqual(["p1", "p2"]);
  expect((await check([one, two], [row], rules({ answer: () => "p2" })))[0]?.plan).toMatchObject({
    outcome: "changed",
    person: "p2",
    facts: { employeeNo: "N1" },
  });
  expect((await check([one, two], [row], rules({ answer: () => "new" })))[0]?.plan?.outcome).toBe("new");
  expect((await check([one, two], [row], rules({ answer: () => "nobody" })))[0]?.problem?.code).toBe("who");
});
