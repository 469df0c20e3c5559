/** Who is excused from a requirement: the rows behind its numbers. */
import { dayWords, momentWords, saying, type Context } from "#kernel";
import { Empty, Pager, Sheet, Table } from "#ui";
import type { ExcusedInput } from "./input-excuses.ts";
import { kindWords, whatWords } from "./rules-excuses.ts";
import type { Excused } from "./store-excuses.ts";
import type { Requirement } from "./store-rules.ts";
import { ratesText } from "./text-rates.ts";
import { excuseText as text } from "./text-excuses.ts";
import { by, daysOf, Proof } from "./views-excuse-row.tsx";

/** Who is excused from a requirement: as many rows as its number says. */
export const ExcusedList = ({
  ctx,
  requirement,
  asked: { slot, what },
  n,
  rows,
  next,
  decides,
}: {
  ctx: Context;
  requirement: Requirement;
  asked: ExcusedInput;
  n: number;
  rows: readonly Excused[];
  next: string | null;
  /** Whether the actor may open the proof. */
  decides: boolean;
}) => {
  const t = saying(ctx);
  const title = t(text.excusedTitle, { requirement: requirement.name, what: t(whatWords(what, slot)) });
  return (
    <>
      <h1>{title}</h1>
      <Sheet>
        <p class="figure-number" data-value={n}>
          {t(text.excusedCount, { n })}
        </p>
        <p class="small soft">{t(ratesText.asOf, { at: momentWords(ctx.now, ctx.zone, ctx.language) })}</p>
      </Sheet>
      {rows.length === 0 ? (
        <Empty>{t(text.excusedNone)}</Empty>
      ) : (
        <Table
          caption={title}
          head={[
            t(text.unit),
            t(text.person),
            t(text.kind),
            t(text.days),
            ...(what === "deferred" ? [t(text.newDue)] : []),
            t(text.whoApproved),
            t(text.leavesTitle),
            t(text.file),
          ]}
        >
          {rows.map((row) => (
            <tr data-row={row.key}>
              <td>{row.unitName}</td>
              <td>{row.personName}</td>
              <td>{t(kindWords[row.kind])}</td>
              <td>{daysOf(ctx, row)}</td>
              {what === "deferred" && <td>{row.due === null ? "—" : dayWords(row.due, ctx.language)}</td>}
              <td>{by(ctx, row.decidedByName, row.decidedAt)}</td>
              <td>{t(row.leaves === 1 ? text.leaves : text.stays)}</td>
              <td>{decides ? <Proof ctx={ctx} row={row} /> : t(row.attachment === null ? text.noFile : text.file)}</td>
            </tr>
          ))}
        </Table>
      )}
      <Pager ctx={ctx} next={next} />
    </>
  );
};
