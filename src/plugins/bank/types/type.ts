/** The one interface of a question type. A new type is one module of this shape and one line in the registry. */
import type { z } from "zod";
import type { Child } from "hono/jsx";
import type { Language, Words } from "#kernel";

/** An option: its key (a letter in the bank; opaque in a paper) and its text. */
export type Option = { readonly key: string; readonly text: string };
/** What is drawn: the question as a reader sees it, without the key. */
export type Shown = { readonly stem: string; readonly options: readonly Option[] };
export type FieldsetProps = {
  readonly shown: Shown;
  /** The name of the form's field. */
  readonly name: string;
  readonly language: Language;
  /** What was answered before. */
  readonly value?: unknown;
  /** The key, where the answer is only looked at: the right one is marked beside what was answered. */
  readonly right?: unknown;
};

export type QuestionType<Id extends string = string> = {
  readonly id: Id;
  readonly words: Words;
  /** How it is answered and when it scores, in a few words. */
  readonly hint: Words;
  /** Whether it has options that may stand in another order. */
  readonly hasOptions: boolean;
  /** The key as stored. */
  readonly key: z.ZodType<string | string[] | boolean>;
  /** What a candidate answers; null within: taken back. */
  readonly value: z.ZodType<{ type: Id }>;
  /** Whether the key names options that are there. */
  readonly fits: (key: unknown, options: readonly Option[]) => boolean;
  /** The share of the points, 0 to 1. Total: whatever does not fit scores 0, and nothing throws. */
  readonly grade: (key: unknown, value: unknown) => number;
  /** The option keys of a key or of an answer; "true" and "false" for a judgement; none where nothing was answered. */
  readonly chosen: (keyOrValue: unknown) => readonly string[];
  /** A key or an answer with its options renamed; what has no new name stays. */
  readonly rename: <T>(keyOrValue: T, names: ReadonlyMap<string, string>) => T;
  /** What a plain form's fields of this name say. */
  readonly fromForm: (fields: readonly string[]) => { type: Id };
  readonly render: (props: FieldsetProps) => Child;
  /** The key from a course file or an import (`B`, `ABD`, true); null where it is none. */
  readonly import: (answer: unknown) => string | string[] | boolean | null;
  /** The key as a course file writes it. */
  readonly export: (key: unknown) => unknown;
};
/** Checks a module against the interface and keeps its own types. */
export const questionType = <const Id extends string, T extends QuestionType<Id>>(type: T & { id: Id }): T => type;
