/** The first figures: a filter each, which makes the number and its rows. */
import { count, distinct } from "#kernel";
import { certificateRevoked, certified } from "#plugins/certificates";
import { completed, studied } from "#plugins/courses";
import { sat } from "#plugins/exams";
import { excellentRate, passedRate, passOfDue, satRate, studiedRate } from "#plugins/requirements";
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
  { title: text.s1, figures: [lessonsStudied, coursesCompleted, learners, studiedRate] },
  { title: text.s2, figures: [examsSat, candidates, unitsSat, satRate, passedRate, excellentRate, passOfDue] },
  { title: text.s3, figures: [certificatesIssued, certificatesRevoked] },
] as const;
/** Those that are its own: the rates of a requirement are its plugin's. */
export const figures = sections.flatMap((section) => section.figures.filter((figure) => figure.id.startsWith("reports.")));
