/** 多项选择题: points for exactly the right ones. */
import { z } from "zod";
import { say } from "#kernel";
import { text } from "../text.ts";
import { Choices, letterOf } from "./choices.tsx";
import { questionType, type Option } from "./type.ts";

const key = z.array(z.string().min(1).max(40)).min(1).max(26);
const value = z.object({ type: z.literal("multiple"), choices: z.array(z.string().min(1).max(40)).max(26) });
const chosen = (given: unknown): string[] => value.safeParse(given).data?.choices ?? key.safeParse(given).data ?? [];

export const multiple = questionType({
  id: "multiple",
  words: text.multiple,
  hint: text.multipleHint,
  hasOptions: true,
  key,
  value,
  fits: (k: unknown, options: readonly Option[]) => {
    const keys = key.safeParse(k).data ?? [];
    return keys.length > 0 && new Set(keys).size === keys.length && keys.every((one) => options.some((o) => o.key === one));
  },
  grade: (k: unknown, v: unknown) => {
    const right = key.safeParse(k);
    const given = value.safeParse(v);
    if (!right.success || !given.success) return 0;
    const wanted = new Set(right.data);
    const picked = new Set(given.data.choices);
    return wanted.size === picked.size && [...wanted].every((one) => picked.has(one)) ? 1 : 0;
  },
  chosen,
  rename: (given, names) => {
    const renamed = chosen(given).map((one) => names.get(one) ?? one);
    return (Array.isArray(given) ? renamed : value.safeParse(given).success ? { ...given, choices: renamed } : given) as typeof given;
  },
  fromForm: (fields: readonly string[]) => ({ type: "multiple" as const, choices: [...new Set(fields.filter((f) => f !== ""))] }),
  render: ({ value: v, right, ...rest }) => (
    <Choices
      {...rest}
      kind="checkbox"
      hint={say(rest.language, text.multipleHint)}
      options={rest.shown.options.map((o, n) => ({ ...o, letter: letterOf(n) }))}
      chosen={chosen(v)}
      keys={right === undefined ? null : chosen(right)}
    />
  ),
  import: (answer: unknown) => {
    const letters =
      typeof answer === "string" ? [...answer.toUpperCase().replace(/[\s,，、;；]/g, "")] : Array.isArray(answer) ? answer.map(String) : [];
    return letters.length > 0 && letters.every((l) => /^[A-Z]$/.test(l)) && new Set(letters).size === letters.length
      ? letters.toSorted()
      : null;
  },
  export: (k: unknown) => (Array.isArray(k) ? k.join("") : k),
});
