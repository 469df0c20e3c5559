import type { Child } from "hono/jsx";
import { say, version, type Body, type Context, type Html } from "#kernel";
import { Empty, Field, Sheet } from "#ui";
import { text } from "./text.ts";

const asChildren = (cards: readonly Html[]) => cards as readonly unknown[] as readonly Child[];

export const Front = ({ ctx, body }: { ctx: Context; body: Body }) => {
  const t = (words: Parameters<typeof say>[1]) => say(ctx.language, words);
  return (
    <>
      <h1>{body.name}</h1>
      <p>{t(text.lead)}</p>
      <p class="line">
        <a class="btn go" href={ctx.actor ? "/me" : "/sign-in"}>{t(ctx.actor ? text.today : text.signIn)}</a>
        <a class="btn" href="/verify">{t(text.verify)}</a>
        <a class="btn" href="/statutes">{t(text.statutes)}</a>
      </p>
      {([["forStaff", "forStaffWords"], ["forHeads", "forHeadsWords"], ["forOfficers", "forOfficersWords"]] as const).map(([who, words]) => (
        <Sheet>
          <h2>{t(text[who])}</h2>
          <p>{t(text[words])}</p>
        </Sheet>
      ))}
    </>
  );
};
export const Me = ({ ctx, cards }: { ctx: Context; cards: readonly Html[] }) =>
  cards.length === 0 ? (
    <>
      <h1>{ctx.actor?.name}</h1>
      <Empty>
        <p>{say(ctx.language, text.nothingMe)}</p>
        <a class="btn" href="/courses">{say(ctx.language, text.seeCourses)}</a>
      </Empty>
    </>
  ) : (
    <>{asChildren(cards)}</>
  );
export const Unit = ({ ctx, cards }: { ctx: Context; cards: readonly Html[] }) => {
  const names = [...new Set((ctx.actor?.positions ?? []).filter((p) => p.post === "principal" || p.post === "liaison").map((p) => p.unitName))];
  return (
    <>
      <h1>{names.length > 0 ? names.join("、") : say(ctx.language, text.noUnit)}</h1>
      {asChildren(cards)}
    </>
  );
};
export const Admin = ({ ctx, cards }: { ctx: Context; cards: readonly Html[] }) => (
  <>
    <h1>{say(ctx.language, text.adminTitle, { year: ctx.today.slice(0, 4) })}</h1>
    {asChildren(cards)}
  </>
);
export const Settings = ({ ctx, body }: { ctx: Context; body: Body }) => {
  const t = (words: Parameters<typeof say>[1], facts = {}) => say(ctx.language, words, facts);
  return (
    <>
      <h1>{t(text.settings)}</h1>
      <form method="post" class="stack sheet">
        <Field name="name" label={t(text.bodyName)} value={body.name} required maxlength={50} />
        <Field name="issuer" label={t(text.issuer)} value={body.issuer} required maxlength={8} pattern="[A-Z]{2,8}" />
        <Field name="contact" label={t(text.contact)} value={body.contact} maxlength={200} />
        <Field name="icp" label={t(text.icp)} value={body.icp} maxlength={60} />
        <Field name="police" label={t(text.police)} value={body.police} maxlength={60} />
        <button class="btn go">{t(text.save)}</button>
      </form>
      <Sheet>
        <h2>{t(text.plugins)}</h2>
        <p>{ctx.registry.plugins.map((p) => p.id).join(" · ")}</p>
        <p class="small soft">{t(text.version, { version })}</p>
      </Sheet>
    </>
  );
};
