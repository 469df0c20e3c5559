/** Study as pages: all plain forms; the islands add the popover of citations and the measuring of time. */
import { Conflict, form, Invalid, newId, query, recordId, routes, say, type Page } from "#kernel";
import {
  againInput,
  answerInput,
  beatInput,
  caseInput,
  checkInput,
  chooseInput,
  courseInput,
  lessonInput,
  reviewInput,
  startInput,
} from "./input.ts";
import { beatLesson, openLesson, readLesson, seeCourse, seeCourses, studyAgain } from "./service.ts";
import { answerCheck, seeCheck, type CheckPage } from "./service-check.ts";
import { chooseInCase, seeCase, startCase } from "./service-cases.ts";
import { reviewFlag, seeAdmin } from "./service-admin.ts";
import { keepCourses, study } from "./terms.ts";
import { text } from "./text.ts";
import { AdminCourses } from "./views-admin.tsx";
import { CaseView } from "./views-case.tsx";
import { CheckView } from "./views-check.tsx";
import { CourseList, CourseView, LessonView } from "./views.tsx";

/** A browser that only looks ahead (prefetch, prerender) opens nothing. */
const looksAhead = (page: Page) => /prefetch|prerender/.test(page.http.req.header("sec-purpose") ?? page.http.req.header("purpose") ?? "");
/** `refused`: why the answer that was sent counts for nothing. */
const checkPage = (page: Page, found: CheckPage, refused: string | null) =>
  page.render(<CheckView ctx={page.ctx} page={found} refused={refused} />, {
    title: say(page.ctx.language, text.checkTitle, { title: found.title }),
    islands: ["cite"],
    ...(refused === null ? {} : { status: 422 }),
  });
const fresh = () => newId(recordId);

export const pages = routes()
  .get("/courses", study, async (page) =>
    page.render(<CourseList ctx={page.ctx} standings={await seeCourses(page.ctx)} />, { title: say(page.ctx.language, text.title) }),
  )
  .get("/courses/:course", study, query(courseInput), async (page, { course }) => {
    const standing = await seeCourse(page.ctx, course);
    return page.render(<CourseView ctx={page.ctx} standing={standing} again={fresh()} />, { title: standing.title });
  })
  .post("/courses/:course/again", study, form(againInput), async (page, input) => {
    await studyAgain(page.ctx, input);
    return page.redirect(`/courses/${input.course}`);
  })
  // Before lessons: a lesson is never called "cases".
  .get("/courses/:course/cases/:case", study, query(caseInput), async (page, input) => {
    const found = await seeCase(page.ctx, input);
    return page.render(<CaseView ctx={page.ctx} page={found} fresh={fresh()} />, { title: found.story.title, islands: ["cite"] });
  })
  .post("/courses/:course/cases/:case/start", study, form(startInput), async (page, input) => {
    await startCase(page.ctx, input);
    return page.redirect(`/courses/${input.course}/cases/${input.case}`);
  })
  .post("/courses/:course/cases/:case", study, form(chooseInput), async (page, input) => {
    await chooseInCase(page.ctx, input);
    return page.redirect(`/courses/${input.course}/cases/${input.case}`);
  })
  .get("/courses/:course/:lesson", study, query(lessonInput), async (page, input) => {
    const found = await openLesson(page.ctx, input, looksAhead(page));
    return page.render(<LessonView ctx={page.ctx} page={found} beat={found.standing.beat} />, {
      title: found.title,
      islands: ["cite", "study"],
    });
  })
  .post("/courses/:course/:lesson/read", study, form(lessonInput), async (page, input) => {
    await readLesson(page.ctx, input);
    return page.redirect(`/courses/${input.course}/${input.lesson}/check`);
  })
  .get("/courses/:course/:lesson/check", study, query(checkInput), async (page, input) => {
    const found = await seeCheck(page.ctx, input).catch((error: unknown) => {
      // Not read yet: back to reading.
      if (error instanceof Conflict) return null;
      throw error;
    });
    if (found === null) return page.redirect(`/courses/${input.course}/${input.lesson}`);
    return checkPage(page, found, null);
  })
  .post("/courses/:course/:lesson/check", study, form(answerInput), async (page, input) => {
    try {
      await answerCheck(page.ctx, input);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      // Nothing was chosen: the question again, with a word about it.
      const found = await seeCheck(page.ctx, { course: input.course, lesson: input.lesson });
      return checkPage(page, found, say(page.ctx.language, error.words, error.facts));
    }
    return page.redirect(`/courses/${input.course}/${input.lesson}/check?q=${input.question}`);
  })
  .post("/courses/:course/:lesson/beat", study, form(beatInput), async (page, input) => Response.json(await beatLesson(page.ctx, input)))
  .get("/admin/courses", keepCourses, async (page) =>
    page.render(<AdminCourses ctx={page.ctx} page={await seeAdmin(page.ctx)} />, {
      title: say(page.ctx.language, text.adminTitle),
      wide: true,
    }),
  )
  .post("/admin/courses/review", keepCourses, form(reviewInput), async (page, input) => {
    await reviewFlag(page.ctx, input);
    return page.redirect("/admin/courses");
  });
