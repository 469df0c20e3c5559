/** 各单位学法考试情况统计表, printed across A4. */
import { dayWords, saying, type Context } from "#kernel";
import { Empty, Field, Print, Table } from "#ui";
import type { Form } from "./service/form.ts";
import { formText as text } from "./text-form.ts";

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
            {block.rows.map((row) => (
              <tr>
                {row.map((cell, n) => (
                  <td class={n === 0 ? "" : n === row.length - 1 ? "small" : "r num"}>{cell}</td>
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
