/** What people calls things: who may do what, and what it tells other plugins. */
import { bureau, everyone, permission, signal, type PersonId, type UnitId } from "#kernel";

/** Rosters of units and people, in the reach of the bureau's own administration. */
export const seeRoster = permission("people.see", { by: [...bureau, "auditor"] });
export const manageUnits = permission("people.units", { by: bureau });
export const managePeople = permission("people.manage", { by: bureau });
export const importRoster = permission("people.import", { by: bureau });
/** A file of people for the own reach: bureaus for theirs, heads and unit officers for their own unit. */
export const importPeople = permission("people.import-people", { by: [...bureau, "head", "unit-officer"] });
/** Roles by grant are given by administrators alone, and never beyond their own reach. */
export const grantRoles = permission("people.grant", { by: ["administrator"] });
export const readIdNumbers = permission("people.id-number", { by: bureau });
/** One-time links and slips: officers for their reach, heads and unit officers for their own unit. */
export const giveLinks = permission("people.links", { by: [...bureau, "head", "unit-officer"] });
/** The roster of one's own unit. */
export const keepOwnPeople = permission("people.own", { by: ["head", "unit-officer"] });
/** What everybody may do with the own account, also on a one-time link. */
export const ownAccount = permission("people.account", { by: everyone });

/**
 * What a person is to the bureau changed: a position began, ended or got another post, nature or span; a mark of 学法名册; the
 * category. Whoever hears of it looks after the writes of the same commit. In bulk for imports.
 */
export const personChanged = signal<{ person: PersonId }>("people.person-changed");
/** A unit got another kind, status, day of 许可决定 or place in the tree. `below`: so did the units under it. */
export const unitChanged = signal<{ unit: UnitId; below: boolean }>("people.unit-changed");
