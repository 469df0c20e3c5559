/** Whom a rule hits, before it is switched on: the units, and the people of one. */
import { dayWords, kindText, postText, say, saying, type Context } from "#kernel";
import { Empty, Fig, Pager, Sheet, Table } from "#ui";
import type { HitPerson, HitUnit, Requirement } from "./store-rules.ts";
import { ratesText } from "./text-rates.ts";
import { text } from "./text.ts";

const Back = ({ ctx, r }: { ctx: Context; r: Requirement }) => (
  <p class="small">
    <a href={`/admin/requirements/${r.id}`}>{say(ctx.language, text.hitsBack)}</a>
  </p>
);
export const HitUnits = ({
  ctx,
  requirement: r,
  total,
  units,
  next,
}: {
  ctx: Context;
  requirement: Requirement;
  total: { units: number };
  units: readonly HitUnit[];
  next: string | null;
}) => {
  const t = saying(ctx);
  return (
    <>
      <Back ctx={ctx} r={r} />
      <h1>{t(text.hitsTitle)}</h1>
      <Sheet>
        <p class="figure-number" data-value={total.units}>
          {t(text.hitsUnits, { n: total.units })}
        </p>
        <p class="small soft">{r.name}</p>
      </Sheet>
      {units.length === 0 ? (
        <Empty>{t(text.hitsNone)}</Empty>
      ) : (
        <Table caption={t(text.hitsTitle)} head={[t(ratesText.unit), t(text.kind), { r: t(text.count) }]}>
          {units.map((u) => (
            <tr data-row={u.unit}>
              <td>{u.name}</td>
              <td>{say(ctx.language, kindText[u.kind])}</td>
              <td class="r num">
                <Fig
                  ctx={ctx}
                  href={`/admin/requirements/${r.id}/hits?unit=${u.unit}`}
                  what={`${u.name} ${t(text.people, { n: u.people })}`}
                >
                  {t(text.people, { n: u.people })}
                </Fig>
              </td>
            </tr>
          ))}
        </Table>
      )}
      <Pager ctx={ctx} next={next} />
    </>
  );
};
export const HitPeople = ({
  ctx,
  requirement: r,
  unitName,
  count,
  people,
  next,
}: {
  ctx: Context;
  requirement: Requirement;
  unitName: string;
  count: number;
  people: readonly HitPerson[];
  next: string | null;
}) => {
  const t = saying(ctx);
  const title = t(text.hitsOf, { unit: unitName });
  return (
    <>
      <Back ctx={ctx} r={r} />
      <h1>{title}</h1>
      <Sheet>
        <p class="figure-number" data-value={count}>
          {t(text.people, { n: count })}
        </p>
        <p class="small soft">{r.name}</p>
      </Sheet>
      {people.length === 0 ? (
        <Empty>{t(text.hitsNone)}</Empty>
      ) : (
        <Table caption={title} head={[t(text.person), t(text.post), t(text.dueOn)]}>
          {people.map((p) => (
            <tr data-row={p.person}>
              <td>{p.name}</td>
              <td>{say(ctx.language, postText[p.post])}</td>
              <td class="num">{dayWords(p.due, ctx.language)}</td>
            </tr>
          ))}
        </Table>
      )}
      <Pager ctx={ctx} next={next} />
    </>
  );
};
