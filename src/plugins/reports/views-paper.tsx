/** A report on paper: its document and annex, for the officer's page, the public's, and print. */
import { saying, type Context } from "#kernel";
import { Fig, Table } from "#ui";
import type { AnnexLine, DocumentBlock, ReportDocument, Run } from "./rules-document.ts";
import { text } from "./text-report.ts";

/**
 * Where a line of the annex opens (null: the reader may not see rows; `counted`: there are rows, and not a file), and where
 * what a mark says is missing is entered.
 */
export type Ways = { figure: (n: number) => { path: string; counted: boolean } | null; missing: (mark: string) => string | null };
/** Whether a run says the figure's number itself, and not its numerator or denominator. */
const isNumber = (line: AnnexLine, says: string): boolean => line.number === says || line.number.startsWith(`${says}（`);

const RunView = ({ ctx, run, document, ways }: { ctx: Context; run: Run; document: ReportDocument; ways: Ways }) => {
  if (run.is === "missing") {
    const path = ways.missing(run.text);
    return <mark class="missing">{path === null ? run.text : <a href={path}>{run.text}</a>}</mark>;
  }
  if (run.is !== "figure") return <>{run.text}</>;
  const line = document.annex[run.n - 1];
  const way = ways.figure(run.n);
  if (line === undefined || way === null) return <>{run.text}</>;
  return way.counted && isNumber(line, run.text) ? (
    <Fig ctx={ctx} href={way.path} what={`${line.title} ${run.text}`}>
      {run.text}
    </Fig>
  ) : (
    <a href={way.path}>{run.text}</a>
  );
};
const BlockView = ({ ctx, block, document, ways }: { ctx: Context; block: DocumentBlock; document: ReportDocument; ways: Ways }) => {
  const runs = block.runs.map((run) => <RunView ctx={ctx} run={run} document={document} ways={ways} />);
  switch (block.kind) {
    case "h1":
      return <h2>{runs}</h2>;
    case "h2":
      return <h3>{runs}</h3>;
    case "h3":
      return <h4>{runs}</h4>;
    case "p":
      return <p>{runs}</p>;
  }
};
/** The document's text, as it is printed. Its language is Chinese in every language of the interface. */
export const Paper = ({ ctx, document, ways }: { ctx: Context; document: ReportDocument; ways: Ways }) => (
  <article class="paper sheet" lang="zh-CN">
    <h1>{document.title}</h1>
    {document.to !== "" && <p class="addressee">{`${document.to}：`}</p>}
    {document.blocks.map((block) => (
      <BlockView ctx={ctx} block={block} document={document} ways={ways} />
    ))}
    <p class="signature">
      {document.signer}
      {document.date !== "" && (
        <>
          <br />
          {document.date}
        </>
      )}
    </p>
  </article>
);
/** 附件《数据依据清单》. */
export const Annex = ({ ctx, document, title, ways }: { ctx: Context; document: ReportDocument; title: string; ways: Ways }) => {
  const t = saying(ctx);
  const hasDigests = document.annex.some(({ digest }) => digest !== null);
  return (
    <section class="stack annex">
      <h2>{title}</h2>
      <Table
        caption={`${title} · ${document.title}`}
        head={[
          t(text.annexN),
          t(text.annexFigure),
          t(text.annexNumber),
          t(text.annexDefinition),
          t(text.annexScope),
          t(text.annexMoment),
          ...(hasDigests ? [t(text.annexDigest)] : []),
        ]}
      >
        {document.annex.map((line) => {
          const path = ways.figure(line.n)?.path ?? null;
          return (
            <tr>
              <td class="num">{line.n}</td>
              <td>{line.title}</td>
              <td>{path === null ? line.number : <a href={path}>{line.number}</a>}</td>
              <td class="small">{line.definition}</td>
              <td class="small">
                {line.scope}
                <br />
                {line.period}
              </td>
              <td class="small">
                {line.moment !== "" && (
                  <>
                    {t(text.asOf, { at: line.moment })}
                    <br />
                  </>
                )}
                {line.source}
              </td>
              {hasDigests && (
                <td class="small digest">
                  <code>{line.digest ?? ""}</code>
                </td>
              )}
            </tr>
          );
        })}
      </Table>
    </section>
  );
};
