/** What is right, from the bank's own export: so that a test can pass an exam by knowing the law. */
import { z } from "zod";
import { access } from "./browser.ts";

const question = z.object({
  id: z.string(),
  type: z.enum(["single", "multiple", "truefalse"]),
  stem: z.string(),
  options: z.array(z.object({ key: z.string(), text: z.string() })),
  key: z.union([z.string(), z.array(z.string()), z.boolean()]),
});
export type Known = {
  readonly type: "single" | "multiple" | "truefalse";
  /** The texts of the right options; "0" (right) or "1" (wrong) of true or false. */ readonly right: readonly string[];
};

/** Without spaces, so that markup around words makes no difference. */
export const bare = (text: string): string => text.replace(/\s+/g, "");

/** Each question by its id and by its stem. */
export const knownAnswers = async (): Promise<ReadonlyMap<string, Known>> => {
  const { url, token } = access();
  const answer = await fetch(`${url}/api/v1/questions/export?format=json`, { headers: { authorization: `Bearer ${token}` } });
  const body: unknown = await answer.json();
  const questions = z
    .array(question)
    .parse(Array.isArray(body) ? body : typeof body === "object" && body !== null && "questions" in body ? body.questions : body);
  const known = new Map<string, Known>();
  for (const { id, type, stem, options, key } of questions) {
    const keys = Array.isArray(key) ? key : [key];
    const right =
      typeof key === "boolean" ? [key ? "0" : "1"] : options.filter((option) => keys.includes(option.key)).map(({ text }) => text);
    known.set(id, { type, right });
    known.set(bare(stem), { type, right });
  }
  return known;
};
