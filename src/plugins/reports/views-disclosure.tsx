/** What is public of reports, and the frozen rows behind a published figure. */
import { maskName, momentWords, points, saying, type Context } from "#kernel";
import { Empty, Notice, Pager, Print, Sheet, Table, Tag } from "#ui";
import { enteredKey, enteredPath, frozenPath, periodIn, type EnteredProof } from "./rules-report.ts";
import type { ReportId } from "./schema.ts";
import type { Disclosed, FrozenRow, PublicLine } from "./service/report-public.ts";
import type { Frozen } from "./store-report.ts";
import { text } from "./text-report.ts";
import { Annex, Paper, type Ways } from "./views-paper.tsx";
import { StateTag } from "./views-report.tsx";

export const Disclosure = ({ ctx, list }: { ctx: Context; list: readonly PublicLine[] }) => {
  const t = saying(ctx);
  const years = [...new Set(list.map(({ year }) => year))];
  return (
    <>
      <h1>{t(text.disclosureTitle)}</h1>
      {years.length === 0 && <Empty>{t(text.disclosureNone)}</Empty>}
      {years.map((year) => (
        <section class="stack">
          <h2>{t(text.disclosureYear, { year })}</h2>
          <ul class="rows sheet">
            {list
              .filter((line) => line.year === year)
              .map((line) => (
                <li>
                  <span>
                    <a href={`/disclosure/${year}`}>{line.title}</a>
                  </span>
                  {line.state === "withdrawn" ? (
                    <StateTag ctx={ctx} state="withdrawn" />
                  ) : (
                    <span class="small soft num">{line.publishedAt !== null && momentWords(line.publishedAt, ctx.zone, ctx.language)}</span>
                  )}
                </li>
              ))}
          </ul>
        </section>
      ))}
    </>
  );
};
/** The reports of a year. */
export const DisclosedYear = ({ ctx, year, list }: { ctx: Context; year: number; list: readonly Disclosed[] }) => {
  const t = saying(ctx);
  const waysOf = (report: ReportId, figures: readonly Frozen[]): Ways => ({
    figure: (n) => {
      const found = figures[n - 1];
      return found === undefined ? null : { path: frozenPath(report, n), counted: found.source === "counted" };
    },
    missing: () => null,
  });
  return (
    <>
      <p class="line no-print">
        <a href="/disclosure">{t(text.disclosureTitle)}</a>
        <span class="soft">{t(text.disclosureYear, { year })}</span>
        <Print ctx={ctx} />
      </p>
      {list.map(({ line, document, figures }) =>
        document === null ? (
          <section class="stack">
            <h1>{line.title}</h1>
            <Notice tone="late">
              {line.withdrawnAt !== null &&
                t(text.withdrawnWords, { at: momentWords(line.withdrawnAt, ctx.zone, ctx.language), reason: line.withdrawal ?? "" })}
            </Notice>
          </section>
        ) : (
          <>
            <Paper ctx={ctx} document={document} ways={waysOf(line.id, figures)} />
            <Annex ctx={ctx} document={document} title={t(text.disclosureFigures)} ways={waysOf(line.id, figures)} />
            <p class="small soft">{t(text.rowsInside)}</p>
            <p class="small soft">
              {line.publishedAt !== null && t(text.publishedAt, { at: momentWords(line.publishedAt, ctx.zone, ctx.language) })} ·{" "}
              <span class="digest">{t(text.publishedDigest, { digest: line.digest ?? "" })}</span>
            </p>
          </>
        ),
      )}
    </>
  );
};

/** A published figure with its rows as they were, and what was corrected since. */
export const FrozenPage = ({
  ctx,
  figure,
  rows,
  entered,
  now,
  next,
}: {
  ctx: Context;
  figure: Frozen;
  rows: readonly FrozenRow[];
  /** Of an entry: what proves it, and by which number it was corrected since. */
  entered: EnteredProof | null;
  now: string | null;
  next: string | null;
}) => {
  const t = saying(ctx);
  const changed = rows.filter(({ since }) => since !== null).length;
  const masked = ctx.actor?.roles.has("auditor") === true;
  const nameOf = ({ person, personName }: FrozenRow) =>
    person === null ? "—" : personName === null ? t(text.erased) : masked ? maskName(personName) : personName;
  return (
    <>
      <h1>{figure.title}</h1>
      <Sheet>
        <p class="figure-number" data-value={figure.value} data-total={figure.whole ?? figure.value}>
          {figure.number}
        </p>
        <dl class="facts">
          <dt>{t(text.annexDefinition)}</dt>
          <dd>{figure.definition}</dd>
          <dt>{t(text.annexScope)}</dt>
          <dd>
            {figure.scope} · {periodIn(figure.from, figure.to)}
          </dd>
          <dt>{t(text.annexMoment)}</dt>
          <dd>
            {t(text.asOf, { at: momentWords(figure.at, ctx.zone, ctx.language) })} · {figure.origin}
          </dd>
          <dt>{t(text.annexDigest)}</dt>
          <dd class="digest">
            <code>{figure.digest}</code>
          </dd>
        </dl>
        <p>
          <a href={`/admin/reports/${figure.report}`}>{t(text.backToReport)}</a>
        </p>
      </Sheet>
      <h2>{t(text.frozenRows)}</h2>
      {entered !== null ? (
        <>
          {now !== null && <Notice tone="due">{t(text.enteredSince, { number: now })}</Notice>}
          <p>{t(text.frozenEntered, { responsible: entered.responsible })}</p>
          {entered.statement !== null && <p>{entered.statement}</p>}
          {entered.file !== null && (
            <p>
              <a href={`/admin/reports/entered/${enteredKey(figure.figure) ?? ""}/${entered.id}/file`}>
                {t(text.frozenFile, { name: entered.file.name })}
              </a>
              <br />
              <code class="small digest">{entered.file.digest}</code>
            </p>
          )}
          <p>
            <a href={enteredPath(enteredKey(figure.figure) ?? "", figure.from, figure.to)}>{t(text.frozenHistory)}</a>
          </p>
        </>
      ) : (
        <>
          <p class="small soft">{t(text.frozenTotal, { n: figure.rows, shown: rows.length })}</p>
          {changed > 0 && <Notice tone="due">{t(text.sinceSome, { n: changed })}</Notice>}
          <Table
            caption={t(text.frozenRows)}
            head={[t(text.rowUnit), t(text.rowPerson), t(text.rowThing), t(text.rowWhen), t(text.rowResult), t(text.since)]}
          >
            {rows.map((row) => (
              <tr data-row={row.key} data-part={row.part === null ? "" : row.part ? "1" : "0"}>
                <td>{row.unitName ?? "—"}</td>
                <td>{nameOf(row)}</td>
                <td>{row.title ?? row.objectId ?? "—"}</td>
                <td class="num">{row.due ?? (row.at === null ? "—" : momentWords(row.at, ctx.zone, ctx.language))}</td>
                <td class="num">
                  {row.part === null ? (row.score === null ? "" : points(row.score)) : t(row.part ? text.rowDone : text.rowNotDone)}
                </td>
                <td>
                  {row.since === null ? "" : <Tag tone="due">{t(text[`since_${row.since}`])}</Tag>}{" "}
                  {row.record !== null && <a href={`/admin/records/${row.record}`}>{t(text.rowRecord)}</a>}
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
