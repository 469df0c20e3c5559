/** Rates with what they are of: the strips of `/admin`, and one requirement by kind and unit. */
import {
  kindText,
  momentWords,
  percent,
  say,
  saying,
  type Context,
  type Counted,
  type RequirementId,
  type Slot,
  type UnitId,
  type UnitKind,
} from "#kernel";
import { DueTag, Empty, Fig, Pager, Sheet, Table } from "#ui";
import { fourRates, showWords, type Rate, type Show } from "./rules-rates.ts";
import type { Counts, KindRow, Standing, UnitRow } from "./store-rates.ts";
import { ratesText as text } from "./text-rates.ts";
import { text as words } from "./text.ts";

/** The address of a list of people. */
export const peoplePath = (id: RequirementId, asked: { slot: Slot; show: Show; unit?: UnitId; kind?: UnitKind }): string =>
  `/admin/requirements/${id}/people?${new URLSearchParams(asked).toString()}`;
/** A number of people that opens them. */
export const Count = ({ ctx, href, what, n }: { ctx: Context; href: string; what: string; n: number }) => (
  <Fig ctx={ctx} href={href} what={`${what} ${say(ctx.language, text.people, { n })}`}>
    {say(ctx.language, text.people, { n })}
  </Fig>
);
const rateTitle = { study: text.studiedRate, sat: text.satRate, part: text.passedRate, excelled: text.excellentRate };
const titleOf = ({ slot, part }: Rate) =>
  slot === "study" ? rateTitle.study : part === "sat" || part === "part" || part === "excelled" ? rateTitle[part] : text.passOfDue;
/** A figure's address: from the first day of the requirement to now or its deadline, whichever is later, so that it is as of now. */
const figurePath = (ctx: Context, standing: Standing, figure: string) =>
  `/admin/figures/${figure}?${new URLSearchParams({ from: standing.from, to: standing.due > ctx.today ? standing.due : ctx.today, requirement: standing.id }).toString()}`;

const OneRate = ({ ctx, standing, rate }: { ctx: Context; standing: Standing; rate: Rate }) => {
  const t = saying(ctx);
  const counts = standing.slots.find(({ slot }) => slot === rate.slot)?.counts;
  const title = t(titleOf(rate));
  if (counts === undefined)
    return (
      <div>
        <span class="small soft">{title}</span>
        <p class="small">{t(rate.slot === "exam" ? text.noExam : text.noStudy)}</p>
      </div>
    );
  const [part, whole] = [counts[rate.part], counts[rate.of]];
  const number = (show: Show, of: Counted) => (
    <>
      {t(show === "sat" && of === rate.of && rate.of === "sat" ? text.satReally : showWords(rate.slot, show))}{" "}
      <Count
        ctx={ctx}
        href={peoplePath(standing.id, { slot: rate.slot, show })}
        what={`${standing.name}${t(showWords(rate.slot, show))}`}
        n={counts[of]}
      />
    </>
  );
  return (
    <div>
      <span class="small soft">{title}</span>
      <b>
        <Fig ctx={ctx} href={figurePath(ctx, standing, rate.figure)} what={`${standing.name}${title} ${percent(part, whole)}`}>
          {percent(part, whole)}
        </Fig>
      </b>
      <small class="soft">
        {number(rate.partShow, rate.part)} ÷ {number(rate.ofShow, rate.of)}
      </small>
    </div>
  );
};
/** The four rates of one requirement. */
export const Strip = ({ ctx, standing }: { ctx: Context; standing: Standing }) => (
  <div class="four rates">
    {fourRates.map((rate) => (
      <OneRate ctx={ctx} standing={standing} rate={rate} />
    ))}
  </div>
);
/** What each rate is, with its denominator. */
const Definitions = ({ ctx }: { ctx: Context }) => {
  const t = saying(ctx);
  return (
    <details>
      <summary>{t(text.definitions)}</summary>
      <ul class="small">
        {[text.studiedRateDef, text.satRateDef, text.passedRateDef, text.excellentRateDef, text.passOfDueDef].map((definition) => (
          <li>{t(definition)}</li>
        ))}
      </ul>
    </details>
  );
};
/** On `/admin`: one strip a requirement, never one over several. */
export const Strips = ({ ctx, rows, whole }: { ctx: Context; rows: readonly Standing[]; whole: boolean }) => {
  const t = saying(ctx);
  return (
    <section class="stack">
      <h2>{t(text.stripTitle)}</h2>
      {rows.length === 0 ? (
        <Empty>
          <p>{t(whole ? words.none : words.noneWithin)}</p>
          {whole && (
            <a class="btn" href="/admin/requirements">
              {t(words.create)}
            </a>
          )}
        </Empty>
      ) : (
        <>
          <p class="small soft">{t(text.stripMoment, { at: momentWords(ctx.now, ctx.zone, ctx.language) })}</p>
          {rows.map((standing) => (
            <Sheet>
              <div class="spread">
                <h3>
                  <a href={`/admin/requirements/${standing.id}/rates`}>{standing.name}</a>
                </h3>
                <DueTag ctx={ctx} due={standing.due} />
              </div>
              <Strip ctx={ctx} standing={standing} />
            </Sheet>
          ))}
          <Definitions ctx={ctx} />
          <p class="line">
            <a class="btn" href="/admin/requirements">
              {t(text.allRequirements)}
            </a>
          </p>
        </>
      )}
    </section>
  );
};

type Group = { name: string; note: string; at: { unit?: UnitId; kind?: UnitKind }; counts: Partial<Record<Slot, Counts>> };
/** One row a group: of each slot who owes it, who has done it, and the rates. */
const GroupTable = ({
  ctx,
  id,
  slots,
  caption,
  groups,
}: {
  ctx: Context;
  id: RequirementId;
  slots: readonly Slot[];
  caption: string;
  groups: readonly Group[];
}) => {
  const t = saying(ctx);
  const columns = slots.flatMap((slot): { slot: Slot; show: Show; of: Counted }[] =>
    slot === "study"
      ? [
          { slot, show: "due", of: "whole" },
          { slot, show: "done", of: "part" },
        ]
      : [
          { slot, show: "due", of: "whole" },
          { slot, show: "sat", of: "sat" },
          { slot, show: "passed", of: "part" },
          { slot, show: "excellent", of: "excelled" },
          { slot, show: "exempt", of: "exempt" },
          { slot, show: "deferred", of: "deferred" },
        ],
  );
  const rates = fourRates.filter(({ slot }) => slots.includes(slot));
  return (
    <Table
      caption={caption}
      head={[
        caption,
        ...columns.map(({ slot, show }) => ({ r: t(showWords(slot, show)) })),
        ...rates.map((rate) => ({ r: t(titleOf(rate)) })),
      ]}
    >
      {groups.map(({ name, note, at, counts }) => (
        <tr>
          <td>
            {name} {note !== "" && <span class="small soft">{note}</span>}
          </td>
          {columns.map(({ slot, show, of }) => {
            const n = counts[slot]?.[of] ?? 0;
            return (
              <td class="r num">
                <Count ctx={ctx} href={peoplePath(id, { slot, show, ...at })} what={`${name}${t(showWords(slot, show))}`} n={n} />
              </td>
            );
          })}
          {rates.map((rate) => (
            <td class="r num">{percent(counts[rate.slot]?.[rate.part] ?? 0, counts[rate.slot]?.[rate.of] ?? 0)}</td>
          ))}
        </tr>
      ))}
    </Table>
  );
};
const groupsOf = <R extends { slot: Slot } & Counts>(rows: readonly R[], group: (row: R) => Omit<Group, "counts">): Group[] => {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const made = group(row);
    const key = `${made.at.unit ?? ""}${made.at.kind ?? ""}`;
    const found = groups.get(key) ?? { ...made, counts: {} };
    found.counts[row.slot] = row;
    groups.set(key, found);
  }
  return [...groups.values()];
};
/** One requirement: its strip, then by kind of unit, then by unit. */
export const Rates = ({
  ctx,
  standing,
  slots,
  kinds,
  units,
  next,
}: {
  ctx: Context;
  standing: Standing;
  slots: readonly Slot[];
  kinds: readonly KindRow[];
  units: readonly UnitRow[];
  next: string | null;
}) => {
  const t = saying(ctx);
  const kindName = (kind: UnitKind) => say(ctx.language, kindText[kind]);
  return (
    <>
      <h1>{t(text.ratesOf, { name: standing.name })}</h1>
      <p class="small soft">{t(text.stripMoment, { at: momentWords(ctx.now, ctx.zone, ctx.language) })}</p>
      <Strip ctx={ctx} standing={standing} />
      <Definitions ctx={ctx} />
      <p class="line no-print">
        <a class="btn" href={`/admin/requirements/${standing.id}/form`}>
          {t(text.form)}
        </a>
        <a class="btn" href={`/admin/requirements/${standing.id}`}>
          {standing.name}
        </a>
      </p>
      <h2>{t(text.byKind)}</h2>
      <p class="small soft">{t(text.kindNote)}</p>
      <GroupTable
        ctx={ctx}
        id={standing.id}
        slots={slots}
        caption={t(text.kind)}
        groups={groupsOf(kinds, ({ kind }) => ({ name: kindName(kind), note: "", at: { kind } }))}
      />
      <h2>{t(text.byUnit)}</h2>
      <GroupTable
        ctx={ctx}
        id={standing.id}
        slots={slots}
        caption={t(text.unit)}
        groups={groupsOf(units, ({ unit, name, kind }) => ({ name, note: kindName(kind), at: { unit } }))}
      />
      <Pager ctx={ctx} next={next} />
    </>
  );
};
