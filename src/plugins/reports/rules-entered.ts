/** What must hold of a figure that is entered by hand, and how it is said. */
import { dayWords, say, type Day, type Language, type PersonId, type Words } from "#kernel";
import { enterableOf, type EnteredMeasure } from "./rules-enterable.ts";
import type { ProofType } from "#plugins/people";
import type { EnteredId } from "./schema.ts";
import { enteredText as text } from "./text-entered.ts";

/** A number that was told, with who answers for it and what proves it. */
export type Entered = {
  id: EnteredId;
  key: string;
  from: Day;
  to: Day;
  number: number;
  measure: EnteredMeasure;
  definition: string;
  responsible: string;
  /** 零申报: the statement as it was signed. */
  statement: string | null;
  file: { digest: string; name: string; type: ProofType; size: number } | null;
  supersedes: EnteredId | null;
  reason: string | null;
  by: PersonId;
  byName: string;
  at: number;
};
/** How a figure of a period stands: counted by the system, entered by hand, or still empty. */
export const figureStates = ["counted", "entered", "empty"] as const;
export type FigureState = (typeof figureStates)[number];
export const measureWords: Readonly<Record<EnteredMeasure, Words>> = {
  times: text.measureTimes,
  sessions: text.measureSessions,
  cases: text.measureCases,
  people: text.measurePeople,
  attendances: text.measureAttendances,
  units: text.measureUnits,
  lessons: text.measureLessons,
  copies: text.measureCopies,
};
/** 11 件 */
export const enteredInWords = (language: Language, { number, measure }: Pick<Entered, "number" | "measure">): string =>
  say(language, measureWords[measure], { n: number });
/** The statement of a 零申报, which its signer signs; Chinese, as it is kept. */
export const nilStatement = (key: string, from: Day, to: Day): string =>
  say("zh", text.statement, { thing: enterableOf(key)?.title.zh ?? key, from: dayWords(from, "zh"), to: dayWords(to, "zh") });

/** What is wrong with an entry: the field, and the words for it; null where nothing is. `signer`: who is signed in. */
export const entryProblem = (
  given: { key: string; definition: string; from: Day; to: Day; number: number; nil: boolean; signed: string; reason: string },
  { signer, corrects, hasFile }: { signer: string; corrects: boolean; hasFile: boolean },
): { field: string; words: Words } | null => {
  if (given.from > given.to) return { field: "to", words: text.reversed };
  if (given.key.startsWith("other-") && given.definition === enterableOf(given.key)?.definition.zh)
    return { field: "definition", words: text.definitionNeeded };
  if (given.number === 0 && !given.nil) return { field: "nil", words: text.nilNeeded };
  if (given.number > 0 && given.nil) return { field: "nil", words: text.nilOfSomething };
  if (given.nil && given.signed !== signer) return { field: "signed", words: text.signedOther };
  if (given.number > 0 && !hasFile) return { field: "file", words: text.fileNeeded };
  if (corrects && given.reason === "") return { field: "reason", words: text.reasonNeeded };
  return null;
};
