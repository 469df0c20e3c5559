import { endpoints, say } from "#kernel";
import { figureAnswer, figureInput, reportAnswer, reportInput } from "./input.ts";
import { asAnswer, seeFigure, seeReport } from "./service.ts";
import { seeReports } from "./terms.ts";
import { text } from "./text.ts";

export const api = endpoints()
  .on("GET", "/reports/:report", seeReports, { summary: "A report with its figures, measured now", query: reportInput, answer: reportAnswer, streams: ["text/html"] }, async ({ ctx, http }, { query }) => {
    if (query.format === "html") return http.redirect(`/admin/reports/${query.report}${new URL(ctx.request.url).search}`, 303);
    const found = await seeReport(ctx, query);
    return { id: found.id, title: say(ctx.language, text.annual), from: found.filter.from, to: found.filter.to, figures: found.sections.flatMap((s) => s.shown).map((shown) => asAnswer(ctx, shown)) };
  })
  .on("GET", "/figures/:figure", seeReports, { summary: "A figure's number, moment, and the link to its rows", query: figureInput, answer: figureAnswer }, async ({ ctx }, { query }) => asAnswer(ctx, await seeFigure(ctx, query)));
