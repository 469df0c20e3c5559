/** What authors see of courses, and their review of what a changed statute flagged. */
import { commit, type Context } from "#kernel";
import { citationWords, findArticles, parseCitation, statutePath } from "#plugins/statutes";
import type { ReviewInput } from "./input.ts";
import { clearFlag, listInventory, openFlags, type Inventory, type OpenFlag } from "./store-content.ts";
import { keepCourses } from "./terms.ts";

const mostFlags = 200;
export type AdminPage = { courses: readonly Inventory[]; flags: readonly (OpenFlag & { words: string; path: string | null })[] };
/** Every course with its inventory, and what waits for an author's eyes. */
export async function seeAdmin(ctx: Context): Promise<AdminPage> {
  ctx.allow(keepCourses);
  const courses = await listInventory(ctx);
  const flags = await openFlags(ctx, mostFlags);
  const articles = await findArticles(
    ctx,
    flags.map((f) => f.article),
  );
  return {
    courses,
    flags: flags.map((flag) => {
      const citation = parseCitation(flag.article);
      return {
        ...flag,
        words: citation === null ? flag.article : citationWords(citation, articles.get(flag.article)),
        path: citation === null ? null : statutePath(citation),
      };
    }),
  };
}
/** An author looked at a flagged part: it still holds, and why. @throws {Conflict} it is not flagged any more */
export async function reviewFlag(ctx: Context, input: ReviewInput): Promise<void> {
  const { person } = ctx.allow(keepCourses);
  await commit(ctx, {
    statements: clearFlag(ctx, person, input),
    audit: {
      command: "courses.review",
      object: { kind: input.kind, id: `${input.course}/${input.part}` },
      after: { article: input.article },
      note: input.note,
    },
  });
}
