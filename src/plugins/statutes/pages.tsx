/** The law as pages: for anyone to read; for authors to import. */
import { anyone, form, Invalid, parsed, query, Refusal, routes, say, type Context, type Page } from "#kernel";
import { adminInput, articleInput, listInput, statuteInput, textInput, uploadInput } from "./input.ts";
import { compareVersion, importStatute, listPage, readArticle, readStatute } from "./service.ts";
import { keepStatutes } from "./terms.ts";
import { text } from "./text.ts";
import { AdminStatutes, StatuteList } from "./views-list.tsx";
import { StatuteView } from "./views-text.tsx";
import { ArticleView } from "./views.tsx";

/** The uploaded file as a version. @throws {Invalid} it is none */
const readUpload = async (file: File, { language }: Context) => {
  const source = await file.text();
  let given: unknown;
  try {
    given = JSON.parse(source);
  } catch {
    throw new Invalid(text.badFile, { why: say(language, text.notJson) });
  }
  try {
    return parsed(statuteInput, given, language);
  } catch (error) {
    const [first] = error instanceof Invalid ? error.details : [];
    if (first === undefined) throw error;
    throw new Invalid(text.badFile, { why: say(language, first.words, first.facts) });
  }
};
const admin = async (
  page: Page,
  input: { q?: string | undefined; after?: string | undefined; statute?: string | undefined; version?: string | undefined },
  error?: string,
) => {
  const { ctx } = page;
  const compared =
    input.statute === undefined || input.version === undefined ? null : await compareVersion(ctx, input.statute, input.version);
  return page.render(
    <AdminStatutes
      ctx={ctx}
      {...await listPage(ctx, input)}
      q={input.q ?? ""}
      compared={compared}
      {...(error === undefined ? {} : { error })}
    />,
    { title: say(ctx.language, text.adminTitle), wide: true, ...(error === undefined ? {} : { status: 422 as const }) },
  );
};

export const pages = routes()
  .get("/statutes", anyone, query(listInput), async (page, input) =>
    page.render(<StatuteList ctx={page.ctx} {...await listPage(page.ctx, input)} q={input.q ?? ""} />, {
      title: say(page.ctx.language, text.title),
    }),
  )
  .get("/statutes/:statute", anyone, query(textInput), async (page, input) => {
    const found = await readStatute(page.ctx, input);
    return page.render(<StatuteView ctx={page.ctx} page={found} />, { title: found.version.shortTitle });
  })
  .get("/statutes/:statute/:version/:article", anyone, query(articleInput), async (page, input) => {
    const found = await readArticle(page.ctx, input);
    return page.render(<ArticleView ctx={page.ctx} page={found} />, { title: `${found.version.shortTitle}${found.article.label}` });
  })
  .get("/admin/statutes", keepStatutes, query(adminInput), admin)
  .post("/admin/statutes/import", keepStatutes, form(uploadInput), async (page, { file }) => {
    try {
      const { statute, version } = await importStatute(page.ctx, await readUpload(file, page.ctx));
      return page.redirect(`/admin/statutes?statute=${statute}&version=${version}`);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return admin(page, {}, say(page.ctx.language, error.words, error.facts));
    }
  });
