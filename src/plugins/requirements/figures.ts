/** The rates of one requirement, each with the denominator that it is of, and how often people were reminded. */
import { count, share } from "#kernel";
import { reminded } from "./terms.ts";
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
