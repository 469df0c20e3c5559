/** A statute changed: lessons and cases that cite one of its changed articles say so, and wait for an author. */
import { on, type Handler } from "#kernel";
import { statuteAmended } from "#plugins/statutes";
import { flagParts, partsCiting } from "./store-content.ts";

export const handlers: Handler[] = [
  on(statuteAmended, async (ctx, list) => {
    const statements = [];
    for (const amendment of list) {
      amendment.flagged.push(
        ...(await partsCiting(ctx, amendment.articles)).map(({ kind, course, part }) => ({ kind, id: `${course}/${part}` })),
      );
      statements.push(...flagParts(ctx, amendment.articles));
    }
    return { statements };
  }),
];
