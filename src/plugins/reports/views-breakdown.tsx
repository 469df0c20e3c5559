/** A breakdown: one row a group, one column a figure, each number a link to its rows; on paper the same table. */
import { dayWords, momentWords, say, saying, type Context } from "#kernel";
import { Empty, Fig, Table } from "#ui";
import { breakdownPath, dimensions, groupWords, mostLessons, rowsPath, type Breakdown } from "./rules.ts";
import type { Broken, Cell } from "./service-breakdown.ts";
import { figureText } from "./text-figures.ts";
import { text } from "./text.ts";
import { inWords, RangeForm, scope } from "./views.tsx";

const field = { kind: "kinds", category: "categories", post: "posts" } as const;
const nameOf = (ctx: Context, by: Breakdown, group: string, titles: ReadonlyMap<string, string>): string =>
  by === "lesson" ? (titles.get(`lesson/${group}`) ?? group) : groupWords(ctx.language, field[by], group);
const Counted = ({ ctx, cell, group }: { ctx: Context; cell: Cell; group: string }) => {
  const { figure, value, filter } = cell;
  const n = inWords(ctx, { figure, filter, measured: { value, whole: null, at: ctx.now, position: 0 } });
  return (
    <td class="r num">
      {value === 0 ? (
        n
      ) : (
        <Fig
          ctx={ctx}
          href={rowsPath(cell)}
          what={say(ctx.language, figureText.toRows, { group, figure: say(ctx.language, figure.words.title), n })}
        >
          {n}
        </Fig>
      )}
    </td>
  );
};
export const BreakdownPage = ({ ctx, broken, titles }: { ctx: Context; broken: Broken; titles: ReadonlyMap<string, string> }) => {
  const t = saying(ctx);
  const { by, filter, figures, lines, totals } = broken;
  const [only] = figures.length === 1 ? figures : [];
  const title = only === undefined ? t(figureText.breakdown) : t(only.words.title);
  const others = dimensions.filter((each) => each !== "lesson" || only === undefined || only.objectKind === "lesson");
  return (
    <>
      <h1>{title}</h1>
      <p class="line no-print">
        {others.map((each) =>
          each === by ? (
            <b aria-current="page">{t(figureText[`by_${each}`])}</b>
          ) : (
            <a href={breakdownPath(each, filter, only?.id)}>{t(figureText[`by_${each}`])}</a>
          ),
        )}
      </p>
      <RangeForm
        ctx={ctx}
        filter={filter}
        action="/admin/reports/breakdown"
        also={{ by, ...(only === undefined ? {} : { figure: only.id }) }}
      />
      <p class="small soft">
        {scope(ctx, filter)} · {t(text.period, { from: dayWords(filter.from, ctx.language), to: dayWords(filter.to, ctx.language) })} ·{" "}
        {t(text.asOf, { at: momentWords(ctx.now, ctx.zone, ctx.language), position: broken.position })}
      </p>
      <p class="small soft">{t(figureText[`about_${by}`], { n: mostLessons })}</p>
      {lines.length === 0 ? (
        <Empty>{t(figureText.noGroups)}</Empty>
      ) : (
        <Table caption={title} head={[t(figureText[`group_${by}`]), ...figures.map(({ words }) => ({ r: t(words.title) }))]}>
          {lines.map(({ group, cells }) => {
            const name = nameOf(ctx, by, group, titles);
            return (
              <tr>
                <th scope="row">{name}</th>
                {cells.map((cell) => (
                  <Counted ctx={ctx} cell={cell} group={name} />
                ))}
              </tr>
            );
          })}
          <tr>
            <th scope="row">{t(figureText.total)}</th>
            {totals.map((cell) => (
              <Counted ctx={ctx} cell={cell} group={t(figureText.total)} />
            ))}
          </tr>
        </Table>
      )}
      <dl class="facts small">
        {figures.map(({ words }) => (
          <>
            <dt>{t(words.title)}</dt>
            <dd>{t(words.definition)}</dd>
          </>
        ))}
      </dl>
    </>
  );
};
