/** Cards of a place, without knowing whose they are; and the body's settings. */
import { commit, may, readBody, writeSetting, type CardScope, type Context, type Html, type Place } from "#kernel";
import type { SettingsInput } from "./input.ts";
import { changeSettings } from "./terms.ts";

/** The cards that the actor may see, in order, drawn. */
export const cardsOf = async (ctx: Context, place: Place, scope: CardScope): Promise<Html[]> => {
  const drawn = await Promise.all(ctx.registry.cards.filter((c) => c.place === place && may(ctx, c.needs)).map((c) => c.render(ctx, scope)));
  return drawn.filter((html) => html !== null);
};
/** Puts the body's name and numbers. */
export const saveSettings = async (ctx: Context, input: SettingsInput): Promise<void> => {
  ctx.allow(changeSettings);
  await commit(ctx, { statements: [writeSetting(ctx, "body", input)], audit: { command: "home.settings", before: await readBody(ctx), after: input } });
};
