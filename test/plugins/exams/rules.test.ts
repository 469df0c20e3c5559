import * as fc from "fast-check";
import { expect, test } from "vitest";
import { clock, dayOf } from "#kernel";
import type { Question, TypeId } from "#plugins/bank";
import { chanceFrom, drawQuestions, makePaper, scorePaper, shownItem, type Pooled } from "../../../src/plugins/exams/rules-paper.ts";
import {
  barrierOf,
  certificateAfter,
  counting,
  deadlineOf,
  instantIn,
  isDisjoint,
  isOpen,
  localIn,
  reviewShows,
  shardsFor,
  totalOf,
  verdictOf,
} from "../../../src/plugins/exams/rules.ts";
import type { Line } from "../../../src/plugins/exams/schema.ts";

const seed = fc.uint8Array({ minLength: 32, maxLength: 32 });
const types: readonly TypeId[] = ["single", "multiple", "truefalse"];
/** A blueprint with pools that are large enough. */
const plan = fc
  .uniqueArray(
    fc.record({
      topic: fc.constantFrom("a", "b", "c", "d"),
      type: fc.constantFrom(...types),
      count: fc.integer({ min: 1, max: 8 }),
      points: fc.integer({ min: 1, max: 500 }),
      spare: fc.integer({ min: 0, max: 20 }),
    }),
    { minLength: 1, maxLength: 8, selector: (l) => `${l.topic}/${l.type}` },
  )
  .map((lines) => ({
    blueprint: lines.map(({ topic, type, count, points }): Line => ({ topic, type, count, points })),
    pools: lines.map(({ topic, type, count, spare }) =>
      Array.from({ length: count + spare }, (_, n): Pooled => ({ question: `${topic}/${type}/${n}`, version: "v1" })),
    ),
  }));
const questionOf = ({ question, version }: Pooled, type: TypeId): Question => ({
  id: question,
  version,
  type,
  topic: "t",
  course: null,
  lesson: null,
  use: "exam",
  difficulty: 2,
  stem: `题 ${question}`,
  explanation: "解析",
  citations: [],
  options: type === "truefalse" ? [] : ["A", "B", "C", "D"].map((key) => ({ key, text: `${question} ${key}` })),
  key: type === "single" ? "B" : type === "multiple" ? ["A", "C"] : true,
});

test("a drawn paper meets its blueprint, holds nothing twice, and is the same whenever it is drawn", () => {
  fc.assert(
    fc.property(plan, fc.boolean(), seed, ({ blueprint, pools }, shuffle, bytes) => {
      const drawn = drawQuestions(blueprint, pools, shuffle, chanceFrom(bytes)) ?? [];
      expect(drawn.length).toBe(totalOf(blueprint).count);
      expect(drawn.reduce((sum, d) => sum + d.points, 0)).toBe(totalOf(blueprint).points);
      expect(new Set(drawn.map((d) => d.question)).size).toBe(drawn.length);
      for (const [n, line] of blueprint.entries()) {
        const ofLine = drawn.filter((d) => pools[n]?.some((p) => p.question === d.question));
        expect(ofLine.length).toBe(line.count);
        expect(ofLine.every((d) => d.type === line.type && d.points === line.points)).toBe(true);
      }
      expect(drawn.map((d) => types.indexOf(d.type))).toEqual(drawn.map((d) => types.indexOf(d.type)).toSorted((a, b) => a - b));
      expect(drawQuestions(blueprint, pools, shuffle, chanceFrom(bytes))).toEqual(drawn);
    }),
  );
});
test("a pool that is too small gives no paper", () => {
  expect(
    drawQuestions(
      [{ topic: "a", type: "single", count: 2, points: 100 }],
      [[{ question: "q", version: "v" }]],
      true,
      chanceFrom(new Uint8Array(32)),
    ),
  ).toBeNull();
});
test("every question and every order has its fair share", () => {
  const pool = Array.from({ length: 6 }, (_, n): Pooled => ({ question: `q${n}`, version: "v" }));
  const first = new Map<string, number>();
  const taken = new Map<string, number>();
  const rounds = 3000;
  for (let n = 0; n < rounds; n++) {
    const bytes = new Uint8Array(32);
    new DataView(bytes.buffer).setUint32(0, n * 2654435761);
    new DataView(bytes.buffer).setUint32(4, n);
    const drawn = drawQuestions([{ topic: "a", type: "single", count: 3, points: 100 }], [pool], true, chanceFrom(bytes)) ?? [];
    first.set(drawn[0]?.question ?? "", (first.get(drawn[0]?.question ?? "") ?? 0) + 1);
    for (const d of drawn) taken.set(d.question, (taken.get(d.question) ?? 0) + 1);
  }
  for (const { question } of pool) {
    expect((first.get(question) ?? 0) / rounds).toBeGreaterThan(0.13);
    expect((taken.get(question) ?? 0) / rounds).toBeGreaterThan(0.45);
    expect((taken.get(question) ?? 0) / rounds).toBeLessThan(0.55);
  }
});
test("what a candidate sees has neither key nor origin; keys are opaque, of this attempt alone, and grade right", () => {
  fc.assert(
    fc.property(plan, seed, seed, fc.boolean(), ({ blueprint, pools }, bytes, nameBytes, shuffle) => {
      const chance = chanceFrom(bytes);
      const drawn = drawQuestions(blueprint, pools, shuffle, chance) ?? [];
      const bodies = new Map(drawn.map((d) => [`${d.question}@${d.version}`, questionOf(d, d.type)]));
      const paper = makePaper(drawn, bodies, shuffle, chance, chanceFrom(nameBytes));
      const other = makePaper(drawn, bodies, shuffle, chanceFrom(bytes), chanceFrom(bytes));
      const keys = paper.flatMap((item) => [item.item, ...item.options.map((o) => o.key)]);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys.some((key) => other.some((item) => item.item === key))).toBe(false);
      for (const item of paper) {
        expect(
          Object.keys(shownItem(item))
            .toSorted()
            .filter((name) => name !== "options"),
        ).toEqual(["item", "n", "points", "stem", "type"]);
        expect(shownItem(item).options?.every((o) => Object.keys(o).length === 2) ?? true).toBe(true);
        expect(item.options.map((o) => o.letter).toSorted()).toEqual(item.type === "truefalse" ? [] : ["A", "B", "C", "D"]);
      }
      const named = (item: (typeof paper)[number], letter: string) => item.options.find((o) => o.letter === letter)?.key ?? "";
      const right = new Map(
        paper.map((item) => [
          item.item,
          item.type === "single"
            ? { type: "single", choice: named(item, "B") }
            : item.type === "multiple"
              ? { type: "multiple", choices: [named(item, "C"), named(item, "A")] }
              : { type: "truefalse", answer: true },
        ]),
      );
      expect(scorePaper(paper, right).score).toBe(totalOf(blueprint).points);
    }),
  );
});
test("a paper is scored whatever was answered: never more than its total, never less than nothing", () => {
  fc.assert(
    fc.property(plan, seed, fc.array(fc.tuple(fc.nat(60), fc.anything())), ({ blueprint, pools }, bytes, given) => {
      const drawn = drawQuestions(blueprint, pools, true, chanceFrom(bytes)) ?? [];
      const paper = makePaper(
        drawn,
        new Map(drawn.map((d) => [`${d.question}@${d.version}`, questionOf(d, d.type)])),
        true,
        chanceFrom(bytes),
        chanceFrom(bytes),
      );
      const answers = new Map(given.map(([n, value]) => [paper[n % paper.length]?.item ?? "", value]));
      const { score, earned } = scorePaper(paper, answers);
      return score >= 0 && score <= totalOf(blueprint).points && earned.size === paper.length;
    }),
  );
});
test("lines never share a question: a topic and type once, or once for each difficulty", () => {
  const line = (topic: string, type: TypeId, difficulty?: number) => ({ topic, type, difficulty });
  expect(isDisjoint([line("a", "single"), line("a", "multiple"), line("b", "single")])).toBe(true);
  expect(isDisjoint([line("a", "single", 1), line("a", "single", 2)])).toBe(true);
  expect(isDisjoint([line("a", "single", 1), line("a", "single", 1)])).toBe(false);
  expect(isDisjoint([line("a", "single", 1), line("a", "single")])).toBe(false);
  expect(isDisjoint([line("a", "single"), line("a", "single", 1)])).toBe(false);
});

const zones = ["Asia/Shanghai", "UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"];
test("a wall-clock time of a form is that time in the zone, unless a clock change skips it", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.date({ min: new Date("2000-01-01T00:00:00Z"), max: new Date("2099-12-31T00:00:00Z"), noInvalidDate: true }),
      (zone, at) => {
        const local = at.toISOString().slice(0, 16);
        const instant = instantIn(local, zone);
        const shown = `${dayOf(instant, zone)}T${clock(instant, zone).slice(0, 5)}`;
        // A skipped time (at most an hour a year) may be shown shifted; everything else comes back as written.
        return shown === local || Math.abs(Date.parse(`${shown}:00Z`) - Date.parse(`${local}:00Z`)) <= 3_600_000;
      },
    ),
  );
  expect(instantIn("2026-12-01T09:00", "Asia/Shanghai")).toBe(Date.UTC(2026, 11, 1, 1));
  expect(localIn(Date.UTC(2026, 11, 1, 1), "Asia/Shanghai")).toBe("2026-12-01T09:00");
});
test("in Shanghai, which keeps its clocks, writing and reading back is exact", () => {
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2099, 11) }), (at) => {
      const minute = at - (at % 60_000);
      return instantIn(localIn(minute, "Asia/Shanghai"), "Asia/Shanghai") === minute;
    }),
  );
});

const window = fc
  .record({
    opensAt: fc.integer({ min: 0, max: 1e12 }),
    length: fc.integer({ min: 60_000, max: 30 * 86_400_000 }),
    minutes: fc.integer({ min: 1, max: 300 }),
  })
  .map(({ opensAt, length, minutes }) => ({ opensAt, closesAt: opensAt + length, minutes }));
test("a deadline is after the start, within the candidate's time, and at the close for who has no more time than others", () => {
  fc.assert(
    fc.property(window, fc.double({ min: 0, max: 0.999999, noNaN: true }), fc.integer({ min: 100, max: 200 }), (w, part, percent) => {
      const startedAt = w.opensAt + Math.floor((w.closesAt - w.opensAt) * part);
      const deadline = deadlineOf(w, startedAt, percent);
      const plain = deadlineOf(w, startedAt, 100);
      expect(isOpen(w, startedAt)).toBe(true);
      expect(deadline).toBeGreaterThan(startedAt);
      expect(deadline - startedAt).toBeLessThanOrEqual((w.minutes * 60_000 * percent) / 100 + 1);
      expect(plain).toBeLessThanOrEqual(w.closesAt);
      // More time is more time, also at the end of the window: exactly the granted surplus.
      expect(deadline - plain).toBe(Math.round((w.minutes * 60_000 * percent) / 100) - w.minutes * 60_000);
    }),
  );
});
test("a sitting is open from its opening up to, not including, its close", () => {
  const w = { opensAt: 1000, closesAt: 2000, minutes: 1 };
  expect([999, 1000, 1999, 2000].map((at) => isOpen(w, at))).toEqual([false, true, true, false]);
});
test("what stands in the way is said: too early, too late, courses, tries", () => {
  const w = { opensAt: 1000, closesAt: 2000, minutes: 1, tries: 2 };
  const asked = (now: number, used: number, missing: string[] = []) => barrierOf(w, { used, missing }, now, String)?.words.id ?? null;
  expect([asked(999, 0), asked(1000, 0), asked(2000, 0), asked(1500, 2), asked(1500, 1), asked(1500, 0, ["《民法典》"])]).toEqual([
    "exams.not-yet",
    null,
    "exams.closed",
    "exams.no-tries",
    null,
    "exams.courses-first",
  ]);
});
test("lines decide: at the line is passed, at the line is excellent", () => {
  const lines = { pass: 6000, excellent: 9000 };
  expect([5999, 6000, 8999, 9000].map((score) => verdictOf(lines, score))).toEqual([
    { passed: false, excellent: false },
    { passed: true, excellent: false },
    { passed: true, excellent: false },
    { passed: true, excellent: true },
  ]);
  expect(verdictOf({ pass: 6000, excellent: null }, 10000)).toEqual({ passed: true, excellent: false });
});
test("the best or the last try counts; of equals the first; what is not graded counts nothing", () => {
  const tries = [
    { n: 1, score: 60 },
    { n: 2, score: 80 },
    { n: 3, score: 80 },
    { n: 4, score: 70 },
    { n: 5, score: null },
  ];
  expect(counting("best", tries)?.n).toBe(2);
  expect(counting("last", tries)?.n).toBe(4);
  expect(counting("best", [])).toBeUndefined();
});
test("a review shows what its rule allows, when it allows it", () => {
  const shows = (review: Parameters<typeof reviewShows>[0]["review"], tries: readonly (boolean | null)[], now: number) =>
    reviewShows(
      { review, closesAt: 100, tries: 3 },
      tries.map((passed) => ({ state: passed === null ? ("running" as const) : ("graded" as const), passed })),
      now,
    );
  expect(shows({ when: "never", key: true }, [true], 200)).toBe("nothing");
  expect(shows({ when: "closed", key: true }, [true], 99)).toBe("nothing");
  expect(shows({ when: "closed", key: true }, [false], 100)).toBe("all");
  expect(shows({ when: "submitted", key: false }, [true], 50)).toBe("answers");
  // The key waits until nobody gains by it: passed, no try left, or the window closed; and never while an attempt runs.
  const keyed = { when: "submitted", key: true } as const;
  expect(shows(keyed, [false], 50)).toBe("marks");
  expect(shows(keyed, [false, true], 50)).toBe("all");
  expect(shows(keyed, [false, false, false], 50)).toBe("all");
  expect(shows(keyed, [false], 100)).toBe("all");
  expect(shows(keyed, [false, false, null], 50)).toBe("marks");
  expect(shows(keyed, [true, null], 50)).toBe("marks");
});
test("rooms: one for up to 333 candidates, 150 for fifty thousand", () => {
  expect([0, 1, 333, 334, 500, 50_000].map(shardsFor)).toEqual([1, 1, 1, 2, 2, 150]);
});

test("however tries come in batches, the certificate held at the end is that of the try that counts, where it passed", () => {
  const tries = fc.array(fc.record({ score: fc.integer({ min: 0, max: 100 }), ends: fc.boolean() }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(fc.constantFrom("best", "last"), tries, (counts, given) => {
      const all = given.map(({ score }, n) => ({ n: n + 1, score, passed: score >= 60 }));
      const batches: (typeof all)[] = [[]];
      for (const [n, attempt] of all.entries()) {
        batches.at(-1)?.push(attempt);
        if (given[n]?.ends) batches.push([]);
      }
      let held: (typeof all)[number] | undefined;
      for (const batch of batches) {
        const { earns, loses } = certificateAfter(counts, held && { score: held.score, here: true }, batch);
        expect(earns === null || loses === null).toBe(true);
        held = earns ?? (loses === null ? held : undefined);
      }
      const counted = counting(counts, all);
      expect(held).toEqual(counted?.passed === true ? counted : undefined);
    }),
  );
});
