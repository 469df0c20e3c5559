/** One-time links: the page with the one button, slips for print, one link with its words; and the first run. */
import { raw } from "hono/html";
import { renderSVG } from "uqr";
import { dayWords, say, type Context, type Words } from "#kernel";
import { Copy, Empty, Field, FormError, Hidden, Notice, Print, Select, Sheet } from "#ui";
import type { Link } from "./service/link.ts";
import type { Units } from "./service/choose.ts";
import { text } from "./text.ts";
import { UnitField } from "./views-roster.tsx";
import { PasswordFields } from "./views-sign-in.tsx";

const t = (ctx: Context, words: Words, facts = {}) => say(ctx.language, words, facts);

export const LinkPage = ({ ctx, code, page }: { ctx: Context; code: string; page: string }) => (
  <div class="reading">
    <h1>{t(ctx, text.linkTitle)}</h1>
    <p>{t(ctx, text.linkIntro)}</p>
    <Sheet next>
      <form method="post" action={`/sign-in/${code}`}>
        <Hidden name="page" value={page} />
        <button class="btn go">{t(ctx, text.linkGo)}</button>
      </form>
    </Sheet>
  </div>
);

/** Of a link that was used, has lapsed or is wrong: how one comes in all the same. */
export const LinkGonePage = ({ ctx }: { ctx: Context }) => (
  <div class="reading">
    <h1>{t(ctx, text.linkGoneTitle)}</h1>
    <Sheet next>
      <p>{t(ctx, text.linkGoneSignIn)}</p>
      <p>
        <a class="btn go" href="/sign-in">
          {t(ctx, text.signIn)}
        </a>
      </p>
    </Sheet>
    <p>{t(ctx, text.linkGoneAsk)}</p>
  </div>
);

const Qr = ({ url, label }: { url: string; label: string }) => (
  <div class="qr" role="img" aria-label={label}>
    {raw(renderSVG(url, { border: 1 }))}
  </div>
);
/** What goes to the chat, always in Chinese first where the reader's interface is. */
export const wordsOf = (ctx: Context, link: Link): string =>
  t(ctx, text.linkWords, { ...link.words, until: dayWords(link.words.until, ctx.language) });

/** Eight to a page of A4, two by four. */
export const SlipsPage = ({ ctx, links, skipped, back }: { ctx: Context; links: readonly Link[]; skipped: number; back: string }) => (
  <>
    <div class="no-print">
      <h1>{t(ctx, text.slipsTitle, { count: links.length })}</h1>
      <Notice tone="due">
        {t(ctx, text.linkOnce)} {skipped > 0 && t(ctx, text.linksSkipped, { count: skipped })}
      </Notice>
      <p class="actions">
        <Print ctx={ctx} />
        <a class="btn" href={back}>
          {t(ctx, text.slipsBack)}
        </a>
      </p>
    </div>
    <ul class="slips">
      {links.map((link) => (
        <li>
          <div>
            <b>{link.name}</b> <span class="small">{link.unit}</span>
            <p class="num">{t(ctx, text.slipLogin, { login: link.login })}</p>
            <p class="small">{t(ctx, text.slipHow)}</p>
            <p class="small num break">{link.url}</p>
            <p class="small">{t(ctx, text.slipUntil, { until: dayWords(link.words.until, ctx.language) })}</p>
          </div>
          <Qr url={link.url} label={t(ctx, text.linkReady, { name: link.name })} />
        </li>
      ))}
    </ul>
  </>
);

export const OneLinkPage = ({ ctx, link, back }: { ctx: Context; link: Link; back: string }) => (
  <div class="reading">
    <h1>{t(ctx, text.linkReady, { name: link.name })}</h1>
    <Notice tone="due">{t(ctx, text.linkOnce)}</Notice>
    <Sheet>
      <h2>{t(ctx, text.copyWords)}</h2>
      <p class="copy break">{wordsOf(ctx, link)}</p>
      <p class="no-print">
        <Copy ctx={ctx} words={wordsOf(ctx, link)} />
      </p>
    </Sheet>
    <ul class="slips">
      <li>
        <div>
          <b>{link.name}</b> <span class="small">{link.unit}</span>
          <p class="num">{t(ctx, text.slipLogin, { login: link.login })}</p>
          <p class="small num break">{link.url}</p>
          <p class="small">{t(ctx, text.slipUntil, { until: dayWords(link.words.until, ctx.language) })}</p>
        </div>
        <Qr url={link.url} label={t(ctx, text.linkReady, { name: link.name })} />
      </li>
    </ul>
    <p class="no-print">
      <a class="btn" href={back}>
        {t(ctx, text.back)}
      </a>
    </p>
  </div>
);

export const LinksPage = ({
  ctx,
  units,
  unit,
  days,
  action,
  problem,
}: {
  ctx: Context;
  units: Units;
  unit: string | undefined;
  days: number;
  action: string;
  problem: string | null;
}) => (
  <div class="reading">
    <h1>{t(ctx, text.links)}</h1>
    <p>{t(ctx, text.linksIntro, { days })}</p>
    {ctx.actor?.roles.has("administrator") === true && <p class="soft">{t(ctx, text.linksLost)}</p>}
    {problem !== null && <FormError>{problem}</FormError>}
    {units.few?.length === 0 ? (
      <Empty>{t(ctx, text.linksNone)}</Empty>
    ) : (
      <Sheet>
        <form method="post" action={action}>
          <UnitField ctx={ctx} units={units} label={t(ctx, text.columnUnit)} given={unit ?? units.few?.[0]?.id} />
          <Select
            name="whom"
            label={t(ctx, text.linksWhom)}
            value="without-password"
            options={[
              { value: "without-password", words: t(ctx, text.linksWithout) },
              { value: "all", words: t(ctx, text.linksAll) },
            ]}
            required
          />
          <Select
            name="as"
            label={t(ctx, text.linksAs)}
            value="slips"
            options={[
              { value: "slips", words: t(ctx, text.linksSlips) },
              { value: "xlsx", words: t(ctx, text.linksXlsx) },
            ]}
            required
          />
          <button class="btn go">{t(ctx, text.linksMake)}</button>
        </form>
      </Sheet>
    )}
  </div>
);

export const FirstRunPage = ({
  ctx,
  code,
  problem,
  body,
  name,
}: {
  ctx: Context;
  code: string;
  problem: string | null;
  body?: string;
  name?: string;
}) => (
  <div class="reading">
    <h1>{t(ctx, text.firstRunTitle)}</h1>
    <p>{t(ctx, text.firstRunIntro)}</p>
    {problem !== null && <FormError>{problem}</FormError>}
    <Sheet next>
      <form method="post" action={`/first-run/${code}`}>
        <Field name="body" label={t(ctx, text.firstRunBody)} value={body ?? ""} required maxlength={60} />
        <Field name="name" label={t(ctx, text.firstRunName)} value={name ?? ""} autocomplete="name" required maxlength={60} />
        <PasswordFields ctx={ctx} current={false} />
        <button class="btn go">{t(ctx, text.firstRunGo)}</button>
      </form>
    </Sheet>
  </div>
);
export const FirstRunDonePage = ({ ctx, login }: { ctx: Context; login: string }) => (
  <div class="reading">
    <h1>{t(ctx, text.firstRunDone)}</h1>
    <Sheet next>
      <p>{t(ctx, text.firstRunLogin, { login })}</p>
      <p>
        <a class="btn go" href="/notice?then=%2Fadmin%2Fimports">
          {t(ctx, text.firstRunNext)}
        </a>
      </p>
    </Sheet>
  </div>
);
