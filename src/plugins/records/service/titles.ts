/** What the things in records are called: one query a kind of thing. */
import { maskName, type Context, type Thing } from "#kernel";
import { titlesOf as certificateTitles } from "#plugins/certificates";
import { kernelTitles } from "../store.ts";

type Titles = (ctx: Context, ids: readonly string[]) => Promise<Map<string, string>>;
const named = (kind: "person" | "unit"): Titles => async (ctx, ids) => new Map((await kernelTitles(ctx, kind, ids)).map(({ id, name }) => [id, kind === "person" ? maskName(name) : name]));
/** Whose face names which kinds. */
const faces: readonly { kinds: readonly string[]; titles: Titles }[] = [
  { kinds: ["certificate"], titles: certificateTitles },
  { kinds: ["person"], titles: named("person") },
  { kinds: ["unit"], titles: named("unit") },
];
export const thingKey = (thing: Thing): string => `${thing.kind}/${thing.id}`;

/** Titles by `kind/id`; a thing that nobody knows (any more) is missing. People's names are masked. */
export const titlesOfThings = async (ctx: Context, things: readonly Thing[]): Promise<Map<string, string>> => {
  const titles = new Map<string, string>();
  for (const face of faces) {
    const wanted = things.filter((thing) => face.kinds.includes(thing.kind));
    if (wanted.length === 0) continue;
    const found = await face.titles(ctx, [...new Set(wanted.map((thing) => thing.id))]);
    for (const thing of wanted) {
      const title = found.get(thing.id);
      if (title !== undefined) titles.set(thingKey(thing), title);
    }
  }
  return titles;
};
