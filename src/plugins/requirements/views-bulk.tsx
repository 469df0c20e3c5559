/** Exemptions and deferrals as a file: the form, the preview, and what it brought. */
import { dayWords, momentWords, say, saying, type Context } from "#kernel";
import { Empty, Field, FormError, Hidden, Notice, Select, Sheet, Table, Tag } from "#ui";
import { headers, type Outcome } from "./rules-bulk.ts";
import { kindWords, whatWords } from "./rules-excuses.ts";
import type { Bulk, BulkFile } from "./service/excuse-bulk.ts";
import type { Requirement } from "./store-rules.ts";
import { bulkText as text } from "./text-bulk.ts";
import { excuseText } from "./text-excuses.ts";

export const BulkForm = ({
  ctx,
  id,
  requirements,
  files,
  problem,
}: {
  ctx: Context;
  id: string;
  requirements: readonly Requirement[];
  files: readonly BulkFile[];
  problem: string | null;
}) => {
  const t = saying(ctx);
  return (
    <>
      <h1>{t(text.bulkTitle)}</h1>
      <p>{t(text.bulkIntro)}</p>
      {problem !== null && <FormError>{problem}</FormError>}
      {requirements.length === 0 ? (
        <Empty>{t(text.bulkNone)}</Empty>
      ) : (
        <form method="post" action="/admin/excuses/files" enctype="multipart/form-data" class="sheet stack">
          <Hidden name="id" value={id} />
          <Select
            name="requirement"
            label={t(text.bulkRequirement)}
            required
            value={requirements[0]?.id ?? null}
            options={requirements.map((one) => ({ value: one.id, words: one.name }))}
          />
          <Field name="file" type="file" label={t(text.bulkFile)} help={t(text.bulkFileHelp)} accept=".xlsx,.csv,.txt,.tsv" required />
          <p class="line">
            <button class="btn go">{t(text.bulkCheck)}</button>
            <a class="btn" href="/admin/excuses/files/template.xlsx">
              {t(text.bulkTemplate)}
            </a>
          </p>
        </form>
      )}
      <Files ctx={ctx} files={files} />
    </>
  );
};
const states = { waits: ["due", text.bulkWaits], stands: ["done", text.bulkStands], gone: ["", text.bulkGone] } as const;
const Files = ({ ctx, files }: { ctx: Context; files: readonly BulkFile[] }) => {
  const t = saying(ctx);
  if (files.length === 0) return null;
  return (
    <Sheet>
      <h2>{t(text.bulkFiles)}</h2>
      <ul class="rows">
        {files.map(({ id, requirement, at, is: state }) => (
          <li class="spread">
            <a href={`/admin/excuses/files/${id}`}>{requirement}</a>
            <span class="line">
              <span class="small soft">{momentWords(at, ctx.zone, ctx.language)}</span>{" "}
              <Tag tone={states[state][0]}>{t(states[state][1])}</Tag>
            </span>
          </li>
        ))}
      </ul>
    </Sheet>
  );
};
const Refused = ({ ctx, id, rows }: { ctx: Context; id: string; rows: readonly Extract<Outcome, { is: "refused" }>[] }) => {
  const t = saying(ctx);
  if (rows.length === 0) return null;
  return (
    <>
      <h2>{t(text.bulkRefused)}</h2>
      <p>
        <a class="btn" href={`/admin/excuses/files/${id}/refused.xlsx`}>
          {t(text.bulkRefusedFile)}
        </a>
      </p>
      <Table caption={t(text.bulkRefused)} head={[{ r: t(text.bulkRow) }, t(text.bulkColumn), t(text.bulkValue), t(text.bulkWhy)]}>
        {rows.map(({ n, wrong }) => (
          <tr>
            <td class="r num">{n}</td>
            <td>{headers[wrong.field]?.[0]}</td>
            <td>{wrong.value === "" ? "—" : wrong.value}</td>
            <td>{say(ctx.language, wrong.words, wrong.facts)}</td>
          </tr>
        ))}
      </Table>
    </>
  );
};
const Preview = ({ ctx, found: { id, requirement, outcomes } }: { ctx: Context; found: Extract<Bulk, { is: "preview" }> }) => {
  const t = saying(ctx);
  const fresh = outcomes.filter((each) => each.is === "new");
  const refused = outcomes.filter((each) => each.is === "refused");
  return (
    <>
      <Sheet next>
        <p class="figure-number" data-value={fresh.length}>
          {t(text.bulkPreview, { n: fresh.length })}
        </p>
        <p class="small soft">
          {t(text.bulkPreviewNote, {
            requirement: requirement.name,
            rows: outcomes.length,
            same: outcomes.length - fresh.length - refused.length,
            refused: refused.length,
          })}
        </p>
        {fresh.length === 0 ? (
          <p>{t(text.bulkNothing)}</p>
        ) : (
          <form method="post" action={`/admin/excuses/files/${id}/write`}>
            <button class="btn go">{t(text.bulkWrite, { n: fresh.length })}</button>
          </form>
        )}
        <p>
          <a href="/admin/excuses/files">{t(text.bulkOther)}</a>
        </p>
      </Sheet>
      <Refused ctx={ctx} id={id} rows={refused} />
      {fresh.length > 0 && (
        <Table
          caption={t(text.bulkWho)}
          head={[
            t(excuseText.unit),
            t(excuseText.person),
            t(excuseText.what),
            t(excuseText.kind),
            t(excuseText.days),
            t(excuseText.newDue),
          ]}
        >
          {fresh.map(({ n, values: v, owes }) => (
            <tr data-row={n}>
              <td>{owes.unitName}</td>
              <td>{owes.personName}</td>
              <td>{t(whatWords(v.what, v.of))}</td>
              <td>{t(kindWords[v.kind])}</td>
              <td>
                {dayWords(v.from, ctx.language)}
                {v.until !== undefined && ` – ${dayWords(v.until, ctx.language)}`}
              </td>
              <td>{v.due === undefined ? "—" : dayWords(v.due, ctx.language)}</td>
            </tr>
          ))}
        </Table>
      )}
    </>
  );
};
/** A file: before it is written its preview, then what it brought, to be taken back. */
export const BulkPage = ({ ctx, found }: { ctx: Context; found: Bulk }) => {
  const t = saying(ctx);
  if (found.is === "preview")
    return (
      <>
        <h1>{t(text.bulkTitle)}</h1>
        <Preview ctx={ctx} found={found} />
      </>
    );
  const { id, requirement, standing, gone } = found;
  return (
    <>
      <h1>{t(text.bulkTitle)}</h1>
      <Notice tone="done">
        <p>{requirement.name}</p>
        <p>{t(text.bulkDone, { n: standing.length + gone, standing: standing.length, gone })}</p>
      </Notice>
      <p class="line">
        <a class="btn" href={`/admin/excuses?requirement=${requirement.id}&state=approved`}>
          {t(text.bulkList)}
        </a>
        <a class="btn" href="/admin/excuses/files">
          {t(text.bulkOther)}
        </a>
      </p>
      {standing.length > 0 && (
        <details>
          <summary class="btn">{t(text.bulkUndo)}</summary>
          <form method="post" action={`/admin/excuses/files/${id}/undo`} class="sheet stack">
            <p>{t(text.bulkUndoWarning, { n: standing.length })}</p>
            <Field name="reason" label={t(text.bulkReason)} required maxlength={200} />
            <button class="btn">{t(text.bulkUndo)}</button>
          </form>
        </details>
      )}
    </>
  );
};
