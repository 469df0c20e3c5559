import { dayWords, exhaustive, maskName, momentWords, percent, points, say, type Context, type EvidenceRow, type Filter } from "#kernel";
import { Empty, Field, Fig, Hidden, Pager, Sheet, Table, Tag } from "#ui";
import { breakdownPath, dimensions, narrowWords, rowsPath, titleOf, type Asked, type Shown } from "./rules.ts";
import type { Section } from "./service.ts";
import { seeReports } from "./terms.ts";
import { enteredText } from "./text-entered.ts";
import { figureText } from "./text-figures.ts";
import { SectionCharts } from "./views-chart.tsx";
import { text } from "./text.ts";

/** A figure's number with its measure. */
export const inWords = (ctx: Context, { figure, measured }: Shown): string => {
  const n = measured.value;
  switch (figure.measure) {
    case "percent":
      return percent(n, measured.whole ?? 0);
    case "times":
      return say(ctx.language, text.times, { n });
    case "people":
      return say(ctx.language, text.people, { n });
    case "units":
      return say(ctx.language, text.units, { n });
    case "copies":
      return say(ctx.language, text.copies, { n });
    default:
      return exhaustive(figure.measure);
  }
};
const asOf = (ctx: Context, shown: Shown) =>
  say(ctx.language, text.asOf, { at: momentWords(shown.measured.at, ctx.zone, ctx.language), position: shown.measured.position });
/** Of which units the numbers are: a part of the body must not pass for the whole. */
export const scope = (ctx: Context, { unitName, reach, ...filter }: Asked): string =>
  [
    unitName !== null
      ? say(ctx.language, text.scopeUnit, { unit: unitName })
      : say(ctx.language, reach.all ? text.scopeAll : text.scopeReach),
    ...narrowWords(ctx.language, filter).map((what) => say(ctx.language, figureText.onlyThese, { what })),
  ].join(" · ");
/** What narrows a figure, kept while its days change. */
const NarrowHidden = ({ filter }: { filter: Filter }) => (
  <>
    {(["kinds", "categories", "posts"] as const).flatMap((field) =>
      (filter[field] ?? []).map((value) => <Hidden name={field} value={value} />),
    )}
    {filter.source !== undefined && <Hidden name="source" value={filter.source} />}
  </>
);
export const RangeForm = ({
  ctx,
  filter,
  action,
  also = {},
}: {
  ctx: Context;
  filter: Filter;
  action: string;
  also?: Readonly<Record<string, string>>;
}) => (
  <form class="filters no-print" action={action}>
    <Field name="from" type="date" label={say(ctx.language, text.from)} value={filter.from} />
    <Field name="to" type="date" label={say(ctx.language, text.to)} value={filter.to} />
    {filter.unit !== undefined && <Hidden name="unit" value={filter.unit} />}
    {filter.object !== undefined && <Hidden name="object" value={filter.object} />}
    {filter.requirement !== undefined && <Hidden name="requirement" value={filter.requirement} />}
    <NarrowHidden filter={filter} />
    {Object.entries(also).map(([name, value]) => (
      <Hidden name={name} value={value} />
    ))}
    <button class="btn">{say(ctx.language, text.apply)}</button>
  </form>
);

export const Reports = ({ ctx }: { ctx: Context }) => (
  <>
    <h1>{say(ctx.language, text.title)}</h1>
    <ul class="rows sheet">
      <li>
        <span>
          <a href="/admin/reports/annual">{say(ctx.language, text.annual)}</a>
          <br />
          <span class="small soft">{say(ctx.language, text.annualWhat)}</span>
        </span>
        <span class="small soft">{ctx.today.slice(0, 4)}</span>
      </li>
      <li>
        <span>
          <a href="/admin/reports/breakdown">{say(ctx.language, figureText.breakdown)}</a>
          <br />
          <span class="small soft">{say(ctx.language, figureText.breakdownWhat)}</span>
        </span>
      </li>
      {ctx.reach(seeReports).all && (
        <li>
          <span>
            <a href="/admin/reports/entered">{say(ctx.language, enteredText.title)}</a>
            <br />
            <span class="small soft">{say(ctx.language, enteredText.intro)}</span>
          </span>
        </li>
      )}
    </ul>
  </>
);
export const Report = ({ ctx, filter, sections }: { ctx: Context; filter: Asked; sections: readonly Section[] }) => {
  const first = sections[0]?.shown[0];
  return (
    <>
      <h1>{say(ctx.language, text.annual)}</h1>
      <RangeForm ctx={ctx} filter={filter} action="/admin/reports/annual" />
      <p class="small soft">
        {scope(ctx, filter)} ·{" "}
        {say(ctx.language, text.period, { from: dayWords(filter.from, ctx.language), to: dayWords(filter.to, ctx.language) })} ·{" "}
        {first && asOf(ctx, first)}
      </p>
      {first?.measured.position === 0 && (
        <Empty>
          <p>{say(ctx.language, text.noRecords)}</p>
          <a class="btn" href="/admin/requirements">
            {say(ctx.language, text.toRequirements)}
          </a>
        </Empty>
      )}
      {sections.map((section) => (
        <section class="stack">
          <h2>{say(ctx.language, section.title)}</h2>
          <div class="four">
            {section.shown.map((shown) => (
              <div>
                <span class="small soft">{titleOf(ctx.language, shown)}</span>
                <b>
                  <Fig ctx={ctx} href={rowsPath(shown)} what={`${titleOf(ctx.language, shown)} ${inWords(ctx, shown)}`}>
                    {inWords(ctx, shown)}
                  </Fig>
                </b>
                {shown.measured.whole !== null && (
                  <small class="soft num">
                    {say(ctx.language, text.partOfWhole, { part: shown.measured.value, whole: shown.measured.whole })}
                  </small>
                )}
                <p class="small soft">{say(ctx.language, shown.figure.words.definition)}</p>
              </div>
            ))}
          </div>
          <SectionCharts ctx={ctx} id={section.title.id} shown={section.shown} inWords={inWords} />
        </section>
      ))}
    </>
  );
};
export type Named = EvidenceRow & { title: string | null };
/** A figure's number, definition, moment and rows. */
export const FigurePage = ({ ctx, shown, rows, next }: { ctx: Context; shown: Shown; rows: readonly Named[]; next: string | null }) => {
  const t = (words: Parameters<typeof say>[1], facts = {}) => say(ctx.language, words, facts);
  const { figure, measured, filter } = shown;
  const total = measured.whole ?? measured.value;
  return (
    <>
      <h1>{titleOf(ctx.language, shown)}</h1>
      <Sheet>
        <p class="figure-number" data-value={measured.value} data-total={total}>
          {inWords(ctx, shown)}
        </p>
        <dl class="facts">
          <dt>{t(text.definition)}</dt>
          <dd>
            {t(figure.words.definition)}
            {filter.categories !== undefined && filter.categories.length > 0 && t(figureText.about_category)}
          </dd>
          {measured.whole !== null && (
            <>
              <dt>{t(text.number)}</dt>
              <dd class="num">{t(text.partOfWhole, { part: measured.value, whole: measured.whole })}</dd>
            </>
          )}
        </dl>
        <p class="small soft">
          {scope(ctx, filter)} · {t(text.period, { from: dayWords(filter.from, ctx.language), to: dayWords(filter.to, ctx.language) })} ·{" "}
          {asOf(ctx, shown)}
        </p>
      </Sheet>
      <RangeForm ctx={ctx} filter={filter} action={`/admin/figures/${figure.id}`} />
      {figure.is !== "share" && (
        <p class="line no-print">
          {t(figureText.apart)}
          {dimensions
            .filter((by) => by !== "lesson" || figure.objectKind === "lesson")
            .map((by) => (
              <a href={breakdownPath(by, filter, figure.id)}>{t(figureText[`by_${by}`])}</a>
            ))}
        </p>
      )}
      <h2>{t(text.rows)}</h2>
      {rows.length === 0 ? (
        <Empty>{t(text.noRows)}</Empty>
      ) : (
        <>
          <p class="small soft">
            {t(text.rowsTotal, { n: total })} · {t(text.rowsShown, { n: rows.length })}
          </p>
          <Table
            caption={t(text.rows)}
            head={[
              t(text.unit),
              t(text.person),
              t(text.thing),
              t(figure.is === "share" ? text.due : text.at),
              figure.is === "share" ? t(text.inPart) : { r: t(text.score) },
              t(text.record),
            ]}
          >
            {rows.map((row) => (
              <tr data-row={row.key} data-part={row.part === null ? "" : row.part ? "1" : "0"}>
                <td>{row.unitName ?? "—"}</td>
                <td>
                  {row.personName === null ? "—" : ctx.actor?.roles.has("auditor") === true ? maskName(row.personName) : row.personName}
                </td>
                <td>{row.title ?? row.objectId ?? "—"}</td>
                <td class="num">{row.due ?? (row.at === null ? "—" : momentWords(row.at, ctx.zone, ctx.language))}</td>
                {figure.is === "share" ? (
                  <td>{row.part === true ? <Tag tone="done">{t(text.yes)}</Tag> : <Tag tone="due">{t(text.no)}</Tag>}</td>
                ) : (
                  <td class="r num">{row.score === null ? "" : points(row.score)}</td>
                )}
                <td>
                  {row.record === null ? (
                    row.person === null ? (
                      "—"
                    ) : (
                      <a href={`/admin/records?person=${row.person}`}>{t(text.open)}</a>
                    )
                  ) : (
                    <a href={`/admin/records/${row.record}`}>{t(text.open)}</a>
                  )}
                </td>
              </tr>
            ))}
          </Table>
          <Pager ctx={ctx} next={next} />
        </>
      )}
    </>
  );
};
