/** Certificates: mine, one, many to print, verification, the officer's list. */
import { dayOf, dayWords, maskName, points, say, type Context, type Day } from "#kernel";
import { Empty, Field, Filters, Hidden, Notice, Pager, Select, Table, Tag, TextArea, type Tone } from "#ui";
import { text } from "./text.ts";
import { Drawing } from "./views-drawing.tsx";
import type { Certificate } from "./store.ts";
import type { ListInput } from "./input.ts";

export const stateWords = { valid: text.valid, revoked: text.revoked, superseded: text.superseded } as const;
const stateTone = { valid: "done", revoked: "late", superseded: "due" } as const satisfies Record<string, Tone>;

export const StateTag = ({ ctx, state }: { ctx: Context; state: Certificate["state"] }) => (
  <Tag tone={stateTone[state]}>{say(ctx.language, stateWords[state])}</Tag>
);

export const Mine = ({ ctx, rows }: { ctx: Context; rows: readonly Certificate[] }) => (
  <>
    <h1>{say(ctx.language, text.mine)}</h1>
    {rows.length === 0 ? (
      <Empty>
        <p>{say(ctx.language, text.none)}</p>
        <a class="btn" href="/exams">
          {say(ctx.language, text.goToExams)}
        </a>
      </Empty>
    ) : (
      <ul class="rows sheet">
        {rows.map((c) => (
          <li>
            <span>
              <a href={`/certificates/${c.number}`}>{c.title}</a>
              <br />
              <span class="small soft num number">{c.number}</span>{" "}
              <span class="small soft">{dayWords(dayOf(c.issuedAt, ctx.zone), ctx.language)}</span>
            </span>
            <StateTag ctx={ctx} state={c.state} />
          </li>
        ))}
      </ul>
    )}
  </>
);

export const One = ({
  ctx,
  certificate: c,
  verify,
  stamp,
  manages,
  listed,
}: {
  ctx: Context;
  certificate: Certificate;
  verify: string;
  stamp: string | null;
  manages: boolean;
  /** Another's, opened by whoever has the list. */
  listed: boolean;
}) => (
  <>
    {listed && (
      <p class="no-print">
        <a href="/admin/certificates">{say(ctx.language, text.backToList)}</a>
      </p>
    )}
    <div class="spread no-print">
      <h1>{c.title}</h1>
      <StateTag ctx={ctx} state={c.state} />
    </div>
    <div class="certificate-frame">
      <Drawing certificate={c} zone={ctx.zone} verify={verify} stamp={stamp} />
    </div>
    {c.state === "revoked" && c.reason !== null && (
      <Notice tone="late">{say(ctx.language, text.revokedBecause, { reason: c.reason })}</Notice>
    )}
    <p class="line no-print">
      <a class="btn go" href={`/certificates/${c.number}/print`}>
        {say(ctx.language, text.print)}
      </a>
      <a class="btn" href={`/certificates/${c.number}/picture.svg`} download={`${c.number}.svg`} data-certificate-picture={c.number}>
        {say(ctx.language, text.picture)}
      </a>
      <a class="btn" href={verify}>
        {say(ctx.language, text.verifyTitle)}
      </a>
    </p>
    {manages && c.state !== "revoked" && (
      <details class="no-print">
        <summary class="btn">{say(ctx.language, text.revoke)}</summary>
        <form method="post" action={`/admin/certificates/${c.number}/revoke`} class="stack sheet">
          <p>{say(ctx.language, text.revokeWarning)}</p>
          <TextArea name="reason" label={say(ctx.language, text.reason)} required rows={2} />
          <button class="btn">{say(ctx.language, text.revoke)}</button>
        </form>
      </details>
    )}
  </>
);

const filtersOf = (input: ListInput): URLSearchParams =>
  new URLSearchParams(Object.entries(input).flatMap(([k, v]) => (v === undefined || k === "after" ? [] : [[k, v]])));
/** The officer's list as it was asked for, from its beginning. */
export const listAddress = (input: ListInput): string => {
  const filters = filtersOf(input);
  return `/admin/certificates${filters.size === 0 ? "" : `?${filters.toString()}`}`;
};
/** The officer's list, with filters, and the image of the stamp. */
export const Admin = ({
  ctx,
  rows,
  input,
  next,
  manages,
  stamp,
}: {
  ctx: Context;
  rows: readonly Certificate[];
  input: ListInput;
  next: string | null;
  manages: boolean;
  /** Where the actor may set it. */
  stamp: { image: string | null } | null;
}) => {
  const t = (words: Parameters<typeof say>[1]) => say(ctx.language, words);
  const filters = filtersOf(input);
  return (
    <>
      <h1>{t(text.admin)}</h1>
      <div class="folds">
        <Filters ctx={ctx} action="/admin/certificates" set={filters.size}>
          <Field name="number" label={t(text.filterNumber)} value={input.number ?? ""} />
          <Field name="in" label={t(text.filterUnit)} value={input.in ?? ""} maxlength={100} />
          <Field name="name" label={t(text.filterName)} value={input.name ?? ""} />
          <Select
            name="state"
            label={t(text.status)}
            value={input.state ?? ""}
            empty={t(text.allStates)}
            options={(["valid", "revoked", "superseded"] as const).map((value) => ({ value, words: t(stateWords[value]) }))}
          />
          {input.unit !== undefined && <Hidden name="unit" value={input.unit} />}
          {input.group !== undefined && <Hidden name="group" value={input.group} />}
          <button class="btn">{t(text.apply)}</button>
        </Filters>
      </div>
      {manages && rows.length > 0 && (input.state === undefined || input.state === "valid") && (
        <p class="no-print">
          <a class="btn" href={`/admin/certificates/print?${filters.toString()}`}>
            {t(text.printAll)}
          </a>
        </p>
      )}
      {rows.length === 0 ? (
        <Empty>
          <h2>{t(filters.size > 0 ? text.noneFound : text.noneYet)}</h2>
          {filters.size === 0 && <p>{t(text.noneYetHelp)}</p>}
          {(filters.size > 0 || manages) && (
            <a class="btn go" href={filters.size > 0 ? "/admin/certificates" : "/admin/exams"}>
              {t(filters.size > 0 ? text.allAgain : text.goToExamsAdmin)}
            </a>
          )}
        </Empty>
      ) : (
        <Table
          caption={t(text.admin)}
          head={[t(text.number), t(text.holder), t(text.unit), t(text.whatFor), { r: t(text.score) }, t(text.issuedOn), t(text.status)]}
        >
          {rows.map((c) => (
            <tr>
              <td class="num">
                <a href={`/certificates/${c.number}`}>{c.number}</a>
              </td>
              <td>{manages ? c.holderName : maskName(c.holderName)}</td>
              <td>{c.unitName}</td>
              <td>{c.title}</td>
              <td class="r num">{c.score === null ? "" : points(c.score)}</td>
              <td class="num">{dayOf(c.issuedAt, ctx.zone) satisfies Day}</td>
              <td>
                <StateTag ctx={ctx} state={c.state} />
              </td>
            </tr>
          ))}
        </Table>
      )}
      <Pager ctx={ctx} next={next} />
      {stamp !== null && (
        <details class="no-print">
          <summary class="btn">{t(text.stamp)}</summary>
          <form method="post" action="/admin/certificates/stamp" enctype="multipart/form-data" class="stack sheet">
            {stamp.image !== null && <img src={stamp.image} alt={t(text.stamp)} width={120} height={120} />}
            <Field name="file" type="file" label={t(text.stamp)} help={t(text.stampHelp)} accept="image/png" />
            <p class="line">
              <button class="btn">{t(text.stampUpload)}</button>
              {stamp.image !== null && (
                <button class="btn" name="remove" value="1">
                  {t(text.stampRemove)}
                </button>
              )}
            </p>
          </form>
        </details>
      )}
    </>
  );
};
