/** Whom a requirement hits. Pure. */
import type { Day, Post, UnitKind } from "#kernel";

export type Rule = { kinds: readonly UnitKind[] | null; posts: readonly Post[] | null; roster: boolean; from: Day; due: Day };
export type Candidate = { kind: UnitKind; open: boolean; post: Post; onRoster: boolean };

/** Whether a position that holds is hit: its unit open and of the kinds, its post among the posts, the person on the roster where asked. */
export const hits = (rule: Rule, candidate: Candidate): boolean =>
  candidate.open &&
  (rule.kinds === null || rule.kinds.includes(candidate.kind)) &&
  (rule.posts === null || rule.posts.includes(candidate.post)) &&
  (!rule.roster || candidate.onRoster);

/** The verb that fulfils what is due: a course by completing it, an exam by passing it. */
export const verbThatFulfils = { course: "completed", exam: "passed" } as const;
