/** Exemptions and deferrals: asked for at /unit/excuses, decided at /admin/excuses, listed below each requirement. */
import { form, isAllowed, query, Refusal, say, type Context, type Page, type routes } from "#kernel";
import { proofFile } from "#plugins/people";
import {
  askInput,
  decideInput,
  excusedInput,
  fileInput,
  forPerson,
  leavingInput,
  listInput,
  pageInput,
  withdrawInput,
  yearInput,
  type AskInput,
  type ListInput,
} from "./input-excuses.ts";
import { askExcuse, enterExcuse, findOwing, seeOwed, seeOwnOwed, seeOwnOwing, takeBackExcuse } from "./service/excuse-ask.ts";
import { decideExcuses, withdrawApproval } from "./service/excuse-decide.ts";
import { readExcuseFile } from "./service/excuse-file.ts";
import { changeLeaving, seeLeaving } from "./service/excuse-leaving.ts";
import { seeExcused, seeExcuses, seeOwnExcuses } from "./service/excuse-list.ts";
import { askExcuses, decideOnExcuses, readProofs, seeRequirements, setLeaving } from "./terms.ts";
import { excuseText as text } from "./text-excuses.ts";
import { ExcuseForm, LeavingPage } from "./views-excuse-form.tsx";
import { ExcusedList } from "./views-excused-list.tsx";
import { ExcuseList, OwnExcuses } from "./views-excuses.tsx";

const sets = (ctx: Context) => ctx.actor !== null && isAllowed(ctx.actor, setLeaving) && ctx.reach(setLeaving).all;
/** A refusal that its form shows; anything else goes on. */
export const told = (ctx: Context, error: unknown) => {
  if (!(error instanceof Refusal) || (error.status !== 413 && error.status !== 415 && error.status !== 422)) throw error;
  return { words: say(ctx.language, error.words, error.facts), status: error.status };
};
const list = async (page: Page, input: ListInput, refused?: { words: string; status: 413 | 415 | 422 }) => {
  const { ctx } = page;
  const found = input.find === undefined || input.find === "" ? null : await findOwing(ctx, input.find);
  return page.render(
    <ExcuseList
      ctx={ctx}
      input={input}
      {...await seeExcuses(ctx, input)}
      found={found}
      sets={sets(ctx)}
      problem={refused?.words ?? null}
    />,
    { title: say(ctx.language, text.title), ...(refused === undefined ? {} : { status: refused.status }) },
  );
};
type Mending = { given: AskInput; words: string; status: 413 | 415 | 422 };
const formPage = async (page: Page, enters: boolean, person: Parameters<typeof seeOwed>[1], mending?: Mending) => {
  const { ctx } = page;
  const owed = await (enters ? seeOwed(ctx, person) : seeOwnOwed(ctx, person));
  return page.render(<ExcuseForm ctx={ctx} owed={owed} enters={enters} given={mending?.given ?? null} problem={mending?.words ?? null} />, {
    title: say(ctx.language, enters ? text.enterTitle : text.askTitle),
    ...(mending === undefined ? {} : { status: mending.status }),
  });
};
const askForm = askInput.extend(forPerson.shape);

export const excusePages = (r: ReturnType<typeof routes>) =>
  r
    .get("/unit/excuses", askExcuses, query(pageInput), async (page, { after }) => {
      const { ctx } = page;
      return page.render(<OwnExcuses ctx={ctx} {...await seeOwnExcuses(ctx, after)} people={await seeOwnOwing(ctx)} />, {
        title: say(ctx.language, text.askTitle),
      });
    })
    .get("/unit/excuses/new", askExcuses, query(forPerson), (page, { person }) => formPage(page, false, person))
    .post("/unit/excuses", askExcuses, form(askForm), async (page, { person, ...given }) => {
      try {
        await askExcuse(page.ctx, given);
        return page.redirect("/unit/excuses");
      } catch (error) {
        return formPage(page, false, person, { given, ...told(page.ctx, error) });
      }
    })
    .post("/unit/excuses/:id/take-back", askExcuses, form(withdrawInput), async (page, input) => {
      await takeBackExcuse(page.ctx, input);
      return page.redirect("/unit/excuses");
    })
    .get("/excuses/:id/file", readProofs, query(fileInput), async (page, { id }) => {
      return proofFile(await readExcuseFile(page.ctx, id));
    })
    .get("/admin/excuses", decideOnExcuses, query(listInput), (page, input) => list(page, input))
    .post("/admin/excuses/decide", decideOnExcuses, form(decideInput), async (page, input) => {
      try {
        await decideExcuses(page.ctx, input);
        return page.redirect("/admin/excuses");
      } catch (error) {
        return list(page, {}, told(page.ctx, error));
      }
    })
    .get("/admin/excuses/new", decideOnExcuses, query(forPerson), (page, { person }) => formPage(page, true, person))
    .post("/admin/excuses", decideOnExcuses, form(askForm), async (page, { person, ...given }) => {
      try {
        await enterExcuse(page.ctx, given);
        return page.redirect("/admin/excuses?state=approved");
      } catch (error) {
        return formPage(page, true, person, { given, ...told(page.ctx, error) });
      }
    })
    .post("/admin/excuses/:id/withdraw", decideOnExcuses, form(withdrawInput), async (page, input) => {
      await withdrawApproval(page.ctx, input);
      return page.redirect("/admin/excuses?state=withdrawn");
    })
    .get("/admin/excuses/settings", setLeaving, query(yearInput), async (page, { year, saved }) => {
      const { ctx } = page;
      const asked = year ?? Number(ctx.today.slice(0, 4));
      return page.render(<LeavingPage ctx={ctx} year={asked} leaving={await seeLeaving(ctx, asked)} saved={saved} />, {
        title: say(ctx.language, text.settingsTitle),
      });
    })
    .post("/admin/excuses/settings", setLeaving, form(leavingInput), async (page, input) => {
      await changeLeaving(page.ctx, input);
      return page.redirect(`/admin/excuses/settings?year=${input.year}&saved=1`);
    })
    .get("/admin/requirements/:id/excused", seeRequirements, query(excusedInput), async (page, input) => {
      const { ctx } = page;
      const found = await seeExcused(ctx, input);
      return page.render(<ExcusedList ctx={ctx} {...found} decides={ctx.actor !== null && isAllowed(ctx.actor, decideOnExcuses)} />, {
        title: found.requirement.name,
        wide: true,
      });
    });
