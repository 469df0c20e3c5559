/** What is due to a person, and to the people of one's own units. */
import { isAllowed, type Context, type PersonId, type Reach } from "#kernel";
import { findStandings, stepOf } from "#plugins/courses";
import type { Step } from "#ui";
import { isOpen } from "../rules-excuses.ts";
import { dueTo, ofUnits, type Due } from "../store.ts";
import { ownAssignments, seeRequirements, unitAssignments } from "../terms.ts";

/** For what is one's own: there the person is the limit. */
const everything: Reach = { all: true, areas: [] };
/** What is due to a person, for their file: one's own whole, another's within the reach; null where the actor may not see it. */
export const dueOf = async (ctx: Context, person: PersonId): Promise<Due[] | null> => {
  const actor = ctx.allow(ownAssignments);
  if (actor.person === person) return dueTo(ctx, everything, person);
  return isAllowed(actor, seeRequirements) ? dueTo(ctx, ctx.reach(seeRequirements), person) : null;
};
/** What is due to the actor, earliest first, and where each course of it goes on. */
export const myDue = async (ctx: Context): Promise<{ rows: Due[]; steps: Map<string, Step> }> => {
  const { person } = ctx.allow(ownAssignments);
  const rows = await dueTo(ctx, everything, person);
  const courses = [...new Set(rows.flatMap((r) => (r.kind === "course" && isOpen(r) ? [r.object] : [])))];
  const standings = courses.length === 0 ? [] : await findStandings(ctx, person, courses);
  return {
    rows,
    steps: new Map(
      standings.flatMap((standing) => {
        const step = stepOf(ctx.language, standing);
        return step === null ? [] : [[standing.id, step] as const];
      }),
    ),
  };
};
/** What the actor's own units have done and not. */
export const unitDue = (ctx: Context) => ofUnits(ctx, ctx.reach(unitAssignments), 500);
/** The same whole, for print. */
export const unitFile = (ctx: Context) => ofUnits(ctx, ctx.reach(unitAssignments), 5000);
