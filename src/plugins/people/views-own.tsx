/** The roster of one's own unit, and how many wait for an officer's word. */
import { dayOf, dayWords, newId, personId, positionId, type Context } from "#kernel";
import { Checkbox, Empty, Field, FormError, Hidden, Notice, Pager, Select, Sheet } from "#ui";
import type { OwnRow, RejectedRow } from "./store-search.ts";
import { text } from "./text.ts";
import { DoneNotice, OwnPerson, type Done, type RowProblem } from "./views-own-row.tsx";
import { PlaceFields, categoryOptions, choiceOptions, t, type Choice, type PlaceGiven } from "./views-roster.tsx";

export const OwnPage = ({
  ctx,
  units,
  rows,
  rejected,
  next,
  problem,
  namesake = false,
  given,
  done,
  wrong,
}: {
  ctx: Context;
  units: readonly Choice[];
  rows: readonly OwnRow[];
  rejected: readonly RejectedRow[];
  next: string | null;
  problem: string | null;
  /** Whether the problem is somebody of the same name. */ namesake?: boolean;
  done: Done | null;
  wrong: RowProblem | null;
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
    {done !== null && !rows.some((row) => row.position === done.row.position) && <DoneNotice ctx={ctx} done={done} />}
    {wrong !== null && !rows.some((row) => row.position === wrong.at) && <FormError>{wrong.problem}</FormError>}
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
          {namesake && <Checkbox name="anyway" label={t(ctx, text.anyway)} />}
          <button class="btn go">{t(ctx, text.save)}</button>
        </form>
      </details>
    </Sheet>
    {rejected.length > 0 && (
      <Notice tone="late">
        <h2>{t(ctx, text.rejectedTitle)}</h2>
        <ul>
          {rejected.map((row) => (
            <li>
              {t(ctx, text.rejectedRow, {
                day: dayWords(dayOf(row.at, ctx.zone), ctx.language),
                name: row.name,
                unit: row.unitName,
                reason: row.reason,
              })}
            </li>
          ))}
        </ul>
      </Notice>
    )}
    {rows.length === 0 && <Empty>{t(ctx, text.ownNone)}</Empty>}
    {[...new Set(rows.map((row) => row.unit))].map((unit) => (
      <Sheet>
        <h2>{rows.find((row) => row.unit === unit)?.unitName}</h2>
        <ul class="rows">
          {rows
            .filter((row) => row.unit === unit)
            .map((row) => (
              <OwnPerson
                ctx={ctx}
                row={row}
                done={done?.row.position === row.position ? done : null}
                wrong={wrong?.at === row.position ? wrong : null}
              />
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
