/** The ledger, and a person's own file. */
import type { Child } from "hono/jsx";
import { clock, dayWords, momentWords, points, say, type Context, type Html, type Words } from "#kernel";
import { Checkbox, Empty, Field, Filters, Fold, Hidden, Notice, Pager, Select, Sheet, Table, Tag, TextArea } from "#ui";
import { fileFormats, type FileFormat, type ListInput } from "./input.ts";
import type { Checked } from "./service/check.ts";
import type { Listed, Mine as MineData, Shown } from "./service/list.ts";
import { byYear } from "./rules.ts";
import { kinds, kindWords, text } from "./text.ts";
import { StateTag, verbWords } from "./views-one.tsx";

const formatWords = { csv: "CSV", xlsx: "Excel", ndjson: "NDJSON" } as const satisfies Record<FileFormat, string>;
const time = (ctx: Context, at: number) => clock(at, ctx.zone).slice(0, 5);
/** The filters as they stand in an address. */
const asAddress = (input: ListInput, without: readonly string[] = []): URLSearchParams =>
  new URLSearchParams(
    Object.entries(input).flatMap(([key, value]) =>
      value === undefined || value === false || key === "after" || without.includes(key) ? [] : [[key, value === true ? "1" : value]],
    ),
  );

const Narrowing = ({ ctx, input }: { ctx: Context; input: ListInput }) => {
  const t = (words: Words) => say(ctx.language, words);
  const verbs = [...ctx.registry.verbs.values()].map((v) => ({ value: v.id, words: t(v.words) }));
  return (
    <Filters ctx={ctx} action="/admin/records" set={asAddress(input).size}>
      <Field name="from" type="date" label={t(text.from)} value={input.from ?? ""} />
      <Field name="to" type="date" label={t(text.to)} value={input.to ?? ""} />
      <Field name="in" label={t(text.unitFilter)} value={input.in ?? ""} maxlength={100} />
      <Field name="name" label={t(text.personFilter)} value={input.name ?? ""} maxlength={60} autocomplete="off" />
      <Select name="verb" label={t(text.verb)} value={input.verb ?? ""} empty={t(text.allVerbs)} options={verbs} />
      {input.object === undefined ? (
        <Select
          name="kind"
          label={t(text.kind)}
          value={input.kind ?? ""}
          empty={t(text.allKinds)}
          options={Object.keys(kinds).map((value) => ({ value, words: kindWords(value, ctx.language) }))}
        />
      ) : (
        <Hidden name="kind" value={input.kind ?? ""} />
      )}
      <Select
        name="standing"
        label={t(text.state)}
        value={input.standing === true ? "1" : ""}
        empty={t(text.allStates)}
        options={[{ value: "1", words: t(text.standingOnly) }]}
      />
      {input.unit !== undefined && <Hidden name="unit" value={input.unit} />}
      {input.person !== undefined && <Hidden name="person" value={input.person} />}
      {input.object !== undefined && <Hidden name="object" value={input.object} />}
      <button class="btn">{t(text.apply)}</button>
      {asAddress(input).size > 0 && (
        <a class="btn" href="/admin/records">
          {t(text.clear)}
        </a>
      )}
    </Filters>
  );
};
/** What an address narrows to without a field of its own, each with a way out. */
const Chips = ({ ctx, input, listed }: { ctx: Context; input: ListInput; listed: Listed }) => {
  const [first] = listed.rows;
  const chips = [
    ...(input.unit === undefined ? [] : [{ key: "unit", what: listed.unit ?? input.unit }]),
    ...(input.person === undefined ? [] : [{ key: "person", what: first?.name ?? input.person }]),
    ...(input.object === undefined ? [] : [{ key: "object", what: first?.title ?? input.object }]),
  ];
  if (chips.length === 0) return null;
  return (
    <p class="line">
      {chips.map(({ key, what }) => (
        <>
          <Tag>{say(ctx.language, text.onlyThis, { what })}</Tag>
          <a class="small" href={`/admin/records?${asAddress(input, [key]).toString()}`}>
            {say(ctx.language, text.clear)}
          </a>
        </>
      ))}
    </p>
  );
};
const LedgerRow = ({ ctx, row }: { ctx: Context; row: Shown }) => (
  <tr class={row.state === "standing" ? "" : "soft"}>
    <td class="num">
      <a href={`/admin/records/${row.id}`} aria-label={say(ctx.language, text.openOne, { seq: row.seq })}>
        {row.seq}
      </a>
    </td>
    <td class="num">
      {row.day} {time(ctx, row.at)}
    </td>
    <td>{row.name === "" ? say(ctx.language, text.personUnknown) : row.name}</td>
    <td>{row.unitName ?? ""}</td>
    <td class="verb">{verbWords(ctx, row.verb)}</td>
    <td>
      {row.title} <span class="small soft">{kindWords(row.objectKind, ctx.language)}</span>{" "}
      {row.source === "external" && <Tag>{say(ctx.language, text.external)}</Tag>}
    </td>
    <td class="r num">{row.score === null ? "" : points(row.score)}</td>
    <td>
      {row.state === "standing" ? (
        <span class="small soft">{say(ctx.language, text.standing)}</span>
      ) : (
        <StateTag ctx={ctx} state={row.state} />
      )}
    </td>
  </tr>
);
/** Whole names: here or as a file, for a reason. */
const Whole = ({ ctx, input }: { ctx: Context; input: ListInput }) => {
  const t = (words: Words) => say(ctx.language, words);
  return (
    <details class="no-print">
      <summary class="btn">{t(text.exportWhole)}</summary>
      <form method="post" action="/admin/records" class="stack sheet">
        <p>{t(text.exportWholeHelp)}</p>
        {[...asAddress(input)].map(([name, value]) => (
          <Hidden name={name} value={value} />
        ))}
        <fieldset>
          <legend>{t(text.format)}</legend>
          <Checkbox type="radio" name="format" value="page" label={t(text.showHere)} checked />
          {fileFormats.map((format) => (
            <Checkbox type="radio" name="format" value={format} label={formatWords[format]} />
          ))}
        </fieldset>
        <TextArea name="reason" label={t(text.reason)} rows={2} required />
        <button class="btn">{t(text.proceed)}</button>
      </form>
    </details>
  );
};
/** The officer's list. `reason`: whole names are shown, and the next page is asked for with the same reason. */
export const Ledger = ({
  ctx,
  listed,
  input,
  unmasks,
  reason,
  checked,
}: {
  ctx: Context;
  listed: Listed;
  input: ListInput;
  unmasks: boolean;
  reason: string | null;
  checked: Checked | null;
}) => {
  const t = (words: Words) => say(ctx.language, words);
  return (
    <>
      <div class="spread">
        <h1>{t(text.ledger)}</h1>
        <span class="small soft">
          {say(ctx.language, text.moment, { at: momentWords(ctx.now, ctx.zone, ctx.language), position: listed.position })}
        </span>
      </div>
      {reason !== null && <Notice tone="due">{t(text.shownWhole)}</Notice>}
      <div class="folds">
        <Narrowing ctx={ctx} input={input} />
        <Fold words={t(text.exportFold)}>
          <div class="stack">
            <p class="line">
              <span>{t(text.export)}</span>
              {fileFormats.map((format) => (
                <a
                  class="btn"
                  href={`/admin/records/export?${new URLSearchParams([...asAddress(input), ["format", format]]).toString()}`}
                  download
                >
                  {formatWords[format]}
                </a>
              ))}
            </p>
            {unmasks && reason === null && <Whole ctx={ctx} input={input} />}
          </div>
        </Fold>
      </div>
      <Chips ctx={ctx} input={input} listed={listed} />
      {listed.rows.length === 0 ? (
        <Empty>{t(listed.position === 0 ? text.noneYet : text.none)}</Empty>
      ) : (
        <Table
          caption={t(text.ledger)}
          head={[
            t(text.position),
            t(text.at),
            t(text.person),
            t(text.unit),
            t(text.verb),
            t(text.object),
            { r: t(text.score) },
            t(text.state),
          ]}
        >
          {listed.rows.map((row) => (
            <LedgerRow ctx={ctx} row={row} />
          ))}
        </Table>
      )}
      {reason === null ? (
        <Pager ctx={ctx} next={listed.next} />
      ) : (
        listed.next !== null && (
          <form method="post" action="/admin/records" class="pager">
            {[...asAddress(input)].map(([name, value]) => (
              <Hidden name={name} value={value} />
            ))}
            <Hidden name="format" value="page" />
            <Hidden name="reason" value={reason} />
            <Hidden name="after" value={listed.next} />
            <button class="btn">{t(text.nextPage)}</button>
          </form>
        )
      )}
      {checked !== null && checked.wrong === 0 && (
        <p class="small soft">
          {say(ctx.language, text.checkedAt, { at: momentWords(checked.at, ctx.zone, ctx.language), rows: checked.rows })}
        </p>
      )}
      {checked !== null && checked.wrong > 0 && (
        <Notice tone="late">
          {say(ctx.language, text.alarm, { at: momentWords(checked.at, ctx.zone, ctx.language), wrong: checked.wrong })}
        </Notice>
      )}
    </>
  );
};

/** 学法档案: cards of other plugins, then every record by year. */
export const Mine = ({ ctx, mine, cards }: { ctx: Context; mine: MineData; cards: readonly Html[] }) => {
  const t = (words: Words) => say(ctx.language, words);
  return (
    <>
      <h1>{t(text.mine)}</h1>
      <p class="soft no-print">{t(text.mineLead)}</p>
      <dl class="facts print-only">
        <dt>{t(text.name)}</dt>
        <dd>{mine.whose.name}</dd>
        <dt>{t(text.login)}</dt>
        <dd class="num">{mine.whose.login}</dd>
        <dt>{t(text.ownUnit)}</dt>
        <dd>{mine.whose.units.join("、")}</dd>
        <dt>{t(text.printedOn)}</dt>
        <dd>{momentWords(ctx.now, ctx.zone, ctx.language)}</dd>
      </dl>
      {cards.map((drawn) => drawn as Child)}
      {mine.rows.length === 0 && (
        <Empty>
          <p>{t(text.mineNone)}</p>
          <a class="btn" href="/courses">
            {t(text.goToCourses)}
          </a>
        </Empty>
      )}
      {byYear(mine.rows).map(({ year, rows }) => (
        <Sheet>
          <h2>{say(ctx.language, text.yearCount, { year, count: mine.years.get(year) ?? rows.length })}</h2>
          <ul class="rows">
            {rows.map((row) => (
              <li>
                <span>
                  <a href={`/records/${row.id}`}>
                    {verbWords(ctx, row.verb)} · {row.title}
                  </a>{" "}
                  {row.source === "external" && <Tag>{t(text.external)}</Tag>}
                  <br />
                  <span class="small soft">
                    {dayWords(row.day, ctx.language)} {time(ctx, row.at)}
                    {row.unitName === null ? "" : ` · ${row.unitName}`}
                    {row.score === null ? "" : ` · ${say(ctx.language, text.scorePoints, { score: points(row.score) })}`}
                  </span>
                </span>
                {row.state === "standing" ? <span></span> : <StateTag ctx={ctx} state={row.state} />}
              </li>
            ))}
          </ul>
        </Sheet>
      ))}
      <Pager ctx={ctx} next={mine.next} />
      {mine.rows.length > 0 && (
        <p class="line no-print">
          <span>{t(text.exportMine)}</span>
          {(["xlsx", "csv"] as const).map((format) => (
            <a class="btn" href={`/records/export?format=${format}`} download>
              {formatWords[format]}
            </a>
          ))}
        </p>
      )}
    </>
  );
};
