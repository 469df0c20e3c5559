/** What anyone may see of reports: /disclosure. */
import { anyone, query, say, type routes } from "#kernel";
import { yearPath } from "./input-report.ts";
import { seeDisclosed, seeDisclosedYear } from "./service/report-public.ts";
import { text } from "./text-report.ts";
import { Disclosure, DisclosedYear } from "./views-disclosure.tsx";

export const disclosurePages = (r: ReturnType<typeof routes>) =>
  r
    .get("/disclosure", anyone, async (page) =>
      page.render(<Disclosure ctx={page.ctx} list={await seeDisclosed(page.ctx)} />, {
        title: say(page.ctx.language, text.disclosureTitle),
      }),
    )
    .get("/disclosure/:year", anyone, query(yearPath), async (page, { year }) =>
      page.render(<DisclosedYear ctx={page.ctx} year={year} list={await seeDisclosedYear(page.ctx, year)} />, {
        title: `${say(page.ctx.language, text.disclosure)} · ${say(page.ctx.language, text.disclosureYear, { year })}`,
        wide: true,
        islands: ["acts"],
      }),
    );
