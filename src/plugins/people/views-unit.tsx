/** A unit whole: its facts, status, children, and what an officer may change. */
import { dayWords, kindText, supervisorText, type Context, type Day, type UnitId, type UnitStatus } from "#kernel";
import { Field, Select, Sheet } from "#ui";
import type { Unit } from "./store-units.ts";
import { text } from "./text.ts";
import type { Units } from "./service/choose.ts";
import { statusOptions, t, type Choice, UnitField } from "./views-roster.tsx";
import { StatusTag, UnitFields } from "./views-units.tsx";

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
  parents: Units;
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
              <UnitField ctx={ctx} units={parents} name="parent" at="move-parent" label={t(ctx, text.parent)} />
              <button class="btn">{t(ctx, text.save)}</button>
            </form>
          </details>
        )}
      </Sheet>
    )}
  </>
);
