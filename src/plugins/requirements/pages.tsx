/** Pages of what is due, and to whom: HTTP only; those of the rules stand in pages-rule. */
import { routes, say } from "#kernel";
import { bulkPages } from "./pages-bulk.tsx";
import { chasePages } from "./pages-chase.tsx";
import { excusePages } from "./pages-excuses.tsx";
import { formPages } from "./pages-form.tsx";
import { ratesPages } from "./pages-rates.tsx";
import { rulePages } from "./pages-rule.tsx";
import { linkOf } from "./rules.ts";
import { isOpen } from "./rules-excuses.ts";
import { myDue, unitFile } from "./service/due.ts";
import { ownAssignments, unitAssignments } from "./terms.ts";
import { text } from "./text.ts";
import { UnitFile } from "./views-unit.tsx";

export const pages = formPages(chasePages(ratesPages(bulkPages(excusePages(rulePages(routes()))))))
  .get("/me/next", ownAssignments, async (page) => {
    const { rows, steps } = await myDue(page.ctx);
    const next = rows.find(isOpen);
    return page.redirect(next === undefined ? "/me" : (steps.get(next.object)?.href ?? linkOf(next)));
  })
  .get("/unit/file", unitAssignments, async (page) =>
    page.render(<UnitFile ctx={page.ctx} rows={await unitFile(page.ctx)} />, {
      title: say(page.ctx.language, text.fileTitle),
      wide: true,
      islands: ["acts"],
    }),
  );
