/** Rates, the people behind them, and overdue units. */
import { may, query, say, type routes } from "#kernel";
import { listInput, overdueInput, pagedInput } from "./input-rates.ts";
import { requirementPeople, seeOverduePage, seeRates } from "./service/rates.ts";
import { remindPeople, seeRequirements } from "./terms.ts";
import { ratesText as text } from "./text-rates.ts";
import { PeopleList } from "./views-people.tsx";
import { OverduePage } from "./views-overdue.tsx";
import { Rates } from "./views-rates.tsx";

export const ratesPages = (pages: ReturnType<typeof routes>) =>
  pages
    .get("/admin/requirements/:id/people", seeRequirements, query(listInput), async (page, input) => {
      const { ctx } = page;
      const list = await requirementPeople(ctx, input);
      return page.render(<PeopleList ctx={ctx} list={list} chases={may(ctx, remindPeople)} />, {
        title: list.requirement.name,
        wide: true,
      });
    })
    .get("/admin/requirements/:id/rates", seeRequirements, query(pagedInput), async (page, input) => {
      const found = await seeRates(page.ctx, input);
      return page.render(<Rates ctx={page.ctx} {...found} />, { title: found.standing.name, wide: true });
    })
    .get("/admin/overdue", seeRequirements, query(overdueInput), async (page, input) => {
      const { ctx } = page;
      return page.render(<OverduePage ctx={ctx} {...await seeOverduePage(ctx, input)} chases={may(ctx, remindPeople)} />, {
        title: say(ctx.language, text.overdueTitle),
        wide: true,
      });
    });
