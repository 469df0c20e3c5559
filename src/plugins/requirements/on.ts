/** Positions and marks of 学法名册 begin and end: assignments come and go in the same commit. */
import { on } from "#kernel";
import { positionEnded, positionOpened, rosterMarked, rosterUnmarked } from "#plugins/people";
import { activeRequirements, assign, assignmentsFor, homesOf, placesOf, releasePositions, releaseUnmarked } from "./store.ts";

export const handlers = [
  on(positionOpened, async (ctx, opened) => {
    const active = await activeRequirements(ctx);
    if (active.length === 0) return { statements: [] };
    return { statements: assign(assignmentsFor(active, opened, await placesOf(ctx, opened))) };
  }),
  on(rosterMarked, async (ctx, marked) => {
    const active = (await activeRequirements(ctx)).filter((requirement) => requirement.roster);
    const hold = marked.filter((mark) => mark.from <= ctx.today);
    if (active.length === 0 || hold.length === 0) return { statements: [] };
    const homes = await homesOf(
      ctx,
      hold.flatMap(({ person, place }) => (place === null ? [person] : [])),
    );
    const opened = [...homes, ...hold.flatMap(({ person, place }) => (place === null ? [] : [{ person, ...place }]))];
    // The mark itself is written by this very commit.
    const places = (await placesOf(ctx, opened)).map((place) => ({ ...place, roster: 1 }));
    return { statements: assign(assignmentsFor(active, opened, places)) };
  }),
  on(rosterUnmarked, async (ctx, unmarked) => ({ statements: releaseUnmarked(ctx, unmarked) })),
  on(positionEnded, async (ctx, ended) => ({ statements: releasePositions(ctx, ended) })),
];
