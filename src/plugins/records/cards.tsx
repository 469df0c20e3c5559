import { card, momentWords, say } from "#kernel";
import { Sheet } from "#ui";
import { lastCheck } from "./service/check.ts";
import { seeRecords } from "./terms.ts";
import { text } from "./text.ts";

/** Tallies that differ from their records: stands on /admin until a later check finds them equal. */
export const alarm = card({
  id: "records.alarm",
  place: "admin",
  order: 0,
  needs: seeRecords,
  load: async (ctx) => {
    const checked = await lastCheck(ctx);
    return checked !== null && checked.wrong > 0 ? checked : null;
  },
  view: (ctx, checked) => (
    <Sheet next>
      <h2>{say(ctx.language, text.alarmTitle)}</h2>
      <p role="alert">{say(ctx.language, text.alarm, { at: momentWords(checked.at, ctx.zone, ctx.language), wrong: checked.wrong })}</p>
      <p>
        <a class="btn" href="/admin/audit?command=records.tallies-differ">
          {say(ctx.language, text.alarmOpen)}
        </a>
      </p>
    </Sheet>
  ),
});
