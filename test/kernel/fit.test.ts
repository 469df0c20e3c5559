/** What does not fit a schema, in words: by code of the issue, in both languages, never in the schema's own vocabulary. */
import { expect, test } from "vitest";
import { z } from "zod";
import { day, Invalid, parsed, say } from "#kernel";

const of = (schema: z.ZodType, value: unknown, language: "zh" | "en"): string => {
  try {
    parsed(z.strictObject({ name: schema }), { name: value }, language);
  } catch (error) {
    if (error instanceof Invalid) return error.details.map(({ words, facts }) => say(language, words, facts)).join("|");
    throw error;
  }
  return "";
};
const cases: readonly [what: string, schema: z.ZodType, value: unknown, zh: string, en: string][] = [
  ["missing", z.string(), undefined, "少了一项：名称（姓名）", "One thing is missing: Name"],
  ["empty", z.string().min(2), "", "少了一项：名称（姓名）", "One thing is missing: Name"],
  ["short", z.string().min(2), "x", "“名称（姓名）”太短：至少 2 个字符", "“Name” is too short: at least 2 characters"],
  ["long", z.string().max(1), "xx", "“名称（姓名）”太长：最多 1 个字符", "“Name” is too long: at most 1 character"],
  ["length", z.string().length(3), "x", "“名称（姓名）”应当正好 3 个字符", "“Name” takes exactly 3 characters"],
  ["few", z.array(z.string()).min(1), [], "“名称（姓名）”太少：至少 1 项", "“Name” has too few: at least 1"],
  ["many", z.array(z.string()).max(1), ["a", "b"], "“名称（姓名）”太多：最多 1 项", "“Name” has too many: at most 1"],
  ["little", z.number().min(5), 4, "“名称（姓名）”不能小于 5", "“Name” must be 5 or more"],
  ["much", z.number().max(5), 6, "“名称（姓名）”不能大于 5", "“Name” must be 5 or less"],
  ["not above", z.number().positive(), 0, "“名称（姓名）”必须大于 0", "“Name” must be more than 0"],
  ["not below", z.number().lt(5), 5, "“名称（姓名）”必须小于 5", "“Name” must be less than 5"],
  ["no number", z.number(), Number.NaN, "“名称（姓名）”要填数字", "“Name” must be a number"],
  ["not whole", z.int(), 1.5, "“名称（姓名）”要填整数", "“Name” must be a whole number"],
  ["no multiple", z.number().multipleOf(0.01), 0.001, "“名称（姓名）”应当是 0.01 的倍数", "“Name” must be a multiple of 0.01"],
  ["no text", z.string(), 1, "“名称（姓名）”要填文字", "“Name” must be text"],
  ["no yes", z.boolean(), "x", "“名称（姓名）”只能是“是”或“否”", "“Name” must be yes or no"],
  ["no list", z.array(z.string()), "x", "“名称（姓名）”应当是一个列表", "“Name” must be a list"],
  ["no object", z.object({}), "x", "“名称（姓名）”应当是一组带名称的值", "“Name” must be a set of named values"],
  ["no day", day, "x", "“名称（姓名）”不是有效的日期，请写成 2026-09-01 的样子", "“Name” is not a day; write it like 2026-09-01"],
  ["no address", z.email(), "x", "“名称（姓名）”不是有效的邮箱地址", "“Name” is not an e-mail address"],
  ["no id", z.uuid(), "x", "“名称（姓名）”不是有效的编号", "“Name” is not a valid id"],
  ["pattern", z.string().regex(/^a$/), "x", "“名称（姓名）”的写法不对", "“Name” is not written as it must be"],
  ["none of", z.enum(["a", "b"]), "x", "“名称（姓名）”不在可选的范围内，可选：a / b", "“Name” is none of the choices: a / b"],
  ["no file", z.instanceof(File), "x", "“名称（姓名）”的写法不对", "“Name” is not written as it must be"],
  ["unknown", z.strictObject({}), { odd: 1 }, "有不认识的项：odd", "Unknown fields: odd"],
  ["in a list", z.array(z.enum(["a"])), ["x"], "“名称（姓名）”不在可选的范围内，可选：a", "“Name” is none of the choices: a"],
  ["deeper", z.object({ odd: z.int() }), { odd: 1.5 }, "“name.odd”要填整数", "“name.odd” must be a whole number"],
  ["neither", z.union([z.string(), z.number()]), true, "“名称（姓名）”的写法不对", "“Name” is not written as it must be"],
];
test.each(cases)("%s", (_, schema, value, zh, en) => {
  expect(of(schema, value, "zh")).toBe(zh);
  expect(of(schema, value, "en")).toBe(en);
});
