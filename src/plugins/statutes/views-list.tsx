/** All statutes: for readers to find one, for authors to import one. */
import { dayWords, type Context, type Day } from "#kernel";
import { Empty, Field, FormError, Pager, Sheet, Table, Tag } from "#ui";
import type { ImportAnswer } from "./input.ts";
import { statutePath } from "./rules.ts";
import type { Listed, Version } from "./store.ts";
import { text } from "./text.ts";
import { adopted, effectiveWords, t } from "./views.tsx";

const SearchForm = ({ ctx, action, q }: { ctx: Context; action: string; q: string }) => (
  <form method="get" action={action} class="inline-form" role="search">
    <Field name="q" type="search" label={t(ctx, text.search)} value={q} />
    <button class="btn">{t(ctx, text.find)}</button>
  </form>
);
/** All statutes, newest text each. */
export const StatuteList = ({ ctx, rows, next, q }: { ctx: Context; rows: readonly Listed[]; next: string | null; q: string }) => (
  <div class="reading">
    <h1>{t(ctx, text.title)}</h1>
    <p class="soft">{t(ctx, text.lead)}</p>
    <SearchForm ctx={ctx} action="/statutes" q={q} />
    {rows.length === 0 ? (
      <Empty>{t(ctx, q === "" ? text.empty : text.none)}</Empty>
    ) : (
      <ul class="rows">
        {rows.map((row) => {
          const [newest] = row.versions;
          return (
            <li>
              <span>
                <a class="statute-name" href={`/statutes/${row.statute}`} lang="zh-CN">
                  {row.shortTitle}
                </a>
                <br />
                <span class="small soft">
                  {row.category}
                  {newest && ` · ${effectiveWords(ctx, newest)}`}
                </span>
              </span>
              {newest?.whole === false && <Tag>{t(ctx, text.excerpt)}</Tag>}
            </li>
          );
        })}
      </ul>
    )}
    <Pager ctx={ctx} next={next} />
  </div>
);

export type Compared = { version: Version; before: Day | null; articles: number; changes: ImportAnswer["changes"] };
const Comparison = ({ ctx, compared: { version, before, articles, changes } }: { ctx: Context; compared: Compared }) => (
  <Sheet id="imported">
    <p>{t(ctx, text.imported, { title: version.shortTitle, day: dayWords(version.version, ctx.language), n: articles })}</p>
    {before !== null && (
      <>
        <p>{t(ctx, text.comparedWith, { day: dayWords(before, ctx.language) })}</p>
        {changes.length === 0 ? (
          <p>{t(ctx, text.noChanges)}</p>
        ) : (
          <ul class="rows">
            {changes.map((c) => (
              <li>
                {c.change === "removed" ? (
                  <span>{c.label}</span>
                ) : (
                  <a href={statutePath({ statute: version.statute, version: version.version, number: c.number, sub: c.sub })}>{c.label}</a>
                )}
                <Tag tone="due">{t(ctx, text[c.change])}</Tag>
              </li>
            ))}
          </ul>
        )}
        {changes.length > 0 && <p class="soft">{t(ctx, text.flagHint)}</p>}
      </>
    )}
  </Sheet>
);
/** For authors: what is here, and the import of one version. */
export const AdminStatutes = ({
  ctx,
  rows,
  next,
  q,
  compared,
  error,
}: {
  ctx: Context;
  rows: readonly Listed[];
  next: string | null;
  q: string;
  compared: Compared | null;
  error?: string;
}) => (
  <>
    <h1>{t(ctx, text.adminTitle)}</h1>
    {compared && <Comparison ctx={ctx} compared={compared} />}
    <Sheet>
      <h2>{t(ctx, text.importTitle)}</h2>
      {error !== undefined && <FormError>{error}</FormError>}
      <form method="post" action="/admin/statutes/import" enctype="multipart/form-data">
        <Field name="file" type="file" accept="application/json,.json" label={t(ctx, text.file)} help={t(ctx, text.importHelp)} required />
        <button class="btn go">{t(ctx, text.importButton)}</button>
      </form>
    </Sheet>
    <SearchForm ctx={ctx} action="/admin/statutes" q={q} />
    {rows.length === 0 ? (
      <Empty>{t(ctx, q === "" ? text.empty : text.none)}</Empty>
    ) : (
      <Table caption={t(ctx, text.adminTitle)} head={[t(ctx, text.colName), t(ctx, text.colVersion), t(ctx, text.colEffective)]}>
        {rows.flatMap((row) =>
          row.versions.map((v, n) => (
            <tr>
              <td lang="zh-CN">{n === 0 ? <a href={`/statutes/${row.statute}`}>{row.shortTitle}</a> : ""}</td>
              <td>
                <a href={`/admin/statutes?statute=${row.statute}&version=${v.version}`}>{adopted(ctx, v.version)}</a>{" "}
                {!v.whole && <Tag>{t(ctx, text.excerpt)}</Tag>}
              </td>
              <td>{effectiveWords(ctx, v)}</td>
            </tr>
          )),
        )}
      </Table>
    )}
    <Pager ctx={ctx} next={next} />
  </>
);
