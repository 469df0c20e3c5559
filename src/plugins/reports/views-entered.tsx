/** The list of figures by period, and the page of one that is entered by hand: what stands, the form, the history. */
import { dayWords, momentWords, newId, saying, type Context, type Day } from "#kernel";
import { proofEndings } from "#plugins/people";
import { Checkbox, Empty, Fig, Field, FormError, Hidden, Pager, Sheet, Table, Tag, TextArea } from "#ui";
import { enteredId, type EnterInput } from "./input-entered.ts";
import { enteredInWords, measureWords, nilStatement, type Entered, type FigureState } from "./rules-entered.ts";
import { rowsPath, titleOf } from "./rules.ts";
import type { Listed } from "./service-list.ts";
import type { EnteredPage } from "./service/entered.ts";
import { enteredText as text } from "./text-entered.ts";
import { text as plain } from "./text.ts";
import { inWords } from "./views.tsx";

const pathOf = (key: string, { from, to }: { from: Day; to: Day }) => `/admin/reports/entered/${key}?from=${from}&to=${to}`;
const Period = ({
  ctx,
  from,
  to,
  action,
  state,
}: {
  ctx: Context;
  from: Day;
  to: Day;
  action: string;
  state?: FigureState | undefined;
}) => {
  const t = saying(ctx);
  return (
    <form class="filters no-print" action={action}>
      <Field name="from" at="period-from" type="date" label={t(plain.from)} value={from} />
      <Field name="to" at="period-to" type="date" label={t(plain.to)} value={to} />
      {state !== undefined && <Hidden name="state" value={state} />}
      <button class="btn">{t(plain.apply)}</button>
    </form>
  );
};
const State = ({ ctx, row }: { ctx: Context; row: Entered | undefined | null }) => {
  const t = saying(ctx);
  if (row === undefined || row === null) return <Tag tone="due">{t(text.stateEmpty)}</Tag>;
  return <Tag tone="done">{t(row.statement === null ? text.stateEntered : text.stateNil)}</Tag>;
};
const told = (ctx: Context, row: Entered): string =>
  saying(ctx)(text.enteredBy, { name: row.byName, responsible: row.responsible, at: momentWords(row.at, ctx.zone, ctx.language) });

const listPath = ({ from, to }: { from: Day; to: Day }, state: FigureState | undefined) =>
  `/admin/reports/entered?from=${from}&to=${to}${state === undefined ? "" : `&state=${state}`}`;
export const EnteredList = ({
  ctx,
  from,
  to,
  state,
  listed,
}: {
  ctx: Context;
  from: Day;
  to: Day;
  state: FigureState | undefined;
  listed: Listed;
}) => {
  const t = saying(ctx);
  const { counts, groups, sections } = listed;
  return (
    <>
      <h1>{t(text.title)}</h1>
      <p>{t(text.intro)}</p>
      <Period ctx={ctx} from={from} to={to} action="/admin/reports/entered" state={state} />
      <p class="small soft">
        {t(plain.period, { from: dayWords(from, ctx.language), to: dayWords(to, ctx.language) })} · {t(text.counts, counts)}
      </p>
      <p class="line no-print">
        {([undefined, "empty", "entered", "counted"] as const).map((each) => {
          const words = t(each === undefined ? text.show_all : text[`show_${each}`], each === undefined ? {} : { n: counts[each] });
          return each === state ? <b aria-current="page">{words}</b> : <a href={listPath({ from, to }, each)}>{words}</a>;
        })}
      </p>
      {groups.map((group) => (
        <section class="stack">
          <h2>{t(group.title)}</h2>
          <ul class="rows sheet">
            {group.lines.map(({ thing, row }) => (
              <li>
                <span>
                  <a href={pathOf(thing.key, { from, to })}>{t(thing.title)}</a>
                  {row !== null && (
                    <>
                      <br />
                      <span class="small soft">{told(ctx, row)}</span>
                    </>
                  )}
                </span>
                {row !== null && <b class="num">{enteredInWords(ctx.language, row)}</b>}
                <State ctx={ctx} row={row} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {sections.length > 0 && <h2>{t(text.countedHead)}</h2>}
      {sections.map((section) => (
        <section class="stack">
          <h3>{t(section.title)}</h3>
          <ul class="rows sheet">
            {section.shown.map((shown) => (
              <li>
                <span>{titleOf(ctx.language, shown)}</span>
                <b class="num">
                  <Fig ctx={ctx} href={rowsPath(shown)} what={`${titleOf(ctx.language, shown)} ${inWords(ctx, shown)}`}>
                    {inWords(ctx, shown)}
                  </Fig>
                </b>
                <Tag tone="done">{t(text.stateCounted)}</Tag>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
};

const sizeWords = (bytes: number): string =>
  bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
const Evidence = ({ ctx, row }: { ctx: Context; row: Entered }) => {
  const t = saying(ctx);
  if (row.file === null) return <>{row.statement ?? "—"}</>;
  return (
    <>
      <a href={`/admin/reports/entered/${row.key}/${row.id}/file`} download={row.file.name}>
        {t(text.download, { name: row.file.name, size: sizeWords(row.file.size) })}
      </a>
      <br />
      <span class="small soft digest">{t(text.digest, { digest: row.file.digest })}</span>
      {row.statement !== null && <p class="small">{row.statement}</p>}
    </>
  );
};
/** What was sent and refused, to be mended. */
export type Tried = Omit<EnterInput, "file">;
const Entry = ({ ctx, page, tried }: { ctx: Context; page: EnteredPage; tried: Tried | null }) => {
  const t = saying(ctx);
  const { thing, now } = page;
  return (
    <form method="post" action={`/admin/reports/entered/${thing.key}`} enctype="multipart/form-data" class="stack">
      <Hidden name="id" value={newId(enteredId)} />
      <Hidden name="from" value={page.from} />
      <Hidden name="to" value={page.to} />
      {now !== null && <Hidden name="supersedes" value={now.id} />}
      <Field
        name="number"
        type="number"
        inputmode="numeric"
        min={0}
        required
        label={t(text.number, { measure: t(measureWords[thing.measure], { n: "" }).trim() })}
        value={tried?.number ?? now?.number ?? ""}
      />
      <TextArea
        name="definition"
        required
        rows={3}
        label={t(text.definition)}
        help={t(text.definitionHelp)}
        value={tried?.definition ?? now?.definition ?? thing.definition.zh}
      />
      <Field
        name="responsible"
        required
        maxlength={40}
        label={t(text.responsible)}
        help={t(text.responsibleHelp)}
        value={tried?.responsible ?? now?.responsible ?? ""}
      />
      <Field
        name="file"
        type="file"
        accept={proofEndings}
        label={t(text.file)}
        help={now === null || now.file === null ? t(text.fileHelp) : t(text.fileKept, { name: now.file.name })}
      />
      <fieldset class="stack">
        <legend>{t(text.nil)}</legend>
        <p class="small soft">{t(text.nilHelp, { statement: nilStatement(thing.key, page.from, page.to) })}</p>
        <Checkbox name="nil" label={t(text.nilTick)} checked={tried?.nil ?? false} />
        <Field
          name="signed"
          maxlength={40}
          label={t(text.signed, { name: ctx.actor?.name ?? "" })}
          value={tried?.signed ?? ""}
          autocomplete="off"
        />
      </fieldset>
      {now !== null && <Field name="reason" required maxlength={200} label={t(text.reason)} value={tried?.reason ?? ""} />}
      <button class="btn go">{t(text.submit)}</button>
    </form>
  );
};

export const EnteredOne = ({
  ctx,
  page,
  enters,
  tried,
  problem,
}: {
  ctx: Context;
  page: EnteredPage;
  enters: boolean;
  tried: Tried | null;
  problem: string | null;
}) => {
  const t = saying(ctx);
  const { thing, now, from, to } = page;
  return (
    <>
      <p class="small no-print">
        <a href={`/admin/reports/entered?from=${from}&to=${to}`}>{t(text.title)}</a>
      </p>
      <h1>{t(thing.title)}</h1>
      <Period ctx={ctx} from={from} to={to} action={`/admin/reports/entered/${thing.key}`} />
      {problem !== null && (
        <FormError>
          <p>{problem}</p>
          <p>{t(text.fileAgain)}</p>
        </FormError>
      )}
      <Sheet>
        <p class="line">
          {now !== null && <span class="figure-number">{enteredInWords(ctx.language, now)}</span>} <State ctx={ctx} row={now} />
        </p>
        <dl class="facts">
          <dt>{t(text.forPeriod)}</dt>
          <dd>{t(plain.period, { from: dayWords(from, ctx.language), to: dayWords(to, ctx.language) })}</dd>
          <dt>{t(text.definition)}</dt>
          <dd>{now?.definition ?? t(thing.definition)}</dd>
          {now !== null && (
            <>
              <dt>{t(text.who)}</dt>
              <dd>{told(ctx, now)}</dd>
              <dt>{t(text.evidence)}</dt>
              <dd>
                <Evidence ctx={ctx} row={now} />
              </dd>
            </>
          )}
        </dl>
      </Sheet>
      {!enters ? (
        <p class="small soft">{t(text.notHere)}</p>
      ) : now === null ? (
        <Sheet next>
          <h2>{t(text.enterHead)}</h2>
          <Entry ctx={ctx} page={page} tried={tried} />
        </Sheet>
      ) : (
        <details class="no-print" open={problem !== null}>
          <summary class="btn">{t(text.correct)}</summary>
          <Sheet>
            <h2>{t(text.correctHead)}</h2>
            <p class="small soft">{t(text.correctHelp)}</p>
            <Entry ctx={ctx} page={page} tried={tried} />
          </Sheet>
        </details>
      )}
      <h2>{t(text.history)}</h2>
      {page.history.length === 0 ? (
        <Empty>{t(text.noHistory)}</Empty>
      ) : (
        <>
          <Table caption={t(text.history)} head={[t(text.forPeriod), { r: t(text.value) }, t(text.who), t(text.evidence)]}>
            {page.history.map((row) => (
              <tr>
                <td>
                  {t(plain.period, { from: dayWords(row.from, ctx.language), to: dayWords(row.to, ctx.language) })}
                  <br />
                  <Tag tone={row.superseded ? "" : "done"}>{t(row.superseded ? text.superseded : text.current)}</Tag>
                </td>
                <td class="r num">{enteredInWords(ctx.language, row)}</td>
                <td>
                  {told(ctx, row)}
                  {row.reason !== null && (
                    <>
                      <br />
                      <span class="small soft">{t(text.why, { reason: row.reason })}</span>
                    </>
                  )}
                </td>
                <td>
                  <Evidence ctx={ctx} row={row} />
                </td>
              </tr>
            ))}
          </Table>
          <Pager ctx={ctx} next={page.next} />
        </>
      )}
    </>
  );
};
