/** What people calls things: who may do what, and what it tells other plugins. */
import {
  bureau,
  everyone,
  permission,
  signal,
  type Day,
  type Nature,
  type PersonId,
  type PositionId,
  type Post,
  type UnitId,
} from "#kernel";

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

/** A position began, was entered, or got another post, nature or span. In bulk for imports. */
export const positionOpened = signal<{ person: PersonId; unit: UnitId; position: PositionId; from: Day; post: Post; nature: Nature }>(
  "people.position-opened",
);
/** A position has an end; `until` is its last day, today or not. */
export const positionEnded = signal<{ person: PersonId; position: PositionId; until: Day }>("people.position-ended");
/**
 * Somebody is 列入国家工作人员学法名册 from a day on. `place`: the position that opens or changes in the same commit, which the
 * database does not show yet; null: where they stand already. In bulk for imports.
 */
export const rosterMarked = signal<{
  person: PersonId;
  from: Day;
  place: { unit: UnitId; position: PositionId; post: Post; nature: Nature } | null;
}>("people.roster-marked");
/** The mark has an end; `until` is its last day. */
export const rosterUnmarked = signal<{ person: PersonId; until: Day }>("people.roster-unmarked");
