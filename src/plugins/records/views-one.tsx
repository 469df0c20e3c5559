/** One record whole, and the form that corrects it. */
import type { Child } from "hono/jsx";
import { clock, dayWords, momentWords, points, say, type Context, type RecordId, type Words } from "#kernel";
import { Checkbox, Field, Hidden, Notice, Select, Sheet, Tag, TextArea, type Tone } from "#ui";
import type { Shown } from "./service/list.ts";
import type { One } from "./service/one.ts";
import { fieldTime, type State } from "./rules.ts";
import { kindWords, sourceWords, stateWords, text } from "./text.ts";

const stateTone = { standing: "done", corrected: "due", voided: "late", voiding: "" } as const satisfies Record<State, Tone>;
export const StateTag = ({ ctx, state }: { ctx: Context; state: State }) => (
  <Tag tone={stateTone[state]}>{say(ctx.language, stateWords[state])}</Tag>
);
/** A verb in words; one whose plugin is gone is shown by its id. */
export const verbWords = (ctx: Context, id: string) => {
  const found = ctx.registry.verbs.get(id);
  return found === undefined ? id : say(ctx.language, found.words);
};

/** Where the certificates are that a correction of such a record leaves as they are; null where there can be none. */
const certificatesOf = (row: One["row"]): string | null => {
  if (row.verb === "certified") return `/admin/certificates?${new URLSearchParams({ number: row.objectId }).toString()}`;
  if (row.verb === "passed") return `/admin/certificates${row.unit === null ? "" : `?unit=${row.unit}`}`;
  return null;
};
const Correct = ({ ctx, row, units, fresh }: { ctx: Context; row: One["row"]; units: NonNullable<One["units"]>; fresh: RecordId }) => {
  const t = (words: Words) => say(ctx.language, words);
  const certificates = certificatesOf(row);
  const places =
    units.some((unit) => unit.id === row.unit) || row.unit === null ? units : [{ id: row.unit, name: row.unitName ?? row.unit }, ...units];
  return (
    <details class="no-print">
      <summary class="btn">{t(text.correct)}</summary>
      <form method="post" action={`/admin/records/${row.id}/correct`} class="stack sheet">
        <p>{t(text.correctHelp)}</p>
        {certificates !== null && (
          <Notice tone="due">
            {t(text.certificateStays)} <a href={certificates}>{t(text.toCertificates)}</a>
          </Notice>
        )}
        <Hidden name="id" value={fresh} />
        <fieldset>
          <legend>{t(text.how)}</legend>
          <Checkbox type="radio" name="how" value="replace" label={t(row.void ? text.restore : text.replace)} checked />
          {!row.void && <Checkbox type="radio" name="how" value="void" label={t(text.void)} />}
        </fieldset>
        <div class="field">
          <label for="f-at">{say(ctx.language, text.newAt, { zone: ctx.zone })}</label>
          <input
            id="f-at"
            name="at"
            type="datetime-local"
            step="1"
            value={fieldTime(row.at, ctx.zone)}
            max={fieldTime(ctx.now, ctx.zone)}
          />
        </div>
        {row.score !== null && (
          <Field name="score" label={t(text.newScore)} value={points(row.score)} help={t(text.newScoreHelp)} inputmode="decimal" />
        )}
        {places.length > 0 && (
          <Select
            name="unit"
            label={t(text.newUnit)}
            value={row.unit}
            options={places.map((unit) => ({ value: unit.id, words: unit.name }))}
          />
        )}
        <TextArea name="reason" label={t(text.reason)} rows={2} required />
        <button class="btn go">{t(text.correctGo)}</button>
      </form>
    </details>
  );
};
/** Where the thing of a record has a page. */
const pageOf = (row: Shown, admin: boolean): string | null => {
  if (row.objectKind === "certificate") return `/certificates/${row.objectId}`;
  if (row.objectKind === "course" || row.objectKind === "lesson") return `/courses/${row.objectId}`;
  if (row.objectKind === "case") return `/courses/${row.objectId.replace("/", "/cases/")}`;
  if (row.objectKind === "exam") return admin ? `/admin/exams/${row.objectId}` : `/exams/${row.objectId}`;
  return null;
};
const Linked = ({ href, children }: { href: string | null; children: Child }) =>
  href === null ? <>{children}</> : <a href={href}>{children}</a>;

/** One record with everything that it holds, what it corrects and what corrects it. */
export const OneRecord = ({
  ctx,
  one,
  base,
  fresh,
}: {
  ctx: Context;
  one: One;
  base: "/records" | "/admin/records";
  fresh: RecordId | null;
}) => {
  const { row, holds, reasons, units } = one;
  const t = (words: Words) => say(ctx.language, words);
  const admin = base === "/admin/records";
  const facts: [Words, Child][] = [
    [text.verb, verbWords(ctx, row.verb)],
    [
      text.object,
      <>
        <Linked href={pageOf(row, admin)}>{row.title}</Linked> <span class="small soft">{kindWords(row.objectKind, ctx.language)}</span>
      </>,
    ],
    [
      text.person,
      row.person === null ? t(text.personUnknown) : <Linked href={admin ? `/admin/people/${row.person}` : null}>{row.name}</Linked>,
    ],
    [
      text.unit,
      row.unit === null ? (
        t(text.personUnknown)
      ) : (
        <Linked href={admin ? `/admin/units/${row.unit}` : null}>{row.unitName ?? row.unit}</Linked>
      ),
    ],
    [text.at, `${dayWords(row.day, ctx.language)} ${clock(row.at, ctx.zone)}`],
    ...(row.score === null
      ? []
      : [[text.score, say(ctx.language, text.scorePoints, { score: points(row.score) })] satisfies [Words, Child]]),
    ...(row.seconds === null
      ? []
      : [
          [
            text.seconds,
            say(ctx.language, text.secondsLong, { minutes: Math.floor(row.seconds / 60), seconds: row.seconds % 60 }),
          ] satisfies [Words, Child],
        ]),
    [text.source, t(sourceWords[row.source])],
    [text.recordedAt, momentWords(row.recordedAt, ctx.zone, ctx.language)],
    [text.position, <span class="num">{row.seq}</span>],
    [text.id, <code class="digest">{row.id}</code>],
    ...(row.evidence === null ? [] : [[text.evidence, <code class="digest">{row.evidence}</code>] satisfies [Words, Child]]),
    [
      text.leaf,
      <>
        <code class="digest">{row.leaf}</code>
        <br />
        <Tag tone={holds ? "done" : "late"}>{t(holds ? text.leafHolds : text.leafFails)}</Tag>{" "}
        <span class="small soft">{t(text.leafHelp)}</span>
      </>,
    ],
    ...(row.corrects === null
      ? []
      : [
          [
            text.corrects,
            <a href={`${base}/${row.corrects}`}>{say(ctx.language, text.openOne, { seq: row.correctsSeq ?? 0 })}</a>,
          ] satisfies [Words, Child],
        ]),
    ...(row.correctedBy === null
      ? []
      : [
          [
            text.correctedBy,
            <a href={`${base}/${row.correctedBy}`}>{say(ctx.language, text.openOne, { seq: row.correctedBySeq ?? 0 })}</a>,
          ] satisfies [Words, Child],
        ]),
  ];
  return (
    <>
      <div class="spread">
        <h1>{t(text.one)}</h1>
        <StateTag ctx={ctx} state={row.state} />
      </div>
      <Sheet>
        <dl class="facts">
          {facts.map(([words, fact]) => (
            <>
              <dt>{t(words)}</dt>
              <dd>{fact}</dd>
            </>
          ))}
        </dl>
      </Sheet>
      {reasons.length > 0 && (
        <Sheet>
          <h2>{t(text.history)}</h2>
          <ul class="plain">
            {reasons.map((r) => (
              <li>
                {say(ctx.language, text.historyLine, {
                  at: momentWords(r.at, ctx.zone, ctx.language),
                  who: r.who ?? t(text.program),
                  reason: r.note ?? "",
                })}
              </li>
            ))}
          </ul>
        </Sheet>
      )}
      {admin && (
        <p class="line no-print">
          {row.person !== null && (
            <a class="btn" href={`/admin/records?person=${row.person}`}>
              {t(text.moreOfPerson)}
            </a>
          )}
          <a class="btn" href={`/admin/records?${new URLSearchParams({ kind: row.objectKind, object: row.objectId }).toString()}`}>
            {t(text.moreOfObject)}
          </a>
        </p>
      )}
      {fresh !== null && units !== null && <Correct ctx={ctx} row={row} units={units} fresh={fresh} />}
    </>
  );
};
