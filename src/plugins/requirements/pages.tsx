import { form, isAllowed, query, routes, say, type Context } from "#kernel";
import { listCourses } from "#plugins/courses";
import { listExams } from "#plugins/exams";
import { excusePages } from "./pages-excuses.tsx";
import { createInput, oneInput, peopleInput } from "./input.ts";
import { activateRequirement, endRequirement } from "./service/activate.ts";
import { myDue, unitFile } from "./service/due.ts";
import { seeExcusedCounts } from "./service/excuse-list.ts";
import { requirementPeople } from "./service/people.ts";
import { createRequirement, deleteDraft, seeRequirement, seeRequirementList } from "./service/rule.ts";
import { manageRequirements, ownAssignments, seeRequirements, unitAssignments } from "./terms.ts";
import { text } from "./text.ts";
import { linkOf } from "./rules.ts";
import { isOpen } from "./rules-excuses.ts";
import { UnitFile } from "./views-unit.tsx";
import { List, One } from "./views-rule.tsx";
import { People } from "./views.tsx";

const manages = (ctx: Context) => ctx.actor !== null && isAllowed(ctx.actor, manageRequirements) && ctx.reach(manageRequirements).all;

export const pages = excusePages(routes())
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
    const excused = await seeExcusedCounts(page.ctx, id);
    return page.render(<One ctx={page.ctx} {...found} excused={excused} manages={manages(page.ctx)} />, { title: found.requirement.name });
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
  })
  .get("/admin/requirements/:id/people", seeRequirements, query(peopleInput), async (page, input) => {
    const { ctx } = page;
    const found = await requirementPeople(ctx, input);
    return page.render(<People ctx={ctx} {...found} />, { title: found.requirement.name, wide: true });
  });
