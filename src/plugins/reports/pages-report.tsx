/** Report documents for the bureau: begun, edited, compared, approved step by step; and the rows behind published figures. */
import { form, notFound, query, Refusal, say, type Context, type Detail, type Page, type routes } from "#kernel";
import {
  boxesIn,
  checkStep,
  copyReportInput,
  createReportInput,
  dropInput,
  frozenQuery,
  newReportQuery,
  reasonStep,
  reportId,
  reportPath,
  saveReportForm,
  seenStep,
  stepInput,
  versionsQuery,
} from "./input-report.ts";
import { docxAnswer } from "./rules-docx-file.ts";
import { yearReported, daysOfYear, blocksOf } from "./rules-report.ts";
import type { ReportId } from "./schema.ts";
import {
  compareVersions,
  copyReport,
  createReport,
  draftsReports,
  dropReport,
  requirementChoices,
  saveReport,
} from "./service/report-draft.ts";
import { seeFrozen } from "./service/report-public.ts";
import { ownProblem, seeDocument, seeWords } from "./service/report-see.ts";
import { checkReport, returnReport, reviewReport, signReport, submitReport, withdrawReport } from "./service/report-steps.ts";
import { draftReports, reviewReports, seeReports, signReports } from "./terms.ts";
import { text } from "./text-report.ts";
import { FrozenPage } from "./views-disclosure.tsx";
import { ReportPage } from "./views-report.tsx";
import { EditReport, NewReport, tokensOf, VersionsPage, type Editing } from "./views-report-edit.tsx";

type R = ReturnType<typeof routes>;
const at = (id: ReportId) => `/admin/reports/${id}`;
/** The page of one report. */
export const reportPage = async (page: Page, id: string): Promise<Response> => {
  const { ctx } = page;
  const seen = await seeDocument(ctx, reportId.safeParse(id).data ?? notFound());
  const mayAct = draftsReports(ctx);
  const running = seen.report.state === "freezing" && seen.job?.state !== "failed";
  return page.render(
    <ReportPage ctx={ctx} seen={seen} problem={ctx.actor === null ? null : ownProblem(seen, ctx.actor.person)} mayAct={mayAct} />,
    { title: seen.version.title, wide: true, islands: ["acts"], ...(running ? { refresh: 2 } : {}) },
  );
};
const editPage = async (page: Page, editing: Editing, problem: Refusal | null): Promise<Response> => {
  const { ctx } = page;
  const inWords = ({ words, facts }: Detail) => say(ctx.language, words, facts);
  const problems =
    problem === null ? [] : problem.details.length > 0 ? problem.details.map(inWords) : [say(ctx.language, problem.words, problem.facts)];
  return page.render(
    <EditReport
      ctx={ctx}
      editing={editing}
      choices={await requirementChoices(ctx, editing.from, editing.to)}
      figures={tokensOf(ctx, [...ctx.registry.figures.values()])}
      problems={problem?.status === 409 ? [say(ctx.language, text.movedOn)] : problems}
    />,
    { title: say(ctx.language, text.edit), wide: true, ...(problem === null ? {} : { status: problem.status === 409 ? 409 : 422 }) },
  );
};
const latest = async (ctx: Context, id: ReportId): Promise<Editing> => {
  const { version } = await seeWords(ctx, id);
  return { ...version, report: id, version: version.n, boxes: version.blocks };
};

export const reportPages = (r: R) =>
  r
    .get("/admin/reports/new", draftReports, query(newReportQuery), async (page, input) => {
      const year = input.year ?? yearReported(page.ctx.today);
      const { from, to } = daysOfYear(year);
      return page.render(<NewReport ctx={page.ctx} year={year} choices={await requirementChoices(page.ctx, from, to)} />, {
        title: say(page.ctx.language, text.newReport),
      });
    })
    .post("/admin/reports", draftReports, form(createReportInput), async (page, input) =>
      page.redirect(at(await createReport(page.ctx, input))),
    )
    .get("/admin/reports/:report/edit", draftReports, query(reportPath), async (page, { report }) =>
      editPage(page, await latest(page.ctx, report), null),
    )
    .post("/admin/reports/:report/edit", draftReports, form(saveReportForm), async (page, given) => {
      const boxes = boxesIn(given);
      try {
        await saveReport(page.ctx, { ...given, boxes });
        return page.redirect(at(given.report));
      } catch (error) {
        if (!(error instanceof Refusal) || ![409, 422].includes(error.status)) throw error;
        // Nothing that was typed is lost: the form comes back with it, and with why it was not saved.
        const version = error.status === 409 ? (await latest(page.ctx, given.report)).version : given.version;
        const { addressee = "", study = null, exam = null } = given;
        return editPage(page, { ...given, version, addressee, study, exam, boxes: blocksOf(boxes) }, error);
      }
    })
    .get("/admin/reports/:report/versions", seeReports, query(versionsQuery), async (page, { report, from, to }) => {
      const { ctx } = page;
      const { version, versions } = await seeWords(ctx, report);
      const newer = to ?? version.n;
      const comparison = await compareVersions(ctx, report, from ?? Math.max(1, newer - 1), newer);
      return page.render(<VersionsPage ctx={ctx} report={report} title={version.title} versions={versions} comparison={comparison} />, {
        title: say(ctx.language, text.versions),
        wide: true,
      });
    })
    .post("/admin/reports/:report/copy", draftReports, form(copyReportInput), async (page, input) =>
      page.redirect(at(await copyReport(page.ctx, input))),
    )
    .post("/admin/reports/:report/drop", draftReports, form(dropInput), async (page, input) => {
      await dropReport(page.ctx, input);
      return page.redirect("/admin/reports");
    })
    .post("/admin/reports/:report/submit", draftReports, form(stepInput), async (page, input) => {
      await submitReport(page.ctx, input);
      return page.redirect(at(input.report));
    })
    .post("/admin/reports/:report/review", reviewReports, form(seenStep), async (page, input) => {
      await reviewReport(page.ctx, input);
      return page.redirect(at(input.report));
    })
    .post("/admin/reports/:report/sign", signReports, form(seenStep), async (page, input) => {
      await signReport(page.ctx, input);
      return page.redirect(at(input.report));
    })
    .post("/admin/reports/:report/check", reviewReports, form(checkStep), async (page, input) => {
      await checkReport(page.ctx, input);
      return page.redirect(at(input.report));
    })
    .post("/admin/reports/:report/return", reviewReports, form(reasonStep), async (page, input) => {
      await returnReport(page.ctx, input);
      return page.redirect(at(input.report));
    })
    .post("/admin/reports/:report/withdraw", signReports, form(reasonStep), async (page, input) => {
      await withdrawReport(page.ctx, input);
      return page.redirect(at(input.report));
    })
    .get("/admin/reports/:report/docx", seeReports, query(reportPath), async (page, { report }) => {
      const { document, report: found } = await seeDocument(page.ctx, report);
      const mark = found.state === "withdrawn" ? text.withdrawnMark.zh : "";
      return docxAnswer({ ...document, title: `${document.title}${mark}` });
    })
    .get("/admin/reports/:report/figures/:n", seeReports, query(frozenQuery), async (page, { report, n, after }) => {
      const found = await seeFrozen(page.ctx, report, n, after ?? 0);
      return page.render(<FrozenPage ctx={page.ctx} {...found} />, { title: found.figure.title, wide: true });
    });
