import { bureau, everyone, permission } from "#kernel";

export const ownDay = permission("home.me", { by: everyone });
export const ownUnit = permission("home.unit", { by: ["head", "unit-officer"] });
export const adminDay = permission("home.admin", { by: [...bureau, "author", "proctor", "auditor"] });
export const changeSettings = permission("home.settings", { by: ["administrator"] });
/** What opens the first thing that is due, if a plugin has that page. */
export const nextDue = "/me/next";
/** Where rosters are imported, if a plugin has that page. */
export const importsPath = "/admin/imports";
