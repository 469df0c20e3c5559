/** The things of a year that no plugin counts: each can be entered by hand. One list, in the order of a report. */
import type { Words } from "#kernel";
import type { enteredMeasures } from "./schema.ts";
import { enterableText as text } from "./text-enterable.ts";

export type EnteredMeasure = (typeof enteredMeasures)[number];
export type Enterable = { readonly key: string; readonly measure: EnteredMeasure; readonly title: Words; readonly definition: Words };
const thing = (key: string, measure: EnteredMeasure, title: Words, definition: Words): Enterable => ({ key, measure, title, definition });

export const enterableGroups = [
  {
    title: text.groupLeaders,
    things: [
      thing("party-study", "times", text.partyStudy, text.partyStudyDef),
      thing("executive-study", "times", text.executiveStudy, text.executiveStudyDef),
      thing("centre-group", "times", text.centreGroup, text.centreGroupDef),
      thing("leader-lectures", "times", text.leaderLectures, text.leaderLecturesDef),
      thing("leaders-report", "people", text.leadersReport, text.leadersReportDef),
    ],
  },
  {
    title: text.groupStaff,
    things: [
      thing("branch-study", "times", text.branchStudy, text.branchStudyDef),
      thing("staff-training", "sessions", text.staffTraining, text.staffTrainingDef),
      thing("court-visits", "times", text.courtVisits, text.courtVisitsDef),
      thing("court-visitors", "attendances", text.courtVisitors, text.courtVisitorsDef),
    ],
  },
  {
    title: text.groupSociety,
    things: [
      thing("lectures", "sessions", text.lectures, text.lecturesDef),
      thing("lecture-attendances", "attendances", text.lectureAttendances, text.lectureAttendancesDef),
      thing("lecture-units", "units", text.lectureUnits, text.lectureUnitsDef),
      thing("institution-meetings", "sessions", text.institutionMeetings, text.institutionMeetingsDef),
      thing("institution-meeting-units", "units", text.institutionMeetingUnits, text.institutionMeetingUnitsDef),
      thing("one-to-one", "units", text.oneToOne, text.oneToOneDef),
      thing("cases-explained", "times", text.casesExplained, text.casesExplainedDef),
      thing("works", "cases", text.works, text.worksDef),
    ],
  },
  {
    title: text.groupCampus,
    things: [
      thing("campus-first-lesson", "sessions", text.campusFirstLesson, text.campusFirstLessonDef),
      thing("campus-national-security", "sessions", text.campusNationalSecurity, text.campusNationalSecurityDef),
      thing("campus-safety-week", "sessions", text.campusSafetyWeek, text.campusSafetyWeekDef),
      thing("campus-disaster-week", "sessions", text.campusDisasterWeek, text.campusDisasterWeekDef),
      thing("campus-civil-code", "sessions", text.campusCivilCode, text.campusCivilCodeDef),
      thing("campus-safety-month", "sessions", text.campusSafetyMonth, text.campusSafetyMonthDef),
      thing("campus-anti-drug", "sessions", text.campusAntiDrug, text.campusAntiDrugDef),
      thing("campus-fire-day", "sessions", text.campusFireDay, text.campusFireDayDef),
      thing("campus-constitution-week", "sessions", text.campusConstitutionWeek, text.campusConstitutionWeekDef),
      thing("vice-principals", "people", text.vicePrincipals, text.vicePrincipalsDef),
      thing("vice-principal-schools", "units", text.vicePrincipalSchools, text.vicePrincipalSchoolsDef),
      thing("vice-principal-lessons", "lessons", text.vicePrincipalLessons, text.vicePrincipalLessonsDef),
    ],
  },
  {
    title: text.groupEnforcement,
    things: [
      thing("permits-gained", "people", text.permitsGained, text.permitsGainedDef),
      thing("permits-cancelled", "people", text.permitsCancelled, text.permitsCancelledDef),
      thing("permit-holders", "people", text.permitHolders, text.permitHoldersDef),
      thing("inspections", "times", text.inspections, text.inspectionsDef),
      thing("corrections-ordered", "cases", text.correctionsOrdered, text.correctionsOrderedDef),
      thing("penalties", "cases", text.penalties, text.penaltiesDef),
      thing("legal-reviews", "cases", text.legalReviews, text.legalReviewsDef),
    ],
  },
  {
    title: text.groupOpenness,
    things: [
      thing("disclosures", "cases", text.disclosures, text.disclosuresDef),
      thing("proposals-handled", "cases", text.proposalsHandled, text.proposalsHandledDef),
      thing("proposals-led", "cases", text.proposalsLed, text.proposalsLedDef),
      thing("documents-reviewed", "cases", text.documentsReviewed, text.documentsReviewedDef),
      thing("contracts-reviewed", "copies", text.contractsReviewed, text.contractsReviewedDef),
    ],
  },
  {
    title: text.groupDisputes,
    things: [
      thing("reconsiderations", "cases", text.reconsiderations, text.reconsiderationsDef),
      thing("lawsuits", "cases", text.lawsuits, text.lawsuitsDef),
      thing("court-appearances", "times", text.courtAppearances, text.courtAppearancesDef),
      thing("complaints", "cases", text.complaints, text.complaintsDef),
    ],
  },
  {
    // What a report has to say and no line above is for: who enters it says what it is.
    title: text.groupOther,
    things: [
      thing("other-times", "times", text.otherTimes, text.otherDef),
      thing("other-sessions", "sessions", text.otherSessions, text.otherDef),
      thing("other-cases", "cases", text.otherCases, text.otherDef),
      thing("other-people", "people", text.otherPeople, text.otherDef),
      thing("other-attendances", "attendances", text.otherAttendances, text.otherDef),
      thing("other-units", "units", text.otherUnits, text.otherDef),
      thing("other-copies", "copies", text.otherCopies, text.otherDef),
    ],
  },
] as const satisfies readonly { title: Words; things: readonly Enterable[] }[];
const known = new Map<string, Enterable>(enterableGroups.flatMap(({ things }) => things.map((each) => [each.key, each] as const)));
/** The thing of a key; undefined where there is none. */
export const enterableOf = (key: string): Enterable | undefined => known.get(key);
/** Of which pairs the first is a part of the second, or can be no more than it: 其中牵头办理 ≤ 承办. */
export const parts: readonly (readonly [part: string, whole: string])[] = [
  ["proposals-led", "proposals-handled"],
  ["lecture-units", "lecture-attendances"],
  ["court-visits", "court-visitors"],
  ["institution-meetings", "lectures"],
  ["institution-meeting-units", "lecture-units"],
];
