/** Reminding: who would be, what was done, the notice for the person, and what is remembered. */
import { dayWords, dayOf, maskName, momentWords, saying, type Context, type Words } from "#kernel";
import { Checkbox, Copy, DueTag, Empty, Hidden, Notice, Pager, Sheet, Table, Tag } from "#ui";
import type { PreviewInput } from "./input-chase.ts";
import { linkOf } from "./rules.ts";
import { peopleIn } from "./rules-chase.ts";
import type { How, Reminded, Target, Used, Waiting } from "./store-chase.ts";
import { chaseText as text } from "./text-chase.ts";

const howWords: Readonly<Record<How, Words>> = { notice: text.noticeWord, copy: text.copyWord, xlsx: text.xlsxWord };
const namesOf = (targets: readonly Target[]) => peopleIn(targets).map(([first]) => first.personName);

/** Whom it would reach, whom it leaves out, and the three ways. */
export const Remind = ({
  ctx,
  input,
  use,
  now,
  left,
  self,
}: {
  ctx: Context;
  input: PreviewInput;
  use: string;
  now: readonly Target[];
  left: readonly Target[];
  self: boolean;
}) => {
  const t = saying(ctx);
  const [people, out] = [namesOf(now), namesOf(left)];
  const { people: picked, late, ...rest } = input;
  return (
    <>
      <h1>{t(text.title)}</h1>
      {people.length + out.length === 0 ? (
        <Empty>{t(text.nobody)}</Empty>
      ) : (
        <form method="post" action="/remind" class="sheet stack">
          <p>
            <b>{t(text.willRemind, { people: people.length, units: new Set(now.map(({ unit }) => unit)).size })}</b>
          </p>
          {people.length > 0 && <p class="small">{people.join("、")}</p>}
          {self && <p class="small soft">{t(text.notSelf)}</p>}
          {out.length > 0 && (
            <>
              <p class="small">{t(text.leftOut, { names: out.join("、"), n: out.length })}</p>
              <Checkbox name="again" label={t(text.again)} />
            </>
          )}
          <Hidden name="use" value={use} />
          {late && <Hidden name="late" value="1" />}
          {Object.entries(rest).map(([name, value]) => value !== undefined && <Hidden name={name} value={value} />)}
          {picked.map((person) => (
            <Hidden name="people" value={person} />
          ))}
          {(["notice", "copy", "xlsx"] as const).map((how) => (
            <p>
              <button class={how === "notice" ? "btn go" : "btn"} name="how" value={how}>
                {t(text[how])}
              </button>{" "}
              <span class="small soft">{t(how === "notice" ? text.noticeHelp : how === "copy" ? text.copyHelp : text.xlsxHelp)}</span>
            </p>
          ))}
        </form>
      )}
    </>
  );
};
/** What a use did, and the words to send. */
export const Done = ({ ctx, used, words }: { ctx: Context; used: readonly Used[]; words: string }) => {
  const t = saying(ctx);
  const [first] = used;
  return (
    <>
      <h1>{t(text.title)}</h1>
      <Notice tone="done">
        <p>{t(text.done, { n: new Set(used.map(({ person }) => person)).size })}</p>
        {first && <p class="small">{t(text.doneHow, { how: t(howWords[first.how]) })}</p>}
      </Notice>
      <p class="small">{[...new Set(used.map(({ personName }) => personName))].join("、")}</p>
      <Sheet>
        <div class="spread">
          <h2>{t(text.wordsTitle)}</h2>
          <Copy ctx={ctx} words={words} />
        </div>
        <p class="copy lines-kept">{words}</p>
      </Sheet>
    </>
  );
};
/** On `/me` and `/unit`, above what is due: who reminded, of what, by when. */
export const Notices = ({ ctx, rows }: { ctx: Context; rows: readonly Waiting[] }) => {
  const t = saying(ctx);
  return (
    <Notice tone="due">
      <h2>{t(text.noticesTitle)}</h2>
      <ul class="plain">
        {rows.map((r) => (
          <li>
            {t(text.noticeFrom, { who: r.by, day: dayWords(r.day, ctx.language) })}
            <a href={linkOf(r)}>{r.title}</a> <DueTag ctx={ctx} due={r.due} />
          </li>
        ))}
      </ul>
      <form method="post" action="/me/notices">
        <button class="btn">{t(text.seen)}</button>
      </form>
    </Notice>
  );
};
/** In a person's file: when they were reminded, of what, how and by whom. */
export const RemindedSheet = ({ ctx, rows }: { ctx: Context; rows: readonly Reminded[] }) => {
  const t = saying(ctx);
  const [last] = rows;
  return (
    <Sheet>
      <h2>{t(text.history)}</h2>
      {last && <p>{t(text.historyShort, { n: rows.length, day: dayWords(dayOf(last.at, ctx.zone), ctx.language) })}</p>}
      <ul class="rows">
        {rows.map((r) => (
          <li>
            <div>
              {r.requirementName}
              <p class="small soft">
                {momentWords(r.at, ctx.zone, ctx.language)} · {r.by}
              </p>
            </div>
            <Tag>{t(howWords[r.how])}</Tag>
          </li>
        ))}
      </ul>
    </Sheet>
  );
};
/** The reminders of one requirement. */
export const History = ({
  ctx,
  name,
  counted,
  rows,
  next,
}: {
  ctx: Context;
  name: string;
  counted: { n: number };
  rows: readonly Reminded[];
  next: string | null;
}) => {
  const t = saying(ctx);
  const isMasked = ctx.actor?.roles.has("auditor") === true;
  return (
    <>
      <h1>{t(text.historyOf, { name })}</h1>
      <p class="figure-number" data-value={counted.n} data-total={counted.n}>
        {t(text.times, { n: counted.n })}
      </p>
      {rows.length === 0 ? (
        <Empty>{t(text.historyNone)}</Empty>
      ) : (
        <Table caption={t(text.history)} head={[t(text.day), t(text.unit), t(text.person), t(text.how), t(text.by)]}>
          {rows.map((r) => (
            <tr data-row={r.id}>
              <td class="num">{momentWords(r.at, ctx.zone, ctx.language)}</td>
              <td>{r.unitName}</td>
              <td>
                <a href={`/admin/people/${r.person}`}>{isMasked ? maskName(r.personName) : r.personName}</a>
              </td>
              <td>{t(howWords[r.how])}</td>
              <td>{r.by}</td>
            </tr>
          ))}
        </Table>
      )}
      <Pager ctx={ctx} next={next} />
    </>
  );
};
