/** The face of statutes: citations, articles, and content that cites them. */
export { amendedSince, findArticles, titlesOf } from "./store.ts";
export { renderTexts } from "./service.ts";
export { statuteAmended } from "./terms.ts";
export { articleKey, citationWords, citationsIn, parseCitation, statutePath, unresolved } from "./rules.ts";
