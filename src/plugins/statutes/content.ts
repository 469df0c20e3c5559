/** How the cited articles of course files reach D1: as excerpts, beside whole texts that were imported and never over them. */
import { statutes } from "#content";
import { commit, type ContentSync, type Context, type Day, type Signal, type Statement } from "#kernel";
import { staleArticles } from "./service.ts";
import { findDigests, findOldArticles, putVersion } from "./store.ts";
import { statuteAmended } from "./terms.ts";

type Built = (typeof statutes)[number];
/** Writes the excerpts that are new or longer; what cites an older wording is flagged as by an import. Run twice, it changes nothing. */
export const syncStatutes = async (ctx: Context, built: readonly Built[]): Promise<void> => {
  const held = await findDigests(
    ctx,
    built.map((s) => s.id),
  );
  const missing = built.filter(({ id, version, hash }) => {
    const was = held.get(`${id}@${version}`);
    return was?.whole !== true && was?.digest !== hash;
  });
  const statements: Statement[] = [];
  const signals: Signal[] = [];
  for (const { id, hash, version, ...about } of missing) {
    const articles = about.articles.map((a) => ({ ...a, chapter: null, section: null }));
    const stale = staleArticles(id, await findOldArticles(ctx, id, version), articles, false);
    if (stale.length > 0) signals.push(statuteAmended({ statute: id, version, articles: stale, flagged: [] }));
    statements.push(
      ...putVersion(ctx, {
        ...about,
        statute: id,
        version,
        effective: about.effective as Day | null,
        whole: false,
        history: [],
        preamble: null,
        annex: null,
        chapters: [],
        digest: hash,
        articles,
      }),
    );
  }
  await commit(ctx, { statements, signals, audit: null });
};
export const content: ContentSync = { hash: statutes.map((s) => s.hash).join("/"), sync: (ctx) => syncStatutes(ctx, statutes) };
