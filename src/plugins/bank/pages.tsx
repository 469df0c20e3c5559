/** Pages of the bank: HTTP only. */
import { form, newId, query, routes, say, type Context, type Page } from "#kernel";
import { z } from "zod";
import { copyInput, editInput, listInput, oneInput, questionId } from "./input.ts";
import { approveQuestion, copyQuestion, listBank, listTopics, retireQuestion, saveQuestion, seeQuestion } from "./service.ts";
import { renderTexts } from "#plugins/statutes";
import { keepQuestions } from "./terms.ts";
import { text } from "./text.ts";
import { QuestionForm, QuestionList, QuestionSheet } from "./views.tsx";

const uuid = z.uuid({ version: "v7" }).lowercase();
const topics = (ctx: Context) => listTopics(ctx);
const at = (page: Page, id: string) => page.redirect(`/admin/questions/one?question=${encodeURIComponent(id)}`);

export const pages = routes()
  .get("/admin/questions", keepQuestions, query(listInput), async (page, input) =>
    page.render(<QuestionList ctx={page.ctx} input={input} topics={await topics(page.ctx)} {...await listBank(page.ctx, input)} />, {
      title: say(page.ctx.language, text.title),
      wide: true,
    }),
  )
  .get("/admin/questions/new", keepQuestions, async (page) =>
    page.render(<QuestionForm ctx={page.ctx} id={newId(uuid)} topics={await topics(page.ctx)} question={undefined} />, {
      title: say(page.ctx.language, text.create),
    }),
  )
  .post("/admin/questions", keepQuestions, form(editInput), async (page, input) => {
    await saveQuestion(page.ctx, input);
    return at(page, input.question);
  })
  .get("/admin/questions/one", keepQuestions, query(oneInput), async (page, { question }) => {
    const found = await seeQuestion(page.ctx, question);
    const [explanation] = await renderTexts(page.ctx, [found.explanation]);
    return page.render(<QuestionSheet ctx={page.ctx} question={found} explanation={explanation} copy={newId(uuid)} />, {
      title: say(page.ctx.language, text.title),
    });
  })
  .get("/admin/questions/edit", keepQuestions, query(oneInput), async (page, { question }) =>
    page.render(
      <QuestionForm ctx={page.ctx} id={question} topics={await topics(page.ctx)} question={await seeQuestion(page.ctx, question)} />,
      { title: say(page.ctx.language, text.edit) },
    ),
  )
  .post("/admin/questions/copy", keepQuestions, form(copyInput), async (page, input) => {
    await copyQuestion(page.ctx, input);
    return page.redirect(`/admin/questions/edit?question=${questionId.parse(input.id)}`);
  })
  .post("/admin/questions/retire", keepQuestions, form(oneInput), async (page, input) => {
    await retireQuestion(page.ctx, input);
    return at(page, input.question);
  })
  .post("/admin/questions/approve", keepQuestions, form(oneInput), async (page, input) => {
    await approveQuestion(page.ctx, input);
    return at(page, input.question);
  });
