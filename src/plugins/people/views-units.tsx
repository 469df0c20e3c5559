/** The list of units, a unit whole, a new one; and the roster of one's own unit. */
import {
  dayWords,
  kindText,
  natureText,
  newId,
  personId,
  positionId,
  postText,
  statusText,
  supervisors,
  supervisorText,
  unitId,
  type Context,
  type Day,
  type UnitId,
  type UnitStatus,
} from "#kernel";
import { Checkbox, Empty, Field, FormError, Hidden, Notice, Pager, Select, Sheet, Table, Tag, type Tone } from "#ui";
import type { OwnRow } from "./store-people.ts";
import type { Unit, UnitListRow } from "./store-units.ts";
import { text } from "./text.ts";
import {
  categoryOptions,
  choiceOptions,
  kindOptions,
  PlaceFields,
  span,
  statusOptions,
  t,
  type Choice,
  type PlaceGiven,
} from "./views-roster.tsx";

const toneOf = (status: UnitStatus): Tone => (status === "open" ? "done" : status === "preparing" ? "" : "late");
const StatusTag = ({ ctx, status }: { ctx: Context; status: UnitStatus }) => <Tag tone={toneOf(status)}>{t(ctx, statusText[status])}</Tag>;

export const UnitsPage = ({
  ctx,
  filter,
  rows,
  next,
  mayManage,
}: {
  ctx: Context;
  filter: { q?: string | undefined; kind?: string | undefined; status?: string | undefined };
  rows: readonly UnitListRow[];
  next: string | null;
  mayManage: boolean;
}) => (
  <>
    <h1>{t(ctx, text.units)}</h1>
    <form method="get" action="/admin/units" class="filters" role="search">
      <Field name="q" label={t(ctx, text.searchUnits)} value={filter.q ?? ""} type="search" maxlength={60} />
      <Select name="kind" label={t(ctx, text.kind)} value={filter.kind ?? ""} options={kindOptions(ctx)} empty={t(ctx, text.all)} />
      <Select name="status" label={t(ctx, text.status)} value={filter.status ?? ""} options={statusOptions(ctx)} empty={t(ctx, text.all)} />
      <button class="btn">{t(ctx, text.search)}</button>
    </form>
    {mayManage && (
      <p class="actions">
        <a class="btn" href="/admin/units/new">
          {t(ctx, text.addUnit)}
        </a>
        <a class="btn" href="/admin/imports">
          {t(ctx, text.importExcel)}
        </a>
      </p>
    )}
    {rows.length === 0 ? (
      <Empty>{t(ctx, Object.values(filter).some((v) => v !== undefined) ? text.none : text.noUnits)}</Empty>
    ) : (
      <Table
        caption={t(ctx, text.units)}
        head={[t(ctx, text.unit), t(ctx, text.kind), t(ctx, text.status), t(ctx, text.parent), { r: t(ctx, text.showHere) }]}
      >
        {rows.map((row) => (
          <tr>
            <td>
              <a href={`/admin/units/${row.id}`}>{row.name}</a>
            </td>
            <td>{t(ctx, kindText[row.kind])}</td>
            <td>
              <StatusTag ctx={ctx} status={row.status} />
            </td>
            <td>{row.parentName ?? "—"}</td>
            <td class="r num">
              <a href={`/admin/people?unit=${row.id}`}>{t(ctx, text.peopleCount, { count: row.people })}</a>
            </td>
          </tr>
        ))}
      </Table>
    )}
    <Pager ctx={ctx} next={next} />
  </>
);

type Given = Partial<
  Record<
    | "name"
    | "kind"
    | "code"
    | "permit"
    | "permitUntil"
    | "authority"
    | "supervisor"
    | "academic"
    | "profit"
    | "foundedOn"
    | "status"
    | "since",
    string | undefined
  >
>;
const UnitFields = ({ ctx, given }: { ctx: Context; given: Given }) => {
  const yesNo = [
    { value: "yes", words: t(ctx, text.yes) },
    { value: "no", words: t(ctx, text.no) },
  ];
  return (
    <>
      <Field name="name" label={t(ctx, text.unit)} value={given.name ?? ""} required maxlength={60} />
      <Select name="kind" label={t(ctx, text.kind)} value={given.kind ?? ""} options={kindOptions(ctx)} required />
      <Field name="code" label={t(ctx, text.code)} value={given.code ?? ""} maxlength={18} />
      <Field name="permit" label={t(ctx, text.permit)} value={given.permit ?? ""} maxlength={60} />
      <Field name="permitUntil" label={t(ctx, text.permitUntil)} type="date" value={given.permitUntil ?? ""} />
      <Field name="authority" label={t(ctx, text.authority)} value={given.authority ?? ""} maxlength={60} />
      <Select
        name="supervisor"
        label={t(ctx, text.supervisor)}
        value={given.supervisor ?? ""}
        options={supervisors.map((value) => ({ value, words: t(ctx, supervisorText[value]) }))}
        empty="—"
      />
      <Select name="academic" label={t(ctx, text.academic)} value={given.academic ?? ""} options={yesNo} empty="—" />
      <Select name="profit" label={t(ctx, text.profit)} value={given.profit ?? ""} options={yesNo} empty="—" />
      <Field name="foundedOn" label={t(ctx, text.foundedOn)} type="date" value={given.foundedOn ?? ""} />
    </>
  );
};
export const NewUnitPage = ({
  ctx,
  parents,
  parent,
  given,
  problem,
  id,
}: {
  ctx: Context;
  parents: readonly Choice[];
  parent: string | undefined;
  given: Given;
  problem: string | null;
  id?: string;
}) => (
  <div class="reading">
    <h1>{t(ctx, text.addUnit)}</h1>
    {problem !== null && <FormError>{problem}</FormError>}
    <form method="post" action="/admin/units" class="stack">
      <Hidden name="id" value={id ?? newId(unitId)} />
      <Select name="parent" label={t(ctx, text.parent)} value={parent ?? parents[0]?.id ?? ""} options={choiceOptions(parents)} required />
      <UnitFields ctx={ctx} given={given} />
      <Select name="status" label={t(ctx, text.status)} value={given.status ?? "open"} options={statusOptions(ctx)} required />
      <Field name="since" label={t(ctx, text.since)} type="date" value={given.since ?? ctx.today} required />
      <button class="btn go">{t(ctx, text.save)}</button>
    </form>
  </div>
);

const yesNoWords = (ctx: Context, value: boolean | null) => (value === null ? "—" : t(ctx, value ? text.yes : text.no));
const yesNoOf = (value: boolean | null) => (value === null ? undefined : value ? "yes" : "no");
export const UnitPage = ({
  ctx,
  unit,
  path,
  units,
  statuses,
  parents,
  mayManage,
}: {
  ctx: Context;
  unit: Unit;
  path: readonly Choice[];
  units: readonly { id: UnitId; name: string; status: UnitStatus }[];
  statuses: readonly { from: Day; status: UnitStatus }[];
  parents: readonly Choice[];
  mayManage: boolean;
}) => (
  <>
    {path.length > 0 && (
      <p class="small soft">
        {path.map((p) => (
          <>
            <a href={`/admin/units/${p.id}`}>{p.name}</a> ›{" "}
          </>
        ))}
      </p>
    )}
    <h1>
      {unit.name} <StatusTag ctx={ctx} status={unit.status} />
    </h1>
    <p class="actions">
      <a class="btn" href={`/admin/people?unit=${unit.id}`}>
        {t(ctx, text.peopleHere)}
      </a>
      {mayManage && (
        <>
          <a class="btn" href={`/admin/people/new?unit=${unit.id}`}>
            {t(ctx, text.addPerson)}
          </a>
          <a class="btn" href={`/admin/people/links?unit=${unit.id}`}>
            {t(ctx, text.links)}
          </a>
          <a class="btn" href={`/admin/units/new?parent=${unit.id}`}>
            {t(ctx, text.addUnit)}
          </a>
        </>
      )}
    </p>
    <Sheet>
      <dl class="facts">
        <dt>{t(ctx, text.kind)}</dt>
        <dd>{t(ctx, kindText[unit.kind])}</dd>
        <dt>{t(ctx, text.code)}</dt>
        <dd class="num">{unit.code ?? "—"}</dd>
        <dt>{t(ctx, text.permit)}</dt>
        <dd>{unit.permit ?? "—"}</dd>
        <dt>{t(ctx, text.permitUntil)}</dt>
        <dd class="num">{unit.permitUntil === null ? "—" : dayWords(unit.permitUntil, ctx.language)}</dd>
        <dt>{t(ctx, text.authority)}</dt>
        <dd>{unit.authority ?? "—"}</dd>
        <dt>{t(ctx, text.supervisor)}</dt>
        <dd>{unit.supervisor === null ? "—" : t(ctx, supervisorText[unit.supervisor])}</dd>
        <dt>{t(ctx, text.academic)}</dt>
        <dd>{yesNoWords(ctx, unit.academic)}</dd>
        <dt>{t(ctx, text.profit)}</dt>
        <dd>{yesNoWords(ctx, unit.profit)}</dd>
        <dt>{t(ctx, text.foundedOn)}</dt>
        <dd class="num">{unit.foundedOn === null ? "—" : dayWords(unit.foundedOn, ctx.language)}</dd>
      </dl>
      <h2>{t(ctx, text.statusHistory)}</h2>
      <ul class="rows">
        {statuses.map((s) => (
          <li>
            <span class="num">{dayWords(s.from, ctx.language)}</span> <StatusTag ctx={ctx} status={s.status} />
          </li>
        ))}
      </ul>
    </Sheet>
    {units.length > 0 && (
      <Sheet>
        <h2>{t(ctx, text.children)}</h2>
        <ul class="rows">
          {units.map((u) => (
            <li>
              <a href={`/admin/units/${u.id}`}>{u.name}</a> <StatusTag ctx={ctx} status={u.status} />
            </li>
          ))}
        </ul>
      </Sheet>
    )}
    {mayManage && (
      <Sheet>
        <details>
          <summary class="btn">{t(ctx, text.correct)}</summary>
          <form method="post" action={`/admin/units/${unit.id}/correct`} class="stack">
            <UnitFields
              ctx={ctx}
              given={{
                name: unit.name,
                kind: unit.kind,
                code: unit.code ?? undefined,
                permit: unit.permit ?? undefined,
                permitUntil: unit.permitUntil ?? undefined,
                authority: unit.authority ?? undefined,
                supervisor: unit.supervisor ?? undefined,
                academic: yesNoOf(unit.academic),
                profit: yesNoOf(unit.profit),
                foundedOn: unit.foundedOn ?? undefined,
              }}
            />
            <button class="btn">{t(ctx, text.save)}</button>
          </form>
        </details>
        <details>
          <summary class="btn">{t(ctx, text.setStatus)}</summary>
          <form method="post" action={`/admin/units/${unit.id}/status`} class="stack">
            <Select name="status" at="set-status" label={t(ctx, text.status)} value={unit.status} options={statusOptions(ctx)} required />
            <Field name="since" at="set-since" label={t(ctx, text.since)} type="date" value={ctx.today} required />
            <button class="btn">{t(ctx, text.save)}</button>
          </form>
        </details>
        {unit.parent !== null && (
          <details>
            <summary class="btn">{t(ctx, text.moveUnit)}</summary>
            <form method="post" action={`/admin/units/${unit.id}/move`} class="stack">
              <Select
                name="parent"
                at="move-parent"
                label={t(ctx, text.parent)}
                value={unit.parent}
                options={choiceOptions(parents.filter((p) => p.id !== unit.id))}
                required
              />
              <button class="btn">{t(ctx, text.save)}</button>
            </form>
          </details>
        )}
      </Sheet>
    )}
  </>
);

export const OwnPage = ({
  ctx,
  units,
  rows,
  next,
  problem,
  given,
}: {
  ctx: Context;
  units: readonly Choice[];
  rows: readonly OwnRow[];
  next: string | null;
  problem: string | null;
  given?: PlaceGiven & {
    name: string;
    phone?: string | undefined;
    category?: string | undefined;
    unit: string;
    id: string;
    position: string;
  };
}) => (
  <>
    <h1>{t(ctx, text.ownPeople)}</h1>
    <p>{t(ctx, text.ownIntro)}</p>
    {problem !== null && <FormError>{problem}</FormError>}
    <p class="actions">
      <a class="btn" href="/unit/people/links">
        {t(ctx, text.links)}
      </a>
      <a class="btn" href="/unit/people/imports">
        {t(ctx, text.importExcel)}
      </a>
    </p>
    <Sheet>
      <details open={problem !== null}>
        <summary class="btn">{t(ctx, text.addPerson)}</summary>
        <form method="post" action="/unit/people" class="stack">
          <Hidden name="id" value={given?.id ?? newId(personId)} />
          <Hidden name="position" value={given?.position ?? newId(positionId)} />
          {units.length === 1 ? (
            <Hidden name="unit" value={units[0]?.id ?? ""} />
          ) : (
            <Select name="unit" label={t(ctx, text.unit)} value={given?.unit ?? null} options={choiceOptions(units)} required />
          )}
          <Field name="name" label={t(ctx, text.name)} value={given?.name ?? ""} required maxlength={60} />
          <Field name="phone" label={t(ctx, text.phone)} value={given?.phone ?? ""} type="tel" inputmode="tel" maxlength={30} />
          <Select name="category" label={t(ctx, text.category)} value={given?.category ?? null} options={categoryOptions(ctx)} empty="—" />
          <PlaceFields ctx={ctx} at="own" plain {...given} />
          {problem !== null && <Checkbox name="anyway" label={t(ctx, text.anyway)} />}
          <button class="btn go">{t(ctx, text.save)}</button>
        </form>
      </details>
    </Sheet>
    {rows.length === 0 && <Empty>{t(ctx, text.ownNone)}</Empty>}
    {[...new Set(rows.map((row) => row.unit))].map((unit) => (
      <Sheet>
        <h2>{rows.find((row) => row.unit === unit)?.unitName}</h2>
        <ul class="rows">
          {rows
            .filter((row) => row.unit === unit)
            .map((row) => (
              <li>
                <div>
                  <b>{row.name}</b> · {t(ctx, postText[row.post])} · {t(ctx, natureText[row.nature])}{" "}
                  {row.waiting === 1 && <Tag tone="due">{t(ctx, text.unconfirmed)}</Tag>}{" "}
                  {row.password === 0 && <Tag>{t(ctx, text.noPassword)}</Tag>}
                  <br />
                  <span class="small soft num">
                    {row.login} · {row.phone ?? "—"} · {span(ctx, row.from, row.until)}
                  </span>
                </div>
                <details>
                  <summary class="btn" aria-label={`${t(ctx, text.more)}：${row.name}`}>
                    {t(ctx, text.more)}
                  </summary>
                  {row.ok === 1 && (
                    <form method="post" action={`/unit/people/${row.person}/link`}>
                      <button class="btn">{t(ctx, text.linkAgain)}</button>
                    </form>
                  )}
                  <form method="post" action={`/unit/people/${row.person}/correct`} class="stack">
                    <Field name="name" at={`name-${row.position}`} label={t(ctx, text.name)} value={row.name} required maxlength={60} />
                    <Field
                      name="phone"
                      at={`phone-${row.position}`}
                      label={t(ctx, text.phone)}
                      value={row.phone ?? ""}
                      type="tel"
                      inputmode="tel"
                      maxlength={30}
                    />
                    <button class="btn">{t(ctx, text.correct)}</button>
                  </form>
                  <form method="post" action={`/unit/people/positions/${row.position}/close`} class="stack">
                    <Field name="until" at={`until-${row.position}`} label={t(ctx, text.lastDay)} type="date" value={ctx.today} required />
                    <button class="btn">{t(ctx, text.closePosition)}</button>
                  </form>
                </details>
              </li>
            ))}
        </ul>
      </Sheet>
    ))}
    <Pager ctx={ctx} next={next} />
  </>
);
/** On the bureau's start page: how many wait for an officer's word. */
export const WaitingCard = ({ ctx, count }: { ctx: Context; count: number }) => (
  <Notice tone="due">
    <a href="/admin/people/unconfirmed">{t(ctx, text.waitingCount, { count })}</a>
  </Notice>
);
