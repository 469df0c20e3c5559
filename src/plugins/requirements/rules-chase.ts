/** Who of those behind is reminded now, and the words and rows that are handed on. Pure. */
import { dayWords, daysBetween, say, type Day, type Language } from "#kernel";
import type { Target } from "./store-chase.ts";
import { chaseText as text } from "./text-chase.ts";

/** So many people at once: what one form and one commit hold with ease. */
export const mostPeople = 1000;

/** Rows by a key, in the order in which the keys come. */
export const grouped = <T>(rows: readonly T[], key: (row: T) => string): [T, ...T[]][] => {
  const groups = new Map<string, [T, ...T[]]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return [...groups.values()];
};
/** Different people, each with what of theirs is meant. */
export const peopleIn = (targets: readonly Target[]) => grouped(targets, ({ person }) => person);
/** One row a person and requirement: what a reminder is of. */
export const pairsIn = (targets: readonly Target[]) =>
  grouped(targets, ({ person, requirement }) => `${person}/${requirement}`).map(([first]) => first);
/** Who is reminded, and who is left out since they were reminded today; `again` leaves nobody out. */
export const chosen = (targets: readonly Target[], again: boolean): { now: Target[]; left: Target[] } => ({
  now: targets.filter(({ today }) => again || today === 0),
  left: targets.filter(({ today }) => !again && today === 1),
});

/** Words to send, grouped by unit: names, what is open, until when, and where. */
export const wordsFor = (targets: readonly Target[], today: Day, link: string, language: Language): string => {
  const thing = ({ title, due }: Target) => {
    const facts = { title, day: dayWords(due, language), days: -daysBetween(today, due) };
    return say(language, facts.days > 0 ? text.lateThing : text.thing, facts);
  };
  return [
    ...grouped(targets, ({ unit }) => unit).map((of) =>
      [
        say(language, text.groupHead, { unit: of[0].unitName }),
        ...peopleIn(of).map((theirs) =>
          say(language, text.line, { name: theirs[0].personName, things: [...new Set(theirs.map(thing))].join("、") }),
        ),
      ].join("\n"),
    ),
    say(language, text.link, { link }),
  ].join("\n");
};
/** The rows of 催办名单. */
export const rowsFor = (targets: readonly Target[], today: Day): (string | number)[][] =>
  targets.map((one) => [
    one.unitName,
    one.head ?? "",
    one.headPhone ?? "",
    one.personName,
    one.phone ?? "",
    one.title,
    one.due,
    Math.max(0, -daysBetween(today, one.due)),
  ]);
