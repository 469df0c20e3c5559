/** The people of a rule. */
import { dayWords, momentWords, percent, saying, type Context, type Words } from "#kernel";
import { Empty, Pager, Sheet, Table } from "#ui";
import type { Requirement } from "./store-rules.ts";
import type { AskedPeople, Behind, Counts } from "./store.ts";
import { text } from "./text.ts";
import { DueState } from "./views-excused.tsx";

const PeopleTable = ({
  ctx,
  rows,
  caption,
  unit,
  counted = "done",
}: {
  ctx: Context;
  rows: readonly Behind[];
  caption: string;
  unit: boolean;
  counted?: "done" | "all";
}) => {
  const t = saying(ctx);
  return (
    <Table caption={caption} head={[...(unit ? [t(text.unit)] : []), t(text.person), t(text.item), t(text.dueOn), t(text.state)]}>
      {rows.map((r) => (
        <tr data-row={r.id} data-part={counted === "all" || r.done === 1 ? "1" : "0"}>
          {unit && <td>{r.unitName}</td>}
          <td>{r.personName}</td>
          <td>{r.title}</td>
          <td class="num">{dayWords(r.due, ctx.language)}</td>
          <td>
            <DueState ctx={ctx} row={r} />
          </td>
        </tr>
      ))}
    </Table>
  );
};
/** Why there is nobody to list. */
export const emptyWords = (r: Requirement, counts: Counts, open: boolean): Words => {
  if (r.state === "draft") return text.peopleDraft;
  if (r.state === "ended") return text.peopleEnded;
  return open && counts.whole > 0 && counts.part === counts.whole ? text.peopleAllDone : text.peopleNone;
};
export const People = ({
  ctx,
  requirement,
  asked,
  counts,
  rows,
  next,
}: {
  ctx: Context;
  requirement: Requirement;
  asked: AskedPeople;
  counts: Counts;
  rows: readonly Behind[];
  next: string | null;
}) => {
  const t = saying(ctx);
  const { open } = asked;
  const behind = counts.whole - counts.part;
  const rest = new URLSearchParams({
    slot: asked.slot,
    ...(asked.unit === undefined ? {} : { unit: asked.unit }),
    ...(open ? {} : { open: "1" }),
  });
  return (
    <>
      <h1>{requirement.name}</h1>
      <Sheet>
        <p class="figure-number" data-value={open ? behind : counts.part} data-total={open ? behind : counts.whole}>
          {open ? t(text.openCount, { n: behind }) : percent(counts.part, counts.whole)}
        </p>
        <p class="small soft">
          {open ? t(text.openOf, { open: behind, whole: counts.whole }) : t(text.partOfWhole, { part: counts.part, whole: counts.whole })}
        </p>
        <p class="small soft">{t(text.asOf, { at: momentWords(ctx.now, ctx.zone, ctx.language) })}</p>
      </Sheet>
      <p class="line no-print">
        <a class="btn" href={`/admin/requirements/${requirement.id}/people?${rest.toString()}`}>
          {t(open ? text.showAll : text.onlyOpen)}
        </a>
      </p>
      {rows.length === 0 ? (
        <Empty>{t(emptyWords(requirement, counts, open))}</Empty>
      ) : (
        <PeopleTable ctx={ctx} rows={rows} caption={requirement.name} unit counted={open ? "all" : "done"} />
      )}
      <Pager ctx={ctx} next={next} />
    </>
  );
};
