/** Signing in and out, the notice, one's password, account and display. */
import { getCookie, setCookie } from "hono/cookie";
import { anyone, form, query, readSetting, Refusal, say, type Page, type routes } from "#kernel";
import { z } from "zod";
import { displayForm, noticeForm, passwordForm, sessionForm, signInForm, signInPage, thenOnly } from "./input.ts";
import { safePath } from "./rules.ts";
import { noticeSeen, showNotice } from "./service/notice.ts";
import { chooseDisplay, readOwnFacts } from "./service/account.ts";
import {
  endOtherSessions,
  endOwnSession,
  enterLine,
  hasPassword,
  listOwnSessions,
  lookInLine,
  setOwnPassword,
  signOut,
  type Opened,
} from "./service/session.ts";
import { ownAccount } from "./terms.ts";
import { text } from "./text.ts";
import { AccountPage, NoticePage, SetPasswordPage, SignInPage, WaitPage } from "./views-sign-in.tsx";

const aYear = 365 * 86_400;
const demoSchema = z.object({
  accounts: z.array(z.object({ role: z.string(), username: z.string(), password: z.string(), name: z.string(), note: z.string() })),
});
/** The demonstration's accounts; none elsewhere. */
const demoAccounts = async (page: Page) =>
  page.ctx.env.DEMO === undefined ? [] : (await readSetting(page.ctx, "demo", demoSchema, { accounts: [] })).accounts;

const secure = (page: Page) => page.ctx.origin.startsWith("https:");
const remember = (page: Page, name: "care" | "language", value: string) =>
  setCookie(page.http, name, value, { path: "/", maxAge: aYear, sameSite: "Lax", secure: secure(page) });

/** Carries a session to the browser, with the display that the person chose elsewhere, and goes on. */
export const goOn = (page: Page, opened: Opened, then: string | undefined): Response => {
  for (const cookie of opened.cookies) page.http.header("set-cookie", cookie, { append: true });
  if (opened.display && getCookie(page.http, "care") === undefined) remember(page, "care", String(opened.display.care));
  if (opened.display?.language && getCookie(page.http, "language") === undefined) remember(page, "language", opened.display.language);
  const next = safePath(then, "/?enter=1");
  return page.redirect(opened.noticeDue ? `/notice?then=${encodeURIComponent(next)}` : next);
};

const ticketCookie = "sign-in-ticket";
const signInAgain = async (page: Page, then: string | undefined, username: string, error: unknown): Promise<Response> => {
  if (!(error instanceof Refusal)) throw error;
  return page.render(
    <SignInPage
      ctx={page.ctx}
      then={then}
      problem={say(page.ctx.language, error.words, error.facts)}
      accounts={await demoAccounts(page)}
      chosen={undefined}
      username={username}
    />,
    {
      title: say(page.ctx.language, text.signIn),
      status: error.status === 415 ? 422 : error.status === 400 ? 422 : error.status,
    },
  );
};

export const signInPages = (r: ReturnType<typeof routes>) =>
  r
    .get("/sign-in", anyone, query(signInPage), async (page, { then, as }) => {
      const accounts = await demoAccounts(page);
      return page.render(
        <SignInPage ctx={page.ctx} then={then} problem={null} accounts={accounts} chosen={accounts.find((a) => a.username === as)} />,
        { title: say(page.ctx.language, text.signIn) },
      );
    })
    .post("/sign-in", anyone, form(signInForm), async (page, { username, password, then }) => {
      try {
        const entered = await enterLine(page.ctx, { username, password });
        if ("token" in entered) return goOn(page, entered, then);
        setCookie(page.http, ticketCookie, entered.ticket, {
          path: "/sign-in/wait",
          httpOnly: true,
          sameSite: "Strict",
          maxAge: 300,
          secure: secure(page),
        });
        return page.redirect(`/sign-in/wait?then=${encodeURIComponent(safePath(then, "/?enter=1"))}`);
      } catch (error) {
        return signInAgain(page, then, username, error);
      }
    })
    .get("/sign-in/wait", anyone, query(thenOnly), async (page, { then }) => {
      try {
        const entered = await lookInLine(page.ctx, getCookie(page.http, ticketCookie) ?? "");
        if ("token" in entered) return goOn(page, entered, then);
        return await page.render(<WaitPage ctx={page.ctx} ahead={entered.ahead} />, {
          title: say(page.ctx.language, text.waitTitle),
          refresh: 2,
        });
      } catch (error) {
        return signInAgain(page, then, "", error);
      }
    })
    .post("/sign-out", ownAccount, async (page) => {
      for (const cookie of await signOut(page.ctx, page.http.req.raw)) page.http.header("set-cookie", cookie, { append: true });
      return page.redirect("/");
    })
    .get("/notice", anyone, query(thenOnly), async (page, { then }) =>
      page.render(<NoticePage ctx={page.ctx} notice={await showNotice(page.ctx)} then={safePath(then, "/?enter=1")} />, {
        title: say(page.ctx.language, text.noticeTitle),
      }),
    )
    .post("/notice", ownAccount, form(noticeForm), async (page, { version, then }) => {
      await noticeSeen(page.ctx, version);
      return page.redirect(safePath(then, "/?enter=1"));
    })
    .get("/set-password", ownAccount, query(thenOnly), async (page, { then }) =>
      page.render(<SetPasswordPage ctx={page.ctx} then={safePath(then, "/?enter=1")} problem={null} current={await asksCurrent(page)} />, {
        title: say(page.ctx.language, text.setPassword),
      }),
    )
    .post("/set-password", ownAccount, form(passwordForm), async (page, { then, ...given }) => {
      try {
        await setOwnPassword(page.ctx, given);
        return page.redirect(safePath(then, "/?enter=1"));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return page.render(
          <SetPasswordPage
            ctx={page.ctx}
            then={safePath(then, "/?enter=1")}
            problem={say(page.ctx.language, error.words, error.facts)}
            current={await asksCurrent(page)}
          />,
          { title: say(page.ctx.language, text.setPassword), status: 422 },
        );
      }
    })
    .get("/account", ownAccount, query(z.object({ done: z.boolean().optional() })), (page, { done }) =>
      accountPage(page, done === true, null),
    )
    .post("/account/password", ownAccount, form(passwordForm), async (page, given) => {
      try {
        await setOwnPassword(page.ctx, given);
        return page.redirect("/account?done=1");
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return accountPage(page, false, say(page.ctx.language, error.words, error.facts));
      }
    })
    .post("/account/sessions/end", ownAccount, form(sessionForm), async (page, { session }) => {
      await endOwnSession(page.ctx, session);
      return page.redirect("/account#sessions");
    })
    .post("/account/sessions/end-others", ownAccount, async (page) => {
      await endOtherSessions(page.ctx);
      return page.redirect("/account#sessions");
    })
    .post("/display", anyone, form(displayForm), async (page, { care, language, back }) => {
      if (care !== undefined) remember(page, "care", care);
      if (language !== undefined) remember(page, "language", language);
      await chooseDisplay(page.ctx, { care: care === undefined ? page.ctx.care : Number(care), language: language ?? page.ctx.language });
      return page.redirect(safePath(back, "/"));
    });

const asksCurrent = async (page: Page): Promise<boolean> => {
  const { actor } = page.ctx;
  return actor?.strength === "password" && (await hasPassword(page.ctx, actor.person));
};

const accountPage = async (page: Page, done: boolean, problem: string | null): Promise<Response> =>
  page.render(
    <AccountPage
      ctx={page.ctx}
      facts={await readOwnFacts(page.ctx)}
      sessions={await listOwnSessions(page.ctx)}
      current={await asksCurrent(page)}
      done={done}
      problem={problem}
    />,
    { title: say(page.ctx.language, text.account), ...(problem === null ? {} : { status: 422 }) },
  );
