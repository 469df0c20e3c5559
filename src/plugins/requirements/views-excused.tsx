/** How it stands with what is due where somebody may be excused, and how many are. */
import { dayWords, saying, type Context, type Slot } from "#kernel";
import { DueTag, Fig, Notice, Tag } from "#ui";
import { kindWords, whatWords, type Excusal, type ExcuseWhat } from "./rules-excuses.ts";
import type { Requirement } from "./store-rules.ts";
import type { Due } from "./store.ts";
import { text } from "./text.ts";
import { excuseText } from "./text-excuses.ts";

/** Done, exempt with its kind, or due by when; of a deferral that day is the new one, with its kind. */
export const DueState = ({ ctx, row }: { ctx: Context; row: Pick<Due, "done" | "due"> & { kind: string } & Excusal }) => {
  const t = saying(ctx);
  if (row.done === 1) return <Tag tone="done">{t(text.done)}</Tag>;
  if (row.excuse === null || row.excuseKind === null) return <DueTag ctx={ctx} due={row.due} />;
  const words = t(excuseText.approvedTag, {
    what: t(whatWords(row.excuse, row.kind === "exam" ? "exam" : "study")),
    kind: t(kindWords[row.excuseKind]),
  });
  if (row.excuse === "exempt") return <Tag tone="done">{words}</Tag>;
  return (
    <>
      <DueTag ctx={ctx} due={row.due} />{" "}
      <span class="small soft">
        {words}，{t(excuseText.until, { day: dayWords(row.due, ctx.language) })}
      </span>
    </>
  );
};
export type ExcusedNumber = { slot: Slot; what: ExcuseWhat; n: number };
/** How many are excused of a requirement; each number opens its list. */
export const ExcusedNumbers = ({
  ctx,
  requirement,
  numbers,
}: {
  ctx: Context;
  requirement: Pick<Requirement, "id" | "name">;
  numbers: readonly ExcusedNumber[];
}) => {
  const t = saying(ctx);
  if (numbers.length === 0) return null;
  return (
    <p class="line">
      {numbers.map(({ slot, what, n }) => (
        <span class="keep">
          {t(whatWords(what, slot))}{" "}
          <Fig
            ctx={ctx}
            href={`/admin/requirements/${requirement.id}/excused?slot=${slot}&what=${what}`}
            what={`${requirement.name}${t(whatWords(what, slot))} ${t(excuseText.excusedCount, { n })}`}
          >
            {t(excuseText.excusedCount, { n })}
          </Fig>
        </span>
      ))}
    </p>
  );
};
/** On the page of one's unit: the way to ask, and how many wait. */
export const AskLink = ({ ctx, n }: { ctx: Context; n: number }) => {
  const t = saying(ctx);
  return (
    <p class="line">
      <a class="btn" href="/unit/excuses">
        {t(excuseText.askTitle)}
      </a>
      {n > 0 && <span class="small soft">{t(excuseText.unitWaiting, { n })}</span>}
    </p>
  );
};
/** On the bureau's start page: how many wait for a decision. */
export const ToDecide = ({ ctx, n }: { ctx: Context; n: number }) => (
  <Notice tone="due">
    <a href="/admin/excuses">{saying(ctx)(excuseText.adminWaiting, { n })}</a>
  </Notice>
);
