/** The search of people, a new one, and what waits for confirmation. */
import { newId, personId, positionId, postText, type Context } from "#kernel";
import { Checkbox, Empty, Field, Filters, FormError, Hidden, Pager, Phone, Select, Sheet, Table, Tag } from "#ui";
import type { PersonListRow, UnconfirmedRow } from "./store-search.ts";
import { text } from "./text.ts";
import type { Units } from "./service/choose.ts";
import { categoryOptions, kindOptions, PlaceFields, span, t, type Choice, type PlaceGiven, UnitField } from "./views-roster.tsx";

type Filter = {
  q?: string | undefined;
  unit?: string | undefined;
  kind?: string | undefined;
  category?: string | undefined;
  roster?: boolean | undefined;
  show?: string | undefined;
};
export const PeoplePage = ({
  ctx,
  filter,
  unit,
  rows,
  next,
  mayManage,
}: {
  ctx: Context;
  filter: Filter;
  unit: Choice | null;
  rows: readonly PersonListRow[];
  next: string | null;
  mayManage: boolean;
}) => (
  <>
    <h1>{t(ctx, text.people)}</h1>
    <Filters
      ctx={ctx}
      action="/admin/people"
      set={[filter.q, filter.kind, filter.category, filter.roster, filter.show].filter((one) => one !== undefined).length}
    >
      <Field name="q" label={t(ctx, text.searchPeople)} value={filter.q ?? ""} type="search" maxlength={60} />
      <Select name="kind" label={t(ctx, text.kind)} value={filter.kind ?? ""} options={kindOptions(ctx)} empty={t(ctx, text.all)} />
      <Select
        name="category"
        label={t(ctx, text.category)}
        value={filter.category ?? ""}
        options={categoryOptions(ctx)}
        empty={t(ctx, text.all)}
      />
      <Select
        name="roster"
        label={t(ctx, text.roster)}
        value={filter.roster === undefined ? "" : filter.roster ? "1" : "0"}
        options={[
          { value: "1", words: t(ctx, text.onRoster) },
          { value: "0", words: t(ctx, text.notOnRoster) },
        ]}
        empty={t(ctx, text.all)}
      />
      <Select
        name="show"
        label={t(ctx, text.show)}
        value={filter.show ?? ""}
        options={[
          { value: "here", words: t(ctx, text.showHere) },
          { value: "left", words: t(ctx, text.showLeft) },
          { value: "unconfirmed", words: t(ctx, text.showUnconfirmed) },
        ]}
        empty={t(ctx, text.all)}
      />
      {unit !== null && <Hidden name="unit" value={unit.id} />}
      <button class="btn">{t(ctx, text.search)}</button>
    </Filters>
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
      <Table
        caption={t(ctx, text.people)}
        head={[t(ctx, text.name), t(ctx, text.unit), t(ctx, text.post), t(ctx, text.phone), t(ctx, text.login), t(ctx, text.action)]}
      >
        {rows.map((row) => (
          <tr>
            <td>
              <a href={`/admin/people/${row.id}`}>{row.name}</a> {row.unconfirmed === 1 && <Tag tone="due">{t(ctx, text.unconfirmed)}</Tag>}{" "}
              {row.roster === 1 && <Tag>{t(ctx, text.roster)}</Tag>}
            </td>
            <td>
              {row.unitName ?? "—"} {row.until !== null && row.until < ctx.today && <Tag>{t(ctx, text.showLeft)}</Tag>}
            </td>
            <td>{row.post === null ? "—" : t(ctx, postText[row.post])}</td>
            <td class="num">{row.phone === null ? "—" : <Phone number={row.phone} />}</td>
            <td class="num">{row.login}</td>
            <td>
              {mayManage && row.belongs === 1 && (
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

type Given = PlaceGiven & {
  name?: string;
  employeeNo?: string | undefined;
  phone?: string | undefined;
  email?: string | undefined;
  category?: string | undefined;
};
export const FactFields = ({ ctx, at, given }: { ctx: Context; at: string; given: Given }) => (
  <>
    <Field name="name" at={`${at}-name`} label={t(ctx, text.name)} value={given.name ?? ""} required maxlength={60} />
    <Field name="employeeNo" at={`${at}-no`} label={t(ctx, text.employeeNo)} value={given.employeeNo ?? ""} maxlength={30} />
    <Field name="phone" at={`${at}-phone`} label={t(ctx, text.phone)} value={given.phone ?? ""} type="tel" inputmode="tel" maxlength={30} />
    <Field name="email" at={`${at}-email`} label={t(ctx, text.email)} value={given.email ?? ""} type="email" maxlength={100} />
    <Select
      name="category"
      at={`${at}-category`}
      label={t(ctx, text.category)}
      value={given.category ?? ""}
      options={categoryOptions(ctx)}
      empty="—"
    />
  </>
);
export const NewPersonPage = ({
  ctx,
  units,
  unit,
  given,
  problem,
  namesake = false,
  ids,
}: {
  ctx: Context;
  units: Units;
  unit: string | undefined;
  given: Given;
  problem: string | null;
  /** Whether the problem is somebody of the same name. */ namesake?: boolean;
  ids?: { id: string; position: string };
}) => (
  <div class="reading">
    <h1>{t(ctx, text.addPerson)}</h1>
    {problem !== null && <FormError>{problem}</FormError>}
    <form method="post" action="/admin/people" class="stack">
      <Hidden name="id" value={ids?.id ?? newId(personId)} />
      <Hidden name="position" value={ids?.position ?? newId(positionId)} />
      <FactFields ctx={ctx} at="new" given={given} />
      <Field name="idNumber" label={t(ctx, text.idNumber)} help={t(ctx, text.idNumberHelp)} maxlength={30} autocomplete="off" />
      <UnitField ctx={ctx} units={units} label={t(ctx, text.unit)} given={unit} />
      <PlaceFields ctx={ctx} at="new" {...given} />
      {namesake && <Checkbox name="anyway" label={t(ctx, text.anyway)} />}
      <button class="btn go">{t(ctx, text.save)}</button>
    </form>
  </div>
);

/** Sends an entry back with a reason. */
const RejectForm = ({ ctx, row }: { ctx: Context; row: UnconfirmedRow }) => (
  <details>
    <summary class="btn" aria-label={`${t(ctx, text.reject)}：${row.name}，${row.unitName}`}>
      {t(ctx, text.reject)}
    </summary>
    <form method="post" action={`/admin/people/${row.person}/positions/${row.position}/reject`} class="stack">
      <Field
        name="reason"
        at={`reject-${row.position}`}
        label={t(ctx, text.rejectReason)}
        help={t(ctx, text.rejectHelp)}
        required
        maxlength={200}
      />
      <button class="btn">{t(ctx, text.reject)}</button>
    </form>
  </details>
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
                    <a href={`/admin/people/${first.person}`}>{first.name}</a> <span class="num small">{first.phone}</span>{" "}
                    {first.corrected === 1 && own.every((row) => row.entered === 0) && <Tag tone="due">{t(ctx, text.corrected)}</Tag>}
                    {own.map((row) => (
                      <p class="small">
                        {row.unitName} · {t(ctx, postText[row.post])} · <span class="num">{span(ctx, row.from, row.until)}</span>{" "}
                        {row.entered === 1 && <Tag tone="due">{t(ctx, row.until === null ? text.entered : text.left)}</Tag>}
                      </p>
                    ))}
                    {own
                      .filter((row) => row.entered === 1 && row.until === null)
                      .map((row) => (
                        <RejectForm ctx={ctx} row={row} />
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
