/** One of the own people: what may be done, what was just done or refused, and what closing a position would do. */
import { dayWords, natureText, postText, type Context, type Day, type PositionId } from "#kernel";
import { Field, FormError, Hidden, Notice, Sheet, Tag } from "#ui";
import type { Did } from "./input.ts";
import type { OwnRow } from "./store-search.ts";
import { text } from "./text.ts";
import { span, t } from "./views-roster.tsx";

/** What was refused at a row, with what was typed there. */
export type RowProblem = { at: PositionId; problem: string; name?: string; phone?: string; until?: Day };
export type Done = { what: Did["what"]; row: OwnRow };
const doneText = { added: text.ownAdded, corrected: text.ownCorrected, closed: text.ownClosed, reopened: text.ownReopened };

const LinkButton = ({ ctx, row }: { ctx: Context; row: OwnRow }) =>
  row.ok === 1 && (
    <form method="post" action={`/unit/people/${row.person}/link`}>
      <button class="btn" aria-label={`${t(ctx, text.linkAgain)}：${row.name}`}>
        {t(ctx, text.linkAgain)}
      </button>
    </form>
  );
const UndoButton = ({ ctx, row }: { ctx: Context; row: OwnRow }) =>
  row.undo === 1 && (
    <form method="post" action={`/unit/people/positions/${row.position}/reopen`}>
      <button class="btn" aria-label={`${t(ctx, text.undoClosing)}：${row.name}`}>
        {t(ctx, text.undoClosing)}
      </button>
    </form>
  );
/** What was just done, and what may follow it. */
export const DoneNotice = ({ ctx, done: { what, row } }: { ctx: Context; done: Done }) => (
  <Notice tone="done">
    <p>
      {t(ctx, doneText[what], {
        name: row.name,
        login: row.login,
        unit: row.unitName,
        day: row.until === null ? "" : dayWords(row.until, ctx.language),
      })}
    </p>
    {what === "added" && <LinkButton ctx={ctx} row={row} />}
    {what === "closed" && <UndoButton ctx={ctx} row={row} />}
  </Notice>
);

export const OwnPerson = ({ ctx, row, done, wrong }: { ctx: Context; row: OwnRow; done: Done | null; wrong: RowProblem | null }) => (
  <li id={`p-${row.position}`} class={row.until === null ? "person" : "person ended"}>
    <div>
      <b>{row.name}</b> · {t(ctx, postText[row.post])} · {t(ctx, natureText[row.nature])}{" "}
      {row.waiting === 1 && <Tag tone="due">{t(ctx, text.unconfirmed)}</Tag>} {row.password === 0 && <Tag>{t(ctx, text.noPassword)}</Tag>}{" "}
      {row.until !== null && <Tag tone="late">{t(ctx, text.endsOn, { day: dayWords(row.until, ctx.language) })}</Tag>}
      <br />
      <span class="small soft num">
        {row.login} · {row.phone ?? "—"} · {span(ctx, row.from, row.until)}
      </span>
    </div>
    {done !== null && <DoneNotice ctx={ctx} done={done} />}
    {done === null && <UndoButton ctx={ctx} row={row} />}
    <details open={wrong !== null}>
      <summary class="btn" aria-label={`${t(ctx, text.more)}：${row.name}`}>
        {t(ctx, text.more)}
      </summary>
      <div class="stack">
        {wrong !== null && <FormError>{wrong.problem}</FormError>}
        {done?.what !== "added" && <LinkButton ctx={ctx} row={row} />}
        <form method="post" action={`/unit/people/${row.person}/correct`} class="stack">
          <Hidden name="at" value={row.position} />
          <Field
            name="name"
            at={`name-${row.position}`}
            label={t(ctx, text.name)}
            value={wrong?.name ?? row.name}
            required
            maxlength={60}
          />
          <Field
            name="phone"
            at={`phone-${row.position}`}
            label={t(ctx, text.phone)}
            value={wrong?.phone ?? row.phone ?? ""}
            type="tel"
            inputmode="tel"
            maxlength={30}
            autofocus={wrong?.phone !== undefined}
          />
          <button class="btn">{t(ctx, text.correct)}</button>
        </form>
        {row.until === null && (
          <form action={`/unit/people/positions/${row.position}/close`} class="stack">
            <Field
              name="until"
              at={`until-${row.position}`}
              label={t(ctx, text.lastDay)}
              type="date"
              value={wrong?.until ?? ctx.today}
              required
              autofocus={wrong?.until !== undefined}
            />
            <button class="btn">{t(ctx, text.closePosition)}</button>
          </form>
        )}
      </div>
    </details>
  </li>
);

/** What closing would do, and the button that does it. */
export const ClosingPage = ({ ctx, row, until, released }: { ctx: Context; row: OwnRow; until: Day; released: number }) => (
  <div class="reading">
    <h1>{t(ctx, text.closeTitle, { name: row.name })}</h1>
    <Sheet next>
      <p>{t(ctx, text.closeWhat, { name: row.name, unit: row.unitName, day: dayWords(until, ctx.language) })}</p>
      {released > 0 && <p>{t(ctx, text.closeReleased, { n: released })}</p>}
      <p>{t(ctx, text.closeSessions)}</p>
      <form method="post" action={`/unit/people/positions/${row.position}/close`} class="actions">
        <Hidden name="until" value={until} />
        <button class="btn go">{t(ctx, text.closeSure)}</button>
        <a class="btn" href={`/unit/people#p-${row.position}`}>
          {t(ctx, text.closeNot)}
        </a>
      </form>
    </Sheet>
  </div>
);
