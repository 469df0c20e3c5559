/** In a person's file: the certificates, each with its number, day and state. */
import { dayOf, dayWords, say, type Context } from "#kernel";
import { Sheet } from "#ui";
import type { Certificate } from "./store.ts";
import { text } from "./text.ts";
import { StateTag } from "./views.tsx";

export const OfPerson = ({ ctx, rows }: { ctx: Context; rows: readonly Certificate[] }) => (
  <Sheet>
    <h2>{say(ctx.language, text.admin)}</h2>
    <ul class="rows">
      {rows.map((c) => (
        <li>
          <span>
            <a href={`/certificates/${c.number}`}>{c.title}</a>
            <br />
            <span class="small soft num">{c.number}</span>{" "}
            <span class="small soft keep">{dayWords(dayOf(c.issuedAt, ctx.zone), ctx.language)}</span>
          </span>
          <StateTag ctx={ctx} state={c.state} />
        </li>
      ))}
    </ul>
  </Sheet>
);
