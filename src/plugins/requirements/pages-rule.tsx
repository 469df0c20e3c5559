/** Pages of the rules: HTTP only. */
import {
  form,
  Invalid,
  isAllowed,
  newId,
  query,
  requirementId,
  say,
  type Context,
  type Page,
  type RequirementId,
  type routes,
} from "#kernel";
import { listCourses, listLessons } from "#plugins/courses";
import { listExams } from "#plugins/exams";
import { chooseUnits } from "#plugins/people";
import { hitsInput, oneInput, ruleInput, type RuleInput } from "./input.ts";
import { activateRequirement, endRequirement } from "./service/activate.ts";
import { seeExcusedCounts } from "./service/excuse-list.ts";
import {
  changeRequirement,
  createRequirement,
  deleteDraft,
  seeDraft,
  seeHits,
  seeRequirement,
  seeRequirementList,
  wholeBody,
} from "./service/rule.ts";
import { manageRequirements, seeRequirements } from "./terms.ts";
import { text } from "./text.ts";
import { givenOf, RuleForm, type Given } from "./views-rule-form.tsx";
import { HitPeople, HitUnits } from "./views-hits.tsx";
import { List, One } from "./views-rule.tsx";

type Routes = ReturnType<typeof routes>;
const manages = (ctx: Context) => ctx.actor !== null && isAllowed(ctx.actor, manageRequirements) && ctx.reach(manageRequirements).all;
const toRule = (page: Page, id: RequirementId) => page.redirect(`/admin/requirements/${id}`);
const formPage = async (page: Page, at: { id: RequirementId; isNew: boolean }, given: Given, problem: Invalid | null) => {
  const { ctx } = page;
  const choices = {
    courses: await listCourses(ctx),
    lessons: await listLessons(ctx),
    exams: await listExams(ctx),
    units: await chooseUnits(ctx, manageRequirements, given.unit),
  };
  const words = problem === null ? null : say(ctx.language, problem.words, problem.facts);
  return page.render(<RuleForm ctx={ctx} {...at} given={given} choices={choices} problem={words} />, {
    title: say(ctx.language, at.isNew ? text.create : text.change),
    ...(problem === null ? {} : { status: 422 }),
  });
};
/** Does it, or shows the form as it was filled, with why not. */
const orForm = async (page: Page, isNew: boolean, input: RuleInput, act: () => Promise<unknown>) => {
  try {
    await act();
    return toRule(page, input.id);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    const { id, ...given } = input;
    return formPage(page, { id, isNew }, given, error);
  }
};

export const rulePages = (pages: Routes): Routes =>
  pages
    .get("/admin/requirements", seeRequirements, async (page) =>
      page.render(<List ctx={page.ctx} rows={await seeRequirementList(page.ctx)} manages={manages(page.ctx)} />, {
        title: say(page.ctx.language, text.title),
      }),
    )
    .get("/admin/requirements/new", manageRequirements, (page) => {
      wholeBody(page.ctx);
      return formPage(page, { id: newId(requirementId), isNew: true }, {}, null);
    })
    .post("/admin/requirements", manageRequirements, form(ruleInput), (page, input) =>
      orForm(page, true, input, () => createRequirement(page.ctx, input)),
    )
    .get("/admin/requirements/:id", seeRequirements, query(oneInput), async (page, { id }) => {
      const found = await seeRequirement(page.ctx, id);
      const isRunning = found.job?.state === "queued" || found.job?.state === "running";
      const excused = await seeExcusedCounts(page.ctx, id);
      return page.render(<One ctx={page.ctx} {...found} excused={excused} manages={manages(page.ctx)} />, {
        title: found.requirement.name,
        ...(isRunning ? { refresh: 2 } : {}),
      });
    })
    .get("/admin/requirements/:id/change", manageRequirements, query(oneInput), async (page, { id }) =>
      formPage(page, { id, isNew: false }, givenOf(await seeDraft(page.ctx, id)), null),
    )
    .post("/admin/requirements/:id/change", manageRequirements, form(ruleInput), (page, input) =>
      orForm(page, false, input, () => changeRequirement(page.ctx, input)),
    )
    .get("/admin/requirements/:id/hits", seeRequirements, query(hitsInput), async (page, input) => {
      const { ctx } = page;
      const found = await seeHits(ctx, input);
      return page.render("units" in found ? <HitUnits ctx={ctx} {...found} /> : <HitPeople ctx={ctx} {...found} />, {
        title: found.requirement.name,
        wide: true,
      });
    })
    .post("/admin/requirements/:id/activate", manageRequirements, form(oneInput), async (page, { id }) => {
      await activateRequirement(page.ctx, id);
      return toRule(page, id);
    })
    .post("/admin/requirements/:id/end", manageRequirements, form(oneInput), async (page, { id }) => {
      await endRequirement(page.ctx, id);
      return toRule(page, id);
    })
    .post("/admin/requirements/:id/delete", manageRequirements, form(oneInput), async (page, { id }) => {
      await deleteDraft(page.ctx, id);
      return page.redirect("/admin/requirements");
    });
