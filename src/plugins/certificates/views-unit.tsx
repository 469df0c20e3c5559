/** On a head's page: the certificates of the own people, to be read on a phone and printed as a list. */
import { dayOf, dayWords, say, type Context } from "#kernel";
import { Sheet } from "#ui";
import type { Certificate } from "./store.ts";
import { text } from "./text.ts";

/** Name, day and number; the unit where there are several. The score is the holder's and the officer's. */
export const OfUnit = ({ ctx, rows }: { ctx: Context; rows: readonly Certificate[] }) => {
  const several = new Set([...rows.map((c) => c.unit), ...(ctx.actor?.positions.map((p) => p.unit) ?? [])]).size > 1;
  const ordered = rows.toSorted(
    (a, b) => a.unitName.localeCompare(b.unitName, "zh") || b.issuedAt - a.issuedAt || (a.number < b.number ? -1 : 1),
  );
  return (
    <Sheet id="certificates">
      <h2>{say(ctx.language, text.ofUnit)}</h2>
      {rows.length === 0 ? (
        <p class="soft">{say(ctx.language, text.ofUnitNone)}</p>
      ) : (
        <ul class="rows">
          {ordered.map((c) => (
            <li>
              <span>
                <b>{c.holderName}</b>{" "}
                <a class="num number" href={`/verify/${c.number}`}>
                  {c.number}
                </a>
                <br />
                <span class="small soft">
                  {several && c.unitName !== "" ? `${c.unitName} · ` : ""}
                  {c.title}
                </span>
              </span>
              <span class="small num keep">{dayWords(dayOf(c.issuedAt, ctx.zone), ctx.language)}</span>
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  );
};
