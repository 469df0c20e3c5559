/** What is due to a person, and to the people of one's own units. */
import { isAllowed, type Context, type PersonId, type Reach } from "#kernel";
import { findStandings, onlyLessons, stepOf } from "#plugins/courses";
import { closedTo } from "#plugins/exams";
import type { Step } from "#ui";
import { courseOf, lessonsOf } from "../rules.ts";
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
/**
 * What is due to the actor, overdue first, and where each course of it goes on. What one is excused from is not due; nor is an
 * exam that one cannot sit any more, or may not.
 */
export const myDue = async (ctx: Context): Promise<{ rows: Due[]; steps: Map<string, Step> }> => {
  const { person } = ctx.allow(ownAssignments);
  const asked = (await dueTo(ctx, everything, person)).filter((due) => due.done === 1 || isOpen(due));
  const open = asked.filter(isOpen);
  const exams = [...new Set(open.flatMap(({ kind, object }) => (kind === "exam" ? [object] : [])))];
  const courses = [...new Set(open.flatMap((due) => courseOf(due) ?? []))];
  const [closed, standings] = await Promise.all([
    exams.length === 0 ? new Set<string>() : closedTo(ctx, person, exams),
    courses.length === 0 ? [] : findStandings(ctx, person, courses),
  ]);
  const rows = asked.filter(({ done, kind, object }) => done === 1 || kind !== "exam" || !closed.has(object));
  const steps = open.flatMap((due): [string, Step][] => {
    const course = courseOf(due);
    const whole = standings.find(({ id }) => id === course);
    if (course === null || whole === undefined) return [];
    const standing =
      due.kind === "lessons" ? onlyLessons(whole, new Set(lessonsOf(due.object).map((lesson) => lesson.slice(course.length + 1)))) : whole;
    const step = stepOf(ctx.language, standing, whole);
    return step === null ? [] : [[due.object, step]];
  });
  return { rows, steps: new Map(steps) };
};
/** What the actor's own units have done and not. */
export const unitDue = (ctx: Context) => ofUnits(ctx, ctx.reach(unitAssignments), 500);
/** The same whole, for print. */
export const unitFile = (ctx: Context) => ofUnits(ctx, ctx.reach(unitAssignments), 5000);
