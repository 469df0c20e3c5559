/** One's own facts and display. */
import { commit, notFound, type Context, type Language } from "#kernel";
import { findOwnFacts, putDisplay } from "../store-sign-in.ts";
import { ownAccount } from "../terms.ts";

/** What one is known by. */
export const readOwnFacts = async (ctx: Context) => (await findOwnFacts(ctx, ctx.allow(ownAccount).person)) ?? notFound();
/** Remembers 关怀版 and language for the account; for a visitor there is only the cookie. */
export const chooseDisplay = async (ctx: Context, display: { care: number; language: Language }): Promise<void> => {
  if (ctx.actor === null) return;
  await commit(ctx, { statements: [putDisplay(ctx, ctx.actor.person, display)], audit: null });
};
