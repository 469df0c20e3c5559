/** Pages of candidates, and those of officers below them: HTTP only. */
import { form, newId, query, routes, say } from "#kernel";
import { renderTexts } from "#plugins/statutes";
import { adminPages } from "./pages-admin.tsx";
import { attemptId, beginForm, examPage, resultPage, roomPage } from "./input.ts";
import { seeResult } from "./service/result.ts";
import { listMine, myOutside, seeExam, startAttempt } from "./service/sit.ts";
import { ownExams, sitExams } from "./terms.ts";
import { text } from "./text.ts";
import { roomText } from "./text-room.ts";
import { ExamIntro, ExamList, RoomFrame } from "./views.tsx";
import { ResultView } from "./views-result.tsx";

const own = routes()
  .get("/exams", ownExams, async (page) =>
    page.render(<ExamList ctx={page.ctx} mine={await listMine(page.ctx)} outside={await myOutside(page.ctx)} />, {
      title: say(page.ctx.language, text.title),
    }),
  )
  .get("/exams/:exam", ownExams, query(examPage), async (page, { exam }) => {
    const seen = await seeExam(page.ctx, exam);
    return page.render(<ExamIntro ctx={page.ctx} seen={seen} freshId={() => newId(attemptId)} />, {
      title: seen.title,
      islands: ["exam-begin"],
    });
  })
  .post("/exams/:exam/room", sitExams, form(beginForm), async (page, input) => {
    const started = await startAttempt(page.ctx, input);
    return page.redirect(`/exams/${input.exam}/room?sitting=${input.sitting}&attempt=${started.attempt}`);
  })
  .get("/exams/:exam/room", sitExams, query(roomPage), (page, { exam, sitting, attempt }) =>
    // Without an attempt there is no room: back to the pledge, where one stood.
    sitting === undefined || attempt === undefined
      ? page.redirect(`/exams/${exam}`)
      : page.render(<RoomFrame ctx={page.ctx} exam={exam} sitting={sitting} attempt={attempt} />, {
          title: say(page.ctx.language, roomText.roomTitle),
          bare: true,
          islands: ["exam-room"],
        }),
  )
  .get("/exams/:exam/result", ownExams, query(resultPage), async (page, input) => {
    const seen = await seeResult(page.ctx, input);
    const explanations =
      seen.shows === "all" && seen.review
        ? await renderTexts(
            page.ctx,
            seen.review.map((item) => item.explanation),
          )
        : [];
    return page.render(<ResultView ctx={page.ctx} seen={seen} explanations={explanations} again={newId(attemptId)} />, {
      title: say(page.ctx.language, text.resultTitle),
      islands: seen.waits ? ["exam-watch"] : ["cite", "exam-begin"],
    });
  });
export const pages = adminPages(own);
