/** Exemptions and deferrals as a file: the upload, its preview, and what it brought. */
import { form, newId, query, say, type Page, type routes } from "#kernel";
import { fileHeaders, xlsxStreamOf } from "#plugins/people";
import { told } from "./pages-excuses.tsx";
import { bulkInput, excuseId, fileInput, withdrawInput } from "./input-excuses.ts";
import { headers } from "./rules-bulk.ts";
import { seeBulk, seeBulkFile, sendBulk, undoBulk, writeBulk } from "./service/excuse-bulk.ts";
import { decideOnExcuses } from "./terms.ts";
import { bulkText as text } from "./text-bulk.ts";
import { BulkForm, BulkPage } from "./views-bulk.tsx";

const uploadPage = async (page: Page, refused?: { words: string; status: 413 | 415 | 422 }) => {
  const { ctx } = page;
  return page.render(<BulkForm ctx={ctx} id={newId(excuseId)} {...await seeBulk(ctx)} problem={refused?.words ?? null} />, {
    title: say(ctx.language, text.bulkTitle),
    ...(refused === undefined ? {} : { status: refused.status }),
  });
};
async function* once(row: readonly string[]) {
  yield row;
}
const at = (id: string) => `/admin/excuses/files/${id}`;

export const bulkPages = (r: ReturnType<typeof routes>) =>
  r
    .get("/admin/excuses/files", decideOnExcuses, (page) => uploadPage(page))
    .get("/admin/excuses/files/template.xlsx", decideOnExcuses, ({ ctx }) => {
      const titles = Object.values(headers).map((names) => names[0] ?? "");
      const sample = ["张三", "清河区示例学校", "", "", "", "免", "考试", "产假", ctx.today, "", "", "示例行，请删掉"];
      return new Response(
        xlsxStreamOf(
          "免考缓考",
          titles.map((words) => ({ words, width: 16 })),
          once(sample),
        ),
        { headers: fileHeaders("xlsx", "免考缓考模板") },
      );
    })
    .post("/admin/excuses/files", decideOnExcuses, form(bulkInput), async (page, input) => {
      try {
        await sendBulk(page.ctx, input);
        return page.redirect(at(input.id));
      } catch (error) {
        return uploadPage(page, told(page.ctx, error));
      }
    })
    .get("/admin/excuses/files/:id", decideOnExcuses, query(fileInput), async (page, { id }) =>
      page.render(<BulkPage ctx={page.ctx} found={await seeBulkFile(page.ctx, id)} />, {
        title: say(page.ctx.language, text.bulkTitle),
        wide: true,
      }),
    )
    .get("/admin/excuses/files/:id/refused.xlsx", decideOnExcuses, query(fileInput), async ({ ctx }, { id }) => {
      const found = await seeBulkFile(ctx, id);
      const [titles, outcomes] = found.is === "preview" ? [found.titles, found.outcomes] : [[], []];
      async function* rows() {
        for (const outcome of outcomes)
          if (outcome.is === "refused")
            yield [
              ...titles.map((_, n) => outcome.cells[n] ?? ""),
              String(outcome.n),
              say(ctx.language, outcome.wrong.words, outcome.wrong.facts),
            ];
      }
      const head = [...titles, say(ctx.language, text.bulkRow), say(ctx.language, text.bulkWhy)];
      const name = say(ctx.language, text.bulkRefused);
      return new Response(
        xlsxStreamOf(
          name,
          head.map((words) => ({ words, width: 16 })),
          rows(),
        ),
        { headers: fileHeaders("xlsx", `${name}-${ctx.today}`) },
      );
    })
    .post("/admin/excuses/files/:id/write", decideOnExcuses, form(fileInput), async (page, { id }) => {
      await writeBulk(page.ctx, id);
      return page.redirect(at(id));
    })
    .post("/admin/excuses/files/:id/undo", decideOnExcuses, form(withdrawInput), async (page, input) => {
      await undoBulk(page.ctx, input);
      return page.redirect(at(input.id));
    });
