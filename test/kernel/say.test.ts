import { expect, test } from "vitest";
import { catalogue, say } from "#kernel";

const words = catalogue("test-say", {
  left: ["还有 {n} 件事", "{n} more {n:thing|things} to do"],
  late: ["{who}逾期", "{who} {days:day|days} late"],
});

test("one and many are told apart where a language tells them apart", () => {
  expect(say("en", words.left, { n: 1 })).toBe("1 more thing to do");
  for (const n of [0, 2, 11, 21]) expect(say("en", words.left, { n })).toBe(`${n} more things to do`);
  expect(say("zh", words.left, { n: 1 })).toBe("还有 1 件事");
});
test("a placeholder that nobody fills stays visible", () => {
  expect(say("en", words.late)).toBe("{who} {days:day|days} late");
});
