/** The first figures: a filter each, which makes the number and its rows. */
import { count, distinct, share } from "#kernel";
import { certificateRevoked, certified } from "#plugins/certificates";
import { completed, studied } from "#plugins/courses";
import { sat } from "#plugins/exams";
import { text } from "./text.ts";

const words = (title: keyof typeof text, definition: keyof typeof text) => ({ title: text[title], definition: text[definition] });

const lessonsStudied = count("reports.lessons-studied", {
  words: words("lessonsStudied", "lessonsStudiedDef"),
  measure: "times",
  verb: studied,
  objectKind: "lesson",
});
const coursesCompleted = count("reports.courses-completed", {
  words: words("coursesCompleted", "coursesCompletedDef"),
  measure: "times",
  verb: completed,
  objectKind: "course",
});
const learners = distinct("reports.learners", {
  words: words("learners", "learnersDef"),
  measure: "people",
  of: "person",
  verb: completed,
  objectKind: "course",
});
const courseRate = share("reports.course-rate", { words: words("courseRate", "courseRateDef"), slot: "study", part: "part", of: "whole" });
const examsSat = count("reports.exams-sat", { words: words("examsSat", "examsSatDef"), measure: "times", verb: sat, objectKind: "exam" });
const candidates = distinct("reports.candidates", {
  words: words("candidates", "candidatesDef"),
  measure: "people",
  of: "person",
  verb: sat,
  objectKind: "exam",
});
const unitsSat = distinct("reports.units-sat", {
  words: words("unitsSat", "unitsSatDef"),
  measure: "units",
  of: "unit",
  verb: sat,
  objectKind: "exam",
});
const passRate = share("reports.pass-rate", { words: words("passRate", "passRateDef"), slot: "exam", part: "part", of: "whole" });
const certificatesIssued = count("reports.certificates-issued", {
  words: words("certificatesIssued", "certificatesIssuedDef"),
  measure: "copies",
  verb: certified,
  objectKind: "certificate",
});
const certificatesRevoked = count("reports.certificates-revoked", {
  words: words("certificatesRevoked", "certificatesRevokedDef"),
  measure: "copies",
  verb: certificateRevoked,
  objectKind: "certificate",
});

/** The sections of the yearly figures. */
export const sections = [
  { title: text.s1, figures: [lessonsStudied, coursesCompleted, learners, courseRate] },
  { title: text.s2, figures: [examsSat, candidates, unitsSat, passRate] },
  { title: text.s3, figures: [certificatesIssued, certificatesRevoked] },
] as const;
export const figures = sections.flatMap((section) => [...section.figures]);
