import { query, routes, say, type Context, type EvidenceRow } from "#kernel";
import { titlesOfThings } from "#plugins/records";
import { breakdownPages } from "./pages-breakdown.tsx";
import { enteredPages } from "./pages-entered.tsx";
import { annualInput, figureInput, reportInput } from "./input.ts";
import { disclosurePages } from "./pages-disclosure.tsx";
import { reportPage, reportPages } from "./pages-report.tsx";
import { draftsReports, seeReportList } from "./service/report-draft.ts";
import { seeEvidence, seeFigure, seeReport } from "./service.ts";
import { titleOf } from "./rules.ts";
import { seeReports } from "./terms.ts";
import { text } from "./text.ts";
import { Documents } from "./views-report.tsx";
import { FigurePage, Report, Reports, type Named } from "./views.tsx";

const named = async (ctx: Context, rows: readonly EvidenceRow[]): Promise<Named[]> => {
  const things = rows.flatMap((row) =>
    row.objectKind === null || row.objectId === null ? [] : [{ kind: row.objectKind, id: row.objectId }],
  );
  const titles = await titlesOfThings(ctx, things);
  return rows.map((row) => ({ ...row, title: titles.get(`${row.objectKind ?? ""}/${row.objectId ?? ""}`) ?? null }));
};

// Fixed paths (/admin/reports/entered) before those with parameters (/admin/reports/:report).
export const pages = disclosurePages(reportPages(breakdownPages(enteredPages(routes()))))
  .get("/admin/reports", seeReports, async (page) =>
    page.render(
      <>
        <Reports ctx={page.ctx} />
        <Documents ctx={page.ctx} list={await seeReportList(page.ctx)} mayDraft={draftsReports(page.ctx)} />
      </>,
      { title: say(page.ctx.language, text.title) },
    ),
  )
  .get("/admin/reports/annual", seeReports, query(annualInput), async (page, input) => {
    const found = await seeReport(page.ctx, { report: "annual", ...input });
    return page.render(<Report ctx={page.ctx} filter={found.filter} sections={found.sections} />, {
      title: say(page.ctx.language, text.annual),
      wide: true,
    });
  })
  .get("/admin/reports/:report", seeReports, query(reportInput), (page, input) => reportPage(page, input.report))
  .get("/admin/figures/:figure", seeReports, query(figureInput), async (page, input) => {
    const { ctx } = page;
    const shown = await seeFigure(ctx, input);
    const { rows, next } = await seeEvidence(ctx, shown, input.after ?? "");
    return page.render(<FigurePage ctx={ctx} shown={shown} rows={await named(ctx, rows)} next={next} />, {
      title: titleOf(ctx.language, shown),
      wide: true,
    });
  });
