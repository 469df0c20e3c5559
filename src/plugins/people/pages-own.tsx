/** The roster of one's own unit, as its head or unit officer keeps it. */
import { form, query, Refusal, say, type Context, type routes } from "#kernel";
import { z } from "zod";
import { closePositionForm, ownAddForm, ownCorrectForm } from "./input.ts";
import { showOwn } from "./service/look.ts";
import { addOwn, closeOwn, correctOwn } from "./service/own.ts";
import { keepOwnPeople } from "./terms.ts";
import { text } from "./text.ts";
import { OwnPage } from "./views-own.tsx";

type R = ReturnType<typeof routes>;
const after = z.object({ after: z.string().max(200).optional() });
/** What a refusal says; anything else goes on. */
export const problemOf = (ctx: Context, error: unknown): string => {
  if (!(error instanceof Refusal) || error.status !== 422) throw error;
  return say(ctx.language, error.words, error.facts);
};
export const ownPages = (r: R) =>
  r
    .get("/unit/people", keepOwnPeople, query(after), async (page, given) =>
      page.render(<OwnPage ctx={page.ctx} {...await showOwn(page.ctx, given.after)} problem={null} />, {
        title: say(page.ctx.language, text.ownPeople),
      }),
    )
    .post("/unit/people", keepOwnPeople, form(ownAddForm), async (page, given) => {
      const { ctx } = page;
      try {
        await addOwn(ctx, given);
        return page.redirect("/unit/people");
      } catch (error) {
        const problem = problemOf(ctx, error);
        return page.render(<OwnPage ctx={ctx} {...await showOwn(ctx, undefined)} problem={problem} given={given} />, {
          title: say(ctx.language, text.ownPeople),
          status: 422,
        });
      }
    })
    .post("/unit/people/:person/correct", keepOwnPeople, form(ownCorrectForm), async (page, given) => {
      await correctOwn(page.ctx, given);
      return page.redirect("/unit/people");
    })
    .post("/unit/people/positions/:position/close", keepOwnPeople, form(closePositionForm), async (page, given) => {
      await closeOwn(page.ctx, given);
      return page.redirect("/unit/people");
    });
