/** The rules: list, and one. */
import {
  addDays,
  dayWords,
  kindText,
  newId,
  posts,
  postText,
  requirementId,
  say,
  saying,
  unitKinds,
  type Context,
  type Day,
} from "#kernel";
import { Checkbox, Empty, Field, Hidden, Notice, Select, Tag } from "#ui";
import type { Requirement } from "./store-rules.ts";
import { linkOf } from "./rules.ts";
import type { Preview } from "./service.ts";
import type { Standing } from "./store-rates.ts";
import { chaseText } from "./text-chase.ts";
import { ratesText } from "./text-rates.ts";
import { text } from "./text.ts";
import { Strip } from "./views-rates.tsx";

const stateTag = (ctx: Context, state: Requirement["state"]) => (
  <Tag tone={state === "active" ? "done" : ""}>
    {say(ctx.language, state === "active" ? text.active : state === "draft" ? text.draft : text.ended)}
  </Tag>
);

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
export const One = ({
  ctx,
  requirement: r,
  preview,
  standing,
  reminded,
  manages,
}: {
  ctx: Context;
  requirement: Requirement;
  preview: Preview | null;
  standing: Standing | null;
  reminded: { n: number; last: Day | null };
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
        standing && (
          <>
            <Strip ctx={ctx} standing={standing} />
            <p class="small soft">
              {reminded.last === null ? (
                t(chaseText.historyNone)
              ) : (
                <a href={`/admin/requirements/${r.id}/reminders`}>
                  {t(chaseText.historyShort, { n: reminded.n, day: dayWords(reminded.last, ctx.language) })}
                </a>
              )}
            </p>
          </>
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
          <>
            <a class="btn" href={`/admin/requirements/${r.id}/people`}>
              {t(text.allOf)}
            </a>
            <a class="btn" href={`/admin/requirements/${r.id}/rates`}>
              {t(ratesText.byUnit)}
            </a>
          </>
        )}
      </div>
      {manages && r.state === "active" && (
        <details>
          <summary class="btn">{t(text.end)}</summary>
          <form method="post" action={`/admin/requirements/${r.id}/end`} class="sheet stack">
            <p>{t(text.endWarning, { n: (standing?.slots ?? []).reduce((n, { counts }) => n + counts.whole - counts.part, 0) })}</p>
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
