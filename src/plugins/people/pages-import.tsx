/** Imports, for the bureau (/admin/imports) and a unit's own officer (/unit/people/imports): the same pages. */
import { form, may, query, Refusal, say, type Page, type Permission, type routes } from "#kernel";
import { answersForm, commitImportForm, importPage, importPath, recheckForm, uploadForm } from "./input.ts";
import { fileHeaders, xlsxStreamOf } from "./rules-export.ts";
import { fieldsOf, headersOf } from "./rules-headers.ts";
import { lookAtSheet } from "./rules-read.ts";
import { checkAgain, fileOf, findOwnImport, takeFile } from "./service/import-file.ts";
import { fallbackChoices, listOwnImports, refusedRows, showImport } from "./service/import-look.ts";
import { undoImport } from "./service/import-undo.ts";
import { decideImport } from "./service/import-write.ts";
import { importRoster, keepOwnPeople } from "./terms.ts";
import { text } from "./text.ts";
import { ImportPage, isRunning } from "./views-import.tsx";
import { ImportsPage } from "./views-imports.tsx";

type R = ReturnType<typeof routes>;
/** Fields that a form calls `prefix.N`. */
const numbered = (given: Record<string, unknown>, prefix: string): [number, string][] =>
  Object.entries(given).flatMap(([name, value]) => {
    const n = new RegExp(`^${prefix}\\.(\\d{1,6})$`).exec(name)?.[1];
    return n !== undefined && typeof value === "string" ? [[Number(n), value] as [number, string]] : [];
  });
const listPage = async (page: Page, base: string, problem: Refusal | null) =>
  page.render(
    <ImportsPage
      ctx={page.ctx}
      base={base}
      list={await listOwnImports(page.ctx)}
      problem={problem === null ? null : say(page.ctx.language, problem.words, problem.facts)}
      kinds={may(page.ctx, importRoster) ? ["people", "units"] : ["people"]}
    />,
    {
      title: say(page.ctx.language, text.imports),
      ...(problem === null ? {} : { status: problem.status === 413 || problem.status === 415 ? problem.status : 422 }),
    },
  );

const importPagesAt = (r: R, base: string, needs: Permission) =>
  r
    .get(base, needs, (page) => listPage(page, base, null))
    .post(base, needs, form(uploadForm), async (page, { id, kind, file }) => {
      try {
        await takeFile(page.ctx, {
          id,
          kind,
          name: file.name,
          bytes: new Uint8Array(await file.arrayBuffer()),
          fallback: null,
          answers: {},
          then: "preview",
          watched: true,
        });
        return page.redirect(`${base}/${id}`);
      } catch (error) {
        if (!(error instanceof Refusal) || ![413, 415, 422].includes(error.status)) throw error;
        return listPage(page, base, error);
      }
    })
    .get(`${base}/:import`, needs, query(importPage), async (page, given) => {
      const { ctx } = page;
      const { units, ...show } = await showImport(ctx, given.import, given.after ?? 0);
      const { found, job } = show;
      const running = isRunning(found, job);
      const sheets =
        found.state === "ready" && found.sheet !== null
          ? (await lookAtSheet(await fileOf(ctx, found.id), headersOf(found.kind), found.sheet, 0)).sheets
          : [];
      return page.render(
        <ImportPage ctx={ctx} base={base} {...show} sheets={sheets} fallbacks={fallbackChoices(ctx, found.kind, units)} />,
        { title: say(ctx.language, text.imports), ...(running ? { refresh: 2 } : {}) },
      );
    })
    .post(`${base}/:import/check`, needs, form(recheckForm), async (page, given) => {
      const { ctx } = page;
      const found = await findOwnImport(ctx, given.import);
      const sheet = given.sheet ?? found.sheet;
      const chosen = new Map(numbered(given, "column"));
      const fields = fieldsOf(found.kind);
      // Another sheet or header row: guess anew; else the columns as they were chosen.
      if (sheet !== found.sheet || given.header !== found.header) {
        const { guess, titles } = await lookAtSheet(await fileOf(ctx, found.id), headersOf(found.kind), sheet, given.header);
        const header = given.header > 0 ? given.header : guess.header;
        await checkAgain(ctx, found.id, {
          sheet,
          header,
          fallback: given.fallback ?? null,
          ...(guess.header === header ? { columns: guess.columns, titles: guess.titles } : { columns: titles.map(() => null), titles }),
        });
      } else {
        const taken = new Set<string>();
        const columns = found.titles.map((_, at) => {
          const field = chosen.get(at) ?? "";
          if (!fields.includes(field) || taken.has(field)) return null;
          taken.add(field);
          return field;
        });
        await checkAgain(ctx, found.id, { columns, fallback: given.fallback ?? null });
      }
      return page.redirect(`${base}/${found.id}`);
    })
    .post(`${base}/:import/answers`, needs, form(answersForm), async (page, given) => {
      const found = await findOwnImport(page.ctx, given.import);
      const answers = { ...found.answers };
      for (const [n, value] of numbered(given, "answer")) {
        if (value === "") delete answers[String(n)];
        else answers[String(n)] = value.slice(0, 60);
      }
      await checkAgain(page.ctx, found.id, { answers });
      return page.redirect(`${base}/${found.id}`);
    })
    .post(`${base}/:import/write`, needs, form(commitImportForm), async (page, given) => {
      await decideImport(page.ctx, given);
      return page.redirect(`${base}/${given.import}`);
    })
    .post(`${base}/:import/undo`, needs, form(importPath), async (page, given) => {
      await undoImport(page.ctx, given.import);
      return page.redirect(`${base}/${given.import}`);
    })
    .get(`${base}/:import/refused.xlsx`, needs, query(importPath), async (page, given) => {
      const { ctx } = page;
      const found = await findOwnImport(ctx, given.import);
      const header = [
        ...found.titles.map((words) => ({ words, width: 16 })),
        { words: say(ctx.language, text.importRow), width: 8 },
        { words: say(ctx.language, text.importReason), width: 80 },
      ];
      return new Response(xlsxStreamOf(say(ctx.language, text.importProblems), header, refusedRows(ctx, found)), {
        headers: fileHeaders("xlsx", `${say(ctx.language, text.importProblems)}-${ctx.today}`),
      });
    });

export const importPages = (r: R) => importPagesAt(importPagesAt(r, "/admin/imports", importRoster), "/unit/people/imports", keepOwnPeople);
