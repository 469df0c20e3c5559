/** Parts that the pages of units, people and one's own unit share: choices, position forms, lists. */
import {
  categories,
  categoryText,
  dayWords,
  kindText,
  natures,
  natureText,
  posts,
  postText,
  say,
  statusText,
  unitKinds,
  unitStatuses,
  type Context,
  type Day,
  type Nature,
  type Post,
  type Words,
} from "#kernel";
import { Field, Select } from "#ui";
import { plainPosts } from "./rules.ts";
import type { Units } from "./service/choose.ts";
import { text } from "./text.ts";

export const t = (ctx: Context, words: Words, facts = {}) => say(ctx.language, words, facts);
const optionsOf = <K extends string>(ctx: Context, keys: readonly K[], words: Readonly<Record<K, Words>>) =>
  keys.map((value) => ({ value, words: t(ctx, words[value]) }));
export const kindOptions = (ctx: Context) => optionsOf(ctx, unitKinds, kindText);
export const statusOptions = (ctx: Context) => optionsOf(ctx, unitStatuses, statusText);
export const categoryOptions = (ctx: Context) => optionsOf(ctx, categories, categoryText);
const natureOptions = (ctx: Context) => optionsOf(ctx, natures, natureText);
const postOptions = (ctx: Context, plain = false) => optionsOf(ctx, plain ? plainPosts : posts, postText);
export type Choice = { id: string; name: string };
export const choiceOptions = (units: readonly Choice[]) => units.map((u) => ({ value: u.id, words: u.name }));

/** A unit: chosen from a list where they are few, else typed; `given` is what was entered before. */
export const UnitField = ({
  ctx,
  units: { few, chosen },
  name = "unit",
  at = name,
  label,
  given,
  empty,
}: {
  ctx: Context;
  units: Units;
  name?: string;
  at?: string;
  label: string;
  given?: string | undefined;
  /** What no unit at all means, where it means something. */
  empty?: string;
}) => {
  const rest = { name, at, label, required: empty === undefined };
  if (few !== null) return <Select {...rest} value={given ?? chosen?.id ?? ""} options={choiceOptions(few)} empty={empty ?? "—"} />;
  return (
    <Field
      {...rest}
      value={chosen?.name ?? given ?? ""}
      help={empty === undefined ? t(ctx, text.unitTyped) : t(ctx, text.unitTypedOr, { empty })}
      maxlength={60}
    />
  );
};

/** A span of days in words. */
export const span = (ctx: Context, from: Day, until: Day | null): string =>
  `${dayWords(from, ctx.language)} — ${until === null ? t(ctx, text.untilNow) : dayWords(until, ctx.language)}`;

/** Nature, post and first day of a position; `at` tells its ids apart. */
export type PlaceGiven = { nature?: Nature; post?: Post; from?: Day };
export const PlaceFields = ({
  ctx,
  at,
  nature = "personnel",
  post,
  from,
  plain = false,
}: { ctx: Context; at: string; plain?: boolean } & PlaceGiven) => (
  <>
    <Select
      name="post"
      at={`${at}-post`}
      label={t(ctx, text.post)}
      value={post ?? (plain ? "teaching" : "other")}
      options={postOptions(ctx, plain)}
      required
    />
    <Select name="nature" at={`${at}-nature`} label={t(ctx, text.nature)} value={nature} options={natureOptions(ctx)} required />
    <Field name="from" at={`${at}-from`} label={t(ctx, text.firstDay)} type="date" value={from ?? ctx.today} required />
  </>
);
