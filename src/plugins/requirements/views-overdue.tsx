/** Units where somebody is overdue, with whom to call. */
import { kindText, maskName, maskPhone, momentWords, say, saying, type Context } from "#kernel";
import { DueTag, Empty, Pager, Phone, Sheet, Table } from "#ui";
import type { OverdueUnit } from "./store-rates.ts";
import { chaseText } from "./text-chase.ts";
import { ratesText as text } from "./text-rates.ts";
import { Count, peoplePath } from "./views-rates.tsx";

/** Whom to call: whole for whoever may chase. */
const HeadCell = ({ ctx, row }: { ctx: Context; row: OverdueUnit }) => {
  const isMasked = ctx.actor?.roles.has("auditor") === true;
  const name = row.head === null ? "—" : isMasked ? maskName(row.head) : row.head;
  return (
    <td>
      {name} <span class="small">{isMasked && row.phone !== null ? maskPhone(row.phone) : <Phone number={row.phone} />}</span>
    </td>
  );
};
const OverdueTable = ({ ctx, rows }: { ctx: Context; rows: readonly OverdueUnit[] }) => {
  const t = saying(ctx);
  return (
    <Table
      caption={t(text.overdueTitle)}
      head={[t(text.unit), t(text.head), t(text.item), { r: t(text.overduePeople) }, { r: t(text.late) }]}
    >
      {rows.map((r) => (
        <tr>
          <td>
            <a href={`/admin/units/${r.unit}`}>{r.name}</a> <span class="small soft">{say(ctx.language, kindText[r.kind])}</span>
          </td>
          <HeadCell ctx={ctx} row={r} />
          <td>
            {r.title} <span class="small soft">{r.requirementName === r.title ? "" : r.requirementName}</span>
          </td>
          <td class="r">
            <Count
              ctx={ctx}
              href={peoplePath(r.requirement, { slot: r.slot, show: "overdue", unit: r.unit })}
              what={`${r.name}${r.title}${t(text.overduePeople)}`}
              n={r.open}
            />
          </td>
          <td class="r">
            <DueTag ctx={ctx} due={r.since} />
          </td>
        </tr>
      ))}
    </Table>
  );
};
/** On `/admin`: those that are overdue longest, and the way to all of them. */
export const OverdueSheet = ({ ctx, rows, more }: { ctx: Context; rows: readonly OverdueUnit[]; more: boolean }) => {
  const t = saying(ctx);
  if (rows.length === 0) return <></>;
  return (
    <Sheet>
      <h2>{t(text.overdueTitle)}</h2>
      <OverdueTable ctx={ctx} rows={rows} />
      <p class="line">
        <a class="btn" href="/admin/overdue">
          {t(more ? text.overdueAll : text.overdueOpen)}
        </a>
      </p>
    </Sheet>
  );
};
/** All overdue units, to read, to take and to chase. */
export const OverduePage = ({
  ctx,
  rows,
  next,
  chases,
}: {
  ctx: Context;
  rows: readonly OverdueUnit[];
  next: string | null;
  chases: boolean;
}) => {
  const t = saying(ctx);
  return (
    <>
      <h1>{t(text.overdueTitle)}</h1>
      <p class="small soft">
        {t(text.asOf, { at: momentWords(ctx.now, ctx.zone, ctx.language) })} · {t(text.overdueNote)}
      </p>
      {rows.length === 0 ? (
        <Empty>{t(text.overdueNone)}</Empty>
      ) : (
        <>
          {chases && (
            <p class="line no-print">
              <a class="btn go" href="/remind?late=1">
                {t(chaseText.remindThese)}
              </a>
            </p>
          )}
          <OverdueTable ctx={ctx} rows={rows} />
        </>
      )}
      <Pager ctx={ctx} next={next} />
    </>
  );
};
