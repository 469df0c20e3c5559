/** The figures that are counted: a filter each, which makes the number and its rows. */
import { count, distinct } from "#kernel";
import { certificateRevoked, certified } from "#plugins/certificates";
import { completed, decided, studied } from "#plugins/courses";
import { excelled, passed, sat } from "#plugins/exams";
import {
  deferredPeople,
  excellentRate,
  exemptAbroad,
  exempted,
  exemptIllness,
  exemptMaternity,
  exemptOther,
  exemptPosted,
  exemptRetiring,
  passedRate,
  passOfDue,
  reminders,
  satRate,
  studiedRate,
} from "#plugins/requirements";
import { figureText } from "./text-figures.ts";
import { text } from "./text.ts";

const words = (title: keyof typeof text, definition: keyof typeof text) => ({ title: text[title], definition: text[definition] });

const of = (title: keyof typeof figureText, definition: keyof typeof figureText) => ({
  title: figureText[title],
  definition: figureText[definition],
});
/* What is counted: records of a verb on one kind of object. */
const lesson = { verb: studied, objectKind: "lesson" } as const;
const course = { verb: completed, objectKind: "course" } as const;
const story = { verb: decided, objectKind: "case" } as const;
const sitting = { verb: sat, objectKind: "exam" } as const;
const passing = { verb: passed, objectKind: "exam" } as const;
const excelling = { verb: excelled, objectKind: "exam" } as const;
const certificate = { verb: certified, objectKind: "certificate" } as const;

const lessonsStudied = count("reports.lessons-studied", {
  words: words("lessonsStudied", "lessonsStudiedDef"),
  measure: "times",
  ...lesson,
});
const coursesCompleted = count("reports.courses-completed", {
  words: words("coursesCompleted", "coursesCompletedDef"),
  measure: "times",
  ...course,
});
const learners = distinct("reports.learners", { words: words("learners", "learnersDef"), measure: "people", of: "person", ...course });
const examsSat = count("reports.exams-sat", { words: words("examsSat", "examsSatDef"), measure: "times", verb: sat, objectKind: "exam" });
const candidates = distinct("reports.candidates", {
  words: words("candidates", "candidatesDef"),
  measure: "people",
  of: "person",
  ...sitting,
});
const unitsSat = distinct("reports.units-sat", { words: words("unitsSat", "unitsSatDef"), measure: "units", of: "unit", ...sitting });
const certificatesIssued = count("reports.certificates-issued", {
  words: words("certificatesIssued", "certificatesIssuedDef"),
  measure: "copies",
  ...certificate,
});
const certificatesRevoked = count("reports.certificates-revoked", {
  words: words("certificatesRevoked", "certificatesRevokedDef"),
  measure: "copies",
  verb: certificateRevoked,
  objectKind: "certificate",
});

const lessonLearners = distinct("reports.lesson-learners", {
  words: of("lessonLearners", "lessonLearnersDef"),
  measure: "people",
  of: "person",
  ...lesson,
});
const learningUnits = distinct("reports.learning-units", {
  words: of("learningUnits", "learningUnitsDef"),
  measure: "units",
  of: "unit",
  ...course,
});
const casesDecided = count("reports.cases-decided", { words: of("casesDecided", "casesDecidedDef"), measure: "times", ...story });
const casePeople = distinct("reports.case-people", { words: of("casePeople", "casePeopleDef"), measure: "people", of: "person", ...story });
const officeLearners = distinct("reports.office-learners", {
  words: of("officeLearners", "officeLearnersDef"),
  measure: "people",
  of: "person",
  ...course,
  only: { kinds: ["office"] },
});
const enforcersTrained = distinct("reports.enforcers-trained", {
  words: of("enforcersTrained", "enforcersTrainedDef"),
  measure: "people",
  of: "person",
  ...course,
  only: { posts: ["enforcement"] },
});
const teachersTrained = distinct("reports.teachers-trained", {
  words: of("teachersTrained", "teachersTrainedDef"),
  measure: "people",
  of: "person",
  ...course,
  only: { posts: ["teaching"] },
});
const headsTrained = distinct("reports.heads-trained", {
  words: of("headsTrained", "headsTrainedDef"),
  measure: "people",
  of: "person",
  ...course,
  only: { posts: ["principal"] },
});
const headUnits = distinct("reports.head-units", {
  words: of("headUnits", "headUnitsDef"),
  measure: "units",
  of: "unit",
  ...course,
  only: { posts: ["principal"] },
});
const institutionHeads = distinct("reports.institution-heads", {
  words: of("institutionHeads", "institutionHeadsDef"),
  measure: "people",
  of: "person",
  ...course,
  only: { kinds: ["training", "adult"], posts: ["principal"] },
});
const institutionsTrained = distinct("reports.institutions-trained", {
  words: of("institutionsTrained", "institutionsTrainedDef"),
  measure: "units",
  of: "unit",
  ...course,
  only: { kinds: ["training", "adult"], posts: ["principal"] },
});
const newPrivate = distinct("reports.new-private-trained", {
  words: of("newPrivate", "newPrivateDef"),
  measure: "units",
  of: "unit",
  ...course,
  only: { kinds: ["private-school", "private-kindergarten", "training"], posts: ["principal"] },
  founded: true,
});
const examsPassed = count("reports.exams-passed", { words: of("examsPassed", "examsPassedDef"), measure: "times", ...passing });
const passers = distinct("reports.passers", { words: of("passers", "passersDef"), measure: "people", of: "person", ...passing });
const excellentPeople = distinct("reports.excellent", {
  words: of("excellentPeople", "excellentPeopleDef"),
  measure: "people",
  of: "person",
  ...excelling,
});
const unitsPassed = distinct("reports.units-passed", {
  words: of("unitsPassed", "unitsPassedDef"),
  measure: "units",
  of: "unit",
  ...passing,
});
const headsPassed = distinct("reports.heads-passed", {
  words: of("headsPassed", "headsPassedDef"),
  measure: "people",
  of: "person",
  ...passing,
  only: { posts: ["principal"] },
});
const certificateHolders = distinct("reports.certificate-holders", {
  words: of("certificateHolders", "certificateHoldersDef"),
  measure: "people",
  of: "person",
  ...certificate,
});
const certificateUnits = distinct("reports.certificate-units", {
  words: of("certificateUnits", "certificateUnitsDef"),
  measure: "units",
  of: "unit",
  ...certificate,
});
const outsideSat = count("reports.outside-sat", {
  words: of("outsideSat", "outsideSatDef"),
  measure: "times",
  ...sitting,
  only: { source: "external" },
});
const outsidePeople = distinct("reports.outside-people", {
  words: of("outsidePeople", "outsidePeopleDef"),
  measure: "people",
  of: "person",
  ...sitting,
  only: { source: "external" },
});
const outsidePassers = distinct("reports.outside-passers", {
  words: of("outsidePassers", "outsidePassersDef"),
  measure: "people",
  of: "person",
  ...passing,
  only: { source: "external" },
});
const outsideCourses = distinct("reports.outside-courses", {
  words: of("outsideCourses", "outsideCoursesDef"),
  measure: "people",
  of: "person",
  ...course,
  only: { source: "external" },
});

/** The sections of the yearly figures. */
export const sections = [
  {
    title: text.s1,
    figures: [lessonsStudied, lessonLearners, coursesCompleted, learners, learningUnits, casesDecided, casePeople, studiedRate],
  },
  {
    title: figureText.sWho,
    figures: [
      officeLearners,
      enforcersTrained,
      teachersTrained,
      headsTrained,
      headUnits,
      institutionHeads,
      institutionsTrained,
      newPrivate,
    ],
  },
  {
    title: text.s2,
    figures: [
      examsSat,
      candidates,
      unitsSat,
      examsPassed,
      passers,
      unitsPassed,
      excellentPeople,
      headsPassed,
      satRate,
      passedRate,
      excellentRate,
      passOfDue,
    ],
  },
  { title: text.s3, figures: [certificatesIssued, certificateHolders, certificateUnits, certificatesRevoked] },
  { title: figureText.s4, figures: [outsideSat, outsidePeople, outsidePassers, outsideCourses] },
  {
    title: figureText.s5,
    figures: [exempted, exemptRetiring, exemptIllness, exemptMaternity, exemptAbroad, exemptPosted, exemptOther, deferredPeople, reminders],
  },
] as const;
/** Those that are its own: the rates of a requirement are its plugin's. */
export const figures = sections.flatMap((section) => section.figures.filter((figure) => figure.id.startsWith("reports.")));

/** What a breakdown of people shows, and one of lessons, the first of which orders it. */
export const byPerson = [
  lessonLearners.id,
  learners.id,
  candidates.id,
  passers.id,
  excellentPeople.id,
  certificateHolders.id,
  examsSat.id,
  certificatesIssued.id,
] as const;
export const byLesson = ["courses.wrong-at-first", lessonsStudied.id] as const;
