/** A person whole: facts, positions, roster mark, grants, 身份证. */
import {
  categoryText,
  grantRoles as grantable,
  kindText,
  maskPhone,
  natureText,
  newId,
  positionId,
  grantId,
  postText,
  roleText,
  type Context,
  type Html,
} from "#kernel";
import { Checkbox, Empty, Field, Hidden, Notice, Phone, Select, Sheet, Tag } from "#ui";
import type { GrantView, Person, PositionView } from "./store-people.ts";
import { text } from "./text.ts";
import { FactFields } from "./views-people.tsx";
import type { Units } from "./service/choose.ts";
import { kindOptions, PlaceFields, span, t, UnitField } from "./views-roster.tsx";

type Show = {
  person: Person;
  positions: readonly PositionView[];
  marks: readonly { from: Parameters<typeof span>[1]; until: Parameters<typeof span>[2] }[];
  grants: readonly GrantView[];
  password: boolean;
};
export const PersonPage = ({
  ctx,
  show,
  units,
  mayManage,
  mayGrant,
  cards,
}: {
  ctx: Context;
  show: Show;
  units: Units;
  mayManage: boolean;
  mayGrant: boolean;
  cards: readonly Html[];
}) => {
  const { person, positions, marks, grants } = show;
  const base = `/admin/people/${person.id}`;
  const runs = (until: string | null) => until === null || until >= ctx.today;
  return (
    <>
      <h1>{person.name}</h1>
      <Sheet>
        <dl class="facts">
          <dt>{t(ctx, text.login)}</dt>
          <dd class="num">
            {person.login} <Tag tone={show.password ? "done" : ""}>{t(ctx, show.password ? text.hasPassword : text.noPassword)}</Tag>
          </dd>
          <dt>{t(ctx, text.employeeNo)}</dt>
          <dd class="num">{person.employeeNo ?? "—"}</dd>
          <dt>{t(ctx, text.phone)}</dt>
          <dd class="num">{person.phone === null ? "—" : mayManage ? <Phone number={person.phone} /> : maskPhone(person.phone)}</dd>
          <dt>{t(ctx, text.email)}</dt>
          <dd>{person.email ?? "—"}</dd>
          <dt>{t(ctx, text.category)}</dt>
          <dd>{person.category === null ? "—" : t(ctx, categoryText[person.category])}</dd>
          <dt>{t(ctx, text.idNumber)}</dt>
          <dd>{t(ctx, person.hasIdNumber ? text.idNumberKept : text.idNumberNone)}</dd>
          <dt>{t(ctx, text.rosterMark)}</dt>
          <dd>{marks.length === 0 ? t(ctx, text.no) : marks.map((m) => span(ctx, m.from, m.until)).join("；")}</dd>
        </dl>
        {mayManage && (person.unconfirmed || positions.some((p) => p.unconfirmed)) && (
          <form method="post" action={`${base}/confirm`}>
            <Notice tone="due">{t(ctx, text.unconfirmed)}</Notice>
            <button class="btn">{t(ctx, text.confirm)}</button>
          </form>
        )}
        {mayManage && (positions.some((p) => runs(p.until)) || grants.some((g) => runs(g.until))) && (
          <form method="post" action={`${base}/link`}>
            <button class="btn">{t(ctx, text.linkAgain)}</button>
          </form>
        )}
      </Sheet>
      <section id="due" class="stack">
        {cards.length === 0 ? <Empty>{t(ctx, text.nothingDue)}</Empty> : cards}
      </section>
      <Sheet id="positions">
        <h2>{t(ctx, text.positions)}</h2>
        <ul class="rows">
          {positions.map((p) => (
            <li>
              <div>
                <a href={`/admin/units/${p.unit}`}>{p.unitName}</a> · {t(ctx, postText[p.post])} · {t(ctx, natureText[p.nature])}{" "}
                {p.main && <Tag tone="done">{t(ctx, text.main)}</Tag>} {p.unconfirmed && <Tag tone="due">{t(ctx, text.unconfirmed)}</Tag>}
                {p.until !== null && p.until < p.from && <Tag>{t(ctx, text.rejected)}</Tag>}
                <br />
                <span class="small soft num">{span(ctx, p.from, p.until)}</span>
              </div>
              {mayManage && runs(p.until) && (
                <details>
                  <summary class="btn">{t(ctx, text.more)}</summary>
                  <form method="post" action={`${base}/positions/${p.id}/close`} class="stack">
                    <Field name="until" at={`close-${p.id}`} label={t(ctx, text.lastDay)} type="date" value={ctx.today} required />
                    <button class="btn">{t(ctx, text.closePosition)}</button>
                  </form>
                  <form method="post" action={`${base}/positions/${p.id}/transfer`} class="stack">
                    <Hidden name="id" value={newId(positionId)} />
                    <UnitField ctx={ctx} units={units} at={`move-${p.id}-unit`} label={t(ctx, text.unit)} />
                    <PlaceFields ctx={ctx} at={`move-${p.id}`} nature={p.nature} post={p.post} />
                    <button class="btn">{t(ctx, text.transfer)}</button>
                  </form>
                  {!p.main && (
                    <form method="post" action={`${base}/positions/${p.id}/main`}>
                      <button class="btn">{t(ctx, text.makeMain)}</button>
                    </form>
                  )}
                </details>
              )}
            </li>
          ))}
        </ul>
        {mayManage && (
          <details>
            <summary class="btn">{t(ctx, text.openPosition)}</summary>
            <form method="post" action={`${base}/positions`} class="stack">
              <Hidden name="id" value={newId(positionId)} />
              <UnitField ctx={ctx} units={units} at="open-unit" label={t(ctx, text.unit)} />
              <PlaceFields ctx={ctx} at="open" nature="part-time" />
              <Checkbox name="main" label={t(ctx, text.makeMain)} />
              <button class="btn">{t(ctx, text.openPosition)}</button>
            </form>
          </details>
        )}
      </Sheet>
      {mayManage && (
        <Sheet>
          <details>
            <summary class="btn">{t(ctx, text.correct)}</summary>
            <form method="post" action={`${base}/correct`} class="stack">
              <FactFields
                ctx={ctx}
                at="correct"
                given={{
                  name: person.name,
                  employeeNo: person.employeeNo ?? undefined,
                  phone: person.phone ?? undefined,
                  email: person.email ?? undefined,
                  category: person.category ?? undefined,
                }}
              />
              <button class="btn">{t(ctx, text.save)}</button>
            </form>
          </details>
          <details>
            <summary class="btn">{t(ctx, text.roster)}</summary>
            {marks.some((m) => runs(m.until)) ? (
              <form method="post" action={`${base}/roster/end`} class="stack">
                <Field name="until" at="roster-until" label={t(ctx, text.lastDay)} type="date" value={ctx.today} required />
                <button class="btn">{t(ctx, text.rosterEnd)}</button>
              </form>
            ) : (
              <form method="post" action={`${base}/roster`} class="stack">
                <Field name="from" at="roster-from" label={t(ctx, text.firstDay)} type="date" value={ctx.today} required />
                <button class="btn">{t(ctx, text.rosterAdd)}</button>
              </form>
            )}
          </details>
          <details>
            <summary class="btn">{t(ctx, text.idNumber)}</summary>
            {person.hasIdNumber && (
              <form method="post" action={`${base}/id-number/read`} class="stack">
                <Field name="reason" at="id-reason" label={t(ctx, text.reason)} required maxlength={200} />
                <button class="btn">{t(ctx, text.idNumberRead)}</button>
              </form>
            )}
            <form method="post" action={`${base}/id-number`} class="stack">
              <Field
                name="idNumber"
                at="id-number"
                label={t(ctx, text.idNumber)}
                help={t(ctx, text.idNumberHelp)}
                autocomplete="off"
                maxlength={30}
              />
              <button class="btn">{t(ctx, text.idNumberSet)}</button>
            </form>
          </details>
        </Sheet>
      )}
      {mayGrant && (
        <Sheet id="grants">
          <h2>{t(ctx, text.grants)}</h2>
          <ul class="rows">
            {grants.map((g) => (
              <li>
                <div>
                  <b>{t(ctx, roleText[g.role])}</b> · {g.unitName ?? t(ctx, text.everything)}{" "}
                  {g.kinds !== null && g.kinds.map((k) => t(ctx, kindText[k])).join("、")}
                  <br />
                  <span class="small soft num">{span(ctx, g.from, g.until)}</span> <span class="small soft">{g.reason}</span>
                </div>
                {runs(g.until) && (
                  <form method="post" action={`${base}/grants/${g.id}/end`} class="inline">
                    <Field name="until" at={`grant-${g.id}`} label={t(ctx, text.lastDay)} type="date" value={ctx.today} required />
                    <button class="btn" aria-label={`${t(ctx, text.endGrant)}：${t(ctx, roleText[g.role])}`}>
                      {t(ctx, text.endGrant)}
                    </button>
                  </form>
                )}
              </li>
            ))}
          </ul>
          <details>
            <summary class="btn">{t(ctx, text.giveGrant)}</summary>
            <form method="post" action={`${base}/grants`} class="stack">
              <Hidden name="id" value={newId(grantId)} />
              <Select
                name="role"
                at="grant-role"
                label={t(ctx, text.role)}
                options={grantable.map((value) => ({ value, words: t(ctx, roleText[value]) }))}
                required
              />
              <UnitField ctx={ctx} units={units} at="grant-unit" label={t(ctx, text.grantUnit)} empty={t(ctx, text.everything)} />
              <fieldset>
                <legend>{t(ctx, text.grantKinds)}</legend>
                {kindOptions(ctx).map((o) => (
                  <Checkbox name="kinds" value={o.value} label={o.words} />
                ))}
              </fieldset>
              <Field name="from" at="grant-from" label={t(ctx, text.firstDay)} type="date" value={ctx.today} required />
              <Field name="until" at="grant-until" label={t(ctx, text.lastDay)} type="date" />
              <Field name="reason" at="grant-reason" label={t(ctx, text.reason)} required maxlength={200} />
              <button class="btn">{t(ctx, text.giveGrant)}</button>
            </form>
          </details>
        </Sheet>
      )}
    </>
  );
};
export const IdNumberPage = ({ ctx, name, number, back }: { ctx: Context; name: string; number: string; back: string }) => (
  <div class="reading">
    <h1>
      {t(ctx, text.idNumber)} · {name}
    </h1>
    <Sheet>
      <p class="num">{number}</p>
    </Sheet>
    <p>
      <a class="btn" href={back}>
        {t(ctx, text.back)}
      </a>
    </p>
  </div>
);
