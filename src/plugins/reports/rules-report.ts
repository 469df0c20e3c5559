/** What a report is made of: references to figures in its text, the document that comes of them, and who may take which step. */
import { day, type Day, type PersonId, type Words } from "#kernel";
import type { AnnexLine, DocumentBlock, ReportDocument, Run } from "./rules-document.ts";
import type { Block, ReportId } from "./schema.ts";
import type { Frozen, Report } from "./store-report.ts";
import { text } from "./text-report.ts";

export type ReportState = Report["state"];
/** In the order of its way. */
export const reportStates = [
  "draft",
  "review",
  "sign",
  "check",
  "freezing",
  "published",
  "withdrawn",
] as const satisfies readonly ReportState[];

/** A figure as a text names it: `requirements.pass-of-due`, of a requirement `…@ID`, its numerator `…#part`, its denominator `…#whole`, what its requirement is called `…#name`. */
export type Reference = { key: string; figure: string; requirement: string | null; part: "" | "part" | "whole" | "name" };
const reference = /^([a-z][a-z0-9.-]*)(?:@([0-9a-f-]{36}))?(?:#(part|whole|name))?$/;
/** What stands between the braces, or null where it is no reference at all. */
const referenceOf = (inside: string): Reference | null => {
  const found = reference.exec(inside.trim());
  if (found === null) return null;
  const [, figure = "", requirement, part] = found;
  return {
    key: requirement === undefined ? figure : `${figure}@${requirement}`,
    figure,
    requirement: requirement ?? null,
    part: part === "part" || part === "whole" || part === "name" ? part : "",
  };
};
const braces = /\{\{([^{}]*)\}\}/g;
type Piece = { is: "words"; text: string } | { is: "reference"; written: string; reference: Reference | null };
/** A text in its pieces. Braces that do not close are words, and `looseBraces` finds them. */
export const piecesOf = (written: string): Piece[] => {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of written.matchAll(braces)) {
    if (found.index > from) pieces.push({ is: "words", text: written.slice(from, found.index) });
    pieces.push({ is: "reference", written: found[0], reference: referenceOf(found[1] ?? "") });
    from = found.index + found[0].length;
  }
  if (from < written.length) pieces.push({ is: "words", text: written.slice(from) });
  return pieces;
};
/** Whether braces stand open: a reference that was half deleted. */
export const looseBraces = (written: string): boolean =>
  piecesOf(written).some((piece) => piece.is === "words" && /\{\{|\}\}/.test(piece.text));
/** What a template leaves to be written: 【请写：…】. */
const prompt = /^【请写：[^】]*】$/;
/** Words with what is left to be written as pieces of their own. */
const withPrompts = (piece: Piece): Piece[] =>
  piece.is === "words"
    ? piece.text
        .split(/(【请写：[^】]*】)/)
        .filter((part) => part !== "")
        .map((part) => ({ is: "words", text: part }))
    : [piece];
/** All that is left to be written, as the text asks for it. */
export const promptsOf = (blocks: readonly Block[]): string[] =>
  blocks.flatMap(({ text: written }) => [...written.matchAll(/【(请写：[^】]*)】/g)].flatMap((found) => found[1] ?? []));
/** The figures that a text names, each once, in the order of the text: that of the annex. */
export const referencesOf = (blocks: readonly Block[]): Reference[] => {
  const found = new Map<string, Reference>();
  for (const { text: written } of blocks)
    for (const piece of piecesOf(written))
      if (piece.is === "reference" && piece.reference !== null && !found.has(piece.reference.key))
        found.set(piece.reference.key, { ...piece.reference, part: "" });
  return [...found.values()];
};

/** Lines of a text box as blocks: the first keeps its kind, each further line is a paragraph of its own; nothing is no block. */
export const blocksOf = (boxes: readonly Block[]): Block[] =>
  boxes.flatMap(({ kind, text: written }) =>
    written
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== "")
      .map((line, at): Block => ({ kind: at === 0 ? kind : "p", text: line })),
  );

/** An entry by hand with what proves it: a file, or the signed statement that it was nothing. */
export type EnteredProof = { id: string; responsible: string; statement: string | null; file: { digest: string; name: string } | null };
/** What names a figure that is entered by hand: `entered.party-study`. */
export const enteredPrefix = "entered.";
/** The key of the thing that is entered, or null for a figure that is counted. */
export const enteredKey = (figure: string): string | null => (figure.startsWith(enteredPrefix) ? figure.slice(enteredPrefix.length) : null);
/** The page on which a thing is entered for a period. */
export const enteredPath = (key: string, from: Day, to: Day): string => `/admin/reports/entered/${key}?from=${from}&to=${to}`;
/** A figure of a report: its number in words, or that it is empty. */
export type Resolved = {
  key: string;
  figure: string;
  state: "counted" | "entered" | "empty";
  title: string;
  /** As the text says it: 45人, 98.2%; "" where it is empty. */
  number: string;
  /** Of a share: 54人 and 55人. */
  part: string;
  whole: string;
  /** Of a share: what its requirement is called. */
  name: string;
  value: number;
  total: number | null;
  measure: string;
  definition: string;
  scope: string;
  from: Day;
  to: Day;
  requirement: string | null;
  at: number;
  position: number | null;
  /** Where it comes from, in words. */
  origin: string;
  /** The page of its rows, or of its evidence; where it is empty, the page on which it can be entered or chosen. */
  path: string;
  /** Of what was entered: which entry, and what proves it. */
  entered: EnteredProof | null;
};
/** The page of a published figure's rows. */
export const frozenPath = (id: ReportId, n: number): string => `/admin/reports/${id}/figures/${n}`;
/** So many persons, as a text says it. */
export const peopleIn = (n: number): string => `${n}${text.measurePeople.zh}`;
/** A figure as it was published, in the shape of one measured now. */
export const asPublished = (row: Frozen): Resolved => ({
  key: row.key,
  figure: row.figure,
  state: row.source,
  title: row.title,
  number: row.number,
  part: row.whole === null ? "" : peopleIn(row.value),
  whole: row.whole === null ? "" : peopleIn(row.whole),
  name: "",
  value: row.value,
  total: row.whole,
  measure: row.measure,
  definition: row.definition,
  scope: row.scope,
  from: row.from,
  to: row.to,
  requirement: row.requirement,
  at: row.at,
  position: row.position,
  origin: row.origin,
  path: frozenPath(row.report, row.n),
  entered: null,
});
/** The numbers of a text, by figure: what is signed. */
export const numbersOf = (figures: readonly Resolved[]): Record<string, string> =>
  Object.fromEntries(figures.map(({ key, number, part, whole }) => [key, whole === "" ? number : `${number}（${part}÷${whole}）`]));
/** The figures whose numbers are not those that were signed. */
export const changedSince = (signed: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>): string[] =>
  [...new Set([...Object.keys(signed), ...Object.keys(now)])].filter((key) => signed[key] !== now[key]);

/** Where figures stand in a text, and what a reader is told of one that is empty. */
const runsOf = (written: string, lines: ReadonlyMap<string, { figure: Resolved; n: number }>): Run[] =>
  piecesOf(written)
    .flatMap(withPrompts)
    .map((piece): Run => {
      if (piece.is === "words") return { is: prompt.test(piece.text) ? "missing" : "words", text: piece.text };
      const found = piece.reference === null ? undefined : lines.get(piece.reference.key);
      if (found === undefined) return { is: "missing", text: missingWords(piece.written) };
      const { figure, n } = found;
      const { part } = piece.reference ?? { part: "" };
      const says = part === "" ? figure.number : figure[part];
      if (figure.state === "empty" || says === "") return { is: "missing", text: missingWords(figure.title) };
      return part === "name" ? { is: "words", text: says } : { is: "figure", text: says, n };
    });
/** 【缺：党委会学习】: documents are Chinese, whatever the reader's language. */
export const missingWords = (title: string): string => text.missing.zh.replace("{title}", title);

export type DocumentParts = {
  title: string;
  addressee: string;
  signer: string;
  from: Day;
  to: Day;
  blocks: readonly Block[];
};
const dayIn = (on: Day): string => {
  const [year = "", month = "", date = ""] = on.split("-");
  return `${year}年${Number(month)}月${Number(date)}日`;
};
/** A period in words: 2026年1月1日至2026年12月31日. */
export const periodIn = (from: Day, to: Day): string => `${dayIn(from)}至${dayIn(to)}`;
/** The document of a version and its figures. `digest`: of a figure's frozen rows, by its key. */
export const documentOf = (
  parts: DocumentParts,
  figures: readonly Resolved[],
  given: { signedOn: Day | null; moment: (at: number) => string; digest: (key: string) => string | null },
): ReportDocument => {
  const lines = new Map(figures.map((figure, at) => [figure.key, { figure, n: at + 1 }]));
  const blocks = parts.blocks.map(({ kind, text: written }): DocumentBlock => ({ kind, runs: runsOf(written, lines) }));
  const annex = figures.map((figure, at): AnnexLine => ({
    n: at + 1,
    title: figure.title,
    number: figure.state === "empty" ? missingWords(figure.title) : (numbersOf([figure])[figure.key] ?? ""),
    measure: figure.measure,
    definition: figure.definition,
    scope: figure.scope,
    period: periodIn(figure.from, figure.to),
    moment: figure.state === "empty" ? "" : given.moment(figure.at),
    source: figure.origin,
    digest: given.digest(figure.key),
  }));
  return {
    title: parts.title,
    to: parts.addressee,
    period: periodIn(parts.from, parts.to),
    blocks,
    signer: parts.signer,
    date: given.signedOn === null ? "" : dayIn(given.signedOn),
    annex,
  };
};

/** Who had a hand in a report so far. `drafters`: whoever wrote any version of it, or sent it on. */
export type Hands = { drafters: readonly PersonId[]; reviewedBy: PersonId | null; signedBy: PersonId | null };
/** Why a person may not take a step, or null: who drafted, who reviews and who signs are three persons. */
export const handProblem = (step: "review" | "sign" | "check", person: PersonId, hands: Hands): Words | null => {
  if (hands.drafters.includes(person)) return text.ownDraft;
  return step === "sign" && hands.reviewedBy === person ? text.ownReview : null;
};

/** The year before, where it is that which is reported on: reports are due in spring. */
export const yearReported = (today: Day): number => Number(today.slice(0, 4)) - (Number(today.slice(5, 7)) <= 6 ? 1 : 0);
/** The days of a calendar year. */
export const daysOfYear = (year: number): { from: Day; to: Day } => ({
  from: day.parse(`${year}-01-01`),
  to: day.parse(`${year}-12-31`),
});
/** What a state is called. */
export const stateWords: Record<ReportState, Words> = {
  draft: text.state_draft,
  review: text.state_review,
  sign: text.state_sign,
  check: text.state_check,
  freezing: text.state_freezing,
  published: text.state_published,
  withdrawn: text.state_withdrawn,
};
