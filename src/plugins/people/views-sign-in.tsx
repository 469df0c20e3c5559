/** Pages of signing in and of one's own account. */
import { momentWords, say, type Context, type Words } from "#kernel";
import { Field, FormError, Hidden, Notice, Sheet, SignInForm, Tag } from "#ui";
import { agentOf } from "./rules-agent.ts";
import type { DataNotice } from "./service/notice.ts";
import type { SessionRow } from "./store-sign-in.ts";
import { text } from "./text.ts";

const t = (ctx: Context, words: Words, facts = {}) => say(ctx.language, words, facts);

export type DemoAccount = { role: string; username: string; password: string; name: string; note: string };
export const SignInPage = ({
  ctx,
  then,
  problem,
  accounts,
  chosen,
  username,
}: {
  ctx: Context;
  then: string | undefined;
  problem: string | null;
  accounts: readonly DemoAccount[];
  chosen: DemoAccount | undefined;
  username?: string;
}) => (
  <div class="reading">
    <h1>{t(ctx, text.signIn)}</h1>
    {problem !== null && <FormError>{problem}</FormError>}
    <SignInForm ctx={ctx} then={then} username={chosen?.username ?? username ?? ""} password={chosen?.password ?? ""} />
    {accounts.length > 0 && (
      <Sheet>
        <h2>{t(ctx, text.demoAccounts)}</h2>
        <p class="small soft">{t(ctx, text.demoNote)}</p>
        <ul class="rows">
          {accounts.map((a) => (
            <li>
              <span>
                <b>{a.note}</b>
                <br />
                <span class="small soft">
                  {a.name} · {a.username} · {a.password}
                </span>
              </span>
              <a
                class="btn"
                href={`/sign-in?as=${encodeURIComponent(a.username)}${then === undefined ? "" : `&then=${encodeURIComponent(then)}`}`}
                aria-label={`${t(ctx, text.use)}：${a.note}`}
              >
                {t(ctx, text.use)}
              </a>
            </li>
          ))}
        </ul>
      </Sheet>
    )}
  </div>
);

export const WaitPage = ({ ctx, ahead }: { ctx: Context; ahead: number }) => (
  <div class="reading">
    <h1>{t(ctx, text.waitTitle)}</h1>
    <Notice tone="due">{t(ctx, text.waitAhead, { count: ahead })}</Notice>
  </div>
);

export const NoticePage = ({ ctx, notice, then }: { ctx: Context; notice: DataNotice; then: string }) => (
  <article class="reading">
    <h1>{t(ctx, text.noticeTitle)}</h1>
    <p class="small soft">{t(ctx, text.noticeVersion, { version: notice.version })}</p>
    {notice.parts.map((part) => (
      <section>
        <h2>{part.heading}</h2>
        <p>{part.text}</p>
      </section>
    ))}
    {ctx.actor !== null && (
      <form method="post" action="/notice">
        <Hidden name="version" value={String(notice.version)} />
        <Hidden name="then" value={then} />
        <button class="btn go">{t(ctx, text.noticeGo)}</button>
      </form>
    )}
  </article>
);

/** A new password twice, after the one of now where it is asked. */
export const PasswordFields = ({ ctx, current }: { ctx: Context; current: boolean }) => (
  <>
    {current && (
      <Field name="current" label={t(ctx, text.currentPassword)} type="password" autocomplete="current-password" required maxlength={200} />
    )}
    <Field
      name="password"
      label={t(ctx, text.newPassword)}
      type="password"
      help={t(ctx, text.newPasswordHelp)}
      autocomplete="new-password"
      required
      maxlength={200}
    />
    <Field name="repeat" label={t(ctx, text.repeatPassword)} type="password" autocomplete="new-password" required maxlength={200} />
  </>
);
export const SetPasswordPage = ({
  ctx,
  then,
  problem,
  current,
}: {
  ctx: Context;
  then: string;
  problem: string | null;
  current: boolean;
}) => (
  <div class="reading">
    <h1>{t(ctx, text.setPassword)}</h1>
    <p>{t(ctx, text.setPasswordWhy)}</p>
    {problem !== null && <FormError>{problem}</FormError>}
    <Sheet next>
      <form method="post" action="/set-password">
        <input type="hidden" name="username" value={ctx.actor?.login ?? ""} autocomplete="username" />
        <Hidden name="then" value={then} />
        <PasswordFields ctx={ctx} current={current} />
        <button class="btn go">{t(ctx, text.save)}</button>
      </form>
    </Sheet>
  </div>
);

/** A device and its browser in words; what is no browser is called as it calls itself. */
const agentWords = (ctx: Context, agent: string | null): string | null => {
  const known = agent === null ? null : agentOf(agent);
  if (known === null) return agent;
  return `${t(ctx, known.phone ? text.onPhone : text.onComputer)} · ${t(ctx, text[`agent_${known.browser}`])}`;
};
export type OwnFacts = { login: string; name: string; employeeNo: string | null; phone: string | null; email: string | null };
export const AccountPage = ({
  ctx,
  facts,
  sessions,
  current,
  done,
  problem,
}: {
  ctx: Context;
  facts: OwnFacts;
  sessions: readonly SessionRow[];
  current: boolean;
  done: boolean;
  /** Why the password was not changed. */ problem: string | null;
}) => (
  <div class="reading">
    <h1>{t(ctx, text.account)}</h1>
    {done && <Notice tone="done">{t(ctx, text.passwordSet)}</Notice>}
    <Sheet>
      <dl class="facts">
        <dt>{t(ctx, text.name)}</dt>
        <dd>{facts.name}</dd>
        <dt>{t(ctx, text.login)}</dt>
        <dd class="num">{facts.login}</dd>
        {facts.employeeNo !== null && (
          <>
            <dt>{t(ctx, text.employeeNo)}</dt>
            <dd class="num">{facts.employeeNo}</dd>
          </>
        )}
        {facts.phone !== null && (
          <>
            <dt>{t(ctx, text.phone)}</dt>
            <dd class="num">{facts.phone}</dd>
          </>
        )}
        <dt>{t(ctx, text.positions)}</dt>
        <dd>{ctx.actor?.positions.map((p) => p.unitName).join("、") || "—"}</dd>
      </dl>
      <p>
        <a href="/notice">{t(ctx, text.noticeTitle)}</a>
      </p>
    </Sheet>
    <Sheet id="password">
      <h2>{t(ctx, current ? text.changePassword : text.setPassword)}</h2>
      {problem !== null && <FormError>{problem}</FormError>}
      <form method="post" action="/account/password">
        <input type="hidden" name="username" value={facts.login} autocomplete="username" />
        <PasswordFields ctx={ctx} current={current} />
        <button class="btn">{t(ctx, text.save)}</button>
      </form>
    </Sheet>
    <Sheet id="sessions">
      <h2>{t(ctx, text.sessions)}</h2>
      <ul class="rows">
        {sessions.map((s) => (
          <li>
            <span>
              <span class="num">{momentWords(s.createdAt.getTime(), ctx.zone, ctx.language)}</span>{" "}
              {s.id === ctx.actor?.session && <Tag tone="done">{t(ctx, text.sessionHere)}</Tag>}
              <br />
              <span class="small soft">{[agentWords(ctx, s.agent), s.address].filter((x) => x !== null && x !== "").join(" · ")}</span>
            </span>
            {s.id !== ctx.actor?.session && (
              <form method="post" action="/account/sessions/end">
                <Hidden name="session" value={s.id} />
                <button
                  class="btn"
                  aria-label={`${t(ctx, text.endSession)}：${momentWords(s.createdAt.getTime(), ctx.zone, ctx.language)}`}
                >
                  {t(ctx, text.endSession)}
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <form method="post" action="/account/sessions/end-others">
          <button class="btn">{t(ctx, text.endOthers)}</button>
        </form>
      )}
    </Sheet>
  </div>
);
