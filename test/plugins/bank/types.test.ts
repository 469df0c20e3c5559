import * as fc from "fast-check";
import { expect, test } from "vitest";
import { gradeAnswer, questionTypes, typeIds } from "#plugins/bank";

const letters = ["A", "B", "C", "D"];
const options = letters.map((key) => ({ key, text: `选项${key}` }));
const keyFor = {
  single: fc.constantFrom(...letters),
  multiple: fc.uniqueArray(fc.constantFrom(...letters), { minLength: 1 }),
  truefalse: fc.boolean(),
};
const question = fc.constantFrom(...typeIds).chain((type) => keyFor[type].map((key) => ({ type, key })));
const rightAnswer = ({ type, key }: { type: string; key: unknown }) =>
  type === "single" ? { type, choice: key } : type === "multiple" ? { type, choices: key } : { type, answer: key };

test("whatever is answered scores between nothing and all, and nothing throws", () => {
  fc.assert(
    fc.property(question, fc.anything(), (q, value) => {
      const share = gradeAnswer(q, value);
      return share >= 0 && share <= 1;
    }),
    { numRuns: 2000 },
  );
});
test("a malformed key is worth nothing, whatever is answered", () => {
  fc.assert(
    fc.property(fc.constantFrom(...typeIds), fc.anything(), fc.anything(), (type, key, value) => gradeAnswer({ type, key }, value) >= 0),
  );
  for (const type of typeIds) expect(gradeAnswer({ type, key: { not: "a key" } }, rightAnswer({ type, key: "A" }))).toBe(0);
});
test("the right answer earns all, in whatever order it is given", () => {
  fc.assert(fc.property(question, (q) => gradeAnswer(q, rightAnswer(q)) === 1));
  fc.assert(
    fc.property(keyFor.multiple, (key) => gradeAnswer({ type: "multiple", key }, { type: "multiple", choices: key.toReversed() }) === 1),
  );
});
test("an answer of another type, or taken back, earns nothing", () => {
  fc.assert(fc.property(question, question, (q, other) => q.type === other.type || gradeAnswer(q, rightAnswer(other)) === 0));
  expect(gradeAnswer({ type: "single", key: "A" }, { type: "single", choice: null })).toBe(0);
  expect(gradeAnswer({ type: "multiple", key: ["A"] }, { type: "multiple", choices: [] })).toBe(0);
  expect(gradeAnswer({ type: "truefalse", key: false }, { type: "truefalse", answer: null })).toBe(0);
});
test("one choice too many or too few earns nothing in a multiple choice", () => {
  fc.assert(
    fc.property(
      keyFor.multiple,
      fc.constantFrom(...letters),
      (key, letter) =>
        gradeAnswer(
          { type: "multiple", key },
          { type: "multiple", choices: key.includes(letter) ? key.filter((k) => k !== letter) : [...key, letter] },
        ) === 0,
    ),
  );
});
test("renaming options changes nothing that counts", () => {
  const names = new Map(letters.map((letter) => [letter, `x${letter}`]));
  fc.assert(
    fc.property(question, fc.constantFrom(...letters), ({ type, key }, letter) => {
      const t = questionTypes[type];
      const answer = rightAnswer({ type, key: type === "single" ? letter : type === "multiple" ? [letter] : true });
      return t.grade(t.rename<unknown>(key, names), t.rename<unknown>(answer, names)) === t.grade(key, answer);
    }),
  );
});
test("a key survives export and import, and fits its options", () => {
  fc.assert(
    fc.property(question, ({ type, key }) => {
      const t = questionTypes[type];
      const back = t.import(t.export(key));
      return t.fits(key, options) && gradeAnswer({ type, key: back }, rightAnswer({ type, key })) === 1;
    }),
  );
});
test("import takes what files and people write, and nothing else", () => {
  expect(questionTypes.single.import(" b ")).toBe("B");
  expect(questionTypes.single.import("AB")).toBeNull();
  expect(questionTypes.multiple.import("D、A,B")).toEqual(["A", "B", "D"]);
  expect(questionTypes.multiple.import("AA")).toBeNull();
  expect(questionTypes.truefalse.import("正确")).toBe(true);
  expect(questionTypes.truefalse.import("×")).toBe(false);
  expect(questionTypes.truefalse.import("maybe")).toBeNull();
  fc.assert(
    fc.property(fc.constantFrom(...typeIds), fc.anything(), (type, given) => {
      questionTypes[type].import(given);
      return true;
    }),
  );
});
test("a plain form's fields become an answer", () => {
  expect(questionTypes.single.fromForm(["C"])).toEqual({ type: "single", choice: "C" });
  expect(questionTypes.single.fromForm([])).toEqual({ type: "single", choice: null });
  expect(questionTypes.multiple.fromForm(["A", "", "A", "D"])).toEqual({ type: "multiple", choices: ["A", "D"] });
  expect(questionTypes.truefalse.fromForm(["false"])).toEqual({ type: "truefalse", answer: false });
});
