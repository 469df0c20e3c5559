/** The people behind a number of a requirement: narrowed, searched by name, and chased. */
import { dayWords, kindText, maskName, maskPhone, momentWords, say, saying, unitKinds, type Context, type Words } from "#kernel";
import { DueTag, Empty, Field, Filters, Hidden, Pager, Phone, Select, Sheet, Table, Tag } from "#ui";
import { showsOf, showWords } from "./rules-rates.ts";
import type { People } from "./service/rates.ts";
import type { Asked, Listed } from "./store-rates.ts";
import { chaseText } from "./text-chase.ts";
import { ratesText as text } from "./text-rates.ts";
import { text as words } from "./text.ts";
import { DueState } from "./views-excused.tsx";

const StateTag = ({ ctx, row, slot }: { ctx: Context; row: Listed; slot: Asked["slot"] }) => {
  const t = saying(ctx);
  if (row.excuse !== null) return <DueState ctx={ctx} row={row} />;
  if (row.done === 1) return <Tag tone="done">{t(slot === "study" ? text.studied : text.passed)}</Tag>;
  return (
    <>
      {slot === "exam" && row.sat === 1 && <Tag tone="late">{t(text.failed)}</Tag>} <DueTag ctx={ctx} due={row.due} />
    </>
  );
};
/** Why there is nobody to list. */
const emptyWords = ({ requirement, asked }: People): Words => {
  if (requirement.state === "draft") return words.peopleDraft;
  if (requirement.state === "ended") return words.peopleEnded;
  return asked.show === "due" && asked.q === undefined ? words.peopleNone : text.nobodySuch;
};
const narrowsOf = (asked: Asked) =>
  Object.entries({ slot: asked.slot, unit: asked.unit, kind: asked.kind, q: asked.q }).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
export const PeopleList = ({ ctx, list, chases }: { ctx: Context; list: People; chases: boolean }) => {
  const t = saying(ctx);
  const { requirement, slots, asked, unitName, n, rows, next } = list;
  const isMasked = ctx.actor?.roles.has("auditor") === true;
  const path = `/admin/requirements/${requirement.id}/people`;
  const isBehind = asked.show === "open" || asked.show === "overdue";
  const reminds = new URLSearchParams([
    ["requirement", requirement.id],
    ...narrowsOf(asked),
    ...(asked.show === "overdue" ? [["late", "1"]] : []),
  ]);
  const caption = `${requirement.name} · ${t(showWords(asked.slot, asked.show))}`;
  return (
    <>
      <h1>{caption}</h1>
      <Sheet>
        <p class="figure-number" data-value={n} data-total={n}>
          {t(text.people, { n })}
        </p>
        <p class="small soft">
          {unitName === null ? "" : `${t(text.onlyUnit, { unit: unitName })} · `}
          {t(text.asOf, { at: momentWords(ctx.now, ctx.zone, ctx.language) })}
        </p>
      </Sheet>
      <Filters
        ctx={ctx}
        action={path}
        set={[asked.kind, asked.q, asked.show === "due" ? undefined : asked.show].filter((x) => x !== undefined).length}
      >
        {slots.length > 1 ? (
          <Select
            name="slot"
            label={t(text.slot)}
            value={asked.slot}
            options={slots.map((slot) => ({ value: slot, words: t(slot === "study" ? text.study : text.exam) }))}
          />
        ) : (
          <Hidden name="slot" value={asked.slot} />
        )}
        <Select
          name="show"
          label={t(text.which)}
          value={asked.show}
          options={showsOf(asked.slot).map((show) => ({ value: show, words: t(showWords(asked.slot, show)) }))}
        />
        <Select
          name="kind"
          label={t(text.kind)}
          value={asked.kind ?? null}
          empty={t(text.any)}
          options={unitKinds.map((kind) => ({ value: kind, words: say(ctx.language, kindText[kind]) }))}
        />
        {asked.unit !== undefined && <Hidden name="unit" value={asked.unit} />}
        <Field name="q" label={t(text.find)} value={asked.q ?? ""} maxlength={40} type="search" />
        <button class="btn">{t(text.apply)}</button>
      </Filters>
      {chases && isBehind && n > 0 && (
        <p class="line no-print">
          <a class="btn go" href={`/remind?${reminds.toString()}`}>
            {t(chaseText.remindThese)}
          </a>
        </p>
      )}
      {rows.length === 0 ? (
        <Empty>{t(emptyWords(list))}</Empty>
      ) : (
        <Table
          caption={caption}
          head={[t(text.unit), t(text.person), t(text.phone), t(text.item), t(text.dueOn), t(text.state), t(text.lastReminded)]}
        >
          {rows.map((r) => (
            <tr data-row={r.person} data-part="1">
              <td>{r.unitName}</td>
              <td>
                <a href={`/admin/people/${r.person}`}>{isMasked ? maskName(r.personName) : r.personName}</a>
              </td>
              <td class="num">{isMasked && r.phone !== null ? maskPhone(r.phone) : <Phone number={r.phone} />}</td>
              <td>{r.title}</td>
              <td class="num">{dayWords(r.due, ctx.language)}</td>
              <td>
                <StateTag ctx={ctx} row={r} slot={asked.slot} />
              </td>
              <td class="small">{r.last === null ? "" : t(text.remindedTimes, { n: r.times, day: dayWords(r.last, ctx.language) })}</td>
            </tr>
          ))}
        </Table>
      )}
      <Pager ctx={ctx} next={next} />
    </>
  );
};
