/** Statutes as texts between dates: one row a version, one row an article. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { dayColumn, flagColumn, instantColumn, jsonColumn } from "#kernel/schema";

/** A heading of the text, by its place. */
export type Chapter = { readonly title: string; readonly part: string | null };

export const versions = sqliteTable(
  "statutes_version",
  {
    /** Pinyin, the same for all versions of a law. */
    statute: text("statute").notNull(),
    /** The day on which this text was adopted. */
    version: dayColumn("version").notNull(),
    title: text("title").notNull(),
    shortTitle: text("short_title").notNull(),
    category: text("category").notNull(),
    issuer: text("issuer").notNull(),
    /** From when it is in force; null where that is not known. */
    effective: dayColumn("effective"),
    /** Where the effective day was read; "memory" is unverified. */
    effectiveSource: text("effective_source"),
    /** False: an excerpt (摘录), only the articles that courses cite. */
    whole: flagColumn("whole").notNull(),
    /** The lines under the title. */
    history: jsonColumn<readonly string[]>("history").notNull(),
    preamble: text("preamble"),
    annex: text("annex"),
    chapters: jsonColumn<readonly Chapter[]>("chapters").notNull(),
    /** SHA-256 of what was imported, so that the same text again changes nothing. */
    digest: text("digest").notNull(),
    importedAt: instantColumn("imported_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.statute, t.version] })],
);

export const articles = sqliteTable(
  "statutes_article",
  {
    statute: text("statute").notNull(),
    version: dayColumn("version").notNull(),
    number: integer("number").notNull(),
    /** n of 之n, else 0. */
    sub: integer("sub").notNull(),
    label: text("label").notNull(),
    /** Its chapter's place in the version's headings; null in an excerpt. */
    chapter: integer("chapter"),
    section: text("section"),
    /** Paragraphs and items, parted by line feeds. */
    text: text("text").notNull(),
  },
  (t) => [primaryKey({ columns: [t.statute, t.version, t.number, t.sub] })],
);
