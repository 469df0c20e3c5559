import { bureau, everyone, permission, verb } from "#kernel";
import { chaseText } from "./text-chase.ts";
import { excuseText } from "./text-excuses.ts";

/** Making rules and switching them on. */
export const manageRequirements = permission("requirements.manage", { by: bureau });
/** Seeing rules and who is behind, within the reach. */
export const seeRequirements = permission("requirements.see", { by: [...bureau, "auditor"] });
/** What is due to oneself. */
export const ownAssignments = permission("requirements.own", { by: everyone });
/** Who of one's own unit has not done what. */
export const unitAssignments = permission("requirements.unit", { by: ["head", "unit-officer"] });

/** Asking for an exemption or deferral of one's own unit's people. */
export const askExcuses = permission("requirements.excuse.ask", { by: ["head", "unit-officer"] });
/** Deciding on them, and entering them, within the reach. */
export const decideOnExcuses = permission("requirements.excuse.decide", { by: bureau });
/** Opening the proof of one: for the own unit, or within the reach. */
export const readProofs = permission("requirements.excuse.proof", { by: [...bureau, "head", "unit-officer"] });
/** Whether excused people count, a year. */
export const setLeaving = permission("requirements.excuse.settings", { by: ["administrator"] });

/** An exemption or deferral was approved; the object is the requirement. */
export const excused = verb("excused", { iri: "https://w3id.org/xapi/adl/verbs/waived", words: excuseText.verb });

/** Reminding people of what they owe: heads their own, officers within the reach. */
export const remindPeople = permission("requirements.remind", { by: [...bureau, "head", "unit-officer"] });

/** Reminded of what is due, by notice, by words sent or by a list handed on. Object: `requirement`. */
export const reminded = verb("reminded", { iri: "https://w3id.org/xapi/dod-isd/verbs/reminded", words: chaseText.reminded });
