/** Decisions of exams: windows, deadlines, eligibility, results. Pure; time is an argument. Points are hundredths. */
import { clock, dayOf, type Instant, type Words } from "#kernel";
import type { Line } from "./schema.ts";
import { text } from "./text.ts";

/** The honesty pledge that is asked for now. */
export const pledge: Words = text.pledgeText;
/** All pledges, the first being version 1. Words that somebody gave are never edited: new ones are added at the end. */
export const pledges: readonly Words[] = [pledge];
/** The version that is asked for now. */
export const pledgeVersion = pledges.length;

/** Points as the API has them, in the hundredths of the store. */
export const hundredths = (points: number): number => Math.round(points * 100);
const minute = 60_000;

/**
 * The instant of a wall-clock time (`2026-12-01T09:00`) in a zone. A time that a clock change skips is taken as if the
 * clock had not been changed; one that it repeats, as the first or the second, but always the same.
 */
export const instantIn = (local: string, zone: string): Instant => {
  const naive = Date.parse(`${local}:00Z`);
  let guess = naive;
  for (let round = 0; round < 4; round++) {
    const next = naive - (Date.parse(`${dayOf(guess, zone)}T${clock(guess, zone)}Z`) - guess);
    if (next === guess) break;
    guess = next;
  }
  return guess;
};
/** The wall-clock time of an instant, for a form's field. */
export const localIn = (at: Instant, zone: string): string => `${dayOf(at, zone)}T${clock(at, zone).slice(0, 5)}`;

/** What of a sitting decides about time. */
export type Window = { opensAt: Instant; closesAt: Instant; minutes: number };
/** A sitting takes new attempts from its opening up to, not including, its close. */
export const isOpen = (w: Window, now: Instant): boolean => w.opensAt <= now && now < w.closesAt;
/**
 * When an attempt that starts now is over: after the candidate's time, at the latest when the sitting closes; whoever has
 * more time keeps what is beyond the others' also after the close.
 */
export const deadlineOf = (w: Window, startedAt: Instant, percent: number): Instant => {
  const own = Math.round((w.minutes * minute * percent) / 100);
  return Math.min(startedAt + own, w.closesAt + own - w.minutes * minute);
};
/** How many rooms a sitting gets: enough for all who are due, with room to spare. */
export const shardsFor = (due: number): number => Math.max(1, Math.ceil((due / 500) * 1.5));

/** What stands between a person and a start, in words. */
export type Barrier = { words: Words; facts: Record<string, string | number> };
/** The first thing that stands in the way, or null. `missing`: titles of courses not completed. */
export const barrierOf = (
  w: Window & { tries: number },
  candidate: { used: number; missing: readonly string[] },
  now: Instant,
  wordsOf: (at: Instant) => string,
): Barrier | null => {
  if (now < w.opensAt) return { words: text["not-yet"], facts: { opens: wordsOf(w.opensAt) } };
  if (now >= w.closesAt) return { words: text.closed, facts: { closes: wordsOf(w.closesAt) } };
  if (candidate.missing.length > 0) return { words: text["courses-first"], facts: { courses: candidate.missing.join("、") } };
  if (candidate.used >= w.tries) return { words: text["no-tries"], facts: { tries: w.tries } };
  return null;
};

/** Lines of a sitting; no line of excellence: null. */
export type Lines = { pass: number; excellent: number | null };
/** Passed and excellent: at the line is over it. */
export const verdictOf = (lines: Lines, score: number): { passed: boolean; excellent: boolean } => ({
  passed: score >= lines.pass,
  excellent: score >= lines.pass && lines.excellent !== null && score >= lines.excellent,
});
/** The attempt that counts: the best (of equals the first), or the last. Attempts in order of their number. */
export const counting = <A extends { score: number | null }>(counts: "best" | "last", attempts: readonly A[]): A | undefined => {
  const graded = attempts.filter((a) => a.score !== null);
  if (counts === "last") return graded.at(-1);
  return graded.reduce<A | undefined>((best, a) => (best === undefined || (a.score ?? 0) > (best.score ?? 0) ? a : best), undefined);
};

/**
 * What a person's newly graded tries at a sitting do to the certificate: where the best counts, a better pass than what is
 * held earns one; where the last counts, a last pass earns one, and a last failure takes back what an earlier try at this very
 * sitting earned (`here`). What is earned replaces what is held.
 */
export const certificateAfter = <A extends { n: number; score: number; passed: boolean }>(
  counts: "best" | "last",
  held: { score: number; here: boolean } | undefined,
  tries: readonly A[],
): { earns: A | null; loses: A | null } => {
  const ordered = tries.toSorted((a, b) => a.n - b.n);
  const last = ordered.at(-1) ?? null;
  if (counts === "last")
    return last?.passed === true ? { earns: last, loses: null } : { earns: null, loses: held?.here === true ? last : null };
  const best = counting(
    "best",
    ordered.filter((a) => a.passed),
  );
  return { earns: best && best.score > (held?.score ?? -1) ? best : null, loses: null };
};

/** How many questions a paper has, and its points. */
export const totalOf = (blueprint: readonly Pick<Line, "count" | "points">[]): { count: number; points: number } => ({
  count: blueprint.reduce((sum, line) => sum + line.count, 0),
  points: blueprint.reduce((sum, line) => sum + line.count * line.points, 0),
});
/** Whether no question could stand on two lines: a topic and type once, or once for each difficulty. */
export const isDisjoint = (blueprint: readonly Pick<Line, "topic" | "type" | "difficulty">[]): boolean => {
  const seen = new Map<string, Set<number>>();
  for (const { topic, type, difficulty } of blueprint) {
    const key = JSON.stringify([topic, type]);
    const open = seen.get(key) ?? new Set<number>();
    // 0 stands for any difficulty, which meets each of the others.
    if (open.has(0) || (difficulty === undefined && open.size > 0) || open.has(difficulty ?? 0)) return false;
    seen.set(key, open.add(difficulty ?? 0));
  }
  return true;
};

/** Nothing of a paper, what was answered, that with right and wrong, or all of it with key and explanations. */
export type Shows = "nothing" | "answers" | "marks" | "all";
/**
 * What of a review may be shown now. The key is for whoever cannot use it any more: who has passed or used the last try, and
 * has none under way; and for all once the sitting has closed.
 */
export const reviewShows = (
  { review, closesAt, tries }: { review: { when: "never" | "submitted" | "closed"; key: boolean }; closesAt: Instant; tries: number },
  attempts: readonly { state: "running" | "graded"; passed: boolean | null }[],
  now: Instant,
): Shows => {
  const closed = now >= closesAt;
  if (review.when === "never" || (review.when === "closed" && !closed)) return "nothing";
  if (!review.key) return "answers";
  const runs = attempts.some((a) => a.state === "running");
  const through = attempts.length >= tries || attempts.some((a) => a.passed === true);
  return !runs && (closed || through) ? "all" : "marks";
};

/** After this long without a word an attempt counts as silent. */
export const silentAfter = minute;
/** How long rooms keep attempts. */
export const keptFor = 400 * 86_400_000;
