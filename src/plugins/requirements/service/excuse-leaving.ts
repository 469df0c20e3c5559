/** Whether excused people leave the denominators: set for each year, taken over by each approval. */
import { commit, Forbidden, readSetting, writeSetting, type Context } from "#kernel";
import { leavingSchema, usualLeaving, type Leaving } from "../rules-excuses.ts";
import { setLeaving } from "../terms.ts";
import { excuseText as text } from "../text-excuses.ts";

const keyOf = (year: number): string => `requirements.excuses.${year}`;
/** What is set for a year, else the usual. */
export const leavingOf = (ctx: Context, year: number): Promise<Leaving> => readSetting(ctx, keyOf(year), leavingSchema, usualLeaving);
/** @throws {Forbidden} the actor reaches a part of the body only */
const wholeBody = (ctx: Context): void => {
  if (!ctx.reach(setLeaving).all) throw new Forbidden(text.wholeBodyOnly);
};
/** The same, for the page that changes it. Throws as `changeLeaving`. */
export const seeLeaving = (ctx: Context, year: number): Promise<Leaving> => {
  ctx.allow(setLeaving);
  wholeBody(ctx);
  return leavingOf(ctx, year);
};
/** Changes it for approvals to come; what was approved stays as it was. @throws {Forbidden} the actor reaches a part of the body only */
export const changeLeaving = async (ctx: Context, { year, ...leaving }: Leaving & { year: number }): Promise<void> => {
  ctx.allow(setLeaving);
  wholeBody(ctx);
  await commit(ctx, {
    statements: [writeSetting(ctx, keyOf(year), leaving)],
    audit: {
      command: "requirements.excuse.settings",
      before: await leavingOf(ctx, year),
      after: leaving,
      note: String(year),
    },
  });
};
