/** What does not fit a schema, in words for whoever entered it: one sentence an issue, without the schema's own vocabulary. */
import type { z } from "zod";
import type { Detail } from "../errors.ts";
import { fieldText } from "../text/fields.ts";
import { say, type Facts, type Language, type Words } from "../text/text.ts";
import { kernelText } from "../text/words.ts";

type Said = readonly [words: Words, facts?: Facts];
const isText = (origin: string) => origin === "string";
const isList = (origin: string) => origin === "array" || origin === "set" || origin === "map";

const typeWords: Readonly<Record<string, Words>> = {
  number: kernelText.notNumber,
  int: kernelText.notWhole,
  string: kernelText.notText,
  boolean: kernelText.notYesNo,
  array: kernelText.notList,
  object: kernelText.notObject,
  record: kernelText.notObject,
};
const formatWords: Readonly<Record<string, Words>> = {
  date: kernelText.notDay,
  email: kernelText.notEmail,
  uuid: kernelText.notId,
};
const said = (issue: z.core.$ZodIssue): Said => {
  if (issue.code === "too_small") {
    const n = Number(issue.minimum);
    if (isText(issue.origin)) return issue.exact === true ? [kernelText.exactLength, { n }] : [kernelText.tooShort, { n }];
    if (isList(issue.origin)) return [kernelText.tooFew, { n }];
    return [issue.inclusive === false ? kernelText.notAbove : kernelText.tooLittle, { n }];
  }
  if (issue.code === "too_big") {
    const n = Number(issue.maximum);
    if (isText(issue.origin)) return issue.exact === true ? [kernelText.exactLength, { n }] : [kernelText.tooLong, { n }];
    if (isList(issue.origin)) return [kernelText.tooMany, { n }];
    return [issue.inclusive === false ? kernelText.notBelow : kernelText.tooMuch, { n }];
  }
  if (issue.code === "invalid_type") return [typeWords[issue.expected] ?? kernelText.invalidField];
  if (issue.code === "invalid_format") return [formatWords[issue.format] ?? kernelText.invalidField];
  if (issue.code === "invalid_value") return [kernelText.notOneOf, { values: issue.values.map(String).join(" / ") }];
  if (issue.code === "not_multiple_of") return [kernelText.notMultiple, { n: issue.divisor }];
  if (issue.code === "unrecognized_keys") return [kernelText.unknownFields, { names: issue.keys.join(" / ") }];
  return [kernelText.invalidField];
};

const isCommon = (name: PropertyKey): name is keyof typeof fieldText => Object.hasOwn(fieldText, name);
/** A field by its label where it is a common one, of a list too; what lies deeper by its path. */
const nameOf = (path: readonly PropertyKey[], language: Language): string => {
  const [first = "", second] = path;
  const flat = path.length === 1 || (path.length === 2 && typeof second === "number");
  return flat && isCommon(first) ? say(language, fieldText[first]) : path.join(".") || "·";
};
/** What stands at a path. */
const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((at, key) => (typeof at === "object" && at !== null ? Reflect.get(at, key) : undefined), value);

/** One thing that does not fit, by the code of zod's issue. A form sends an empty field as nothing but blanks: it is missing. */
export const misfit = (issue: z.core.$ZodIssue, given: unknown, language: Language): Detail => {
  const there = valueAt(given, issue.path);
  const missing = issue.path.length > 0 && (there === undefined || there === "");
  const [words, facts] = missing ? ([kernelText.missingField] satisfies Said) : said(issue);
  return { field: issue.path.join("."), code: "field", words, facts: { field: nameOf(issue.path, language), ...facts } };
};
