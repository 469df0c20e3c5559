/** What forms and bodies hold. */
import { z } from "zod";
import {
  categories,
  day,
  grantId,
  grantRoles,
  jobId,
  natures,
  personId,
  positionId,
  posts,
  supervisors,
  unitId,
  unitKinds,
  unitStatuses,
} from "#kernel";

const then = z.string().max(500).optional();
export const signInPage = z.object({ then, as: z.string().max(100).optional() });
export const signInForm = z.object({ username: z.string().min(1).max(100), password: z.string().min(1).max(200), then });
export const thenOnly = z.object({ then });
export const displayForm = z.object({
  care: z.enum(["0", "1", "2"]).optional(),
  language: z.enum(["zh", "en"]).optional(),
  back: z.string().max(500).optional(),
});
export const passwordForm = z.object({
  password: z.string().min(1).max(500),
  repeat: z.string().max(500),
  current: z.string().max(500).optional(),
  then,
});
export const sessionForm = z.object({ session: z.string().min(1).max(100) });
export const noticeForm = z.object({ version: z.number().int(), then });

export const sessionBody = z.object({ username: z.string().min(1).max(100), password: z.string().min(1).max(200) });
export const sessionAnswer = z.object({
  token: z.string(),
  person: z.string(),
  name: z.string(),
  login: z.string(),
  roles: z.array(z.string()),
  notice_due: z.boolean(),
});

/* Units */
const name = z.string().min(1).max(60);
const yesNo = z.enum(["yes", "no"]).optional();
export const unitFields = z.object({
  name,
  kind: z.enum(unitKinds),
  parent: unitId,
  code: z.string().max(18).optional(),
  permit: z.string().max(60).optional(),
  permitUntil: day.optional(),
  authority: z.string().max(60).optional(),
  supervisor: z.enum(supervisors).optional(),
  academic: yesNo,
  profit: yesNo,
  foundedOn: day.optional(),
});
/** A unit as a list gives it or as somebody types it: its id, code, full name, or a part of the name. */
const meant = z.string().trim().min(1).max(60);
/** Of a form: the unit may be typed (service/choose.ts finds it). */
export const typedUnit = { unit: meant };
export const typedParent = { parent: meant };
export const createUnitForm = unitFields.extend({ id: unitId, status: z.enum(unitStatuses), since: day });
export const correctUnitForm = unitFields.omit({ parent: true }).extend({ unit: unitId });
export const moveUnitForm = z.object({ unit: unitId, parent: unitId });
export const unitStatusForm = z.object({ unit: unitId, status: z.enum(unitStatuses), since: day });
export const unitPath = z.object({ unit: unitId });
export const unitList = z.object({
  q: z.string().max(60).optional(),
  kind: z.enum(unitKinds).optional(),
  status: z.enum(unitStatuses).optional(),
  after: z.string().max(200).optional(),
});

/* People */
const facts = {
  name,
  employeeNo: z.string().max(30).optional(),
  phone: z.string().max(30).optional(),
  email: z.email().max(100).optional(),
  category: z.enum(categories).optional(),
};
const place = { unit: unitId, nature: z.enum(natures), post: z.enum(posts), from: day };
export const createPersonForm = z.object({
  id: personId,
  position: positionId,
  ...facts,
  ...place,
  idNumber: z.string().max(30).optional(),
  anyway: z.boolean(),
});
export const correctPersonForm = z.object({ person: personId, ...facts });
export const idNumberForm = z.object({ person: personId, idNumber: z.string().max(30).optional() });
export const readIdNumberForm = z.object({ person: personId, reason: z.string().min(2).max(200) });
export const rosterForm = z.object({ person: personId, from: day });
export const endRosterForm = z.object({ person: personId, until: day });
export const openPositionForm = z.object({ id: positionId, person: personId, ...place, main: z.boolean() });
export const closePositionForm = z.object({ position: positionId, until: day });
export const transferForm = z.object({ position: positionId, id: positionId, ...place });
/** What was just done to which position of one's own unit. */
export const ownPage = z.object({
  after: z.string().max(200).optional(),
  did: z.enum(["added", "corrected", "closed", "reopened"]).optional(),
  at: positionId.optional(),
});
export type Did = { what: NonNullable<z.output<typeof ownPage>["did"]>; at: z.output<typeof positionId> };
export const positionOnly = z.object({ position: positionId });
export const rejectForm = positionOnly.extend({ reason: z.string().min(2).max(200) });
export const personPath = z.object({ person: personId });
export const grantForm = z.object({
  id: grantId,
  person: personId,
  role: z.enum(grantRoles),
  unit: unitId.optional(),
  kinds: z.array(z.enum(unitKinds)),
  from: day,
  until: day.optional(),
  reason: z.string().min(2).max(200),
});
export const endGrantForm = z.object({ grant: grantId, until: day });
export const peopleList = z.object({
  q: z.string().max(60).optional(),
  unit: unitId.optional(),
  kind: z.enum(unitKinds).optional(),
  category: z.enum(categories).optional(),
  roster: z.boolean().optional(),
  show: z.enum(["here", "left", "unconfirmed"]).optional(),
  after: z.string().max(200).optional(),
});

/* One's own unit */
export const ownAddForm = z.object({
  id: personId,
  position: positionId,
  unit: unitId,
  name,
  phone: z.string().max(30).optional(),
  category: z.enum(categories).optional(),
  nature: z.enum(natures),
  post: z.enum(posts),
  from: day,
  anyway: z.boolean(),
});
/** `at`: the position at which the form stands. */
export const ownCorrectForm = z.object({ person: personId, name, phone: z.string().max(30).optional(), at: positionId.optional() });

/* First run and one-time links */
export const firstRunBody = z.object({
  code: z.string().min(20).max(200),
  body: z.string().min(2).max(60),
  name: z.string().min(1).max(60),
  password: z.string().min(1).max(500),
});
export const firstRunForm = firstRunBody.extend({ repeat: z.string().max(500) });
export const firstRunAnswer = z.object({ token: z.string(), person: z.string(), login: z.string(), unit: z.string() });
export const operatorLinkBody = z.object({
  login: z.string().min(1).max(100).describe("登录号, 工号 or phone"),
  at: z.int().describe("now, in UTC ms"),
  proof: z.string().length(64),
});
export const operatorLinkAnswer = z.object({ name: z.string(), login: z.string(), url: z.string(), until: day });
export const codePath = z.object({ code: z.string().min(1).max(100) });
export const useCodeForm = codePath.extend({ page: z.string().min(10).max(60) });
export const linksPage = z.object({ unit: unitId.optional() });
export const giveLinksForm = z.object({ unit: unitId, whom: z.enum(["without-password", "all"]), as: z.enum(["slips", "xlsx"]) });

/* Imports */
export const importId = z.uuid({ version: "v7" }).lowercase().brand<"ImportId">();
export const importPath = z.object({ import: importId });
export const uploadForm = z.object({ id: importId, kind: z.enum(["people", "units"]), file: z.instanceof(File) });
/** Columns and answers come as `column.N` and `answer.N`. */
export const recheckForm = z.looseObject({
  import: importId,
  sheet: z.string().max(100).optional(),
  header: z.number().int().min(0).max(60_000),
  fallback: z.string().max(60).optional(),
});
export const answersForm = z.looseObject({ import: importId });
export const commitImportForm = z.object({ import: importId, goodRows: z.boolean() });
export const importPage = z.object({ import: importId, after: z.number().int().optional() });
export const importQuery = z.object({
  dry_run: z.boolean().optional(),
  good_rows: z.boolean().optional(),
  /** Where rows without a unit column belong. */ unit: unitId.optional(),
});
export const unitsImportQuery = z.object({
  dry_run: z.boolean().optional(),
  good_rows: z.boolean().optional(),
  /** The kind of rows without a kind column. */ kind: z.enum(unitKinds).optional(),
});
const problem = z.object({
  row: z.int(),
  column: z.string(),
  value: z.string(),
  code: z.string(),
  message: z.string(),
  candidates: z.array(z.object({ id: z.string(), words: z.string() })).optional(),
});
export const importAnswer = z.object({
  import: z.string(),
  committed: z
    .boolean()
    .describe("true: written. false: nothing was written (a dry run, or rows are refused and good_rows was not said), whatever the counts"),
  note: z.string().optional().describe("where nothing was written: that, in words, and what to do"),
  rows: z.int().describe("data rows found; the four counts add up to it, and say what the file does, or would do where it was not written"),
  new: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  problems: z.array(problem),
});
export type ImportAnswer = z.output<typeof importAnswer>;
export const undoPath = z.object({ id: importId });
export const undoAnswer = z.object({
  import: z.string(),
  undone: z.boolean().describe("false: nothing was undone; `problems` has what depends on the import by now"),
  problems: z.array(
    z.object({
      row: z.int(),
      value: z.string(),
      code: z.enum(["signedIn", "records", "grants", "positions", "changed", "people", "units", "assigned"]),
      message: z.string(),
    }),
  ),
});
export type UndoAnswer = z.output<typeof undoAnswer>;
/** The parts of a form that brings a roster, as the API describes it. */
export const importParts = z.object({ file: z.file(), answers: z.string().optional().describe('JSON: row → person id, "row:N" or "new"') });
export const answersPart = z.record(z.string().regex(/^\d{1,6}$/), z.string().max(60));
export const jobPath = z.object({ id: jobId });
export const jobAnswer = z.object({
  state: z.enum(["queued", "running", "done", "failed"]),
  done: z.int(),
  total: z.int(),
  result: z.unknown(),
  problem: z.string().optional(),
});
