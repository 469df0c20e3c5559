/** What exams calls things. */
import { bureau, everyone, permission, signal, verb, type Instant, type PersonId } from "#kernel";
import { text } from "./text.ts";

/** Seeing one's own exams and results. */
export const ownExams = permission("exams.own", { by: everyone });
/** Sitting one: a password must have been set (DESIGN.md, "Who"). */
export const sitExams = permission("exams.sit", { by: everyone, strong: true });
export const planExams = permission("exams.plan", { by: bureau });
/** The running sitting, candidates within the reach. */
export const watchExams = permission("exams.watch", { by: [...bureau, "proctor"] });
/** More time, breaks and large print: with a reason, not visible to proctors or others. */
export const accommodate = permission("exams.accommodate", { by: bureau });

export const sat = verb("sat", { iri: "http://adlnet.gov/expapi/verbs/completed", words: text.sat });
export const passed = verb("passed", { iri: "http://adlnet.gov/expapi/verbs/passed", words: text.passed });
export const excelled = verb("excelled", { iri: "http://adlnet.gov/expapi/verbs/mastered", words: text.excelled });

/** An attempt was graded and is recorded. Scores in hundredths of a point. */
export const attemptGraded = signal<{
  person: PersonId;
  exam: string;
  sitting: string;
  attempt: string;
  score: number;
  passed: boolean;
  excellent: boolean;
  at: Instant;
}>("attempt.graded");
