/** What courses call things. */
import { everyone, permission, signal, verb, type Instant, type PersonId } from "#kernel";
import { text } from "./text.ts";

/** Studying: one's own courses, lessons and cases. */
export const study = permission("courses.study", { by: everyone });
/** Seeing what is there and what a changed statute flagged; saying that it still holds. */
export const keepCourses = permission("courses.keep", { by: ["author", "administrator"] });

/** A lesson read and its check questions answered right. Object: `lesson`, `course/lesson`. */
export const studied = verb("studied", { iri: "http://adlnet.gov/expapi/verbs/progressed", words: text.studied });
/** A case gone through to one of its endings. Object: `case`, `course/case`. */
export const decided = verb("decided", { iri: "http://adlnet.gov/expapi/verbs/experienced", words: text.decided });
/** All lessons and cases of a course. Object: `course`. Its seconds are the declared hours (classes of 45 minutes). */
export const completed = verb("completed", { iri: "http://adlnet.gov/expapi/verbs/completed", words: text.completed });

/** A person has completed a course, in whichever round. */
export const courseCompleted = signal<{ person: PersonId; course: string; at: Instant }>("course.completed");
