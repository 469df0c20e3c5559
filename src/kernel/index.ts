/** The kernel's face: what every plugin stands on. */
export type { Bindings, Context, Db, JobMessage } from "./context.ts";
export { makeContext } from "./context.ts";
export { card, definePlugin, on, signal } from "./plugin.ts";
export type {
  Card,
  CardScope,
  ContentSync,
  Echo,
  Handler,
  Job,
  Nav,
  Place,
  Plugin,
  Registry,
  Room,
  RoomHost,
  RoomMaker,
  Setting,
  Signal,
  SignalKind,
  Step,
} from "./plugin.ts";
export { cardsOf, compose, may, version } from "./compose.ts";
export { registryOf } from "./registry.ts";
export type { App, Shell } from "./compose.ts";
export { callRoom } from "./durable.ts";
export {
  Busy,
  Conflict,
  exhaustive,
  Forbidden,
  Invalid,
  NotFound,
  notFound,
  Refusal,
  TooLarge,
  Unauthenticated,
  Unreadable,
} from "./errors.ts";
export type { Detail } from "./errors.ts";
export { commit } from "./db/commit.ts";
export type { Commit, Pending } from "./db/commit.ts";
export { must, mustHold, rowsOf, rowsOfEach, run } from "./db/statement.ts";
export type { Statement } from "./db/statement.ts";
export { chunkJson, limits } from "./db/limits.ts";
export { assignmentId, grantId, jobId, newCode, newId, newIdSql, personId, positionId, recordId, requirementId, unitId } from "./ids.ts";
export type { AssignmentId, GrantId, JobId, PersonId, PositionId, RecordId, RequirementId, UnitId } from "./ids.ts";
export { holdsOn, loadActor, mainPosition, mainPositionOn, roleOfPost } from "./identity/actor.ts";
export type { Actor, HeldGrant, HeldPosition } from "./identity/actor.ts";
export { authOf } from "./identity/auth.ts";
export { hashHere, makeHasher, nobodysHash, signInsAhead, verifyHere, hasherOf } from "./identity/hasher.ts";
export { anyone, bureau, everyone, isAllowed, permission, reachOf, signedIn, within } from "./identity/permission.ts";
export type { Area, Permission, Reach } from "./identity/permission.ts";
export * from "./identity/kinds.ts";
export { isRecordDraft, leafOf, record, verb } from "./ledger/record.ts";
export type { NewRecord, RecordDraft, Thing, Verb } from "./ledger/record.ts";
export { countedOn, dueCount, isThere } from "./ledger/due.ts";
export type { Counted, Slot, Where } from "./ledger/due.ts";
export { count, distinct, evidence, measure, measureAll, share } from "./ledger/figure.ts";
export { recordSources, stands, unsaid } from "./ledger/narrow.ts";
export type { Dimension, Narrow } from "./ledger/narrow.ts";
export { numbersOf } from "./ledger/numbers.ts";
export type { Numbers } from "./ledger/numbers.ts";
export type { EvidenceRow, Figure, Filter, Measure, Measured } from "./ledger/figure.ts";
export { auditStatement, canonical, digest, sha256 } from "./audit/audit.ts";
export type { AuditDraft } from "./audit/audit.ts";
export { enqueue, wake, waiting, work } from "./jobs/jobs.ts";
export { endpoints } from "./http/endpoints.ts";
export type { Call } from "./http/endpoints.ts";
export { parsed, readParts } from "./http/read.ts";
export { form, opensByItself, query, routes } from "./http/routes.ts";
export type { Html, Page, PageProps } from "./http/routes.ts";
export { harmless, type Sheet } from "./http/sheet.ts";
export { isReported } from "./http/problem.ts";
export type { Came, Trouble } from "./http/problem.ts";
export { problemSchema } from "./http/openapi.ts";
export { decrypt, encrypt, idNumberKeyVersion, mac, macHex, secretText } from "./secrets.ts";
export { bodySchema, readBody, readSetting, writeSetting } from "./settings.ts";
export type { Body } from "./settings.ts";
export { allWords, catalogue, languages, say, saying } from "./text/text.ts";
export type { Facts, Language, Words } from "./text/text.ts";
export { kernelText } from "./text/words.ts";
export { maskName, maskPhone, percent, points } from "./text/say.ts";
export { addDays, clock, day, dayOf, daysBetween, dayWords, endOfDay, momentWords, startOfDay } from "./text/time.ts";
export type { Day, Instant } from "./text/time.ts";
export type { Demo, DemoWorld } from "./demo.ts";
