/** What is asked of the ledger exists and fits together; otherwise it is refused, and what is wrong is named. */
import { Invalid, NotFound, type Context, type Reach, type Words } from "#kernel";
import { objectRecorded, kindRecorded, personWithin, unitName, type Filter } from "../store.ts";
import { kinds, text } from "../text.ts";
import { titlesOfThings } from "./titles.ts";

/** What narrows a list, a file or a figure by ids and days. */
export type Asked = Pick<Filter, "from" | "to" | "unit" | "verb" | "kind" | "object" | "person">;
const wrong = (field: string, words: Words) => [{ field, code: "asked", words }];

/** Whether a plugin knows it, or the ledger has it within the reach. */
const isKnown = async (ctx: Context, reach: Reach, kind: string, id: string): Promise<boolean> =>
  (kinds[kind] !== undefined && (await titlesOfThings(ctx, [{ kind, id }])).size > 0) || objectRecorded(ctx, reach, kind, id);

/**
 * Looks whether a question can be answered, and answers what the unit in it is called.
 * @throws {NotFound} the unit or the person does not exist, or lies outside the reach
 * @throws {Invalid} the days are in reverse, or no plugin and no record knows the verb, the kind or the object
 */
export const checkAsked = async (
  ctx: Context,
  reach: Reach,
  { from, to, unit, verb, kind, object, person }: Asked,
): Promise<{ unitName: string | null }> => {
  if (from !== undefined && to !== undefined && from > to) throw new Invalid(text.reversed, {}, wrong("to", text.reversed));
  if (verb !== undefined && !ctx.registry.verbs.has(verb)) throw new Invalid(text.noVerb, {}, wrong("verb", text.noVerb));
  if (kind !== undefined && kinds[kind] === undefined && !(await kindRecorded(ctx, kind)))
    throw new Invalid(text.noKind, {}, wrong("kind", text.noKind));
  if (object !== undefined && kind === undefined) throw new Invalid(text.objectAlone, {}, wrong("kind", text.objectAlone));
  if (object !== undefined && kind !== undefined && !(await isKnown(ctx, reach, kind, object)))
    throw new Invalid(text.noObject, {}, wrong("object", text.noObject));
  const named = unit === undefined ? null : await unitName(ctx, reach, unit);
  if (unit !== undefined && named === null) throw new NotFound(text.noUnit, {}, wrong("unit", text.noUnit));
  if (person !== undefined && !(await personWithin(ctx, reach, person)))
    throw new NotFound(text.noPerson, {}, wrong("person", text.noPerson));
  return { unitName: named };
};
