/** What pages show of units and people, each within the reach of the permission that it stands under. */
import { type Context, type Permission } from "#kernel";
import { unitChoices } from "../store-units.ts";

/** Units to choose from. */
export const chooseUnits = (ctx: Context, permission: Permission) => unitChoices(ctx, ctx.reach(permission));
