import { form, isAllowed, query, routes, say, type Context } from "#kernel";
import { listCourses } from "#plugins/courses";
import { listExams } from "#plugins/exams";
import { createInput, oneInput } from "./input.ts";
import { chasePages } from "./pages-chase.tsx";
import { formPages } from "./pages-form.tsx";
import { ratesPages } from "./pages-rates.tsx";
import {
  activateRequirement,
  createRequirement,
  deleteDraft,
  endRequirement,
  myDue,
  seeRequirement,
  seeRequirementList,
  unitFile,
} from "./service.ts";
import { manageRequirements, ownAssignments, seeRequirements, unitAssignments } from "./terms.ts";
import { text } from "./text.ts";
import { linkOf } from "./rules.ts";
import { UnitFile } from "./views-unit.tsx";
import { List, One } from "./views.tsx";

const manages = (ctx: Context) => ctx.actor !== null && isAllowed(ctx.actor, manageRequirements) && ctx.reach(manageRequirements).all;

export const pages = formPages(chasePages(ratesPages(routes())))
  .get("/me/next", ownAssignments, async (page) => {
    const { rows, steps } = await myDue(page.ctx);
    const next = rows.find(({ done }) => done === 0);
    return page.redirect(next === undefined ? "/me" : (steps.get(next.object)?.href ?? linkOf(next)));
  })
  .get("/unit/file", unitAssignments, async (page) =>
    page.render(<UnitFile ctx={page.ctx} rows={await unitFile(page.ctx)} />, {
      title: say(page.ctx.language, text.fileTitle),
      wide: true,
      islands: ["acts"],
    }),
  )
  .get("/admin/requirements", seeRequirements, async (page) => {
    const { ctx } = page;
    const [courses, exams] = [await listCourses(ctx), await listExams(ctx)];
    const choices = {
      courses: courses.map((c) => ({ value: c.id, words: c.title })),
      exams: exams.map((e) => ({ value: e.id, words: e.title })),
    };
    return page.render(<List ctx={ctx} rows={await seeRequirementList(ctx)} choices={choices} manages={manages(ctx)} />, {
      title: say(ctx.language, text.title),
    });
  })
  .post("/admin/requirements", manageRequirements, form(createInput), async (page, input) =>
    page.redirect(`/admin/requirements/${await createRequirement(page.ctx, input)}`),
  )
  .get("/admin/requirements/:id", seeRequirements, query(oneInput), async (page, { id }) => {
    const found = await seeRequirement(page.ctx, id);
    return page.render(<One ctx={page.ctx} {...found} manages={manages(page.ctx)} />, { title: found.requirement.name });
  })
  .post("/admin/requirements/:id/activate", manageRequirements, form(oneInput), async (page, { id }) => {
    await activateRequirement(page.ctx, id);
    return page.redirect(`/admin/requirements/${id}`);
  })
  .post("/admin/requirements/:id/end", manageRequirements, form(oneInput), async (page, { id }) => {
    await endRequirement(page.ctx, id);
    return page.redirect(`/admin/requirements/${id}`);
  })
  .post("/admin/requirements/:id/delete", manageRequirements, form(oneInput), async (page, { id }) => {
    await deleteDraft(page.ctx, id);
    return page.redirect("/admin/requirements");
  });
