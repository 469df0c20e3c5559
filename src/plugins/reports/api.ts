import { endpoints, notFound, say } from "#kernel";
import { figureAnswer, figureQuery, reportAnswer, reportQuery } from "./input.ts";
import { reportId } from "./input-report.ts";
import { docxAnswer, docxType } from "./rules-docx-file.ts";
import { seeDocument } from "./service/report-see.ts";
import { asAnswer, seeFigure, seeReport } from "./service.ts";
import { seeReports } from "./terms.ts";
import { text } from "./text.ts";
import { PaperOnly } from "./views-report.tsx";
import { Report } from "./views.tsx";

export const api = endpoints()
  .on(
    "GET",
    "/reports/:id",
    seeReports,
    {
      summary: "The yearly figures (annual), measured now; or a report's document, with the numbers of now or as it was published",
      query: reportQuery,
      answer: reportAnswer,
      streams: ["text/html", docxType],
    },
    async ({ ctx, render }, { query: { id, ...query } }) => {
      const document = reportId.safeParse(id);
      if (document.success) {
        const seen = await seeDocument(ctx, document.data);
        if (query.format === "docx") return docxAnswer(seen.document);
        if (query.format === "html") return render(PaperOnly({ ctx, seen }), { title: seen.version.title, wide: true });
        const { from, to, title } = seen.version;
        return {
          id,
          title,
          from,
          to,
          figures: [],
          state: seen.report.state,
          document: seen.document,
          rows: seen.lines.map(({ path }) => path),
        };
      }
      if (query.format === "docx") return notFound();
      const { format, ...range } = query;
      const found = await seeReport(ctx, { report: id, ...range });
      const title = say(ctx.language, text.annual);
      if (format === "html") return render(Report({ ctx, filter: found.filter, sections: found.sections }), { title, wide: true });
      return {
        id: found.id,
        title,
        from: found.filter.from,
        to: found.filter.to,
        figures: found.sections.flatMap((s) => s.shown).map((shown) => asAnswer(ctx, shown)),
        state: null,
        document: null,
        rows: [],
      };
    },
  )
  .on(
    "GET",
    "/figures/:id",
    seeReports,
    { summary: "A figure's number, moment, and the link to its rows", query: figureQuery, answer: figureAnswer },
    async ({ ctx }, { query: { id, ...query } }) => asAnswer(ctx, await seeFigure(ctx, { figure: id, ...query })),
  );
