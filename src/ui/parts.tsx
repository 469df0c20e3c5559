/** Parts that pages share: sheets, tags, figures, tables, paging. */
import { createContext, useContext, type Child, type PropsWithChildren } from "hono/jsx";
import { daysBetween, dayWords, say, type Context, type Day } from "#kernel";
import { text } from "./text.ts";

/** A bounded sheet; `next` is the red-edged one next step. */
export const Sheet = ({ next, id, children }: PropsWithChildren<{ next?: boolean; id?: string }>) => (
  <section class={next === true ? "sheet next" : "sheet"} {...(id === undefined ? {} : { id })}>
    {children}
  </section>
);
export type Tone = "" | "due" | "done" | "late";
/** A small pill with words; colour is never alone. */
export const Tag = ({ tone = "", children }: PropsWithChildren<{ tone?: Tone }>) => <span class={`tag ${tone}`}>{children}</span>;
/** Days left to a deadline, or overdue, in words. */
export const DueTag = ({ ctx, due }: { ctx: Context; due: Day }) => {
  const left = daysBetween(ctx.today, due);
  if (left < 0) return <Tag tone="late">{say(ctx.language, text.lateDays, { days: -left })}</Tag>;
  if (left === 0) return <Tag tone="due">{say(ctx.language, text.leftToday)}</Tag>;
  return (
    <Tag tone="due">
      <span class="keep">{say(ctx.language, text.leftDays, { days: left })}</span> · <span class="keep">{dayWords(due, ctx.language)}</span>
    </Tag>
  );
};
/** A message that something went well, is due, or went wrong. */
export const Notice = ({ tone, children }: PropsWithChildren<{ tone: Tone }>) => (
  <div class={`notice ${tone}`} role={tone === "late" ? "alert" : "status"}>
    {children}
  </div>
);
/** A figure: the number, and the click that opens its rows. `what` is its name for ears. */
export const Fig = ({ ctx, href, what, children }: PropsWithChildren<{ ctx: Context; href: string; what: string }>) => (
  <a class="fig" href={href} aria-label={say(ctx.language, text.evidence, { what })}>
    {children}
  </a>
);
/** A telephone number that a phone dials; nothing where there is none. */
export const Phone = ({ number }: { number: string | null }) =>
  number === null ? (
    <></>
  ) : (
    <a class="num keep" href={`tel:${number.replace(/[^\d+]/g, "")}`}>
      {number}
    </a>
  );
/** Progress of a part in a whole. */
export const Bar = ({ part, whole, label }: { part: number; whole: number; label: string }) => (
  <div class="bar" role="img" aria-label={label}>
    <i style={`width:${whole === 0 ? 0 : Math.round((part / whole) * 100)}%`}></i>
  </div>
);
/** Copies words by script (the page names the island `acts`); what to copy can be selected without it, too. */
export const Copy = ({ ctx, words, name }: { ctx: Context; words: string; /** For ears, where a page has several. */ name?: string }) => (
  <button
    type="button"
    class="btn"
    data-copy={words}
    data-copied={say(ctx.language, text.copied)}
    {...(name === undefined ? {} : { "aria-label": name })}
    hidden
  >
    {say(ctx.language, text.copy)}
  </button>
);
/** Prints by script (the page names the island `acts`); the browser's own menu does so without. */
export const Print = ({ ctx }: { ctx: Context }) => (
  <button type="button" class="btn" data-print="" hidden>
    {say(ctx.language, text.print)}
  </button>
);
/** An empty state that teaches: what will be here, and the button that starts it. */
export const Empty = ({ children }: PropsWithChildren) => <div class="empty">{children}</div>;
/** What stands before the rows of a list: folded on a narrow screen, so that the rows come first; several stand in a `folds`. */
export const Fold = ({ words, children }: PropsWithChildren<{ words: string }>) => (
  <details class="fold no-print">
    <summary class="btn">{words}</summary>
    {children}
  </details>
);
/** The page that is being drawn: its tables are counted, and may be taken from its address where `opens` says so. */
export const Drawn = createContext<{ ctx: Context; opens: boolean; tables: number } | null>(null);
/** Takes a table as a whole: the list to its end, narrowed as it is, as a file or on paper. */
const Take = ({ ctx, n, caption }: { ctx: Context; n: number; caption: string }) => {
  const here = new URL(ctx.request.url);
  here.searchParams.delete("after");
  here.searchParams.set("sheet", String(n));
  const file = here.pathname + here.search;
  here.searchParams.set("print", "1");
  const link = (href: string, words: Parameters<typeof say>[1], isFile: boolean) => (
    <a href={href} download={isFile} aria-label={say(ctx.language, text.takeWhat, { how: say(ctx.language, words), what: caption })}>
      {say(ctx.language, words)}
    </a>
  );
  return (
    <p class="take small no-print">
      {link(file, text.takeFile, true)} {link(here.pathname + here.search, text.takePrint, false)}
    </p>
  );
};
/** A table as shown; scrolls by itself when wider than the screen. `head` cells may be right-aligned by `r`: a column of numbers. */
export const Table = ({ caption, head, children }: { caption: string; head: readonly (string | { r: string })[]; children: Child }) => {
  const drawn = useContext(Drawn);
  const n = drawn === null ? 0 : ++drawn.tables;
  return (
    <div>
      {drawn?.opens === true && drawn.ctx.actor !== null && <Take ctx={drawn.ctx} n={n} caption={caption} />}
      <div class="scroll" tabindex={0} role="region" aria-label={caption}>
        <table data-sheet={n}>
          <caption class="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              {head.map((cell) => (
                <th scope="col" class={typeof cell === "string" ? "" : "r"}>
                  {typeof cell === "string" ? cell : cell.r}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </div>
    </div>
  );
};
/** Paging by key: the next page's address keeps the filters. */
export const Pager = ({ ctx, next }: { ctx: Context; next: string | null }) => {
  const here = new URL(ctx.request.url);
  const onFirst = !here.searchParams.has("after");
  if (next === null && onFirst) return null;
  const to = new URL(here);
  if (next !== null) to.searchParams.set("after", next);
  const first = new URL(here);
  first.searchParams.delete("after");
  return (
    <nav class="pager" aria-label={say(ctx.language, text.next)}>
      {!onFirst && (
        <a class="btn" href={first.pathname + first.search}>
          {say(ctx.language, text.first)}
        </a>
      )}
      {next !== null && (
        <a class="btn" rel="next" href={to.pathname + to.search}>
          {say(ctx.language, text.next)}
        </a>
      )}
    </nav>
  );
};

/** Where something goes on: what that is in words, how long it takes, and how far one is. */
export type Step = { href: string; words: string; minutes: number | null; part: number; whole: number; begun: boolean };
/** The next step with its minutes, and the button that takes it. */
export const StepBody = ({ ctx, step }: { ctx: Context; step: Step }) => (
  <>
    <p>{step.words}</p>
    {step.begun && (
      <Bar part={step.part} whole={step.whole} label={say(ctx.language, text.stepDone, { done: step.part, all: step.whole })} />
    )}
    <p class="line">
      <a class="btn go" href={step.href}>
        {say(ctx.language, step.begun ? text.stepOn : text.stepStart)}
      </a>
      {step.minutes !== null && <span class="soft small">{say(ctx.language, text.stepMinutes, { n: step.minutes })}</span>}
    </p>
  </>
);
