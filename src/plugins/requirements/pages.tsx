/** Pages of what is due, and to whom: HTTP only; those of the rules stand in pages-rule. */
import { query, routes, say } from "#kernel";
import { peopleInput } from "./input.ts";
import { excusePages } from "./pages-excuses.tsx";
import { rulePages } from "./pages-rule.tsx";
import { linkOf } from "./rules.ts";
import { isOpen } from "./rules-excuses.ts";
import { myDue, unitFile } from "./service/due.ts";
import { requirementPeople } from "./service/people.ts";
import { ownAssignments, seeRequirements, unitAssignments } from "./terms.ts";
import { text } from "./text.ts";
import { UnitFile } from "./views-unit.tsx";
import { People } from "./views.tsx";

export const pages = excusePages(rulePages(routes()))
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
  )
  .get("/admin/requirements/:id/people", seeRequirements, query(peopleInput), async (page, input) => {
    const { ctx } = page;
    const found = await requirementPeople(ctx, input);
    return page.render(<People ctx={ctx} {...found} />, { title: found.requirement.name, wide: true });
  });
