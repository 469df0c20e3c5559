<<<<<<< HEAD
import { form, isAllowed, query, routes, say, type Context } from "#kernel";
import { listCourses } from "#plugins/courses";
import { listExams } from "#plugins/exams";
import { excusePages } from "./pages-excuses.tsx";
import { createInput, oneInput, peopleInput } from "./input.ts";
import { activateRequirement, endRequirement } from "./service/activate.ts";
=======
/** Pages of what is due, and to whom: HTTP only; those of the rules stand in pages-rule. */
import { query, routes, say } from "#kernel";
import { peopleInput } from "./input.ts";
import { rulePages } from "./pages-rule.tsx";
import { linkOf } from "./rules.ts";
>>>>>>> 8a976a33ec7416b31c6f147ca8f1c58893f52cd0
import { myDue, unitFile } from "./service/due.ts";
import { seeExcusedCounts } from "./service/excuse-list.ts";
import { requirementPeople } from "./service/people.ts";
import { ownAssignments, seeRequirements, unitAssignments } from "./terms.ts";
import { text } from "./text.ts";
<<<<<<< HEAD
import { linkOf } from "./rules.ts";
import { isOpen } from "./rules-excuses.ts";
=======
>>>>>>> 8a976a33ec7416b31c6f147ca8f1c58893f52cd0
import { UnitFile } from "./views-unit.tsx";
import { People } from "./views.tsx";

<<<<<<< HEAD
const manages = (ctx: Context) => ctx.actor !== null && isAllowed(ctx.actor, manageRequirements) && ctx.reach(manageRequirements).all;

export const pages = excusePages(routes())
=======
export const pages = rulePages(routes())
>>>>>>> 8a976a33ec7416b31c6f147ca8f1c58893f52cd0
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
<<<<<<< HEAD
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
=======
>>>>>>> 8a976a33ec7416b31c6f147ca8f1c58893f52cd0
  .get("/admin/requirements/:id/people", seeRequirements, query(peopleInput), async (page, input) => {
    const { ctx } = page;
    const found = await requirementPeople(ctx, input);
    return page.render(<People ctx={ctx} {...found} />, { title: found.requirement.name, wide: true });
  });
