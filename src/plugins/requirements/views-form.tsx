/** 各单位学法考试情况统计表, printed across A4. */
import { dayWords, saying, type Context, type UnitId } from "#kernel";
import { Empty, Field, Fig, Print, Table } from "#ui";
import type { Form, FormBlock } from "./service/form.ts";
import { formText as text } from "./text-form.ts";
import { peoplePath } from "./views-rates.tsx";

/** The people behind each column of numbers; of the others a unit's name opens the unit. */
const lists = [
  null,
  null,
  { slot: "study", show: "due" },
  { slot: "study", show: "done" },
  null,
  { slot: "exam", show: "due" },
  { slot: "exam", show: "exempt" },
  { slot: "exam", show: "deferred" },
  { slot: "exam", show: "sat" },
  null,
  { slot: "exam", show: "passed" },
  { slot: "exam", show: "excellent" },
  null,
] as const;
type CellProps = { ctx: Context; block: FormBlock; unit: UnitId | null; name: string | number; n: number; cell: string | number };
const Cell = ({ ctx, block, unit, name, n, cell }: CellProps) => {
  const list = lists[n];
  if (n === 0 && unit !== null) return <a href={`/admin/units/${unit}`}>{cell}</a>;
  if (list == null || typeof cell === "string") return <>{cell}</>;
  return (
    <Fig
      ctx={ctx}
      href={peoplePath(block.id, { ...list, ...(unit === null ? {} : { unit }) })}
      what={`${name}${block.head[n] ?? ""} ${cell}`}
    >
      {cell}
    </Fig>
  );
};
export const FormPage = ({ ctx, form, file, year }: { ctx: Context; form: Form; file: string; year: number | null }) => {
  const t = saying(ctx);
  return (
    <div class="across stack">
      <h1>{year === null ? t(text.title) : t(text.yearTitle, { year })}</h1>
      {year !== null && (
        <form action="/admin/form" class="filters no-print">
          <Field name="year" type="number" label={t(text.otherYear)} value={year} min={2000} max={2100} />
          <button class="btn">{t(text.show)}</button>
        </form>
      )}
      {form.blocks.length === 0 ? (
        <Empty>{t(text.empty)}</Empty>
      ) : (
        <p class="line no-print">
          <Print ctx={ctx} />
          <a class="btn" href={file}>
            {t(text.file)}
          </a>
        </p>
      )}
      <p class="small">{form.lines.join("　")}</p>
      {form.blocks.map((block) => (
        <section class="stack">
          <h2>{t(text.block, { name: block.name, from: dayWords(block.from, ctx.language), due: dayWords(block.due, ctx.language) })}</h2>
          <Table caption={block.name} head={block.head.map((words, n) => (n === 0 || n === block.head.length - 1 ? words : { r: words }))}>
            {block.rows.map((row, line) => (
              <tr>
                {row.map((cell, n) => (
                  <td class={n === 0 ? "" : n === row.length - 1 ? "small" : "r num"}>
                    <Cell ctx={ctx} block={block} unit={block.units[line] ?? null} name={row[0] ?? ""} n={n} cell={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </Table>
        </section>
      ))}
      <ul class="plain small">
        {form.notes.map((note) => (
          <li>{note}</li>
        ))}
      </ul>
      <p>{form.signs}</p>
    </div>
  );
};
