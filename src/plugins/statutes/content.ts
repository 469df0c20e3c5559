/** How the cited articles of course files reach D1: as excerpts, beside whole texts that were imported and never over them. */
import { statutes } from "#content";
import { commit, type ContentSync, type Context, type Day, type Signal } from "#kernel";
import { staleArticles } from "./service.ts";
import { findDigests, findOldArticles, putVersion } from "./store.ts";
import { statuteAmended } from "./terms.ts";

type Built = (typeof statutes)[number];
/** Writes the excerpts that are new or longer; what cites an older wording is flagged as by an import. Run twice, it changes nothing. */
export const syncStatutes = async (ctx: Context, built: readonly Built[]): Promise<void> => {
  const held = await findDigests(ctx, built.map((s) => s.id));
  for (const statute of built) {
    const was = held.get(`${statute.id}@${statute.version}`);
    if (was?.whole === true || was?.digest === statute.hash) continue;
    const articles = statute.articles.map((a) => ({ ...a, chapter: null, section: null }));
    const stale = staleArticles(statute.id, await findOldArticles(ctx, statute.id, statute.version), articles, false);
    const signals: Signal[] = stale.length > 0 ? [statuteAmended({ statute: statute.id, version: statute.version, articles: stale, flagged: [] })] : [];
    await commit(ctx, {
      statements: putVersion(ctx, { ...statute, statute: statute.id, effective: statute.effective as Day | null, whole: false, history: [], preamble: null, annex: null, chapters: [], digest: statute.hash, articles }),
      signals,
      audit: null,
    });
  }
};
export const content: ContentSync = { hash: statutes.map((s) => s.hash).join("/"), sync: (ctx) => syncStatutes(ctx, statutes) };
