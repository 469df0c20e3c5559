/** A figure's number is the number of its rows: for any records and corrections, narrowed in any way, whole or by group. */
import { env } from "cloudflare:workers";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import {
  addDays,
  catalogue,
  commit,
  count,
  day,
  distinct,
  evidence,
  makeContext,
  measure,
  measureAll,
  newId,
  numbersOf,
  personId,
  positionId,
  record,
  recordId,
  registryOf,
  run,
  startOfDay,
  unitId,
  unsaid,
  verb,
  type Dimension,
  type EvidenceRow,
  type Figure,
  type Filter,
  type Narrow,
  type PersonId,
  type PositionId,
  type Reach,
  type RecordId,
  type UnitId,
} from "#kernel";

const words = catalogue("test-figures", { any: ["数", "number"] });
const title = { title: words.any, definition: words.any };
/** A request of its own for each run, since one may ask only so many queries. */
const fresh = () => makeContext({ env, registry: registryOf([]), now: Date.UTC(2026, 10, 24, 4) });
let ctx = fresh();
const first = day.parse("2026-03-01");
const kinds = ["office", "training", "private-school"] as const;
const categories = ["civil-servant", "private-staff", null] as const;
const posts = ["principal", "teaching", null] as const;

type Person = { id: PersonId; category: (typeof categories)[number] };
type Unit = { id: UnitId; kind: (typeof kinds)[number]; founded: string | null };
type Position = { id: PositionId | null; post: (typeof posts)[number] };
const people: Person[] = categories.flatMap((category) => [0, 1].map(() => ({ id: newId(personId), category })));
const units: Unit[] = kinds.flatMap((kind) => ["2026-03-02", null].map((founded) => ({ id: newId(unitId), kind, founded })));
/** Of each person at each unit but the last, one of each post; a record that names none is of the first. */
const positions = new Map<string, Position>();
const placeOf = (person: number, unit: number, post: number): Position =>
  positions.get(`${person}/${unit}/${post}`) ?? { id: null, post: null };

beforeAll(async () => {
  const statements = [
    ...units.map((u) =>
      run(
        sql`insert into kernel_unit (id, kind, name, status, founded_on, created_at) values (${u.id}, ${u.kind}, ${u.kind}, 'open', ${u.founded}, 0)`,
      ),
    ),
    ...units.map((u) => run(sql`insert into kernel_unit_closure (ancestor, descendant, depth) values (${u.id}, ${u.id}, 0)`)),
    ...people.map((p) =>
      run(
        sql`insert into kernel_person (id, login, name, category, created_at) values (${p.id}, ${p.id.slice(-12)}, '李雯', ${p.category}, 0)`,
      ),
    ),
  ];
  for (const [p, person] of people.entries())
    for (const [u, unit] of units.entries())
      for (const [n, post] of posts.entries()) {
        if (u === units.length - 1) continue;
        const id = post === null ? null : newId(positionId);
        positions.set(`${p}/${u}/${n}`, { id, post: post ?? "principal" });
        if (id !== null)
          statements.push(
            run(
              sql`insert into kernel_position (id, person, unit, nature, post, from_day) values (${id}, ${person.id}, ${unit.id}, 'personnel', ${post}, '2020-01-01')`,
            ),
          );
      }
  await commit(ctx, { statements, audit: null });
});

type Place = { unit: number; post: number; day: number };
type Fact = Place & { person: number; object: number; source: "own" | "external"; then: null | "void" | Place };
const below = (n: number) => fc.integer({ min: 0, max: n - 1 });
const place = { unit: below(units.length), post: below(posts.length), day: below(6) };
const fact: fc.Arbitrary<Fact> = fc.record({
  ...place,
  person: below(people.length),
  object: below(3),
  source: fc.constantFrom("own" as const, "external" as const),
  then: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, fc.constant("void" as const), fc.record(place)),
});
const some = <T>(values: readonly T[]) => fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined });
const narrow: fc.Arbitrary<Narrow> = fc.record({
  kinds: some([...kinds, unsaid] as const),
  categories: some(["civil-servant", "private-staff", unsaid] as const),
  posts: some(["principal", "teaching", unsaid] as const),
  source: fc.constantFrom(undefined, "own" as const, "external" as const),
});
const asked = fc.record({
  from: below(6),
  days: below(6),
  narrow: fc.oneof(fc.constant<Narrow>({}), narrow),
  only: fc.oneof(fc.constant<Narrow | null>(null), narrow),
  founded: fc.boolean(),
  object: fc.option(below(3), { nil: undefined }),
  unit: fc.option(below(units.length), { nil: undefined }),
  reach: fc.option(fc.subarray([...units.keys()], { minLength: 1 }), { nil: null }),
});

const write = async (name: string, facts: readonly Fact[]) => {
  const did = verb(name, { iri: "https://example.org/did", words: words.any });
  const at = (n: number) => startOfDay(addDays(first, n), ctx.zone) + 9 * 3_600_000;
  const draft = (f: Fact, p: Place, n: number, corrects: RecordId | null, voids: boolean) => {
    const held = placeOf(f.person, p.unit, p.post);
    const { id: unit } = units[p.unit] ?? { id: newId(unitId) };
    const id = newId(recordId, at(p.day));
    return {
      id,
      draft: record({
        id,
        verb: did,
        object: { kind: "lesson", id: `course/${f.object}` },
        person: people[f.person]?.id ?? newId(personId),
        unit,
        ...(held.id === null ? {} : { position: held.id }),
        at: at(p.day),
        source: f.source,
        once: [name, String(n), corrects ?? "first"],
        ...(corrects === null ? {} : { corrects }),
        ...(voids ? { void: true as const } : {}),
      }),
    };
  };
  const made = facts.map((f, n) => draft(f, f, n, null, false));
  const later = facts.flatMap((f, n) =>
    f.then === null ? [] : [draft(f, f.then === "void" ? f : f.then, n, made[n]?.id ?? null, f.then === "void").draft],
  );
  await commit(ctx, { statements: made.map((each) => each.draft), audit: null });
  if (later.length > 0) await commit(ctx, { statements: later, audit: null });
  return did;
};
/** All rows, page by page. */
const rowsOf = async (figure: Figure, f: Filter, page: number): Promise<EvidenceRow[]> => {
  const all: EvidenceRow[] = [];
  for (let after = "", more = true; more;) {
    const some = await evidence(ctx, figure, f, after, page);
    all.push(...some);
    after = some.at(-1)?.key ?? "";
    more = some.length === page;
  }
  return all;
};
/** What is counted, by hand. */
const byHand = (facts: readonly Fact[], f: Filter, only: Narrow, founded: boolean, units_: readonly number[] | null) =>
  facts.flatMap((each): { person: number; unit: number; object: number; groups: Record<Dimension, string> }[] => {
    if (each.then === "void") return [];
    const now = each.then ?? each;
    const on = addDays(first, now.day);
    const unit = units[now.unit];
    const groups = {
      kind: unit?.kind ?? unsaid,
      category: people[each.person]?.category ?? unsaid,
      post: placeOf(each.person, now.unit, now.post).post ?? unsaid,
      object: `course/${each.object}`,
    };
    const fits = ({ kinds: k, categories: c, posts: p, source }: Narrow) =>
      (k === undefined || k.some((v) => v === groups.kind)) &&
      (c === undefined || c.some((v) => v === groups.category)) &&
      (p === undefined || p.some((v) => v === groups.post)) &&
      (source === undefined || source === each.source);
    const holds =
      on >= f.from &&
      on <= f.to &&
      fits(f) &&
      fits(only) &&
      (!founded || (unit?.founded != null && unit.founded >= f.from && unit.founded <= f.to)) &&
      (f.object === undefined || f.object === groups.object) &&
      (f.unit === undefined || f.unit === unit?.id) &&
      (units_ === null || units_.includes(now.unit));
    return holds ? [{ person: each.person, unit: now.unit, object: each.object, groups }] : [];
  });

let runs = 0;
test("number = rows = what counting by hand says, with every narrowing, whole and by group", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fact, { minLength: 1, maxLength: 25 }),
      fc.array(asked, { minLength: 1, maxLength: 3 }),
      async (facts, asks) => {
        ctx = fresh();
        const did = await write(`did-${runs++}`, facts);
        for (const ask of asks) {
          const from = addDays(first, ask.from);
          const reach: Reach =
            ask.reach === null
              ? { all: true, areas: [] }
              : { all: false, areas: ask.reach.map((n) => ({ unit: units[n]?.id ?? null, kinds: null })) };
          const f: Filter = {
            ...ask.narrow,
            from,
            to: addDays(from, ask.days),
            reach,
            object: ask.object === undefined ? undefined : `course/${ask.object}`,
            unit: ask.unit === undefined ? undefined : units[ask.unit]?.id,
          };
          const given = {
            words: title,
            verb: did,
            objectKind: "lesson",
            ...(ask.only === null ? {} : { only: ask.only }),
            ...(ask.founded ? { founded: true as const } : {}),
          };
          const times = count("times", { ...given, measure: "times" });
          const persons = distinct("people", { ...given, measure: "people", of: "person" });
          const places = distinct("units", { ...given, measure: "units", of: "unit" });
          const figures = [times, persons, places];
          const hand = byHand(facts, f, ask.only ?? {}, ask.founded, ask.reach);
          const wanted = [hand.length, new Set(hand.map((x) => x.person)).size, new Set(hand.map((x) => x.unit)).size];

          const all = await measureAll(ctx, figures, f);
          expect(figures.map(({ id }) => all.get(id)?.value)).toEqual(wanted);
          for (const [n, figure] of figures.entries()) {
            expect((await measure(ctx, figure, f)).value).toBe(wanted[n]);
            const rows = await rowsOf(figure, f, 4);
            expect([rows.length, new Set(rows.map(({ key }) => key)).size]).toEqual([wanted[n], wanted[n]]);
          }
          expect(Math.max(wanted[1] ?? 0, wanted[2] ?? 0)).toBeLessThanOrEqual(wanted[0] ?? 0);

          for (const by of ["kind", "category", "post", "object"] as const) {
            const told = await numbersOf(ctx, figures, f, by);
            const groups = [...new Set(hand.map((x) => x.groups[by]))];
            expect(told.groups.toSorted()).toEqual(groups.toSorted());
            for (const group of groups) {
              const inIt = hand.filter((x) => x.groups[by] === group);
              expect(figures.map(({ id }) => told.of(id, group))).toEqual([
                inIt.length,
                new Set(inIt.map((x) => x.person)).size,
                new Set(inIt.map((x) => x.unit)).size,
              ]);
            }
          }
        }
      },
    ),
    { numRuns: 25 },
  );
}, 120_000);
