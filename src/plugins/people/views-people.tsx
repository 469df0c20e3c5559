/** The search of people, a person whole, a new one, and what waits for confirmation. */
import { categoryText, grantRoles as grantable, kindText, maskPhone, natureText, newId, personId, positionId, grantId, postText, roleText, type Context, type Html } from "#kernel";
import { Checkbox, Empty, Field, FormError, Hidden, Notice, Pager, Select, Sheet, Table, Tag } from "#ui";
import type { Child } from "hono/jsx";
import type { GrantView, Person, PersonListRow, PositionView, UnconfirmedRow } from "./store-people.ts";
import { text } from "./text.ts";
import { categoryOptions, choiceOptions, kindOptions, PlaceFields, span, t, type Choice } from "./views-roster.tsx";

type Filter = { q?: string | undefined; unit?: string | undefined; kind?: string | undefined; category?: string | undefined; roster?: boolean | undefined; show?: string | undefined };
export const PeoplePage = ({ ctx, filter, unit, rows, next, mayManage }: { ctx: Context; filter: Filter; unit: Choice | null; rows: readonly PersonListRow[]; next: string | null; mayManage: boolean }) => (
  <>
    <h1>{t(ctx, text.people)}</h1>
    <form method="get" action="/admin/people" class="filters" role="search">
      <Field name="q" label={t(ctx, text.searchPeople)} value={filter.q ?? ""} type="search" maxlength={60} />
      <Select name="kind" label={t(ctx, text.kind)} value={filter.kind ?? ""} options={kindOptions(ctx)} empty={t(ctx, text.all)} />
      <Select name="category" label={t(ctx, text.category)} value={filter.category ?? ""} options={categoryOptions(ctx)} empty={t(ctx, text.all)} />
      <Select name="roster" label={t(ctx, text.roster)} value={filter.roster === undefined ? "" : filter.roster ? "1" : "0"} options={[{ value: "1", words: t(ctx, text.onRoster) }, { value: "0", words: t(ctx, text.notOnRoster) }]} empty={t(ctx, text.all)} />
      <Select name="show" label={t(ctx, text.show)} value={filter.show ?? ""} options={[{ value: "here", words: t(ctx, text.showHere) }, { value: "left", words: t(ctx, text.showLeft) }, { value: "unconfirmed", words: t(ctx, text.showUnconfirmed) }]} empty={t(ctx, text.all)} />
      {unit !== null && <Hidden name="unit" value={unit.id} />}
      <button class="btn">{t(ctx, text.search)}</button>
    </form>
    {unit !== null && (
      <p>
        <Tag>{unit.name}</Tag> <a href="/admin/people">{t(ctx, text.all)}</a>
      </p>
    )}
    {mayManage && (
      <p class="actions">
        <a class="btn" href={unit === null ? "/admin/people/new" : `/admin/people/new?unit=${unit.id}`}>
          {t(ctx, text.addPerson)}
        </a>
        <a class="btn" href={unit === null ? "/admin/people/links" : `/admin/people/links?unit=${unit.id}`}>
          {t(ctx, text.links)}
        </a>
        <a class="btn" href="/admin/imports">
          {t(ctx, text.importExcel)}
        </a>
        <a class="btn" href="/admin/people/unconfirmed">
          {t(ctx, text.showUnconfirmed)}
        </a>
      </p>
    )}
    {rows.length === 0 ? (
      <Empty>{t(ctx, Object.values(filter).some((v) => v !== undefined) ? text.none : text.noPeople)}</Empty>
    ) : (
      <Table caption={t(ctx, text.people)} head={[t(ctx, text.name), t(ctx, text.unit), t(ctx, text.post), t(ctx, text.phone), t(ctx, text.login), t(ctx, text.action)]}>
        {rows.map((row) => (
          <tr>
            <td>
              <a href={`/admin/people/${row.id}`}>{row.name}</a> {row.unconfirmed === 1 && <Tag tone="due">{t(ctx, text.unconfirmed)}</Tag>} {row.roster === 1 && <Tag>{t(ctx, text.roster)}</Tag>}
            </td>
            <td>
              {row.unitName ?? "—"} {row.until !== null && row.until < ctx.today && <Tag>{t(ctx, text.showLeft)}</Tag>}
            </td>
            <td>{row.post === null ? "—" : t(ctx, postText[row.post])}</td>
            <td class="num">{row.phone ?? "—"}</td>
            <td class="num">{row.login}</td>
            <td>
              {mayManage && (
                <form method="post" action={`/admin/people/${row.id}/link`} class="inline">
                  <button class="btn" aria-label={`${t(ctx, text.linkAgain)}：${row.name}`}>
                    {t(ctx, text.linkAgain)}
                  </button>
                </form>
              )}{" "}
              <a class="btn" href={`/admin/people/${row.id}#due`} aria-label={`${t(ctx, text.due)}：${row.name}`}>
                {t(ctx, text.due)}
              </a>
            </td>
          </tr>
        ))}
      </Table>
    )}
    <Pager ctx={ctx} next={next} />
  </>
);

type Given = { name?: string; employeeNo?: string | undefined; phone?: string | undefined; email?: string | undefined; category?: string | undefined };
const FactFields = ({ ctx, at, given }: { ctx: Context; at: string; given: Given }) => (
  <>
    <Field name="name" at={`${at}-name`} label={t(ctx, text.name)} value={given.name ?? ""} required maxlength={60} />
    <Field name="employeeNo" at={`${at}-no`} label={t(ctx, text.employeeNo)} value={given.employeeNo ?? ""} maxlength={30} />
    <Field name="phone" at={`${at}-phone`} label={t(ctx, text.phone)} value={given.phone ?? ""} type="tel" inputmode="tel" maxlength={30} />
    <Field name="email" at={`${at}-email`} label={t(ctx, text.email)} value={given.email ?? ""} type="email" maxlength={100} />
    <Select name="category" at={`${at}-category`} label={t(ctx, text.category)} value={given.category ?? ""} options={categoryOptions(ctx)} empty="—" />
  </>
);
export const NewPersonPage = ({ ctx, units, unit, given, problem, ids }: { ctx: Context; units: readonly Choice[]; unit: string | undefined; given: Given; problem: string | null; ids?: { id: string; position: string } }) => (
  <div class="reading">
    <h1>{t(ctx, text.addPerson)}</h1>
    {problem !== null && <FormError>{problem}</FormError>}
    <form method="post" action="/admin/people" class="stack">
      <Hidden name="id" value={ids?.id ?? newId(personId)} />
      <Hidden name="position" value={ids?.position ?? newId(positionId)} />
      <FactFields ctx={ctx} at="new" given={given} />
      <Field name="idNumber" label={t(ctx, text.idNumber)} help={t(ctx, text.idNumberHelp)} maxlength={30} autocomplete="off" />
      <Select name="unit" label={t(ctx, text.unit)} value={unit ?? ""} options={choiceOptions(units)} empty="—" required />
      <PlaceFields ctx={ctx} at="new" />
      {problem !== null && <Checkbox name="anyway" label={t(ctx, text.anyway)} />}
      <button class="btn go">{t(ctx, text.save)}</button>
    </form>
  </div>
);

type Show = { person: Person; positions: readonly PositionView[]; marks: readonly { from: Parameters<typeof span>[1]; until: Parameters<typeof span>[2] }[]; grants: readonly GrantView[]; password: boolean };
export const PersonPage = ({ ctx, show, units, mayManage, mayGrant, cards }: { ctx: Context; show: Show; units: readonly Choice[]; mayManage: boolean; mayGrant: boolean; cards: readonly Html[] }) => {
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
          <dd class="num">{person.phone === null ? "—" : mayManage ? person.phone : maskPhone(person.phone)}</dd>
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
        {mayManage && (
          <form method="post" action={`${base}/link`}>
            <button class="btn">{t(ctx, text.linkAgain)}</button>
          </form>
        )}
      </Sheet>
      {/* A card's Html is markup of hono/jsx; the kernel, which has none, cannot say so. */}
      <section id="due">{cards as readonly Child[] as Child[]}</section>
      <Sheet id="positions">
        <h2>{t(ctx, text.positions)}</h2>
        <ul class="rows">
          {positions.map((p) => (
            <li>
              <div>
                <a href={`/admin/units/${p.unit}`}>{p.unitName}</a> · {t(ctx, postText[p.post])} · {t(ctx, natureText[p.nature])} {p.main && <Tag tone="done">{t(ctx, text.main)}</Tag>} {p.unconfirmed && <Tag tone="due">{t(ctx, text.unconfirmed)}</Tag>}
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
                    <Select name="unit" at={`move-${p.id}-unit`} label={t(ctx, text.unit)} options={choiceOptions(units)} empty="—" required />
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
              <Select name="unit" at="open-unit" label={t(ctx, text.unit)} options={choiceOptions(units)} empty="—" required />
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
              <FactFields ctx={ctx} at="correct" given={{ name: person.name, employeeNo: person.employeeNo ?? undefined, phone: person.phone ?? undefined, email: person.email ?? undefined, category: person.category ?? undefined }} />
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
              <Field name="idNumber" at="id-number" label={t(ctx, text.idNumber)} help={t(ctx, text.idNumberHelp)} autocomplete="off" maxlength={30} />
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
                  <b>{t(ctx, roleText[g.role])}</b> · {g.unitName ?? t(ctx, text.everything)} {g.kinds !== null && g.kinds.map((k) => t(ctx, kindText[k])).join("、")}
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
              <Select name="role" at="grant-role" label={t(ctx, text.role)} options={grantable.map((value) => ({ value, words: t(ctx, roleText[value]) }))} required />
              <Select name="unit" at="grant-unit" label={t(ctx, text.grantUnit)} options={choiceOptions(units)} empty={t(ctx, text.everything)} />
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

export const WaitingPage = ({ ctx, rows, next }: { ctx: Context; rows: readonly UnconfirmedRow[]; next: string | null }) => {
  const people = [...new Set(rows.map((row) => row.person))].map((person) => rows.filter((row) => row.person === person));
  return (
    <>
      <h1>{t(ctx, text.waitingTitle)}</h1>
      {people.length === 0 ? (
        <Empty>{t(ctx, text.waitingNone)}</Empty>
      ) : (
        <Sheet>
          <ul class="rows">
            {people.map((own) => {
              const first = own[0];
              return first === undefined ? null : (
                <li>
                  <div>
                    <a href={`/admin/people/${first.person}`}>{first.name}</a> <span class="num small">{first.phone}</span> {first.corrected === 1 && own.every((row) => row.entered === 0) && <Tag tone="due">{t(ctx, text.corrected)}</Tag>}
                    {own.map((row) => (
                      <p class="small">
                        {row.unitName} · {t(ctx, postText[row.post])} · <span class="num">{span(ctx, row.from, row.until)}</span> {row.entered === 1 && <Tag tone="due">{t(ctx, row.until === null ? text.entered : text.left)}</Tag>}
                      </p>
                    ))}
                    {first.sameName > 0 && (
                      <p class="small">
                        <a href={`/admin/people?q=${encodeURIComponent(first.name)}`}>{t(ctx, text.sameName, { count: first.sameName })}</a>
                      </p>
                    )}
                  </div>
                  <form method="post" action={`/admin/people/${first.person}/confirm`} class="inline">
                    <Hidden name="back" value="/admin/people/unconfirmed" />
                    <button class="btn" aria-label={`${t(ctx, text.confirm)}：${first.name}`}>
                      {t(ctx, text.confirm)}
                    </button>
                  </form>
                </li>
              );
            })}
          </ul>
        </Sheet>
      )}
      <Pager ctx={ctx} next={next} />
    </>
  );
};
