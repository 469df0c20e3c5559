import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { CaseFile } from "../../../src/plugins/courses/input.ts";
import {
  beat,
  checkCase,
  chosen,
  credited,
  holds,
  isCourseDone,
  isLessonDone,
  nextCheck,
  nextOf,
  offered,
  walk,
  type Beat,
} from "../../../src/plugins/courses/rules.ts";

const ending = (id: string, grade: "lawful" | "flawed" | "unlawful", text: string) => ({ id, title: id, grade, text });
const scene = (id: string, choices: CaseFile["scenes"][number]["choices"]) => ({ id, title: id, text: id, choices });
const story = (over: Partial<CaseFile> = {}): CaseFile => ({
  id: "anli",
  title: "案例",
  role: "你",
  start: "a",
  state: { evidence: false, days: 0 },
  scenes: [
    scene("a", [
      { text: "取证", to: "b", set: { evidence: true }, add: { days: 1 } },
      { text: "不取", to: "c", add: { days: 9 } },
    ]),
    scene("b", [{ text: "走", to: "d" }]),
    scene("c", [
      { text: "走", to: "d" },
      { text: "再等", to: "f", when: { days: { atLeast: 9 } } },
    ]),
    scene("d", [
      { text: "有据", to: "e", when: { evidence: true } },
      { text: "硬来", to: "bad", when: { evidence: false } },
    ]),
    scene("e", [
      { text: "拖着", to: "bad" },
      { text: "决定", to: "good" },
    ]),
    scene("f", [{ text: "过期", to: "bad" }]),
  ],
  endings: [ending("good", "lawful", "{{law@2021-01-22#1}}"), ending("bad", "unlawful", "{{law@2021-01-22#2}}")],
  ...over,
});
const cited = (text: string) => [...text.matchAll(/\{\{([^}]*)\}\}/g)].map((m) => m[1] ?? "");
const problems = (s: CaseFile) => checkCase(s, cited).map((p) => `${p.at.join(".")} ${p.words}`);

test("a case is walked by its choices, and the state decides what is offered", () => {
  expect(walk(story(), [])).toMatchObject({ at: "scene", scene: { id: "a" } });
  expect(walk(story(), [0, 0, 0, 1])).toMatchObject({ at: "ending", ending: { id: "good" }, state: { evidence: true, days: 1 } });
  expect(walk(story(), [1, 0, 1])).toMatchObject({ at: "ending", ending: { id: "bad" } });
  expect(walk(story(), [1, 0, 0])).toBeNull();
  expect(walk(story(), [7])).toBeNull();
  expect(walk(story(), [0, 0, 0, 1, 0])).toBeNull();
});
test("any path is either a place or refused, and a place is where its steps lead", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1, max: 3 }), { maxLength: 8 }), (path) => {
      const place = walk(story(), path);
      if (place === null) return;
      expect(place.taken.map((t) => t.n)).toEqual(path);
      let state = story().state;
      for (const t of place.taken) {
        expect(offered(t.scene, t.state).map((o) => o.n)).toContain(t.n);
        expect(t.state).toEqual(state);
        state = chosen(state, t.choice);
      }
      expect(place.state).toEqual(state);
    }),
  );
});
test("whoever always takes the first choice does not end lawfully", () => {
  const eager = story().scenes.map((s) => (s.id === "e" ? { ...s, choices: s.choices.toReversed() } : s));
  expect(problems(story({ scenes: eager })).join()).toContain("总选第一项");
  expect(problems(story())).toEqual([]);
});
test("conditions hold by equality or from a number on; what is not known never holds", () => {
  expect(holds({ days: { atLeast: 3 }, evidence: true }, { days: 3, evidence: true })).toBe(true);
  expect(holds({ days: { atLeast: 3 } }, { days: 2 })).toBe(false);
  expect(holds({ nothing: true }, {})).toBe(false);
  expect(holds(undefined, {})).toBe(true);
});
test("a whole case has no problem", () => expect(problems(story())).toEqual([]));
test("what a case must not have is found, each at its place", () => {
  const base = story();
  const scenes = (change: (list: CaseFile["scenes"]) => CaseFile["scenes"]) => problems(story({ scenes: change(base.scenes) }));
  expect(scenes((s) => s.map((x) => (x.id === "e" ? scene("e", [{ text: "回头", to: "a" }]) : x))).join()).toContain("绕回场景 a");
  expect(scenes((s) => [...s, scene("z", [{ text: "走", to: "bad" }])]).join()).toContain("到不了场景 z");
  expect(
    scenes((s) => s.map((x) => (x.id === "d" ? scene("d", [{ text: "有据", to: "e", when: { evidence: true } }]) : x))).join(),
  ).toContain("没有可选的路");
  expect(scenes((s) => s.map((x) => (x.id === "b" ? scene("b", [{ text: "走", to: "nowhere" }]) : x))).join()).toContain(
    "没有场景或结局 nowhere",
  );
  expect(
    scenes((s) =>
      s.map((x) =>
        x.id === "b"
          ? scene("b", [
              { text: "走", to: "d", when: { evidense: true } },
              { text: "走", to: "d" },
            ])
          : x,
      ),
    ).join(),
  ).toContain("evidense");
  expect(
    scenes((s) =>
      s.map((x) =>
        x.id === "b"
          ? scene("b", [
              { text: "走", to: "d" },
              { text: "不会", to: "d", when: { evidence: false } },
            ])
          : x,
      ),
    ).join(),
  ).toContain("从来不会出现");
  expect(
    scenes((s) =>
      s.map((x) =>
        x.id === "d"
          ? scene("d", [
              { text: "有据", to: "e" },
              { text: "硬来", to: "bad" },
            ])
          : x.id === "c"
            ? scene("c", [{ text: "走", to: "f" }])
            : x,
      ),
    ).join(),
  ).toContain("状态没有改变");
  expect(scenes((s) => s.slice(0, 5)).join()).toContain("没有场景或结局 f");
  expect(
    problems(
      story({ endings: [ending("good", "lawful", "{{law@2021-01-22#1}}"), ending("bad", "lawful", "{{law@2021-01-22#2}}")] }),
    ).join(),
  ).toContain("法律上不同");
  expect(
    problems(
      story({ endings: [ending("good", "lawful", "{{law@2021-01-22#1}}"), ending("bad", "unlawful", "{{law@2021-01-22#1}}")] }),
    ).join(),
  ).toContain("法律上不同");
  expect(problems(story({ endings: [...base.endings, ending("far", "flawed", "")] })).join()).toContain("到不了结局 far");
  expect(problems(story({ start: "x" })).join()).toContain("没有场景 x");
});

const second = 1000;
const opened = 1_000_000;
test("a beat earns the time since the last, 35 seconds at the most", () => {
  const at = (s: number) => opened + s * second;
  expect(credited(null, opened, { n: 1, at: at(30) })).toBe(30);
  expect(credited(null, opened, { n: 1, at: at(5) })).toBe(5);
  expect(credited({ n: 1, at: at(30) }, opened, { n: 2, at: at(60) })).toBe(30);
  expect(credited({ n: 1, at: at(30) }, opened, { n: 2, at: at(64) })).toBe(34);
  expect(credited({ n: 1, at: at(30) }, opened, { n: 1, at: at(60) })).toBeNull();
  expect(credited({ n: 5, at: at(30) }, opened, { n: 2, at: at(60) })).toBeNull();
});
test("a telephone that slept earns one beat when it wakes, not the night", () => {
  expect(credited({ n: 8, at: opened }, opened, { n: 9, at: opened + 8 * 3600 * second })).toBe(beat.every);
});
test("whatever arrives in whatever order, a person never earns more than the clock, nor more than 35 s a beat", () => {
  const beats = fc.array(fc.record({ n: fc.integer({ min: 1, max: 40 }), wait: fc.integer({ min: 0, max: 90_000 }) }), { maxLength: 60 });
  fc.assert(
    fc.property(beats, (given) => {
      let last: Beat | null = null;
      let now = opened;
      let sum = 0;
      let counted = 0;
      for (const { n, wait } of given) {
        now += wait;
        const earned = credited(last, opened, { n, at: now });
        if (earned === null) continue;
        expect(earned).toBeLessThanOrEqual(beat.most);
        expect(earned).toBeGreaterThanOrEqual(0);
        sum += earned;
        counted++;
        last = { n, at: now };
      }
      expect(sum * second).toBeLessThanOrEqual(now - opened);
      expect(counted).toBeLessThanOrEqual(40);
    }),
  );
});
test("two tabs that beat in turn share one clock", () => {
  let last: Beat | null = null;
  let sum = 0;
  // Each tab beats every 30 s, the second one 10 s later; each takes the number that the server told it.
  for (let s = 30; s <= 3600; s += 30)
    for (const at of [s, s + 10]) {
      const next: Beat = { n: (last?.n ?? 0) + 1, at: opened + at * second };
      sum += credited(last, opened, next) ?? 0;
      last = next;
    }
  expect(sum).toBeLessThanOrEqual(3610);
  expect(sum).toBeGreaterThan(3500);
});

test("a lesson is done by reading and answering; wrong ones come again, the longest ago first", () => {
  expect(isLessonDone(null, ["a", "b", "c"], new Set(["a", "b", "c"]))).toBe(false);
  expect(isLessonDone(1, ["a", "b", "c"], new Set(["a", "b"]))).toBe(false);
  expect(isLessonDone(1, ["a", "b", "c"], new Set(["a", "b", "c"]))).toBe(true);
  const answers = new Map([
    ["a", { right: false, at: 5 }],
    ["b", { right: false, at: 3 }],
  ]);
  expect(nextCheck(["a", "b", "c"], answers)).toBe("c");
  expect(nextCheck(["a", "b", "c"], new Map([...answers, ["c", { right: true, at: 9 }]]))).toBe("b");
  expect(nextCheck(["a"], new Map([["a", { right: true, at: 1 }]]))).toBeNull();
});
test("a course is done with all lessons and all cases; the next step is a lesson, then a case", () => {
  const course = { lessons: [{ id: "l1" }, { id: "l2" }], cases: [{ id: "c1" }] };
  const done = (lessons: string[], cases: string[]) => ({ lessons: new Set(lessons), cases: new Set(cases) });
  expect(nextOf(course, done([], ["c1"]))).toEqual({ kind: "lesson", id: "l1" });
  expect(nextOf(course, done(["l2"], []))).toEqual({ kind: "lesson", id: "l1" });
  expect(nextOf(course, done(["l1", "l2"], []))).toEqual({ kind: "case", id: "c1" });
  expect(nextOf(course, done(["l1", "l2"], ["c1"]))).toBeNull();
  expect(isCourseDone(course, done(["l1", "l2"], []))).toBe(false);
  expect(isCourseDone(course, done(["l1", "l2"], ["c1"]))).toBe(true);
});
