/** One version of a statute as it is imported, and what pages and the API ask for. */
import { z } from "zod";

const slug = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/)
  .max(80);
const article = z.object({
  number: z.int().min(1).max(9999),
  /** n of 之n, else 0. */
  sub: z.int().min(0).max(99),
  label: z.string().min(3).max(20),
  section: z.string().max(100).optional(),
  /** Paragraphs and items, parted by line feeds. */
  text: z.string().min(1).max(20_000),
});
/** A version whole. Further fields (sources, what it was compared with) are not kept. */
export const statuteInput = z.object({
  id: slug,
  title: z.string().min(2).max(200),
  shortTitle: z.string().min(2).max(200),
  category: z.string().max(40),
  issuer: z.string().max(200),
  /** The day on which this text was adopted. */
  version: z.iso.date(),
  effective: z.iso.date().nullable(),
  effectiveSource: z.string().max(100).nullable(),
  history: z.array(z.string().max(2000)).max(100).default([]),
  preamble: z.string().max(100_000).optional(),
  annex: z.string().max(100_000).optional(),
  chapters: z
    .array(z.object({ title: z.string().max(200), part: z.string().max(200).optional(), articles: z.array(article).max(2000) }))
    .min(1)
    .max(300),
});
export type StatuteInput = z.infer<typeof statuteInput>;

const change = z.object({ number: z.int(), sub: z.int(), label: z.string(), change: z.enum(["changed", "added", "removed"]) });
export const importAnswer = z.object({
  statute: z.string(),
  version: z.string(),
  articles: z.int(),
  /** True where this very text was here already. */
  unchanged: z.boolean(),
  /** Against the text before it, where one is here. */
  before: z.string().nullable(),
  changes: z.array(change),
  /** What cites an article that stands otherwise now. */
  flagged: z.array(z.object({ kind: z.string(), id: z.string() })),
});
export type ImportAnswer = z.infer<typeof importAnswer>;

export const onInput = z.object({ id: slug, on: z.iso.date().optional() });
export const statuteAnswer = z.object({
  id: z.string(),
  title: z.string(),
  shortTitle: z.string(),
  category: z.string(),
  issuer: z.string(),
  version: z.string(),
  effective: z.string().nullable(),
  effectiveSource: z.string().nullable(),
  /** Whether the effective date was read from the text. */
  effectiveVerified: z.boolean(),
  /** False: only the articles that courses cite are here. */
  whole: z.boolean(),
  versions: z.array(z.object({ version: z.string(), effective: z.string().nullable(), whole: z.boolean() })),
  articles: z.array(z.object({ number: z.int(), sub: z.int(), label: z.string(), chapter: z.string().nullable(), text: z.string() })),
});
export type StatuteAnswer = z.infer<typeof statuteAnswer>;

export const listInput = z.object({ q: z.string().max(50).optional(), after: z.string().max(80).optional() });
export type ListInput = z.infer<typeof listInput>;
export const textInput = z.object({
  statute: slug,
  on: z.iso.date().optional(),
  version: z.iso.date().optional(),
  chapter: z.int().min(0).optional(),
});
export type TextInput = z.infer<typeof textInput>;
export const articleInput = z.object({ statute: slug, version: z.iso.date(), article: z.string().regex(/^[1-9]\d{0,3}(-[1-9]\d?)?$/) });
export type ArticleInput = z.infer<typeof articleInput>;
export const adminInput = z.object({
  q: z.string().max(50).optional(),
  after: z.string().max(80).optional(),
  statute: slug.optional(),
  version: z.iso.date().optional(),
});
export const uploadInput = z.object({ file: z.instanceof(File) });
