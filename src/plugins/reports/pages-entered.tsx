import { form, isAllowed, query, Refusal, say, type Context, type Page, type routes } from "#kernel";
import { proofFile } from "#plugins/people";
import { enteredListInput, enteredOneInput, enterInput, evidenceInput } from "./input-entered.ts";
import { enterFigure, readEvidenceFile, seeOneEntered } from "./service/entered.ts";
import { listFigures } from "./service-list.ts";
import { yearOf } from "./rules.ts";
import { enterFigures, seeReports } from "./terms.ts";
import { enteredText as text } from "./text-entered.ts";
import { EnteredList, EnteredOne, type Tried } from "./views-entered.tsx";

const enters = (ctx: Context) => ctx.actor !== null && isAllowed(ctx.actor, enterFigures) && ctx.reach(enterFigures).all;
const onePage = async (page: Page, asked: Parameters<typeof seeOneEntered>[1], refused: { problem: Refusal; tried: Tried } | null) => {
  const { ctx } = page;
  const found = await seeOneEntered(ctx, asked);
  return page.render(
    <EnteredOne
      ctx={ctx}
      page={found}
      enters={enters(ctx)}
      tried={refused?.tried ?? null}
      problem={refused === null ? null : say(ctx.language, refused.problem.words, refused.problem.facts)}
    />,
    {
      title: say(ctx.language, found.thing.title),
      ...(refused === null
        ? {}
        : { status: refused.problem.status === 413 || refused.problem.status === 415 ? refused.problem.status : 422 }),
    },
  );
};

/** The list of figures, one page for each that is entered by hand, and its evidence. */
export const enteredPages = (r: ReturnType<typeof routes>) =>
  r
    .get("/admin/reports/entered", seeReports, query(enteredListInput), async (page, input) => {
      const { ctx } = page;
      const period = yearOf(ctx, input);
      return page.render(
        <EnteredList ctx={ctx} {...period} state={input.state} listed={await listFigures(ctx, { ...period, state: input.state })} />,
        {
          title: say(ctx.language, text.title),
        },
      );
    })
    .get("/admin/reports/entered/:entered", seeReports, query(enteredOneInput), (page, input) =>
      onePage(page, { ...input, ...yearOf(page.ctx, input) }, null),
    )
    .post("/admin/reports/entered/:entered", enterFigures, form(enterInput), async (page, input) => {
      try {
        await enterFigure(page.ctx, input);
        return page.redirect(`/admin/reports/entered/${input.entered}?from=${input.from}&to=${input.to}`);
      } catch (error) {
        if (!(error instanceof Refusal) || ![413, 415, 422].includes(error.status)) throw error;
        return onePage(page, input, { problem: error, tried: input });
      }
    })
    .get("/admin/reports/entered/:entered/:id/file", seeReports, query(evidenceInput), async (page, input) => {
      return proofFile(await readEvidenceFile(page.ctx, input));
    });
