/** Where a day begins, what an empty bureau lacks, and the body's settings. */
import { commit, isAllowed, may, opensByItself, readBody, writeSetting, type Actor, type Context } from "#kernel";
import type { SettingsInput } from "./input.ts";
import { beyondTheFirst } from "./store.ts";
import { adminDay, changeSettings, importsPath, nextDue, ownUnit } from "./terms.ts";

/** Where an actor's day begins: an officer at the year, a head at the unit (the own step stands first there), all others at what is due. On a link nobody sees others. */
export const startOf = (actor: Actor): string =>
  actor.strength === "link" ? "/me" : isAllowed(actor, adminDay) ? "/admin" : isAllowed(actor, ownUnit) ? "/unit" : "/me";

/** Where one goes on to after signing in; a link opens what is due. */
export const enterAt = (ctx: Context, actor: Actor): string =>
  actor.strength === "link" && opensByItself(ctx.registry, nextDue) ? nextDue : startOf(actor);

/** null: nothing. */
export type Lacking = "units" | "people" | null;
/** What an empty bureau lacks first, for whoever may import it. */
export const lackingFirst = async (ctx: Context): Promise<Lacking> => {
  ctx.allow(adminDay);
  const imports = ctx.registry.nav.find((n) => n.path === importsPath);
  if (imports === undefined || !may(ctx, imports.needs)) return null;
  const { units, people } = await beyondTheFirst(ctx);
  return !units ? "units" : !people ? "people" : null;
};
/** Puts the body's name and numbers. */
export const saveSettings = async (ctx: Context, input: SettingsInput): Promise<void> => {
  ctx.allow(changeSettings);
  await commit(ctx, {
    statements: [writeSetting(ctx, "body", input)],
    audit: { command: "home.settings", before: await readBody(ctx), after: input },
  });
};
