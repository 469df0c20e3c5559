/** Pages of officers and proctors: HTTP only. */
import { form, isAllowed, newId, notFound, query, say, type Page, type routes } from "#kernel";
import { listTopics } from "#plugins/bank";
import { listCourses } from "#plugins/courses";
import {
  accommodationForm,
  adminList,
  attemptPage,
  blueprintForm,
  changedForm,
  changeOutsideForm,
  endForm,
  examForm,
  examId,
  examPage,
  extendForm,
  incidentId,
  monitorPage,
  newExamForm,
  outsideForm,
  sittingForm,
  sittingPage,
  sittingId,
  sittingRemoval,
} from "./input.ts";
import { changeOutsideExam, dropOutsideExam, registerOutside } from "./service/outside.ts";
import {
  beginExam,
  changeBlueprint,
  changeExam,
  changeSitting,
  dropExam,
  dropSitting,
  listExamsPage,
  seePlan,
  seePlanPage,
} from "./service/plan.ts";
import { publishExam } from "./service/publish.ts";
import { endAttempt, extendAttempt, seeAccommodations, setAccommodation, watchAttempt, watchSitting } from "./service/watch.ts";
import { accommodate, planExams, watchExams } from "./terms.ts";
import { text } from "./text.ts";
import { ExamPlan, ExamsAdmin } from "./views-admin.tsx";
import { OutsidePlan } from "./views-outside.tsx";
import { SittingPage } from "./views-plan.tsx";
import { AttemptSheet, Monitor } from "./views-watch.tsx";

const toPlan = (page: Page, exam: string) => page.redirect(`/admin/exams/${exam}`);
const toAttempt = (page: Page, exam: string, attempt: string) => page.redirect(`/admin/exams/${exam}/monitor/${attempt}`);

type Routes = ReturnType<typeof routes>;
export const adminPages = (pages: Routes): Routes =>
  pages
    .get("/admin/exams", watchExams, query(adminList), async (page, { after }) => {
      const { ctx } = page;
      return page.render(
        <ExamsAdmin
          ctx={ctx}
          {...await listExamsPage(ctx, after)}
          id={newId(examId)}
          outsideId={newId(examId)}
          plans={ctx.actor !== null && isAllowed(ctx.actor, planExams)}
        />,
        { title: say(ctx.language, text.adminTitle), wide: true },
      );
    })
    .post("/admin/exams", planExams, form(newExamForm), async (page, input) => {
      await beginExam(page.ctx, input);
      return toPlan(page, input.id);
    })
    .get("/admin/exams/:exam", planExams, query(examPage), async (page, { exam }) => {
      const { ctx } = page;
      const plan = await seePlanPage(ctx, exam);
      if (plan.exam.outside !== null)
        return page.render(<OutsidePlan ctx={ctx} exam={plan.exam} outside={plan.exam.outside} />, { title: plan.exam.title });
      const [topics, courses, given] = [await listTopics(ctx), await listCourses(ctx), await seeAccommodations(ctx, exam)];
      return page.render(<ExamPlan ctx={ctx} {...plan} topics={topics} courses={courses} accommodations={given} />, {
        title: plan.exam.title,
        wide: true,
      });
    })
    .post("/admin/exams/external", planExams, form(outsideForm), async (page, input) => {
      await registerOutside(page.ctx, input);
      return toPlan(page, input.id);
    })
    .post("/admin/exams/:exam/external", planExams, form(changeOutsideForm), async (page, input) => {
      await changeOutsideExam(page.ctx, input);
      return toPlan(page, input.exam);
    })
    .post("/admin/exams/:exam/external/remove", planExams, form(changedForm), async (page, input) => {
      await dropOutsideExam(page.ctx, input);
      return page.redirect("/admin/exams");
    })
    .post("/admin/exams/:exam", planExams, form(examForm), async (page, input) => {
      await changeExam(page.ctx, input);
      return toPlan(page, input.exam);
    })
    .post("/admin/exams/:exam/blueprint", planExams, form(blueprintForm), async (page, input) => {
      await changeBlueprint(page.ctx, input);
      return toPlan(page, input.exam);
    })
    .get("/admin/exams/:exam/sitting", planExams, query(sittingPage), async (page, input) => {
      const { ctx } = page;
      const { exam, sittings } = await seePlan(ctx, input.exam);
      if (exam.outside !== null) return notFound();
      const sitting = input.sitting === undefined ? undefined : (sittings.find((s) => s.id === input.sitting) ?? notFound());
      return page.render(
        <SittingPage ctx={ctx} exam={exam} sitting={sitting} id={sitting?.id ?? newId(sittingId)} courses={await listCourses(ctx)} />,
        { title: exam.title },
      );
    })
    .post("/admin/exams/:exam/sittings", planExams, form(sittingForm), async (page, input) => {
      await changeSitting(page.ctx, input);
      return toPlan(page, input.exam);
    })
    .post("/admin/exams/:exam/sittings/remove", planExams, form(sittingRemoval), async (page, input) => {
      await dropSitting(page.ctx, input);
      return toPlan(page, input.exam);
    })
    .post("/admin/exams/:exam/publish", planExams, form(changedForm), async (page, input) => {
      await publishExam(page.ctx, input);
      return toPlan(page, input.exam);
    })
    .post("/admin/exams/:exam/remove", planExams, form(changedForm), async (page, input) => {
      await dropExam(page.ctx, input);
      return page.redirect("/admin/exams");
    })
    .post("/admin/exams/:exam/accommodations", accommodate, form(accommodationForm), async (page, input) => {
      await setAccommodation(page.ctx, input);
      return page.redirect(`/admin/exams/${input.exam}#accommodations`);
    })
    .get("/admin/exams/:exam/monitor", watchExams, query(monitorPage), async (page, input) => {
      const watch = await watchSitting(page.ctx, input);
      return page.render(<Monitor ctx={page.ctx} watch={watch} state={input.state} />, {
        title: say(page.ctx.language, text.monitorOf, { title: watch.exam.title }),
        wide: true,
        islands: ["exam-watch"],
      });
    })
    .get("/admin/exams/:exam/monitor/:attempt", watchExams, query(attemptPage), async (page, input) =>
      page.render(<AttemptSheet ctx={page.ctx} {...await watchAttempt(page.ctx, input)} ids={[newId(incidentId), newId(incidentId)]} />, {
        title: say(page.ctx.language, text.monitor),
      }),
    )
    .post("/admin/exams/:exam/monitor/:attempt/extend", watchExams, form(extendForm), async (page, input) => {
      await extendAttempt(page.ctx, input);
      return toAttempt(page, input.exam, input.attempt);
    })
    .post("/admin/exams/:exam/monitor/:attempt/end", watchExams, form(endForm), async (page, input) => {
      await endAttempt(page.ctx, input);
      return toAttempt(page, input.exam, input.attempt);
    });
