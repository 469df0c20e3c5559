/** The rules: list, one, and the people of one. */
import {
  addDays,
  dayWords,
  kindText,
  momentWords,
  newId,
  percent,
  posts,
  postText,
  requirementId,
  say,
  saying,
  unitKinds,
  type Context,
  type Slot,
  type Words,
} from "#kernel";
import { Checkbox, DueTag, Empty, Field, Fig, Hidden, Notice, Pager, Select, Sheet, Table, Tag } from "#ui";
import type { Requirement } from "./store-rules.ts";
import { linkOf } from "./rules.ts";
import type { AskedPeople, Behind } from "./store.ts";
import type { Counts, Preview } from "./service.ts";
import { text } from "./text.ts";

const stateTag = (ctx: Context, state: Requirement["state"]) => (
  <Tag tone={state === "active" ? "done" : ""}>
    {say(ctx.language, state === "active" ? text.active : state === "draft" ? text.draft : text.ended)}
  </Tag>
);

const PeopleTable = ({
  ctx,
  rows,
  caption,
  unit,
  counted = "done",
}: {
  ctx: Context;
  rows: readonly Behind[];
  caption: string;
  unit: boolean;
  counted?: "done" | "all";
}) => {
  const t = saying(ctx);
  return (
    <Table caption={caption} head={[...(unit ? [t(text.unit)] : []), t(text.person), t(text.item), t(text.dueOn), t(text.state)]}>
      {rows.map((r) => (
        <tr data-row={r.id} data-part={counted === "all" || r.done === 1 ? "1" : "0"}>
          {unit && <td>{r.unitName}</td>}
          <td>{r.personName}</td>
          <td>{r.title}</td>
          <td class="num">{dayWords(r.due, ctx.language)}</td>
          <td>{r.done === 1 ? <Tag tone="done">{t(text.done)}</Tag> : <DueTag ctx={ctx} due={r.due} />}</td>
        </tr>
      ))}
    </Table>
  );
};
export type Choice = { value: string; words: string };
export const List = ({
  ctx,
  rows,
  choices,
  manages,
}: {
  ctx: Context;
  rows: readonly Requirement[];
  choices: { courses: readonly Choice[]; exams: readonly Choice[] };
  manages: boolean;
}) => {
  const t = saying(ctx);
  return (
    <>
      <h1>{t(text.title)}</h1>
      {rows.length === 0 ? (
        <Empty>{t(text.none)}</Empty>
      ) : (
        <ul class="rows sheet">
          {rows.map((r) => (
            <li>
              <span>
                <a href={`/admin/requirements/${r.id}`}>{r.name}</a>
                <br />
                <span class="small soft">
                  {[r.studyTitle, r.examTitle].filter((title) => title !== null).join("、")} · {dayWords(r.due, ctx.language)}
                </span>
              </span>
              {stateTag(ctx, r.state)}
            </li>
          ))}
        </ul>
      )}
      {manages && (
        <details open={rows.length === 0}>
          <summary class="btn">{t(text.create)}</summary>
          <form method="post" action="/admin/requirements" class="stack sheet">
            <Hidden name="id" value={newId(requirementId)} />
            <Field name="name" label={t(text.name)} required maxlength={100} />
            <Select name="course" label={t(text.course)} options={choices.courses} empty={t(text.noneOfThese)} />
            <Select name="exam" label={t(text.exam)} options={choices.exams} empty={t(text.noneOfThese)} />
            <fieldset class="pairs">
              <legend>{t(text.kinds)}</legend>
              {unitKinds.map((kind) => (
                <Checkbox name="kinds" value={kind} label={say(ctx.language, kindText[kind])} />
              ))}
            </fieldset>
            <fieldset class="pairs">
              <legend>{t(text.posts)}</legend>
              {posts.map((post) => (
                <Checkbox name="posts" value={post} label={say(ctx.language, postText[post])} />
              ))}
            </fieldset>
            <Checkbox name="roster" label={t(text.roster)} />
            <Field name="from" type="date" label={t(text.from)} value={ctx.today} required />
            <Field name="due" type="date" label={t(text.due)} value={addDays(ctx.today, 30)} required />
            <button class="btn go">{t(text.preview)}</button>
          </form>
        </details>
      )}
    </>
  );
};
/** What a requirement asks, with where it is done. */
const asks = (r: Requirement) => [
  ...(r.studyKind === null ? [] : [{ kind: r.studyKind, object: r.studyObject ?? "", title: r.studyTitle }]),
  ...(r.exam === null ? [] : [{ kind: "exam", object: r.exam, title: r.examTitle }]),
];
/** Why there is nobody to list. */
const emptyWords = (r: Requirement, counts: Counts, open: boolean): Words => {
  if (r.state === "draft") return text.peopleDraft;
  if (r.state === "ended") return text.peopleEnded;
  return open && counts.whole > 0 && counts.part === counts.whole ? text.peopleAllDone : text.peopleNone;
};
export const One = ({
  ctx,
  requirement: r,
  preview,
  slots,
  manages,
}: {
  ctx: Context;
  requirement: Requirement;
  preview: Preview | null;
  slots: readonly { slot: Slot; counts: Counts }[];
  manages: boolean;
}) => {
  const t = saying(ctx);
  return (
    <>
      <div class="spread">
        <h1>{r.name}</h1>
        {stateTag(ctx, r.state)}
      </div>
      <dl class="facts">
        <dt>{t(text.what)}</dt>
        <dd>
          {asks(r).map((what) => (
            <p>
              {t(what.kind === "exam" ? text.exam : text.course)}：<a href={linkOf(what)}>{what.title}</a>
            </p>
          ))}
        </dd>
        <dt>{t(text.who)}</dt>
        <dd>
          {[
            r.roster ? t(text.roster) : "",
            (r.kinds ?? []).map((k) => say(ctx.language, kindText[k])).join("、"),
            (r.posts ?? []).map((p) => say(ctx.language, postText[p])).join("、"),
          ]
            .filter((x) => x !== "")
            .join("；") || "—"}
        </dd>
        <dt>{t(text.from)}</dt>
        <dd>{dayWords(r.from, ctx.language)}</dd>
        <dt>{t(text.due)}</dt>
        <dd>{dayWords(r.due, ctx.language)}</dd>
      </dl>
      {preview === null ? (
        slots.map(({ slot, counts }) =>
          counts.whole === 0 ? (
            <p>{t(emptyWords(r, counts, false))}</p>
          ) : (
            <p>
              {t(slot === "exam" ? text.exam : text.course)}{" "}
              <Fig
                ctx={ctx}
                href={`/admin/requirements/${r.id}/people?slot=${slot}`}
                what={`${r.name}${t(text.rate)} ${percent(counts.part, counts.whole)}`}
              >
                {percent(counts.part, counts.whole)}
              </Fig>{" "}
              <span class="small soft">{t(text.partOfWhole, { part: counts.part, whole: counts.whole })}</span>
            </p>
          ),
        )
      ) : (
        <Notice tone="due">
          <p>{t(text.previewTitle, { people: preview.people, units: preview.units, tasks: preview.places })}</p>
          <ul>
            {preview.kinds.map((k) => (
              <li>{t(text.previewKind, { kind: say(ctx.language, kindText[k.kind]), people: k.people, units: k.units })}</li>
            ))}
          </ul>
        </Notice>
      )}
      <div class="line">
        {manages && r.state !== "ended" && (
          <form method="post" action={`/admin/requirements/${r.id}/activate`} class="inline">
            <button class="btn go">{t(r.state === "draft" ? text.activate : text.again)}</button>
          </form>
        )}
        {r.state !== "draft" && (
          <a class="btn" href={`/admin/requirements/${r.id}/people`}>
            {t(text.allOf)}
          </a>
        )}
      </div>
      {manages && r.state === "active" && (
        <details>
          <summary class="btn">{t(text.end)}</summary>
          <form method="post" action={`/admin/requirements/${r.id}/end`} class="sheet stack">
            <p>{t(text.endWarning, { n: slots.reduce((n, { counts }) => n + counts.whole - counts.part, 0) })}</p>
            <button class="btn">{t(text.end)}</button>
          </form>
        </details>
      )}
      {manages && r.state === "draft" && (
        <details>
          <summary class="btn">{t(text.remove)}</summary>
          <form method="post" action={`/admin/requirements/${r.id}/delete`} class="sheet stack">
            <p>{t(text.removeWarning)}</p>
            <button class="btn">{t(text.remove)}</button>
          </form>
        </details>
      )}
    </>
  );
};
export const People = ({
  ctx,
  requirement,
  asked,
  counts,
  rows,
  next,
}: {
  ctx: Context;
  requirement: Requirement;
  asked: AskedPeople;
  counts: Counts;
  rows: readonly Behind[];
  next: string | null;
}) => {
  const t = saying(ctx);
  const { open } = asked;
  const behind = counts.whole - counts.part;
  const rest = new URLSearchParams({
    slot: asked.slot,
    ...(asked.unit === undefined ? {} : { unit: asked.unit }),
    ...(open ? {} : { open: "1" }),
  });
  return (
    <>
      <h1>{requirement.name}</h1>
      <Sheet>
        <p class="figure-number" data-value={open ? behind : counts.part} data-total={open ? behind : counts.whole}>
          {open ? t(text.openCount, { n: behind }) : percent(counts.part, counts.whole)}
        </p>
        <p class="small soft">
          {open ? t(text.openOf, { open: behind, whole: counts.whole }) : t(text.partOfWhole, { part: counts.part, whole: counts.whole })}
        </p>
        <p class="small soft">{t(text.asOf, { at: momentWords(ctx.now, ctx.zone, ctx.language) })}</p>
      </Sheet>
      <p class="line no-print">
        <a class="btn" href={`/admin/requirements/${requirement.id}/people?${rest.toString()}`}>
          {t(open ? text.showAll : text.onlyOpen)}
        </a>
      </p>
      {rows.length === 0 ? (
        <Empty>{t(emptyWords(requirement, counts, open))}</Empty>
      ) : (
        <PeopleTable ctx={ctx} rows={rows} caption={requirement.name} unit counted={open ? "all" : "done"} />
      )}
      <Pager ctx={ctx} next={next} />
    </>
  );
};
