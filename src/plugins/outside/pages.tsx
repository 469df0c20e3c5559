/** Imports of results and what came of them: HTTP only. */
import { form, newId, query, Refusal, routes, say, type Page } from "#kernel";
import { examId } from "#plugins/exams";
import { fileHeaders, lookAtSheet, proofFile, xlsxStreamOf } from "#plugins/people";
import { answersForm, checkForm, importId, importPage, importPath, newExamForm, resultsPage, uploadForm, writeForm } from "./input.ts";
import { whatKey } from "./rules.ts";
import { fields, headers } from "./rules-row.ts";
import { checkAgain, fileOf, findOwn, findSeen, readEvidence, takeFile } from "./service/file.ts";
import { listSeen, nameNewExam, refusedRows, seeResults, showImport } from "./service/look.ts";
import { decideImport, undoImport } from "./service/write.ts";
import { importOutside, seeOutside } from "./terms.ts";
import { text } from "./text.ts";
import { ImportPage, isRunning } from "./views-import.tsx";
import { ListPage, ResultsPage } from "./views.tsx";

/** Fields that a form calls `prefix.N`. */
const numbered = (given: Record<string, unknown>, prefix: string): [number, string][] =>
  Object.entries(given).flatMap(([name, value]) => {
    const n = new RegExp(`^${prefix}\\.(\\d{1,6})$`).exec(name)?.[1];
    return n !== undefined && typeof value === "string" ? [[Number(n), value] as [number, string]] : [];
  });
const list = async (page: Page, problem: Refusal | null) =>
  page.render(
    <ListPage
      ctx={page.ctx}
      {...await listSeen(page.ctx)}
      id={newId(importId)}
      problem={problem === null ? null : say(page.ctx.language, problem.words, problem.facts)}
    />,
    {
      title: say(page.ctx.language, text.title),
      wide: true,
      ...(problem === null ? {} : { status: problem.status === 413 || problem.status === 415 ? problem.status : 422 }),
    },
  );
const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer());

export const pages = routes()
  .get("/admin/outside", seeOutside, (page) => list(page, null))
  .post("/admin/outside", importOutside, form(uploadForm), async (page, { id, file, evidence, day }) => {
    try {
      await takeFile(page.ctx, {
        id,
        name: file.name,
        bytes: await bytesOf(file),
        evidence,
        day: day ?? null,
        then: "preview",
        answers: {},
      });
      return page.redirect(`/admin/outside/${id}`);
    } catch (error) {
      if (!(error instanceof Refusal) || ![413, 415, 422].includes(error.status)) throw error;
      return list(page, error);
    }
  })
  .get("/admin/outside/results/:of", seeOutside, query(resultsPage), async (page, input) => {
    const seen = await seeResults(page.ctx, input);
    return page.render(<ResultsPage ctx={page.ctx} {...seen} />, { title: seen.title, wide: true });
  })
  .get("/admin/outside/:import", seeOutside, query(importPage), async (page, given) => {
    const { ctx } = page;
    const show = await showImport(ctx, given.import, given.after ?? 0);
    const { found, job } = show;
    const looks = found.state === "ready" && found.sheet !== null;
    const sheets = looks ? (await lookAtSheet(await fileOf(ctx, found.id), headers, found.sheet, 0)).sheets : [];
    return page.render(<ImportPage ctx={ctx} {...show} sheets={sheets} freshId={() => newId(examId)} />, {
      title: say(ctx.language, text.title),
      ...(isRunning(found, job) ? { refresh: 2 } : {}),
    });
  })
  .post("/admin/outside/:import/check", importOutside, form(checkForm), async (page, given) => {
    const { ctx } = page;
    const found = await findOwn(ctx, given.import);
    const sheet = given.sheet ?? found.sheet;
    const day = given.day ?? null;
    // Another sheet or header row: guess anew; else the columns as they were chosen.
    if (sheet !== found.sheet || given.header !== found.header) {
      const { guess, titles } = await lookAtSheet(await fileOf(ctx, found.id), headers, sheet, given.header);
      const header = given.header > 0 ? given.header : guess.header;
      const same = guess.header === header;
      await checkAgain(ctx, found.id, {
        sheet,
        header,
        day,
        columns: same ? guess.columns : titles.map(() => null),
        titles: same ? guess.titles : titles,
      });
    } else {
      const chosen = new Map(numbered(given, "column"));
      const taken = new Set<string>();
      const columns = found.titles.map((_, at) => {
        const field = chosen.get(at) ?? "";
        if (!fields.includes(field) || taken.has(field)) return null;
        taken.add(field);
        return field;
      });
      await checkAgain(ctx, found.id, { columns, day });
    }
    return page.redirect(`/admin/outside/${found.id}`);
  })
  .post("/admin/outside/:import/answers", importOutside, form(answersForm), async (page, given) => {
    const found = await findOwn(page.ctx, given.import);
    const [answers, whats] = [{ ...found.answers }, { ...found.whats }];
    for (const [n, value] of numbered(given, "answer")) {
      if (value === "") delete answers[String(n)];
      else answers[String(n)] = value.slice(0, 60);
    }
    const named = new Map(numbered(given, "what"));
    for (const [n, key] of numbered(given, "key")) {
      const [year = "", ...name] = key.split("|");
      const value = named.get(n);
      if (value !== undefined && value !== "") whats[whatKey(Number(year), name.join("|"))] = value.slice(0, 120);
    }
    await checkAgain(page.ctx, found.id, { answers, whats });
    return page.redirect(`/admin/outside/${found.id}`);
  })
  .post("/admin/outside/:import/exam", importOutside, form(newExamForm), async (page, given) => {
    await nameNewExam(page.ctx, given);
    return page.redirect(`/admin/outside/${given.import}`);
  })
  .post("/admin/outside/:import/write", importOutside, form(writeForm), async (page, given) => {
    await decideImport(page.ctx, given);
    return page.redirect(`/admin/outside/${given.import}`);
  })
  .post("/admin/outside/:import/undo", importOutside, form(importPath), async (page, given) => {
    await undoImport(page.ctx, given.import);
    return page.redirect(`/admin/outside/${given.import}`);
  })
  .get("/admin/outside/:import/evidence", seeOutside, query(importPath), async (page, given) =>
    proofFile(await readEvidence(page.ctx, given.import)),
  )
  .get("/admin/outside/:import/refused.xlsx", seeOutside, query(importPath), async (page, given) => {
    const { ctx } = page;
    const found = await findSeen(ctx, given.import);
    const header = [
      ...found.titles.map((words) => ({ words, width: 16 })),
      { words: say(ctx.language, text.row), width: 8 },
      { words: say(ctx.language, text.reason), width: 80 },
    ];
    return new Response(xlsxStreamOf(say(ctx.language, text.problems), header, refusedRows(ctx, found)), {
      headers: fileHeaders("xlsx", `${say(ctx.language, text.problems)}-${ctx.today}`),
    });
  });
