/** One-time links and the first run. */
import { anyone, form, Invalid, NotFound, query, Refusal, say, type Page, type routes } from "#kernel";
import { codePath, firstRunForm, giveLinksForm, linksPage, personPath, typedUnit, useCodeForm } from "./input.ts";
import { goOn } from "./pages-sign-in.tsx";
import { fileHeaders, xlsxOf } from "./rules-export.ts";
import { firstRun } from "./service/first-run.ts";
import { giveLinksTo, giveLinkTo, linkDays, lookAtLink, signInByLink } from "./service/link.ts";
import { chooseUnits, withUnit } from "./service/choose.ts";
import { giveLinks } from "./terms.ts";
import { text } from "./text.ts";
import { FirstRunDonePage, FirstRunPage, LinkGonePage, LinkPage, LinksPage, OneLinkPage, SlipsPage, wordsOf } from "./views-links.tsx";

const freshPage = () => crypto.randomUUID();
const problemOf = (page: Page, error: unknown): string => {
  if (!(error instanceof Refusal)) throw error;
  return say(page.ctx.language, error.words, error.facts);
};
const linksForm = async (page: Page, action: string, unit: string | undefined, problem: string | null) =>
  page.render(
    <LinksPage
      ctx={page.ctx}
      units={await chooseUnits(page.ctx, giveLinks, unit)}
      unit={unit}
      days={await linkDays(page.ctx)}
      action={action}
      problem={problem}
    />,
    {
      title: say(page.ctx.language, text.links),
      ...(problem === null ? {} : { status: 422 }),
    },
  );

/** Whoever came in by it before goes on; anybody else hears what to do. */
const usedLink = async (page: Page, code: string) =>
  (await lookAtLink(page.ctx, code)) === "on"
    ? page.redirect("/me")
    : page.render(<LinkGonePage ctx={page.ctx} />, { title: say(page.ctx.language, text.linkGoneTitle), status: 404 });

/** Slips and tables, the same for the bureau (/admin) and a unit's own officer (/unit). */
const linkPages = (r: ReturnType<typeof routes>, base: "/admin/people" | "/unit/people") =>
  r
    .get(`${base}/links`, giveLinks, query(linksPage), (page, { unit }) => linksForm(page, `${base}/links`, unit, null))
    .post(`${base}/links`, giveLinks, form(giveLinksForm.extend(typedUnit)), async (page, given) => {
      const { ctx } = page;
      try {
        const { links, skipped } = await giveLinksTo(ctx, await withUnit(ctx, giveLinks, given));
        if (given.as === "slips")
          return await page.render(<SlipsPage ctx={ctx} links={links} skipped={skipped} back={`${base}/links`} />, {
            title: say(ctx.language, text.links),
            islands: ["acts"],
          });
        const t = (words: Parameters<typeof say>[1]) => say(ctx.language, words);
        const file = await xlsxOf(
          t(text.links),
          [
            { words: t(text.columnUnit), width: 28 },
            { words: t(text.name), width: 12 },
            { words: t(text.login), width: 14 },
            { words: t(text.columnLink), width: 60 },
            { words: t(text.columnWords), width: 100 },
          ],
          links.map((link) => [link.unit, link.name, link.login, link.url, wordsOf(ctx, link)]),
        );
        return new Response(file, { headers: fileHeaders("xlsx", `${t(text.links)}-${ctx.today}`) });
      } catch (error) {
        return linksForm(page, `${base}/links`, given.unit, problemOf(page, error));
      }
    })
    .post(`${base}/:person/link`, giveLinks, form(personPath), async (page, { person }) => {
      const link = await giveLinkTo(page.ctx, { person });
      return page.render(<OneLinkPage ctx={page.ctx} link={link} back={base === "/unit/people" ? base : `${base}/${person}`} />, {
        title: say(page.ctx.language, text.linkReady, { name: link.name }),
        islands: ["acts"],
      });
    });

export const linkAndFirstRunPages = (r: ReturnType<typeof routes>) =>
  linkPages(linkPages(r, "/admin/people"), "/unit/people")
    .get("/sign-in/:code", anyone, query(codePath), async (page, { code }) =>
      (await lookAtLink(page.ctx, code)) === "button"
        ? page.render(<LinkPage ctx={page.ctx} code={code} page={freshPage()} />, { title: say(page.ctx.language, text.linkTitle) })
        : usedLink(page, code),
    )
    .post("/sign-in/:code", anyone, form(useCodeForm), async (page, given) => {
      try {
        return goOn(page, await signInByLink(page.ctx, given), undefined);
      } catch (error) {
        if (!(error instanceof NotFound)) throw error;
        return usedLink(page, given.code);
      }
    })
    .get("/first-run/:code", anyone, query(codePath), (page, { code }) =>
      page.render(<FirstRunPage ctx={page.ctx} code={code} problem={null} />, { title: say(page.ctx.language, text.firstRunTitle) }),
    )
    .post("/first-run/:code", anyone, form(firstRunForm), async (page, given) => {
      const { ctx } = page;
      try {
        if (given.password !== given.repeat) throw new Invalid(text.passwordsDiffer);
        const { opened, login } = await firstRun(ctx, given);
        const answer = await page.render(<FirstRunDonePage ctx={ctx} login={login} />, { title: say(ctx.language, text.firstRunDone) });
        for (const cookie of opened.cookies) answer.headers.append("set-cookie", cookie);
        return answer;
      } catch (error) {
        return page.render(
          <FirstRunPage ctx={ctx} code={given.code} problem={problemOf(page, error)} body={given.body} name={given.name} />,
          { title: say(ctx.language, text.firstRunTitle), status: 422 },
        );
      }
    });
