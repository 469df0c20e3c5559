/** Exemptions and deferrals that were asked for: for officers to decide, for a unit to follow. */
import { saying, type Context } from "#kernel";
import { Empty, Field, Filters, FormError, Pager, Select } from "#ui";
import type { ListInput } from "./input-excuses.ts";
import { excuseKinds, excuseStates, kindWords, stateWords } from "./rules-excuses.ts";
import type { Listed, Owing } from "./store-excuses.ts";
import type { Requirement } from "./store-rules.ts";
import { bulkText } from "./text-bulk.ts";
import { excuseText as text } from "./text-excuses.ts";
import { Facts, Heading } from "./views-excuse-row.tsx";

/** Ends one with a reason. */
const End = ({ ctx, row, action, words, warning }: { ctx: Context; row: Listed; action: string; words: string; warning?: string }) => {
  const t = saying(ctx);
  return (
    <details>
      <summary class="btn" aria-label={`${words}：${row.personName}`}>
        {words}
      </summary>
      <form method="post" action={action} class="stack">
        {warning !== undefined && <p>{warning}</p>}
        <Field name="reason" at={`reason-${row.id}`} label={t(text.withdrawReason)} required maxlength={200} />
        <button class="btn">{words}</button>
      </form>
    </details>
  );
};

/** What is asked for within the reach: ticked and decided together; what is approved can be withdrawn. */
export const ExcuseList = ({
  ctx,
  input,
  rows,
  next,
  requirements,
  found,
  sets,
  problem,
}: {
  ctx: Context;
  input: ListInput;
  rows: readonly Listed[];
  next: string | null;
  requirements: readonly Requirement[];
  /** Whom one is to be entered for; null: nobody was looked for. */
  found: readonly Owing[] | null;
  /** Whether the actor sets who counts. */
  sets: boolean;
  problem: string | null;
}) => {
  const t = saying(ctx);
  const open = rows.filter((row) => row.state === "asked" && row.person !== ctx.actor?.person);
  const filters = [input.requirement, input.kind, input.state].filter((set) => set !== undefined).length;
  return (
    <>
      <h1>{t(text.title)}</h1>
      <p>{t(text.intro)}</p>
      {problem !== null && <FormError>{problem}</FormError>}
      <form class="filters no-print" action="/admin/excuses" role="search" aria-label={t(text.enterTitle)}>
        <Field name="find" label={t(text.enterFor)} value={input.find ?? ""} maxlength={60} />
        <button class="btn">{t(text.find)}</button>
        <a class="btn" href="/admin/excuses/files">
          {t(bulkText.bulkTitle)}
        </a>
        {sets && (
          <a class="btn" href="/admin/excuses/settings">
            {t(text.settings)}
          </a>
        )}
      </form>
      {found !== null &&
        (found.length === 0 ? (
          <p>{t(text.nobodyFound)}</p>
        ) : (
          <ul class="rows sheet">
            {found.map((person) => (
              <li>
                <a href={`/admin/excuses/new?person=${person.person}`}>
                  {t(text.enterTitle)}：{person.name}
                </a>
                <span class="small soft">{person.unitName}</span>
              </li>
            ))}
          </ul>
        ))}
      <Filters ctx={ctx} action="/admin/excuses" set={filters}>
        <Select
          name="requirement"
          label={t(text.requirement)}
          value={input.requirement ?? null}
          empty={t(text.allRequirements)}
          options={requirements.filter(({ state }) => state !== "draft").map(({ id, name }) => ({ value: id, words: name }))}
        />
        <Select
          name="kind"
          label={t(text.kind)}
          value={input.kind ?? null}
          empty={t(text.allKinds)}
          options={excuseKinds.map((kind) => ({ value: kind, words: t(kindWords[kind]) }))}
        />
        <Select
          name="state"
          label={t(text.state)}
          value={input.state ?? "asked"}
          options={[
            ...excuseStates.map((state) => ({ value: state as string, words: t(stateWords[state]) })),
            { value: "any", words: t(text.allStates) },
          ]}
        />
        <button class="btn">{t(text.show)}</button>
      </Filters>
      {rows.length === 0 ? (
        <Empty>{t(filters === 0 ? text.noneAsked : text.noneFound)}</Empty>
      ) : (
        <ul class="rows sheet">
          {rows.map((row) => (
            <li class="person">
              <div>
                {open.includes(row) ? (
                  <label class="check">
                    <input type="checkbox" name="ids" value={row.id} form="decide" aria-label={t(text.tick, { name: row.personName })} />
                    <span>
                      <Heading ctx={ctx} row={row} />
                    </span>
                  </label>
                ) : (
                  <p>
                    <Heading ctx={ctx} row={row} />
                  </p>
                )}
                <Facts ctx={ctx} row={row} />
                {row.state === "asked" && row.person === ctx.actor?.person && <p class="small soft">{t(text.yourOwn)}</p>}
                {row.state === "approved" && row.person !== ctx.actor?.person && (
                  <End
                    ctx={ctx}
                    row={row}
                    action={`/admin/excuses/${row.id}/withdraw`}
                    words={t(text.withdraw)}
                    warning={t(text.withdrawWarning)}
                  />
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
      {open.length > 0 && (
        <form id="decide" method="post" action="/admin/excuses/decide" class="sheet stack">
          <h2>{t(text.decideTitle)}</h2>
          <Field name="reason" label={t(text.reason)} maxlength={200} />
          <p class="line">
            <button class="btn go" name="decision" value="approve">
              {t(text.approve)}
            </button>
            <button class="btn" name="decision" value="refuse">
              {t(text.refuse)}
            </button>
          </p>
        </form>
      )}
      <Pager ctx={ctx} next={next} />
    </>
  );
};

/** What one's own unit asked for, and the way to ask. */
export const OwnExcuses = ({
  ctx,
  rows,
  next,
  people,
}: {
  ctx: Context;
  rows: readonly Listed[];
  next: string | null;
  people: readonly Owing[];
}) => {
  const t = saying(ctx);
  const several = new Set(people.map(({ unitName }) => unitName)).size > 1;
  return (
    <>
      <h1>{t(text.askTitle)}</h1>
      <p>{t(text.unitIntro)}</p>
      {people.length === 0 ? (
        <p>{t(text.unitNobody)}</p>
      ) : (
        <form action="/unit/excuses/new" class="sheet stack">
          <Select
            name="person"
            label={t(text.askFor)}
            empty={t(text.choose)}
            required
            options={people.map(({ person, name, unitName }) => ({ value: person, words: several ? `${name}（${unitName}）` : name }))}
          />
          <button class="btn go">{t(text.next)}</button>
        </form>
      )}
      <h2>{t(text.unitList)}</h2>
      {rows.length === 0 ? (
        <Empty>{t(text.unitNone)}</Empty>
      ) : (
        <ul class="rows sheet">
          {rows.map((row) => (
            <li class="person">
              <div>
                <p>
                  <Heading ctx={ctx} row={row} />
                </p>
                <Facts ctx={ctx} row={row} />
                {row.state === "asked" && <End ctx={ctx} row={row} action={`/unit/excuses/${row.id}/take-back`} words={t(text.takeBack)} />}
              </div>
            </li>
          ))}
        </ul>
      )}
      <Pager ctx={ctx} next={next} />
    </>
  );
};
