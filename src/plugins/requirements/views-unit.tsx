/** What the people of one's own units have done and not: on `/unit`, and as a file to print. */
import { dayWords, saying, type Context } from "#kernel";
import { Empty, Phone, Print, Sheet, Table, Tag } from "#ui";
import type { Behind } from "./store.ts";
import { grouped } from "./rules-chase.ts";
import { isOpen } from "./rules-excuses.ts";
import { chaseText } from "./text-chase.ts";
import { text } from "./text.ts";
import { excuseText } from "./text-excuses.ts";
import { DueState } from "./views-excused.tsx";

/** A person's things, each once though several of the units ask it. */
const thingsOf = (rows: readonly Behind[]) => grouped(rows, (r) => `${r.kind}:${r.object}`);

/** One line a person: what is open or done, and for which of the units where they are several. */
const People = ({ ctx, rows, labels }: { ctx: Context; rows: readonly Behind[]; labels: boolean }) => {
  const t = saying(ctx);
  return (
    <ul class="rows">
      {grouped(rows, (r) => r.person).map((of) => (
        <li class="person">
          <div>
            <div class="line">
              {isOpen(of[0]) && of[0].person !== ctx.actor?.person ? (
                <label class="check">
                  <input type="checkbox" name="people" value={of[0].person} form="remind" />
                  <b>{of[0].personName}</b>
                </label>
              ) : (
                <b>{of[0].personName}</b>
              )}
              <span class="small">
                <Phone number={of[0].phone} />
              </span>
            </div>
            {labels && <p class="small soft">{[...new Set(of.map((r) => r.unitName))].join("、")}</p>}
            {thingsOf(of).map(([thing]) => (
              <p class="small">
                {thing.title} <DueState ctx={ctx} row={thing} />
              </p>
            ))}
          </div>
          {isOpen(of[0]) && of[0].person !== ctx.actor?.person && (
            <div class="actions">
              <form method="post" action={`/unit/people/${of[0].person}/link`}>
                <button class="btn" aria-label={`${t(text.linkAgain)}：${of[0].personName}`}>
                  {t(text.linkAgain)}
                </button>
              </form>
              <a
                class="btn"
                href={`/unit/excuses/new?person=${of[0].person}`}
                aria-label={`${t(excuseText.askShort)}：${of[0].personName}`}
              >
                {t(excuseText.askShort)}
              </a>
              <a class="btn" href={`/remind?people=${of[0].person}`} aria-label={`${t(chaseText.remindOne)}：${of[0].personName}`}>
                {t(chaseText.remindOne)}
              </a>
            </div>
          )}
        </li>
      ))}
    </ul>
  );
};
/** Who of the own units is behind. */
export const UnitDue = ({ ctx, rows }: { ctx: Context; rows: readonly Behind[] }) => {
  const t = saying(ctx);
  const behind = rows.filter(isOpen);
  const open = new Set(behind.map(({ person }) => person));
  const exempt = rows.filter((r) => r.done === 0 && !isOpen(r));
  // Who has done all that is asked; one thing done beside one that is open is no 已完成.
  const done = rows.filter((r) => r.done === 1 && !open.has(r.person));
  const labels = new Set(rows.map((r) => r.unit)).size > 1;
  const people = (of: readonly Behind[]) => t(text.people, { n: new Set(of.map((r) => r.person)).size });
  return (
    <Sheet id="behind">
      <h2>
        {t(text.unitTitle)} {behind.length > 0 && <Tag tone="due">{people(behind)}</Tag>}
      </h2>
      {behind.length === 0 ? (
        <p>{t(rows.length === 0 ? text.unitEmpty : text.unitNone)}</p>
      ) : (
        <>
          <People ctx={ctx} rows={behind} labels={labels} />
          {behind.some(({ person }) => person !== ctx.actor?.person) && (
            <form id="remind" action="/remind" class="no-print">
              <p class="line">
                <button class="btn go">{t(chaseText.remindPicked)}</button> <span class="small soft">{t(chaseText.pickedHelp)}</span>
              </p>
            </form>
          )}
        </>
      )}
      {done.length > 0 && (
        <details>
          <summary>{`${t(text.done)} · ${people(done)}`}</summary>
          <People ctx={ctx} rows={done} labels={labels} />
        </details>
      )}
      {exempt.length > 0 && (
        <details>
          <summary>{`${t(excuseText.exempt)} · ${people(exempt)}`}</summary>
          <People ctx={ctx} rows={exempt} labels={labels} />
        </details>
      )}
      {rows.length > 0 && (
        <p>
          <a class="btn" href="/unit/file">
            {t(text.print)}
          </a>
        </p>
      )}
    </Sheet>
  );
};
/** The file to print: each unit with its people, what is due to them and what is done. */
export const UnitFile = ({ ctx, rows }: { ctx: Context; rows: readonly Behind[] }) => {
  const t = saying(ctx);
  const units = grouped(
    rows.toSorted((a, b) => a.unitName.localeCompare(b.unitName, "zh") || a.personName.localeCompare(b.personName, "zh")),
    (r) => r.unit,
  );
  return (
    <>
      <h1>{t(text.fileTitle)}</h1>
      <p class="no-print">
        <Print ctx={ctx} />
      </p>
      {units.length === 0 && <Empty>{t(text.unitEmpty)}</Empty>}
      {units.map((of) => (
        <section class="stack">
          <h2>{t(text.fileOf, { unit: of[0].unitName, day: dayWords(ctx.today, ctx.language) })}</h2>
          <p>
            {t(text.fileCount, {
              people: new Set(of.map((r) => r.person)).size,
              whole: of.filter((r) => r.counts === 1).length,
              part: of.filter((r) => r.counts === 1 && r.done === 1).length,
            })}
          </p>
          <Table caption={of[0].unitName} head={[t(text.person), t(text.item), t(text.dueOn), t(text.state)]}>
            {[...new Map(of.map((r) => [`${r.person}/${r.kind}/${r.object}/${r.due}`, r])).values()].map((r) => (
              <tr>
                <td>{r.personName}</td>
                <td>{r.title}</td>
                <td>{dayWords(r.due, ctx.language)}</td>
                <td>
                  <DueState ctx={ctx} row={r} />
                </td>
              </tr>
            ))}
          </Table>
        </section>
      ))}
    </>
  );
};
