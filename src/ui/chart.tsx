/**
 * Charts: SVG drawn here, each with the table that it is drawn from. Every bar is named and numbered where it stands, and told
 * apart by nothing else, so that it reads in black and white. Measures are in em: type follows the reader's own size.
 */
import type { Child } from "hono/jsx";
import { percent, say, type Context } from "#kernel";
import { Table } from "./parts.tsx";
import { text } from "./text.ts";

type Bar = { label: string; /** Of the longest bar, or of the whole: 0 to 1. */ length: number; words: string };
type Group = { label: string | null; bars: readonly Bar[] };
/** Characters of a label that a line holds on the narrowest screen; the stylesheet keeps the drawing at least so wide. */
const lineLength = 17;
/** A label in the lines that it needs; what is not full-width takes half of one. */
const linesOf = (label: string): string[] => {
  const lines: string[] = [];
  let width = Infinity;
  for (const character of label) {
    const own = character.charCodeAt(0) < 0x2000 ? 0.5 : 1;
    if (width + own > lineLength) {
      lines.push("");
      width = 0;
    }
    lines[lines.length - 1] += character;
    width += own;
  }
  return lines;
};
const lineHeight = 1.4;
const barHeight = 0.9;
const em = (n: number) => `${Math.round(n * 100) / 100}em`;

/** `framed`: each bar is a part of a whole, whose frame is drawn too. */
const Drawing = ({
  id,
  title,
  what,
  groups,
  framed,
}: {
  id: string;
  title: string;
  what: string;
  groups: readonly Group[];
  framed: boolean;
}) => {
  const parts: Child[] = [];
  let y = 0;
  const write = (words: string, mark: string) => {
    for (const line of linesOf(words)) {
      y += lineHeight;
      parts.push(
        <text class={mark} x="0" y={em(y - 0.35)}>
          {line}
        </text>,
      );
    }
  };
  for (const group of groups) {
    if (group.label !== null) write(group.label, "of");
    for (const bar of group.bars) {
      write(bar.label, "");
      const width = `${Math.round(bar.length * 1000) / 10}%`;
      parts.push(
        <svg x="0" y={em(y)} width="70%" height={em(barHeight)} overflow="visible">
          {framed && <rect class="whole" width="100%" height="100%" />}
          <rect class="part" width={width} height="100%" />
          <text class="number" x={framed ? "100%" : width} dx="0.4em" y={em(barHeight - 0.12)}>
            {bar.words}
          </text>
        </svg>,
      );
      y += barHeight + 0.5;
    }
    y += 0.5;
  }
  return (
    <svg role="img" aria-labelledby={`${id}-title ${id}-what`} width="100%" height={em(y)}>
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-what`}>{what}</desc>
      {parts}
    </svg>
  );
};
const Chart = ({
  ctx,
  id,
  title,
  groups,
  framed,
  children,
}: {
  ctx: Context;
  id: string;
  title: string;
  groups: readonly Group[];
  framed: boolean;
  children: Child;
}) => {
  const t = (words: Parameters<typeof say>[1], facts = {}) => say(ctx.language, words, facts);
  const inTurn = (words: Parameters<typeof say>[1], each: readonly string[]) =>
    each.reduce((before, next) => (before === "" ? next : t(words, { before, next })), "");
  const what = inTurn(
    text.chartGroups,
    groups.map(({ label, bars }) => {
      const all = inTurn(
        text.chartNext,
        bars.map((bar) => t(text.chartBar, { label: bar.label, words: bar.words })),
      );
      return label === null ? all : t(text.chartGroup, { label, bars: all });
    }),
  );
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <Drawing id={id} title={title} what={what} groups={groups} framed={framed} />
      <details>
        <summary>{t(text.chartTable)}</summary>
        {children}
      </details>
    </figure>
  );
};
type Asked = {
  ctx: Context;
  /** Unique on the page. */ id: string;
  title: string;
  /** What the bars are of: the table's first column. */ of: string;
};

/** Counts of one measure as horizontal bars; `words` is the number as the page says it. */
export const CountChart = ({ counts, ...asked }: Asked & { counts: readonly { label: string; value: number; words: string }[] }) => {
  const longest = Math.max(1, ...counts.map(({ value }) => value));
  return (
    <Chart {...asked} framed={false} groups={[{ label: null, bars: counts.map((count) => ({ ...count, length: count.value / longest })) }]}>
      <Table caption={asked.title} head={[asked.of, { r: say(asked.ctx.language, text.chartNumber) }]}>
        {counts.map(({ label, words }) => (
          <tr>
            <td>{label}</td>
            <td class="r num">{words}</td>
          </tr>
        ))}
      </Table>
    </Chart>
  );
};
/** Rates in groups: of each kind of unit its 参学率, 参考率, 合格率, 优秀率. A rate of nothing has no bar. */
export const RateChart = ({
  groups,
  ...asked
}: Asked & { groups: readonly { label: string; rates: readonly { label: string; part: number; whole: number }[] }[] }) => {
  const t = (words: Parameters<typeof say>[1]) => say(asked.ctx.language, words);
  return (
    <Chart
      {...asked}
      framed
      groups={groups.map(({ label, rates }) => ({
        label,
        bars: rates.map((rate) => ({
          label: rate.label,
          length: rate.whole === 0 ? 0 : rate.part / rate.whole,
          words: percent(rate.part, rate.whole),
        })),
      }))}
    >
      <Table caption={asked.title} head={[asked.of, t(text.chartRate), { r: t(text.chartPart) }, { r: t(text.chartWhole) }, { r: "%" }]}>
        {groups.flatMap(({ label, rates }) =>
          rates.map((rate) => (
            <tr>
              <td>{label}</td>
              <td>{rate.label}</td>
              <td class="r num">{rate.part}</td>
              <td class="r num">{rate.whole}</td>
              <td class="r num">{percent(rate.part, rate.whole)}</td>
            </tr>
          )),
        )}
      </Table>
    </Chart>
  );
};
