/** The audit's pages. */
import type { Child } from "hono/jsx";
import { dayOf, clock, dayWords, say, type Context, type Words } from "#kernel";
import { Empty, Field, Filters, Pager, Select, Sheet, Table } from "#ui";
import type { AuditInput } from "./input.ts";
import type { AuditPage, Line } from "./service/audit.ts";
import type { AuditRow } from "./store-audit.ts";
import { kinds, kindWords, otherKinds, text } from "./text.ts";

const who = (ctx: Context, row: AuditRow): string => row.actorName ?? row.actor ?? say(ctx.language, text.program);
const pageOf = (row: AuditRow): string | null => {
  if (row.objectId === null) return null;
  if (row.objectKind === "record") return `/admin/records/${row.objectId}`;
  if (row.objectKind === "person") return `/admin/people/${row.objectId}`;
  if (row.objectKind === "unit") return `/admin/units/${row.objectId}`;
  return row.objectKind === "certificate" ? `/certificates/${row.objectId}` : null;
};
const Thing = ({ ctx, row }: { ctx: Context; row: Line }) => {
  if (row.objectKind === null) return null;
  const href = pageOf(row);
  const name = row.title === null ? <span class="digest">{row.objectId ?? ""}</span> : row.title;
  return (
    <>
      {href === null ? name : <a href={href}>{name}</a>} <span class="small soft">{kindWords(row.objectKind, ctx.language)}</span>
    </>
  );
};

/** Every kind that has a name, and the one that an address gives. */
const kindsOf = (ctx: Context, given: string | undefined) =>
  [...new Set([...Object.keys(kinds), ...Object.keys(otherKinds), ...(given === undefined ? [] : [given])])].map((value) => ({
    value,
    words: kindWords(value, ctx.language),
  }));
/** Lines with filters, newest first. */
export const AuditList = ({ ctx, page, input }: { ctx: Context; page: AuditPage; input: AuditInput }) => {
  const t = (words: Words) => say(ctx.language, words);
  return (
    <>
      <h1>{t(text.audit)}</h1>
      <p class="soft">{t(text.auditLead)}</p>
      <Filters
        ctx={ctx}
        action="/admin/audit"
        set={Object.entries(input).filter(([key, value]) => key !== "after" && value !== undefined).length}
      >
        <Field name="request" label={t(text.requestFilter)} value={input.request ?? ""} maxlength={60} autocomplete="off" />
        <Field name="from" type="date" label={t(text.from)} value={input.from ?? ""} />
        <Field name="to" type="date" label={t(text.to)} value={input.to ?? ""} />
        <Field name="actor" label={t(text.actorFilter)} value={input.actor ?? ""} maxlength={60} autocomplete="off" />
        <Field name="command" label={t(text.commandFilter)} value={input.command ?? ""} maxlength={80} autocomplete="off" />
        <Select name="kind" label={t(text.kind)} value={input.kind ?? ""} empty={t(text.allKinds)} options={kindsOf(ctx, input.kind)} />
        <Field name="object" label={t(text.objectFilter)} value={input.object ?? ""} maxlength={200} autocomplete="off" />
        <Field name="unit" label={t(text.auditUnitFilter)} value={input.unit ?? ""} maxlength={100} autocomplete="off" />
        <Field name="address" label={t(text.address)} value={input.address ?? ""} maxlength={60} autocomplete="off" />
        <button class="btn">{t(text.apply)}</button>
        <a class="btn" href="/admin/audit">
          {t(text.clear)}
        </a>
      </Filters>
      {page.rows.length === 0 ? (
        <Empty>{t(text.auditNone)}</Empty>
      ) : (
        <Table
          caption={t(text.audit)}
          head={[t(text.at), t(text.actor), t(text.command), t(text.object), t(text.auditUnit), t(text.address), t(text.note)]}
        >
          {page.rows.map((row) => (
            <tr>
              <td class="num">
                <a href={`/admin/audit/${row.seq}`}>
                  {dayOf(row.at, ctx.zone)} {clock(row.at, ctx.zone)}
                </a>
              </td>
              <td>{who(ctx, row)}</td>
              <td class="verb">{row.command}</td>
              <td>
                <Thing ctx={ctx} row={row} />
              </td>
              <td>{row.unitName ?? ""}</td>
              <td class="num">{row.address ?? ""}</td>
              <td>{row.note ?? ""}</td>
            </tr>
          ))}
        </Table>
      )}
      <Pager ctx={ctx} next={page.next} />
    </>
  );
};
/** One line with all that it holds. */
export const AuditOne = ({ ctx, line }: { ctx: Context; line: Line }) => {
  const facts: [Words, Child][] = [
    [text.at, `${dayWords(dayOf(line.at, ctx.zone), ctx.language)} ${clock(line.at, ctx.zone)}`],
    [text.actor, who(ctx, line)],
    [text.command, line.command],
    [text.object, line.objectKind === null ? "" : <Thing ctx={ctx} row={line} />],
    [text.objectFilter, line.title === null || line.objectId === null ? "" : <span class="digest">{line.objectId}</span>],
    [text.auditUnit, line.unitName ?? ""],
    [text.address, line.address ?? ""],
    [
      text.request,
      <a class="digest" href={`/admin/audit?request=${encodeURIComponent(line.request)}`}>
        {line.request}
      </a>,
    ],
    [text.before, line.before === null ? "" : <span class="digest">{line.before}</span>],
    [text.after, line.after === null ? "" : <span class="digest">{line.after}</span>],
    [text.note, line.note ?? ""],
    [text.position, String(line.seq)],
  ];
  return (
    <>
      <h1>{say(ctx.language, text.auditOne)}</h1>
      <Sheet>
        <dl class="facts">
          {facts
            .filter(([, fact]) => fact !== "")
            .map(([words, fact]) => (
              <>
                <dt>{say(ctx.language, words)}</dt>
                <dd>{fact}</dd>
              </>
            ))}
        </dl>
        {line.objectKind !== null && line.objectId !== null && (
          <p class="no-print">
            <a href={`/admin/audit?${new URLSearchParams({ kind: line.objectKind, object: line.objectId }).toString()}`}>
              {say(ctx.language, text.ofThisObject)}
            </a>
          </p>
        )}
      </Sheet>
    </>
  );
};
