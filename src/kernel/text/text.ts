/** One message in each language of the interface; placeholders are `{name}`, and `{n:thing|things}` for one and for any other number. */
export type Words = { readonly id: string; readonly zh: string; readonly en: string };
/** The languages of the interface; zh-CN first. */
export const languages = ["zh", "en"] as const;
export type Language = (typeof languages)[number];
/** What fills placeholders; an instant or a day is worded by the caller. */
export type Facts = Readonly<Record<string, string | number>>;

type Entries = Readonly<Record<string, readonly [zh: string, en: string]>>;
/**
 * A plugin's words, each `[zh, en]`; the id is what the check of catalogues and the problem codes name. Without a prefix the
 * id is the key alone: for codes that the stable contract writes so.
 */
export const catalogue = <E extends Entries>(prefix: string, entries: E): { readonly [K in keyof E]: Words } => {
  const made: Partial<Record<keyof E, Words>> = {};
  for (const [key, [zh, en]] of Object.entries(entries) as [keyof E & string, Entries[string]][]) {
    const words = { id: prefix === "" ? key : `${prefix}.${key}`, zh, en };
    made[key] = words;
    known.set(words.id, words);
  }
  return made as { readonly [K in keyof E]: Words };
};

const known = new Map<string, Words>();
/** Every catalogue entry loaded so far, for checks and for the list of problem codes. */
export const allWords = (): ReadonlyMap<string, Words> => known;

/** The message in a language, with its placeholders filled. An unknown placeholder stays visible. */
export const say = (language: Language, words: Words, facts: Facts = {}): string =>
  words[language].replace(/\{(\w+)(?::([^{}|]*)\|([^{}|]*))?\}/g, (whole, name: string, one?: string, many?: string) => {
    const fact = facts[name];
    if (fact === undefined) return whole;
    return one === undefined || many === undefined ? String(fact) : fact === 1 ? one : many;
  });
/** `say` in the reader's language. */
export const saying =
  ({ language }: { readonly language: Language }) =>
  (words: Words, facts?: Facts): string =>
    say(language, words, facts);
