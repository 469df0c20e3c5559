/** The frame of every page: header, navigation, footer, themes; and the page of an error. */
import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import {
  isReported,
  may,
  momentWords,
  opensByItself,
  readBody,
  say,
  type Body,
  type Came,
  type Context,
  type Html,
  type Nav,
  type PageProps,
  type Sheet,
  type Shell,
  type Trouble,
} from "#kernel";
import { text } from "./text.ts";
import { Drawn, Notice, Print, Table } from "./parts.tsx";
import { SignInForm } from "./sign-in.tsx";

type Care = "" | "care" | "care larger";
const careOf = (ctx: Context): Care => (ctx.care === 2 ? "care larger" : ctx.care === 1 ? "care" : "");
const path = (ctx: Context) => new URL(ctx.request.url).pathname;
/** Where the reader is, with what was filtered; the start where a form led here. */
const here = (ctx: Context) => (opensByItself(ctx.registry, path(ctx)) ? path(ctx) + new URL(ctx.request.url).search : "/");
/** Of the lines that lead here, the one that says most: /admin/people is people, not the overview. */
const isCurrent = (ctx: Context, nav: Nav, among: readonly Nav[]) => {
  const leads = (n: Nav) => path(ctx) === n.path || path(ctx).startsWith(`${n.path}/`);
  return leads(nav) && !among.some((other) => other.path.length > nav.path.length && leads(other));
};

const NavLink = ({ ctx, nav, current = isCurrent(ctx, nav, ctx.registry.nav) }: { ctx: Context; nav: Nav; current?: boolean }) => (
  <a href={nav.path} {...(current ? { "aria-current": "page" } : {})}>
    {say(ctx.language, nav.words)}
  </a>
);
/** What stands in the tab bar of a phone and in the header; the rest is in the menu and behind the last tab, 我的. */
const isFirst = (nav: Nav) => nav.order < 100;

/** The officer's telephone rings: a name, the end of a phone or a unit finds the person from any page. */
const Find = ({ ctx }: { ctx: Context }) => (
  <form method="get" action="/admin/people" class="find" role="search" aria-label={say(ctx.language, text.searchPeople)}>
    <input
      type="search"
      name="q"
      maxlength={60}
      placeholder={say(ctx.language, text.searchPeople)}
      aria-label={say(ctx.language, text.searchPeople)}
    />
    <button class="btn">{say(ctx.language, text.search)}</button>
  </form>
);

/** A text as CSS writes one, inside of HTML. */
const inCss = (words: string) => `"${words.replace(/["\\<&\n]/g, (c) => `\\${c.charCodeAt(0).toString(16)} `)}"`;
const Frame = ({ ctx, body: about, content, props }: { ctx: Context; body: Body; content: Child; props: PageProps }) => {
  const t = (words: Parameters<typeof say>[1]) => say(ctx.language, words);
  const body = about.name;
  const printed = say(ctx.language, text.printed, { at: momentWords(ctx.now, ctx.zone, ctx.language) });
  const nav = ctx.registry.nav.filter((n) => may(ctx, n.needs));
  const admin = path(ctx).startsWith("/admin");
  const shown = nav.filter((n) => (admin ? n.area === "admin" : n.area !== "admin"));
  const first = admin ? shown : shown.filter(isFirst);
  const behind = shown.filter((n) => !first.includes(n));
  const tab =
    first.find((n) => isCurrent(ctx, n, first)) ??
    (path(ctx) === "/account" || behind.some((n) => isCurrent(ctx, n, behind)) ? first.at(-1) : undefined);
  const tabs = first.map((n) => <NavLink ctx={ctx} nav={n} current={n === tab} />);
  const finds = admin && nav.some((n) => n.path === "/admin/people");
  const across = admin ? nav.find((n) => n.area === "learn") : nav.find((n) => n.area === "admin");
  return (
    <html lang={ctx.language === "zh" ? "zh-CN" : "en"} class={careOf(ctx)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${props.title} · ${body}`}</title>
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/xuefa.css" />
        <style>
          {raw(
            `@media print{@page{@bottom-left{content:${inCss(body)};font-size:9pt}@bottom-right{content:${inCss(printed)};font-size:9pt}}}`,
          )}
        </style>
        {props.refresh === undefined ? null : <meta http-equiv="refresh" content={String(props.refresh)} />}
        {(props.islands ?? []).map((name) => (
          <script type="module" src={`/islands/${name}.js`}></script>
        ))}
      </head>
      <body class={admin ? "admin" : ""}>
        {props.bare === true ? (
          content
        ) : (
          <>
            <a class="skip" href="#main">
              {t(text.skip)}
            </a>
            <header class="top">
              <a class="mark" lang="zh-CN" href="/" aria-label={`${t(text.home)} · 学法`}>
                学法
              </a>
              <b class="body-name">{body}</b>
              {ctx.actor && (
                <nav class="wide-only" aria-label={t(admin ? text.admin : text.main)}>
                  {tabs}
                  {across && <a href={across.path}>{admin ? say(ctx.language, across.words) : t(text.admin)}</a>}
                </nav>
              )}
              {finds && <Find ctx={ctx} />}
              <div class="tools">
                <form method="post" action="/display" class="inline">
                  <input type="hidden" name="care" value={String((ctx.care + 1) % 3)} />
                  <input type="hidden" name="back" value={here(ctx)} />
                  <button class="plain">{t(ctx.care === 0 ? text.care : ctx.care === 1 ? text.larger : text.careOff)}</button>
                </form>
                {ctx.actor ? (
                  <details class="menu">
                    <summary class="btn">{t(text.menu)}</summary>
                    <div class="sheet menu-list">
                      <p class="soft small">{ctx.actor.name}</p>
                      {finds && (
                        <div class="narrow">
                          <Find ctx={ctx} />
                        </div>
                      )}
                      <nav aria-label={t(text.menu)}>
                        <div class="narrow">
                          {first.map((n) => (
                            <NavLink ctx={ctx} nav={n} />
                          ))}
                          {across && <a href={across.path}>{admin ? say(ctx.language, across.words) : t(text.admin)}</a>}
                        </div>
                        {behind.map((n) => (
                          <NavLink ctx={ctx} nav={n} />
                        ))}
                        <a href="/account">{t(text.person)}</a>
                      </nav>
                      <form method="post" action="/display">
                        <input type="hidden" name="language" value={ctx.language === "zh" ? "en" : "zh"} />
                        <input type="hidden" name="back" value={here(ctx)} />
                        <button class="plain" lang={ctx.language === "zh" ? "en" : "zh-CN"}>
                          {t(text.english)}
                        </button>
                      </form>
                      <form method="post" action="/sign-out">
                        <button class="plain">{t(text.signOut)}</button>
                      </form>
                    </div>
                  </details>
                ) : (
                  <a class="btn" href="/sign-in">
                    {t(text.signIn)}
                  </a>
                )}
              </div>
            </header>
            <p class="print-head" aria-hidden="true">
              <span>{body}</span>
              <span>{printed}</span>
            </p>
            <main id="main" class={props.wide === true ? "wide" : ""}>
              {content}
            </main>
            <footer class="foot-note small soft">
              <p>{[say(ctx.language, text.organiser, { name: body }), about.contact].filter((x) => x !== "").join(" · ")}</p>
              <form method="post" action="/display" class="line">
                <a href="/help">{t(text.help)}</a>
                <input type="hidden" name="language" value={ctx.language === "zh" ? "en" : "zh"} />
                <input type="hidden" name="back" value={here(ctx)} />
                <button class="plain" lang={ctx.language === "zh" ? "en" : "zh-CN"}>
                  {t(text.english)}
                </button>
              </form>
              {(about.icp !== "" || about.police !== "") && <p>{[about.icp, about.police].filter((x) => x !== "").join(" · ")}</p>}
            </footer>
            {ctx.actor && !admin && (
              <nav class="tabs" aria-label={t(text.main)}>
                {tabs}
              </nav>
            )}
          </>
        )}
      </body>
    </html>
  );
};

/** What a page holds, its tables numbered. */
const drawn = (ctx: Context, content: unknown, opens: boolean): string => {
  const html: Html = <Drawn.Provider value={{ ctx, opens, tables: 0 }}>{content as Child}</Drawn.Provider>;
  return html.toString();
};
const page = async (ctx: Context, content: unknown, props: PageProps, opens: boolean): Promise<string> => {
  const body = await readBody(ctx);
  const html = drawn(ctx, content, opens && props.bare !== true);
  const frame: Html = <Frame ctx={ctx} body={body} content={raw(html)} props={props} />;
  return `<!doctype html>${frame.toString()}`;
};
/** Days, moments, numbers and the like: not to be broken. */
const oneLine = /^[\x20-\x7e]{1,20}$/;
/** A table as a whole on paper: what it is of, then its rows; its header stands on each sheet. */
const sheet = (ctx: Context, { caption, lines, head, rows, cut }: Sheet): Promise<string> =>
  page(
    ctx,
    <>
      <h1>{caption}</h1>
      <p class="line no-print">
        <Print ctx={ctx} />
      </p>
      <ul class="plain small">
        {lines.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      <Table caption={caption} head={head.map((words, n) => (rows.some((row) => typeof row[n] === "number") ? { r: words } : words))}>
        {rows.map((row) => (
          <tr>
            {row.map((cell) => (
              <td class={typeof cell === "number" ? "r num" : oneLine.test(cell) ? "num" : "lines-kept"}>{cell}</td>
            ))}
          </tr>
        ))}
      </Table>
      {cut !== null && <Notice tone="due">{cut}</Notice>}
    </>,
    { title: caption, wide: true, islands: ["acts"] },
    false,
  );
/** What one can do about it: sign in, set a password, go back to what one typed, or begin anew. */
const WayOn = ({ ctx, t, came }: { ctx: Context; t: Trouble; came: Came }) => {
  const then = came.page ?? undefined;
  if (t.status === 401 && t.wants === "password")
    return (
      <p>
        <a class="btn go" href={`/set-password?then=${encodeURIComponent(then ?? "/me")}`}>
          {say(ctx.language, text.setPassword)}
        </a>
      </p>
    );
  if (t.status === 401)
    return (
      <>
        <SignInForm ctx={ctx} then={then} />
        {ctx.env.DEMO !== undefined && (
          <p>
            <a href={`/sign-in${then === undefined ? "" : `?then=${encodeURIComponent(then)}`}`}>{say(ctx.language, text.demoAccounts)}</a>
          </p>
        )}
      </>
    );
  return (
    <p class="line">
      {came.posted && came.page !== null && (
        <a class="btn go" href={came.page} data-back="">
          {say(ctx.language, t.status === 403 || t.status === 404 ? text.goBack : text.mend)}
        </a>
      )}
      <a class="btn" href={ctx.actor ? "/me" : "/"}>
        {say(ctx.language, ctx.actor ? text.toToday : text.toStart)}
      </a>
    </p>
  );
};
const trouble = (ctx: Context, t: Trouble, came: Came): Promise<string> => {
  const details = t.problems.filter((p) => p.message !== t.title);
  return page(
    ctx,
    <div class="reading">
      <h1>{t.title}</h1>
      {details.length > 0 && (
        <Notice tone="late">
          <ul>
            {details.map((p) => (
              <li>{p.message}</li>
            ))}
          </ul>
        </Notice>
      )}
      {![401, 403, 404].includes(t.status) && <p>{say(ctx.language, text.nothingLost)}</p>}
      <WayOn ctx={ctx} t={t} came={came} />
      {isReported(t, ctx) && <p class="small soft">{say(ctx.language, text.reference, { reference: t.reference })}</p>}
    </div>,
    { title: t.title, islands: ["acts"] },
    false,
  );
};

/** The shell that `compose` is given. */
export const shell: Shell = { page, trouble, sheet, content: (ctx, body) => drawn(ctx, body, false) };
