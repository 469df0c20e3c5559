/** The rates of one requirement, each with the denominator that it is of; who was excused, and how often people were reminded. */
import { count, distinct, share } from "#kernel";
import type { ExcuseKind, ExcuseWhat } from "./rules-excuses.ts";
import { recordsExcuse } from "./store-bulk.ts";
import { excused, reminded } from "./terms.ts";
import { ratesText as text } from "./text-rates.ts";

/** 参学率 */
export const studiedRate = share("requirements.studied-rate", {
  words: { title: text.studiedRate, definition: text.studiedRateDef },
  slot: "study",
  part: "part",
  of: "whole",
});
/** 参考率 */
export const satRate = share("requirements.sat-rate", {
  words: { title: text.satRate, definition: text.satRateDef },
  slot: "exam",
  part: "sat",
  of: "whole",
});
/** 合格率 ÷ 实考 */
export const passedRate = share("requirements.passed-rate", {
  words: { title: text.passedRate, definition: text.passedRateDef },
  slot: "exam",
  part: "part",
  of: "sat",
});
/** 优秀率 ÷ 实考 */
export const excellentRate = share("requirements.excellent-rate", {
  words: { title: text.excellentRate, definition: text.excellentRateDef },
  slot: "exam",
  part: "excelled",
  of: "sat",
});
/** 通过率 ÷ 应考 */
export const passOfDue = share("requirements.pass-of-due", {
  words: { title: text.passOfDue, definition: text.passOfDueDef },
  slot: "exam",
  part: "part",
  of: "whole",
});
/** 催办 */
export const reminders = count("requirements.reminders", {
  words: { title: text.reminders, definition: text.remindersDef },
  measure: "times",
  verb: reminded,
  objectKind: "requirement",
});

/** People for whom such an excuse was approved; the record itself tells no kind. */
const excusedPeople = (id: string, words: keyof typeof text, definition: keyof typeof text, what: ExcuseWhat, kind?: ExcuseKind) =>
  distinct(`requirements.${id}`, {
    words: { title: text[words], definition: text[definition] },
    measure: "people",
    of: "person",
    verb: excused,
    objectKind: "requirement",
    also: recordsExcuse(what, kind),
  });
const exemptOf = (kind: ExcuseKind, words: keyof typeof text) => excusedPeople(`exempt-${kind}`, words, "exemptKindDef", "exempt", kind);
/** 免考免学, in all and by kind. */
export const exempted = excusedPeople("exempted", "exempted", "exemptedDef", "exempt");
export const exemptRetiring = exemptOf("retiring", "exemptRetiring");
export const exemptIllness = exemptOf("illness", "exemptIllness");
export const exemptMaternity = exemptOf("maternity", "exemptMaternity");
export const exemptAbroad = exemptOf("abroad", "exemptAbroad");
export const exemptPosted = exemptOf("posted", "exemptPosted");
export const exemptOther = exemptOf("other", "exemptOther");
/** 缓考 */
export const deferredPeople = excusedPeople("deferred", "deferredPeople", "deferredPeopleDef", "deferred");
