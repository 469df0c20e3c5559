/** How course files reach D1: a changed course is a new version; an old one stays while a progress names it. */
import { courses } from "#content";
import { commit, type ContentSync, type Context } from "#kernel";
import { amendedSince } from "#plugins/statutes";
import type { BuiltCourse } from "./input.ts";
import { citedArticles, currentHashes, dropVersions, flagParts, putCourse, retireCourses } from "./store-content.ts";

/** Writes the versions that D1 does not have, retires what is gone, and flags what cites an article amended meanwhile. Run twice, it changes nothing. */
export const syncCourses = async (ctx: Context, built: readonly BuiltCourse[]): Promise<void> => {
  const held = await currentHashes(ctx);
  const gone = [...held.keys()].filter((id) => !built.some((course) => course.id === id));
  const changed = built.flatMap((course, place) => (held.get(course.id) === course.hash ? [] : putCourse(ctx, course, place)));
  await commit(ctx, { statements: [...changed, ...(gone.length > 0 ? [retireCourses(ctx, gone)] : []), ...dropVersions()], audit: null });
  const amended = await amendedSince(ctx, await citedArticles(ctx));
  if (amended.size > 0) await commit(ctx, { statements: flagParts(ctx, [...amended]), audit: null });
};
export const content: ContentSync = { hash: courses.map((course) => course.hash).join("/"), sync: (ctx) => syncCourses(ctx, courses) };
