/** The list of units, a unit whole, a new one; and the roster of one's own unit. */
import { kindText, newId, statusText, supervisorText, supervisors, unitId, type Context, type UnitStatus } from "#kernel";
import { Empty, Field, Filters, FormError, Hidden, Pager, Select, Table, Tag, type Tone } from "#ui";
import type { UnitListRow } from "./store-units.ts";
import { text } from "./text.ts";
import type { Units } from "./service/choose.ts";
import { kindOptions, statusOptions, t, UnitField } from "./views-roster.tsx";

const toneOf = (status: UnitStatus): Tone => (status === "open" ? "done" : status === "preparing" ? "" : "late");

export const StatusTag = ({ ctx, status }: { ctx: Context; status: UnitStatus }) => (
  <Tag tone={toneOf(status)}>{t(ctx, statusText[status])}</Tag>
);

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
    <Filters ctx={ctx} action="/admin/units" set={[filter.q, filter.kind, filter.status].filter((one) => one !== undefined).length}>
      <Field name="q" label={t(ctx, text.searchUnits)} value={filter.q ?? ""} type="search" maxlength={60} />
      <Select name="kind" label={t(ctx, text.kind)} value={filter.kind ?? ""} options={kindOptions(ctx)} empty={t(ctx, text.all)} />
      <Select name="status" label={t(ctx, text.status)} value={filter.status ?? ""} options={statusOptions(ctx)} empty={t(ctx, text.all)} />
      <button class="btn">{t(ctx, text.search)}</button>
    </Filters>
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

export const UnitFields = ({ ctx, given }: { ctx: Context; given: Given }) => {
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
  parents: Units;
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
      <UnitField ctx={ctx} units={parents} name="parent" label={t(ctx, text.parent)} given={parent} />
      <UnitFields ctx={ctx} given={given} />
      <Select name="status" label={t(ctx, text.status)} value={given.status ?? "open"} options={statusOptions(ctx)} required />
      <Field name="since" label={t(ctx, text.since)} type="date" value={given.since ?? ctx.today} required />
      <button class="btn go">{t(ctx, text.save)}</button>
    </form>
  </div>
);
