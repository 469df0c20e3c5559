/** 判断题: a sentence that is true or false. */
import { z } from "zod";
import { say } from "#kernel";
import { text } from "../text.ts";
import { Choices } from "./choices.tsx";
import { questionType } from "./type.ts";

const key = z.boolean();
const value = z.object({ type: z.literal("truefalse"), answer: z.boolean().nullable() });
const words = new Map<unknown, boolean>([
  ...["true", "正确", "对", "√", "t"].map((w) => [w, true] as const),
  ...["false", "错误", "错", "×", "f"].map((w) => [w, false] as const),
]);
const chosen = (given: unknown): string[] => {
  const answer = value.safeParse(given).data?.answer ?? key.safeParse(given).data;
  return answer === undefined ? [] : [String(answer)];
};

export const truefalse = questionType({
  id: "truefalse",
  words: text.truefalse,
  hint: text.truefalseHint,
  hasOptions: false,
  key,
  value,
  fits: (k: unknown) => key.safeParse(k).success,
  grade: (k: unknown, v: unknown) => {
    const right = key.safeParse(k);
    const given = value.safeParse(v);
    return right.success && given.success && given.data.answer === right.data ? 1 : 0;
  },
  chosen,
  rename: (given) => given,
  fromForm: (fields: readonly string[]) => ({
    type: "truefalse" as const,
    answer: fields[0] === "true" ? true : fields[0] === "false" ? false : null,
  }),
  render: ({ value: v, right, ...rest }) => (
    <Choices
      {...rest}
      kind="radio"
      hint={say(rest.language, text.truefalseHint)}
      options={[
        { key: "true", text: say(rest.language, text.right) },
        { key: "false", text: say(rest.language, text.wrong) },
      ]}
      chosen={chosen(v)}
      keys={right === undefined ? null : chosen(right)}
    />
  ),
  import: (answer: unknown) =>
    typeof answer === "boolean" ? answer : typeof answer === "string" ? (words.get(answer.trim().toLowerCase()) ?? null) : null,
  export: (k: unknown) => k,
});
