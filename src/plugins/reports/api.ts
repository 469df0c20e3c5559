import { endpoints, say } from "#kernel";
import { figureAnswer, figureQuery, reportAnswer, reportQuery } from "./input.ts";
import { asAnswer, seeFigure, seeReport } from "./service.ts";
import { seeReports } from "./terms.ts";
import { text } from "./text.ts";
import { Report } from "./views.tsx";

export const api = endpoints()
  .on(
    "GET",
    "/reports/:id",
    seeReports,
    { summary: "A report with its figures, measured now", query: reportQuery, answer: reportAnswer, streams: ["text/html"] },
    async ({ ctx, render }, { query: { id, ...query } }) => {
      const found = await seeReport(ctx, { report: id, ...query });
      const title = say(ctx.language, text.annual);
      if (query.format === "html") return render(Report({ ctx, filter: found.filter, sections: found.sections }), { title, wide: true });
      return {
        id: found.id,
        title,
        from: found.filter.from,
        to: found.filter.to,
        figures: found.sections.flatMap((s) => s.shown).map((shown) => asAnswer(ctx, shown)),
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
