/** Positions open and end: assignments come and go in the same commit. */
import { on } from "#kernel";
import { positionEnded, positionOpened } from "#plugins/people";
import { activeRequirements, assign, assignmentsFor, placesOf, releasePositions } from "./store.ts";

export const handlers = [
  on(positionOpened, async (ctx, opened) => {
    const active = await activeRequirements(ctx);
    if (active.length === 0) return { statements: [] };
    return { statements: assign(assignmentsFor(active, opened, await placesOf(ctx, opened))) };
  }),
  on(positionEnded, async (ctx, ended) => ({ statements: releasePositions(ctx, ended) })),
];
