/** What a result from outside means: which exam or course, whether the score fits, and what the ledger is to say of it. Points are hundredths. */
import type { Day, PersonId, PositionId, RecordId, UnitId } from "#kernel";
import type { Candidate } from "#plugins/people";
import type { z } from "zod";

export type ImportId = string & z.core.$brand<"OutsideImportId">;
/** Data rows found, and the four that add up to them. */
export type Counts = { rows: number; new: number; changed: number; unchanged: number; refused: number };

/** Why a row is refused, or asked about; each has words in the catalogue under this name. */
export type RowCode =
  | "missing"
  | "badName"
  | "badYear"
  | "badDay"
  | "badResult"
  | "future"
  | "yearDiffers"
  | "notTaken"
  | "tooHigh"
  | "noScore"
  | "needsScore"
  | "courseResult"
  | "nobody"
  | "unitUnknown"
  | "who"
  | "notThere"
  | "what"
  | "twice"
  | "otherScore"
  | "moved";
/** Where it is wrong: the field, what stands there, and facts for the words. */
export type RowProblem = {
  code: RowCode;
  field: string;
  value: string;
  facts?: Record<string, string>;
  candidates?: Candidate[];
};

export const verbs = ["sat", "passed", "excelled", "completed"] as const;
export type VerbId = (typeof verbs)[number];
/** What the ledger is to say. */
export type Fact = { verb: VerbId; score: number | null };
/** What it says: records of evidence that stand. */
export type Standing = Fact & { id: RecordId; evidence: string; unit: UnitId | null; position: PositionId | null };
/** What a row writes, under ids that are known before, and what stood there when it was checked. */
export type Plan = {
  person: PersonId;
  kind: "exam" | "course";
  object: string;
  day: Day;
  facts: Fact[];
  before: Standing[];
  ids: Record<VerbId, RecordId>;
};

/** What a result cell says; "none": the person did not take part. */
export type Result =
  | { is: "score"; points: number }
  | { is: "grade"; grade: "failed" | "passed" | "excelled" }
  | { is: "done" }
  | { is: "none" };
const grades: readonly (readonly [RegExp, Result])[] = [
  [
    /^(?:缺考|缓考|免考|免学|免试|旷考|弃考|未考|未参考|未参加|没参加|未参学|未学|请假|未完成|没完成|未开始|学习中|否|[-—–－/\\×xX]+|无|absent)$/,
    { is: "none" },
  ],
  [/^(?:已?完成|已?学完|已学|是|[√✓]|done|completed)$/i, { is: "done" }],
  [/^(?:优秀|优)$/, { is: "grade", grade: "excelled" }],
  [/^(?:合格|及格|通过|良好|良|pass(?:ed)?)$/i, { is: "grade", grade: "passed" }],
  [/^(?:不合格|不及格|未通过|没通过|fail(?:ed)?)$/i, { is: "grade", grade: "failed" }],
];
/** A result as written: a score (85, 85.5, 85分), 完成 or 未完成, a grade, or a word that says that nobody sat; null: none of these. */
export const resultOf = (typed: string): Result | null => {
  const plain = typed.normalize("NFKC").replace(/\s/g, "");
  const named = grades.find(([shape]) => shape.test(plain));
  if (named) return named[1];
  const number = /^(\d{1,5}(?:\.\d{1,6})?)分?$/.exec(plain)?.[1];
  // Two digits behind the point; a spreadsheet may write 85.5 as 85.50000.
  const points = number === undefined ? null : Math.round(Number(number) * 100);
  return points === null || Math.abs(points / 100 - Number(number)) > 1e-9 ? null : { is: "score", points };
};
/** A year as written: 2026, 2026年, 2026年度. */
export const yearOf = (typed: string): number | null => {
  const found = /^(20\d{2})(?:年度?)?(?:\.0)?$/.exec(typed.normalize("NFKC").replace(/\s/g, ""))?.[1];
  return found === undefined ? null : Number(found);
};

/** What results may be of. No `total`: 完成/未完成 only; no `pass`: nobody can say who passed. */
export type Target = {
  kind: "exam" | "course";
  id: string;
  title: string;
  origin: "own" | "external";
  year: number | null;
  total: number | null;
  pass: number | null;
  excellent: number | null;
};
/** A title in one spelling: half-width, without spaces, quotes and brackets. */
export const titleKey = (title: string): string =>
  title
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s《》〈〉“”"'‘’()（）\-—·]/g, "");
const withoutYear = (key: string): string => key.replace(/^20\d{2}年?度?/, "");
/** What the answers of an import call a name. */
export const whatKey = (year: number, name: string): string => `${year}|${titleKey(name)}`;
/** What a name means in a year: by its whole title, else by the title without a year in front; null: nothing, or several. */
export const targetOf = (name: string, year: number, targets: readonly Target[]): Target | null => {
  const key = titleKey(name);
  if (key === "") return null;
  const ofYear = targets.filter((t) => t.year === null || t.year === year);
  const exact = ofYear.filter((t) => titleKey(t.title) === key);
  const near = ofYear.filter((t) => {
    const title = titleKey(t.title);
    // One of ours has its year in the title alone.
    const saysYear = t.year !== null || title === withoutYear(title) || title.startsWith(String(year));
    return saysYear && withoutYear(title) === withoutYear(key) && (key === withoutYear(key) || key.startsWith(String(year)));
  });
  const [one, more] = exact.length > 0 ? exact : near;
  return one === undefined || more !== undefined ? null : one;
};

/** What the ledger is to say of a result, or why it cannot be one. */
export const factsOf = (target: Target, result: Result): Fact[] | { code: RowCode; facts?: Record<string, string> } => {
  if (result.is === "none") return { code: "notTaken" };
  if (target.kind === "course")
    return result.is === "done" || (result.is === "grade" && result.grade !== "failed")
      ? [{ verb: "completed", score: null }]
      : { code: "courseResult" };
  const facts = (score: number | null, passed: boolean, excelled: boolean): Fact[] => [
    { verb: "sat", score },
    ...(passed ? [{ verb: "passed", score } as const] : []),
    ...(passed && excelled ? [{ verb: "excelled", score } as const] : []),
  ];
  if (target.total === null) {
    if (result.is === "score") return { code: "noScore" };
    return facts(null, result.is === "done" || result.grade !== "failed", false);
  }
  if (result.is === "done") return { code: "needsScore" };
  if (result.is === "grade") return facts(null, result.grade !== "failed", result.grade === "excelled");
  if (result.points > target.total) return { code: "tooHigh", facts: { total: String(target.total / 100) } };
  return facts(
    result.points,
    target.pass !== null && result.points >= target.pass,
    target.excellent !== null && result.points >= target.excellent,
  );
};
/** Whether the ledger says just this already. */
export const saysSame = (standing: readonly Fact[], facts: readonly Fact[]): boolean =>
  standing.length === facts.length && facts.every((f) => standing.some((s) => s.verb === f.verb && s.score === f.score));
/** Whether the same records stand as did before. */
export const isUntouched = (standing: readonly Standing[], before: readonly Standing[]): boolean =>
  standing.length === before.length && standing.every((s) => before.some((b) => b.id === s.id));

/** A fact to be written: a new one, one that corrects a record, or one that voids it. */
export type Move = { fact: Fact; evidence: string; corrects: Standing | null; void: boolean };
/** From what stands to what is to stand. */
export const movesTo = (standing: readonly Standing[], facts: readonly (Fact & { evidence: string })[]): Move[] =>
  verbs.flatMap((verb): Move[] => {
    const [is, shall] = [standing.find((s) => s.verb === verb) ?? null, facts.find((f) => f.verb === verb) ?? null];
    if (shall === null) return is === null ? [] : [{ fact: is, evidence: is.evidence, corrects: is, void: true }];
    return is !== null && is.score === shall.score ? [] : [{ fact: shall, evidence: shall.evidence, corrects: is, void: false }];
  });
