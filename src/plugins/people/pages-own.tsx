/** The roster of one's own unit, as its head or unit officer keeps it. */
import { form, query, Refusal, say, type Context, type Page, type routes } from "#kernel";
import { closePositionForm, ownAddForm, ownCorrectForm, ownPage, positionOnly, type Did } from "./input.ts";
import { showOwn } from "./service/look.ts";
import { addOwn, closeOwn, correctOwn, lookAtClosing, reopenOwn } from "./service/own.ts";
import { keepOwnPeople } from "./terms.ts";
import { text } from "./text.ts";
import { OwnPage } from "./views-own.tsx";
import { ClosingPage, type RowProblem } from "./views-own-row.tsx";

type R = ReturnType<typeof routes>;
/** What a refusal says; anything else goes on. */
export const problemOf = (ctx: Context, error: unknown): string => {
  if (!(error instanceof Refusal) || error.status !== 422) throw error;
  return say(ctx.language, error.words, error.facts);
};
/** Whether it was refused because somebody of that name is there. */
export const isNamesake = (error: unknown): boolean => error instanceof Refusal && error.words === text.namesake;

const show = async (
  page: Page,
  given: { after?: string | undefined; did?: Did["what"] | undefined; at?: Did["at"] | undefined },
  wrong?: RowProblem,
) => {
  const { about, ...shown } = await showOwn(page.ctx, given.after, given.at ?? wrong?.at);
  return page.render(
    <OwnPage
      ctx={page.ctx}
      {...shown}
      problem={null}
      done={given.did !== undefined && about !== null ? { what: given.did, row: about } : null}
      wrong={wrong ?? null}
    />,
    { title: say(page.ctx.language, text.ownPeople), ...(wrong === undefined ? {} : { status: 422 }) },
  );
};
/** To the row, where its notice stands. */
const to = (page: Page, what: Did["what"], at: Did["at"]) => page.redirect(`/unit/people?did=${what}&at=${at}#p-${at}`);

export const ownPages = (r: R) =>
  r
    .get("/unit/people", keepOwnPeople, query(ownPage), (page, given) => show(page, given))
    .post("/unit/people", keepOwnPeople, form(ownAddForm), async (page, given) => {
      const { ctx } = page;
      try {
        await addOwn(ctx, given);
        return to(page, "added", given.position);
      } catch (error) {
        const problem = problemOf(ctx, error);
        const { about: _, ...shown } = await showOwn(ctx, undefined);
        return page.render(
          <OwnPage ctx={ctx} {...shown} problem={problem} namesake={isNamesake(error)} given={given} done={null} wrong={null} />,
          { title: say(ctx.language, text.ownPeople), status: 422 },
        );
      }
    })
    .post("/unit/people/:person/correct", keepOwnPeople, form(ownCorrectForm), async (page, { at, ...given }) => {
      try {
        await correctOwn(page.ctx, given);
        return at === undefined ? page.redirect("/unit/people") : to(page, "corrected", at);
      } catch (error) {
        if (at === undefined) throw error;
        return show(page, {}, { at, problem: problemOf(page.ctx, error), name: given.name, phone: given.phone ?? "" });
      }
    })
    .get("/unit/people/positions/:position/close", keepOwnPeople, query(closePositionForm), async (page, given) => {
      const { ctx } = page;
      try {
        return await page.render(<ClosingPage ctx={ctx} until={given.until} {...await lookAtClosing(ctx, given)} />, {
          title: say(ctx.language, text.closePosition),
        });
      } catch (error) {
        return show(page, {}, { at: given.position, problem: problemOf(ctx, error), until: given.until });
      }
    })
    .post("/unit/people/positions/:position/close", keepOwnPeople, form(closePositionForm), async (page, given) => {
      try {
        await closeOwn(page.ctx, given);
        return to(page, "closed", given.position);
      } catch (error) {
        return show(page, {}, { at: given.position, problem: problemOf(page.ctx, error), until: given.until });
      }
    })
    .post("/unit/people/positions/:position/reopen", keepOwnPeople, form(positionOnly), async (page, { position }) => {
      await reopenOwn(page.ctx, { position });
      return to(page, "reopened", position);
    });
