/** What the things in records are called: one query a kind of thing. */
import { maskName, type Context, type Thing } from "#kernel";
import { titlesOf as certificateTitles } from "#plugins/certificates";
import { partTitlesOf, titlesOf as courseTitles } from "#plugins/courses";
import { titlesOf as examTitles } from "#plugins/exams";
import { namesOf as requirementNames } from "#plugins/requirements";
import { kernelTitles } from "../store.ts";

type Titles = (ctx: Context, ids: readonly string[]) => Promise<Map<string, string>>;
const named =
  (kind: "person" | "unit"): Titles =>
  async (ctx, ids) =>
    new Map((await kernelTitles(ctx, kind, ids)).map(({ id, name }) => [id, kind === "person" ? maskName(name) : name]));
/** Whose face names which kind. */
const faces: Readonly<Record<string, Titles>> = {
  lesson: (ctx, ids) => partTitlesOf(ctx, "lesson", ids),
  case: (ctx, ids) => partTitlesOf(ctx, "case", ids),
  course: courseTitles,
  exam: examTitles,
  certificate: certificateTitles,
  requirement: requirementNames,
  person: named("person"),
  unit: named("unit"),
};
/** `kind/id`. */
export const thingKey = (thing: Thing): string => `${thing.kind}/${thing.id}`;

/** Titles by `kind/id`; a thing that nobody knows (any more) is missing. People's names are masked. */
export const titlesOfThings = async (ctx: Context, things: readonly Thing[]): Promise<Map<string, string>> => {
  const titles = new Map<string, string>();
  for (const [kind, face] of Object.entries(faces)) {
    const ids = new Set(things.flatMap((thing) => (thing.kind === kind ? [thing.id] : [])));
    if (ids.size === 0) continue;
    for (const [id, title] of await face(ctx, [...ids])) titles.set(thingKey({ kind, id }), title);
  }
  return titles;
};
