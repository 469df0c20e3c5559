/** A section's figures as charts: counts of one measure beside each other, shares by requirement. */
import { say, type Context } from "#kernel";
import { CountChart, RateChart } from "#ui";
import type { Shown } from "./rules.ts";
import { figureText } from "./text-figures.ts";
import { text } from "./text.ts";

/** One bar alone compares nothing. */
const fewest = 2;
/** As many as a title can name. */
const mostNamed = 3;
/** `inWords`: a figure's number as the page says it. */
export const SectionCharts = ({
  ctx,
  id,
  shown,
  inWords,
}: {
  ctx: Context;
  id: string;
  shown: readonly Shown[];
  inWords: (ctx: Context, shown: Shown) => string;
}) => {
  const byMeasure = Map.groupBy(shown, ({ figure }) => figure.measure);
  const titleOf = ({ figure }: Shown) => say(ctx.language, figure.words.title);
  const charts = [...byMeasure].filter(([, all]) => all.length >= fewest);
  return (
    <>
      {charts.map(([measure, all]) => {
        const asked = { ctx, id: `${id}-${measure}`, of: say(ctx.language, text.figure) };
        return measure === "percent" ? (
          <RateChart
            {...asked}
            title={say(ctx.language, text.chartRates)}
            groups={[...Map.groupBy(all, titleOf)].map(([label, rates]) => ({
              label,
              rates: rates.map(({ measured, filter }) => ({
                label: filter.requirementName ?? label,
                part: measured.value,
                whole: measured.whole ?? 0,
              })),
            }))}
          />
        ) : (
          <CountChart
            {...asked}
            title={
              all.length <= mostNamed
                ? new Intl.ListFormat(ctx.language).format(all.map(titleOf))
                : say(ctx.language, figureText[`chart_${measure}`])
            }
            counts={all.map((each) => ({ label: titleOf(each), value: each.measured.value, words: inWords(ctx, each) }))}
          />
        );
      })}
    </>
  );
};
