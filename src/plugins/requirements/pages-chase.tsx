/** Reminding people, the notice for who was reminded, and what is remembered of it. */
import { form, newId, query, recordId, say, type routes } from "#kernel";
import { historyInput, previewInput, remindInput, usedInput } from "./input-chase.ts";
import { xlsxHeaders } from "./rules-xlsx.ts";
import { previewReminder, putNoticesAway, remind, seeHistory, seeUse } from "./service/chase.ts";
import { ownAssignments, remindPeople, seeRequirements } from "./terms.ts";
import { chaseText as text } from "./text-chase.ts";
import { Done, History, Remind } from "./views-chase.tsx";

export const chasePages = (pages: ReturnType<typeof routes>) =>
  pages
    .get("/remind", remindPeople, query(previewInput), async (page, input) => {
      const { ctx } = page;
      const found = await previewReminder(ctx, input);
      return page.render(<Remind ctx={ctx} input={input} use={newId(recordId)} {...found} />, { title: say(ctx.language, text.title) });
    })
    .post("/remind", remindPeople, form(remindInput), async (page, input) => {
      const { ctx } = page;
      const { use, file } = await remind(ctx, input);
      if (file === null) return page.redirect(`/remind/${use}`);
      return new Response(file, { headers: xlsxHeaders(`${say(ctx.language, text.fileName)}-${ctx.today}`) });
    })
    .get("/remind/:use", remindPeople, query(usedInput), async (page, { use }) => {
      const { ctx } = page;
      return page.render(<Done ctx={ctx} {...await seeUse(ctx, use)} />, { title: say(ctx.language, text.title), islands: ["acts"] });
    })
    .post("/me/notices", ownAssignments, async (page) => {
      await putNoticesAway(page.ctx);
      return page.redirect("/me");
    })
    .get("/admin/requirements/:id/reminders", seeRequirements, query(historyInput), async (page, input) => {
      const { requirement, ...found } = await seeHistory(page.ctx, input);
      return page.render(<History ctx={page.ctx} name={requirement.name} {...found} />, { title: requirement.name, wide: true });
    });
