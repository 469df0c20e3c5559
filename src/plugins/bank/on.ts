/** A statute changed: what cites one of its changed articles is flagged, and leaves papers until an author looks. */
import { on, type Handler } from "#kernel";
import { statuteAmended } from "#plugins/statutes";
import { citing, flagCiting } from "./store.ts";
import { questionsWithdrawn } from "./terms.ts";

export const handlers: Handler[] = [
  on(statuteAmended, async (ctx, list) => {
    const articles = list.flatMap((a) => a.articles);
    const found = await citing(ctx, articles);
    for (const amendment of list)
      amendment.flagged.push(...found.filter((q) => amendment.articles.includes(q.article)).map(({ id }) => ({ kind: "question", id })));
    const ids = [...new Set(found.map((q) => q.id))];
    return { statements: flagCiting(articles), signals: ids.length > 0 ? [questionsWithdrawn({ questions: ids })] : [] };
  }),
];
