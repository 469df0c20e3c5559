/** What statutes call things. */
import { permission, signal } from "#kernel";

/** Importing versions, and seeing what they change. */
export const keepStatutes = permission("statutes.keep", { by: ["author", "administrator"] });

/** What cites a changed article and was flagged: a question, a lesson, a case. */
export type Flagged = { readonly kind: string; readonly id: string };
/**
 * A text arrived in which articles stand otherwise than in texts that were here before. Who keeps citations flags what
 * cites one of `articles` (`statute@version#article`, of the older texts), and adds what it flags to `flagged`, so that
 * the import can answer with it.
 */
export type Amendment = {
  readonly statute: string;
  readonly version: string;
  readonly articles: readonly string[];
  readonly flagged: Flagged[];
};
export const statuteAmended = signal<Amendment>("statute.amended");
