import * as fc from "fast-check";
import { expect, test } from "vitest";
import { checkDigit, isNumber, numberOf, sameName, tidyNumber, wrap } from "../../../src/plugins/certificates/rules.ts";

const nine = fc.stringMatching(/^\d{9}$/);

test("the check digit agrees with the worked example of ISO/IEC 7064 MOD 11,10", () => {
  expect(checkDigit("0794")).toBe(5);
});

test("every number made is one, as typed in full-width letters and with spaces too", () => {
  fc.assert(
    fc.property(nine, fc.integer({ min: 2020, max: 2099 }), (digits, year) => {
      const number = numberOf("QHJY", year, "XF", digits);
      const wide = [...number].map((c) => (c === "-" ? "－" : String.fromCharCode(c.charCodeAt(0) + 0xfee0))).join("");
      return isNumber(number) && isNumber(tidyNumber(` ${number.toLowerCase()} `)) && tidyNumber(wide) === number;
    }),
  );
});

test("one wrong digit is always noticed", () => {
  fc.assert(
    fc.property(nine, fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
      const number = numberOf("QHJY", 2026, "XF", digits);
      const place = "QHJY-2026-XF-".length + at;
      const wrong = number.slice(0, place) + String((Number(number[place]) + by) % 10) + number.slice(place + 1);
      return !isNumber(wrong);
    }),
  );
});

test("names compare without spaces and whatever the middle dot", () => {
  expect(sameName("李 雯", "李雯")).toBe(true);
  expect(sameName("阿依古丽•买买提", "阿依古丽·买买提")).toBe(true);
  expect(sameName("李雯", "李文")).toBe(false);
});

test("wrapping loses no character and no line is begun by punctuation", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[清河区第三中学，。（）2026]{0,120}$/), (text) => {
      const lines = wrap([{ text }], 20);
      const joined = lines.map((l) => l.map((s) => s.text).join(""));
      return joined.join("") === text && joined.slice(1).every((line) => !/^[，。）]/.test(line));
    }),
  );
});
