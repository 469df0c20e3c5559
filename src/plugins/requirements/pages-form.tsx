/** The standing form: a page to print, and a file. */
import { query, say, type routes } from "#kernel";
import { oneInput } from "./input.ts";
import { yearInput } from "./input-rates.ts";
import { xlsxHeaders } from "./rules-xlsx.ts";
import { formFile, seeForm, seeYearForm } from "./service/form.ts";
import { seeRequirements } from "./terms.ts";
import { formText as text } from "./text-form.ts";
import { FormPage } from "./views-form.tsx";

const yearOf = (today: string, year: number | undefined) => year ?? Number(today.slice(0, 4));
export const formPages = (pages: ReturnType<typeof routes>) =>
  pages
    .get("/admin/requirements/:id/form", seeRequirements, query(oneInput), async (page, { id }) => {
      const { ctx } = page;
      const file = `/admin/requirements/${id}/form/export`;
      return page.render(<FormPage ctx={ctx} form={await seeForm(ctx, id)} file={file} year={null} />, {
        title: say(ctx.language, text.title),
        wide: true,
        islands: ["acts"],
      });
    })
    .get("/admin/requirements/:id/form/export", seeRequirements, query(oneInput), async ({ ctx }, { id }) => {
      const form = await seeForm(ctx, id);
      return new Response(await formFile(ctx, form), { headers: xlsxHeaders(`${say(ctx.language, text.title)}-${ctx.today}`) });
    })
    .get("/admin/form", seeRequirements, query(yearInput), async (page, input) => {
      const { ctx } = page;
      const year = yearOf(ctx.today, input.year);
      return page.render(<FormPage ctx={ctx} form={await seeYearForm(ctx, year)} file={`/admin/form/export?year=${year}`} year={year} />, {
        title: say(ctx.language, text.yearTitle, { year }),
        wide: true,
        islands: ["acts"],
      });
    })
    .get("/admin/form/export", seeRequirements, query(yearInput), async ({ ctx }, input) => {
      const year = yearOf(ctx.today, input.year);
      const form = await seeYearForm(ctx, year);
      return new Response(await formFile(ctx, form), {
        headers: xlsxHeaders(`${say(ctx.language, text.yearTitle, { year })}-${ctx.today}`),
      });
    });
