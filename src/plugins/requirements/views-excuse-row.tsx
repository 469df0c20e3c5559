/** One exemption or deferral, as each list shows it. */
import { dayOf, dayWords, saying, type Context, type Day } from "#kernel";
import { Tag, type Tone } from "#ui";
import { kindWords, stateWords, whatWords, type ExcuseState } from "./rules-excuses.ts";
import type { Listed } from "./store-excuses.ts";
import { excuseText as text } from "./text-excuses.ts";

type Row = Pick<Listed, "what" | "of" | "asksStudy" | "asksExam">;
/** 免考、免学、缓考: what is excused, by what the requirement asks. */
const asked = (ctx: Context, row: Row): string =>
  saying(ctx)(whatWords(row.what, row.of === "exam" || row.asksStudy === 0 ? "exam" : row.asksExam === 0 ? "study" : "all"));
/** The days of the reason. */
export const daysOf = (ctx: Context, { from, until }: { from: Day; until: Day | null }): string => {
  const t = saying(ctx);
  const first = dayWords(from, ctx.language);
  return until === null ? t(text.daysFrom, { from: first }) : t(text.daysBetween, { from: first, until: dayWords(until, ctx.language) });
};
const tones: Readonly<Record<ExcuseState, Tone>> = { asked: "due", approved: "done", refused: "late", withdrawn: "" };
/** Who did it, and on which day. */
export const by = (ctx: Context, name: string | null, at: number | null): string =>
  name === null || at === null ? "—" : saying(ctx)(text.askedOn, { name, day: dayWords(dayOf(at, ctx.zone), ctx.language) });
/** The proof, to be opened. */
export const Proof = ({ ctx, row }: { ctx: Context; row: Pick<Listed, "id" | "attachment" | "attachmentName"> }) =>
  row.attachment === null ? <>{saying(ctx)(text.noFile)}</> : <a href={`/excuses/${row.id}/file`}>{row.attachmentName}</a>;
/** What was asked for, and what became of it. */
export const Facts = ({ ctx, row }: { ctx: Context; row: Listed }) => {
  const t = saying(ctx);
  return (
    <dl class="facts">
      <dt>{t(text.requirement)}</dt>
      <dd>{row.requirementName}</dd>
      <dt>{t(text.days)}</dt>
      <dd>{daysOf(ctx, row)}</dd>
      {row.due !== null && (
        <>
          <dt>{t(text.newDue)}</dt>
          <dd>{dayWords(row.due, ctx.language)}</dd>
        </>
      )}
      {row.note !== "" && (
        <>
          <dt>{t(text.note)}</dt>
          <dd>{row.note}</dd>
        </>
      )}
      <dt>{t(text.file)}</dt>
      <dd>
        <Proof ctx={ctx} row={row} />
      </dd>
      <dt>{t(text.askedBy)}</dt>
      <dd>{by(ctx, row.askedByName, row.askedAt)}</dd>
      {row.decidedAt !== null && (
        <>
          <dt>{t(text.decidedBy)}</dt>
          <dd>{[by(ctx, row.decidedByName, row.decidedAt), row.reason].filter((part) => part !== null).join("：")}</dd>
        </>
      )}
      {row.withdrawnAt !== null && (
        <>
          <dt>{t(text.withdrawn)}</dt>
          <dd>{[by(ctx, row.withdrawnByName, row.withdrawnAt), row.withdrawnReason].filter((part) => part !== null).join("：")}</dd>
        </>
      )}
      {row.state === "approved" && (
        <>
          <dt>{t(text.leavesTitle)}</dt>
          <dd>{t(row.leaves === 1 ? text.leaves : text.stays)}</dd>
        </>
      )}
    </dl>
  );
};
/** Whose it is, what it is, and how it stands. */
export const Heading = ({ ctx, row }: { ctx: Context; row: Listed }) => {
  const t = saying(ctx);
  return (
    <>
      <b>{row.personName}</b> <span class="small soft">{row.unitName}</span>{" "}
      <Tag tone={tones[row.state]}>
        {asked(ctx, row)} · {t(kindWords[row.kind])} · {t(stateWords[row.state])}
      </Tag>
    </>
  );
};
