/** 单项选择题: one option is right. */
import { z } from "zod";
import { say } from "#kernel";
import { text } from "../text.ts";
import { Choices, letterOf } from "./choices.tsx";
import { questionType, type Option } from "./type.ts";

const key = z.string().min(1).max(40);
const value = z.object({ type: z.literal("single"), choice: z.string().min(1).max(40).nullable() });
const chosen = (given: unknown): string[] => {
  const choice = value.safeParse(given).data?.choice ?? key.safeParse(given).data;
  return choice === undefined ? [] : [choice];
};

export const single = questionType({
  id: "single",
  words: text.single,
  hint: text.singleHint,
  hasOptions: true,
  key,
  value,
  fits: (k: unknown, options: readonly Option[]) => options.some((o) => o.key === k),
  grade: (k: unknown, v: unknown) => {
    const right = key.safeParse(k);
    const given = value.safeParse(v);
    return right.success && given.success && given.data.choice === right.data ? 1 : 0;
  },
  chosen,
  rename: (given, names) => {
    const old = typeof given === "string" ? given : value.safeParse(given).data?.choice;
    const name = old == null ? undefined : names.get(old);
    return name === undefined ? given : ((typeof given === "string" ? name : { ...given, choice: name }) as typeof given);
  },
  fromForm: (fields: readonly string[]) => ({ type: "single" as const, choice: fields[0] || null }),
  render: ({ value: v, right, ...rest }) => (
    <Choices
      {...rest}
      kind="radio"
      hint={say(rest.language, text.singleHint)}
      options={rest.shown.options.map((o, n) => ({ ...o, letter: letterOf(n) }))}
      chosen={chosen(v)}
      keys={right === undefined ? null : chosen(right)}
    />
  ),
  import: (answer: unknown) => (typeof answer === "string" && /^[A-Za-z]$/.test(answer.trim()) ? answer.trim().toUpperCase() : null),
  export: (k: unknown) => k,
});
