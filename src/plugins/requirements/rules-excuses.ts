/** Exemptions and deferrals: which kinds there are, whether they leave the denominators, and what must hold of one. Pure. */
import { z } from "zod";
import type { Day, Instant, PersonId, RequirementId, UnitId, Words } from "#kernel";
import { excuseText as text } from "./text-excuses.ts";

export const excuseWhats = ["exempt", "deferred"] as const;
export type ExcuseWhat = (typeof excuseWhats)[number];
/** All that a requirement asks, or its exam alone. */
export const excuseParts = ["all", "exam"] as const;
export type ExcusePart = (typeof excuseParts)[number];
/** 当年退休、长病、产假、出国、挂职、其他 (DOMAIN.md, "Who is who"). */
export const excuseKinds = ["retiring", "illness", "maternity", "abroad", "posted", "other"] as const;
export type ExcuseKind = (typeof excuseKinds)[number];
export const excuseStates = ["asked", "approved", "refused", "withdrawn"] as const;
export type ExcuseState = (typeof excuseStates)[number];

export const kindWords: Readonly<Record<ExcuseKind, Words>> = {
  retiring: text.retiring,
  illness: text.illness,
  maternity: text.maternity,
  abroad: text.abroad,
  posted: text.posted,
  other: text.other,
};
export const stateWords: Readonly<Record<ExcuseState, Words>> = {
  asked: text.asked,
  approved: text.approved,
  refused: text.refused,
  withdrawn: text.withdrawn,
};
/** 免考、免学、缓考: how it is called of what it excuses from. */
export const whatWords = (what: ExcuseWhat, of: "exam" | "study" | "all"): Words => {
  if (what === "deferred") return of === "exam" ? text.deferredExam : of === "study" ? text.deferredStudy : text.deferred;
  return of === "exam" ? text.exemptExam : of === "study" ? text.exemptStudy : text.exempt;
};

/** How an assignment is excused, if it is. */
export type Excusal = { excuse: ExcuseWhat | null; excuseKind: ExcuseKind | null };
/** Whether it is still to be done. */
export const isOpen = (due: { done: number; excuse: ExcuseWhat | null }): boolean => due.done === 0 && due.excuse !== "exempt";

/** Of a year: the kinds whose exemption leaves the denominators, and whether a deferral does. */
export const leavingSchema = z.object({ exempt: z.array(z.enum(excuseKinds)), deferred: z.boolean() });
export type Leaving = z.infer<typeof leavingSchema>;
export const usualLeaving: Leaving = { exempt: excuseKinds.filter((kind) => kind !== "other"), deferred: false };
/** Whether an excuse takes the person out of the denominators, by the setting of its year. */
export const leavesBy = (leaving: Leaving, { what, kind }: { what: ExcuseWhat; kind: ExcuseKind }): boolean =>
  what === "deferred" ? leaving.deferred : leaving.exempt.includes(kind);

/** What somebody owes by a requirement at a unit, as far as an excuse must fit it. */
export type Asks = { asksStudy: number; asksExam: number; due: Day };
export type Given = { what: ExcuseWhat; of: ExcusePart; from: Day; until?: Day | undefined; due?: Day | undefined };
/** What is wrong with what is asked for: the field and the words; null where nothing is. */
export const excuseProblem = (given: Given, owed: Asks, today: Day): { field: string; words: Words } | null => {
  if (given.until !== undefined && given.until < given.from) return { field: "until", words: text.reversed };
  if (given.of === "exam" && owed.asksExam === 0) return { field: "of", words: text.noExam };
  if (given.what === "exempt") return given.due === undefined ? null : { field: "due", words: text.dueOfExempt };
  if (given.due === undefined) return { field: "due", words: text.dueNeeded };
  return given.due <= owed.due || given.due < today ? { field: "due", words: text.dueTooEarly } : null;
};
type Owing = { requirement: RequirementId; person: PersonId; unit: UnitId };
/** What is asked for of somebody, by whom and when, and not decided on yet. */
export const asked = (owed: Owing, given: Given & { kind: ExcuseKind; note: string }, by: PersonId, at: Instant) =>
  ({
    requirement: owed.requirement,
    person: owed.person,
    unit: owed.unit,
    what: given.what,
    of: given.of,
    kind: given.kind,
    from: given.from,
    until: given.until ?? null,
    due: given.due ?? null,
    note: given.note,
    state: "asked",
    askedBy: by,
    askedAt: at,
    decidedBy: null,
    decidedAt: null,
    reason: null,
    withdrawnBy: null,
    withdrawnAt: null,
    withdrawnReason: null,
    leaves: false,
    record: null,
  }) as const;
