/** The face of statutes: citations, articles, and content that cites them. */
export { amendedSince, findArticles, titlesOf } from "./store.ts";
export { renderTexts } from "./service.ts";
export { statuteAmended } from "./terms.ts";
export type { Amendment, Flagged } from "./terms.ts";
export { articleKey, citationText, citationWords, citationsIn, parseCitation, placeWords, renderMarkdown, statutePath } from "./rules.ts";
export type { Articles, Citation, CitedArticle } from "./rules.ts";
